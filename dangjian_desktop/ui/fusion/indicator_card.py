"""What is known of one indicator: the sentence of its effect, then everything that was told."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtWidgets import QWidget

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.fusion.effect import UNKNOWN, effect, standing
from dangjian_desktop.domain.fusion.indicator import Measured
from dangjian_desktop.domain.fusion.record import INDICATOR
from dangjian_desktop.domain.projects.progress import attained
from dangjian_desktop.domain.record import value_of
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.records.exporting import text_of
from dangjian_desktop.ui.look.lines import Lines
from dangjian_desktop.ui.look.stage import scrolling
from dangjian_desktop.ui.look.widgets import column_of, label
from dangjian_desktop.ui.records.declared import lines_of
from dangjian_desktop.ui.records.subject import Detail, Heading

LOST = "所关联的项目指标已不在，数值待明确；请编辑后另选项目指标，或取消关联。"
_SHOWN = tuple(f for f in INDICATOR.fields if f.name not in ("id", "name", "project"))


class IndicatorCard(QWidget):
    """One indicator as of its year."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.said = label("", wrap=True, name="indicator.effect")
        self.lines = Lines()
        holder = QWidget()
        column_of(self.said, self.lines, ..., on=holder, margins=(0, 0, 8, 0))
        column_of(scrolling(holder), on=self, gap=0)

    def as_detail(self) -> Detail:
        """What the page has to know of it."""
        hint = "选择一项指标，这里显示其数值和成效。"
        return Detail(body=self, load=self._load, show=self._show, hint=hint)

    def _load(self, uid: str) -> tuple[Measured, date] | None:
        found = self._desk.indicators.rows([uid]).get(uid)
        gone = found is None or found.indicator.deleted
        return None if gone or found is None else (found, self._desk.today())

    def _show(self, loaded: tuple[Measured, date]) -> Heading:
        found, today = loaded
        whole, period = found.whole, period_of(found, today)
        self.said.setText(LOST if found.lost else effect(found.target, period))
        told = lines_of(_SHOWN, whole, partial(text_of, day=today), value_of)
        self.lines.show_lines((("所属项目", found.project), *told))
        year = "" if whole.year is None else f"{whole.year.year}年"
        state = UNKNOWN if found.lost else standing(found.target, period)
        looks = {True: "good", False: "warn", None: "soft"}
        line = "　".join(filter(None, (whole.priority, year)))
        return Heading(whole.name, line, state, looks[attained(found.target, period)])


def period_of(found: Measured, today: date) -> Period:
    """The year of the indicator, else the present one."""
    year = found.indicator.year
    return Period(today.year if year is None else year.year, 1, 12)
