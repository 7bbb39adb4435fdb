"""Writing papers into a folder that the user names, and saying where they are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from dangjian_desktop.errors import BlockedError, Cancelled, InputError, UserError
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.ui.desk.jobs import Progress
from dangjian_desktop.ui.desk.messages import all_at_once
from dangjian_desktop.ui.desk.shell import Shell

Write = Callable[[str, Path], list[Path]]
"""Writes the papers of one record into a folder, in the papers thread."""
SHOWN_NAMES = 3


@dataclass(frozen=True, slots=True)
class Written:
    """What became of papers that were asked for: the whole ``files`` of ``done`` of ``wanted``
    records; ``refused`` says why others were not written."""

    files: Sequence[Path]
    done: int
    wanted: int
    stopped: bool = False
    refused: Sequence[UserError] = ()


def export_each(
    shell: Shell, parent: QWidget, ids: Sequence[str], write: Write, *, title: str
) -> None:
    """Ask for a folder, then write the papers of these records; can be stopped between two."""

    def into(folder: Path) -> None:
        def work(progress: Progress) -> Written:
            return write_each(ids, lambda uid: write(uid, folder), progress, title)

        shell.jobs.papers(work, partial(say_ended, shell), title=title)

    shell.choosers.folder(parent, "导出到哪个文件夹", into, purpose="export")


def write_each(
    ids: Sequence[str], write: Callable[[str], list[Path]], progress: Progress, title: str
) -> Written:
    """Write for one record after another until all are written or it is asked to stop; what one
    record lacks does not hold the others up."""
    files: list[Path] = []
    refused: list[UserError] = []
    for number, uid in enumerate(ids):
        try:
            progress(number, len(ids), title)
            files += write(uid)
        except Cancelled:
            done = number - len(refused)
            return Written(files, done, len(ids), stopped=True, refused=refused)
        except InputError as error:
            refused.append(error)
        except BlockedError as error:
            # The next one would meet the same disk.
            return Written(files, number - len(refused), len(ids), refused=(*refused, error))
    return Written(files, len(ids) - len(refused), len(ids), refused=refused)


def say_ended(shell: Shell, ended: Written) -> None:
    """Say what was written, also where it was stopped, and what was refused."""
    words = ""
    if ended.stopped:
        whole = "，写出的都完整" if ended.files else ""
        words = f"已取消：{ended.wanted} 份中导出了 {ended.done} 份{whole}"
    elif ended.refused and ended.files:
        words = f"{ended.wanted} 份中导出了 {ended.done} 份"
    if ended.files:
        say_written(shell, ended.files, words)
    elif words:
        shell.toast(words)
    if ended.refused:
        shell.messages.report(all_at_once(ended.refused, "没有导出"))


def say_written(shell: Shell, files: Sequence[Path], words: str = "") -> None:
    """Say what was written, with a way to it and into its folder."""
    few = len(files) <= SHOWN_NAMES
    names = "、".join(file.name for file in files) if few else f"{len(files)} 个文件"
    more = ("打开文件", partial(open_path, files[0])) if len(files) == 1 else None
    show = partial(open_path, files[0].parent)
    shell.toast(words or f"已导出：{names}", show, label="打开文件夹", more=more)


def save_sheet(
    shell: Shell, page: QWidget, title: str, name: str, write: Callable[[Path], Path]
) -> None:
    """Ask where, write a workbook there in the library's thread and say so."""

    def go(file: Path) -> None:
        shell.jobs.library(partial(write, file), lambda f: say_written(shell, [f]), title=title)

    shell.choosers.save_file(page, title, name, "Excel 工作簿 (*.xlsx)", go, purpose="export")


def open_path(path: Path) -> None:
    """Show a file or folder with the program that the system has for it."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
