"""The command line: names and options of the contract, help in Chinese."""

from __future__ import annotations

import argparse
from pathlib import Path

from dangjian_desktop.cli.checking import assessment_verbs, rota_verb
from dangjian_desktop.cli.grammar import (
    Commands,
    Parser,
    count,
    day,
    output_options,
    shared_options,
    year,
)
from dangjian_desktop.cli.item_verbs import item_verbs
from dangjian_desktop.cli.record_verbs import (
    about_options,
    agreement_verbs,
    package_verbs,
    template_verbs,
)
from dangjian_desktop.cli.safekeeping import safekeeping_commands
from dangjian_desktop.domain.branch import UnitKind
from dangjian_desktop.domain.checks.selecting import State
from dangjian_desktop.domain.declared import SHARED

_REPORT = "把原表加“问题”一列另存为工作簿"


def parser() -> argparse.ArgumentParser:
    """The whole command line."""
    top = Parser(
        prog="dangjian",
        description="党支部工作台的命令行。所有数据只在本机，不连接网络；不得录入涉密内容。",
        parents=[shared_options()],
    )
    commands = Commands(top, "command")
    _library_commands(commands)
    _branch_commands(commands)
    _roster_commands(commands)
    _member_commands(commands)
    _meeting_commands(commands)
    _project_commands(commands)
    _shared_commands(commands)
    _ledger_commands(commands)
    _paper_commands(commands)
    _look_commands(commands)
    _history_commands(commands)
    safekeeping_commands(commands)
    return top


def _library_commands(commands: Commands) -> None:
    new = commands.add("new", "新建资料库")
    new.add_argument("--name", required=True, metavar="全称", help="党支部全称")
    new.add_argument("--short-name", default="", metavar="简称")
    new.add_argument("--superior", default="", metavar="全称", help="上级党组织全称")
    new.add_argument("--founded", type=day, metavar="日期", help="成立日期")
    new.add_argument("--term-start", type=day, metavar="日期", help="本届任期起始日")
    commands.add("info", "资料库概况")
    commands.add("gui", "打开窗口")
    demo = commands.add("demo", "生成示例资料库和全部示例文档")
    demo.add_argument("--out", type=Path, required=True, metavar="文件夹")
    demo.add_argument("--pictures", type=Path, metavar="文件夹", help="各页的图片（PNG）放在哪里")
    tested = commands.add("self-test", "自检：本程序的各部分在这台电脑上能不能用")
    tested.add_argument("--out", type=Path, required=True, metavar="文件夹", help="报告放在哪里")
    check = commands.add("check", "支部体检")
    check.add_argument("--as-of", type=day, metavar="日期")
    check.add_argument("--rule", metavar="规则", help="只看一条规则，例如 CAD-GM")
    check.add_argument("--period", metavar="时间段", help="2026-03、2026-Q1、2026-H1 或 2026")
    states = "、".join(f"{state.value}（{state.label}）" for state in State)
    check.add_argument(
        "--state", choices=[*map(str, State)], metavar="状态", help=f"只看：{states}"
    )
    rebuild = commands.add("rebuild", "重建由记录得出的内容：搜索索引、检索用拼音、以前版本的存法")
    rebuild.add_argument("--index", action="store_true", help="只重建搜索索引")
    search = commands.add("search", "查找党员、会议和项目")
    search.add_argument("text", metavar="文字")
    search.add_argument("--limit", type=count, default=50, metavar="条数")


def _branch_commands(commands: Commands) -> None:
    verbs = Commands(commands.add("branch", "支部信息：查看、改称、更正、换届"), "verb")
    show = verbs.add("show", "某一天的名称、隶属和任期，以及历次变化")
    show.add_argument("--as-of", type=day, metavar="日期")
    change = verbs.add("set", "登记名称、隶属、任期等；没有写的不变")
    change.add_argument("--name", metavar="全称", help="党支部全称")
    change.add_argument("--short-name", metavar="简称")
    change.add_argument("--superior", metavar="全称", help="上级党组织全称")
    further = change.add_argument("--further-superior", action="append", metavar="全称")
    further.dest, further.help = "further_superiors", "再上级党组织，由近到远，可以写几次"
    change.add_argument("--unit-kind", choices=tuple(kind.value for kind in UnitKind))
    how = change.add_mutually_exclusive_group()
    how.add_argument("--from", type=day, dest="since", metavar="日期", help="从哪一天起改称、改隶")
    how.add_argument("--correct", action="store_true", help="更正原来的错误，以前的材料一并改正")
    change.add_argument("--founded", type=day, metavar="日期", help="成立日期")
    change.add_argument("--theme-day", type=count, metavar="日", help="主题党日固定日")
    change.add_argument("--term-start", type=day, metavar="日期", help="本届任期起始日")
    change.add_argument("--term-years", type=count, metavar="年", help="任期年数")
    change.add_argument("--new-term", action="store_true", help="换届：上一届任期保留")


def _roster_commands(commands: Commands) -> None:
    roster = commands.add("roster", "党员名册：导入、撤销、确定身份、列出、导出")
    verbs = Commands(roster, "verb")
    read = verbs.add("import", "从花名册导入（xlsx、xls、xlsb、ods、csv）")
    read.add_argument("file", type=Path, metavar="文件")
    read.add_argument("--sheet", metavar="工作表")
    read.add_argument("--header-row", type=count, metavar="行号")
    read.add_argument("--mapping", type=Path, metavar="文件.json", help="列名与项目的对应")
    read.add_argument("--as-of", type=day, metavar="日期", help="变化从哪一天起算")
    read.add_argument("--dry-run", action="store_true", help="只检查，不写入")
    read.add_argument("--accept-partial", action="store_true", help="有问题的行不导入，其余导入")
    read.add_argument("--report", type=Path, metavar="文件.xlsx", help=_REPORT)
    open_ = verbs.add("undecided", "列出身份未定的人")
    open_.add_argument("--as-of", type=day, metavar="日期")
    decide = verbs.add("decide", "确定身份未定的人是正式党员、预备党员还是非党员")
    decide.add_argument("kind", choices=("formal", "probationary", "none"))
    which = decide.add_mutually_exclusive_group(required=True)
    which.add_argument("ids", nargs="*", default=[], metavar="编号")
    which.add_argument("--all", action="store_true", help="全部身份未定的人")
    undo = verbs.add("undo", "撤销一次导入")
    undo.add_argument("batch", metavar="批次")
    listing = verbs.add("list", "列出党员")
    listing.add_argument("--as-of", type=day, metavar="日期")
    listing.add_argument(
        "--order", choices=("pinyin", "strokes"), default="pinyin", help="按拼音或姓氏笔画"
    )
    out = verbs.add("export", "导出为 Excel 工作簿")
    out.add_argument("file", type=Path, metavar="文件.xlsx")
    out.add_argument("--as-of", type=day, metavar="日期")
    out.add_argument("--profile", choices=("full", "masked"), default="full")
    sample = verbs.add("sample", "样表：发给别人填写，收回后直接导入")
    for verb in (out, sample):
        verb.add_argument("--force", action="store_true", help="覆盖已有文件")
    sample.add_argument("file", type=Path, metavar="文件.xlsx")


def _record_verbs(verbs: Commands, title: str) -> argparse.ArgumentParser:
    """What can be done with records of every kind; the command that exports them."""
    show = verbs.add("show", f"查看一条{title}记录")
    read = verbs.add("import", f"从 JSON 文件导入{title}")
    read.add_argument("file", type=Path, metavar="文件.json")
    out = verbs.add("export", f"把{title}记录导出为 Excel 工作簿")
    delete = verbs.add("delete", f"把一条{title}记录放进回收站")
    for verb in (show, delete):
        verb.add_argument("id", metavar="编号")
    out.add_argument("file", type=Path, metavar="文件.xlsx")
    out.add_argument("--profile", choices=("full", "masked"), default="full")
    out.add_argument("--force", action="store_true", help="覆盖已有文件")
    delete.add_argument("--reason", required=True, metavar="原因")
    return out


def _member_commands(commands: Commands) -> None:
    verbs = Commands(commands.add("member", "党员记录：列出、查看、导入、导出、删除"), "verb")
    verbs.add("list", "列出全部党员")
    _record_verbs(verbs, "党员")


def _meeting_commands(commands: Commands) -> None:
    meeting = commands.add("meeting", "会议：列出、查看、导入、导出、删除")
    verbs = Commands(meeting, "verb")
    _record_verbs(verbs, "会议")
    listing = verbs.add("list", "列出会议")
    listing.add_argument("--from", type=day, dest="first", metavar="日期")
    listing.add_argument("--to", type=day, dest="last", metavar="日期")
    listing.add_argument("--kind", metavar="类型")


def _project_commands(commands: Commands) -> None:
    project = commands.add("project", "书记项目：列出、查看、导入、导出、删除、表格")
    verbs = Commands(project, "verb")
    _record_verbs(verbs, "项目")
    listing = verbs.add("list", "列出项目")
    listing.add_argument("--year", type=year, metavar="年")
    listing.add_argument("--category", metavar="类别")
    listing.add_argument("--state", metavar="状态", help="例如 running 或 推进")
    form = verbs.add("form", "项目的表格和报告（Word、PDF）")
    form.add_argument("id", metavar="编号")
    form.add_argument(
        "--form", required=True, metavar="表", help="申报、立项、推进、中期、结项、一页"
    )
    form.add_argument("--period", metavar="时间段", help="推进表的月份或季度：2026-03、2026-Q1")
    form.add_argument("--as-of", type=day, metavar="日期", help="数据截止日，代替本阶段的日期")
    output_options(form, formats=True)
    ledger = verbs.add("ledger", "一年的项目台账")
    ledger.add_argument("year", type=year, metavar="年")
    ledger.add_argument("--group", metavar="种类", help="书记项目、党员项目、党建+N")
    output_options(ledger, formats=True)
    claims = verbs.add("claims", "党员项目认领表")
    claims.add_argument("--as-of", type=day, metavar="日期")
    output_options(claims, formats=True)


def _shared_commands(commands: Commands) -> None:
    """The verbs of every record that is nothing but declared."""
    for record in SHARED:
        title = record.title
        verbs = Commands(
            commands.add(record.code, f"{title}：列出、查看、导入、导出、删除"), "verb"
        )
        listing = verbs.add("list", f"列出{'' if record.code == 'item' else '全部'}{title}")
        out = _record_verbs(verbs, title)
        if record.code == "package":
            package_verbs(verbs)
        elif record.code == "template":
            template_verbs(verbs, out)
        elif record.code == "item":
            item_verbs(verbs, listing)
        elif record.code == "assessment":
            assessment_verbs(verbs)
        elif record.code == "duty_agreement":
            agreement_verbs(verbs)


def _ledger_commands(commands: Commands) -> None:
    verbs = Commands(commands.add("ledger", "台账：列出、查看、导入、导出、打印、设置"), "verb")
    verbs.add("list", "列出全部台账")
    show = verbs.add("show", "台账的字段和记录")
    read = verbs.add("import", "导入记录（表格文件或 JSON）")
    verbs.add("undo", "撤销一次导入").add_argument("batch", metavar="批次")
    out = verbs.add("export", "把记录导出为 Excel 工作簿")
    sample = verbs.add("sample", "样表：发给别人填写，收回后直接导入")
    paper = verbs.add("print", "打印：一条记录的表，或一段时间的台账")
    delete = verbs.add("delete", "把一条记录放进回收站")
    define = verbs.add("define", "采用一份台账样式文件（.toml）")
    switch = verbs.add("switch", "显示或不显示一本台账")
    asking = verbs.add("asking", "打开或关闭一本台账的填报要求")
    for verb in (show, read, out, sample, paper, delete, switch, asking):
        verb.add_argument("code", metavar="编码")
    for verb in (show, out, paper):
        verb.add_argument("--period", metavar="时间段", help="2026-03、2026-Q1、2026-H1 或 2026")
    read.add_argument("file", type=Path, metavar="文件")
    read.add_argument("--sheet", metavar="工作表")
    read.add_argument("--header-row", type=count, metavar="行号")
    read.add_argument("--mapping", type=Path, metavar="文件.json", help="列名与字段的对应")
    read.add_argument("--dry-run", action="store_true", help="只检查，不写入")
    read.add_argument("--accept-partial", action="store_true", help="有问题的行不导入，其余导入")
    read.add_argument("--report", type=Path, metavar="文件.xlsx", help=_REPORT)
    out.add_argument("file", type=Path, metavar="文件.xlsx")
    out.add_argument("--profile", choices=("full", "masked"), default="full")
    sample.add_argument("file", type=Path, metavar="文件.xlsx")
    for verb in (out, sample):
        verb.add_argument("--force", action="store_true", help="覆盖已有文件")
    paper.add_argument("--id", metavar="编号", help="一条记录；不写时打印整本台账")
    paper.add_argument("--as-of", type=day, metavar="日期", help="现行目录的截止日期")
    output_options(paper, formats=True)
    delete.add_argument("id", metavar="编号")
    delete.add_argument("--reason", required=True, metavar="原因")
    define.add_argument("file", type=Path, metavar="文件.toml")
    define.add_argument("--replace", action="store_true", help="代替编码相同的台账的样式")
    for verb in (switch, asking):
        verb.add_argument("state", choices=("on", "off"))
    asking.add_argument("--since", type=day, metavar="日期", help="从哪一天所在的时期起")
    rota_verb(verbs)


def _paper_commands(commands: Commands) -> None:
    minutes = commands.add("minutes", "会议记录（Word、PDF）")
    minutes.add_argument("ids", nargs="+", metavar="编号")
    minutes.add_argument("--layout", choices=("official", "form"), default="official")
    output_options(minutes, formats=True)
    signin = commands.add("signin", "签到表")
    signin.add_argument("id", metavar="编号")
    output_options(signin, formats=True)
    fusion = commands.add("fusion", "党建与业务融合页和一览表：月、季、半年、年")
    fusion.add_argument("period", metavar="时间段", help="2026-03、2026-Q1、2026-H1 或 2026")
    output_options(fusion, formats=True)
    summary = commands.add("summary", "汇总：月、季、半年、年")
    summary.add_argument("period", metavar="时间段", help="2026-03、2026-Q1、2026-H1 或 2026")
    frozen = summary.add_mutually_exclusive_group()
    frozen.add_argument("--sent", type=day, metavar="日期", help="报出：按现在的样子定为新的一版")
    frozen.add_argument("--version", type=count, metavar="版", help="打印报出过的一版")
    output_options(summary, formats=True)

    paper = commands.add("paper", "材料：列出、打印")
    verbs = Commands(paper, "verb")
    verbs.add("list", "列出能打印的全部材料")
    out = verbs.add("print", "打印一种材料（Word、PDF）")
    out.add_argument("code", metavar="材料", help="paper list 列出的名称")
    out.add_argument(
        "ids", nargs="*", metavar="编号", help="记录的编号；党小组月度工作表为党小组的名称"
    )
    out.add_argument("--period", metavar="时间段", help="2026-03、2026-Q1、2026-H1 或 2026")
    out.add_argument("--group", metavar="党小组", help="哪个党小组；不写为全部")
    out.add_argument("--as-of", type=day, metavar="日期")
    out.add_argument("--layout", choices=("official", "form"), help="会议记录的版式")
    output_options(out, formats=True)

    fill = commands.add("fill", "填写上级的空表（Word、Excel）")
    fill.add_argument("form", type=Path, metavar="空表", help=".docx 或 .xlsx")
    about_options(fill)
    fill.add_argument(
        "--map", type=Path, metavar="文件.json", help="空格与内容的对应，以后照此填写"
    )
    output_options(fill, formats=False)


def _look_commands(commands: Commands) -> None:
    looks = Commands(commands.add("look", "版式：列出、查看、取得、导出、选用"), "verb")
    looks.add("list", "列出全部版式")
    show = looks.add("show", "查看一种版式的各项数值")
    read = looks.add("import", "取得版式文件（.toml），或从旧 Word 文件（.docx）读出版式")
    read.add_argument("file", type=Path, metavar="文件")
    export = looks.add("export", "把一种版式导出为文件，供别的支部使用")
    choose = looks.add("choose", "一种材料（或一本台账）以后按这种版式打印")
    choose.add_argument("paper", metavar="材料", help="paper list 列出的名称，台账写 ledger:编码")
    for verb in (show, export, choose):
        verb.add_argument("look", metavar="版式", help="编码或名称")
    export.add_argument("--out", type=Path, required=True, metavar="文件夹")


def _history_commands(commands: Commands) -> None:
    verbs = Commands(commands.add("bin", "回收站：列出、恢复、彻底删除"), "verb")
    verbs.add("list", "列出回收站里的全部内容")
    back = verbs.add("restore", "从回收站恢复，全部恢复或都不恢复")
    out = verbs.add("purge", "从回收站彻底删除，先做一份备份；删除后不能恢复")
    for verb in (back, out):
        verb.add_argument("ids", nargs="+", metavar="编号")
    out.add_argument("--reason", required=True, metavar="原因", help="留在清除记录里，不写内容")
    out.add_argument("--dry-run", action="store_true", help="只说明哪些会删、哪些会留")
    verbs.add("purged", "清除记录：彻底删除过什么、什么原因")
    versions = commands.add("versions", "一条记录的历次版本：列出、查看、比较、恢复")
    versions.add_argument("id", metavar="编号", help="任何记录的编号，或台账的编码")
    which = versions.add_mutually_exclusive_group()
    which.add_argument("--show", type=count, metavar="版次", help="这一版的内容")
    which.add_argument(
        "--compare", type=count, nargs=2, metavar=("版次", "版次"), help="两版的不同之处"
    )
    which.add_argument("--restore", type=count, metavar="版次", help="恢复到这一版，作为新的一版")
