"""The forms of a project by the names that commands and the window use."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum

from dangjian_desktop.documents.model import Document
from dangjian_desktop.domain.dates import Period
from dangjian_desktop.papers.projects.application import compose_approval, compose_declaration
from dangjian_desktop.papers.projects.monthly import compose_progress
from dangjian_desktop.papers.projects.page import compose_page
from dangjian_desktop.papers.projects.reports import compose_closing, compose_midterm
from dangjian_desktop.papers.projects.sheet import ProjectSheet


class ProjectForm(StrEnum):
    """A paper about one project; the value is its name for people and commands."""

    DECLARATION = "申报"
    APPROVAL = "立项"
    PROGRESS = "推进"
    MIDTERM = "中期"
    CLOSING = "结项"
    PAGE = "一页"

    @property
    def paper(self) -> str:
        """What the paper is called."""
        return {
            "申报": "申报表",
            "立项": "立项表",
            "推进": "推进表",
            "中期": "中期报告",
            "结项": "结项报告",
            "一页": "一页汇报",
        }[self]

    @property
    def periodic(self) -> bool:
        """Whether the paper is about a month or a quarter."""
        return self is ProjectForm.PROGRESS


_COMPOSE: Mapping[ProjectForm, Callable[[ProjectSheet], Document]] = {
    ProjectForm.DECLARATION: compose_declaration,
    ProjectForm.APPROVAL: compose_approval,
    ProjectForm.MIDTERM: compose_midterm,
    ProjectForm.CLOSING: compose_closing,
    ProjectForm.PAGE: compose_page,
}


def compose_project(
    form: ProjectForm, sheet: ProjectSheet, period: Period | None = None
) -> Document:
    """One form of a project; ``period`` is that of a 推进表, the present month unless given."""
    if form is ProjectForm.PROGRESS:
        return compose_progress(sheet, period or Period.around(sheet.today, 1))
    return _COMPOSE[form](sheet)
