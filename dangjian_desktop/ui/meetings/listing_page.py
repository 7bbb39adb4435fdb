"""The left side of 组织生活: heading, drafts found, chips that narrow, the table."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QIcon, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from dangjian_desktop.services.desk import Desk
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.look.chips import ChipRow
from dangjian_desktop.ui.look.theme import Theme
from dangjian_desktop.ui.look.widgets import button, label, space
from dangjian_desktop.ui.meetings.listing import Listing, MeetingRow, Narrowing, load_rows
from dangjian_desktop.ui.records.drafts_banner import DraftsBanner
from dangjian_desktop.ui.records.record_table import RecordTable
from dangjian_desktop.ui.records.tables import Column, PagedModel

EMPTY = "这里记录支部的每一次组织生活：一次录入，会议记录、签到表、汇总都可打印。"
EMPTY_KIND = "没有符合条件的会议记录。"


class MeetingList(QWidget):
    """``narrowed`` brings what the chips ask for, ``new_asked`` the code of a kind."""

    narrowed = Signal(object)
    new_asked = Signal(str)

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__()
        self._shell = shell
        self._listing: Listing | None = None
        self.drafts = DraftsBanner(shell.theme)
        self.year = button("", shell.theme, look="chip", name="meetings.year")
        self.kinds = ChipRow(shell.theme)
        self.new = button(
            "新建会议记录", shell.theme, icon="plus", look="primary", name="meetings.new"
        )
        model: PagedModel[MeetingRow] = PagedModel(
            self._columns(shell.theme), partial(load_rows, desk), ask=self._ask, parent=self
        )
        self.table = RecordTable(model, shell.theme, shell.settings, name="meetings")
        self._compose()
        self.new.clicked.connect(self._offer_kinds)
        self.year.clicked.connect(self._offer_years)
        self.kinds.chosen.connect(self._narrow_kind)
        self.table.new_asked.connect(self._offer_kinds)

    def show_listing(self, listing: Listing, reveal: str, today: date) -> None:
        """Show this state; ``reveal`` gets the cursor, else it stays, else the newest has it."""
        self._listing, shown = listing, listing.shown
        self.year.setText(f"{shown.year}年 ▾" if shown.year else "全部年份 ▾")
        choices = [("", "全部"), *((k.code, k.short) for k in listing.kinds)]
        self.kinds.set_choices(choices)
        self.kinds.set_codes([shown.kind])
        self.table.set_empty(*((EMPTY_KIND,) if listing.years else (EMPTY, "新建会议记录")))
        planned = f"，其中计划 {listing.planned} 次" if listing.planned else ""
        foot = f"共 {len(listing.ids)} 次{planned}" if listing.ids else ""
        self.table.show_ids(listing.ids, foot=foot, keys=listing.keys, rows=listing.rows)
        self.drafts.show_drafts(listing.drafts, today)
        if reveal:
            self.table.select(reveal)
        elif not self.table.current() and listing.ids:
            self.table.select(listing.ids[0])

    def new_menu(self) -> QMenu:
        """The kinds that a new record can be of."""
        menu = self._menu()
        for kind in self._listing.kinds if self._listing else ():
            action = menu.addAction(kind.title)
            action.setData(kind.code)
            action.triggered.connect(partial(self._ask_new, kind.code))
        return menu

    def year_menu(self) -> QMenu:
        """The years that have meetings, and all of them."""
        menu = self._menu()
        years = self._listing.years if self._listing else ()
        for year, title in (*((y, f"{y}年") for y in years), (0, "全部年份")):
            menu.addAction(title).triggered.connect(partial(self._narrow_year, year))
        return menu

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return menu

    def _ask_new(self, kind: str, *_checked: bool) -> None:
        self.new_asked.emit(kind)

    @Slot()
    def _offer_kinds(self) -> None:
        self.new_menu().popup(self.new.mapToGlobal(QPoint(0, self.new.height() + 4)))

    @Slot()
    def _offer_years(self) -> None:
        self.year_menu().popup(self.year.mapToGlobal(QPoint(0, self.year.height() + 4)))

    def _narrow_year(self, year: int, *_checked: bool) -> None:
        self.narrowed.emit(Narrowing(year, self.kinds.code()))

    @Slot(str)
    def _narrow_kind(self, kind: str) -> None:
        self.narrowed.emit(Narrowing(self._listing.shown.year if self._listing else 0, kind))

    def _ask(self, work: Any, done: Any) -> object:
        return self._shell.jobs.library(work, done)

    def _columns(self, theme: Theme) -> Sequence[Column[MeetingRow]]:
        return (
            Column(code="date", title="日期", text=self._day, width=96),
            Column(code="kind", title="类型", text=_kinds, width=122, tooltip=_kinds),
            Column(code="title", title="主题", text=_title, width=-1, tooltip=_title),
            Column(code="present", title="到会", text=lambda r: r.attendance, right=True, width=70),
            Column(
                code="state",
                title="状态",
                text=lambda r: r.state,
                icon=partial(_state_icon, theme),
                width=126,
            ),
        )

    def _day(self, row: MeetingRow) -> str:
        if self._listing is not None and self._listing.shown.year:
            return f"{row.day:%m}月{row.day:%d}日"
        return row.day.isoformat()

    def _compose(self) -> None:
        head = QHBoxLayout()
        head.addWidget(label("组织生活", "title"))
        head.addStretch()
        head.addWidget(self.new)
        chips = QHBoxLayout()
        space(chips, margins=(0, 0, 0, 0), gap=6)
        chips.addWidget(self.year, 0, Qt.AlignmentFlag.AlignTop)
        chips.addWidget(self.kinds, 1)
        column = QVBoxLayout(self)
        space(column, margins=(0, 0, 0, 0), gap=10)
        column.addLayout(head)
        column.addWidget(self.drafts)
        column.addLayout(chips)
        column.addWidget(self.table, 1)
        new = QShortcut(QKeySequence("Ctrl+N"), self)
        new.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        new.activated.connect(self._offer_kinds)


def _kinds(row: MeetingRow) -> str:
    return row.kinds


def _title(row: MeetingRow) -> str:
    return row.title


def _state_icon(theme: Theme, row: MeetingRow) -> QIcon:
    if row.draft:
        return theme.icon("circle-alert", "warn", 15)
    held = ("circle-check", "good") if row.held else ("calendar", "soft")
    return theme.icon(*held, 15)
