"""Unsaved forms as the window offers and opens them, as plain JSON."""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from dangjian_desktop.services.desk import Desk
from dangjian_desktop.ui.desk.changes import ChangeBus
from dangjian_desktop.ui.desk.choosers import Choosers
from dangjian_desktop.ui.desk.jobs import Jobs
from dangjian_desktop.ui.desk.messages import Messages
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.desk.store import SettingsStore
from dangjian_desktop.ui.look.theme import Mode, Theme
from dangjian_desktop.ui.meetings import listing as meeting_listing
from dangjian_desktop.ui.meetings.editor import meeting_editor
from dangjian_desktop.ui.members.editor import member_editor
from dangjian_desktop.ui.projects import listing as project_listing
from dangjian_desktop.ui.projects.editor import project_editor
from dangjian_desktop.ui.projects.entry import EntryForm
from dangjian_desktop.ui.records.editor import RecordEditor
from dangjian_desktop.ui.records.subject import Narrowing
from tests.golden.shown import leaves

FORMS = ("meeting", "member", "project", "progress")


def a_shell(app: QApplication, folder: Path) -> Shell:
    """A shell without a window."""
    theme, messages = Theme(app, Mode.LIGHT), Messages()
    theme.apply()
    settings = SettingsStore(folder / "window.ini")
    return Shell(
        jobs=Jobs(messages.report),
        messages=messages,
        theme=theme,
        settings=settings,
        changes=ChangeBus(),
        choosers=Choosers(settings),
    )


def offered(desk: Desk) -> dict[str, list[str]]:
    """How the lists name the forms that were left unsaved."""
    meetings = meeting_listing.load_listing(desk, Narrowing()).drafts
    projects = project_listing.load_listing(desk, Narrowing()).drafts
    return {
        "meeting": sorted(draft.words for draft in meetings),
        "project": sorted(draft.words for draft in projects),
        "member": sorted(str(d.content.get("name") or "") for d in desk.drafts.all("member")),
        "progress": sorted(d.uid for d in desk.drafts.all("progress")),
    }


def opened(desk: Desk, shell: Shell) -> dict[str, dict[str, Any]]:
    """What stands in the editor of each unsaved form, by form and id."""
    found = {}
    for form in FORMS:
        for draft in sorted(desk.drafts.all(form), key=lambda each: each.uid):
            kept = set(map(str, leaves(draft.content).values()))
            state = leaves(_OPEN[form](desk, shell, draft.uid))
            found[f"{form}/{draft.uid}"] = {
                place: value for place, value in state.items() if _lasting(place, value, kept)
            }
    return found


def _lasting(place: str, value: Any, kept: Collection[str]) -> bool:
    """Whether it is no id that the editor gives to a row for as long as it is open."""
    return not place.endswith(".id") or str(value) in kept


def _meeting(desk: Desk, shell: Shell, uid: str) -> Any:
    return _edited(shell, meeting_editor(desk, shell), uid)


def _project(desk: Desk, shell: Shell, uid: str) -> Any:
    return _edited(shell, project_editor(desk, shell), uid)


def _member(desk: Desk, shell: Shell, uid: str) -> Any:
    return _edited(shell, member_editor(desk, shell), uid)


def _progress(desk: Desk, shell: Shell, uid: str) -> Any:
    project, _, period = uid.partition("/")
    detail = project_listing.load_detail(desk, project)
    form = EntryForm(shell, desk.unsaved.door("progress"))
    form.show_entry(detail.project, period, detail.unsaved.get(period))
    return _state(shell, form, form.form.values)


def _edited(shell: Shell, editor: RecordEditor, uid: str) -> Any:
    editor.open(uid)
    return _state(shell, editor, editor.state)


def _state(shell: Shell, editor: QWidget, state: Callable[[], Any]) -> Any:
    _settle(shell)
    found = state()
    editor.deleteLater()
    _settle(shell)
    return found


def _settle(shell: Shell) -> None:
    """Until nothing is under way any more."""
    for _round in range(2):
        while shell.jobs.busy:
            waiting = QEventLoop()
            QTimer.singleShot(5, waiting.quit)
            waiting.exec()
        QApplication.processEvents()


_OPEN: dict[str, Callable[[Desk, Shell, str], Any]] = {
    "meeting": _meeting,
    "member": _member,
    "project": _project,
    "progress": _progress,
}
