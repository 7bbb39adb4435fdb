"""Charts of the targets of a project: the monthly values with baseline and target."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from dangjian_desktop.documents.chart import Chart, ChartKind
from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.projects.project import Counting, Project, Target


def chart_of(project: Project, target: Target, upto: Period | None = None) -> Chart | None:
    """The chart of a target over the months of the project; none without any value.

    With ``upto`` values behind that period are not drawn: a paper knows nothing later than its day.
    Values that add up (逐月累计) are drawn as running totals, since those are held against the
    target.
    """
    last = "9999" if upto is None else f"{upto.last:%Y-%m}"
    known = {month: value for month, value in target.values.items() if month <= last}
    if not known:
        return None
    months = tuple(sorted({*project.months(), *known}))
    summed = target.counting is Counting.SUM
    values = _running(known, months) if summed else tuple(map(known.get, months))
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


def _running(known: Mapping[str, Decimal], months: tuple[str, ...]) -> tuple[Decimal | None, ...]:
    total, found = Decimal(0), []
    for month in months:
        value = known.get(month)
        total += value or Decimal(0)
        found.append(None if value is None else total)
    return tuple(found)
