"""Files that the user adds to records: kept beside the library, named by their content."""

from __future__ import annotations

import hashlib
import hmac
import os
import shutil
from pathlib import Path

from dangjian_desktop.errors import BlockedError, InputError
from dangjian_desktop.storage.copies.attachments import folder_of, sha256_of
from dangjian_desktop.storage.file.failures import system_told_in_words
from dangjian_desktop.storage.file.keys import library_key
from dangjian_desktop.storage.file.placing import put_as_new, written_aside
from dangjian_desktop.storage.records.attachments import Attached

LARGEST = 50 * 1024 * 1024
"""Bytes that one file may have."""


def keep_file(library: Path, source: Path) -> Attached:
    """Copy the file into the folder of attachments; the same content is kept only once.

    The name there tells nothing of the content. Raises ``InputError`` for a file that is empty,
    too large or none at all, ``BlockedError`` when it cannot be read or written.
    """
    _require_usable(source)
    folder = folder_of(library)
    with system_told_in_words(folder, "写入附件文件夹"):
        folder.mkdir(parents=True, exist_ok=True)
        with written_aside(folder / "new") as part:
            _copy(source, part)
            digest = sha256_of(part)
            attached = Attached(_name(library, digest, source), digest, part.stat().st_size)
            target = folder / attached.stored
            if not target.exists():
                put_as_new(part, target)
    if sha256_of(target) != digest:
        raise BlockedError(
            f"附件“{attached.stored}”的内容与登记的不一致。", "请用备份恢复附件文件夹后再添加。"
        )
    return attached


def _name(library: Path, digest: str, source: Path) -> str:
    key = bytes.fromhex(library_key(library))
    name = hmac.new(key, digest.encode(), hashlib.sha256).hexdigest()[:32]
    return name + source.suffix.lower()[:10]


def _require_usable(source: Path) -> None:
    if not source.is_file():
        raise InputError(f"没有找到文件“{source.name}”。", "请核对文件的位置后重新选择。")
    size = source.stat().st_size
    if size == 0:
        raise InputError(f"文件“{source.name}”是空的，没有添加。", "请选择有内容的文件。")
    if size > LARGEST:
        raise InputError(
            f"文件“{source.name}”超过{LARGEST // 1024 // 1024}MB，没有添加。",
            "请压缩照片或截取视频后再添加，原件另行保存。",
        )


def _copy(source: Path, part: Path) -> None:
    try:
        with source.open("rb") as read, part.open("wb") as write:
            shutil.copyfileobj(read, write)
            write.flush()
            os.fsync(write.fileno())
    except PermissionError:
        raise BlockedError(
            f"无法读取文件“{source.name}”。", "请关闭正在使用它的程序，或检查权限后重试。"
        ) from None
