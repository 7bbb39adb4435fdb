"""What is asked and said when a library can be opened for reading only."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject

from dangjian_desktop.ui.desk.messages import Messages
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.desk.watching import Watching


def ask_to_read(
    messages: Messages, desk: Any, show: Callable[[Any], None], leave: Callable[[Any], None]
) -> None:
    """Show a desk; one that another computer has open only when that is wanted."""
    if not desk.held_elsewhere:
        show(desk)
        return
    question = "资料库正由另一台电脑使用，按只读方式打开吗？"
    yes, no = partial(show, desk), partial(leave, desk)
    messages.ask(question, desk.read_only, "只读打开", yes, otherwise=no)


def say_why(shell: Shell, desk: Any, window: QObject, reopen: Callable[[Path], None]) -> None:
    """Say why nothing can be saved; where just room is wanting, offer what was kept. While the
    window stands it follows what others save."""
    messages = shell.messages
    Watching(desk, shell, window)
    words = f"{desk.read_only}资料库已按只读方式打开：可以查看、查找和打印，不能修改。"
    messages.notice(words, "排除原因后，请重新打开资料库。")
    if desk.offers_room:
        detail = "预留的空间让出后，手头的内容可以保存；请随后删除一些不用的文件。"
        room = partial(_make_room, desk, reopen)
        messages.ask("磁盘已满，动用预留的空间吗？", detail, "动用预留空间", room)


def _make_room(desk: Any, reopen: Callable[[Path], None]) -> None:
    desk.make_room()
    reopen(desk.path)
