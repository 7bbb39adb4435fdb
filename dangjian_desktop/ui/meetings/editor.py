"""会议记录: the editor over the full width; keeps drafts by itself and says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from dangjian_desktop.domain.meetings.meeting import Meeting
from dangjian_desktop.domain.members.member import Member
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.records.writing import State
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.meetings.body import MeetingBody
from dangjian_desktop.ui.meetings.context import (
    FORM,
    EditorContext,
    context_for_new,
    context_of,
)
from dangjian_desktop.ui.meetings.editor_head import draft_words
from dangjian_desktop.ui.meetings.form import state_of
from dangjian_desktop.ui.meetings.frame import EditorFrame
from dangjian_desktop.ui.meetings.saving import LiveCheck, Saver
from dangjian_desktop.ui.records.drafting import DraftKeeper
from dangjian_desktop.ui.records.subject import Go

SETTLE_PAUSE = 40


class MeetingEditor(EditorFrame):
    """Edits one meeting. ``saved`` brings its id once it is stored, ``left`` goes back without."""

    saved = Signal(str)
    left = Signal(str)

    def __init__(self, desk: Desk, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(desk, shell, parent)
        self._asked = 0
        self.keeper = DraftKeeper(desk, shell, FORM, self.state, self)
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(SETTLE_PAUSE)
        self.check = LiveCheck(desk, shell, self._meeting, self)
        self.saver = Saver(desk, shell, self)
        self._connect()

    def start_new(self, kind: str) -> None:
        """Begin a new record of this kind."""
        self._ask(partial(context_for_new, self._desk, kind))

    def open(self, uid: str) -> None:
        """Open a stored record, or what was left unsaved of it."""
        self._ask(partial(context_of, self._desk, uid))

    def state(self) -> State:
        """The whole form as a draft keeps it."""
        return self.body.state() if self.body else {}

    @Slot()
    def keep(self) -> None:
        """Keep what is unsaved as a draft, now."""
        self._settle()
        self.keeper.flush()

    def keep_then(self, go: Go) -> None:
        """Keep what is unsaved, then go."""
        self.keep()
        go()

    def hear(self, topics: frozenset[Topic]) -> None:
        """The roster may have been changed elsewhere."""
        if Topic.MEMBERS in topics and self._context is not None:
            self._shell.jobs.library(self._desk.meetings.members, self._on_members)

    @Slot()
    def save(self) -> None:
        """Store the record and go back to the list."""
        self._save(stay=False)

    @Slot()
    def save_here(self) -> None:
        """Store the record and stay; harmless at any time."""
        self._save(stay=True)

    def changeEvent(self, event: QEvent) -> None:  # noqa: D102
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow():
            self.keep()

    def _ask(self, work: partial[Any]) -> None:
        self.keep()
        self._asked += 1
        self._show_form(False)
        self._shell.jobs.library(work, partial(self._arrived, self._asked))

    def _arrived(self, asked: int, context: EditorContext | None) -> None:
        if asked != self._asked:
            return
        if context is None:
            self.left.emit("")
            return
        self._context = context
        if self.body is None:
            self.body = MeetingBody(self._shell.theme, context)
            self.body.changed.connect(self._settling.start)
            self.body.dropped.connect(self._on_dropped)
            self._form.addWidget(self.body)
        self._show(context.state)

    def _show(self, state: Mapping[str, Any]) -> None:
        context, body = self._context, self.body
        if context is None or body is None:
            return
        self.keeper.forget()
        self._show_form(True)
        body.show_context(context, state)
        self._last = body.state()
        words = self._title()
        self.head.show_record(words, draft_words(context))
        self._react()
        if not self._narrow:
            body.head.cells["date"].editor.setFocus()

    @Slot()
    def _settle(self) -> None:
        """Called once after every bunch of changes."""
        if self.body is None or self._context is None:
            return
        state = self.body.state()
        if state == self._last:
            return
        self._last = state
        self.keeper.touch()
        self.head.say_unsaved()
        self._react()

    def _react(self) -> None:
        meeting = self.body.read(self._last).meeting if self.body else None
        if self.body:
            self.body.show_counts(meeting)
        self.head.title.setText(self._title())
        self.check.touch()
        self.paper.follow(meeting)

    def _save(self, *, stay: bool) -> None:
        if self.body is None or self.saver.busy:
            return
        self.keep()
        reading = self.body.read(self._last)
        self.body.point_out(reading.problems)
        if reading.problems or reading.meeting is None:
            self.head.say_problems(len(reading.problems))
            return
        self.saver.save(reading.meeting, self._last, stay=stay)

    @Slot(object, object, bool)
    def _stored(self, meeting: Meeting, state: State, stay: bool) -> None:
        if self._last.get("id") != meeting.id or self._context is None:
            return
        now = self._desk.clock().astimezone()
        self._shell.set_saved(now)
        revision = max(self._context.revision, 1)
        self._context = replace(self._context, stored=meeting, draft=None, revision=revision)
        self._settle()
        if state == self._last:
            self.keeper.forget()
            self.head.say_saved(now)
        if not stay and state == self._last:
            self._shell.toast("会议记录已保存")
            self.saved.emit(meeting.id)

    @Slot(object)
    def _refused(self, problems: Mapping[str, str]) -> None:
        if self.body is not None:
            self.body.point_out(problems)
            self.head.say_problems(len(problems))

    @Slot(str)
    def _on_kept(self, moment: str) -> None:
        if not self.keeper.waiting and not self.saver.busy:
            self.head.say_kept(moment)

    @Slot()
    def _drop_draft(self) -> None:
        """Back to the stored record; the draft can be brought back for ten seconds."""
        context = self._context
        if context is None:
            return
        dropped = self.state()
        self.keeper.forget()
        drop = partial(self._desk.drafts.drop, FORM, dropped["id"])
        self._shell.jobs.library(drop)
        self._shell.toast("已放弃草稿", partial(self._restore, dropped))
        if context.stored is None:
            self._context, self._last = None, {}
            self.left.emit("")
            return
        self._context = replace(context, draft=None)
        self._show(state_of(context.stored))

    def _restore(self, state: State) -> None:
        put = partial(self._desk.drafts.put, FORM, state["id"], state)
        self._shell.jobs.library(put)
        if self.isVisible() and self._last.get("id") == state["id"]:
            self.open(state["id"])

    def _on_members(self, members: tuple[Member, ...]) -> None:
        if self._context is not None and self.body is not None:
            self._context = replace(self._context, members=members)
            self.body.set_context(self._context)

    @Slot()
    def _leave(self) -> None:
        self.keep()
        self.left.emit(str(self._last.get("id") or ""))

    def _connect(self) -> None:
        self.keeper.kept.connect(self._on_kept)
        self._settling.timeout.connect(self._settle)
        self.check.found.connect(self._on_found)
        self.saver.stored.connect(self._stored)
        self.saver.refused.connect(self._refused)
        self.head.save.clicked.connect(self.save)
        self.head.back.clicked.connect(self._leave)
        self.head.drop.clicked.connect(self._drop_draft)
        self._key("Ctrl+S", self.save_here)
        self._key("Ctrl+Return", self._add_item)
        self._key("Ctrl+Enter", self._add_item)
