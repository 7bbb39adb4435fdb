"""The grid of monthly values with what is said about it: how to fill it, what is no number."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.fields.telling import Problems
from dangjian_desktop.ui.look.spoken import Problem
from dangjian_desktop.ui.look.widgets import column_of, label
from dangjian_desktop.ui.month_cells import month_words
from dangjian_desktop.ui.month_grid import Cells, ValuesGrid

HINT = "选中起始格后按 Ctrl+V，可粘贴从 Excel 复制的一块数值；1,200.5、85%、全角数字都能识别。"
NO_TARGETS = "先添加量化目标，并填写开始和结束日期，这里按月列出数值。"
NAMED = 3


class ValuesPart(QWidget):
    """Values by target and month; those of months outside the period stay visible and are told."""

    changed = Signal()

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self._shell = shell
        self._targets: tuple[tuple[str, str], ...] = ()
        self._period: tuple[str, ...] = ()
        self.grid = ValuesGrid(shell.theme)
        self.hint = label("", "soft", wrap=True)
        self.note = Problem("values.problem")
        column_of(self.hint, self.grid, self.note, on=self, gap=6)
        self.grid.changed.connect(self._on_changed)
        self.grid.pasted.connect(self._on_pasted)

    def values(self) -> dict[str, dict[str, str]]:
        """Texts by month by target id; values of targets that are gone are left out."""
        found: dict[str, dict[str, str]] = {}
        for (uid, month), text in self.grid.cells().items():
            found.setdefault(uid, {})[month] = text
        return found

    def set_cells(self, cells: Cells) -> None:
        """Other values, the targets to be told next."""
        self.grid.show_values((), (), cells)
        self._targets, self._period = (), ()

    def show_targets(self, targets: Sequence[tuple[str, str]], period: Sequence[str]) -> None:
        """These targets over the months of the period; nothing is drawn anew without need."""
        if (tuple(targets), tuple(period)) != (self._targets, self._period):
            self._targets, self._period = tuple(targets), tuple(period)
            cells = self.grid.values.cells()
            ids = {uid for uid, _ in targets}
            months = sorted({*period, *(m for uid, m in cells if uid in ids)})
            self.grid.show_values(targets, months, cells)
        self.grid.setVisible(bool(self._targets and self.grid.values.months))
        self.hint.setText(HINT if self._targets and self._period else NO_TARGETS)
        self._say()

    def tell(self, problems: Problems) -> QWidget | None:
        """Say which cells are no numbers; gives the grid when there are any."""
        self._say()
        return self.grid if problems else None

    @Slot()
    def _on_changed(self) -> None:
        self._say()
        self.changed.emit()

    @Slot(int, object, str)
    def _on_pasted(self, count: int, before: Cells, remark: str) -> None:
        said = f"已粘贴 {count} 个数值" + (f"，{remark}" if remark else "")
        self._shell.toast(said, partial(self.grid.restore, before))

    def _say(self) -> None:
        said = list(self.grid.values.problems())
        more = len(said) - NAMED
        text = "；".join(said[:NAMED]) + (f"；另有 {more} 处" if more > 0 else "")
        outside = [m for m in self.grid.values.months if self._period and m not in self._period]
        if outside:
            words = "、".join(month_words(month) for month in outside)
            said_outside = f"{words}不在项目起止时间内，请清空这些数值或修改起止时间"
            text = "；".join(filter(None, (text, said_outside)))
        self.note.say(text)
