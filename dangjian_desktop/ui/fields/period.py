"""Which period is asked for: month, quarter, half-year or year, and which one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QPushButton, QWidget

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.ui.desk.timers import once
from dangjian_desktop.ui.fields.inputs import MonthField
from dangjian_desktop.ui.look.chips import ChipRow, Flowing
from dangjian_desktop.ui.look.spoken import Problem
from dangjian_desktop.ui.look.theme import Theme
from dangjian_desktop.ui.look.widgets import button, column_of, label, row_of

LENGTHS = (("1", "月"), ("3", "季度"), ("6", "半年"), ("12", "全年"))
PAUSE = 500


class PeriodChooser(QWidget):
    """``changed`` brings the period that the user has chosen; none is ever yet to come."""

    changed = Signal(Period)

    def __init__(self, theme: Theme, today: Callable[[], date]) -> None:
        super().__init__()
        self._today = today
        self.period = Period.around(today(), 1)
        self.chips = ChipRow(theme, LENGTHS)
        self.before = _arrow("‹", "前一个时间段", "period.before", theme)
        self.after = _arrow("›", "后一个时间段", "period.after", theme)
        self.month = MonthField(today=today)
        self.month.setObjectName("period.month")
        self.month.setAccessibleName("月份")
        self.said = label("", "heading")
        self.problem = Problem()
        self._typing = once(self, PAUSE, self._read)
        self._compose()
        self.chips.chosen.connect(self._on_length)
        self.before.clicked.connect(self._back)
        self.after.clicked.connect(self._on)
        self.month.entered.connect(self._typing.start)
        self.month.editingFinished.connect(self._read)
        self._theme = theme
        theme.fit(self.month, QWidget.setFixedWidth, 110)
        self.show_period(self.period)

    def show_period(self, period: Period) -> None:
        """Show a period without a signal."""
        self.period = period
        self.chips.set_codes([str(period.length)])
        known = self.month.month()
        if known is None or known.first not in period:
            self.month.set_plain(str(Period.around(min(period.last, self._today()), 1)))
            if self.month.hasFocus():
                self.month.selectAll()
        self._typing.stop()
        self.said.setText(period.label)
        self.said.setVisible(period.length != 1)
        self.after.setEnabled(period.next().first <= self._today())
        self._point_out("")

    def _compose(self) -> None:
        which = QWidget()
        row_of(self.before, self.month, self.after, 6, self.said, on=which, gap=6)
        both = Flowing(gap=12)
        both.flow.addWidget(_lowered(self.chips))
        both.flow.addWidget(which)
        column_of(both, self.problem, on=self)

    def _choose(self, period: Period) -> None:
        if period != self.period:
            self.show_period(period)
            self.changed.emit(period)

    @Slot(str)
    def _on_length(self, code: str) -> None:
        known = self.month.month()
        day = known.first if known else self.period.first
        self._choose(Period.around(min(day, self._today()), int(code)))

    @Slot()
    def _back(self) -> None:
        self._choose(self.period.previous())

    @Slot()
    def _on(self) -> None:
        if self.after.isEnabled():
            self._choose(self.period.next())

    @Slot()
    def _read(self) -> None:
        self._typing.stop()
        known = self.month.month()
        if known is None:
            self._point_out(self.month.unreadable)
        elif known.first > self._today():
            self._point_out(f"{known.label}还没有到，请选择本月或以前的月份")
        else:
            self._point_out("")
            self._choose(Period.around(known.first, self.period.length))

    def _point_out(self, problem: str) -> None:
        self.problem.say(problem)


def _arrow(sign: str, tip: str, name: str, theme: Theme) -> QPushButton:
    made = button(sign, theme, name=name, tip=tip)
    made.setAccessibleName(tip)
    return made


def _lowered(chips: ChipRow) -> QWidget:
    # Chips are less high than the field that stands in the same line.
    holder = QWidget()
    column_of(chips, on=holder, gap=0, margins=(0, 4, 0, 0))
    return holder
