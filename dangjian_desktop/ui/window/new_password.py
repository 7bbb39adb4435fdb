"""A password that is to be set: typed twice, held against what one must be."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from dangjian_desktop.errors import InputError
from dangjian_desktop.services.library.passwords import (
    ADVISED,
    LEAST,
    advice,
    entered,
    new_password,
)
from dangjian_desktop.ui.look.spoken import Problem
from dangjian_desktop.ui.look.widgets import column_of, label, mark_wrong

LONGEST_LINE = 20_000


def secret_line(name: str, called: str) -> QLineEdit:
    """A line that covers what is typed into it."""
    made = QLineEdit()
    made.setObjectName(name)
    made.setAccessibleName(called)
    made.setEchoMode(QLineEdit.EchoMode.Password)
    made.setMaxLength(LONGEST_LINE)
    return made


class NewPassword(QWidget):
    """``returned`` comes with Enter in the second line."""

    returned = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.first = secret_line("password.new", "新密码")
        self.again = secret_line("password.again", "再输入一次新密码")
        self.shown = QCheckBox("显示密码")
        self.shown.setObjectName("password.shown")
        self.problem = Problem("password.problem")
        self.remark = Problem("password.remark", look="warn")
        words = f"{LEAST}个字以上，{ADVISED}个字以上更好；可以用汉字，全角半角、哪种输入法都一样。"
        column_of(
            label("新密码", "soft"),
            self.first,
            label("再输入一次", "soft"),
            self.again,
            self.problem,
            self.remark,
            label(words, "soft", wrap=True),
            self.shown,
            on=self,
            gap=6,
        )
        self.shown.toggled.connect(self._show)
        self.first.returnPressed.connect(self.again.setFocus)
        self.again.returnPressed.connect(self.returned)
        for line in (self.first, self.again):
            line.textChanged.connect(self._on_typed)

    def word(self) -> str | None:
        """The password, where it can be used; else what is wrong is said."""
        try:
            made = new_password(self.first.text())
        except InputError as error:
            self._wrong(f"{error.message}{error.remedy}", self.first)
            return None
        if not self.again.text() or entered(self.again.text()) != made:
            self._wrong("两次输入的密码不一样，请重新输入第二次。", self.again)
            return None
        return self.first.text()

    def clear(self) -> None:
        """Forget what was typed."""
        for line in (self.first, self.again):
            line.clear()
        self.shown.setChecked(False)

    def _wrong(self, words: str, line: QLineEdit) -> None:
        self.problem.say(words)
        mark_wrong(line, True)
        line.setFocus()

    @Slot()
    def _on_typed(self) -> None:
        self.problem.say("")
        for line in (self.first, self.again):
            mark_wrong(line, False)
        typed = self.first.text()
        self.remark.say(advice(typed) if len(typed) >= LEAST else "")

    @Slot(bool)
    def _show(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        for line in (self.first, self.again):
            line.setEchoMode(mode)
