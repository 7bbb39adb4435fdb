"""The editor of projects."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from dangjian_desktop.domain.field_values import removed_from
from dangjian_desktop.domain.projects.project import Project
from dangjian_desktop.domain.projects.record import PROJECT
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.records.writing import State
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.projects.body import ProjectBody
from dangjian_desktop.ui.projects.context import (
    FORM,
    ProjectContext,
    context_for_new,
    context_of,
)
from dangjian_desktop.ui.projects.form import read
from dangjian_desktop.ui.records.editing import Editing
from dangjian_desktop.ui.records.editor import RecordEditor


def project_editor(desk: Desk, shell: Shell) -> RecordEditor:
    """Edits one project at a time."""

    def save(project: Project, _state: State) -> Project:
        return desk.projects.save(project)

    def new(_which: str) -> ProjectContext:
        return context_for_new(desk)

    editing = Editing(
        form=FORM,
        noun="项目",
        load=partial(context_of, desk),
        new=new,
        body=partial(ProjectBody, shell),
        read=_read,
        save=save,
        revision=desk.projects.revision,
        title=_title,
        removed=partial(removed_from, PROJECT.fields),
    )
    return RecordEditor(desk, shell, editing)


def _read(state: State, context: ProjectContext) -> tuple[Any, Mapping[str, str]]:
    reading = read(state, context.stored, context.members, context.today)
    return reading.project, reading.problems


def _title(state: State, _context: ProjectContext) -> str:
    return str(state.get("title") or "新建项目")
