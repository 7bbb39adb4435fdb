"""The whole window while a library is locked: nothing of it, and the two ways in."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

from dangjian_desktop.errors import UserError
from dangjian_desktop.services.library.passwords import SlotsLostError
from dangjian_desktop.ui.desk.jobs import Jobs
from dangjian_desktop.ui.look.spoken import Problem
from dangjian_desktop.ui.look.stage import Stage, scrolling
from dangjian_desktop.ui.look.theme import Theme
from dangjian_desktop.ui.look.widgets import button, column_of, frame, label, mark_wrong, row_of
from dangjian_desktop.ui.window.keys import Keyed
from dangjian_desktop.ui.window.new_password import NewPassword, secret_line

WIDE = 460
Unlock = Callable[[Path, str], object]
Recover = Callable[[Path, str, str], object]


class LockPage(Keyed):
    """``unlocked`` comes once the library may be opened, ``left`` where that is given up."""

    unlocked = Signal()
    left = Signal()

    def __init__(
        self, theme: Theme, jobs: Jobs, library: Path, unlock: Unlock, recover: Recover, back: str
    ) -> None:
        super().__init__()
        self._jobs, self._library, self._unlock, self._recover = jobs, library, unlock, recover
        self.setProperty("look", "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._steps = Stage(holder := QWidget())
        self._busy = False
        self._make_password(theme, back)
        self._make_code(theme)
        theme.fit(holder, QWidget.setMaximumWidth, WIDE)
        middle = row_of(..., (holder, 30), ..., gap=0)
        column_of(..., (middle, 30), ..., on=self, gap=0, margins=(24, 24, 24, 24))

    def showEvent(self, event: QShowEvent) -> None:  # noqa: D102
        super().showEvent(event)
        self.word.setFocus()

    def _make_password(self, theme: Theme, back: str) -> None:
        self.word = secret_line("unlock.password", "密码")
        self.problem = Problem("unlock.problem")
        self.open = button("打开", theme, look="primary", name="unlock.open", then=self._enter)
        self.forgotten = button("忘记密码…", theme, look="quiet", name="unlock.forgotten")
        self.back = button(back, theme, look="quiet", name="unlock.back", then=self.left)
        self.forgotten.clicked.connect(partial(self.ask_code, ""))
        self.word.returnPressed.connect(self._enter)
        self.word.textChanged.connect(partial(self._say, ""))
        card = frame("card")
        column_of(
            label("党支部工作台", "title"),
            label(f"“{self._library.stem}”有密码。", wrap=True),
            label(str(self._library.parent), "soft", wrap=True),
            6,
            label("密码", "soft"),
            self.word,
            self.problem,
            6,
            row_of(self.open, self.forgotten, ..., self.back),
            on=card,
            gap=8,
            margins=(28, 24, 28, 24),
        )
        self._first = self._put(card)

    def _make_code(self, theme: Theme) -> None:
        self.code = QPlainTextEdit()
        self.code.setObjectName("unlock.code")
        self.code.setAccessibleName("恢复码")
        self.code.setTabChangesFocus(True)
        self.code.setPlaceholderText("9组字母和数字，例如 0W40G-J2GBD-…")
        theme.fit(self.code, QWidget.setFixedHeight, 76)
        self.wrong = Problem("unlock.wrong")
        self.new = NewPassword()
        self.renew = button("用恢复码打开", theme, look="primary", name="unlock.recover")
        self.renew.clicked.connect(self._recover_now)
        self.new.returned.connect(self._recover_now)
        self.code.textChanged.connect(partial(self._point_out, ""))
        self.to_password = button("返回", theme, look="quiet", name="unlock.to_password")
        self.to_password.clicked.connect(self._to_password)
        self.why = Problem("unlock.why", look="warn")
        card = frame("card")
        inside = QWidget()
        inside.setProperty("look", "clear")
        column_of(
            label("用恢复码打开", "title"),
            self.why,
            label("输入恢复码纸上的9组，并设一个新密码。大小写、空格、横线不影响。", wrap=True),
            self.code,
            self.wrong,
            self.new,
            ...,
            on=inside,
            gap=8,
            margins=(28, 24, 28, 8),
        )
        ways = row_of(self.renew, ..., self.to_password, margins=(28, 4, 28, 24))
        column_of((scrolling(inside), 1), ways, on=card, gap=0)
        self._second = card
        self._steps.addWidget(card)

    def _put(self, card: QWidget) -> QWidget:
        """As high as it needs, in the middle."""
        holder = QWidget()
        holder.setProperty("look", "clear")
        column_of(..., (card, 30), ..., on=holder, gap=0)
        card.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._steps.addWidget(holder)
        return holder

    def say_first(self, words: str) -> None:
        """Say above the password what is to be thought of first."""
        self._say(words)

    @Slot()
    def ask_code(self, why: str = "", *_checked: bool) -> None:
        """The other way in, and why it is needed."""
        self.why.say(why)
        self._steps.setCurrentWidget(self._second)
        self.code.setFocus()

    @Slot()
    def _to_password(self) -> None:
        self.code.clear()
        self.new.clear()
        self._steps.setCurrentWidget(self._first)
        self.word.setFocus()

    @Slot()
    def _enter(self) -> None:
        if self._busy:
            return
        if not self.word.text():
            self._say("请输入密码。")
            return
        self._set_busy(True)
        work = partial(self._unlock, self._library, self.word.text())
        self._jobs.library(work, self._opened, self._not_opened, title="正在打开")

    @Slot()
    def _recover_now(self) -> None:
        word = None if self._busy else self.new.word()
        if word is None:
            return
        self._set_busy(True)
        work = partial(self._recover, self._library, self.code.toPlainText(), word)
        self._jobs.library(work, self._opened, self._not_recovered, title="正在打开")

    def _opened(self, _result: object) -> None:
        self._to_password()
        self.word.clear()
        self.unlocked.emit()

    def _not_opened(self, error: Exception) -> None:
        self._set_busy(False)
        if isinstance(error, SlotsLostError):
            self.ask_code(_words(error))
            return
        self._say(_words(error))
        self.word.selectAll()
        self.word.setFocus()

    def _not_recovered(self, error: Exception) -> None:
        self._set_busy(False)
        self._point_out(_words(error))
        self.code.setFocus()

    def _set_busy(self, busy: bool) -> None:
        # The lines keep the focus: Enter goes on from one to what is around it, which would press
        # the button that got it.
        self._busy = busy
        for each in (self.open, self.renew, self.forgotten):
            each.setEnabled(not busy)

    def _say(self, words: str, *_typed: str) -> None:
        self.problem.say(words)
        mark_wrong(self.word, bool(words))

    def _point_out(self, words: str) -> None:
        self.wrong.say(words)
        mark_wrong(self.code, bool(words))


def _words(error: Exception) -> str:
    if not isinstance(error, UserError):
        return "程序出了差错，没有打开。请再试一次。"
    # Where all that it says is which group, the message has said that.
    details = [issue.message for issue in error.issues if "：" in issue.message]
    return "\n".join((error.message + error.remedy, *details))
