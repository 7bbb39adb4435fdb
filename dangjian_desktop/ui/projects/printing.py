"""The papers of projects for the pane that shows them, and the charts as pictures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtGui import QImage

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.projects.project import Project
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.papers.printing import Wanted
from dangjian_desktop.services.projects.pictures import chart_picture
from dangjian_desktop.ui.paper.paper_pane import Paper

LEDGER, CLAIMS = "project_ledger", "project_claims"
MATRIX, CASES = "plus_matrix", "case_book"
_TITLES = {CLAIMS: "认领表", MATRIX: "党建+N矩阵", CASES: "典型案例集"}


def paper_of(desk: Desk, project: Project, code: str, period: Period) -> Paper:
    """One paper about a project; ``period`` is that of a paper which is about one."""
    paper = desk.printing.paper(code)
    wanted = Wanted(period=period if paper.lengths else None)
    return Paper.of(desk.printing, f"{project.title}{paper.title}", code, project.id, wanted)


def year_paper(desk: Desk, code: str, day: date, group: str) -> Paper:
    """A list of the year of a day, or who carries what as of the day."""
    title = f"{day.year}年{group}{_TITLES.get(code, '台账')}"
    year = Wanted(period=Period(day.year, 1, 12), group=group or None)
    # What is of today tells the moment of its printing.
    claims = Wanted(day=None if day == desk.clock().date() else day)
    wanted = claims if code == CLAIMS else year
    return Paper.of(desk.printing, title, code, wanted=wanted)


def chart_pictures(project: Project, wanted: Sequence[str]) -> tuple[tuple[str, QImage], ...]:
    """The charts of these targets as pictures, by target id."""
    found = []
    for target in project.targets:
        if target.id in wanted and target.values:
            png = chart_picture(project, target)
            found.append((target.id, QImage.fromData(png)))
    return tuple(found)
