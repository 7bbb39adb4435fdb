"""Files that are handed out: whole or not at all, never in place of an older one."""

from __future__ import annotations

import os
from pathlib import Path
from uuid import uuid4

from pathvalidate import sanitize_filename

from dangjian_desktop.domain.texts import clean
from dangjian_desktop.errors import BlockedError

_LONGEST = 60


def file_name(title: str) -> str:
    """A name that every system takes: never empty, no leading dot, at most 60 characters."""
    text = clean(title, multiline=False)[0]
    safe = sanitize_filename(text, replacement_text="_", platform="universal")
    safe = safe.strip(" .").lstrip("._")[:_LONGEST].strip(" .")
    return safe or "未命名"


def write_file(folder: Path, name: str, suffix: str, data: bytes, *, force: bool = False) -> Path:
    """Write into the folder, which is made when missing, and return the path.

    A file of this name stays, and a number is added, unless ``force``. Raises ``BlockedError``
    when the folder cannot be written to.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        aside = folder / f".{uuid4().hex}.part"
        _write_synced(aside, data)
        try:
            return _put(aside, folder, file_name(name), suffix, force=force)
        finally:
            aside.unlink(missing_ok=True)
    except OSError as error:
        raise BlockedError(
            f"无法在“{folder}”中写入文件：{_why(error)}。",
            "请换一个文件夹，或检查该文件夹的权限和剩余空间后重试。",
        ) from error


def _write_synced(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _put(aside: Path, folder: Path, name: str, suffix: str, *, force: bool) -> Path:
    if force:
        target = folder / f"{name}{suffix}"
        aside.replace(target)
        return target
    number = 1
    while True:
        behind = "" if number == 1 else f"（{number}）"
        target = folder / f"{name}{behind}{suffix}"
        if _claim(aside, target):
            return target
        number += 1


def _claim(aside: Path, target: Path) -> bool:
    """Give the finished file its name unless another file has it; one step where links exist."""
    try:
        os.link(aside, target)
    except FileExistsError:
        return False
    except OSError:
        if target.exists():
            return False
        aside.replace(target)
    return True


def _why(error: OSError) -> str:
    if isinstance(error, PermissionError):
        return "没有写入权限"
    if isinstance(error, NotADirectoryError | FileExistsError):
        return "该位置不是文件夹"
    return "磁盘空间不足" if error.errno == 28 else "磁盘或文件夹不可用"
