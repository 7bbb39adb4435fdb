"""The result of an import, line by line or as it prints, and their own sheet with the problems."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from dangjian_desktop.services.import_saving import ImportPaper
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.look.widgets import button
from dangjian_desktop.ui.paper.exporting import say_written
from dangjian_desktop.ui.paper.paper_pane import Paper, PaperPane


class ImportKept(QStackedWidget):
    """Shows ``lines``, or the paper in their place; the page places ``report`` and ``print``,
    which are there as long as there is a result."""

    def __init__(self, shell: Shell, lines: QWidget) -> None:
        super().__init__()
        self._shell = shell
        self._paper: ImportPaper | None = None
        self.pane = PaperPane(shell, name="import")
        theme = shell.theme
        self.report = button(
            "另存原表和问题", theme, icon="download", name="import.report", then=self._choose
        )
        self.print = button("打印结果", theme, icon="printer", name="import.paper", then=self._turn)
        self.addWidget(lines)
        self.addWidget(self.pane)
        self.keep(None)

    def keep(self, paper: ImportPaper | None) -> None:
        """Offer this result, or none, and show the lines."""
        self._paper = paper
        for part in (self.report, self.print):
            part.setVisible(paper is not None)
        self._show_lines()

    @Slot()
    def _turn(self) -> None:
        """The paper in the place of the lines, and back."""
        paper = self._paper
        if paper is None or self.currentIndex() == 1:
            self._show_lines()
            return
        self.setCurrentIndex(1)
        self.print.setText("返回逐行结果")
        self.pane.show_paper(Paper(paper.title, paper.preview, paper.export))

    def _show_lines(self) -> None:
        self.setCurrentIndex(0)
        self.print.setText("打印结果")

    @Slot()
    def _choose(self) -> None:
        if self._paper is not None:
            self._shell.choosers.save_file(
                self,
                "另存原表和问题",
                self._paper.file_name,
                "Excel 工作簿 (*.xlsx)",
                self._write,
                purpose="export",
            )

    def _write(self, file: Path) -> None:
        paper = self._paper
        if paper is not None:
            self._shell.jobs.papers(lambda _progress: paper.write_sheet(file), self._written)

    def _written(self, file: Path) -> None:
        say_written(self._shell, [file])
