"""Files that a user brings are read here and nowhere else: regular ones, up to a limit."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path

from dangjian_desktop.errors import BlockedError, InputError

MEBIBYTE = 1024 * 1024
_CHUNK = 1 << 18
# Opening a pipe or a terminal must neither wait for a writer nor make it ours.
_QUIETLY = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)


def read_input(path: Path, limit: int) -> bytes:
    """The content of a regular file of at most ``limit`` bytes.

    Raises ``InputError`` for what is missing, a folder, a device or a pipe, or larger;
    ``BlockedError`` where it may not be read. Never waits, and reads no more than the limit.
    """
    data = bytearray()
    with open_input(path, limit) as file:
        try:
            while chunk := file.read(_CHUNK):
                data += chunk
                if len(data) > limit:
                    raise _too_large(path, limit)
        except OSError as error:
            raise _closed(path) from error
    return bytes(data)


@contextmanager
def open_input(path: Path, limit: int | None = None) -> Iterator[BufferedReader]:
    """The same, opened, for what need not be in memory as a whole; perhaps of any size."""
    try:
        _require_regular(path, path.stat(), limit)
        descriptor = os.open(path, os.O_RDONLY | _QUIETLY)
    except (OSError, ValueError) as error:
        raise refused(path, error) from error
    with os.fdopen(descriptor, "rb") as file:
        _require_regular(path, os.fstat(descriptor), limit)
        yield file


def refused(path: Path, error: OSError | ValueError) -> InputError | BlockedError:
    """What to say where the system does not open a path."""
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return InputError(f"没有找到文件“{path}”。", "请检查文件名和所在的文件夹。")
    if isinstance(error, ValueError) or error.errno in (errno.ENAMETOOLONG, errno.ELOOP):
        return InputError(f"“{path}”不能作为文件名。", "请检查文件名和所在的文件夹。")
    return _closed(path)


def _require_regular(path: Path, found: os.stat_result, limit: int | None) -> None:
    if stat.S_ISDIR(found.st_mode):
        raise InputError(f"“{path}”是文件夹，不是文件。", "请选择其中的文件。")
    if not stat.S_ISREG(found.st_mode):
        raise InputError(f"“{path}”是设备或管道，不是普通文件，没有读取。", "请选择一个普通文件。")
    if limit is not None and found.st_size > limit:
        raise _too_large(path, limit)


def _too_large(path: Path, limit: int) -> InputError:
    size = f"{limit // MEBIBYTE}兆" if limit >= MEBIBYTE else f"{limit // 1024}KB"
    return InputError(
        f"文件“{path.name}”超过{size}，没有读取。", "请确认选对了文件；文件确实太大的，请分成几份。"
    )


def _closed(path: Path) -> BlockedError:
    return BlockedError(
        f"文件“{path.name}”打不开，可能没有读取权限，或正被别的程序占用。",
        "请关闭正在使用它的程序，或把它复制到自己的文件夹后再试。",
    )
