"""The roster as it will print, with Word, PDF and print one click away."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.papers.printing import Format, Wanted
from dangjian_desktop.ui.desk.page import Page
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.look.chips import ChipRow
from dangjian_desktop.ui.look.widgets import button, label, space
from dangjian_desktop.ui.paper.paper_printer import PaperPrinter
from dangjian_desktop.ui.paper.preview import Preview

MASKED, FULL = "masked", "full"


class RosterPaper(Page):
    """Preview of the roster of a day; ``left`` asks to go back to the list."""

    left = Signal()

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__()
        self._desk, self._shell = desk, shell
        self._day = desk.clock().date()
        theme = shell.theme
        self.back_button = button(
            "返回名册", theme, icon="arrow-left", look="quiet", name="paper.back"
        )
        self.back_button.clicked.connect(self.left)
        self.chips = ChipRow(theme, ((MASKED, "隐去部分号码"), (FULL, "完整号码")))
        self.chips.chosen.connect(self._draw)
        self.word = button("Word", theme, icon="file-text", name="paper.word")
        self.word.clicked.connect(partial(self._export, Format.DOCX))
        self.pdf = button("PDF", theme, icon="download", name="paper.pdf")
        self.pdf.clicked.connect(partial(self._export, Format.PDF))
        self.print = button("打印", theme, icon="printer", look="primary", name="paper.print")
        self.print.clicked.connect(self._print)
        self.preview = Preview(theme)
        self.printer = PaperPrinter(shell.messages.report, self)
        bar = QHBoxLayout()
        space(bar, margins=(0, 0, 0, 0), gap=8)
        bar.addWidget(self.back_button)
        bar.addWidget(label("党员名册", "title"))
        bar.addWidget(self.chips, 1, Qt.AlignmentFlag.AlignVCenter)
        for part in (self.word, self.pdf, self.print):
            bar.addWidget(part)
        column = QVBoxLayout(self)
        space(column, margins=(0, 0, 0, 0), gap=10)
        column.addLayout(bar)
        column.addWidget(self.preview, 1)

    def show_day(self, day: date) -> None:
        """Show the roster of a day."""
        self._day = day
        self._draw()

    @property
    def _masked(self) -> bool:
        return self.chips.code() == MASKED

    @Slot()
    def _draw(self) -> None:
        self.preview.show_hint("正在排版……")
        printing, wanted = self._desk.printing, Wanted(day=self._day, masked=self._masked)
        self._shell.jobs.papers(
            lambda _progress: printing.preview("roster", wanted=wanted),
            self.preview.show_pdf,
            title="正在排版名册",
        )

    def _export(self, form: Format) -> None:
        then = partial(self._write, form)
        self._shell.choosers.folder(self, "导出到哪个文件夹", then, purpose="export")

    def _write(self, form: Format, folder: Path) -> None:
        printing, wanted = self._desk.printing, Wanted(day=self._day, masked=self._masked)
        self._shell.jobs.papers(
            lambda _progress: printing.export("roster", folder, "", wanted, [form]),
            self._written,
            title="正在导出名册",
        )

    def _written(self, files: list[Path]) -> None:
        self._shell.toast("已导出：" + "、".join(file.name for file in files))

    @Slot()
    def _print(self) -> None:
        if self.preview.pdf:
            self.printer.ask(self.preview.pdf, "党员名册")
