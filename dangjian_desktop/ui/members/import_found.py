"""The second step of an import: how the file was understood, and what would happen."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSplitter, QWidget

from dangjian_desktop.services.import_report import ImportReport
from dangjian_desktop.services.members.import_preview import ImportPreview
from dangjian_desktop.services.members.import_report import report_of
from dangjian_desktop.services.members.roster_import import ImportResult
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.fields.inputs import DateField, WheelGuard
from dangjian_desktop.ui.look.chips import ChipRow
from dangjian_desktop.ui.look.stage import scrolling
from dangjian_desktop.ui.look.widgets import button, column_of, label, look, row_of, space
from dangjian_desktop.ui.members.import_columns import ColumnTable
from dangjian_desktop.ui.paper.import_lines import person_lines

HEADER_ROWS = 40
WIDE_FROM = 960
COLUMNS, LINES = "columns", "lines"
_ASKED = "请在左边选择工作表和表头所在的行，并指明哪一列是姓名。"


class FoundStep(QWidget):
    """``asked`` wants the file read again with what is chosen here; ``agreed`` goes on."""

    asked = Signal()
    agreed = Signal()
    left = Signal()

    def __init__(self, shell: Shell, today: date) -> None:
        super().__init__()
        self._today = today
        theme = shell.theme
        guard = WheelGuard(self)
        self.sheets = QComboBox()
        self.sheets.setObjectName("import.sheet")
        self.header = QComboBox()
        self.header.setObjectName("import.header")
        for box in (self.sheets, self.header):
            box.installEventFilter(guard)
        for number in range(1, HEADER_ROWS + 1):
            self.header.addItem(f"第{number}行", number)
        self.as_of = DateField(theme, today=lambda: today)
        self.as_of.setObjectName("import.as_of")
        self.as_of.setAccessibleName("变化从哪一天起算")
        self.as_of.setToolTip("已有党员的变化从这一天起算，之前的记录保留")
        self.as_of.set_day(today)
        self.columns = ColumnTable(theme)
        self.summary = label("", "good", wrap=True, name="import.summary")
        self.lines = person_lines(shell, "import")
        self.back = button("上一步", theme, name="import.back", then=self.left)
        self.next = button("下一步", theme, look="primary", name="import.next", then=self.agreed)
        self._theme = theme
        theme.fit(self.as_of, QWidget.setFixedWidth, 136)
        self.turns = ChipRow(theme, ((LINES, "逐行结果"), (COLUMNS, "各列导入为")))
        self.turns.chosen.connect(self._arrange)
        self._compose()
        self.sheets.activated.connect(self.asked)
        self.header.activated.connect(self.asked)
        self.as_of.editingFinished.connect(self._on_day)
        self._asked_day = today

    def show_preview(self, found: ImportPreview) -> None:
        """Show how the file was understood."""
        self.sheets.clear()
        self.sheets.addItems(list(found.sheets))
        self.sheets.setCurrentText(found.sheet)
        self.header.setCurrentIndex(self.header.findData(min(found.header_row, HEADER_ROWS)))
        self.columns.show_columns(found.columns, found.header_row + 1)
        expected = found.expected
        self.next.setEnabled(expected is not None)
        told = None if expected is None else report_of(expected)
        self.lines.show_lines(() if told is None else told.lines)
        if expected is not None and told is not None:
            self._say(_summary(expected, told), "warn" if expected.refused else "good")
        elif found.problem is not None:
            self._say(f"{found.problem.message}\n{_ASKED}", "bad")

    @property
    def day(self) -> date:
        """From which day changes of known members hold."""
        return self.as_of.day() or self._today

    def _say(self, words: str, how: str) -> None:
        self.summary.setText(words)
        look(self.summary, how)

    @Slot()
    def _on_day(self) -> None:
        if self.as_of.readable and self.day != self._asked_day:
            self._asked_day = self.day
            self.asked.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: D102
        super().resizeEvent(event)
        self._arrange()

    @Slot()
    def _arrange(self) -> None:
        """Both halves beside each other, or one in turn where the width is not enough."""
        narrow = self.width() < self._theme.px(WIDE_FROM)
        self.turns.setVisible(narrow)
        for code, half in self._halves.items():
            half.setVisible(not narrow or code == self.turns.code())

    def _compose(self) -> None:
        choices = QHBoxLayout()
        space(choices, margins=(0, 0, 0, 0), gap=8)
        for words, part in (("工作表", self.sheets), ("表头", self.header)):
            choices.addWidget(label(words, "soft"))
            choices.addWidget(part)
        choices.addStretch()
        choices.addWidget(label("变化从这一天起算", "soft"))
        choices.addWidget(self.as_of)
        left, right = _half("各列导入为", self.columns), _half("逐行结果", self.lines)
        halves = QSplitter(Qt.Orientation.Horizontal)
        halves.setHandleWidth(12)
        halves.setChildrenCollapsible(False)
        halves.addWidget(left)
        halves.addWidget(right)
        halves.setSizes([500, 580])
        self._halves = {COLUMNS: left, LINES: right}
        buttons = row_of(self.back, ..., self.lines.open, self.next)
        inside = QWidget()
        column_of(choices, self.summary, self.turns, (halves, 1), on=inside, gap=10)
        column_of((scrolling(inside), 1), buttons, on=self, gap=10)


def _half(title: str, part: QWidget) -> QWidget:
    half = QWidget()
    column_of(label(title, "heading"), (part, 1), on=half)
    return half


def _summary(expected: ImportResult, told: ImportReport) -> str:
    total = expected.reading.stated_total
    return f"将{told.words}" + ("" if total is None else f"表中合计 {total} 人。")
