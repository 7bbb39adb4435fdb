"""What the window asks of a lock: is it one, open it, close it, and after how long."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from dangjian_desktop.domain.branch import Branch
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.errors import BlockedError
from dangjian_desktop.late import Late
from dangjian_desktop.services.lending import take_back
from dangjian_desktop.services.library.copying import CopyService, named
from dangjian_desktop.services.of_library import OfLibrary
from dangjian_desktop.storage.copies.carrying import brought_in
from dangjian_desktop.storage.copies.copies import ON_CLOSING
from dangjian_desktop.storage.file.keys import LockedError, has_password, let_go

__all__ = [
    "LockService",
    "has_password",
    "made_with",
    "make",
    "recover",
    "recover_copy",
    "refused",
    "unlock",
    "unlock_copy",
]

USUAL_MINUTES = 10
MINUTES = "lock.minutes"
"""Setting: after how many minutes without a key or a movement of the mouse; 0 is never."""


def refused(error: Exception) -> Path | None:
    """The library that was refused because its password was not given, if that was it."""
    return error.file if isinstance(error, LockedError) else None


def unlock(library: Path, password: str) -> None:
    """Unlock a library by its password; raises as ``passwords.unlock``."""
    _passwords("unlock")(library, password)


def recover(library: Path, code: str, password: str, *, alone: bool) -> None:
    """Set a new password by the recovery code; raises ``InputError`` naming the wrong groups."""
    _passwords("recover")(library, code, password, alone=alone)


def unlock_copy(near: Path, copy: Path, password: str) -> None:
    """Unlock a copy of the library that lies ``near``, also one that was carried out, by a
    password of its own; of the library itself, where it is gone, what was sealed when printed."""
    if copy == near and not has_password(near):
        _minutes("open_minutes")(near, password)
        return
    with brought_in(copy, near) as file, named(copy):
        unlock(file, password)


def recover_copy(near: Path, copy: Path, code: str, password: str) -> None:
    """The same by its recovery code; it opens by this password from then on."""
    if copy == near and not has_password(near):
        _minutes("recover_minutes")(near, code, password)
        return
    with brought_in(copy, near) as file, named(copy):
        recover(file, code, password, alone=True)


def make(library: Path, name: str, superior: str, secret: Any, password: str) -> Any:
    """A new library with a password, open."""
    library.parent.mkdir(parents=True, exist_ok=True)
    branch = Branch(name=name, superior=superior)
    return _passwords("make_locked")(library, branch, secret, password)


def made_with(secret: Any, password: str) -> Any:
    """What a library that is going to be made is locked with."""
    return _passwords("under_for")(secret, password)


class LockService(OfLibrary):
    """The lock of one open library."""

    @property
    def there(self) -> bool:
        """Whether the library has a password."""
        return has_password(self._library.path)

    def minutes(self) -> int | None:
        """After how many minutes it locks itself (0: never); None without a password."""
        if not self.there:
            return None
        with self._library.reading() as work:
            return int(work.settings.get(MINUTES, USUAL_MINUTES))

    def set_minutes(self, minutes: int) -> None:
        """Set it."""
        with self._library.changing(Topic.SETTINGS) as work:
            work.settings.put(MINUTES, minutes)

    def lock(self) -> tuple[str, ...]:
        """Lock, after a copy where something changed: locked, none can be made on closing. What
        was opened outside is taken away; the names of the files that another program holds."""
        with suppress(BlockedError):
            CopyService(self._library, self._clock).keep_up(ON_CLOSING)
        let_go()
        return take_back()

    def do_apart(self, change: Callable[[], Any]) -> Any:
        """Release the library, and then do what nobody may do while it is open."""
        self._library.close()
        return change()


def _minutes(function: str) -> Any:
    return Late(f"services.library.minutes_lock:{function}").read()


def _passwords(function: str) -> Any:
    return Late(f"services.library.passwords:{function}").read()
