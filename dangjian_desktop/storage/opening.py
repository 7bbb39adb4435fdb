"""Making a library ready: what is looked at, mended and brought up to date before it is used."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from functools import partial
from importlib import import_module
from pathlib import Path
from types import ModuleType

from dangjian_desktop.errors import BlockedError
from dangjian_desktop.paths import lent_folder
from dangjian_desktop.storage.clearing import clear_out
from dangjian_desktop.storage.copies import copies
from dangjian_desktop.storage.copies.attachments import folder_of
from dangjian_desktop.storage.copies.chaining import followed
from dangjian_desktop.storage.copies.checks import (
    examine,
    looked_twice,
    mend_free_pages,
    require_file,
)
from dangjian_desktop.storage.copies.kept import (
    SUFFIX,
    copies_folder,
    kept_copies,
    with_newest_copy,
)
from dangjian_desktop.storage.file.connecting import raw
from dangjian_desktop.storage.file.failures import (
    CannotWriteError,
    DamagedError,
    FullError,
    NotALibraryError,
    damaged,
    system_told_in_words,
    told_in_words,
    unreadable_newer,
    unreadable_now,
)
from dangjian_desktop.storage.file.keys import slots_file
from dangjian_desktop.storage.file.placing import sweep
from dangjian_desktop.storage.file.reserve import (
    MEGABYTE,
    SIZE,
    give_up_room,
    keep_room,
    reserve_of,
)
from dangjian_desktop.storage.tables import SCHEMA, metadata
from dangjian_desktop.storage.totals import require_totals

BIG = 200 * MEGABYTE
"""A file of more bytes may be read before all of it has been looked at: that takes a while."""


class UncheckedError(CannotWriteError):
    """A big library is being looked at still; it can be read meanwhile."""


def tidy_up(path: Path) -> None:
    """Before anything else, under the lock: what others have left half done beside it."""
    sweep(path.parent, folder_of(path), copies_folder(path), lent_folder())


def may_wait(path: Path) -> bool:
    """Whether a library may be read before all of it has been looked at: its beginning was, and
    it is a big one of this version."""
    _require_one_name(path)
    return path.stat().st_size > BIG and examined(path, head=True) == SCHEMA


def unchecked(path: Path) -> UncheckedError:
    """What is said of it meanwhile."""
    size = path.stat().st_size // MEGABYTE
    return UncheckedError(
        f"资料库较大（{size}MB），正在核对内容是否完好，核对完才能修改。",
        "请稍候，核对完就可以修改；现在可以查看、查找和打印。",
    )


def make_ready(path: Path, *, unclean: bool) -> None:
    """Before writing, under the lock; ``unclean`` when whoever had it last did not close it."""
    _require_one_name(path)
    version = examined(path, thorough=unclean)
    # Not before: a damaged beginning looks like that of one without a password.
    if slots_file(path).exists():
        _rekeying().tidy(path)
    if version == SCHEMA:
        _require_totals(path)
    looked_twice(partial(_require_writable, path))
    if unclean:
        mend_free_pages(path)
    if version < SCHEMA:
        _upgrade(path)
    with suppress(BlockedError):  # a full disk: the next opening will do it
        clear_out(path)
    keep_room(path)


def make_readable(path: Path, lock: Callable[[], AbstractContextManager[None]]) -> int:
    """Before reading; the version of the library. An older one is upgraded under the lock, a newer
    one has to have every table and column that is read here."""
    _require_one_name(path)
    version = examined(path, may_be_newer=True)
    if version < SCHEMA:
        with lock():
            _upgrade(path)
    if version > SCHEMA and not _has_all_tables(path):
        raise unreadable_newer(path)
    return max(version, SCHEMA)


def examined(path: Path, **how: bool) -> int:
    """The version of a library that is whole, looked at as ``examine`` is told; what is damaged is
    told with its newest copy."""
    try:
        return examine(path, **how)
    except DamagedError as error:
        raise with_newest_copy(error, path) from error
    except NotALibraryError as error:
        raise _by_its_copies(error, path) from error


def require_library(path: Path) -> None:
    """Raise ``BlockedError`` unless there is a file with content; nothing is ever created."""
    try:
        require_file(path)
    except NotALibraryError as error:
        raise _by_its_copies(error, path) from error


def _by_its_copies(error: NotALibraryError, path: Path) -> BlockedError:
    """Damage in the first page looks like a foreign file, and a file that was cut to nothing like
    none; copies and key slots beside it tell otherwise, and then it is no question of the
    password."""
    if path.suffix != SUFFIX or not path.is_file():
        return error
    slots = slots_file(path).exists()
    if not (slots or kept_copies(path)):
        return error
    happened = "里面是空的（0字节）" if path.stat().st_size == 0 else "开头认不出，整个文件打不开"
    keys = "旁边的钥匙文件还在，密码和恢复码没有问题，备份仍用它们打开。" if slots else ""
    told = with_newest_copy(damaged(path), path)
    words = f"资料库“{path}”已损坏，{happened}，为防止损失扩大，不再写入。"
    return DamagedError(f"{words}{keys}", told.remedy)


def what_failed(path: Path) -> BlockedError:
    """What to say when an open library looked damaged: SQLite takes a reading for damage that
    failed in passing, and damage in the first page for another kind of file."""
    try:
        examine(path, may_be_newer=True)
    except (DamagedError, NotALibraryError):
        return with_newest_copy(damaged(path), path)
    return unreadable_now(path)


@contextmanager
def offering_room(path: Path) -> Iterator[None]:
    """Where the disk is full: say which file beside the library keeps some room."""
    try:
        yield
    except FullError as error:
        if not reserve_of(path).exists():
            raise
        megabytes = f"{SIZE // MEGABYTE}MB"
        way = f"来不及清理时，可以动用预留的{megabytes}（删除“{reserve_of(path)}”）。"
        raise FullError(error.message, f"{error.remedy}{way}") from error


@contextmanager
def giving_up_room(path: Path) -> Iterator[None]:
    """Where the disk gets full in saving: let the kept room go, so that saving again goes well."""
    try:
        yield
    except FullError as error:
        if not give_up_room(path):
            raise
        freed = f"程序已让出预留的{SIZE // MEGABYTE}MB：请马上再保存一次，然后删除一些不用的文件。"
        raise FullError(error.message, freed) from error


def migrating() -> ModuleType:
    """Alembic takes longer to import than a library takes to open; most openings need none."""
    return import_module("dangjian_desktop.storage.file.migrating")


def _rekeying() -> ModuleType:
    """What it needs is imported only where there is, or was, a password."""
    return import_module("dangjian_desktop.storage.rekeying")


def _require_totals(path: Path) -> None:
    try:
        looked_twice(partial(require_totals, path))
    except DamagedError as error:
        raise with_newest_copy(error, path) from error


def _require_one_name(path: Path) -> None:
    """A second name has a lock and a journal of its own: two would write at once."""
    with system_told_in_words(path, "打开"):
        names = path.stat().st_nlink
    if names > 1:
        raise BlockedError(
            f"资料库“{path}”还有{names - 1}个别的文件名（硬链接），同时打开会互相破坏。",
            "请把它复制成一个新文件，只用新文件；或删除多余的文件名后再打开。文件没有被改动。",
        )


def _require_writable(path: Path) -> None:
    with told_in_words(path), raw(path, write=True) as connection:
        # A file that forbids writing is opened for reading in silence; only a change tells.
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("DELETE FROM setting WHERE 0")
        connection.execute("ROLLBACK")


def _upgrade(path: Path) -> None:
    copies.backup(path, reason=copies.BEFORE_UPGRADE)
    with told_in_words(path):
        migrating().upgrade(path, around=followed)


def _has_all_tables(path: Path) -> bool:
    with told_in_words(path), raw(path) as connection:
        there = {
            (table, column)
            for table in metadata.tables
            for _, column, *_ in connection.execute(f"PRAGMA table_info({table})")
        }
    wanted = {(t.name, column.name) for t in metadata.tables.values() for column in t.columns}
    return wanted <= there
