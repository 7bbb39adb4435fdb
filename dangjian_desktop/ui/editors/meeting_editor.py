"""会议记录: the editor over the full width; keeps drafts by itself and says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QListWidget, QSplitter, QVBoxLayout, QWidget

from dangjian_desktop.domain.findings import Finding
from dangjian_desktop.domain.meetings import Meeting
from dangjian_desktop.domain.members import Member
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.errors import InputError
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.ui.editors.meeting_body import MeetingBody
from dangjian_desktop.ui.editors.meeting_context import (
    FORM,
    EditorContext,
    context_for_new,
    context_of,
)
from dangjian_desktop.ui.editors.meeting_drafting import DraftKeeper
from dangjian_desktop.ui.editors.meeting_editor_head import EditorHead, draft_words
from dangjian_desktop.ui.editors.meeting_form import state_of
from dangjian_desktop.ui.editors.meeting_form_items import State
from dangjian_desktop.ui.editors.meeting_paper import UnsavedPaper
from dangjian_desktop.ui.shell import Shell
from dangjian_desktop.ui.widgets import frame, space

CHECK_PAUSE = 600


class MeetingEditor(QWidget):
    """Edits one meeting. ``saved`` brings its id once it is stored, ``left`` goes back without.

    Nothing typed is ever lost: it is saved, or kept as a draft, or refused and kept as a draft.
    """

    saved = Signal(str)
    left = Signal(str)

    def __init__(self, desk: Desk, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._shell = desk, shell
        self._context: EditorContext | None = None
        self._last: State = {}
        self._asked = 0
        self._checking = self._saving = self._narrow = False
        self.body: MeetingBody | None = None
        self.head = EditorHead(shell.theme)
        self.paper = UnsavedPaper(desk, shell)
        self.keeper = DraftKeeper(desk, shell, self.state, self)
        self.keeper.kept.connect(self._on_kept)
        self._settling = self._timer(0, self._settle)
        self._check_soon = self._timer(CHECK_PAUSE, self._check)
        self._compose()
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

    def step_back(self) -> bool:
        """Close what is open over the form; false when there is nothing."""
        focus = self.focusWidget()
        lists: list[QListWidget] = focus.findChildren(QListWidget) if focus else []
        shown = [names for names in lists if names.isVisible()]
        for open_list in shown:
            open_list.hide()
        if not shown and self._narrow and self.paper.isVisible():
            self.head.preview.setChecked(False)
            return True
        return bool(shown)

    def set_narrow(self, narrow: bool) -> None:
        """In a narrow window the preview takes the place of the form."""
        self._narrow = narrow
        self._show_paper(self.head.preview.isChecked())

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
            self.body.agenda.removed.connect(self._on_item_removed)
            self._form.addWidget(self.body)
        self._show(context.state)

    def _show(self, state: Mapping[str, Any]) -> None:
        context, body = self._context, self.body
        if context is None or body is None:
            return
        self.keeper.forget()
        body.show_context(context, state)
        self._last = body.state()
        words = self._title()
        self.head.show_record(words, draft_words(context))
        self._react()
        if not self._narrow:
            body.head.cells["title"].editor.setFocus()

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
        self._check_soon.start()
        self.paper.follow(meeting)

    def _title(self) -> str:
        if self._context is None:
            return "会议记录"
        kinds = self._context.kinds.of(self._last.get("kinds") or ())
        return f"{'、'.join(kind.short for kind in kinds)}会议记录" if kinds else "会议记录"

    @Slot()
    def _check(self) -> None:
        meeting = self.body.read(self._last).meeting if self.body and self.isVisible() else None
        if meeting is None or self._checking:
            return
        self._checking = True
        work = partial(self._desk.check.of_unsaved, meeting)
        done = partial(self._checked, meeting.id, self._last)
        self._shell.jobs.library(work, done, self._check_failed, title="正在检查")

    def _checked(self, uid: str, state: State, findings: tuple[Finding, ...]) -> None:
        self._checking = False
        if self.body is None or self._context is None or self._last.get("id") != uid:
            return
        self.body.verdicts.show_findings(findings, self._context.rules, waivable=False)
        if state != self._last:
            self._check_soon.start()

    def _check_failed(self, error: Exception) -> None:
        self._checking = False
        self._shell.messages.report(error)

    def _save(self, *, stay: bool) -> None:
        if self.body is None or self._saving:
            return
        self.keep()
        reading = self.body.read(self._last)
        self.body.point_out(reading.problems)
        if reading.problems or reading.meeting is None:
            self.head.say_problems(len(reading.problems))
            return
        self._saving = True
        work = partial(self._desk.meetings.save, reading.meeting)
        done = partial(self._stored, self._last, stay)
        self._shell.jobs.library(work, done, self._refused, title="正在保存")

    def _stored(self, state: State, stay: bool, meeting: Meeting) -> None:
        self._saving = False
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

    def _refused(self, error: Exception) -> None:
        self._saving = False
        if not isinstance(error, InputError) or self.body is None:
            self._shell.messages.report(error)
            return
        fields = dict(error.fields) or {"": error.message}
        self.body.point_out({name: _here(text) for name, text in fields.items()})
        self.head.say_problems(len(error.issues) or 1)

    @Slot(str)
    def _on_kept(self, moment: str) -> None:
        if not self.keeper.waiting and not self._saving:
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
            self._last = {}
            self.left.emit("")
            return
        self._context = replace(context, draft=None)
        self._show(state_of(context.stored))

    def _restore(self, state: State) -> None:
        put = partial(self._desk.drafts.put, FORM, state["id"], state)
        self._shell.jobs.library(put)
        if self.isVisible() and self._last.get("id") == state["id"]:
            self.open(state["id"])

    def _on_item_removed(self, place: int, item: State) -> None:
        if self.body is not None and any(v for n, v in item.items() if n not in ("id", "matter")):
            self._shell.toast("已删除一项议题", partial(self.body.agenda.insert_item, place, item))

    def _on_members(self, members: tuple[Member, ...]) -> None:
        if self._context is not None and self.body is not None:
            self._context = replace(self._context, members=members)
            self.body.set_context(self._context)

    def _show_paper(self, shown: bool) -> None:
        self.paper.setVisible(shown)
        self._card.setVisible(not (shown and self._narrow))
        if shown and self.body is not None:
            self.paper.follow(self.body.read(self._last).meeting)

    @Slot()
    def _leave(self) -> None:
        self.keep()
        self.left.emit(str(self._last.get("id") or ""))

    def _compose(self) -> None:
        self._card = frame("card")
        column = QVBoxLayout(self._card)
        space(column, margins=(20, 12, 12, 12), gap=10)
        self._form = QVBoxLayout()
        column.addLayout(self._form, 1)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setHandleWidth(12)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self._card)
        splitter.addWidget(self.paper)
        splitter.setStretchFactor(0, 62)
        splitter.setStretchFactor(1, 38)
        self.paper.hide()
        layout = QVBoxLayout(self)
        space(layout, margins=(0, 0, 0, 0), gap=10)
        layout.addWidget(self.head)
        layout.addWidget(splitter, 1)

    def _connect(self) -> None:
        self.head.save.clicked.connect(self.save)
        self.head.back.clicked.connect(self._leave)
        self.head.preview.toggled.connect(self._show_paper)
        self.head.drop.clicked.connect(self._drop_draft)
        for keys, act in (
            ("Ctrl+S", self.save_here),
            ("Ctrl+Return", self._add_item),
            ("Ctrl+Enter", self._add_item),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    @Slot()
    def _add_item(self) -> None:
        if self.body is not None:
            self.body.agenda.add_item()

    def _timer(self, milliseconds: int, act: Any) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(act)
        return timer


def _here(text: str) -> str:
    """The sentence of a refusal without the place, which the field itself shows."""
    return text.removeprefix("本次会议：")
