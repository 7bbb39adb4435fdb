"""Keeps the draft of a form: a second after the last key, and at the latest every five."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.library.drafts import Draft
from dangjian_desktop.ui.desk.shell import Shell

AFTER_LAST_KEY = 1000
AT_THE_LATEST = 5000


class DraftKeeper(QObject):
    """Drafts of one form, whose state names its record as ``id``.

    ``kept`` brings the moment (ISO text) of the last draft that is safe in the library.
    """

    kept = Signal(str)

    def __init__(
        self,
        desk: Desk,
        shell: Shell,
        form: str,
        state: Callable[[], Mapping[str, Any]],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._desk, self._shell = desk, shell
        self._form, self._state = form, state
        self.waiting = False
        self._idle = self._timer(AFTER_LAST_KEY)
        self._latest = self._timer(AT_THE_LATEST)

    def touch(self) -> None:
        """Something was changed."""
        self.waiting = True
        self._idle.start()
        if not self._latest.isActive():
            self._latest.start()

    @Slot()
    def flush(self) -> None:
        """Keep it now, if anything waits."""
        if not self.waiting:
            return
        self.forget()
        state = self._state()
        put = partial(self._desk.drafts.put, self._form, state["id"], state)
        self._shell.jobs.library(put, self._on_kept, self._on_failed, title="正在保存草稿")

    def forget(self) -> None:
        """Nothing waits any more (it was saved, or dropped)."""
        self.waiting = False
        self._idle.stop()
        self._latest.stop()

    def _on_kept(self, draft: Draft) -> None:
        self.kept.emit(draft.saved_at)

    def _on_failed(self, error: Exception) -> None:
        self.waiting = True
        self._shell.messages.report(error)

    def _timer(self, milliseconds: int) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(self.flush)
        return timer
