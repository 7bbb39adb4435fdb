"""Everything out: the whole library as a folder that can be read without this program.

The JSON in its ``DATA`` is what ``bringing_in`` reads back; all else is for people and for other
programs. Only a copy of the library is read, so nobody waits while papers are made.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

from dangjian_desktop.domain.texts import json_text
from dangjian_desktop.errors import InputError
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.services.files import file_name
from dangjian_desktop.services.library.everything_data import DataFiles
from dangjian_desktop.services.library.everything_guide import GUIDE, MANIFEST, guide
from dangjian_desktop.services.library.everything_papers import FilesForPeople
from dangjian_desktop.services.of_library import OfLibrary
from dangjian_desktop.storage.copies.attachments import files_in, lost_files, sha256_of
from dangjian_desktop.storage.copies.checks import verify
from dangjian_desktop.storage.copies.copies import backup
from dangjian_desktop.storage.file.failures import FullError, system_told_in_words
from dangjian_desktop.storage.file.placing import folder_aside, sweep, sync_folder
from dangjian_desktop.storage.library import Library
from dangjian_desktop.storage.plain_out import plain_library

FORMAT = 1
"""The number of the way in which the folder is laid out."""
IN_CLEAR = "导出的文件夹没有密码，“数据”里有只在密码保护下保存的内容，请不要放在别人能打开的地方。"
"""What is said of the folder of a library with a password."""
_COPY = ".copy"

Progress = Callable[[int, int, str], None]
"""How many are done, of how many (0: unknown), and what is being done; raises to stop."""


@dataclass(frozen=True, slots=True)
class Exported:
    """The folder that was made, its files, how many records by kind, and what is wrong in the
    library itself (in sentences), which was taken over as it is."""

    folder: Path
    files: tuple[Path, ...]
    records: Mapping[str, int]
    problems: tuple[str, ...]


def quiet(_done: int, _total: int, _words: str) -> None:
    """Progress that nobody looks at."""


class EverythingService(OfLibrary):
    """The way out of one open library; ``clock`` tells the present time."""

    def export(self, into: Path, progress: Progress = quiet) -> Exported:
        """Everything in a new folder inside this one, named by the branch and the day; see
        ``export_all``."""
        with self._library.reading() as work:
            today = self._clock().date()
            branch = work.branch.on(today)
        name = file_name(f"{branch.short_name or branch.name}_全部导出_{today:%Y%m%d}")
        return export_all(self._library.path, into / name, progress=progress, clock=self._clock)


def problems_in(library: Path) -> tuple[str, ...]:
    """What is wrong with a library, in sentences that name no place."""
    lost = (f"附件“{name}”不见了或已改变。" for name in lost_files(library))
    return (*verify(library, files=False), *lost)


def export_all(
    library: Path,
    folder: Path,
    *,
    as_of: date | None = None,
    progress: Progress = quiet,
    clock: Callable[[], datetime] = datetime.now,
) -> Exported:
    """Write the whole library into the folder, which appears whole or not at all.

    Needs no lock. A folder in which something lies stays, and a number is added. Papers and tables
    are as of the day. Raises ``InputError`` for a place that is no folder, ``BlockedError`` when
    the library is damaged or nothing can be written there, and whatever ``progress`` raises.
    """
    wanted = folder.absolute()
    if not wanted.name:
        raise InputError("不能导出到磁盘的最上层。", "请写出一个文件夹。")
    with system_told_in_words(wanted.parent, "写入文件夹"), _full_there(wanted.parent):
        wanted.parent.mkdir(parents=True, exist_ok=True)
        sweep(wanted.parent)
        with folder_aside(wanted) as part:
            progress(0, 0, "正在复制资料库")
            copy = backup(library, part / _COPY / library.name).file
            problems = problems_in(copy)
            opened = Library.open(copy, write=False)
            try:
                records = _written(opened, part, clock, as_of, progress)
            finally:
                opened.close()
            shutil.rmtree(part / _COPY)
            _seal(part, opened.schema, records, problems)
            target = _put(part, wanted)
    return Exported(target, tuple(files_in(target).values()), records, problems)


@contextmanager
def _full_there(folder: Path) -> Iterator[None]:
    """A full disk is that of the folder: the copy of the library is made in it."""
    try:
        yield
    except FullError as error:
        raise OSError(errno.ENOSPC, "full", str(folder)) from error


def _written(
    library: Library,
    part: Path,
    clock: Callable[[], datetime],
    as_of: date | None,
    progress: Progress,
) -> dict[str, int]:
    with plain_library(library.path) as plain:
        data = DataFiles(plain, part)
        people = FilesForPeople(library, part, clock, as_of, data.file_names)
        steps = [*data.steps(), *people.steps()]
        for number, (words, step) in enumerate(steps):
            progress(number, len(steps), words)
            step()
    progress(len(steps), len(steps), "正在计算校验值")
    return data.records


def _seal(part: Path, schema: int, records: Mapping[str, int], problems: tuple[str, ...]) -> None:
    """What lies where, and the sums by which the files are known again."""
    (part / GUIDE).write_text(
        guide(sum(records.values()), problems), encoding="utf-8-sig", newline="\r\n"
    )
    files = [
        {"path": name, "size": file.stat().st_size, "sha256": sha256_of(file)}
        for name, file in files_in(part).items()
    ]
    told = {"format": FORMAT, "schema": schema, "records": records, "problems": problems}
    text = json_text({**told, "files": files}, indent=1)
    (part / MANIFEST).write_text(f"{text}\n", encoding="utf-8", newline="\n")


def _put(part: Path, wanted: Path) -> Path:
    """Rename to the wanted name, or to the first with a number that nothing has; an empty folder
    of the name is the one that was meant."""
    number, target = 1, wanted
    while os.path.lexists(target) and not _is_empty(target):
        number += 1
        target = wanted.with_name(f"{wanted.name}（{number}）")
    if target.exists():
        target.rmdir()
    part.rename(target)
    sync_folder(target.parent)
    return target


def _is_empty(folder: Path) -> bool:
    return folder.is_dir() and not folder.is_symlink() and not any(folder.iterdir())
