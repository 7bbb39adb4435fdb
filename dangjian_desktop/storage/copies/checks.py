"""Is this file a library of ours, and is its content what was written?"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TypeVar

from sqlcipher3 import dbapi2

from dangjian_desktop.errors import BlockedError
from dangjian_desktop.storage.copies.attachments import attachment_problems
from dangjian_desktop.storage.copies.chaining import REMEDY, chain_findings, in_words
from dangjian_desktop.storage.copies.proving import record_problems
from dangjian_desktop.storage.file.connecting import APPLICATION_ID, engine_for, raw
from dangjian_desktop.storage.file.failures import (
    IOERR,
    DamagedError,
    DiskError,
    NotALibraryError,
    damaged,
    newer,
    not_a_library,
    system_told_in_words,
    told_in_words,
    unreadable_now,
)
from dangjian_desktop.storage.file.lock import left_over
from dangjian_desktop.storage.file.placing import journal_of
from dangjian_desktop.storage.sent import sent_problems
from dangjian_desktop.storage.tables import SCHEMA
from dangjian_desktop.storage.work import Work

PAUSE = 1.0
"""Seconds before a failed check is repeated: a passing read error looks like damage."""

_CODE = re.compile(r"error code=(\d+)")
_OF_INDEX = re.compile(
    r"\b(sqlite_autoindex_)?terms(_(config|content|data|docsize|idx))?(_\d+)?\b", re.ASCII
)
"""A table of the index of the search, or what SQLite adds to it."""
Seen = TypeVar("Seen")
_CALLED = {"member": "党员", "meeting": "会议", "project": "项目"}


def require_file(path: Path) -> None:
    """Raise ``BlockedError`` unless there is a file with content; nothing is ever created."""
    with system_told_in_words(path, "打开"):
        if not path.exists():
            raise BlockedError(
                f"找不到资料库“{path}”。",
                "请检查文件是否被移动或改名，U盘是否插好，或用“打开”到别处查找；"
                "程序不会在原处新建空的资料库。",
            )
        if not path.is_file() or path.stat().st_size == 0:
            raise not_a_library(path)


def examine(
    path: Path, *, thorough: bool = False, may_be_newer: bool = False, head: bool = False
) -> int:
    """The schema version of a whole library; called before anything is read or written.

    ``thorough`` looks at the structure of every table too, after an end without closing; it is
    done by itself where a journal or a lock tells of one. ``head`` looks at the beginning alone.
    Raises ``NotALibraryError``, ``DamagedError``, or ``BlockedError`` for a newer version and for
    what the system forbids. What looks like damage is checked once more on a fresh connection.
    """
    # Asked before the first reading: that plays the journal back.
    thorough = thorough or (not head and ended_unclean(path))
    return looked_twice(partial(_examine_once, path, thorough, may_be_newer, head))


def looked_twice(look: Callable[[], Seen]) -> Seen:
    """The same again after a moment where it looks like damage: a disk may fail in passing."""
    try:
        return look()
    except (NotALibraryError, DamagedError, DiskError):
        time.sleep(PAUSE)
        return look()


def _examine_once(
    path: Path, thorough: bool, may_be_newer: bool = False, head: bool = False
) -> int:
    require_file(path)
    with told_in_words(path), raw(path) as connection:
        if _pragma(connection, "application_id") != APPLICATION_ID:
            raise not_a_library(path)
        version = int(_pragma(connection, "user_version"))
        if version > SCHEMA and not may_be_newer:
            raise newer(path, version, SCHEMA)
        if head:
            return version
        broken = connection.execute("PRAGMA cipher_integrity_check").fetchall()
        if broken and not (thorough and _only_free(path, len(broken))):
            raise damaged(path)
        if connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
            raise damaged(path)
        if thorough and _structure(path, connection, "quick_check") != ["ok"]:
            raise damaged(path)
    return version


def ended_unclean(path: Path) -> bool:
    """Whether a journal or a lock tells that the power went or the program was killed."""
    journal = journal_of(path)
    with system_told_in_words(path, "打开"):
        return left_over(path) or (journal.exists() and journal.stat().st_size > 0)


def _only_free(path: Path, broken: int) -> bool:
    """Whether all pages whose seal is broken hold nothing: a power cut leaves such.

    SQLite writes over free pages without a word in the journal, so one that is half written stays
    so. The check of the structure reads every page that holds something, each by its seal.
    """
    with raw(path) as connection:
        free = _pragma(connection, "freelist_count")
        return broken <= free and _structure(path, connection) == ["ok"]


def mend_free_pages(path: Path) -> None:
    """Fill the free pages, of which some were half written when the power went, and free them."""
    with told_in_words(path):
        with raw(path) as connection:
            if connection.execute("PRAGMA cipher_integrity_check").fetchone() is None:
                return
        with raw(path, write=True) as connection:
            room = _pragma(connection, "freelist_count") * _pragma(connection, "page_size")
            # Taken into use they are written without being read; a VACUUM would read them.
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("CREATE TABLE filling (zeros BLOB)")
            connection.execute("INSERT INTO filling VALUES (zeroblob(?))", (room,))
            connection.execute("DROP TABLE filling")
            connection.execute("COMMIT")


def _structure(
    path: Path, connection: dbapi2.Connection, check: str = "integrity_check"
) -> list[str]:
    """What is wrong with the structure; the index of the search is left out, which can be made
    anew and is not asked while it is wrong. Raises ``DiskError`` where a page was not to be read:
    the check tells of that as it does of damage."""
    try:
        lines = [str(line) for (line,) in connection.execute(f"PRAGMA {check}")]
    except dbapi2.OperationalError as error:
        if _unread(getattr(error, "sqlite_errorcode", 0)):
            raise
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        lines = [
            str(line)
            for (name,) in tables.fetchall()
            if not _OF_INDEX.fullmatch(name)
            for (line,) in connection.execute(f"PRAGMA {check}('{name}')")
        ]
    if any(_unread(int(code)) for line in lines for code in _CODE.findall(line)):
        raise unreadable_now(path)
    return [line for line in lines if line != "ok" and not _OF_INDEX.search(line)] or ["ok"]


def _unread(code: int) -> bool:
    return code & 0xFF == IOERR


def _pragma(connection: dbapi2.Connection, name: str) -> int:
    return int(connection.execute(f"PRAGMA {name}").fetchone()[0])


def broken_pages(path: Path) -> int | None:
    """How many pages are not what was written; None where the file does not open at all."""
    try:
        with raw(path) as connection:
            _pragma(connection, "user_version")
            return len(connection.execute("PRAGMA cipher_integrity_check").fetchall())
    except (dbapi2.Error, OSError):
        return None


def verify(path: Path, *, files: bool = True) -> tuple[str, ...]:
    """Everything wrong with a library or a copy, in Chinese; empty when it is whole.

    Covers the seal of every page, references, checksums and history of every record, links and
    attachments; without ``files`` not the last: a copy without one of them still has the records.
    Raises ``BlockedError`` when there is no such file.
    """
    with system_told_in_words(path, "打开"):
        there = path.exists()
    if not there:
        require_file(path)
    try:
        return looked_twice(partial(_verified, path, ended_unclean(path), files))
    except BlockedError as error:
        return (error.message,)


def findings(path: Path) -> tuple[str, ...]:
    """What ``verify`` finds in the records and the chain of a file that is whole in itself and so
    opens with all the rest; raises ``BlockedError`` for one that is not."""
    require_file(path)
    return looked_twice(partial(_found, path, ended_unclean(path)))


def _found(path: Path, thorough: bool) -> tuple[str, ...]:
    version = _examine_once(path, thorough)
    with told_in_words(path), raw(path) as connection:
        if _structure(path, connection) != ["ok"]:
            raise damaged(path)
        return tuple(each for each in _of_content(connection, path, version) if each != REMEDY)


def _verified(path: Path, thorough: bool, files: bool) -> tuple[str, ...]:
    version = _examine_once(path, thorough)
    with told_in_words(path), raw(path) as connection:
        lost = attachment_problems(connection, path) if files else ()
        return (*_problems(connection, path, version), *lost)


def _problems(connection: dbapi2.Connection, path: Path, version: int) -> Iterator[str]:
    for line in _structure(path, connection):
        if line != "ok":
            yield f"资料库内部结构不一致（{line}）。"
    yield from _of_content(connection, path, version)


def _of_content(connection: dbapi2.Connection, path: Path, version: int) -> Iterator[str]:
    """What is wrong in records, in what was sent and in the chain."""
    if version == SCHEMA:
        with engine_for(path, write=False).begin() as reading:
            stores = Work(reading).stores()
            changed, looked_at = chain_findings(reading)
            for problem in record_problems(reading, [store.keeping for store in stores]):
                if not any(each.names(problem) for each in looked_at):
                    yield problem
            yield from sent_problems(reading)
            yield from in_words(changed)
    else:
        yield from _unreadable_revisions(connection)


def _unreadable_revisions(connection: dbapi2.Connection) -> Iterator[str]:
    """What can be checked of a library of an earlier version: whether every state that it keeps
    in a whole text, as 0.1.0 did, is JSON."""
    query = "SELECT subject, uid, number, content FROM revision WHERE content != ''"
    for subject, uid, number, content in connection.execute(query):
        try:
            json.loads(content)
        except ValueError:
            yield f"{_CALLED.get(subject, '')}记录{uid}的第{number}次保存无法读取。"
