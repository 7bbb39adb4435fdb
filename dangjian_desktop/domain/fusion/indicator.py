"""An indicator of the business: what is promised and what came of it, month by month."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import field, replace
from decimal import Decimal

from dangjian_desktop.domain.dates import PartialDate, Period
from dangjian_desktop.domain.projects.project import Counting, Direction, Project, Target
from dangjian_desktop.domain.record import Facts, Problem
from dangjian_desktop.domain.references import Link
from dangjian_desktop.frozen import dataclass

_MONTH = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])", re.ASCII)
_OF_PROJECT = {
    "unit": "单位",
    "baseline": "基准",
    "target": "目标值",
    "source": "数据来源",
    "values": "各月数值",
}
"""What a project tells of an indicator that is one of its targets, so that it is typed once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """``values`` are by month (``YYYY-MM``), of the ``year`` where one is told.

    One that is a target of a project (``project``) holds no values of its own: the project has
    them. ``priority`` is the business priority that it measures, by its name.
    """

    id: str
    name: str
    priority: str = ""
    year: PartialDate | None = None
    project: tuple[Link, ...] = ()
    unit: str = ""
    direction: Direction = Direction.UP
    counting: Counting = Counting.LATEST
    baseline: Decimal | None = None
    target: Decimal | None = None
    source: str = ""
    values: Mapping[str, Decimal] = field(default_factory=dict)
    note: str = ""
    deleted: bool = False

    @property
    def link(self) -> Link | None:
        """The target of a project that it is."""
        return next(iter(self.project), None)

    def of_year(self, year: int, lent: Project | None) -> bool:
        """Whether it belongs to a year: its own, that of its project or of its values; one that
        has none of them belongs to every year."""
        if self.year is not None:
            return self.year.year == year
        months = lent.months() if lent is not None else tuple(self.values)
        return not months or any(month.startswith(f"{year:04}-") for month in months)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """An indicator with what is known of it in one year: ``target`` as its project has it, else
    its own values of the year. ``project`` is the title of the project; ``lost`` tells that it is
    gone, so that nothing is known."""

    indicator: Indicator
    target: Target
    project: str = ""
    lost: bool = False

    @property
    def whole(self) -> Indicator:
        """The indicator as people read it, with what its project tells of it."""
        told = self.target
        return replace(
            self.indicator,
            unit=told.unit,
            direction=told.direction,
            counting=told.counting,
            baseline=told.baseline,
            target=told.target,
            source=told.source,
            values=told.values,
        )


def measured(indicator: Indicator, year: int, lent: Project | None) -> Measured:
    """What is known of an indicator in a year; ``lent`` is the project that has it, if any."""
    if indicator.link is None:
        return Measured(indicator=indicator, target=_own(indicator, year))
    found = None if lent is None else target_of(indicator, lent)
    if lent is None or found is None:
        empty = Target(id=indicator.id, indicator=indicator.name)
        return Measured(indicator=indicator, target=empty, lost=True)
    return Measured(indicator=indicator, target=found, project=lent.title)


def target_of(indicator: Indicator, project: Project) -> Target | None:
    """The target of the project that the indicator is."""
    item = None if indicator.link is None else indicator.link.item
    return next((target for target in project.targets if target.id == item), None)


def _own(indicator: Indicator, year: int) -> Target:
    return Target(
        id=indicator.id,
        indicator=indicator.name,
        unit=indicator.unit,
        direction=indicator.direction,
        baseline=indicator.baseline,
        target=indicator.target,
        source=indicator.source,
        values={m: v for m, v in indicator.values.items() if m.startswith(f"{year:04}-")},
        counting=indicator.counting,
    )


def indicator_problems(indicator: Indicator, facts: Facts) -> Iterator[Problem]:
    """Values told twice, months that are none, to come or of another year, no unit."""
    yield from _owned(indicator)
    wrong = [month for month in indicator.values if not _MONTH.fullmatch(month)]
    ahead = [month for month in sorted(indicator.values) if month > f"{facts.today:%Y-%m}"]
    if wrong:
        yield Problem("values", f"“{'、'.join(wrong)}”不是月份，应写成 2026-03")
    elif ahead:
        words = "、".join(Period.parse(month).label for month in ahead)
        said = f"“{indicator.name}”填了{words}的数值，该月还没有到，请核对月份"
        yield Problem("values", said)
    elif indicator.year is not None:
        year = indicator.year.year
        other = [m for m in sorted(indicator.values) if not m.startswith(f"{year:04}-")]
        if other:
            words = "、".join(Period.parse(month).label for month in other)
            yield Problem("values", f"{words}不在{year}年内，请改年度或清空这些数值")


def _owned(indicator: Indicator) -> Iterator[Problem]:
    """What is told here and by its project, or by neither."""
    link = indicator.link
    if link is None:
        if not indicator.unit.strip():
            yield Problem("unit", "请填写单位", "missing")
        return
    if len(indicator.project) > 1 or link.item is None:
        yield Problem("project", "请选择一个项目的一项指标")
    for name, label in _OF_PROJECT.items():
        if getattr(indicator, name) not in (None, "", {}):
            yield Problem(name, f"已关联项目指标，{label}以项目为准，请在此清空")
