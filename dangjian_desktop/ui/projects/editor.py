"""书记项目: the editor over the full width; keeps drafts by itself and says so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QListWidget, QVBoxLayout, QWidget

from dangjian_desktop.domain.projects.project import Project
from dangjian_desktop.errors import InputError
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.records.writing import State
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.look.widgets import label, space
from dangjian_desktop.ui.projects.body import ProjectBody
from dangjian_desktop.ui.projects.context import (
    FORM,
    ProjectContext,
    context_for_new,
    context_of,
)
from dangjian_desktop.ui.projects.editor_head import ProjectHead
from dangjian_desktop.ui.projects.form import read, state_of
from dangjian_desktop.ui.records.drafting import DraftKeeper
from dangjian_desktop.ui.records.subject import Go


class ProjectEditor(QWidget):
    """Edits one project. ``saved`` brings its id once it is stored, ``left`` goes back without."""

    saved = Signal(str)
    left = Signal(str)

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__()
        self._desk, self._shell = desk, shell
        self._context: ProjectContext | None = None
        self._last: State = {}
        self._asked = 0
        self._saving = False
        self.body: ProjectBody | None = None
        self.head = ProjectHead(shell.theme)
        self.note = label("", "problem", wrap=True)
        self.note.hide()
        self.keeper = DraftKeeper(desk, shell, FORM, self.state, self)
        self.keeper.kept.connect(self._on_kept)
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.timeout.connect(self._settle)
        layout = QVBoxLayout(self)
        space(layout, margins=(0, 0, 0, 0), gap=10)
        layout.addWidget(self.head)
        layout.addWidget(self.note)
        self._connect()

    def start_new(self) -> None:
        """Begin a new project."""
        self._ask(partial(context_for_new, self._desk))

    def open(self, uid: str) -> None:
        """Open a stored project, or what was left unsaved of it."""
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

    def step_back(self) -> bool:
        """Close what is open over the form; false when there is nothing."""
        focus = self.focusWidget()
        lists: Sequence[QListWidget] = tuple(focus.findChildren(QListWidget)) if focus else ()
        shown = [names for names in lists if names.isVisible()]
        for open_list in shown:
            open_list.hide()
        return bool(shown)

    @Slot()
    def save(self) -> None:
        """Store the project and go back to the list."""
        self._save(stay=False)

    @Slot()
    def save_here(self) -> None:
        """Store the project and stay; harmless at any time."""
        self._save(stay=True)

    def changeEvent(self, event: QEvent) -> None:  # noqa: D102
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow():
            self.keep()

    def _ask(self, work: partial[Any]) -> None:
        self.keep()
        self._asked += 1
        self._shell.jobs.library(work, partial(self._arrived, self._asked))

    def _arrived(self, asked: int, context: ProjectContext | None) -> None:
        if asked != self._asked:
            return
        if context is None:
            self.left.emit("")
            return
        self._context = context
        if self.body is None:
            self.body = ProjectBody(self._shell, context)
            self.body.changed.connect(self._settling.start)
            self.layout().addWidget(self.body)
        self._show(context.state)

    def _show(self, state: Mapping[str, Any]) -> None:
        if self._context is None or self.body is None:
            return
        self.keeper.forget()
        self.body.show_context(self._context, state)
        self._last = self.body.state()
        self.head.show_record(str(state.get("title") or "新建项目"), self._context)
        self._say("")
        self.body.head.editor("title").setFocus()

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
        self.head.title.setText(str(state.get("title") or "新建项目"))

    def _save(self, *, stay: bool) -> None:
        if self.body is None or self._context is None or self._saving:
            return
        self.keep()
        context = self._context
        reading = read(self._last, context.stored, context.members, context.today)
        self._point_out(reading.problems)
        if reading.problems or reading.project is None:
            return
        self._saving = True
        work = partial(self._desk.projects.save, reading.project)
        done = partial(self._stored, self._last, stay)
        self._shell.jobs.library(work, done, self._refused, title="正在保存")

    def _point_out(self, problems: Mapping[str, str]) -> None:
        self._say("；".join(self.body.point_out(problems) if self.body else ()))
        if problems:
            self.head.say_problems(len(problems))

    def _say(self, text: str) -> None:
        self.note.setText(text)
        self.note.setVisible(bool(text))

    def _stored(self, state: State, stay: bool, project: Project) -> None:
        self._saving = False
        if self._last.get("id") != project.id or self._context is None:
            return
        now = self._desk.clock().astimezone()
        self._shell.set_saved(now)
        self._context = replace(self._context, stored=project, draft=None)
        self._settle()
        if state == self._last:
            self.keeper.forget()
            self.head.say_saved(now)
        if not stay and state == self._last:
            self._shell.toast("项目已保存")
            self.saved.emit(project.id)

    def _refused(self, error: Exception) -> None:
        self._saving = False
        if isinstance(error, InputError):
            self._point_out(_by_field(error))
        else:
            self._shell.messages.report(error)

    @Slot(str)
    def _on_kept(self, moment: str) -> None:
        if not self.keeper.waiting and not self._saving:
            self.head.say_kept(moment)

    @Slot()
    def _drop_draft(self) -> None:
        """Back to the stored project; the draft can be brought back for ten seconds."""
        context = self._context
        if context is None:
            return
        dropped = self.state()
        self.keeper.forget()
        self._shell.jobs.library(partial(self._desk.drafts.drop, FORM, dropped["id"]))
        self._shell.toast("已放弃草稿", partial(self._restore, dropped))
        if context.stored is None:
            self._last = {}
            self.left.emit("")
            return
        self._context = replace(context, draft=None)
        self._show(state_of(context.stored))

    def _restore(self, state: State) -> None:
        self._shell.jobs.library(partial(self._desk.drafts.put, FORM, state["id"], state))
        if self.isVisible() and self._last.get("id") == state["id"]:
            self.open(state["id"])

    @Slot()
    def _leave(self) -> None:
        self.keep_then(lambda: self.left.emit(str(self._last.get("id") or "")))

    def _connect(self) -> None:
        self.head.save.clicked.connect(self.save)
        self.head.back.clicked.connect(self._leave)
        self.head.drop.clicked.connect(self._drop_draft)
        shortcut = QShortcut(QKeySequence("Ctrl+S"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.save_here)


def _by_field(error: InputError) -> dict[str, str]:
    """Every sentence of a refusal by its field, without the place that the field itself shows."""
    found: dict[str, str] = {}
    for issue in error.issues:
        field, text = issue.field or "", issue.message.split("：", 1)[-1]
        found[field] = f"{found[field]}；{text}" if field in found else text
    return found or {"": error.message}
