"""The copies that lie in the copies folder of a library: their names, the newest, the rotation."""

from __future__ import annotations

import json
import re
import shutil
import time
from collections.abc import Collection
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from sqlcipher3 import dbapi2

from dangjian_desktop.frozen import dataclass
from dangjian_desktop.storage.copies.attachments import folder_of, lost_files
from dangjian_desktop.storage.copies.checks import verify
from dangjian_desktop.storage.copies.notes import note, noted_folder, restored_lately
from dangjian_desktop.storage.copies.retention import Generation, unneeded
from dangjian_desktop.storage.file.companions import drop_companions
from dangjian_desktop.storage.file.connecting import raw
from dangjian_desktop.storage.file.failures import DamagedError
from dangjian_desktop.storage.file.keys import LockedError, refusal
from dangjian_desktop.storage.file.moments import now
from dangjian_desktop.storage.records.settings import COPIES_FOLDER
from dangjian_desktop.storage.state import changes_of, identity_of

SUFFIX = ".dangjian"
_DAY = 86_400
FOLDER = "folder"
"""The note of where the copies are kept."""
AS_IT_IS = "原样"
"""What the reason of a copy ends with that was damaged when it was made."""


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
    with suppress(dbapi2.Error, OSError, ValueError, LockedError), raw(library) as connection:
        query = "SELECT value FROM setting WHERE key = ?"
        found = connection.execute(query, (COPIES_FOLDER,)).fetchone()
        return _beside(library) if found is None else Path(json.loads(found[0]))
    # A damaged library tells no setting.
    return noted_folder(library, FOLDER) or _beside(library)


def _beside(library: Path) -> Path:
    return library.with_suffix(".copies")


def note_folder(library: Path) -> None:
    """Note where the copies are kept, for the day on which the library cannot be read."""
    folder = copies_folder(library)
    wanted = None if folder == _beside(library) else folder
    if noted_folder(library, FOLDER) != wanted:
        note(library, **{FOLDER: wanted and str(wanted)})


def copy_name(library: Path, at: datetime, reason: str) -> str:
    """The file name of a copy, so that names sort by date."""
    return f"{library.stem}_{at:%Y%m%d-%H%M%S}_{reason}{SUFFIX}"


def kept_copies(library: Path) -> tuple[KeptCopy, ...]:
    """The copies of this library in its copies folder, newest first; not checked."""
    return in_folder(library, copies_folder(library))


def in_folder(library: Path, folder: Path) -> tuple[KeptCopy, ...]:
    """The same of any folder.

    The one with the most changes is the newest, whatever the clock said when it was made.
    """
    pattern = _pattern(library, SUFFIX)
    found: list[tuple[int, datetime, int, KeptCopy]] = []
    for file in _files(folder):
        named = pattern.fullmatch(file.name)
        if named is None or not file.is_file():
            continue
        with suppress(ValueError):  # digits that are no date
            at = datetime.strptime(named[1], "%Y%m%d-%H%M%S").astimezone()
            told = changes_of(file), at, file.stat().st_mtime_ns
            found.append((*told, KeptCopy(file, at, named[2])))
    return tuple(kept for *_, kept in sorted(found, key=lambda f: f[:3], reverse=True))


def _pattern(library: Path, suffix: str) -> re.Pattern[str]:
    return re.compile(
        re.escape(library.stem) + r"_(\d{8}-\d{6})_(.+?)(?:-\d+)?" + re.escape(suffix)
    )


def _drop_orphans(library: Path, folder: Path) -> None:
    """Take away the attachments of copies that a kill did not let be made, a day later."""
    pattern = _pattern(library, folder_of(library).suffix)
    for left in _files(folder):
        if pattern.fullmatch(left.name) and not left.with_suffix(SUFFIX).exists():
            with suppress(OSError):
                if time.time() - left.stat().st_mtime > _DAY:
                    shutil.rmtree(left, ignore_errors=True)


def _files(folder: Path) -> list[Path]:
    # A drive that was pulled out has none.
    with suppress(OSError):
        return [*folder.iterdir()] if folder.is_dir() else []
    return []


def newest_copy(library: Path) -> KeptCopy | None:
    """The newest copy that is whole, checked now."""
    return next((kept for kept in kept_copies(library) if not verify(kept.file, files=False)), None)


def with_newest_copy(error: DamagedError, library: Path) -> DamagedError:
    """The same message with the newest whole copy in its remedy."""
    newest = newest_copy(library)
    closed = [(kept, why) for kept in kept_copies(library) if (why := refusal(kept.file))]
    if newest is None and closed:
        kept, why = closed[0]
        given = "" if type(why) is LockedError else f"{why.message}{why.remedy}"
        words = f"备份有密码，还没有核对：最近一份是 {kept.chinese()}。{given}"
        return DamagedError(error.message, f"{words}请输入密码打开它，核对后用它恢复。")
    if newest is None:
        return DamagedError(error.message, "没有找到完好的备份，请找其他地方保存的备份文件来恢复。")
    return DamagedError(error.message, f"请用“恢复”读入最近一份完好的备份：{newest.chinese()}。")


def rotate(library: Path, made: Path) -> None:
    """Take away the copies that no rule of ``retention`` keeps, never the one just made and
    verified, nor one that still has an attachment which the library has lost; nothing at all while
    a copy is put back, and for a day after."""
    thin_out(library, copies_folder(library), made)


def thin_out(library: Path, folder: Path, made: Path, own: Collection[str] | None = None) -> None:
    """The same for any folder that copies lie in; of those with these names where some are told.

    Another library may have its copies there and be called the same: they are left alone.
    """
    at = now()
    if restored_lately(library, at):
        return
    _drop_orphans(library, folder)
    lost, identity = lost_files(library), identity_of(library)
    found = [
        Generation(kept, not kept.reason.endswith(AS_IT_IS))
        for kept in in_folder(library, folder)
        if (own is None or kept.file.name in own) and identity_of(kept.file) in (identity, None)
    ]
    for generation in unneeded(found, at):
        file = generation.copy.file
        if file == made or any((folder_of(file) / name).is_file() for name in lost):
            continue
        # A copy on a drive that forbids deleting may stay; the new one is safe already.
        with suppress(OSError):
            file.unlink()
            drop_companions(file)
            shutil.rmtree(folder_of(file), ignore_errors=True)
