"""The window follows what is saved: what is done behind it, and what it says of the library."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Slot

from dangjian_desktop.ui.desk.shell import Shell

State = tuple[str, datetime | None]


class Following(QObject):
    """``desk`` gives the open one, if there is one; ``follow`` hears of every change, ``state``
    gives, in the library's thread, the short name of the branch and the time of the newest copy."""

    def __init__(
        self,
        shell: Shell,
        desk: Callable[[], Any],
        follow: Callable[[Any, Shell], None],
        state: Callable[[Any], State],
    ) -> None:
        super().__init__(shell)
        self._shell, self._desk, self._follow, self._state = shell, desk, follow, state
        shell.changes.changed.connect(self._on_changed)

    def ask(self) -> None:
        """Ask anew."""
        desk = self._desk()
        if desk is not None:
            self._follow(desk, self._shell)
            self._shell.jobs.library(partial(self._state, desk), self._show)

    @Slot()
    def _on_changed(self) -> None:
        self._shell.set_saved(datetime.now().astimezone())
        self.ask()

    def _show(self, state: State) -> None:
        self._shell.set_branch(state[0])
        if state[1] is not None:
            self._shell.set_copied(state[1])
