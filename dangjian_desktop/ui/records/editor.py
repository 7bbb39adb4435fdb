"""The editor of a record over the full width: keeps drafts by itself, saves, lets go when kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.library.drafts import Draft
from dangjian_desktop.services.records.writing import State
from dangjian_desktop.ui.desk.keeper import Go, Keeper
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.desk.timers import once
from dangjian_desktop.ui.desk.unkept import Unkept
from dangjian_desktop.ui.records.editing import Editing, Opened
from dangjian_desktop.ui.records.head import EditorHead
from dangjian_desktop.ui.records.leaf import Leaf
from dangjian_desktop.ui.records.saving import Saver
from dangjian_desktop.ui.records.versions import Versions

SETTLE_PAUSE = 40


class RecordEditor(QWidget):
    """Edits one record at a time. ``saved`` brings its id each time it is stored, ``left`` asks
    to go back to the list (with the id, empty where there is no such record).

    Nothing typed is ever lost: it is saved, or kept as a draft, or the user stays and is told.
    ``settled`` comes once after every bunch of changes and when another record is shown.
    """

    saved = Signal(str)
    left = Signal(str)
    settled = Signal()
    heard = Signal(frozenset)

    def __init__(
        self, desk: Desk, shell: Shell, editing: Editing, aside: QWidget | None = None
    ) -> None:
        super().__init__()
        self._desk, self._shell, self._editing = desk, shell, editing
        self.opened: Opened | None = None
        self._last: State = {}
        self._asked = 0
        self._typed = False
        self.body: Any = None
        self.aside = aside
        self.head = EditorHead(shell.theme)
        door = desk.unsaved.door(editing.form)
        self.keeper = Keeper(shell.jobs, door, self._content, self)
        self.unkept = Unkept(shell, self.keeper, self._name)
        self.leaf = Leaf(shell.theme, self.head, self.unkept, aside)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.leaf)
        self.saver = Saver(desk.clock, shell, editing, self)
        self.versions = Versions(shell, desk.drafts, editing, self)
        self._settling = once(self, SETTLE_PAUSE, self.settle)
        self._connect()

    @property
    def uid(self) -> str:
        """Whose form is shown; empty while none is."""
        return self.opened.uid if self.opened else ""

    def start_new(self, which: str = "") -> None:
        """Begin a new record, of this kind where there are several."""
        self.keep_then(partial(self._load, partial(self._editing.new, which)))

    def open(self, uid: str) -> None:
        """Open a stored record, or what was left unsaved of it."""
        self.keep_then(partial(self.reload, uid))

    def state(self) -> State:
        """The whole form as a draft keeps it."""
        return self.body.state() if self.opened else {}

    @property
    def pristine(self) -> bool:
        """Whether the form shows the stored record and nothing else."""
        self.settle()
        no_draft = self.opened is not None and self.opened.draft is None
        return no_draft and self.keeper.safe and not self._typed

    def reload(self, uid: str) -> None:
        """Show what is stored or kept of this record, in place of what stands in the form."""
        self._load(partial(self._editing.load, uid))

    def read(self) -> tuple[Any, Mapping[str, str]]:
        """What the form means as far as it can be read, and what is wrong, by place."""
        if self.opened is None:
            return None, {}
        record, problems = self._editing.read(self._last, self.opened)
        return record, {**problems, **self.body.problems()}

    @Slot()
    def keep(self) -> None:
        """Keep what is unsaved as a draft, now."""
        self.settle()
        self.keeper.flush()

    def keep_then(self, go: Go) -> None:
        """The way to leave: ``go`` is called once everything typed is kept."""
        self.keeper.then(go)

    def step_back(self) -> bool:
        """Close what is open over the form; false when there is nothing."""
        return self.leaf.back(self.focusWidget())

    @Slot()
    def go_back(self) -> None:
        """Close what is open over the form, else ask to go back once everything is kept."""
        if not self.step_back():
            self.keep_then(partial(self.left.emit, self.uid))

    def set_narrow(self, narrow: bool) -> None:
        """In a narrow window what stands beside the form takes its place."""
        self.leaf.set_narrow(narrow)

    def hear(self, topics: frozenset[Topic]) -> None:
        """Something was changed elsewhere: perhaps this record."""
        if self.opened is not None:
            self.heard.emit(topics)
        if topics - {Topic.DRAFTS}:
            self.versions.look()

    @Slot()
    def save(self) -> None:
        """Store the record and stay; harmless at any time."""
        self.saver.save(leave=False)

    def take_stored(self, record: Any, revision: int, state: State) -> bool:
        """The record reached the library; whether the form still shows what was saved."""
        if self.opened is not None:
            self.opened = replace(self.opened, stored=record, draft=None, revision=revision)
        self.versions.base = revision
        self.settle()
        if state != self._last:
            return False
        self._typed = False
        self.keeper.forget(self.uid)
        return True

    def changeEvent(self, event: QEvent) -> None:  # noqa: D102
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow():
            self.keep()

    @Slot()
    def settle(self) -> None:
        """Take in what was changed; by itself a moment after each change."""
        self._settling.stop()
        state = self.state()
        if self.opened is None or state == self._last:
            return
        self._last, self._typed = state, True
        self.keeper.touch()
        self.head.say_unsaved()
        self._react()

    def _react(self) -> None:
        self.head.name(self._name())
        self.settled.emit()

    def _name(self) -> str:
        return self._editing.title(self._last, self.opened) if self.opened else self._editing.noun

    def _content(self) -> tuple[str, State]:
        return self.uid, self._last

    def _load(self, work: Callable[[], Opened | None]) -> None:
        self._asked += 1
        self.opened, self._last = None, {}
        self.leaf.show_form(False)
        failed = partial(self._not_opened, self._asked)
        self._shell.jobs.library(work, partial(self._arrived, self._asked), failed)

    def _arrived(self, asked: int, opened: Opened | None) -> None:
        if asked != self._asked:
            return
        if opened is None:
            self.left.emit("")
            return
        if self.body is None:
            self._make_body(opened)
        self.opened, self.versions.base = opened, opened.base
        self.leaf.show_form(True)
        self.body.show_context(opened, opened.state)
        self._last, self._typed = self.body.state(), False
        self.head.show_record(self._name(), opened)
        self._react()
        start = self.body.start()
        start.setFocus()
        line = start.focusProxy() or start
        # What is proposed in a new record is typed over, as after Tab.
        if opened.stored is None and isinstance(line, QLineEdit):
            line.selectAll()

    def _not_opened(self, asked: int, error: Exception) -> None:
        self._shell.messages.report(error)
        self._arrived(asked, None)

    def _make_body(self, opened: Opened) -> None:
        self.body = self._editing.body(opened)
        self.body.changed.connect(self._settling.start)
        self.body.dropped.connect(self.versions.offer_undo)
        self.leaf.hold(self.body)

    @Slot(object)
    def _on_kept(self, draft: Draft) -> None:
        if self.opened is not None and draft.uid == self.uid and not self.saver.busy:
            self.head.say_kept(draft.saved_at, self.opened.today)

    def _connect(self) -> None:
        self.keeper.asked.connect(self.settle)
        self.keeper.kept.connect(self._on_kept)
        self.unkept.given_up.connect(self.versions.reread)
        self.unkept.brought_back.connect(self.versions.reread)
        self.head.save.clicked.connect(self.save)
        self.head.done.clicked.connect(self.saver.save_and_leave)
        self.head.back.clicked.connect(self.go_back)
        QShortcut(QKeySequence("Ctrl+S"), self).activated.connect(self.save)
