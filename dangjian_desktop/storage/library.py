"""A library file: made, opened after every check, read and changed in transactions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from types import ModuleType

from sqlalchemy import Connection, Engine
from sqlcipher3 import dbapi2

from dangjian_desktop.domain.branch import Branch, BranchHistory
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.errors import BlockedError, InputError
from dangjian_desktop.inputs import read_input
from dangjian_desktop.storage.copies import copies
from dangjian_desktop.storage.copies.attaching import LARGEST, keep_file
from dangjian_desktop.storage.copies.attachments import folder_of
from dangjian_desktop.storage.copies.checks import examine, require_file
from dangjian_desktop.storage.copies.kept import (
    SUFFIX,
    copies_folder,
    kept_copies,
    with_newest_copy,
)
from dangjian_desktop.storage.file.connecting import APPLICATION_ID, engine_for, raw, touched
from dangjian_desktop.storage.file.failures import (
    CannotWriteError,
    DamagedError,
    NotALibraryError,
    damaged,
    not_a_library,
    system_told_in_words,
    told_in_words,
)
from dangjian_desktop.storage.file.lock import Lock, locked
from dangjian_desktop.storage.file.placing import (
    journal_of,
    put_as_new,
    sweep,
    sync_file,
    written_aside,
)
from dangjian_desktop.storage.records.attachments import Attached
from dangjian_desktop.storage.remembered import Remembered
from dangjian_desktop.storage.state import renew_state, state_of
from dangjian_desktop.storage.tables import SCHEMA
from dangjian_desktop.storage.work import Work

WAIT = 5.0
WINDOW, COMMAND_LINE = "窗口", "命令行"

Announce = Callable[[frozenset[Topic]], None]


class Library:
    """One open library; ``create`` and ``open`` are the ways to get one.

    ``announce`` is called with the topics after every committed change.
    """

    def __init__(self, path: Path, lock: Lock | None, why_not: str = "") -> None:
        self.path = path
        self.why_not = why_not
        """Why it was opened for reading only, where that was not asked for."""
        self.schema = SCHEMA
        self.announce: Announce = _say_nothing
        self._lock = lock
        self._remembered = Remembered()
        self._readers = engine_for(path, write=False)
        self._writers = engine_for(path, write=True)

    @classmethod
    def create(
        cls, path: Path, branch: Branch, *, sample: bool = False, holder: str = WINDOW
    ) -> Library:
        """Make a library that did not exist and open it for writing.

        Raises ``InputError`` for a name without ``.dangjian``, ``BlockedError`` when something is
        in the place already or the folder cannot be written.
        """
        _require_suffix(path)
        marked = replace(branch, sample=True) if sample else branch
        with system_told_in_words(path.parent, "写入文件夹"):
            if path.exists():
                raise _exists(path)
            path.parent.mkdir(parents=True, exist_ok=True)
            with told_in_words(path), written_aside(path) as part:
                _fill(part, marked)
                try:
                    put_as_new(part, path)
                except FileExistsError:
                    raise _exists(path) from None
        return cls.open(path, write=True, holder=holder)

    @classmethod
    def open(cls, path: Path, *, write: bool, wait: float = WAIT, holder: str = WINDOW) -> Library:
        """Open a library after all checks; a writer holds its lock until ``close``.

        A library of an older version is copied, then upgraded. Raises ``BlockedError`` when the
        file is missing, no library, damaged (naming the newest whole copy), of a newer version,
        read-only, or when another holder does not let go within ``wait`` seconds.
        """
        require_file(path)
        if path.suffix != SUFFIX:
            raise not_a_library(path)
        # One file, one name: lock, journal and copies lie beside it, whatever it was opened by.
        path = path.resolve()
        lock = Lock.take(path, wait=wait, holder=holder) if write else None
        try:
            if lock is not None:
                sweep(path.parent, folder_of(path), copies_folder(path))
            _require_one_name(path)
            version = _examined(path, thorough=lock is not None and lock.taken_over)
            if write:
                _require_writable(path)
            if version < SCHEMA and write:
                _upgrade(path)
            elif version < SCHEMA:
                with locked(path, wait=wait, holder=holder):
                    _upgrade(path)
        except BaseException:
            if lock is not None:
                lock.release()
            raise
        return cls(path, lock)

    @classmethod
    def open_as_can_be(cls, path: Path, *, holder: str = WINDOW) -> Library:
        """Open for writing, or for reading only where just the writing is impossible now: no
        right, no room, another computer. Raises ``BlockedError`` as ``open`` does for the rest."""
        try:
            return cls.open(path, write=True, holder=holder)
        except CannotWriteError as error:
            library = cls.open(path, write=False, holder=holder)
            library.why_not = error.message
            return library

    @contextmanager
    def reading(self) -> Iterator[Work]:
        """One moment of the library; keep it short, a writer waits for its end.

        A change begun inside it waits for it in vain and is refused after five seconds.
        """
        with self._begun(self._readers) as connection:
            yield Work(connection, self._remembered)

    @contextmanager
    def changing(self, *topics: Topic) -> Iterator[Work]:
        """One transaction: committed when the block ends well, rolled back when it raises.

        Raises ``BlockedError`` when the library was opened for reading, the disk is full, or
        another program does not let go.
        """
        self._require_lock()
        renewed = None
        with self._begun(self._writers) as connection:
            driver = _driver(connection)
            so_far = driver.total_changes
            yield Work(connection, self._remembered)
            if driver.total_changes != so_far:
                renewed = renew_state(connection)
            changed = touched(connection)
        if renewed is not None:
            self._remembered.follow(renewed, changed)
        self.announce(frozenset(topics))

    def changed_since_copy(self) -> bool:
        """Whether the newest copy in the copies folder holds something else than the library."""
        newest = next(iter(kept_copies(self.path)), None)
        if newest is None:
            return True
        with told_in_words(self.path), raw(self.path) as connection:
            present = state_of(connection)
        with suppress(dbapi2.Error), raw(newest.file) as connection:
            return state_of(connection) != present
        return True

    def keep_file(self, source: Path) -> Attached:
        """Copy a file into the folder of attachments, before the record that names it.

        Raises ``InputError`` for a file that cannot be kept, ``BlockedError`` for the rest.
        """
        self._require_lock()
        return keep_file(self.path, source)

    def kept_file(self, stored: str) -> bytes | None:
        """The content of an attachment by its name in the folder; None when it is missing."""
        file = folder_of(self.path) / stored
        with system_told_in_words(file, "读取附件"):
            return read_input(file, LARGEST) if file.is_file() else None

    def close(self) -> None:
        """Let go of the file and the lock; a second call does nothing."""
        self._readers.dispose()
        self._writers.dispose()
        if self._lock is not None:
            _tidy(journal_of(self.path))
            self._lock.release()
            self._lock = None

    def _require_lock(self) -> None:
        if self._lock is None:
            raise BlockedError(
                f"资料库“{self.path}”是以只读方式打开的，不能保存。{self.why_not}",
                "请重新打开资料库后再保存。",
            )

    @contextmanager
    def _begun(self, engine: Engine) -> Iterator[Connection]:
        try:
            with told_in_words(self.path), engine.begin() as connection:
                yield connection
        except (DamagedError, NotALibraryError) as error:
            raise with_newest_copy(damaged(self.path), self.path) from error


def _tidy(journal: Path) -> None:
    """Take away the empty journal that lies beside the file, under the lock; a full one stays."""
    with suppress(OSError):
        if journal.stat().st_size == 0:
            journal.unlink()


def _say_nothing(_topics: frozenset[Topic]) -> None:
    """Until somebody listens."""


def _driver(connection: Connection) -> dbapi2.Connection:
    return connection.connection.dbapi_connection


def _require_suffix(path: Path) -> None:
    if path.suffix != SUFFIX or not path.stem:
        raise InputError(
            f"资料库的文件名要以“{SUFFIX}”结尾，“{path.name}”不行。",
            "请换一个文件名，例如“党支部.dangjian”。",
        )


def _exists(path: Path) -> BlockedError:
    return BlockedError(f"“{path}”已经存在，没有改动。", "请换一个文件名，或直接打开它。")


def _migrating() -> ModuleType:
    """Alembic takes longer to import than a library takes to open; most openings need none."""
    return import_module("dangjian_desktop.storage.file.migrating")


def _fill(part: Path, branch: Branch) -> None:
    with raw(part, write=True) as connection:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    _migrating().upgrade(part)
    with engine_for(part, write=True).begin() as connection:
        work = Work(connection)
        work.branch.save(BranchHistory.of(branch))
        work.journal.add("新建资料库", "library")
        renew_state(connection)
    sync_file(part)


def _require_one_name(path: Path) -> None:
    """A second name has a lock and a journal of its own: two would write at once."""
    with system_told_in_words(path, "打开"):
        names = path.stat().st_nlink
    if names > 1:
        raise BlockedError(
            f"资料库“{path}”还有{names - 1}个别的文件名（硬链接），同时打开会互相破坏。",
            "请把它复制成一个新文件，只用新文件；或删除多余的文件名后再打开。文件没有被改动。",
        )


def _examined(path: Path, *, thorough: bool) -> int:
    try:
        return examine(path, thorough=thorough)
    except DamagedError as error:
        raise with_newest_copy(error, path) from error
    except NotALibraryError as error:
        # Damage in the first page looks like a foreign file; copies beside it tell otherwise.
        if path.stat().st_size == 0 or not kept_copies(path):
            raise
        raise with_newest_copy(damaged(path), path) from error


def _require_writable(path: Path) -> None:
    with told_in_words(path), raw(path, write=True) as connection:
        # A file that forbids writing is opened for reading in silence; only a change tells.
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("DELETE FROM setting WHERE 0")
        connection.execute("ROLLBACK")


def _upgrade(path: Path) -> None:
    copies.backup(path, reason=copies.BEFORE_UPGRADE)
    with told_in_words(path):
        _migrating().upgrade(path)
