"""The left side of the page of projects: chips, the list, and the board in its place."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from dangjian_desktop.domain.projects.listing import ProjectRow
from dangjian_desktop.errors import InputError
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.look.chips import ChipRow
from dangjian_desktop.ui.look.widgets import button, label, space
from dangjian_desktop.ui.projects.board import Board
from dangjian_desktop.ui.projects.category import CategoryPanel
from dangjian_desktop.ui.projects.columns import project_columns
from dangjian_desktop.ui.projects.listing import (
    Listing,
    Narrowing,
    of_category,
    of_group,
    of_year,
)
from dangjian_desktop.ui.records.drafts_banner import DraftsBanner
from dangjian_desktop.ui.records.record_table import RecordTable
from dangjian_desktop.ui.records.tables import PagedModel

EMPTY = "这里管理书记项目、党员项目和党建+项目：从申报到结项，一次录入，各种表格都可打印。"
EMPTY_HERE = "没有符合条件的项目。"
VIEWS = (("list", "列表"), ("board", "看板"))


class ProjectList(QWidget):
    """``narrowed`` brings what the chips ask for; the others are those of the table."""

    narrowed = Signal(object)
    chosen = Signal(str)
    opened = Signal(str)

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__()
        self._desk, self._shell = desk, shell
        self.listing: Listing | None = None
        self._empty = EMPTY
        theme = shell.theme
        self.drafts = DraftsBanner(theme)
        self.year = button("", theme, look="chip", name="projects.year")
        self.category = button("", theme, look="chip", name="projects.category")
        self.groups = ChipRow(theme)
        self.views = ChipRow(theme, VIEWS)
        self.own = CategoryPanel(theme)
        self.own.wanted.connect(self._add_category)
        self.claims = button("认领与台账", theme, icon="clipboard-list", name="projects.claims")
        self.new = button("新建项目", theme, icon="plus", look="primary", name="projects.new")
        self.table = self._make_table()
        self.board = Board(theme)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.board)
        self._compose()
        self._connect()

    def current(self) -> str:
        """The id of the project that is chosen."""
        return self.table.current()

    def show_listing(self, listing: Listing, reveal: str) -> None:
        """Show this state of the list; ``reveal`` gets the cursor."""
        self.listing = listing
        shown = listing.shown
        self.year.setText(f"{shown.year}年 ▾" if shown.year else "全部年份 ▾")
        self.category.setText(f"{shown.category or '全部类别'} ▾")
        names = [group.name for group in listing.categories.groups]
        self.groups.set_choices([("", "全部"), *((name, name) for name in names)])
        self.groups.set_codes([shown.group])
        empty = EMPTY_HERE if listing.years or shown.group else EMPTY
        self.table.set_empty(empty, "" if empty == EMPTY_HERE else "新建项目")
        rows = {row.id: row for row in listing.rows}
        self.table.show_ids(list(rows), foot=listing.foot, keys=listing.keys, rows=rows)
        self.drafts.show_drafts(listing.drafts, self._desk.clock().date())
        if reveal:
            self.table.select(reveal)
        elif not self.table.current() and rows:
            self.table.select(next(iter(rows)))
        self._empty = empty
        self._show_board()

    def focus_list(self) -> None:
        """Put the cursor into what is shown."""
        if self._stack.currentIndex() == 0:
            self.table.view.setFocus()
        else:
            self.board.focus_card()

    def year_menu(self) -> QMenu:
        """The years that have projects, and all of them."""
        years = self.listing.years if self.listing else ()
        menu = self._menu()
        for year, title in (*((y, f"{y}年") for y in years), (0, "全部年份")):
            menu.addAction(title).triggered.connect(partial(self._narrow, partial(of_year, year)))
        return menu

    def category_menu(self) -> QMenu:
        """The categories by group, and all of them."""
        menu = self._menu()
        menu.addAction("全部类别").triggered.connect(
            partial(self._narrow, partial(of_category, ""))
        )
        for group in self.listing.categories.groups if self.listing else ():
            menu.addSection(group.name)
            for name in group.categories:
                menu.addAction(name).triggered.connect(
                    partial(self._narrow, partial(of_category, name))
                )
        menu.addSeparator()
        menu.addAction("添加支部自己的类别").triggered.connect(self._ask_category)
        return menu

    @Slot()
    def _ask_category(self) -> None:
        groups = self.listing.categories.groups if self.listing else ()
        self.own.ask([group.name for group in groups])

    @Slot(str, str)
    def _add_category(self, group: str, name: str) -> None:
        work = partial(self._desk.projects.add_category, group, name)
        self._shell.jobs.library(work, partial(self._category_added, name), self._refused)

    def _category_added(self, name: str, _none: None) -> None:
        self.own.hide()
        self._shell.toast(f"已添加类别：{name}")

    def _refused(self, error: Exception) -> None:
        if isinstance(error, InputError):
            self.own.refuse(error.message)
        else:
            self._shell.messages.report(error)

    def _narrow(self, change: Callable[[Narrowing], Narrowing], *_checked: bool) -> None:
        self.narrowed.emit(change(self.listing.shown if self.listing else Narrowing()))

    @Slot(str)
    def _narrow_group(self, group: str) -> None:
        self._narrow(partial(of_group, group))

    def _show_board(self) -> None:
        """The cards are made only while the board is in view."""
        if self.listing is not None and self._stack.currentIndex() == 1:
            self.board.show_rows(self.listing.rows, self.listing.today, self._empty)
            self.board.select(self.table.current())

    @Slot(str)
    def _show_view(self, code: str) -> None:
        self._stack.setCurrentIndex(0 if code == "list" else 1)
        self._show_board()
        self.focus_list()

    @Slot(str)
    def _on_card(self, uid: str) -> None:
        self.table.select(uid)

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return menu

    def _offer(self, chip: QPushButton, menu: QMenu) -> None:
        menu.popup(chip.mapToGlobal(QPoint(0, chip.height() + 4)))

    def _make_table(self) -> RecordTable:
        model: PagedModel[ProjectRow] = PagedModel(
            project_columns(self._shell.theme, self._today),
            self._desk.projects.rows,
            ask=self._ask,
            parent=self,
        )
        return RecordTable(model, self._shell.theme, self._shell.settings, name="projects")

    def _today(self) -> date:
        return self.listing.today if self.listing else self._desk.clock().date()

    def _ask(self, work: Any, done: Any) -> object:
        return self._shell.jobs.library(work, done)

    def _compose(self) -> None:
        head = QHBoxLayout()
        space(head, margins=(0, 0, 0, 0), gap=10)
        head.addWidget(label("书记项目", "title"))
        head.addWidget(self.views, 1, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self.claims)
        head.addWidget(self.new)
        chips = QHBoxLayout()
        space(chips, margins=(0, 0, 0, 0), gap=6)
        for chip in (self.year, self.category):
            chips.addWidget(chip, 0, Qt.AlignmentFlag.AlignTop)
        chips.addWidget(self.groups, 1)
        column = QVBoxLayout(self)
        space(column, margins=(0, 0, 0, 0), gap=10)
        column.addLayout(head)
        column.addWidget(self.drafts)
        column.addLayout(chips)
        column.addWidget(self.own)
        column.addLayout(self._stack, 1)

    def _connect(self) -> None:
        self.year.clicked.connect(lambda: self._offer(self.year, self.year_menu()))
        self.category.clicked.connect(lambda: self._offer(self.category, self.category_menu()))
        self.groups.chosen.connect(self._narrow_group)
        self.views.chosen.connect(self._show_view)
        self.table.chosen.connect(self.chosen)
        self.table.opened.connect(self.opened)
        self.board.chosen.connect(self._on_card)
        self.board.opened.connect(self.opened)
