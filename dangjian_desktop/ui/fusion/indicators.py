"""指标: the indicators of the business, and the table of their months."""

from __future__ import annotations

from functools import cached_property

from PySide6.QtCore import QObject, Slot

from dangjian_desktop.domain.amounts import shown
from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.fusion.effect import standing
from dangjian_desktop.domain.fusion.indicator import Measured
from dangjian_desktop.domain.fusion.record import INDICATOR
from dangjian_desktop.domain.projects.progress import reached_value
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.records.writing import State
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.fusion.indicator_card import IndicatorCard, period_of
from dangjian_desktop.ui.fusion.months_view import TITLE, MonthsView
from dangjian_desktop.ui.look.widgets import button
from dangjian_desktop.ui.records.page import RecordPage
from dangjian_desktop.ui.records.subject import Extras
from dangjian_desktop.ui.records.tables import Column
from dangjian_desktop.ui.shared_page import Rows, shared_page

MONTHS = "months"
_ASKED = tuple(f.name for f in INDICATOR.fields if f.name not in ("id", "values"))


def indicators_page(desk: Desk, shell: Shell) -> RecordPage:
    """The list with its card, the editor, and the months of a year."""
    return Indicators(desk, shell).page


class Indicators(QObject):
    """What the page of indicators does; it lives as long as its ``page``."""

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__()
        self._desk, self._shell = desk, shell
        self.entry = button(
            *(TITLE, shell.theme),
            icon="file-spreadsheet",
            name="indicators.months",
            tip="一年的指标按月填写，可从 Excel 粘贴",
        )
        self.page = shared_page(
            INDICATOR,
            desk,
            shell,
            extras=Extras(head=(self.entry,), doors={MONTHS: self.show_months}),
            begin=self._begun,
            listed=Rows(desk.indicators.rows, lambda row: row.whole, {"target": self._columns()}),
            card=IndicatorCard(desk).as_detail(),
            asked=_ASKED,
        )
        self.setParent(self.page)
        self.entry.clicked.connect(self._enter)

    @cached_property
    def months(self) -> MonthsView:
        """The months of a year; made when they are first wanted."""
        made = MonthsView(self._desk, self._shell)
        made.left.connect(self.page.to_list)
        return made

    def show_months(self, year: str = "") -> None:
        """The months of a year, the present one unless told."""
        self.months.start(int(year) if year.isdigit() else 0)
        self.page.views.show_view(self.months)

    @Slot()
    def _enter(self) -> None:
        self.show_months(str(self.page.list.listing.shown.year or ""))

    def _begun(self, which: str) -> State:
        """A new one is of the present year, perhaps of a PRIORITY."""
        more: State = {"priority": which} if which else {}
        return {"year": str(self._desk.today().year)} | more

    def _columns(self) -> tuple[Column[Measured], ...]:
        today = self._desk.today()

        def told(row: Measured) -> str:
            period: Period = period_of(row, today)
            return "" if row.lost else standing(row.target, period)

        return (
            Column(
                code="value",
                title="现值",
                text=lambda row: shown(reached_value(row.target, period_of(row, today))),
                right=True,
                width=84,
                key=lambda row: reached_value(row.target, period_of(row, today)),
            ),
            Column(code="standing", title="达成情况", text=told, width=104),
        )
