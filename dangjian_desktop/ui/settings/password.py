"""密码: whether the library has one, what can be done with it, and when it locks itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.late import Late
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.look.chips import ChipRow, flow_of
from dangjian_desktop.ui.look.widgets import button, column_of, label
from dangjian_desktop.ui.settings.card import SettingsCard

MINUTES = (5, 10, 20, 30, 60, 0)
_NONE = (
    "资料库没有密码，谁用这台电脑谁就能打开。设了密码，资料库、附件和备份都加密；"
    "忘记密码时用打印的恢复码打开。不设也可以。"
)
_THERE = "资料库有密码：资料库、附件和备份都已加密。忘记密码时用恢复码打开。"


@dataclass(frozen=True, slots=True)
class Locked:
    """What the card shows: after how many minutes it locks (none: no password), whether a deputy
    has a password, and the copies under another key."""

    minutes: int | None
    deputy: bool = False
    strange: Sequence[Path] = ()


def read_lock(desk: Desk) -> Locked:
    """Reads folders, so it belongs to the library's thread."""
    minutes = desk.lock.minutes()
    if minutes is None:
        return Locked(None)
    passwords = _passwords()
    deputy = passwords.Holder.DEPUTY in passwords.holders(desk.path)
    return Locked(minutes, deputy, passwords.unprotected_copies(desk.path))


class PasswordCard(SettingsCard):
    """Buttons for what can be done; ``opened`` asks for the steps of one of them."""

    title, topics = "密码", frozenset({Topic.SETTINGS})
    opened = Signal(str)

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__()
        self._desk, self._shell = desk, shell
        theme = shell.theme
        self.words = label("", wrap=True)
        self.add(self.words)
        self.set = button("设置密码…", theme, icon="lock", name="password.set")
        self.change = button("修改密码…", theme, name="password.change")
        self.deputy = button("副书记的密码…", theme, name="password.deputy")
        self.no_deputy = button("去掉副书记的密码…", theme, name="password.no_deputy")
        self.print = button("打印恢复码…", theme, icon="printer", name="password.print")
        self.renew = button("换恢复码…", theme, name="password.renew")
        self.remove = button("去掉密码…", theme, name="password.remove")
        self.now = button("立即锁定", theme, icon="lock", name="password.lock", tip="Ctrl+L")
        self.now.clicked.connect(shell.lock_asked)
        ways = ("set", "change", "deputy", "no_deputy", "print", "renew", "remove")
        for way in ways:
            getattr(self, way).clicked.connect(partial(self.opened.emit, way))
        self.add(flow_of(*(getattr(self, way) for way in ways)))
        self.strange = label("", "warn", wrap=True, shown=False)
        self.follow = button("一并加密", theme, name="password.follow", then=self._follow)
        self.idle_head = label("没有操作多久后自动锁定", "soft")
        choices = [(str(n), f"{n} 分钟" if n else "不自动锁定") for n in MINUTES]
        self.idle = ChipRow(theme, choices)
        self.idle.chosen.connect(self._on_minutes)
        parts = (self.strange, flow_of(self.follow), self.idle_head, self.idle, flow_of(self.now))
        for part in parts:
            self.add(part)
        self._show(Locked(None))

    def load(self) -> None:
        """Look again."""
        self._shell.jobs.library(partial(read_lock, self._desk), self._show)

    def _show(self, found: Locked) -> None:
        there, writable = found.minutes is not None, not self._desk.read_only
        self.words.setText(_THERE if there else _NONE)
        self.set.setVisible(not there)
        for part in (self.change, self.print, self.renew, self.remove, self.deputy):
            part.setVisible(there)
        self.no_deputy.setVisible(there and found.deputy)
        self.deputy.setText("改副书记的密码…" if found.deputy else "副书记的密码…")
        for each in (self.set, self.change, self.renew, self.remove, self.deputy, self.no_deputy):
            each.setEnabled(writable)
        for shown in (self.idle_head, self.idle, self.now):
            shown.setVisible(there)
        self.idle.set_codes([] if found.minutes is None else [str(found.minutes)])
        named = "、".join(file.name for file in found.strange[:3])
        more = f"等{len(found.strange)}份" if len(found.strange) > 3 else ""
        self.strange.setText(f"有备份没有用现在的钥匙加密：{named}{more}。")
        for told in (self.strange, self.follow):
            told.setVisible(bool(found.strange))

    @Slot(str)
    def _on_minutes(self, code: str) -> None:
        self._shell.jobs.library(partial(self._desk.lock.set_minutes, int(code)))

    @Slot()
    def _follow(self) -> None:
        self.follow.setEnabled(False)
        work = partial(_passwords().protect_copies, self._desk.path)
        self._shell.jobs.library(work, self._followed, self._not_followed, title="正在加密备份")

    def _followed(self, done: Any) -> None:
        self.follow.setEnabled(True)
        self._shell.toast(f"已加密 {done.copies} 份备份")
        if done.left:
            words = f"有{len(done.left)}份备份没有加密：可能是损坏的，或用的是另一个密码。"
            remedy = "不再需要的，请从备份文件夹里删除。"
            self._shell.messages.notice(words, remedy, tuple(file.name for file in done.left))
        self.load()

    def _not_followed(self, error: Exception) -> None:
        self.follow.setEnabled(True)
        self._shell.messages.report(error)


class PasswordView(QWidget):
    """The steps over the settings; what they bring is done here."""

    left = Signal()

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__()
        self._desk, self._shell = desk, shell
        self.setProperty("look", "clear")
        # What they need is imported with the first of them.
        self.steps = Late("ui.window.password_steps:PasswordSteps").read()(shell)
        self.steps.left.connect(self.left)
        self.steps.entered.connect(self._enter)
        column_of((self.steps, 1), on=self, gap=0)

    def open(self, way: str) -> None:
        """Begin with this way."""
        self.steps.begin(way, self._desk.path)

    def refresh(self, _topics: frozenset[Topic]) -> None:
        """Nothing here changes by itself."""

    @Slot(str, str, str, object)
    def _enter(self, way: str, present: str, new: str, secret: Any) -> None:
        passwords, path = _passwords(), self._desk.path
        apart: dict[str, Callable[[], Any]] = {
            "set": partial(passwords.set_password, path, secret, new),
            "renew": partial(passwords.renew_code, path, secret, present),
            "remove": partial(passwords.remove_password, path, present),
        }
        beside: dict[str, Callable[[], Any]] = {
            "change": partial(passwords.change_password, path, present, new, alone=False),
            "deputy": partial(passwords.set_deputy, path, present, new, alone=False),
            "no_deputy": partial(passwords.remove_deputy, path, present, alone=False),
        }
        if way in beside:
            work, done = partial(_beside, beside[way], path), partial(self._done, way)
            self._shell.jobs.library(work, done, self.steps.refuse, title="正在修改密码")
        elif way == "remove":
            # A wrong password is told here, before the library is closed.
            work = partial(passwords.recovery_code, path, present)
            go = partial(self._ask_apart, partial(self._apart, way, apart[way]))
            self._shell.jobs.library(work, go, self.steps.refuse, title="正在核对密码")
        else:
            self._apart(way, apart[way])

    def _ask_apart(self, go: Callable[[], None], _code: object) -> None:
        question = "要去掉密码吗？"
        detail = (
            "资料库、附件和备份都改为不加密，谁用这台电脑谁就能打开；"
            "还有敏感内容的备份仍用原来的密码打开。"
        )
        self.steps.go_on.setEnabled(True)
        self._shell.messages.ask(question, detail, "去掉密码", go, parent=self)

    def _apart(self, way: str, change: Callable[[], Any]) -> None:
        # This view is gone with its window by then.
        tell = partial(_tell, self._shell, way)
        self._shell.do_apart(partial(_change, change), "正在改写资料库和备份", tell)

    def _done(self, way: str, result: Any) -> None:
        self.steps.done()
        self.left.emit()
        if way in _DONE:
            self._shell.toast(_DONE[way])
        else:
            _tell(self._shell, way, result)


_DONE = {
    "deputy": "副书记的密码已设置",
    "no_deputy": "副书记的密码已去掉",
}


def _tell(shell: Shell, way: str, result: Any) -> None:
    """What was done, and which copies were left out."""
    told = Late("services.library.password_told:told").read()(way, result)
    shell.toast(told.done)
    if told.left:
        shell.messages.notice(told.left, told.remedy, told.files)


def _beside(change: Callable[[], Any], path: Path) -> Any:
    change()
    return _passwords().follow_change(path)


def _change(change: Callable[[], Any], desk: Desk) -> Any:
    return desk.lock.do_apart(change)


def _passwords() -> Any:
    return Late("services.library.passwords:unlock").module()
