"""The second place: every copy that is made goes to another drive too, when that is there."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from dangjian_desktop.errors import BlockedError
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.inputs import open_input
from dangjian_desktop.storage.copies.attachments import bring, folder_of
from dangjian_desktop.storage.copies.copies import Copy
from dangjian_desktop.storage.copies.fresh import other_bytes, read_back
from dangjian_desktop.storage.copies.kept import thin_out
from dangjian_desktop.storage.copies.notes import note, noted, noted_time
from dangjian_desktop.storage.file.companions import bring_companions, drop_companions
from dangjian_desktop.storage.file.connecting import raw
from dangjian_desktop.storage.file.failures import system_told_in_words
from dangjian_desktop.storage.file.keys import LockedError
from dangjian_desktop.storage.file.moments import now
from dangjian_desktop.storage.file.placing import (
    free_name,
    put_as_new,
    sweep,
    sync_file,
    written_aside,
)
from dangjian_desktop.storage.state import state_of

FOLDER, DAYS = "copies.second", "copies.second.days"
"""Settings: where else copies go, as text; after how many days without one that is said."""
USUAL_DAYS = 7
NOTED_FOLDER = "second"
_AT, _STATE, _FAILED = "second_at", "second_state", "second_failed"
_OWN = "second_own"
"""The note of the names of the copies that were brought there from here."""


@dataclass(frozen=True, slots=True)
class Second:
    """The second place as it stands: ``at`` is when a copy last went there, so many days ago,
    ``current`` whether that one holds what the library holds, ``failed`` what the last try was
    told, ``here`` whether the drive is there now; ``most`` days may pass."""

    folder: Path
    most: int
    at: datetime | None
    days: int
    current: bool
    failed: str
    here: bool

    @property
    def old(self) -> bool:
        """Whether it is time to bring the drive."""
        return not self.current and (self.at is None or self.days >= self.most)


def second_of(library: Path) -> Second | None:
    """The second place of a library, if one was chosen."""
    folder, most, state = None, USUAL_DAYS, None
    with suppress(dbapi2.Error, OSError, ValueError, LockedError), raw(library) as connection:
        folder = _setting(connection, FOLDER)
        most = int(_setting(connection, DAYS) or USUAL_DAYS)
        state = state_of(connection)
    if not folder:
        return None
    told, place, at = noted(library), Path(folder), noted_time(library, _AT)
    return Second(
        folder=place,
        most=most,
        at=at,
        days=0 if at is None else abs(now() - at).days,
        current=told.get(_STATE) == state,
        failed=str(told.get(_FAILED) or ""),
        here=_here(place, library),
    )


def begin_second(library: Path, folder: Path) -> None:
    """Mark the folder as the second place; raises ``BlockedError`` where it cannot be written.

    By the mark the drive is known again: where it is not put in, the folder may be there, empty.
    """
    mark = _mark(folder, library)
    with system_told_in_words(folder, "写入"), written_aside(mark) as part:
        part.write_text("党支部工作台：这里是资料库的第二备份位置。\n", encoding="utf-8")
        sync_file(part)
        mark.unlink(missing_ok=True)
        put_as_new(part, mark)
    told: dict[str, Any] = {_AT: None, _STATE: None, _FAILED: None, _OWN: []}
    note(library, **{NOTED_FOLDER: str(folder)}, **told)


def take_there(library: Path, copy: Copy) -> Path | None:
    """Bring a copy that was just made to the second place; none where the drive is not there.

    What fails there is noted and told by ``second_of``: the copy itself is safe.
    """
    second = second_of(library)
    if second is None or not second.here:
        return None
    try:
        there = _brought(library, copy, second.folder)
    except BlockedError as error:
        note(library, **{_FAILED: error.message})
        return None
    own = [
        name
        for name in (*noted(library).get(_OWN, ()), there.name)
        if (second.folder / name).exists()
    ]
    at = {_AT: copy.at.isoformat(), _STATE: _state(copy.file), _FAILED: None}
    note(library, **at, **{_OWN: own})
    # Another computer may bring its copies of the same library there: it takes away its own.
    thin_out(library, second.folder, there, own)
    return there


def _brought(library: Path, copy: Copy, folder: Path) -> Path:
    with system_told_in_words(folder, "写入", copy.file.stat().st_size):
        sweep(folder)
        target = free_name(folder / copy.file.name)
        with _nothing_half(target), written_aside(target) as part:
            with open_input(copy.file) as read, part.open("wb") as write:
                shutil.copyfileobj(read, write)
            sync_file(part)
            if read_back(part) != copy.sha256:
                raise other_bytes(folder)
            bring(folder_of(copy.file), folder_of(target))
            bring_companions(copy.file, target)
            put_as_new(part, target)
    return target


@contextmanager
def _nothing_half(target: Path) -> Iterator[None]:
    """Where the copy did not get there, what belongs to it does not stay and take the room."""
    try:
        yield
    finally:
        if not target.exists():
            drop_companions(target)
            shutil.rmtree(folder_of(target), ignore_errors=True)


def _setting(connection: dbapi2.Connection, key: str) -> Any:
    found = connection.execute("SELECT value FROM setting WHERE key = ?", (key,)).fetchone()
    return None if found is None else json.loads(found[0])


def _state(file: Path) -> str | None:
    with suppress(dbapi2.Error, OSError, LockedError), raw(file) as connection:
        return state_of(connection)
    return None


def _mark(folder: Path, library: Path) -> Path:
    return folder / f".{library.stem}.second"


def _here(folder: Path, library: Path) -> bool:
    with suppress(OSError):
        return _mark(folder, library).is_file()
    return False
