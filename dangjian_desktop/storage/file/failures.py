"""What SQLite, SQLCipher and the system report, as Chinese sentences with a remedy."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2

from dangjian_desktop.errors import BlockedError
from dangjian_desktop.storage.file.reserve import SIZE, missing_megabytes

BUSY, LOCKED, READONLY, IOERR, CORRUPT, FULL, CANTOPEN, NOTADB = 5, 6, 8, 10, 11, 13, 14, 26


class DamagedError(BlockedError):
    """The file is a library, but its content is not what was written."""


class NotALibraryError(BlockedError):
    """The file is something else, or so damaged that nothing tells it is a library."""


class DiskError(BlockedError):
    """The disk failed to read or write; a moment later it may succeed."""


class CannotWriteError(BlockedError):
    """It can be read, but not written now: no right, no room, or another computer holds it."""


class FullError(CannotWriteError):
    """There is no room on the disk."""


class NewerError(CannotWriteError):
    """A newer version of the program made the library; it may be read where its tables allow."""


class StaleError(BlockedError):
    """One record, or one of its states, is not what was stored; the rest may be whole."""


_SENTENCES: dict[int, tuple[str, str]] = {
    BUSY: (
        "资料库“{place}”正被另一个程序写入，等待后仍未放开。",
        "请稍候再试；若仍不行，请关闭其他正在使用这个资料库的程序。",
    ),
    LOCKED: (
        "资料库“{place}”正被另一个操作占用。",
        "请等那个操作结束后再试。",
    ),
    READONLY: (
        "资料库“{place}”是只读的，不能保存。",
        "请检查文件和所在文件夹的写入权限，或把资料库复制到可以写入的文件夹再打开。",
    ),
    IOERR: (
        "读写资料库“{place}”时磁盘出错。",
        "已保存的内容没有改动。请检查磁盘或U盘是否接好，然后再试；若反复出现，请尽快备份到另一个磁盘。",
    ),
    FULL: (
        "磁盘已满，无法保存到资料库“{place}”，还差约{missing}MB。",
        "已保存的内容没有改动。请删除一些不用的文件，腾出空间后再保存一次。",
    ),
    CANTOPEN: (
        "无法打开资料库“{place}”。",
        "请检查文件是否还在原处，所在文件夹是否允许访问。",
    ),
}


_KINDS: dict[int, type[BlockedError]] = {
    IOERR: DiskError,
    READONLY: CannotWriteError,
    FULL: FullError,
}


def not_a_library(path: Path) -> NotALibraryError:
    """What to say of a file that is no library of this program; the file stays as it is."""
    return NotALibraryError(
        f"“{path}”不是本程序的支部资料库。",
        "请选择以 .dangjian 结尾的支部资料库文件。这个文件没有被改动。",
    )


def unreadable_now(path: Path) -> DiskError:
    """What to say of a library that could not be read for a moment and is whole."""
    message, remedy = _SENTENCES[IOERR]
    return DiskError(message.format(place=path), remedy)


def newer(path: Path, version: int, known: int) -> NewerError:
    """What to say of a library that a newer version of the program has made."""
    return NewerError(
        f"资料库“{path}”由更新版本的程序建立（资料库版本{version}，本程序只认识到版本{known}）。",
        "可以按只读方式打开查看；要修改，请安装新版本的程序。文件没有被改动。",
    )


def unreadable_newer(path: Path) -> BlockedError:
    """What to say of one whose tables this version cannot read."""
    return BlockedError(
        f"资料库“{path}”由更新版本的程序建立，本程序读不懂其中的内容。",
        "请安装新版本的程序后再打开。文件没有被改动。",
    )


def damaged(path: Path) -> DamagedError:
    """What to say of a library whose checks fail."""
    return DamagedError(
        f"资料库“{path}”已损坏，内容校验没有通过，为防止损失扩大，不再写入。",
        "请用备份恢复。",
    )


def stale(called: str, uid: str) -> StaleError:
    """What to say of a record whose rows are not what was stored."""
    return StaleError(
        f"{called}记录{uid}与保存时的内容不一致，不能读取。",
        "请先核对资料库；要找回这条记录，请打开或恢复较早的备份。",
    )


def translated(error: Exception, path: Path) -> BlockedError | None:
    """The sentence for an error of the database; nothing when the error is a bug of ours."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    if not isinstance(cause, dbapi2.Error):
        return None
    if "UTF-8" in str(cause):
        return damaged(path)
    code = getattr(cause, "sqlite_errorcode", 0) & 0xFF
    if code == CORRUPT:
        return damaged(path)
    if code == NOTADB:
        return not_a_library(path)
    if code not in _SENTENCES:
        return None
    message, remedy = _SENTENCES[code]
    missing = missing_megabytes(path.parent) if code == FULL else 0
    return _KINDS.get(code, BlockedError)(message.format(place=path, missing=missing), remedy)


@contextmanager
def told_in_words(path: Path) -> Iterator[None]:
    """Raise what the database reports as a ``BlockedError``; every other error passes."""
    try:
        yield
    except (DBAPIError, dbapi2.Error) as error:
        words = translated(error, path)
        if words is None:
            raise
        raise words from error


def system_refused(error: OSError, place: Path, doing: str, needed: int = SIZE) -> BlockedError:
    """The sentence for an error of the file system; ``doing`` is what was tried (写入, 复制 …),
    ``needed`` how many bytes it takes."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        missing = missing_megabytes(place, needed)
        message = f"磁盘已满，无法{doing}“{place}”，还差约{missing}MB。"
        return FullError(message, "请删除一些不用的文件，腾出空间后再试。")
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return CannotWriteError(
            f"没有权限{doing}“{place}”。", "请换一个可以写入的文件夹，或请管理员开放权限。"
        )
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        return BlockedError(
            f"找不到“{place}”，无法{doing}。", "请检查文件夹是否还在，磁盘是否接好。"
        )
    return BlockedError(f"{doing}“{place}”时系统出错。", "请检查磁盘或U盘是否接好，然后再试。")


@contextmanager
def system_told_in_words(place: Path, doing: str, needed: int = SIZE) -> Iterator[None]:
    """Raise an ``OSError`` as a ``BlockedError`` that names the place."""
    try:
        yield
    except OSError as error:
        raise system_refused(error, place, doing, needed) from error
