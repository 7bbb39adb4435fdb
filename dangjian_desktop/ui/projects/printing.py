"""The papers of projects for the pane that shows them, and the charts as pictures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtGui import QImage

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.projects.project import Project
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.papers.printing import Format
from dangjian_desktop.services.projects.pictures import chart_picture
from dangjian_desktop.services.projects.printing import ProjectForm
from dangjian_desktop.ui.paper.paper_pane import Paper

LEDGER, CLAIMS = "台账", "认领表"


def form_choices() -> tuple[tuple[str, str], ...]:
    """Code and title of every paper about one project."""
    return tuple((form.value, form.paper) for form in ProjectForm)


def periodic(code: str) -> bool:
    """Whether the paper is about a month or a quarter."""
    return ProjectForm(code).periodic


def paper_of(desk: Desk, project: Project, code: str, period: Period) -> Paper:
    """One paper about a project."""
    form, papers = ProjectForm(code), desk.project_printing
    about = period if form.periodic else None

    def write(folder: Path, kind: Format) -> list[Path]:
        return papers.export(papers.document(project.id, form, about), folder, (kind,))

    def draw() -> bytes:
        return papers.preview(papers.document(project.id, form, about))

    return Paper(f"{project.title}{form.paper}", draw, write)


def year_paper(desk: Desk, code: str, day: date, group: str) -> Paper:
    """The ledger of the year of a day, or who carries what as of the day."""
    papers = desk.project_printing
    make = (
        partial(papers.claims, day)
        if code == CLAIMS
        else partial(papers.ledger, day.year, group or None)
    )

    def write(folder: Path, kind: Format) -> list[Path]:
        return papers.export(make(), folder, (kind,))

    return Paper(f"{day.year}年{group}{code}", lambda: papers.preview(make()), write)


def chart_pictures(project: Project, wanted: Sequence[str]) -> tuple[tuple[str, QImage], ...]:
    """The charts of these targets as pictures, by target id."""
    found = []
    for target in project.targets:
        if target.id in wanted and target.values:
            png = chart_picture(project, target)
            found.append((target.id, QImage.fromData(png)))
    return tuple(found)
