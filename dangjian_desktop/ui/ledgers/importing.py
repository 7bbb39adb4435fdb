"""Rows of a ledger out of a spreadsheet: file, what each column is, what would happen, undo."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QVBoxLayout, QWidget

from dangjian_desktop.domain.fields import Field, FieldType
from dangjian_desktop.domain.ledgers.ledger import Ledger
from dangjian_desktop.domain.ledgers.sheets import SheetReading
from dangjian_desktop.errors import UserError
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.import_report import PROBLEMS, ImportReport
from dangjian_desktop.services.import_saving import ImportPaper
from dangjian_desktop.services.ledgers.import_report import report_of
from dangjian_desktop.services.ledgers.matching import LedgerImport
from dangjian_desktop.ui.desk.page import Page
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.fields.cells import Cell, FieldGrid
from dangjian_desktop.ui.fields.choices import ChoiceEditor
from dangjian_desktop.ui.fields.inputs import WheelGuard
from dangjian_desktop.ui.look.stage import head_of
from dangjian_desktop.ui.look.theme import Theme
from dangjian_desktop.ui.look.widgets import (
    button,
    column_of,
    empty,
    frame,
    label,
    look,
    row_of,
    space,
)
from dangjian_desktop.ui.paper.import_lines import record_lines
from dangjian_desktop.ui.paper.import_result import ImportKept
from dangjian_desktop.ui.paper.samples import sample_button

PATTERNS = "表格 (*.xlsx *.xls *.xlsb *.ods *.csv)"
_HEADER_ROWS = 20
_WORDS = (
    "可以是任何版式的表格，列的先后不限。先核对，确认后才写入；写入前自动备份，写入后可以整批撤销。"
)


@dataclass(frozen=True, slots=True)
class Found:
    """A file as it was read, and what importing it would do."""

    file: Path
    reading: SheetReading
    plan: LedgerImport


class ColumnChoices(QWidget):
    """What each heading of the sheet is imported as; ``chosen`` brings a heading and a field."""

    chosen = Signal(str, str)

    def __init__(self, theme: Theme, ledger: Ledger) -> None:
        super().__init__()
        self._theme = theme
        kept_out = (FieldType.LINK, FieldType.FILES)
        self._names = tuple((f.name, f.label) for f in ledger.open_fields if f.type not in kept_out)
        self._column = QVBoxLayout(self)
        space(self._column, margins=(0, 0, 0, 0), gap=0)

    def show_columns(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Offer a choice for each heading, with its field or none."""
        empty(self._column)
        cells = []
        for heading, name in pairs:
            words = f"{heading} →"
            field = Field(heading, words, FieldType.CHOICE, hint="不导入", choices=self._names)
            editor = ChoiceEditor(field, self._names)
            editor.set_value(name or None)
            editor.changed.connect(partial(self._tell, heading, editor))
            cells.append(Cell(editor))
        if cells:
            self._column.addWidget(FieldGrid(self._theme, cells, column=140, most=6))

    def _tell(self, heading: str, editor: ChoiceEditor) -> None:
        self.chosen.emit(heading, editor.value() or "")


class SheetChoice(QWidget):
    """Which sheet of a file, and in which row of it the headings stand; ``asked`` for another."""

    asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.header = QComboBox()
        self.header.setObjectName("import.header")
        self.header.setAccessibleName("表头在第几行")
        self.header.addItem("自动识别表头", None)
        for row in range(1, _HEADER_ROWS + 1):
            self.header.addItem(f"表头在第{row}行", row)
        self.sheets = QComboBox()
        self.sheets.setObjectName("import.sheet")
        self.sheets.setAccessibleName("哪个工作表")
        guard = WheelGuard(self)
        for box in (self.sheets, self.header):
            box.installEventFilter(guard)
        self.header.activated.connect(self.asked)
        self.sheets.activated.connect(self._on_sheet)
        row_of(self.sheets, self.header, on=self)

    def show_sheets(self, sheets: Sequence[str] = (), sheet: str = "") -> None:
        """Offer these sheets, with this one chosen."""
        self.sheets.clear()
        self.sheets.addItems(list(sheets))
        self.sheets.setCurrentText(sheet)
        self.sheets.setVisible(len(sheets) > 1)

    @Slot()
    def _on_sheet(self) -> None:
        """Another sheet has headings of its own, perhaps in another row."""
        self.header.setCurrentIndex(0)
        self.asked.emit()


class ImportView(Page):
    """Nothing is written before 导入; ``left`` goes back to the rows."""

    left = Signal()

    def __init__(self, desk: Desk, shell: Shell, ledger: Ledger) -> None:
        super().__init__()
        self._desk, self._shell, self._ledger = desk, shell, ledger
        self._found: Found | None = None
        self._file: Path | None = None
        self._mapping: dict[str, str] = {}
        self._batch = ""
        self._running = self._unfinished = False
        theme = shell.theme
        self.choose = button(
            "选择文件", theme, look="primary", name="import.choose", then=self._ask
        )
        sample = partial(desk.samples.ledger, ledger.code, force=True)
        self.sample = sample_button(shell, self, ledger.title, sample)
        self.where = SheetChoice()
        self.where.asked.connect(self._on_asked)
        self.words = label(_WORDS, "soft", wrap=True, name="import.words")
        self.columns = ColumnChoices(theme, ledger)
        self.columns.chosen.connect(self._on_mapped)
        self.lines = record_lines(shell, "ledger.import")
        self.lines.opened.connect(self._open)
        self.kept = ImportKept(shell, self.lines)
        self.partly = QCheckBox("问题行不导入，其余导入")
        self.partly.setObjectName("import.partly")
        self.partly.toggled.connect(self._tell)
        self.run = button("导入", theme, icon="upload", look="primary", name="import.run")
        self.run.clicked.connect(self._run)
        self.undo = button(
            "撤销这次导入", theme, icon="undo-2", name="import.undo", then=self._undo
        )
        self._compose()

    def resume(self) -> None:
        """Go on where it was left: with the file as it is now, or with what the import did as
        long as something of it is open; else begin anew."""
        if self._running or self._unfinished:
            return
        if self._found is not None:
            self._read(self._found.file)
        else:
            self.start()

    def start(self) -> None:
        """Begin anew with the choice of a file."""
        self._found, self._file, self._mapping, self._batch = None, None, {}, ""
        self._say(_WORDS, "soft")
        self.columns.show_columns(())
        self._show_lines(None)
        self._tell()

    def take_file(self, file: Path) -> None:
        """Read a file as it comes."""
        self._file, self._mapping, self._unfinished = file, {}, False
        self.where.header.setCurrentIndex(0)
        self.where.show_sheets()
        self._read(file)

    @Slot()
    def _ask(self) -> None:
        choosers = self._shell.choosers
        choosers.open_file(self, "选择要导入的表格", PATTERNS, self.take_file, purpose="roster")

    def _read(self, file: Path) -> None:
        imports, code = self._desk.ledger_imports, self._ledger.code
        row, mapping = self.where.header.currentData(), dict(self._mapping)
        sheet = self.where.sheets.currentText() or None

        def work() -> Found:
            reading = imports.read(code, file, sheet=sheet, header_row=row, mapping=mapping)
            return Found(file, reading, imports.plan(code, reading))

        self._batch = ""
        self._shell.jobs.library(work, self._show, self._unread, title="正在读取表格")

    def _unread(self, error: Exception) -> None:
        self._found = None
        if isinstance(error, UserError):
            self._say(f"{error.message}{error.remedy}", "bad")
        else:
            self._shell.messages.report(error)
        self.columns.show_columns(())
        self._show_lines(None)
        self._tell()

    def _show(self, found: Found) -> None:
        self._found = found
        plan = found.plan
        told = report_of(self._ledger.title, plan)
        self.where.show_sheets(found.reading.sheets, plan.sheet)
        where = f"“{found.file.name}”，工作表“{plan.sheet}”，表头在第{plan.header_row}行。"
        self._say(f"{where}\n将{told.words}", "bad" if plan.refused else "good")
        self.columns.show_columns(
            [*found.reading.mapping.items(), *((h, "") for h in plan.untaken)]
        )
        self._show_lines(told)
        self.partly.setChecked(False)
        self._tell()

    @Slot()
    def _on_asked(self) -> None:
        if self._file is not None:
            self._mapping = {}
            self._read(self._file)

    @Slot(str, str)
    def _on_mapped(self, heading: str, name: str) -> None:
        if self._found is not None:
            taken = {h: n for h, n in self._found.reading.mapping.items() if n != name}
            left_out = dict.fromkeys({*self._found.reading.mapping, heading}, "")
            self._mapping = left_out | taken | {heading: name}
            self._read(self._found.file)

    def _show_lines(self, told: ImportReport | None, paper: ImportPaper | None = None) -> None:
        self.kept.keep(paper)
        self.lines.show_lines(told.lines if told else ())

    @Slot(str)
    def _open(self, uid: str) -> None:
        self._shell.open("ledgers", f"{self._ledger.code}/edit/{uid}")

    @Slot()
    def _run(self) -> None:
        found = self._found
        if found is None:
            return
        self.run.setEnabled(False)
        self._running = True
        reading, file, partly = found.reading, found.file, self.partly.isChecked()
        apply = partial(self._desk.ledger_imports.apply, self._ledger.code, reading, file.name)
        work = partial(apply, accept_partial=partly)
        self._shell.jobs.library(work, partial(self._done, file), self._failed, title="正在导入")

    def _done(self, file: Path, plan: LedgerImport) -> None:
        self._running, self._found, self._file, self._batch = False, None, None, plan.batch or ""
        self._shell.set_saved(self._desk.clock())
        told = report_of(self._ledger.title, plan)
        self._say(f"已{told.words}", "good")
        self._unfinished = any(line.kind in PROBLEMS for line in told.lines)
        self._show_lines(told, self._desk.import_paper(told, file))
        self._tell()

    def _failed(self, error: Exception) -> None:
        self._running = False
        self._tell()
        self._shell.messages.report(error)

    @Slot()
    def _undo(self) -> None:
        work = partial(self._desk.ledger_imports.undo, self._batch)
        self._shell.jobs.library(work, self._undone)

    def _undone(self, done: tuple[int, int]) -> None:
        self._batch, self._unfinished = "", False
        self.lines.forget_records()
        self._say(f"已撤销这次导入：移除 {done[0]} 条，还原 {done[1]} 条。", "good")
        self._tell()

    @Slot()
    def _tell(self) -> None:
        plan = self._found.plan if self._found else None
        refused = plan is not None and bool(plan.refused)
        self.partly.setVisible(refused)
        anything = plan is not None and bool(plan.added or plan.updated)
        self.run.setVisible(plan is not None)
        self.run.setEnabled(anything and (not refused or self.partly.isChecked()))
        self.undo.setVisible(bool(self._batch))
        self.where.setVisible(self._file is not None)
        look(self.choose, "" if plan is not None else "primary")

    def _say(self, words: str, how: str) -> None:
        self.words.setText(words)
        look(self.words, how)

    def _compose(self) -> None:
        theme = self._shell.theme
        back = button("返回列表", theme, icon="arrow-left", look="quiet", name="import.back")
        back.clicked.connect(self.left)
        bar = head_of(
            back,
            f"导入：{self._ledger.title}",
            ...,
            self.sample,
            self.choose,
            self.where,
            self.partly,
            self.kept.report,
            self.kept.print,
            self.lines.open,
            self.undo,
            self.run,
        )
        card: QWidget = frame("card")
        column_of(self.words, self.columns, on=card, gap=10, margins=(16, 12, 16, 12))
        column_of(bar, card, (self.kept, 1), on=self, gap=10)
