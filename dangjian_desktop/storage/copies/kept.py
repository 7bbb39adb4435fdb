"""The copies that lie in the copies folder of a library: their names, the newest, the rotation."""

from __future__ import annotations

import json
import re
import shutil
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlcipher3 import dbapi2

from dangjian_desktop.storage.copies.attachments import folder_of, lost_files
from dangjian_desktop.storage.copies.checks import verify
from dangjian_desktop.storage.file.connecting import raw
from dangjian_desktop.storage.file.failures import DamagedError
from dangjian_desktop.storage.records.settings import COPIES_FOLDER
from dangjian_desktop.storage.state import changes_of

KEEP = 10
SUFFIX = ".dangjian"


@dataclass(frozen=True, slots=True)
class KeptCopy:
    """One copy in the folder: when it was made (local time) and why (关闭时, 导入前 …)."""

    file: Path
    at: datetime
    reason: str

    def chinese(self) -> str:
        """For a sentence: the file and its date."""
        at = self.at
        return f"“{self.file}”（{at.year}年{at.month}月{at.day}日{at:%H:%M}，{self.reason}）"


def copies_folder(library: Path) -> Path:
    """Where copies are kept: the place in the settings, else beside the library."""
    with suppress(dbapi2.Error, OSError, ValueError), raw(library) as connection:
        query = "SELECT value FROM setting WHERE key = ?"
        found = connection.execute(query, (COPIES_FOLDER,)).fetchone()
        if found is not None:
            return Path(json.loads(found[0]))
    return library.with_suffix(".copies")


def copy_name(library: Path, at: datetime, reason: str) -> str:
    """The file name of a copy, so that names sort by date."""
    return f"{library.stem}_{at:%Y%m%d-%H%M%S}_{reason}{SUFFIX}"


def kept_copies(library: Path) -> tuple[KeptCopy, ...]:
    """The copies of this library in its copies folder, newest first; not checked.

    The one with the most changes is the newest, whatever the clock said when it was made.
    """
    pattern = re.compile(
        re.escape(library.stem) + r"_(\d{8}-\d{6})_(.+?)(?:-\d+)?" + re.escape(SUFFIX)
    )
    folder = copies_folder(library)
    found: list[tuple[int, datetime, int, KeptCopy]] = []
    for file in folder.iterdir() if folder.is_dir() else ():
        named = pattern.fullmatch(file.name)
        if named is None or not file.is_file():
            continue
        with suppress(ValueError):  # digits that are no date
            at = datetime.strptime(named[1], "%Y%m%d-%H%M%S").astimezone()
            told = changes_of(file), at, file.stat().st_mtime_ns
            found.append((*told, KeptCopy(file, at, named[2])))
    return tuple(kept for *_, kept in sorted(found, key=lambda f: f[:3], reverse=True))


def newest_copy(library: Path) -> KeptCopy | None:
    """The newest copy that is whole, checked now."""
    return next((kept for kept in kept_copies(library) if not verify(kept.file, files=False)), None)


def with_newest_copy(error: DamagedError, library: Path) -> DamagedError:
    """The same message with the newest whole copy in its remedy."""
    newest = newest_copy(library)
    if newest is None:
        return DamagedError(error.message, "没有找到完好的备份，请找其他地方保存的备份文件来恢复。")
    return DamagedError(error.message, f"请用“恢复”读入最近一份完好的备份：{newest.chinese()}。")


def rotate(library: Path, made: Path) -> None:
    """Keep the ten newest copies, in any case the one just made and verified, and each that still
    has an attachment which the library has lost."""
    lost = lost_files(library)
    for kept in kept_copies(library)[KEEP:]:
        if kept.file == made or any((folder_of(kept.file) / name).is_file() for name in lost):
            continue
        # A copy on a drive that forbids deleting may stay; the new one is safe already.
        with suppress(OSError):
            kept.file.unlink()
            shutil.rmtree(folder_of(kept.file), ignore_errors=True)
