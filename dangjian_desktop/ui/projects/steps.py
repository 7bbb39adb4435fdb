"""The next states of a project: what is still lacking, and the panel that records a decision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from types import MappingProxyType
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from dangjian_desktop.domain.dates import read_day
from dangjian_desktop.domain.fields import Field
from dangjian_desktop.domain.projects.project import Project, ProjectState, StateChange
from dangjian_desktop.domain.projects.record import HISTORY
from dangjian_desktop.domain.projects.states import next_states
from dangjian_desktop.ui.fields.forms import Form
from dangjian_desktop.ui.fields.inputs import Today
from dangjian_desktop.ui.look.chips import FlowLayout
from dangjian_desktop.ui.look.theme import Theme
from dangjian_desktop.ui.look.widgets import button, column_of, frame, go_to, label

VERBS: Mapping[ProjectState, str] = {
    ProjectState.DRAFT: "退回草稿",
    ProjectState.DECLARED: "申报",
    ProjectState.REVIEWED: "记录评审",
    ProjectState.APPROVED: "立项",
    ProjectState.RUNNING: "开始推进",
    ProjectState.MIDTERM: "中期检查",
    ProjectState.CLOSING: "申请结项",
    ProjectState.ACCEPTED: "通过验收",
    ProjectState.EXTENDED: "延期",
    ProjectState.FAILED: "未通过验收",
    ProjectState.ARCHIVED: "归档",
    ProjectState.PROMOTED: "推广",
}
_WITH_REASON = (ProjectState.DRAFT, ProjectState.EXTENDED, ProjectState.FAILED)
_ON, _REASON = HISTORY.column("on"), HISTORY.column("reason")
_BY, _PAPER, _UNTIL = (
    replace(HISTORY.column(name), required=True) for name in ("by", "paper", "until")
)
_BECAUSE = replace(HISTORY.column("taken_back_because"), name="because", required=True)

_NOTHING: Mapping[str, Any] = MappingProxyType({})


class StepPanel(QWidget):
    """Asks inline for a decision. ``decided`` brings it, ``taken_back`` the reason of undoing."""

    decided = Signal(object)
    taken_back = Signal(str)
    closed = Signal()
    typed = Signal()
    opened = Signal()

    def __init__(self, theme: Theme, today: Today) -> None:
        super().__init__()
        self._theme, self._today = theme, today
        self.state: ProjectState | None = None
        self.form: Form | None = None
        self.title = label("", "heading", wrap=True)
        self.yes = button("确认", theme, name="step.confirm")
        self.no = button("取消", theme, look="quiet", name="step.cancel")
        self.yes.clicked.connect(self._confirm)
        self.no.clicked.connect(self.close_panel)
        card = frame("card")
        self._column = column_of(self.title, on=card, margins=(12, 10, 12, 10))
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(self.no)
        row.addWidget(self.yes)
        self._column.addLayout(row)
        column_of(card, on=self, gap=0)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self._confirm)
        self.hide()

    def ask(self, state: ProjectState, on: date) -> None:
        """Ask for the decision that leads to this state; ``on`` is proposed as its day."""
        self.state = state
        fields = [_ON, _BY, _PAPER]
        if state is ProjectState.EXTENDED:
            fields.insert(1, _UNTIL)
        if state in _WITH_REASON:
            fields.append(_REASON)
        self._open(f"{VERBS[state]}：项目将改为“{state.label}”状态", fields, {"on": on.isoformat()})
        self.yes.setText(f"确认{VERBS[state]}")
        if self.form is not None:
            go_to(self.form.editor("by"))
        self.opened.emit()

    def ask_back(self, project: Project) -> None:
        """Ask why the last decision is taken back."""
        self.state = None
        last = project.standing[-1]
        words = f"撤回 {last.on} 的“{last.state.label}”；这条记录和原因都会保留"
        self._open(words, [_BECAUSE])
        self.yes.setText("确认撤回")
        if self.form is not None:
            go_to(self.form.editor("because"))
        self.opened.emit()

    @property
    def about(self) -> str:
        """The decision that is asked for; empty while none is."""
        return "" if self.isHidden() else (self.state.value if self.state else "back")

    def refuse(self, problems: Mapping[str, str], otherwise: str) -> None:
        """Show why it cannot be, at its field."""
        if self.form is None:
            return
        rest = self.form.point_out(problems)
        if rest or not problems:
            self.title.setText("；".join(rest.values()) or otherwise)

    @Slot()
    def close_panel(self) -> None:
        """Leave without a decision."""
        self.hide()
        self.closed.emit()

    def _open(self, title: str, fields: list[Field], begun: Mapping[str, Any] = _NOTHING) -> None:
        if self.form is not None:
            self._column.removeWidget(self.form)
            self.form.hide()
            self.form.deleteLater()
        self.form = Form(fields, self._theme, columns=2, today=self._today)
        # What is proposed was not typed by anybody, and must not take the place of what was.
        self.form.fill(begun)
        self.form.changed.connect(self.typed)
        self._column.insertWidget(1, self.form)
        self.title.setText(title)
        self.show()

    @Slot()
    def _confirm(self) -> None:
        if self.form is None:
            return
        problems = self.form.problems()
        self.form.point_out(problems)
        if problems:
            return
        values = self.form.values()
        if self.state is None:
            self.taken_back.emit(values["because"])
        else:
            self.decided.emit(self._change(self.state, values))

    def _change(self, state: ProjectState, values: Mapping[str, Any]) -> StateChange:
        return StateChange(
            state=state,
            on=self._day(values["on"]) or self._today(),
            by=values["by"],
            paper=values["paper"],
            reason=values.get("reason"),
            until=self._day(values.get("until")),
        )

    def _day(self, value: Any) -> date | None:
        return read_day(str(value), self._today()) if value else None


class NextStates(QWidget):
    """A button for each state that may follow, and one that takes the last decision back."""

    asked = Signal(object)
    back_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._flow = FlowLayout(self, gap=8)
        self.buttons: dict[ProjectState, QPushButton] = {}
        self.back = button("撤回", theme, look="quiet", icon="undo-2", name="step.back")
        self.back.clicked.connect(self.back_asked)
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def ask(self, about: str) -> None:
        """As if the button of this state, or of ``back``, were pressed; nothing without one."""
        found = {state.value: one for state, one in self.buttons.items()} | {"back": self.back}
        if (one := found.get(about)) is not None:
            one.click()

    def show_project(self, project: Project) -> None:
        """The buttons for the state that it is in."""
        if tuple(self.buttons) != next_states(project.state):
            self._offer(next_states(project.state))
        last = project.standing[-1] if project.standing else None
        self.back.setVisible(last is not None)
        self.back.setText(f" 撤回“{last.state.label}”" if last else "")

    def _offer(self, states: Sequence[ProjectState]) -> None:
        for old in (*self.buttons.values(), self.back):
            self._flow.removeWidget(old)
            old.hide()
            if old is not self.back:
                old.deleteLater()
        self.buttons = {}
        for state in states:
            one = button(VERBS[state], self._theme, name=f"step.{state.value}")
            one.clicked.connect(partial(self.asked.emit, state))
            self._flow.addWidget(one)
            one.show()
            self.buttons[state] = one
        self._flow.addWidget(self.back)
        self.updateGeometry()
