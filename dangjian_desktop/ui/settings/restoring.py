"""恢复: what a copy would undo is told before, then the window goes over to it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from dangjian_desktop.late import Late
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.library.changes import Differences, told
from dangjian_desktop.ui.desk.doubts import doubts_told
from dangjian_desktop.ui.desk.shell import Shell

COPIES = "备份 (*.dangjian *.zip)"
Found = tuple[Differences, tuple[str, ...], str, str]
SAME = "党员、会议、项目和台账记录与这份备份相同。"
KEPT = "现在的资料会先另存为一份备份，需要时可以再恢复回来。"


def ask_restore(parent: QWidget, desk: Desk, shell: Shell, file: Path, words: str) -> None:
    """Say by kinds what happened since the copy, and what is not as the program saved it in it;
    restore it when that is wanted."""
    ask = partial(_ask, parent, shell, file, words)
    work = partial(_look, desk, file)
    again = partial(ask_restore, parent, desk, shell, file, words)
    failed = partial(_refused, shell, file, again)
    shell.jobs.library(work, ask, failed, title="正在比较备份与现在的资料")


def _look(desk: Desk, file: Path) -> Found:
    found = desk.copies.before_restoring(file)
    return *found, desk.purges.comes_back(file), desk.copies.becomes(file)


def _refused(shell: Shell, file: Path, again: Callable[[], None], error: Exception) -> None:
    """One under another key asks for a password of its own."""
    if Late("services.library.locking:refused").read()(error) is None:
        shell.messages.report(error)
    else:
        shell.ask_unlock(file, again)


def choose_copy(parent: QWidget, desk: Desk, shell: Shell, *_checked: bool) -> None:
    """The same with a copy from anywhere, also one that was carried out."""

    def ask(file: Path) -> None:
        ask_restore(parent, desk, shell, file, f"“{file.name}”")

    title = "选择备份，或从U盘带来的 .zip"
    shell.choosers.open_file(parent, title, COPIES, ask, purpose="copies")


def _ask(parent: QWidget, shell: Shell, file: Path, words: str, found: Found) -> None:
    changes, doubts, purged, opens = found
    since = f"这份备份以后：{told(changes)}。恢复后回到当时的样子。" if changes else SAME
    question = f"要恢复到{words}的备份吗？"
    go = partial(shell.restore, file, doubts)
    verb = "照样恢复" if doubts else "恢复"
    shell.messages.ask(
        question, f"{doubts_told(doubts)}{since}{purged}{opens}{KEPT}", verb, go, parent=parent
    )
