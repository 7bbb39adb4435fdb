"""The declarations of an indicator, a business priority and a brand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from dangjian_desktop.domain.amounts import shown
from dangjian_desktop.domain.fields import Bounds, Field, FieldType
from dangjian_desktop.domain.fusion.brand import Brand
from dangjian_desktop.domain.fusion.indicator import Indicator, indicator_problems, measured
from dangjian_desktop.domain.fusion.priority import Priority, priority_problems
from dangjian_desktop.domain.projects.progress import attained, attainment, reached_value
from dangjian_desktop.domain.projects.project import Target
from dangjian_desktop.domain.projects.record import TARGETS
from dangjian_desktop.domain.record import Computed, Record

_SHORT = Bounds(longest=50)


def told(target: Target) -> dict[str, Any]:
    """What is measured, in the JSON of the contract; what is unknown is null."""
    percent, reached = attainment(target), attained(target)
    return {
        "unit": target.unit,
        "baseline": shown(target.baseline) or None,
        "target": shown(target.target) or None,
        "source": target.source,
        "values": {month: shown(value) for month, value in sorted(target.values.items())},
        "value": shown(reached_value(target)) or None,
        "percent": None if percent is None else str(percent),
        "attained": reached,
    }


def _measured(indicator: Indicator, today: date) -> dict[str, Any] | None:
    """Of one that a project has only the project can tell."""
    if indicator.link is not None:
        return None
    year = today.year if indicator.year is None else indicator.year.year
    return told(measured(indicator, year, None).target)


INDICATOR = Record(
    code="indicator",
    title="指标",
    plural="records",
    of=Indicator,
    fields=(
        Field("id", "编号"),
        Field("name", "指标名称", required=True, hint="例如 材料消耗", empty="", bounds=_SHORT),
        Field("priority", "业务重点", hint="例如 安全、产量、成本", empty="", bounds=_SHORT),
        Field("year", "年度", FieldType.PARTIAL_DATE, hint="例如 2026；不填即各年通用"),
        Field(
            *("project", "所属项目指标", FieldType.LINK),
            to=("project.target",),
            empty=(),
            hint="选了以后，单位、基准、目标值、来源和各月数值都以项目为准，不在这里重填",
        ),
        replace(TARGETS.column("unit"), required=False, bounds=_SHORT),
        TARGETS.column("direction"),
        TARGETS.column("counting"),
        TARGETS.column("baseline"),
        TARGETS.column("target"),
        TARGETS.column("source"),
        replace(TARGETS.column("values"), label="各月数值"),
        Field("note", "备注", FieldType.LONG_TEXT, empty=""),
    ),
    computed=(Computed("measured", "达成情况", _measured),),
    problems=indicator_problems,
    name="{name}",
    day="year",
    listed=("name", "priority", "unit", "baseline", "target"),
    identity=("name", "year"),
)

PRIORITY = Record(
    code="priority",
    title="业务重点",
    plural="records",
    of=Priority,
    fields=(
        Field("id", "编号"),
        Field("name", "名称", required=True, hint="例如 安全", empty="", bounds=_SHORT),
        Field("number", "顺序", FieldType.INTEGER, hint="例如 1"),
        Field("since", "起始年度", FieldType.PARTIAL_DATE, hint="例如 2026；不填即一直有"),
        Field("until", "截止年度", FieldType.PARTIAL_DATE, hint="不再作为重点的填写"),
        Field("wanted", "目标要求", FieldType.LONG_TEXT, hint="用自己的话写", empty=""),
        Field("agenda", "研究的议题", FieldType.LINK, to=("meeting.item",), empty=()),
        Field("projects", "有关项目", FieldType.LINK, to=("project",), empty=()),
    ),
    problems=priority_problems,
    name="{name}",
    listed=("number", "name", "since", "until"),
    identity=("name",),
)

BRAND = Record(
    code="brand",
    title="支部品牌",
    plural="records",
    of=Brand,
    fields=(
        Field("id", "编号"),
        Field("name", "品牌名称", required=True, empty="", bounds=_SHORT),
        Field("kind", "品牌类型", hint="例如 服务型", empty="", bounds=_SHORT),
        Field("since", "创建时间", FieldType.PARTIAL_DATE, hint="例如 2026 或 2026-03"),
        Field("meaning", "品牌内涵", FieldType.LONG_TEXT, empty=""),
        Field("plan", "创建规划", FieldType.LONG_TEXT, empty=""),
        Field("measures", "主要做法", FieldType.LIST, hint="一行一项", empty=()),
        Field("projects", "有关项目", FieldType.LINK, to=("project",), empty=()),
        Field("indicators", "成效指标", FieldType.LINK, to=("indicator",), empty=()),
        Field("evidence", "佐证材料", FieldType.LONG_TEXT, hint="一行一项", empty=""),
        Field("files", "附件", FieldType.FILES, empty=()),
        Field(
            *("self_score", "自评分", FieldType.DECIMAL),
            bounds=Bounds(least=Decimal(0), most=Decimal(100)),
            hint="0至100",
        ),
        Field("self_note", "自评说明", FieldType.LONG_TEXT, empty=""),
    ),
    name="{name}",
    day="since",
    listed=("name", "kind", "since", "self_score"),
    identity=("name",),
)
