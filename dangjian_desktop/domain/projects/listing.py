"""What a list shows of a project; small enough to hold for every project of ten years."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.projects.progress import finished, percent_complete, time_share
from dangjian_desktop.domain.projects.project import Project, ProjectState
from dangjian_desktop.frozen import dataclass


@dataclass(frozen=True, slots=True)
class ProjectRow:
    """One line of the list. ``secretary`` is a name or empty, ``percent`` the finished share,
    ``open_planned`` the planned days of milestones not done."""

    id: str
    title: str
    category: str
    state: ProjectState
    secretary: str
    number: str | None
    start: date | None
    last_day: date | None
    year: int | None
    percent: Decimal
    open_planned: tuple[date, ...] = ()

    def overdue(self, today: date) -> int:
        """How many milestones are late; none for a project that is over."""
        if self.state.over:
            return 0
        return sum(1 for day in self.open_planned if day < today)

    def touches(self, period: Period) -> bool:
        """Whether any of its time lies in the period; one without a beginning, by its year."""
        if self.start is None:
            return self.year in (None, period.year)
        ends = self.last_day is None or self.last_day >= period.first
        return self.start <= period.last and ends

    def time_gone(self, today: date) -> Decimal | None:
        """时序进度, per cent; None while a border of the period is missing."""
        return time_share(self.start, self.last_day, today)


def row_of(project: Project) -> ProjectRow:
    """The line of a project."""
    return ProjectRow(
        id=project.id,
        title=project.title,
        category=project.category,
        state=project.state,
        secretary=project.secretary.name if project.secretary else "",
        number=project.number,
        start=project.start,
        last_day=project.last_day,
        year=project.year,
        percent=percent_complete(project),
        open_planned=tuple(m.planned for m in project.milestones if not finished(m)),
    )
