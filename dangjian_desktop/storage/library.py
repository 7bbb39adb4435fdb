"""A library file: made, opened after every check, read and changed in transactions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import local
from uuid import uuid4

from sqlalchemy import Connection, Engine
from sqlcipher3 import dbapi2

from dangjian_desktop.domain.branch import Branch, BranchHistory
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.errors import BlockedError, InputError
from dangjian_desktop.storage.copies.attaching import keep_file
from dangjian_desktop.storage.copies.attachments import folder_of
from dangjian_desktop.storage.copies.chaining import begin
from dangjian_desktop.storage.copies.checks import ended_unclean
from dangjian_desktop.storage.copies.contents import content_of
from dangjian_desktop.storage.copies.kept import SUFFIX, kept_copies
from dangjian_desktop.storage.file.connecting import (
    APPLICATION_ID,
    driver_of,
    engine_for,
    raw,
    touched,
)
from dangjian_desktop.storage.file.failures import (
    CannotWriteError,
    DamagedError,
    FullError,
    NotALibraryError,
    not_a_library,
    system_told_in_words,
    told_in_words,
    unreadable_newer,
)
from dangjian_desktop.storage.file.keys import LockedError, Under, keys_of, promised, remember
from dangjian_desktop.storage.file.lock import Lock, locked
from dangjian_desktop.storage.file.one_at_a_time import turn
from dangjian_desktop.storage.file.placing import (
    journal_of,
    put_as_new,
    sync_file,
    written_aside,
)
from dangjian_desktop.storage.file.reserve import keep_room, reserve_of
from dangjian_desktop.storage.index import FEW, Trust, pending
from dangjian_desktop.storage.opening import (
    giving_up_room,
    make_readable,
    make_ready,
    may_wait,
    migrating,
    offering_room,
    require_library,
    tidy_up,
    what_failed,
)
from dangjian_desktop.storage.postponed import Postponed
from dangjian_desktop.storage.records.attachments import Attached
from dangjian_desktop.storage.records.settings import IDENTITY
from dangjian_desktop.storage.remembered import Remembered
from dangjian_desktop.storage.seen import Seen
from dangjian_desktop.storage.state import renew_state, state_of
from dangjian_desktop.storage.tables import SCHEMA
from dangjian_desktop.storage.tending import begun, keep_up, step
from dangjian_desktop.storage.work import Work

WAIT = 5.0
WINDOW, COMMAND_LINE = "窗口", "命令行"

Announce = Callable[[frozenset[Topic]], None]


class Library:
    """One open library; ``create`` and ``open`` are the ways to get one.

    ``announce`` is called with the topics after every committed change.
    """

    def __init__(self, path: Path, lock: Lock | None, schema: int = SCHEMA) -> None:
        self.path, self.schema = path, schema
        self.postponed: Postponed | None = None
        self.announce: Announce = _say_nothing
        self.far_behind = False  # the index, by the newest change: more than a search should bear
        self._lock = lock
        self.refused: CannotWriteError | None = None
        self._remembered = Remembered()
        self._moment = local()
        self._trust, self._seen = Trust(), Seen()
        self._forget = remember(self, path)
        self._readers, self._writers = (engine_for(path, write=each) for each in (False, True))

    @classmethod
    def create(
        cls,
        path: Path,
        branch: Branch,
        *,
        sample: bool = False,
        holder: str = WINDOW,
        under: Under | None = None,
    ) -> Library:
        """Make a library that did not exist, perhaps with a password, and open it for writing.

        Raises ``InputError`` for a name without ``.dangjian``, ``BlockedError`` when something is
        in the place already or the folder cannot be written.
        """
        _require_suffix(path)
        with system_told_in_words(path.parent, "写入文件夹"):
            _make(path, replace(branch, sample=True) if sample else branch, under)
        return cls.open(path, write=True, holder=holder)

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        write: bool,
        wait: float = WAIT,
        holder: str = WINDOW,
        later: bool = False,
    ) -> Library:
        """Open a library after all checks; a writer holds its lock until ``close``.

        An older one is copied, then upgraded. With ``later`` looking at all of a big one may be
        ``postponed``. Raises ``BlockedError`` when the file is missing, no library, damaged (naming
        the newest whole copy), read-only, held by another for ``wait`` seconds, or newer and to be
        written or without the tables that are read.
        """
        require_library(path)
        if path.suffix != SUFFIX:
            raise not_a_library(path)
        # One file, one name: lock, journal and copies lie beside it, whatever it was opened by.
        path = path.resolve()
        keys_of(path)  # refused here, a locked one is left alone
        take = _to_write if write else _to_read
        lock, schema, postponed = take(path, wait, holder, later)
        made = cls(path, lock, schema)
        made.postponed = postponed
        return made

    @classmethod
    def open_as_can_be(cls, path: Path, *, holder: str = WINDOW) -> Library:
        """Open for writing, a big library ``later``; for reading only where just the writing is
        impossible now: no right, no room, another computer, a newer version (``not_writable`` says
        which). Raises ``BlockedError`` as ``open`` does for the rest."""
        try:
            return cls.open(path, write=True, holder=holder, later=True)
        except CannotWriteError as error:
            library = cls.open(path, write=False, holder=holder, later=True)
            library.refused = error
            return library

    @contextmanager
    def reading(self) -> Iterator[Work]:
        """One moment of the library; keep it short, a writer waits for its end.

        Within another one of the same thread it is that one. A change begun inside it waits for
        it in vain and is refused after five seconds.
        """
        with _held(self._moment, partial(self._begun, self._readers), self._remembered) as work:
            yield work

    @contextmanager
    def changing(self, *topics: Topic) -> Iterator[Work]:
        """One transaction: committed when the block ends well, rolled back when it raises.

        Raises ``BlockedError`` when the library was opened for reading, the disk is full, or
        another program does not let go.
        """
        self._require_lock()
        renewed = None
        with giving_up_room(self.path), self._begun(self._writers) as connection:
            driver = driver_of(connection)
            so_far = driver.total_changes
            yield Work(connection, self._remembered)
            if driver.total_changes != so_far:
                self.far_behind = pending(connection) > FEW
                renewed = renew_state(connection, drafts_only={*topics} == {Topic.DRAFTS})
            changed = touched(connection)
        if renewed is not None:
            self._remembered.follow(renewed, changed)
            self._trust.follow(renewed)
        self.announce(frozenset(topics))

    def tend_index(self) -> bool:
        """One step of bringing the index of the search up to the records, or of making it anew;
        whether there is more to do. The library stays as it is: no copy is made for it."""
        self._require_lock()
        with giving_up_room(self.path), self._begun(self._writers) as connection:
            return step(connection)

    def rebuild_index(self) -> int:
        """Make the index of the search anew, a step at a time; of how many records."""
        self._require_lock()
        with giving_up_room(self.path), self._begun(self._writers) as connection:
            records = begun(connection)
        while self.tend_index():
            pass
        return records

    def changed_since_copy(self) -> bool:
        """Whether the newest copy in the copies folder holds something else than the library."""
        return _differs_from_copy(self.path)

    def keep_file(self, source: Path) -> Attached:
        """Copy a file into the folder of attachments, before the record that names it.

        Raises ``InputError`` for a file that cannot be kept, ``BlockedError`` for the rest.
        """
        self._require_lock()
        with giving_up_room(self.path):
            return keep_file(self.path, source)

    def kept_file(self, stored: str) -> bytes | None:
        """The content of an attachment by its name in the folder; None when it is missing."""
        file = folder_of(self.path) / stored
        with system_told_in_words(file, "读取附件"):
            return content_of(file) if file.is_file() else None

    def close(self) -> None:
        """Let go of the file and the lock; a second call does nothing."""
        if self.postponed is not None:
            self.postponed.end()
        if self.writable:
            # A little, so that whoever searches next has it easier; what fails costs nothing.
            with suppress(BlockedError), self._begun(self._writers) as connection:
                keep_up(connection)
        self._readers.dispose()
        self._writers.dispose()
        self._forget()
        if self._lock is not None:
            _tidy(journal_of(self.path))
            keep_room(self.path)
            self._lock.release()
            self._lock = None

    @property
    def not_writable(self) -> CannotWriteError | None:
        """Why nothing can be written, where that was not asked for."""
        return self.refused or (self.postponed.why if self.postponed else None)

    @property
    def writable(self) -> bool:
        """Whether it was opened for writing, and is open still; a big one once it was checked."""
        return self._lock is not None and self.not_writable is None

    @property
    def offers_room(self) -> bool:
        """Whether nothing but room is wanting, and some was kept for this."""
        return isinstance(self.not_writable, FullError) and reserve_of(self.path).exists()

    def _require_lock(self) -> None:
        if not self.writable:
            why = self.not_writable
            raise BlockedError(
                f"资料库“{self.path}”是以只读方式打开的，不能保存。{why.message if why else ''}",
                why.remedy if why else "请重新打开资料库后再保存。",
            )

    @contextmanager
    def _begun(self, engine: Engine) -> Iterator[Connection]:
        alone = turn(self.path) if engine is self._writers else nullcontext()
        try:
            with alone, told_in_words(self.path), engine.begin() as connection:
                connection.info.update(trust=self._trust, seen=self._seen)
                yield connection
        except (DamagedError, NotALibraryError) as error:
            raise what_failed(self.path) from error
        except (ArithmeticError, LookupError, TypeError, ValueError) as error:
            if self.schema <= SCHEMA:
                raise
            raise unreadable_newer(self.path) from error


def _to_read(
    path: Path, wait: float, holder: str, later: bool
) -> tuple[None, int, Postponed | None]:
    if later and may_wait(path):
        return None, SCHEMA, Postponed(path, write=False)
    return None, make_readable(path, partial(locked, path, wait=wait, holder=holder)), None


def _to_write(
    path: Path, wait: float, holder: str, later: bool
) -> tuple[Lock, int, Postponed | None]:
    # Asked before anything is read: that plays the journal back.
    unclean = ended_unclean(path)
    with offering_room(path):
        lock = Lock.take(path, wait=wait, holder=holder)
        unclean = unclean or lock.taken_over
        try:
            tidy_up(path)
            if later and may_wait(path):
                return lock, SCHEMA, Postponed(path, write=True, unclean=unclean)
            make_ready(path, unclean=unclean)
        except BaseException:
            lock.release()
            raise
    return lock, SCHEMA, None


def _differs_from_copy(path: Path) -> bool:
    newest = next(iter(kept_copies(path)), None)
    if newest is None:
        return True
    with told_in_words(path), raw(path) as connection:
        present = state_of(connection)
    with suppress(dbapi2.Error, LockedError), raw(newest.file) as connection:
        return state_of(connection) != present
    return True


def _tidy(journal: Path) -> None:
    """Take away the empty journal that lies beside the file, under the lock; a full one stays."""
    with suppress(OSError):
        if journal.stat().st_size == 0:
            journal.unlink()


def _say_nothing(_topics: frozenset[Topic]) -> None:
    """Until somebody listens."""


def _require_suffix(path: Path) -> None:
    if path.suffix != SUFFIX or not path.stem:
        raise InputError(
            f"资料库的文件名要以“{SUFFIX}”结尾，“{path.name}”不行。",
            "请换一个文件名，例如“党支部.dangjian”。",
        )


def _exists(path: Path) -> BlockedError:
    return BlockedError(f"“{path}”已经存在，没有改动。", "请换一个文件名，或直接打开它。")


def _make(path: Path, branch: Branch, under: Under | None) -> None:
    if path.exists():
        raise _exists(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    keys = under.keys if under else None
    with told_in_words(path), written_aside(path) as part, promised(part, keys):
        _fill(part, branch)
        if under:
            under.put_beside(path)
        try:
            put_as_new(part, path)
        except FileExistsError:
            raise _exists(path) from None


def _fill(part: Path, branch: Branch) -> None:
    with raw(part, write=True) as connection:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    migrating().upgrade(part)
    with engine_for(part, write=True).begin() as connection:
        work = Work(connection)
        work.branch.save(BranchHistory.of(branch))
        work.settings.put(IDENTITY, uuid4().hex)
        work.journal.add("新建资料库", "library")
        work.begin_index()
        begin(connection)
        renew_state(connection)
    sync_file(part)


@contextmanager
def _held(
    moment: local, begin: Callable[[], AbstractContextManager[Connection]], remembered: Remembered
) -> Iterator[Work]:
    held: Work | None = getattr(moment, "work", None)
    if held is not None:
        yield held
        return
    with begin() as connection:
        moment.work = Work(connection, remembered)
        try:
            yield moment.work
        finally:
            del moment.work
