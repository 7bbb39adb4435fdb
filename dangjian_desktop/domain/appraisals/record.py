"""The declaration of an anonymous rating and its tally."""

from __future__ import annotations

from dangjian_desktop.domain.appraisals.appraisal import (
    FusionAppraisal,
    Grade,
    Rating,
    appraisal_problems,
)
from dangjian_desktop.domain.assessments.assessment import Span
from dangjian_desktop.domain.fields import Bounds, Field, FieldType
from dangjian_desktop.domain.record import Record
from dangjian_desktop.domain.tallies import SHEETS, count_field

_LINE = Bounds(longest=100)

RATINGS = Field(
    "ratings",
    "测评事项和结果",
    FieldType.RECORDS,
    empty=(),
    of=Rating,
    columns=(
        Field(
            *("name", "测评事项"),
            required=True,
            empty="",
            bounds=_LINE,
            hint="业务重点的名称，或自己的话",
        ),
        *(count_field(grade.value, grade.label) for grade in Grade),
        count_field("unrated", "未评"),
        Field("opinions", "意见建议", FieldType.LONG_TEXT, empty="", hint="一行一条，照票上的写"),
    ),
)

FUSION_APPRAISAL = Record(
    code="fusion_appraisal",
    title="融合成效测评",
    plural="records",
    of=FusionAppraisal,
    fields=(
        Field("id", "编号"),
        Field("title", "名称", required=True, empty="", bounds=_LINE),
        Field("held_on", "测评日期", FieldType.DATE, required=True),
        Field("year", "测评年度", FieldType.YEAR, required=True, hint="例如 2026"),
        Field("span", "时段", FieldType.CHOICE, of=Span, choices=Span.choices(), hint="不选即全年"),
        *SHEETS,
        RATINGS,
        Field("opinions", "其他意见建议", FieldType.LONG_TEXT, empty="", hint="一行一条"),
        Field("files", "附件", FieldType.FILES, empty=()),
        Field("note", "备注", FieldType.LONG_TEXT, empty=""),
    ),
    problems=appraisal_problems,
    name="{title}",
    day="held_on",
    listed=("title", "held_on", "issued", "returned", "valid"),
    identity=("held_on", "title"),
)
