"""The steps of setting, changing and taking away a password: what it means, what is typed, and
the recovery code where there is a new one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from dangjian_desktop.errors import UserError
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.services.library.passwords import (
    BOTH_LOST,
    Secret,
    new_secret,
    recovery_code,
)
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.look.spoken import Problem
from dangjian_desktop.ui.look.stage import Stage, scrolling
from dangjian_desktop.ui.look.widgets import button, column_of, empty, label, mark_wrong, row_of
from dangjian_desktop.ui.window.code_step import CodeStep
from dangjian_desktop.ui.window.new_password import NewPassword, secret_line


@dataclass(frozen=True, slots=True)
class Steps:
    """One way through: its words, whether the present password is asked, a new one, and whether
    a code is made (``new``) or shown."""

    title: str
    verb: str
    words: tuple[str, ...]
    present: str = "现在的密码"
    new: bool = False
    code: str = ""


_WHAT_IT_DOES = (
    "设了密码，资料库、附件和备份都加密，别人拿到文件也打不开；程序打开时要输入密码。",
    "不设也可以：资料在本机，谁用这台电脑谁就能打开。以后可以在“设置”里设置或去掉；录入谈话要点等敏感内容以后，要先清除这些内容才能去掉。",
)
WAYS = {
    "set": Steps("设置密码", "下一步", (*_WHAT_IT_DOES, BOTH_LOST), "", new=True, code="new"),
    "change": Steps("修改密码", "修改", ("恢复码不变，原来打印的仍然有效。",), new=True),
    "deputy": Steps(
        "副书记的密码",
        "设置",
        ("另设一个密码，副书记用它也能打开全部资料；以后可以单独修改或去掉。",),
        "书记的密码",
        new=True,
    ),
    "no_deputy": Steps("去掉副书记的密码", "去掉", ("以后只有书记的密码能打开。",), "书记的密码"),
    "print": Steps("打印恢复码", "下一步", ("恢复码等于密码，请在没有旁人时打印。",), code="show"),
    "renew": Steps(
        "换恢复码",
        "下一步",
        (
            "恢复码丢失或被别人看到时换一个：原来的作废，资料库和备份用新的重新加密。",
            "书记的密码不变；副书记的密码要重新设置。已拷到别处的旧备份仍用原来的密码和恢复码。",
        ),
        code="new",
    ),
    "remove": Steps(
        "去掉密码",
        "去掉密码",
        ("资料库、附件和备份都改为不加密，谁用这台电脑谁就能打开；标为“敏感”的内容不能再录入。",),
    ),
}


class PasswordSteps(QWidget):
    """``entered`` brings the way, the present password, the new one and the new secret, each
    where the way has it; ``left`` comes where it is given up."""

    entered = Signal(str, str, str, object)
    left = Signal()

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self._shell, self._way, self._library = shell, "", Path()
        self._secret: Secret | None = None
        theme = shell.theme
        self.back = button("返回", theme, icon="arrow-left", look="quiet", name="password.back")
        self.title = label("", "title")
        self.said = column_of(gap=6)
        self.present = secret_line("password.present", "现在的密码")
        self.present_head = label("", "soft")
        self.wrong = Problem("password.wrong")
        self.new = NewPassword()
        self.go_on = button("", theme, look="primary", name="password.go", then=self._go)
        self.code = CodeStep(shell)
        self.back.clicked.connect(self._leave)
        self.present.returnPressed.connect(self._on_present)
        self.present.textChanged.connect(partial(self._say, ""))
        self.new.returned.connect(self._go)
        self.code.proved.connect(self._finish)
        self._compose()

    def begin(self, way: str, library: Path) -> None:
        """Ask for what this way needs."""
        self._way, self._library, self._secret = way, library, None
        asked = WAYS[way]
        self.title.setText(asked.title)
        empty(self.said)
        for words in asked.words:
            self.said.addWidget(label(words, "warn" if words == BOTH_LOST else "", wrap=True))
        self.present_head.setText(asked.present)
        self.present.setAccessibleName(asked.present)
        for part in (self.present, self.present_head):
            part.setVisible(bool(asked.present))
        self.new.setVisible(asked.new)
        self.go_on.setText(asked.verb)
        self._clear()
        self._steps.setCurrentWidget(self._form)
        self.focus_first()

    def focus_first(self) -> None:
        """Put the cursor where one begins to type."""
        (self.present if WAYS[self._way].present else self.new.first).setFocus()

    def done(self) -> None:
        """What was asked for was done."""
        self._clear()

    def refuse(self, error: Exception) -> None:
        """What was asked for was refused: say so where it was typed."""
        self._steps.setCurrentWidget(self._form)
        self.go_on.setEnabled(True)
        words = "没有完成，请再试一次。"
        if isinstance(error, UserError):
            words = f"{error.message}{error.remedy}"
        else:
            self._shell.messages.report(error)
        self._say(words)
        self.present.selectAll()
        self.focus_first()

    def _compose(self) -> None:
        inside, holder = QWidget(), QWidget()
        inside.setProperty("look", "clear")
        self._form, self._second = QWidget(), QWidget()
        for each in (self._form, self._second, holder):
            each.setProperty("look", "clear")
        column_of(
            self.present_head,
            self.present,
            self.wrong,
            self.new,
            row_of(self.go_on, ...),
            ...,
            on=self._form,
            gap=8,
        )
        column_of(self.code, ..., on=self._second, gap=0)
        self._steps = Stage(holder)
        for each in (self._form, self._second):
            self._steps.addWidget(each)
        column_of(
            (self.back, 0, Qt.AlignmentFlag.AlignLeft),
            self.title,
            self.said,
            holder,
            ...,
            on=inside,
            gap=10,
            margins=(0, 0, 8, 8),
        )
        self._shell.theme.fit(inside, QWidget.setMaximumWidth, 640)
        column_of((scrolling(inside), 1), on=self, gap=0)

    @Slot()
    def _on_present(self) -> None:
        if self.new.isVisible():
            self.new.first.setFocus()
        else:
            self._go()

    @Slot()
    def _go(self) -> None:
        asked = WAYS[self._way]
        if asked.present and not self.present.text():
            self._say("请输入密码。")
            self.present.setFocus()
            return
        if asked.new and self.new.word() is None:
            return
        self.go_on.setEnabled(False)
        if not asked.code:
            self._finish()
        elif asked.present:
            work = partial(recovery_code, self._library, self.present.text())
            self._shell.jobs.library(work, self._show_code, self.refuse, title="正在核对密码")
        else:
            self._show_code(())

    def _show_code(self, present: Sequence[str]) -> None:
        asked = WAYS[self._way]
        if asked.code == "new":
            self._secret = new_secret()
        empty(self.said)
        groups = self._secret.groups if self._secret else present
        self.code.begin(groups, self._library.stem, prove=asked.code == "new")
        self._steps.setCurrentWidget(self._second)

    @Slot()
    def _finish(self) -> None:
        if WAYS[self._way].code == "show":
            self._leave()
            return
        new = self.new.first.text() if WAYS[self._way].new else ""
        self.entered.emit(self._way, self.present.text(), new, self._secret)

    @Slot()
    def _leave(self) -> None:
        self._clear()
        self.left.emit()

    def _clear(self) -> None:
        self._secret = None
        self.present.clear()
        self.new.clear()
        self.code.forget()
        self.go_on.setEnabled(True)
        self._say("")

    def _say(self, words: str, *_typed: str) -> None:
        self.wrong.say(words)
        mark_wrong(self.present, bool(words))
