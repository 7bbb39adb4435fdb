"""Records that were read singly a moment ago, known again by their sum: whoever saves one has just
read it. What has the same sum has the same rows, whoever changed the library meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from threading import Lock
from typing import Any, TypeVar

from sqlalchemy import Connection

from dangjian_desktop.storage.file.connecting import touched
from dangjian_desktop.storage.tables import member

T = TypeVar("T")
MOST = 16
"""So many are kept; what was read first goes first."""


class Seen:
    """Those of one library, by subject and UUID; threads may share it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: dict[tuple[str, str], tuple[str, Any]] = {}

    def once(
        self, subject: str, uid: str, checksum: str, load: Callable[[], Mapping[str, T]]
    ) -> T | None:
        """The record of this UUID and sum; loaded where it was not seen."""
        with self._lock:
            known, record = self._kept.get((subject, uid), (None, None))
        if known == checksum:
            return record
        found = load().get(uid)
        if found is not None:
            with self._lock:
                self._kept.pop((subject, uid), None)
                self._kept[subject, uid] = checksum, found
                while len(self._kept) > MOST:
                    del self._kept[next(iter(self._kept))]
        return found


def seen_in(connection: Connection) -> Seen | None:
    """What was seen of the library of this connection; nothing counts where members change, whose
    rows a sum tells by numbers: until that is stored another may have the number."""
    seen: Seen | None = connection.info.get("seen")
    return None if (member, None) in touched(connection) else seen
