"""Is this file a library of ours, and is its content what was written?"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path

from sqlcipher3 import dbapi2

from dangjian_desktop.errors import BlockedError
from dangjian_desktop.storage.copies.attachments import attachment_problems
from dangjian_desktop.storage.copies.proving import record_problems
from dangjian_desktop.storage.file.connecting import APPLICATION_ID, engine_for, raw
from dangjian_desktop.storage.file.failures import (
    DamagedError,
    DiskError,
    NotALibraryError,
    damaged,
    not_a_library,
    system_told_in_words,
    told_in_words,
)
from dangjian_desktop.storage.sent import sent_problems
from dangjian_desktop.storage.tables import SCHEMA
from dangjian_desktop.storage.work import Work

PAUSE = 1.0
"""Seconds before a failed check is repeated: a passing read error looks like damage."""

_CALLED = {"member": "党员", "meeting": "会议", "project": "项目"}


def require_file(path: Path) -> None:
    """Raise ``BlockedError`` unless there is a file with content; nothing is ever created."""
    with system_told_in_words(path, "打开"):
        if not path.exists():
            raise BlockedError(
                f"找不到资料库“{path}”。",
                "请检查文件是否被移动或改名，U盘是否插好；程序不会在原处新建空的资料库。",
            )
        if not path.is_file() or path.stat().st_size == 0:
            raise not_a_library(path)


def examine(path: Path, *, thorough: bool = False) -> int:
    """The schema version of a whole library; called before anything is read or written.

    ``thorough`` looks at the structure of every table too, after an end without closing.
    Raises ``NotALibraryError``, ``DamagedError``, or ``BlockedError`` for a newer version and for
    what the system forbids. What looks like damage is checked once more on a fresh connection.
    """
    try:
        return _examine_once(path, thorough)
    except (NotALibraryError, DamagedError, DiskError):
        time.sleep(PAUSE)
        return _examine_once(path, thorough)


def _examine_once(path: Path, thorough: bool) -> int:
    require_file(path)
    with told_in_words(path), raw(path) as connection:
        if _pragma(connection, "application_id") != APPLICATION_ID:
            raise not_a_library(path)
        version = int(_pragma(connection, "user_version"))
        if version > SCHEMA:
            raise BlockedError(
                f"资料库“{path}”由更新版本的程序建立（资料库版本{version}，"
                f"本程序只认识到版本{SCHEMA}）。",
                "请安装新版本的程序后再打开。文件没有被改动。",
            )
        if connection.execute("PRAGMA cipher_integrity_check").fetchone() is not None:
            raise damaged(path)
        if connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
            raise damaged(path)
        if thorough and connection.execute("PRAGMA quick_check").fetchone()[0] != "ok":
            raise damaged(path)
    return version


def _pragma(connection: dbapi2.Connection, name: str) -> int:
    return int(connection.execute(f"PRAGMA {name}").fetchone()[0])


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
        version = examine(path)
        with told_in_words(path), raw(path) as connection:
            lost = attachment_problems(connection, path) if files else ()
            return (*_problems(connection, path, version), *lost)
    except BlockedError as error:
        return (error.message,)


def _problems(connection: dbapi2.Connection, path: Path, version: int) -> Iterator[str]:
    for (line,) in connection.execute("PRAGMA integrity_check"):
        if line != "ok":
            yield f"资料库内部结构不一致（{line}）。"
    if version == SCHEMA:
        with engine_for(path, write=False).begin() as reading:
            stores = Work(reading).stores()
            yield from record_problems(reading, [store.keeping for store in stores])
            yield from sent_problems(reading)
    else:
        yield from _unreadable_revisions(connection)


def _unreadable_revisions(connection: dbapi2.Connection) -> Iterator[str]:
    """What could be checked of a library of version 0.1.0: whether every saved state is JSON."""
    columns = "subject, uid, number, content"
    for subject, uid, number, content in connection.execute(f"SELECT {columns} FROM revision"):
        try:
            json.loads(content)
        except ValueError:
            yield f"{_CALLED.get(subject, '')}记录{uid}的第{number}次保存无法读取。"
