"""Charts of the targets of a project: the monthly values with baseline and target."""

from __future__ import annotations

from decimal import Decimal

from dangjian_desktop.documents.chart import Chart, ChartKind
from dangjian_desktop.domain.projects.project import Counting, Project, Target


def chart_of(project: Project, target: Target) -> Chart | None:
    """The chart of a target over the months of the project; none without any value.

    Values that add up (逐月累计) are drawn as running totals, since those are held against the
    target.
    """
    if not target.values:
        return None
    months = tuple(sorted({*project.months(), *target.values}))
    summed = target.counting is Counting.SUM
    values = _running(target, months) if summed else tuple(map(target.values.get, months))
    notes = (target.direction.label, target.counting.label if summed else "")
    return Chart(
        title=target.indicator,
        unit=target.unit,
        months=months,
        values=values,
        kind=ChartKind.BARS if summed else ChartKind.LINE,
        baseline=target.baseline,
        target=target.target,
        note="，".join(note for note in notes if note),
    )


def _running(target: Target, months: tuple[str, ...]) -> tuple[Decimal | None, ...]:
    total, found = Decimal(0), []
    for month in months:
        value = target.values.get(month)
        total += value or Decimal(0)
        found.append(None if value is None else total)
    return tuple(found)
