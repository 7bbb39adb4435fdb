"""The declaration of a self-check."""

from __future__ import annotations

from dangjian_desktop.domain.assessments.assessment import (
    Assessment,
    Band,
    Criterion,
    Span,
    assessment_problems,
)
from dangjian_desktop.domain.fields import Bounds, Field, FieldType
from dangjian_desktop.domain.record import Record

_SHORT, _LINE = Bounds(longest=60), Bounds(longest=200)

CRITERIA = Field(
    "criteria",
    "考核项目",
    FieldType.RECORDS,
    empty=(),
    of=Criterion,
    columns=(
        Field("id", "编号", searched=False),
        Field("number", "编号", empty="", bounds=_SHORT),
        Field("item", "项目", empty="", bounds=_LINE),
        Field("standard", "标准", FieldType.LONG_TEXT, empty=""),
        Field("band", "底线/高线", FieldType.CHOICE, of=Band, choices=Band.choices()),
        Field("weight", "分值", FieldType.DECIMAL, unit="分"),
        Field("figure", "来源数字", empty="", bounds=_LINE, hint="汇总中数字的名称，例如 党员大会"),
        Field("indicator", "来源指标", FieldType.LINK, to=("indicator",), empty=()),
        Field("counted", "完成时的来源数", FieldType.LONG_TEXT, empty="", asked=False),
        Field("value", "完成情况", empty="", bounds=_LINE, hint="自己填写的数或情况"),
        Field("score", "得分", FieldType.DECIMAL, unit="分"),
        Field("gap", "差距", FieldType.LONG_TEXT, empty="", hint="有差距时填写，可以转为问题"),
        Field("evidence", "佐证材料", FieldType.LIST, empty=(), hint="一行一件，打印时编号"),
    ),
)


ASSESSMENT = Record(
    code="assessment",
    title="对标自评",
    plural="records",
    of=Assessment,
    fields=(
        Field("id", "编号"),
        Field("title", "名称", required=True, empty="", bounds=_LINE, hint="上级表的名称"),
        Field("day", "自评日期", FieldType.DATE, required=True),
        Field("year", "年度", FieldType.YEAR),
        Field("span", "时段", FieldType.CHOICE, of=Span, choices=Span.choices()),
        Field("source", "依据文件", empty="", bounds=_LINE, hint="下发这张表的文件"),
        Field("finished", "完成日期", FieldType.DATE, asked=False),
        CRITERIA,
        Field("files", "附件", FieldType.FILES, empty=()),
    ),
    problems=assessment_problems,
    name="{title}",
    day="day",
    listed=("day", "title"),
    identity=("day", "title"),
)
