"""The first steps in a new library: each says what it is for and opens where it is done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton

from dangjian_desktop.services.library.beginning import Step
from dangjian_desktop.ui.look.theme import Theme
from dangjian_desktop.ui.look.widgets import button, column_of, empty, label

HEADING = "先做好这几步"
WORDS: Mapping[Step, tuple[str, str, str]] = {
    Step.ROSTER: ("党员名册", "应到人数、签到表、发展党员都按名册计算。", "导入花名册"),
    Step.BRANCH: ("支部信息", "印在每份材料上；支委会和党小组按名册列出，请核对。", "填写支部信息"),
    Step.MEETING: ("第一次会议", "从这次会议的月份起，提醒每月、每季度该开的会。", "新建会议记录"),
}
"""Title, what it is for, and the words of the button."""


class FirstSteps(QFrame):
    """A line for each step that is not done; ``asked`` brings the step and its button."""

    asked = Signal(object, object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("look", "card")
        self._theme = theme
        self._shown: tuple[Step, ...] = ()
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(1, 1)
        column_of(label(HEADING, "heading"), self._grid, on=self, margins=(16, 14, 16, 14))
        self.hide()

    def show_steps(self, steps: Sequence[Step]) -> None:
        """Show these; the focus moves on to the first one left."""
        if tuple(steps) == self._shown:
            return
        focus = self.focusWidget()
        held = focus is not None and focus.hasFocus()
        self._shown = tuple(steps)
        empty(self._grid)
        made = [self._line(row, step) for row, step in enumerate(steps)]
        self.setVisible(bool(steps))
        if held and made:
            made[0].setFocus()

    def _line(self, row: int, step: Step) -> QPushButton:
        title, words, verb = WORDS[step]
        # Until then nothing else on the page is wanted first.
        look = "primary" if step is Step.ROSTER else ""
        go = button(verb, self._theme, look=look, name=f"step.{step.value}")
        go.setAccessibleName(f"{verb}：{words}")
        go.clicked.connect(partial(self.asked.emit, step, go))
        middle = Qt.AlignmentFlag.AlignVCenter
        self._grid.addWidget(label(f"{row + 1}　{title}"), row, 0, middle)
        self._grid.addWidget(label(words, "soft", wrap=True), row, 1, middle)
        self._grid.addWidget(go, row, 2)
        return go
