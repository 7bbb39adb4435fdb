"""各月数值: the indicators of a year by month, typed or pasted as a block from a sheet."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import partial

from PySide6.QtCore import QEvent, QObject, Signal, Slot
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QWidget

from dangjian_desktop.domain.amounts import amount, number_text, unreadable
from dangjian_desktop.domain.fusion.indicator import Indicator
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.fusion.indicators import MonthGrid
from dangjian_desktop.ui.desk.page import Page
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.desk.timers import once
from dangjian_desktop.ui.fields.inputs import guarded
from dangjian_desktop.ui.look.spoken import Problem
from dangjian_desktop.ui.look.stage import head_of, scrolling
from dangjian_desktop.ui.look.widgets import button, column_of, label
from dangjian_desktop.ui.month_grid import Cells, ValuesGrid

TITLE = "各月数值"
HINT = (
    "选中起始格后按 Ctrl+V，可粘贴从 Excel 复制的一块数值；1,200.5、85%、全角数字都能识别。"
    "填好即保存；属于项目的指标，数值同时就是项目里的数值。"
)
NONE = "这一年还没有指标。请返回列表，先新建指标。"
Values = Mapping[str, Mapping[str, Decimal | None]]


class MonthsView(Page):
    """Rows are indicators, columns months; what can be read is saved as soon as a cell is closed,
    a pasted block whole or not at all. ``left`` asks to go back to the list."""

    left = Signal()
    topics = frozenset({Topic.RECORDS, Topic.PROJECTS})

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__()
        self._desk, self._shell = desk, shell
        self._shown: MonthGrid | None = None
        self._stored: Cells = {}
        theme = shell.theme
        self._back = button("返回列表", theme, icon="arrow-left", look="quiet", name="months.back")
        self.year = guarded(QComboBox(), "months.year", "年份")
        self.grid = ValuesGrid(theme, name="indicator.values")
        if desk.read_only:
            self.grid.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.hint = label(HINT, "soft", wrap=True)
        self.note = Problem("months.problem")
        # A paste writes its cells first and tells of them after.
        self._soon = once(self, 0, self._save)
        holder = QWidget()
        column_of(self.hint, self.note, self.grid, ..., on=holder, gap=8)
        bar = head_of(self._back, TITLE, ..., self.year)
        column_of(bar, (scrolling(holder), 1), on=self, gap=10)
        self._back.clicked.connect(self.left)
        self.year.activated.connect(self._choose)
        self.grid.values.dataChanged.connect(self._soon.start)
        self.grid.pasted.connect(self._on_pasted)
        self.grid.installEventFilter(self)

    def start(self, year: int = 0) -> None:
        """Show this year, else the present one."""
        self._load(year or None)

    def refresh(self, topics: frozenset[Topic]) -> None:
        """Show what is stored now."""
        if self._shown is not None and topics & self.topics:
            self._load(self._shown.year)

    def leave(self, go: Callable[[], object]) -> None:
        """What stands in an open cell is closed and saved before the page is left."""
        self._close_cell()
        self._save()
        super().leave(go)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: D102
        if self._desk.read_only and event.type() is QEvent.Type.KeyPress:
            return True
        return super().eventFilter(watched, event)

    def _close_cell(self) -> None:
        if self.grid.state() is QAbstractItemView.State.EditingState:
            self.grid.setFocus()

    def _load(self, year: int | None) -> None:
        work = partial(self._desk.indicators.grid, year)
        self._shell.jobs.library(work, self._show)

    @Slot()
    def _choose(self) -> None:
        self._save()
        self._load(self.year.currentData())

    def _show(self, found: MonthGrid) -> None:
        offered = tuple(sorted({*found.years, found.year}, reverse=True))
        self.year.clear()
        for each in offered:
            self.year.addItem(f"{each}年", each)
        self.year.setCurrentIndex(self.year.findData(found.year))
        rows = tuple((m.indicator.id, _title(m.whole)) for m in found.rows if not m.lost)
        cells = {
            (m.indicator.id, month): number_text(value)
            for m in found.rows
            for month, value in m.target.values.items()
            if month in found.months
        }
        same = self._shown is not None and self._shown.year == found.year
        wrong = {k: text for k, text in self._wrong().items() if same}
        self._shown, self._stored = found, cells
        there = (self.grid.values.targets, self.grid.values.months, self.grid.values.cells())
        if there != (rows, found.months, cells | wrong):
            self.grid.show_values(rows, found.months, cells | wrong)
        self.grid.setVisible(bool(rows))
        self.hint.setText(HINT if rows else NONE)
        self._say(())

    def _wrong(self) -> Cells:
        return {key: text for key, text in self.grid.values.cells().items() if unreadable(text)}

    def _say(self, refused: tuple[str, ...]) -> None:
        wrong = self.grid.values.problems()
        self.note.say("；".join(refused or wrong))

    @Slot(int, object, str)
    def _on_pasted(self, count: int, before: Cells, remark: str) -> None:
        wrong = set(self.grid.values.problems()) - set(self.grid.values.problems_of(before))
        told = tuple(each for each in self.grid.values.problems() if each in wrong)
        if told:
            self.grid.restore(before)
            self._say((f"有{len(told)}格不是数字，这一块没有粘贴", *told))
            return
        self._save(f"已粘贴 {count} 个数值" + (f"，{remark}" if remark else ""))

    @Slot()
    def _save(self, said: str = "") -> None:
        """Store every cell that differs and can be read."""
        self._soon.stop()
        if self._shown is None:
            return
        cells = self.grid.values.cells()
        wrong = self._wrong()
        changed = {
            k for k in cells.keys() | self._stored.keys() if _differs(k, cells, self._stored)
        }
        changed -= wrong.keys()
        self._say(())
        if not changed:
            return
        undo = _values({key: self._stored.get(key, "") for key in changed})
        after = _values({key: cells.get(key, "") for key in changed})
        self._stored = {
            k: t for k, t in {**self._stored, **{k: cells.get(k, "") for k in changed}}.items() if t
        }
        self._store(after, said, undo)

    def _store(self, values: Values, said: str, undo: Values | None) -> None:
        library, enter = self._shell.jobs.library, self._desk.indicators.enter

        def done(_nothing: None) -> None:
            if undo is not None and said:
                self._shell.toast(said, partial(self._store, undo, "", None))

        library(partial(enter, values), done, self._failed, title="正在保存")

    def _failed(self, error: Exception) -> None:
        self._shell.messages.report(error)
        if self._shown is not None:
            self._load(self._shown.year)


def _title(indicator: Indicator) -> str:
    """材料消耗（元/吨）."""
    unit = f"（{indicator.unit}）" if indicator.unit else ""
    return f"{indicator.name}{unit}"


def _differs(key: tuple[str, str], cells: Cells, stored: Cells) -> bool:
    return cells.get(key, "") != stored.get(key, "")


def _values(cells: Mapping[tuple[str, str], str]) -> Values:
    found: dict[str, dict[str, Decimal | None]] = {}
    for (uid, month), text in cells.items():
        found.setdefault(uid, {})[month] = amount(text)
    return found
