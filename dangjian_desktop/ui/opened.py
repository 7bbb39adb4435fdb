"""What begins with every library that is shown, behind its window."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer

from dangjian_desktop.late import Late
from dangjian_desktop.ui.desk.copying import Copying
from dangjian_desktop.ui.desk.forgetting import Forgetting
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.read_only import say_why

if TYPE_CHECKING:
    from dangjian_desktop.ui.window.main_window import MainWindow

WARNED = "places/warned"
WARN_AFTER_MS = 1500
"""Once the first page is there: it wants the library's thread."""
MOST = 50
MEANWHILE = "核对完自动可以修改；现在可以查看、查找和打印。"


def begin(shell: Shell, desk: Any, window: MainWindow, reopen: Callable[[Path], None]) -> None:
    """Copies as it changes; where nothing can be saved, why, and what others save in it; what is to
    be said of the place it lies in; what was changed in it past the program; a clipboard that
    forgets numbers."""
    if shell.findChild(Forgetting) is None:
        Forgetting(shell)
    if desk.only_unchecked:
        window.top.say_read_only()
        shell.messages.notice(desk.read_only, MEANWHILE)
    elif desk.read_only:
        window.top.say_read_only()
        say_why(shell, desk, window, reopen)
    else:
        Copying(desk, shell, window)
    for look in (_look_at_place, _look_for_changes):
        QTimer.singleShot(WARN_AFTER_MS, window, partial(look, shell, desk.path))
    QTimer.singleShot(WARN_AFTER_MS, window, partial(_learn, shell, desk))


def _learn(shell: Shell, desk: Any) -> None:
    """What may lie outside of the library once it takes nothing; it fails where that is so now."""
    shell.jobs.library(desk.unsaved.learn, failed=_nobody_asked)


def _nobody_asked(_error: Exception) -> None:
    """Whoever keeps something learns it anew, and says what is wrong."""


def _look_at_place(shell: Shell, library: Path) -> None:
    look = Late("services.library.places:warning_of")
    shell.jobs.library(lambda: look.read()(library), partial(_warn, shell, library))


def _warn(shell: Shell, library: Path, warned: Any) -> None:
    """Once for each library and kind of place, on this computer."""
    if warned is None:
        return
    told, this = shell.settings.texts(WARNED), f"{warned.kind}:{library}"
    if this not in told:
        shell.settings.set_texts(WARNED, [*told, this][-MOST:])
        shell.messages.notice(warned.message, warned.remedy)


def _look_for_changes(shell: Shell, library: Path) -> None:
    look = Late("services.library.sealed:changed_outside")
    shell.jobs.library(lambda: look.read()(library), partial(_tell_changes, shell))


def _tell_changes(shell: Shell, changes: Any) -> None:
    """At every opening, until it is put right: nobody may get used to it on another computer."""
    if changes is not None:
        shell.messages.notice(changes.message, changes.remedy, changes.details)
