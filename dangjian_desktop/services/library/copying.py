"""Copies of a library: made, verified, put back; works on files, so also on damaged ones."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.late import Late
from dangjian_desktop.services.library.changes import Differences, changes_since
from dangjian_desktop.services.library.sealed import accept_changes, changed_outside, looked_at
from dangjian_desktop.services.of_library import OfLibrary
from dangjian_desktop.services.printed_minutes import keep_up_printed
from dangjian_desktop.storage.copies.attachments import lost_files, sha256_of
from dangjian_desktop.storage.copies.carrying import brought_in, carried_out, name_inside
from dangjian_desktop.storage.copies.checks import findings, verify
from dangjian_desktop.storage.copies.copies import (
    BEFORE_IMPORT,
    BY_HAND,
    WHILE_OPEN,
    Copy,
    backup,
    counts,
    doubts,
    restore,
)
from dangjian_desktop.storage.copies.kept import (
    KeptCopy,
    copies_folder,
    copy_name,
    kept_copies,
    note_folder,
)
from dangjian_desktop.storage.copies.notes import note, noted
from dangjian_desktop.storage.copies.second import (
    DAYS,
    FOLDER,
    USUAL_DAYS,
    Second,
    begin_second,
    second_of,
    take_there,
)
from dangjian_desktop.storage.file.keys import LockedError, key_name, keys_of, locked
from dangjian_desktop.storage.file.moments import now
from dangjian_desktop.storage.file.one_at_a_time import copying
from dangjian_desktop.storage.records.settings import COPIES_FOLDER

__all__ = [
    "USUAL_DAYS",
    "Copy",
    "CopyService",
    "KeptCopy",
    "Second",
    "Verdict",
    "back_up",
    "doubts_of",
    "lost_files",
    "name_inside",
    "problems_of",
    "put_back",
    "strange_in",
]

_OFFERED = "offered"
_KEPT_SLOTS = Late("storage.file.unlocking:kept_slots")


def back_up(library: Path, to: Path | None = None, *, reason: str = BY_HAND) -> Copy:
    """A verified copy, in the copies folder unless told; raises ``BlockedError``."""
    made = backup(library, to, reason=reason)
    if to is None:
        take_there(library, made)
    return made


def carry(library: Path, file: Path) -> Copy:
    """The whole library as one file, read back from the drive; raises ``BlockedError``."""
    return carried_out(library, file)


def strange_in(library: Path) -> tuple[str, ...]:
    """What is not as the program saved it in a library that opens, and so in every copy of it."""
    return findings(library)


def problems_of(file: Path) -> tuple[str, ...]:
    """What is wrong with a library or a copy, in sentences; empty when it is whole.

    Raises ``LockedError`` where its password was not given: then nothing is known of it.
    """
    with brought_in(file, file) as copy:
        if copy.is_file():
            keys_of(copy)
        return verify(copy)


def put_back(
    copy: Path, library: Path, *, dry_run: bool = False, accepted: Collection[str] = ()
) -> tuple[dict[str, int], dict[str, int]]:
    """Counts before and after putting the copy, or the one that was carried out, in the library's
    place; the present is kept. ``accepted`` are what ``doubts_of`` tells of it and whoever restores
    it knows of; raises ``DoubtedError`` for others."""
    with brought_in(copy, library) as file:
        before, after = restore(file, library, dry_run=dry_run, accepted=accepted)
    return dict(before), dict(after)


def put_back_told(copy: Path, library: Path, *, accepted: Collection[str] = ()) -> str:
    """The same for a window; what is to be said after."""
    words = becomes(copy, library, done=True)
    put_back(copy, library, accepted=accepted)
    return words


def becomes(copy: Path, library: Path, *, done: bool = False) -> str:
    """What putting the copy back changes, or has changed, of what opens the library; nothing where
    the same does as before."""
    with brought_in(copy, library) as file:
        there, theirs = key_name(library), key_name(file)
        # The slots of one that was emptied count still.
        own = theirs is not None and bool(_KEPT_SLOTS.read()(library, theirs))
    if there == theirs or (there is None and own):
        return ""
    when = "现在" if done else "恢复后"
    if there is None:
        return f"这份备份有密码；{when}资料库用这份备份的密码和恢复码打开。"
    other = "这份备份用的是另一个密码或恢复码" if theirs else "这份备份没有密码"
    return f"{other}；{when}资料库仍用原来的密码和恢复码打开。"


@contextmanager
def named(copy: Path) -> Iterator[None]:
    """What is asked of a copy that is unpacked for a while is said of the one that was given."""
    try:
        yield
    except LockedError as error:
        raise (locked(copy) if type(error) is LockedError else error) from error


def doubts_of(copy: Path, library: Path) -> tuple[str, ...]:
    """What is not as the program saved it in a copy that is whole in itself; raises
    ``BlockedError`` for one that is damaged, ``LockedError`` where its password was not given."""
    with brought_in(copy, library) as file, named(copy):
        keys_of(file)
        return doubts(file, library)


def changes(copy: Path, library: Path) -> Differences:
    """What the library has more, no more and otherwise than the copy, by kind of record. Raises
    ``LockedError`` where its password was not given."""
    with brought_in(copy, library) as file, named(copy):
        keys_of(file)
        return changes_since(file, library)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is wrong with a library; which of that was changed past the program, which was and
    somebody has looked at, in lines."""

    problems: tuple[str, ...]
    changed: tuple[str, ...]
    looked_at: tuple[str, ...]


class CopyService(OfLibrary):
    """Copies of one open library."""

    def backup(self, to: Path | None = None, *, reason: str = BY_HAND) -> Copy:
        """A verified copy; in the copies folder unless told, and then in the second place too."""
        keep_up_printed(self._library)
        made = backup(self._library.path, to, reason=reason)
        if to is None:
            note_folder(self._library.path)
            take_there(self._library.path, made)
        return made

    def keep_up(self, reason: str = WHILE_OPEN) -> Copy | None:
        """A copy where the newest holds something else than the library, whatever the clock says;
        else the second place gets the newest, where it has another. Needs no turn of its own."""
        if not self._library.writable:
            return None
        with copying(self._library.path):
            return self._keep_up(reason)

    def _keep_up(self, reason: str) -> Copy | None:
        if self._library.changed_since_copy():
            return self.backup(reason=reason)
        second, newest = self.second(), self.newest()
        if second and second.here and not second.current and newest:
            if verify(newest.file, files=False):
                return self.backup(reason=reason)
            made = Copy(newest.file, sha256_of(newest.file), counts(newest.file), newest.at)
            take_there(self._library.path, made)
        return None

    def before_import(self) -> None:
        """A copy before much is changed at once, unless there is one that holds the same."""
        if self._library.changed_since_copy():
            self.backup(reason=BEFORE_IMPORT)

    def carry(self, file: Path) -> Copy:
        """The whole library as one file, for a stick."""
        return carried_out(self._library.path, file)

    def changes(self, copy: Path) -> Differences:
        """What would be lost, come back and be otherwise by putting the copy back."""
        return changes(copy, self._library.path)

    def before_restoring(self, copy: Path) -> tuple[Differences, tuple[str, ...]]:
        """The same, and what is not as the program saved it in the copy."""
        known = doubts_of(copy, self._library.path)
        return self.changes(copy), known

    def becomes(self, copy: Path) -> str:
        """What putting the copy back changes of what opens the library, in words."""
        return becomes(copy, self._library.path)

    def second(self) -> Second | None:
        """The second place, if one was chosen."""
        with self._library.reading() as work:
            if not work.settings.get(FOLDER):
                return None
        return second_of(self._library.path)

    def choose_second(self, folder: Path | None) -> Copy | None:
        """Bring copies to this folder too from now on (nothing: no more); the first at once.

        Raises ``BlockedError`` where the folder cannot be written, and nothing is changed then.
        """
        if folder is not None:
            begin_second(self._library.path, folder)
        with self._library.changing(Topic.SETTINGS) as work:
            work.settings.put(FOLDER, None if folder is None else str(folder))
        return None if folder is None else self.backup()

    def set_days(self, days: int) -> None:
        """After how many days without a copy in the second place that is said."""
        with self._library.changing(Topic.SETTINGS) as work:
            work.settings.put(DAYS, days)

    def offers_second(self) -> bool:
        """Whether a second place is to be offered: on one day, and never again."""
        if not self._library.writable or self.second() is not None:
            return False
        day, today = noted(self._library.path).get(_OFFERED), self._clock().date().isoformat()
        if day is None:
            note(self._library.path, **{_OFFERED: today})
        return day in (None, today)

    def newest(self) -> KeptCopy | None:
        """The newest copy in the copies folder, if there is one."""
        return next(iter(kept_copies(self._library.path)), None)

    def kept(self) -> tuple[KeptCopy, ...]:
        """All copies in the copies folder, newest first."""
        return kept_copies(self._library.path)

    def folder(self) -> Path:
        """Where copies are kept now."""
        return copies_folder(self._library.path)

    def beside(self) -> bool:
        """Whether copies are kept beside the library, because no other place was chosen."""
        with self._library.reading() as work:
            return work.settings.get(COPIES_FOLDER) is None

    def keep_in(self, folder: Path | None) -> Copy:
        """Keep copies in this folder from now on (nothing: beside the library).

        A copy is made there first, so that a place which cannot be written to is refused with
        ``BlockedError`` and nothing is changed.
        """
        place = folder or self._library.path.with_suffix(".copies")
        made = backup(self._library.path, place / copy_name(self._library.path, now(), BY_HAND))
        with self._library.changing(Topic.SETTINGS) as work:
            work.settings.put(COPIES_FOLDER, None if folder is None else str(folder))
        note_folder(self._library.path)
        return made

    def problems(self) -> tuple[str, ...]:
        """What is wrong with the open library, in sentences; empty when it is whole."""
        return verify(self._library.path)

    def verdict(self) -> Verdict:
        """The same, with what was changed past the program."""
        path, problems = self._library.path, self.problems()
        changes = changed_outside(path)
        return Verdict(problems, changes.details if changes else (), looked_at(path))

    def accept_changes(self, by: str, note: str) -> bool:
        """Seal who has looked at what was changed past the program; raises ``InputError``."""
        return accept_changes(self._library, by, note)
