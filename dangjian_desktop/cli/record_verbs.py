"""The verbs that only one kind of record has."""

from __future__ import annotations

import argparse
from pathlib import Path

from dangjian_desktop.cli.grammar import Commands, day, output_options


def agreement_verbs(verbs: Commands) -> None:
    """签订, 撤回签订, clauses out of a template."""
    sign = verbs.add("sign", "登记签订：此后内容定为签订时的样子")
    withdraw = verbs.add("withdraw", "撤回签订，写明原因后可以改动")
    clauses = verbs.add("clauses", "承诺条款取自本支部自己的 Word 模板")
    for verb in (sign, withdraw, clauses):
        verb.add_argument("id", metavar="编号")
    sign.add_argument("--on", type=day, required=True, metavar="日期", help="签订日期")
    withdraw.add_argument("--reason", required=True, metavar="原因")
    withdraw.add_argument("--on", type=day, metavar="日期", help="撤回日期，不写为今天")
    clauses.add_argument("--template", required=True, metavar="模板", help="模板的名称或编号")


def package_verbs(verbs: Commands) -> None:
    """What goes up to a superior, and what became of it."""
    make = verbs.add("make", "按上级清单或选定的材料生成报送包，并留底")
    which = make.add_mutually_exclusive_group()
    which.add_argument("--list", type=Path, metavar="文件", help="上级的清单（xlsx、csv、txt）")
    which.add_argument("--papers", nargs="+", metavar="材料", help="名称或编码，表格写 roster.xlsx")
    make.add_argument("--file", type=Path, action="append", metavar="文件", help="一并报送的文件")
    make.add_argument("--period", required=True, metavar="时间段")
    make.add_argument("--profile", choices=("full", "masked"), required=True)
    make.add_argument("--to", required=True, metavar="报送单位")
    make.add_argument("--as-of", type=day, metavar="日期", help="数据截止日，不写为今天")
    make.add_argument("--sent", type=day, metavar="日期", help="报出日期，不写同数据截止日")
    make.add_argument(
        "--names", metavar="样式", help="文件名样式，如 {支部}_{材料}_{时间}，以后沿用"
    )
    check = verbs.add("check", "报送前核对：清单、时间段、支部、姓名、空白和打不开的文件")
    check.add_argument("folder", type=Path, metavar="文件夹", help="文件夹或 .zip 报送包")
    check.add_argument("--list", type=Path, metavar="文件", help="上级的清单（xlsx、csv、txt）")
    check.add_argument("--period", metavar="时间段")
    again = verbs.add("write", "把报出过的报送包原样再写一份")
    for verb in (make, again):
        verb.add_argument("--out", type=Path, required=True, metavar="文件夹")
        verb.add_argument("--zip", action="store_true", help="打成一个压缩包")
    compare = verbs.add("compare", "报出后哪些材料有变化")
    reply = verbs.add("reply", "保存上级的意见，登记退回")
    for verb in (again, compare, reply):
        verb.add_argument("id", metavar="编号")
    reply.add_argument("file", type=Path, nargs="?", metavar="文件")
    reply.add_argument("--text", metavar="意见", help="意见的文字")
    reply.add_argument("--returned", type=day, metavar="日期", help="退回日期")
    reply.add_argument("--reason", metavar="原因", help="退回原因")
    reply.add_argument("--force", action="store_true", help="意见写的是别的支部，仍要保存")


def template_verbs(verbs: Commands, out: argparse.ArgumentParser) -> None:
    """Templates of the branch."""
    out.add_argument(
        "--out", type=Path, metavar="文件夹", help="写出这个名称的模板（.docx），不写出清单"
    )
    fields = verbs.add("fields", "列出模板能用的全部字段")
    check = verbs.add("check", "核对模板里写错的字段")
    fill = verbs.add("fill", "填写模板（Word、PDF）")
    add = verbs.add("add", "添加一个模板（.docx）")
    remove = verbs.add("remove", "把一个模板放进回收站")
    reset = verbs.add("reset", "随程序提供的模板恢复原样")
    for verb in (check, fill, remove, reset):
        verb.add_argument("template", metavar="模板", help="名称，或 .docx 文件")
    for verb in (fields, check, fill):
        about_options(verb)
    add.add_argument("file", type=Path, metavar="文件.docx")
    add.add_argument("--title", default="", metavar="名称", help="不写为文件名")
    add.add_argument("--section", default="", metavar="分组")
    add.add_argument("--replace", metavar="模板", help="代替这个模板的 Word 文件")
    output_options(fill, formats=False)
    fill.add_argument("--format", action="append", choices=("docx", "pdf"))


def about_options(command: argparse.ArgumentParser) -> None:
    """What a form or template is filled for."""
    command.add_argument("--query", metavar="记录", help="关于哪条记录：project:编号；不写为本支部")
    command.add_argument("--period", metavar="时间段", help="2026-03、2026-Q1、2026-H1 或 2026")
    command.add_argument("--as-of", type=day, metavar="日期")
