"""What the maker of ledgers asks, and the words in which it does; no word of the file format."""

from __future__ import annotations

from decimal import Decimal

from dangjian_desktop.domain.fields import Field, FieldType
from dangjian_desktop.domain.ledgers.ledger import EXPECTED, Level, Section

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
KINDS = (("table", "一览表"), ("grid", "按月（季）统计表"), ("card", "一条一张的登记表"))
OTHER_KINDS = (("sheet", "一条一张的文稿"), ("pivot", "分类汇总表"))
BY = (("month", "月份"), ("quarter", "季度"))
YES = (("yes", "必填"),)
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
    Field(
        "period",
        "按什么时期归类",
        FieldType.CHOICE,
        hint="不分时期",
        choices=PERIODS,
    ),
    Field("source", "依据", hint="例如 本单位规定"),
    Field(
        "level",
        "知悉范围",
        FieldType.CHOICE,
        required=True,
        choices=Level.choices(),
    ),
)
ASKING = (
    Field(
        "ask_who",
        "要求谁填",
        FieldType.CHOICE,
        hint="不作要求",
        choices=tuple(EXPECTED.items()),
    ),
    Field("ask_per", "每个", FieldType.CHOICE, hint="月", choices=PERIODS),
    Field("ask_least", "至少几条", FieldType.DECIMAL, hint="1"),
    Field("ask_remind", "到期前几天提醒", FieldType.INTEGER, hint="0", unit="天"),
)
COLUMNS = (
    Field("label", "栏目名称", required=True),
    Field("type", "填什么", FieldType.CHOICE, required=True, choices=TYPES),
    Field("required", "必填", FieldType.CHOICE, hint="可不填", choices=YES),
    Field("choices", "选项", hint="单选、多选的，用顿号分开"),
    Field("unit", "单位", hint="数字的，例如 次"),
)
FIELDS = Field("fields", "栏目", FieldType.RECORDS, required=True, columns=COLUMNS)
"""The fields of a ledger as rows of a table; people call them 栏目."""
