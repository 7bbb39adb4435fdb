"""Writing papers into a folder that the user names, and saying where they are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from dangjian_desktop.ui.desk.jobs import Progress
from dangjian_desktop.ui.desk.shell import Shell

Write = Callable[[str, Path], list[Path]]
"""Writes the papers of one record into a folder, in the papers thread."""


def export_each(
    shell: Shell, parent: QWidget, ids: Sequence[str], write: Write, *, title: str
) -> None:
    """Ask for a folder, then write the papers of these records; can be stopped between two."""

    def into(folder: Path) -> None:
        def work(progress: Progress) -> list[Path]:
            files: list[Path] = []
            for number, uid in enumerate(ids):
                progress(number, len(ids), title)
                files += write(uid, folder)
            return files

        shell.jobs.papers(work, partial(say_written, shell), title=title)

    shell.choosers.folder(parent, "导出到哪个文件夹", into, purpose="export")


def say_written(shell: Shell, files: Sequence[Path]) -> None:
    """Say what was written, with a way into the folder."""
    names = "、".join(file.name for file in files) if len(files) < 4 else f"{len(files)} 个文件"
    show = partial(QDesktopServices.openUrl, QUrl.fromLocalFile(str(files[0].parent)))
    shell.toast(f"已导出：{names}", show, label="打开文件夹")
