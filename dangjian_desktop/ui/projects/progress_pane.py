"""进展: the entry of a month to write, and those already written, the newest first."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.projects.project import ProgressEntry
from dangjian_desktop.services.library.unsaved import Door
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.fields.inputs import guarded
from dangjian_desktop.ui.look.widgets import button, column_of, empty, frame, go_to, label, space
from dangjian_desktop.ui.projects.entry import EntryForm, entry_lines, months_to_write
from dangjian_desktop.ui.projects.listing import ProjectSheet

NOTHING = "填写开始和结束日期后，这里按月记录进展。"
TOO_EARLY = "项目还没有开始，开始以后按月在这里记录进展。"


class ProgressPane(QWidget):
    """``saved`` is that of the form; ``door`` keeps what is unsaved in it."""

    saved = Signal(object)

    def __init__(self, shell: Shell, door: Door) -> None:
        super().__init__()
        self._theme = shell.theme
        self._detail: ProjectSheet | None = None
        self.setProperty("look", "clear")
        self.month = guarded(QComboBox(), "entry.month", "月份")
        self.month.activated.connect(self._choose)
        self.form = EntryForm(shell, door)
        self.form.keeper.failed.connect(self._show_month)
        self.form.saved.connect(self.saved)
        self.hint = label("", "soft", wrap=True)
        self._written = QVBoxLayout()
        space(self._written, margins=(0, 0, 0, 0), gap=8)
        line = QHBoxLayout()
        space(line, margins=(0, 0, 0, 0), gap=8)
        self._ask = label("填写月份", "soft")
        line.addWidget(self._ask)
        line.addWidget(self.month)
        line.addStretch()
        column_of(line, self.hint, self.form, self._written, ..., on=self, margins=(0, 4, 8, 0))

    def show_detail(self, detail: ProjectSheet) -> None:
        """Show the entries; a month that is being written stays."""
        before = self._detail
        same = before is not None and before.project.id == detail.project.id
        self._detail = detail
        months = months_to_write(detail.project, detail.today)
        chosen = self.form.period if same and self.form.period in months else ""
        self.month.clear()
        for month in months:
            mark = "　已填" if detail.project.entry(month) else ""
            self.month.addItem(f"{Period.parse(month).label}{mark}", month)
        shown = bool(months)
        for part in (self._ask, self.month, self.form):
            part.setVisible(shown)
        self.hint.setVisible(not shown)
        self.hint.setText(TOO_EARLY if detail.project.months() else NOTHING)
        if months and not (chosen and self.form.waiting):
            self.write(chosen or months[0])
        elif months:
            self.month.setCurrentIndex(max(self.month.findData(chosen), 0))
        self._show_written(detail)

    def write(self, period: str) -> None:
        """Put the form on this month."""
        if self._detail is not None:
            self.month.setCurrentIndex(max(self.month.findData(period), 0))
            unsaved = self._detail.unsaved.get(period)
            self.form.show_entry(self._detail.project, period, unsaved)

    @Slot()
    def _choose(self) -> None:
        self.form.keeper.then(partial(self.write, self.month.currentData()))

    @Slot()
    def _show_month(self) -> None:
        self.month.setCurrentIndex(max(self.month.findData(self.form.period), 0))

    def _show_written(self, detail: ProjectSheet) -> None:
        empty(self._written)
        for entry in sorted(detail.project.progress, key=_period, reverse=True):
            self._written.addWidget(self._card(entry))

    def _card(self, entry: ProgressEntry) -> QWidget:
        card = frame("card")
        layout = QVBoxLayout(card)
        space(layout, margins=(12, 6, 12, 8), gap=3)
        head = QHBoxLayout()
        head.addWidget(label(Period.parse(entry.period).label, "heading"), 1)
        if self.month.findData(entry.period) >= 0:
            change = button("修改", self._theme, look="quiet", name=f"entry.{entry.period}")
            change.clicked.connect(partial(self._change, entry.period))
            head.addWidget(change, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(head)
        for name, text in entry_lines(entry).items():
            layout.addWidget(label(f"{name}：{text}", wrap=True))
        return card

    def _change(self, period: str) -> None:
        self.form.keeper.then(partial(self._go_to, period))

    def _go_to(self, period: str) -> None:
        self.write(period)
        go_to(self.form.form.editor("done"))


def _period(entry: ProgressEntry) -> str:
    return entry.period
