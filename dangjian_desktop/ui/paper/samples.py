"""样表: asked where to put it, written, and said what becomes of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QPushButton, QWidget

from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.look.widgets import button
from dangjian_desktop.ui.paper.exporting import say_written

SAMPLE = "样表（发给别人填写）…"
TIP = "栏名、填法、选项和示例都在表里；发给别人填好，收回后直接导入"
Write = Callable[[Path], Path]
"""Writes the sheet, in place of one that is there; in the library's thread."""


def sample_button(shell: Shell, parent: QWidget, title: str, write: Write) -> QPushButton:
    """The button of an import."""
    made = button("样表…", shell.theme, icon="file-spreadsheet", name="import.sample", tip=TIP)
    made.clicked.connect(partial(hand_out, shell, parent, title, write))
    return made


def hand_out(shell: Shell, parent: QWidget, title: str, write: Write, *_checked: bool) -> None:
    """Ask for a file, then write the sheet."""

    def into(file: Path) -> None:
        shell.jobs.library(partial(write, file), partial(_said, shell), title="正在生成样表")

    name = f"{title}（样表）.xlsx"
    patterns = "Excel 工作簿 (*.xlsx)"
    shell.choosers.save_file(parent, "样表存到哪里", name, patterns, into, purpose="export")


def _said(shell: Shell, file: Path) -> None:
    say_written(shell, [file], f"已生成样表：{file.name}，填好收回后直接导入")
