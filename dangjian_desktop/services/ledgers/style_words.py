"""What the maker of ledgers asks, and the words in which it does; no word of the file format."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from dangjian_desktop.domain.fields import Field, FieldType
from dangjian_desktop.domain.ledgers.checks import REPORT_SECTIONS
from dangjian_desktop.domain.ledgers.ledger import (
    CHOICE_TYPES,
    EXPECTED,
    LINKED,
    NUMBER_TYPES,
    QUANTITIES,
    Section,
)
from dangjian_desktop.domain.levels import Level

TYPES: tuple[tuple[str, str], ...] = (
    ("text", "一行文字"),
    ("long_text", "多行文字"),
    ("date", "日期"),
    ("month", "月份"),
    ("year", "年度"),
    ("partial_date", "日期，可只到年月"),
    ("integer", "整数"),
    ("decimal", "数字，可有小数"),
    ("money", "金额"),
    ("choice", "单选"),
    ("choices", "多选"),
    ("yes_no", "是或否"),
    ("person/member", "一名党员"),
    ("people/member", "多名党员"),
    ("person/anyone", "一人，可不是党员"),
    ("people/anyone", "多人，可不是党员"),
    ("group", "党小组"),
    ("link", "关联会议、项目"),
    ("files", "附件"),
)
"""Types with their words; behind the stroke whom a field of persons may name."""

PERIODS = (("month", "月"), ("quarter", "季度"), ("half", "半年"), ("year", "年"))
KINDS = (
    ("table", "一览表"),
    ("grid", "按月（季）统计表"),
    ("pivot", "分类汇总表"),
    ("card", "一条一张的登记表"),
    ("sheet", "一条一张的文稿"),
    ("notice", "一条一张的公示"),
)
BY = (("month", "月份"), ("quarter", "季度"))
YES, NO_NUMBER = "yes", "记录条数"
BRANCH, PERIOD = "〔支部〕", "〔期间〕"
AROUND_TITLE = (
    *(("{branch}", BRANCH), ("{period}", PERIOD)),
    *(("{superior}", "〔上级〕"), ("{superior_2}", "〔上级之上〕"), ("{superior_3}", "〔再上级〕")),
)
WIDTHS = {
    FieldType.DATE: 24,
    FieldType.PARTIAL_DATE: 24,
    FieldType.MONTH: 20,
    FieldType.YEAR: 16,
    FieldType.INTEGER: 18,
    FieldType.DECIMAL: 18,
    FieldType.MONEY: 22,
    FieldType.CHOICE: 22,
    FieldType.YES_NO: 16,
    FieldType.PERSON: 20,
    FieldType.GROUP: 26,
    FieldType.LONG_TEXT: 48,
    FieldType.PEOPLE: 40,
}
"""Millimetres that a column takes where nobody has said another width; 34 for other types."""
OTHER_WIDTH = 34
FITTING = Decimal(246)
"""What columns of usual widths share: A4 laid across, beside 序号."""

BASICS = (
    Field("title", "台账名称", required=True, hint="例如 身边无三违"),
    Field(
        "section",
        "放在哪一部分",
        FieldType.CHOICE,
        required=True,
        choices=Section.choices(),
    ),
    Field("row", "一条记录叫什么", hint="例如 走访、培训；不填就叫记录"),
    Field("period", "按什么时期归类", FieldType.CHOICE, hint="不分时期", choices=PERIODS),
    Field("source", "依据", hint="例如 本单位规定"),
    Field("level", "知悉范围", FieldType.CHOICE, required=True, choices=Level.choices()),
)


def _choice(name: str, label: str, hint: str, choices: Sequence[tuple[str, str]] = ()) -> Field:
    """Of a choice without choices the fields of the ledger are offered."""
    return Field(name, label, FieldType.CHOICE, hint=hint, choices=tuple(choices))


def _several(
    name: str, label: str, hint: str = "添加", choices: Sequence[tuple[str, str]] = ()
) -> Field:
    return Field(name, label, FieldType.CHOICES, hint=hint, choices=tuple(choices))


def _rows(name: str, label: str, *columns: Field) -> Field:
    return Field(name, label, FieldType.RECORDS, columns=columns)


FIELDS = Field(
    "fields",
    "栏目",
    FieldType.RECORDS,
    required=True,
    columns=(
        Field("label", "栏目名称", required=True),
        Field("type", "填什么", FieldType.CHOICE, required=True, choices=TYPES),
        _choice("required", "必填", "可不填", ((YES, "必填"),)),
        Field("choices", "选项", hint="单选、多选的，用顿号分开"),
        Field("unit", "单位", hint="数字的，例如 次"),
        Field("hint", "填写提示", hint="填写时显示在格里的话"),
        Field("also", "导入时也认的表头", hint="用顿号分开"),
        _choice("masked", "公开时遮盖", "不遮盖", ((YES, "遮盖"),)),
        _choice("level", "知悉范围", "随台账", Level.choices()[1:]),
        Field("least", "最小", FieldType.DECIMAL, hint="不限"),
        Field("most", "最大", FieldType.DECIMAL, hint="不限"),
        Field("places", "几位小数", FieldType.INTEGER, hint="不限"),
        Field("longest", "最多几个字", FieldType.INTEGER, hint="不限"),
        _several("to", "可以关联什么", choices=tuple(LINKED.items())),
    ),
)
"""The fields of a ledger as rows of a table; people call them 栏目."""
IN_LINE = 5
"""As many columns of them stand in the line of a field, the others below it."""

ASKING = (
    _choice("ask_who", "要求谁填", "不作要求", tuple(EXPECTED.items())),
    _choice("ask_per", "每个", "月", PERIODS),
    Field("ask_least", "至少多少", FieldType.DECIMAL, hint="1"),
    Field("ask_remind", "到期前几天提醒", FieldType.INTEGER, hint="0", unit="天"),
    _choice("ask_count", "按什么计", NO_NUMBER),
    _choice("ask_field", "从哪一栏看是谁填的", "自动选择"),
    _choice(
        "ask_on",
        "要求哪些人",
        "期间任何一天在册的",
        (("last_day", "期末仍在册的"),),
    ),
    _choice("ask_waived", "豁免的党员", "也要求", ((YES, "不要求"),)),
    _choice("ask_rota", "没有排到的人", "也要求", ((YES, "不要求（轮流）"),)),
)
PRINTS = _rows(
    "prints",
    "打印样式",
    Field("kind", "样式", FieldType.CHOICE, choices=KINDS),
    Field("title", "表名（〔支部〕〔期间〕由程序填写，也可写〔上级〕）"),
    _choice("of", "每行一个", "自动选择"),
    _choice("by", "每列一个", "月份", BY),
    _choice("value", "格内是", NO_NUMBER),
    _choice("down", "每行一类", "自动选择"),
    _choice("across", "每列一类", "自动选择"),
    _choice("amount", "格内合计", NO_NUMBER),
    _choice("split", "分成几张表", "不分，一张表"),
    _choice("in_force", "打印哪些记录", "这一时期的", ((YES, "某一天有效的"),)),
    _choice("about", "标题：关于什么的公示", "不写"),
    _choice("begins", "公示从哪天起", "手写"),
    _choice("closes", "公示到哪天止", "手写"),
    _choice("result", "收到的意见及处理", "手写"),
    Field("head", "表名下的一行", hint="例如 单位、期间"),
    Field("boxes", "留空由人手写的栏", hint="用顿号分开，例如 支部意见"),
    Field("sign", "签字", hint="用顿号分开，例如 填表人、支部书记"),
    _several("contact", "受理人及电话"),
    _rows(
        "columns",
        "打印的列",
        _choice("name", "打印哪一栏", "未选择"),
        Field("width", "宽（毫米）", hint="自动"),
        _choice("total", "合计", "不合计", ((YES, "合计"),)),
    ),
    _rows(
        "lines",
        "表格的各行（每行一至三栏）",
        *(_choice(f"part{n}", f"第{n}格", "不用") for n in (1, 2, 3)),
    ),
    Field("text", "正文，一段一行；〔栏目〕处打印所填的内容", FieldType.LIST),
)
FIGURES = _rows(
    "figures",
    "统计数字",
    Field("label", "叫什么", required=True, hint="例如 走访次数"),
    _choice("count", "统计什么", NO_NUMBER),
    Field("unit", "单位", hint="例如 次"),
    _choice("over", "统计哪些记录", "这一时期的", (("day", "当天有效的"),)),
    _choice("feeds", "同时算作", "不算作别的", tuple(QUANTITIES.items())),
    _several("where", "只算符合这些的", "全部都算"),
)
DUE = _rows(
    "due",
    "到期提醒",
    _choice("field", "哪个日期到期", "未选择"),
    Field("words", "提醒的话", hint="例如 复审〔制度名称〕"),
    _choice("done", "填了哪一栏就算办结", "由人点办结"),
)
COUNTING = (
    FIGURES,
    DUE,
    _choice(
        "summary_section",
        "写入月度汇总的哪一部分",
        "不写入",
        tuple((s, s) for s in REPORT_SECTIONS),
    ),
    Field("summary_line", "汇总里的一句话", hint="例如 〔日期〕开展〔主题〕。"),
)
MORE = (
    Field("titled", "每条记录的标题", hint="自动；例如 〔课题〕"),
    _choice("day", "按哪个日期归类", "自动选择"),
    _choice("from", "从哪天起有效", "不分有效期"),
    _choice("until", "到哪天失效", "长期有效"),
    _several("people", "写进谁的党员卡片"),
    _several("listed", "列表显示哪些栏目"),
    _several("sort", "列表怎样排列"),
    _several("identity", "导入时，哪些栏目都相同就是同一条"),
    _rows("one_of", "几栏中至少填一栏", _several("names", "这几栏")),
)
SECTIONS: Sequence[tuple[str, Sequence[Field]]] = (
    ("基本情况", BASICS),
    ("栏目", (FIELDS,)),
    ("填报要求", ASKING),
    ("打印样式", (PRINTS,)),
    ("统计、到期提醒、月度汇总（可以不设）", COUNTING),
    ("标题、列表和导入（可以不设）", MORE),
)
"""The form of the maker, part by part."""
PATTERNS = frozenset({"titled", "words", "summary_line", "text"})
"""What is typed with 〔栏目〕 in it."""
_LONG_OR_SHORT = ("text", "long_text")
ONLY_FOR: Mapping[str, Sequence[str]] = {
    **dict.fromkeys(("unit", "least", "most"), NUMBER_TYPES),
    **dict.fromkeys(("of", "by", "value"), ("grid",)),
    **dict.fromkeys(("down", "across", "amount"), ("pivot",)),
    **dict.fromkeys(("columns", "split", "in_force"), ("table",)),
    **dict.fromkeys(("lines", "boxes"), ("card",)),
    "choices": CHOICE_TYPES,
    "places": ("decimal",),
    "longest": _LONG_OR_SHORT,
    "to": ("link",),
    **dict.fromkeys(("about", "begins", "closes", "contact", "result"), ("notice",)),
    "text": ("sheet", "notice"),
}
"""For which types of a field, or which kinds of a print, something is asked."""
