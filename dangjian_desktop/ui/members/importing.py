"""Importing a roster in steps: file, what was found, agreement, result."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLabel, QWidget

from dangjian_desktop.errors import UserError
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.members.import_preview import ImportPreview, preview
from dangjian_desktop.services.members.import_report import report_of
from dangjian_desktop.services.members.roster_import import ImportResult
from dangjian_desktop.ui.desk.page import Page
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.look.stage import Stage, head_of
from dangjian_desktop.ui.look.widgets import button, column_of, label, look, row_of
from dangjian_desktop.ui.members.import_choose import ChooseStep
from dangjian_desktop.ui.members.import_finish import AgreeStep, DoneStep
from dangjian_desktop.ui.members.import_found import FoundStep

STEPS = ("1　选择文件", "2　查看识别结果", "3　确认导入", "4　完成")


class ImportSteps(Page):
    """Nothing is written before the third step; ``left`` asks to go back to the list, and
    ``deciding`` for those in it whose kind is open."""

    left = Signal()
    deciding = Signal()

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__()
        self._desk, self._shell = desk, shell
        self._file: Path | None = None
        self._found: ImportPreview | None = None
        self._mapping: dict[str, str] = {}
        self._edition = 0
        self._running = False
        self._source = Path()
        self.choose = ChooseStep(shell, partial(desk.samples.roster, force=True))
        self.found = FoundStep(shell, desk.today())
        self.agree = AgreeStep(shell)
        self.done = DoneStep(shell)
        self._steps = Stage(holder := QWidget())
        for step in (self.choose, self.found, self.agree, self.done):
            self._steps.addWidget(step)
        self._marks: list[QLabel] = [label(words, "soft") for words in STEPS]
        self._compose(holder)
        self._connect()

    @property
    def step(self) -> int:
        """Which step is shown, from 0."""
        return self._steps.currentIndex()

    def resume(self) -> None:
        """Go on where it was left: with the file as it is now, or with what the import did as
        long as something of it is open; else begin anew."""
        if self._running or (self.step == 3 and self.done.unfinished):
            return
        if self._found is not None and self.step in (1, 2):
            sheet, row = self._found.sheet, self._found.header_row
            self._go(1)
            self._read(sheet=sheet, header_row=row)
        else:
            self.start()

    @Slot()
    def start(self) -> None:
        """Begin anew with the choice of a file."""
        self._edition += 1
        self._file = self._found = None
        self.choose.clear()
        self._go(0)
        self.choose.choose.setFocus()

    @Slot()
    def back(self) -> bool:
        """One step back; false from the first step and from the result."""
        if self._running:
            return True
        if self.step in (0, 3):
            return False
        self._go(self.step - 1)
        return True

    @Slot(object)
    def take_file(self, file: Path) -> None:
        """Read a file as it comes."""
        self._file, self._mapping = file, {}
        self.choose.clear()
        self._read()

    def _read(self, *, sheet: str | None = None, header_row: int | None = None) -> None:
        if self._file is None:
            return
        self._edition += 1
        work = partial(
            preview,
            self._desk.imports,
            self._file,
            sheet=sheet,
            header_row=header_row,
            mapping=dict(self._mapping),
            as_of=self.found.day,
        )
        done = partial(self._on_found, self._edition)
        failed = partial(self._on_unreadable, self._edition)
        self._shell.jobs.library(work, done, failed, title="正在读取花名册")

    def _on_found(self, edition: int, found: ImportPreview) -> None:
        if edition != self._edition:
            return
        self._found = found
        self.found.show_preview(found)
        self._go(1)

    def _on_unreadable(self, edition: int, error: Exception) -> None:
        if edition != self._edition:
            return
        if not isinstance(error, UserError):
            self._shell.messages.report(error)
            return
        if self._found is not None and self.step == 1:
            self._mapping = {}
            self._shell.messages.notice(error.message, error.remedy)
            self.found.show_preview(self._found)
            return
        self.choose.say(error)
        self._go(0)

    @Slot()
    def _on_asked(self) -> None:
        """Another sheet, heading row or day; a mapping holds for its sheet and heading alone."""
        if self._found is None:
            return
        sheet, row = self.found.sheets.currentText(), self.found.header.currentData()
        same = sheet == self._found.sheet and row == self._found.header_row
        if not same:
            self._mapping = {}
        other_sheet = sheet != self._found.sheet
        self._read(sheet=sheet, header_row=None if other_sheet else row)

    @Slot()
    def _on_mapped(self) -> None:
        if self._found is not None:
            self._mapping |= self.found.columns.mapping()
            self._read(sheet=self._found.sheet, header_row=self._found.header_row)

    @Slot()
    def _to_agree(self) -> None:
        if self._found is not None:
            self.agree.show_preview(self._found)
            self._go(2)
            self.agree.run.setFocus()

    @Slot()
    def _run(self) -> None:
        found = self._found
        if found is None or found.reading is None or self._running:
            return
        self._running, self._source = True, found.path
        self.agree.set_busy(True)
        work = partial(
            self._desk.imports.apply,
            found.reading,
            found.path.name,
            as_of=self.found.day,
            accept_partial=self.agree.partly.isChecked(),
        )
        self._shell.jobs.library(work, self._on_done, self._on_failed, title="正在导入花名册")

    def _on_done(self, result: ImportResult) -> None:
        self._running = False
        self.agree.set_busy(False)
        self._shell.set_saved(self._desk.clock())
        self.done.show_result(result, self._desk.import_paper(report_of(result), self._source))
        self._go(3)

    def _on_failed(self, error: Exception) -> None:
        self._running = False
        self.agree.set_busy(False)
        self._shell.messages.report(error)

    @Slot(str)
    def _undo(self, batch: str) -> None:
        self._shell.jobs.library(partial(self._desk.imports.undo, batch), self._on_undone)

    def _on_undone(self, done: tuple[int, int]) -> None:
        self.done.say_undone(*done)

    @Slot(str)
    def _open_person(self, uid: str) -> None:
        self._shell.open("roster", f"edit/{uid}")

    def _go(self, step: int) -> None:
        self._steps.setCurrentIndex(step)
        for place, mark in enumerate(self._marks):
            look(mark, "heading" if place == step else "soft")

    def _connect(self) -> None:
        self.choose.chosen.connect(self.take_file)
        self.found.asked.connect(self._on_asked)
        self.found.columns.mapped.connect(self._on_mapped)
        self.found.agreed.connect(self._to_agree)
        self.found.left.connect(self.back)
        self.agree.left.connect(self.back)
        self.agree.agreed.connect(self._run)
        self.done.undo_asked.connect(self._undo)
        self.done.left.connect(self.left)
        self.done.again.connect(self.start)
        for lines in (self.found.lines, self.done.lines):
            lines.opened.connect(self._open_person)
        self.done.deciding.connect(self.deciding)

    def _compose(self, holder: QWidget) -> None:
        theme = self._shell.theme
        leave = button("返回名册", theme, icon="arrow-left", look="quiet", name="import.leave")
        leave.clicked.connect(self.left)
        bar = head_of(leave, "导入花名册", ...)
        marks = column_of(*self._marks, ..., gap=14, margins=(4, 8, 12, 0))
        across = row_of(marks, (holder, 1), gap=0)
        column_of(bar, (across, 1), on=self, gap=10)
