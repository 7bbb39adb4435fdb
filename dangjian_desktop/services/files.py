"""Files that are handed out: whole or not at all, never in place of an older one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pathvalidate import sanitize_filename

from dangjian_desktop.domain.texts import clean
from dangjian_desktop.errors import BlockedError
from dangjian_desktop.storage.file.placing import (
    put_as_new,
    put_in_place,
    sync_file,
    written_aside,
)
from dangjian_desktop.storage.library import Library

LONGEST = 60
"""Characters of a name."""


def file_name(title: str) -> str:
    """A name that every system takes: never empty, no leading dot, at most 60 characters."""
    text = clean(title, multiline=False)[0]
    safe = sanitize_filename(text, replacement_text="_", platform="universal")
    safe = safe.strip(" .").lstrip("._")[:LONGEST].strip(" .")
    return safe or "未命名"


def write_file(folder: Path, name: str, suffix: str, data: bytes, *, force: bool = False) -> Path:
    """Write into the folder, which is made when missing, and return the path.

    A file of this name stays, and a number is added, unless ``force``. Raises ``BlockedError``
    when the folder cannot be written to.
    """
    with told_of(folder), written_aside(folder / "new") as aside:
        aside.unlink()  # made anew with the rights that the user's new files have
        aside.write_bytes(data)
        sync_file(aside)
        return _put(aside, folder, file_name(name), suffix, force=force)


def make_ready(folder: Path) -> None:
    """Before long work for a folder: raises ``BlockedError`` when it cannot be written to."""
    with told_of(folder), written_aside(folder / "new") as aside:
        aside.unlink()


@contextmanager
def told_of(folder: Path) -> Iterator[None]:
    """A folder that is made when missing; what fails in it is told as ``BlockedError``."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        yield
    except OSError as error:
        raise BlockedError(
            f"无法在“{folder}”中写入文件：{_why(error)}。",
            "请换一个文件夹，或检查该文件夹的权限和剩余空间后重试。",
        ) from error


def hand_out(library: Library, file: Any, called: str, folder: Path) -> Path:
    """Write a copy of a kept file (``name``, ``sha256``) under its own name into a folder.

    ``called`` is what such a file is; raises ``BlockedError`` where the file is gone.
    """
    with library.reading() as work:
        stored = work.attachments.stored_name(file.sha256)
    data = library.kept_file(stored) if stored else None
    if data is None:
        raise BlockedError(f"{called}“{file.name}”的文件不见了。", "请用备份恢复附件文件夹。")
    name = Path(file.name)
    return write_file(folder, name.stem, name.suffix, data)


def _put(aside: Path, folder: Path, name: str, suffix: str, *, force: bool) -> Path:
    if force:
        target = folder / f"{name}{suffix}"
        if target.exists() and not target.is_file():
            raise NotADirectoryError(target)
        put_in_place(aside, target)
        return target
    number = 1
    while True:
        behind = "" if number == 1 else f"（{number}）"
        target = folder / f"{name}{behind}{suffix}"
        try:
            put_as_new(aside, target)
        except FileExistsError:
            number += 1
        else:
            return target


def _why(error: OSError) -> str:
    if isinstance(error, PermissionError):
        return "没有写入权限"
    if isinstance(error, NotADirectoryError | FileExistsError):
        return "该位置不是文件夹"
    return "磁盘空间不足" if error.errno == 28 else "磁盘或文件夹不可用"
