"""Keeps what is typed: a second after the last key, at the latest every five, until it is kept."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from dangjian_desktop.ui.desk.jobs import Jobs
from dangjian_desktop.ui.desk.timers import once

AFTER_LAST_KEY = 1000
AT_THE_LATEST = 5000
AGAIN = 15_000

Go = Callable[[], object]


class Keeper(QObject):
    """``state`` gives, on the UI thread, whose content stands in the form, and the content;
    ``put(uid, content)`` keeps it, in the library's thread.

    ``kept`` brings what ``put`` gave back once nothing waits any more. After ``failed`` the
    content is held and tried again by a timer, with the next key, and by ``retry``.
    """

    kept = Signal(object)
    failed = Signal(object)

    def __init__(
        self,
        jobs: Jobs,
        put: Callable[[str, Any], Any],
        state: Callable[[], tuple[str, Any]],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._jobs, self._put, self._state = jobs, put, state
        self.waiting = False
        self._owed: dict[str, Any] = {}
        self._sent: dict[str, object] = {}
        self._go: Go | None = None
        self._refused: Go | None = None
        self._idle = once(self, AFTER_LAST_KEY, self.flush)
        self._latest = once(self, AT_THE_LATEST, self.flush)
        self._again = once(self, AGAIN, self.flush)

    @property
    def safe(self) -> bool:
        """Whether everything typed has been kept."""
        return not (self.waiting or self._owed or self._sent)

    @property
    def leaving(self) -> bool:
        """Whether somebody waits to leave, or was kept from it by a failure."""
        return (self._go or self._refused) is not None

    def held(self) -> dict[str, Any]:
        """What is not kept yet, by record."""
        return self._owed | (dict((self._state(),)) if self.waiting else {})

    def touch(self) -> None:
        """Something was changed; who wanted to leave stays."""
        self.waiting = True
        self._go = self._refused = None
        self._idle.start()
        if not self._latest.isActive():
            self._latest.start()

    @Slot()
    def flush(self) -> None:
        """Keep now whatever waits."""
        if self.waiting:
            uid, content = self._state()
            self._owed[uid] = content
        self._rest()
        owed, self._owed = self._owed, {}
        for uid, content in owed.items():
            token = self._sent[uid] = object()
            done = partial(self._on_kept, uid, token)
            failed = partial(self._on_failed, uid, token, content)
            self._jobs.library(partial(self._put, uid, content), done, failed, title="正在保存草稿")

    def keep(self, uid: str, content: Any) -> None:
        """Keep a content that does not stand in the form (one that was brought back)."""
        self._owed[uid] = content
        self.flush()

    def then(self, go: Go) -> None:
        """Call ``go`` when everything is kept: at once, later, or never if that fails."""
        self._go, self._refused = go, None
        self.flush()
        self._go_on()

    @Slot()
    def retry(self) -> None:
        """Try again what failed; who was kept from leaving leaves then."""
        self._go = self._go or self._refused
        self.flush()
        self._go_on()

    def forget(self, uid: str) -> None:
        """Nothing of this record waits any more: it was saved, or dropped."""
        self._rest()
        self._owed.pop(uid, None)
        self._sent.pop(uid, None)

    def give_up(self) -> None:
        """Hold nothing any more; who was kept from leaving leaves now."""
        self._rest()
        self._owed, self._sent = {}, {}
        self._go = self._go or self._refused
        self._go_on()

    def _rest(self) -> None:
        self.waiting = False
        for timer in (self._idle, self._latest, self._again):
            timer.stop()

    def _go_on(self) -> None:
        if self.safe and self._go is not None:
            go, self._go, self._refused = self._go, None, None
            go()

    def _on_kept(self, uid: str, token: object, result: Any) -> None:
        if self._sent.get(uid) is not token:
            return
        del self._sent[uid]
        if self.safe:
            self.kept.emit(result)
        self._go_on()

    def _on_failed(self, uid: str, token: object, content: Any, error: Exception) -> None:
        if self._sent.get(uid) is not token:
            return
        del self._sent[uid]
        self._owed.setdefault(uid, content)
        self._refused, self._go = self._go or self._refused, None
        self._again.start()
        self.failed.emit(error)
