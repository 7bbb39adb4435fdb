"""Keeps what stands in an editor, 1 s after the last change and at the latest every 5 s."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from dangjian_desktop.services.library.drafts import Draft, DraftService
from dangjian_desktop.ui.desk.jobs import Jobs

AFTER_LAST_KEY = 1_000
AT_LATEST = 5_000


class MemberDraft(QObject):
    """``kept`` comes with the time of each draft that reached the library."""

    kept = Signal(datetime)

    def __init__(
        self,
        drafts: DraftService,
        jobs: Jobs,
        uid: str,
        content: Callable[[], Mapping[str, Any]],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._drafts, self._jobs = drafts, jobs
        self._uid, self._content = uid, content
        self._soon = self._timer(AFTER_LAST_KEY)
        self._latest = self._timer(AT_LATEST)

    @Slot()
    def touch(self) -> None:
        """Something was changed."""
        self._soon.start()
        if not self._latest.isActive():
            self._latest.start()

    @property
    def waiting(self) -> bool:
        """Whether a change has not been handed to the library yet."""
        return self._latest.isActive()

    @Slot()
    def keep(self) -> None:
        """Hand the present content to the library, if it was changed since."""
        if not self.waiting:
            return
        self.stop()
        work = partial(self._drafts.put, "member", self._uid, dict(self._content()))
        self._jobs.library(work, self._on_kept)

    def stop(self) -> None:
        """Forget pending changes: the card is saved, or was left on purpose."""
        self._soon.stop()
        self._latest.stop()

    def _on_kept(self, draft: Draft) -> None:
        self.kept.emit(datetime.fromisoformat(draft.saved_at))

    def _timer(self, milliseconds: int) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(self.keep)
        return timer
