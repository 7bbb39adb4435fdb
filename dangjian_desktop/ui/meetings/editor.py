"""The editor of meetings: its form, what the rules say of it, and the page as it would print."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QKeySequence, QShortcut

from dangjian_desktop.domain.field_values import removed_from
from dangjian_desktop.domain.findings import Finding
from dangjian_desktop.domain.meetings.meeting import Meeting
from dangjian_desktop.domain.meetings.record import FILES, MEETING
from dangjian_desktop.domain.members.member import Member
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.papers.printing import Layout, Wanted
from dangjian_desktop.services.records.writing import State
from dangjian_desktop.ui.declared_form import FilesEditor
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.desk.timers import once
from dangjian_desktop.ui.look.widgets import go_to
from dangjian_desktop.ui.meetings.body import MeetingBody
from dangjian_desktop.ui.meetings.context import (
    FORM,
    EditorContext,
    context_for_new,
    context_of,
    read_state,
)
from dangjian_desktop.ui.meetings.detail import LAYOUTS
from dangjian_desktop.ui.meetings.link import save_with_links
from dangjian_desktop.ui.meetings.places import widget_at
from dangjian_desktop.ui.paper.unsaved import UnsavedPaper
from dangjian_desktop.ui.records.editing import Editing
from dangjian_desktop.ui.records.editor import RecordEditor

CHECK_PAUSE = 600


def meeting_editor(
    desk: Desk, shell: Shell, take_place: Callable[[], str] = lambda: ""
) -> RecordEditor:
    """Edits one meeting at a time; ``take_place`` tells the field that it is opened for."""
    editing = Editing(
        form=FORM,
        noun="会议记录",
        load=partial(context_of, desk),
        new=partial(context_for_new, desk),
        body=partial(MeetingBody, shell.theme, partial(FilesEditor, FILES, desk, shell)),
        read=_read,
        save=partial(save_with_links, desk),
        revision=desk.meetings.revision,
        title=_title,
        removed=partial(removed_from, MEETING.fields),
    )

    def draw(meeting: Meeting, layout: str) -> bytes:
        return desk.printing.preview_of("minutes", meeting, Wanted(layout=Layout(layout)))

    paper = UnsavedPaper(shell, draw, LAYOUTS)
    editor = RecordEditor(desk, shell, editing, paper)
    Company(desk, shell, editor, paper, take_place)
    return editor


class Company(QObject):
    """Goes with the typing: counts and verdicts in the form, the page beside it."""

    def __init__(
        self,
        desk: Desk,
        shell: Shell,
        editor: RecordEditor,
        paper: UnsavedPaper,
        take_place: Callable[[], str],
    ) -> None:
        super().__init__(editor)
        self._take_place, self._body = take_place, None
        # After the editor has put the cursor where it begins.
        self._leading = once(self, 0, self._led)
        self._desk, self._shell, self._editor, self._paper = desk, shell, editor, paper
        self._asked: Meeting | None = None
        self._soon = once(self, CHECK_PAUSE, self._ask)
        editor.settled.connect(self._follow)
        editor.heard.connect(self._hear)
        editor.leaf.turned.connect(self._follow)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), editor).activated.connect(self._add_item)

    def _meeting(self) -> Meeting | None:
        meeting: Meeting | None = self._editor.read()[0]
        return meeting

    def _follow(self, *_turned: bool) -> None:
        meeting = self._meeting()
        if self._editor.body is not None:
            self._editor.body.show_counts(meeting)
            self._lead(self._editor.body)
        self._soon.start()
        self._paper.follow(meeting)

    def _lead(self, body: Any) -> None:
        """Lead from a verdict to the field that settles it, and to one asked for from outside."""
        if body is not self._body:
            self._body = body
            body.verdicts.place_asked.connect(self._settle)
        if not self._leading.isActive():
            self._leading.start()

    @Slot()
    def _led(self) -> None:
        if self._editor.opened is not None and (place := self._take_place()):
            self._settle("meeting", place)

    @Slot(str, str)
    def _settle(self, subject: str, target: str) -> None:
        if subject == "member":
            self._shell.open("roster", target)
        elif (widget := widget_at(self._editor.body, target)) is not None:
            go_to(widget)

    @Slot()
    def _ask(self) -> None:
        meeting = self._meeting() if self._editor.isVisible() else None
        if meeting is None or self._asked is not None:
            return
        self._asked = meeting
        work = partial(self._desk.check.of_unsaved, meeting)
        self._shell.jobs.library(work, self._judged, self._failed, title="正在检查")

    def _judged(self, findings: tuple[Finding, ...]) -> None:
        asked, self._asked = self._asked, None
        context: Any = self._editor.opened
        if context is None or asked is None or context.uid != asked.id:
            return
        names = {member.id: member.name for member in context.members}
        verdicts = self._editor.body.verdicts
        before = [line.finding for line in verdicts.lines]
        verdicts.show_findings(findings, context.rules, waivable=False, names=names)
        verdicts.speak_of_changes(before)
        if self._meeting() not in (asked, None):
            self._soon.start()

    def _failed(self, error: Exception) -> None:
        self._asked = None
        self._shell.messages.report(error)

    @Slot(frozenset)
    def _hear(self, topics: frozenset[Topic]) -> None:
        if Topic.MEMBERS in topics:
            self._shell.jobs.library(self._desk.meetings.members, self._on_members)

    def _on_members(self, members: tuple[Member, ...]) -> None:
        context: Any = self._editor.opened
        if context is not None:
            self._editor.opened = replace(context, members=members)
            self._editor.body.set_context(self._editor.opened)

    @Slot()
    def _add_item(self) -> None:
        if self._editor.opened is not None:
            self._editor.body.agenda.stack.add_row()


def _read(state: State, context: EditorContext) -> tuple[Any, Mapping[str, str]]:
    reading = read_state(state, context)
    return reading.meeting, reading.problems


def _title(state: State, context: EditorContext) -> str:
    kinds = context.kinds.of(state.get("kinds") or ())
    return f"{'、'.join(kind.short for kind in kinds)}会议记录"
