"""Keeps what is typed: a second after the last key, at the latest every five, until it is kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from dangjian_desktop.ui.desk.jobs import Jobs
from dangjian_desktop.ui.desk.timers import once

if TYPE_CHECKING:
    # With it comes the database, which the first frame does not wait for.
    from dangjian_desktop.services.library.unsaved import Door

AFTER_LAST_KEY = 1000
AT_THE_LATEST = 5000
AGAIN = 15_000

Go = Callable[[], object]


def at_once(go: Go) -> None:
    """Go on: here nothing waits to be kept."""
    go()


class Keeper(QObject):
    """``state`` gives, on the UI thread, whose content stands in the form, and the content;
    ``door`` keeps it, in the library's thread.

    ``kept`` brings what ``door`` gave back once nothing waits any more. After ``failed`` the
    content is held and tried again by a timer, with the next key, and by ``retry``. ``asked``
    comes before the content is taken in haste: what the form has not told yet is told now.
    """

    kept = Signal(object)
    failed = Signal(object)
    asked = Signal()

    def __init__(
        self, jobs: Jobs, door: Door, state: Callable[[], tuple[str, Any]], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._jobs, self.door, self._state = jobs, door, state
        self.waiting = False
        self._owed: dict[str, Any] = {}
        self._sent: dict[str, tuple[object, Any]] = {}
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
        sent = {uid: content for uid, (_token, content) in self._sent.items()}
        return sent | self._owed | (dict((self._state(),)) if self.waiting else {})

    def hold(self) -> bool:
        """The program may end at once: put what is not kept into the second place; false where
        that cannot be."""
        self.asked.emit()
        held = [self.door.hold(uid, content) for uid, content in self.held().items()]
        self.flush()
        return all(held)

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
            token = object()
            self._sent[uid] = token, content
            done = partial(self._on_kept, uid, token)
            failed = partial(self._on_failed, uid, token, content)
            work = partial(self.door.keep, uid, content)
            self._jobs.library(work, done, failed, title="正在保存草稿")

    def keep(self, uid: str, content: Any) -> None:
        """Keep a content that does not stand in the form (one that was brought back)."""
        self._owed[uid] = content
        self.flush()

    def then(self, go: Go) -> None:
        """Call ``go`` when everything is kept: at once, later, or never if that fails."""
        self.asked.emit()
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
        self._release([uid])

    def give_up(self) -> None:
        """Hold nothing any more; who was kept from leaving leaves now."""
        given_up = self.held()
        self._rest()
        self._owed, self._sent = {}, {}
        self._release(given_up)
        self._go = self._go or self._refused
        self._go_on()

    def write(self, file: Any) -> Callable[[], None]:
        """Work that writes what is not kept yet into a file."""
        held: Mapping[str, Any] = self.held()
        return partial(self.door.write, file, held)

    def _release(self, uids: Any) -> None:
        for uid in uids:
            self._jobs.library(partial(self.door.release, uid))

    def _rest(self) -> None:
        self.waiting = False
        for timer in (self._idle, self._latest, self._again):
            timer.stop()

    def _go_on(self) -> None:
        if self.safe and self._go is not None:
            go, self._go, self._refused = self._go, None, None
            go()

    def _on_kept(self, uid: str, token: object, result: Any) -> None:
        if self._sent.get(uid, (None,))[0] is not token:
            return
        del self._sent[uid]
        if self.safe:
            self.kept.emit(result)
        self._go_on()

    def _on_failed(self, uid: str, token: object, content: Any, error: Exception) -> None:
        if self._sent.get(uid, (None,))[0] is not token:
            return
        del self._sent[uid]
        self._owed.setdefault(uid, content)
        self._refused, self._go = self._go or self._refused, None
        self._again.start()
        self.failed.emit(error)


def keep_all(widget: QWidget, go: Go) -> None:
    """Call ``go`` once everything that is typed anywhere in a widget is kept."""
    for keeper in cast("list[Keeper]", widget.findChildren(Keeper)):
        go = partial(keeper.then, go)
    go()
