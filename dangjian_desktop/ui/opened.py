"""What begins with every library that is shown, behind its window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dangjian_desktop.ui.desk.copying import Copying
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.read_only import say_why

if TYPE_CHECKING:
    from dangjian_desktop.ui.window.main_window import MainWindow


def begin(shell: Shell, desk: Any, window: MainWindow, reopen: Callable[[Path], None]) -> None:
    """Copies as it changes; where nothing can be saved, why, and what others save in it."""
    if desk.read_only:
        window.top.say_read_only()
        say_why(shell, desk, window, reopen)
    else:
        Copying(desk, shell, window)
