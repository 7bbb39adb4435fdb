"""The declaration of a line of the plan."""

from __future__ import annotations

from dangjian_desktop.domain.fields import Bounds, Field, FieldType
from dangjian_desktop.domain.plans.plan import Plan, plan_problems
from dangjian_desktop.domain.record import Record

_SHORT = Bounds(longest=50)

PLAN = Record(
    code="plan",
    title="工作计划",
    plural="records",
    of=Plan,
    fields=(
        Field("id", "编号"),
        Field(
            *("when", "时间", FieldType.PARTIAL_DATE),
            required=True,
            hint="例如 2026-03；全年的写 2026",
        ),
        Field("section", "计划书的部分", hint="例如 组织建设", empty="", bounds=_SHORT),
        Field("party", "党建工作", FieldType.LONG_TEXT, empty=""),
        Field("business", "业务工作", FieldType.LONG_TEXT, empty=""),
        Field("measure", "融合措施", FieldType.LONG_TEXT, hint="两项怎样结合", empty=""),
        Field("priority", "业务重点", hint="例如 安全", empty="", bounds=_SHORT),
        Field("people", "责任人", FieldType.PEOPLE, empty=()),
        Field("done_party", "党建工作完成情况", FieldType.LONG_TEXT, empty=""),
        Field("done_business", "业务工作完成情况", FieldType.LONG_TEXT, empty=""),
        Field("done_on", "完成日期", FieldType.DATE),
        Field("meetings", "审议的会议", FieldType.LINK, to=("meeting",), empty=()),
    ),
    problems=plan_problems,
    name="{when} {section}",
    day="when",
    listed=("when", "party", "business", "people", "done_on"),
    people=("people",),
    identity=("when", "party", "business"),
)
