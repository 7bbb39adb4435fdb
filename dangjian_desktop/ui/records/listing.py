"""The list of a page: heading, drafts found, chips that narrow, and the rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QPushButton,
    QWidget,
)

from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.look.chips import ChipRow
from dangjian_desktop.ui.look.stage import Stage
from dangjian_desktop.ui.look.tab_order import in_order
from dangjian_desktop.ui.look.widgets import button, column_of, filter_line, label, row_of, space
from dangjian_desktop.ui.records.banner import DraftsBanner
from dangjian_desktop.ui.records.record_table import RecordTable
from dangjian_desktop.ui.records.subject import Extras, Listed, Listing, Narrowing
from dangjian_desktop.ui.records.tables import PagedModel

FILTER_WIDTH = 190


class RecordList(QWidget):
    """``narrowed`` brings the ``Narrowing`` that is asked for, ``new_asked`` the code of a kind
    (empty where there is only one), ``listed`` every state that is shown."""

    narrowed = Signal(object)
    new_asked = Signal(str)
    listed = Signal(object)

    def __init__(self, page: QWidget, shell: Shell, subject: Listed, extras: Extras) -> None:
        super().__init__(page)
        self._shell, self._subject = shell, subject
        self.listing = Listing(shown=Narrowing(), ids=())
        theme, place = shell.theme, subject.place
        self.drafts = DraftsBanner(theme)
        self.year = button("", theme, look="chip", name=f"{place}.year")
        self.parts = ChipRow(theme)
        self.filter = filter_line(f"{place}.filter", subject.filter_hint)
        self.new = button(
            subject.new, theme, icon=subject.new_icon, look="primary", name=f"{place}.new"
        )
        self.new.setToolTip("Ctrl+N")
        model: PagedModel[Any] = PagedModel(
            subject.columns, subject.rows, ask=shell.jobs.library, parent=self
        )
        kept = shell.settings
        self.table = RecordTable(
            model, theme, kept, name=place, title=subject.title, several=True, parent=self
        )
        self.body = Stage()
        self._compose(extras)
        self.body.addWidget(self.table)
        # Shown without a parent they would be windows of their own for a moment.
        self.filter.setVisible(bool(subject.filter_hint))
        self.new.setVisible(bool(subject.new))
        self._connect()

    def show_listing(self, listing: Listing, reveal: str, today: date) -> None:
        """Show this state; ``reveal`` gets the cursor, else it stays, else the first has it."""
        self.listing, shown = listing, listing.shown
        self.year.setText(f"{shown.year}年 ▾" if shown.year else "全部年份 ▾")
        self.year.setVisible(bool(listing.years))
        self.parts.set_choices(listing.parts)
        self.parts.set_codes([shown.part])
        if self.filter.text() != shown.typed and not self.filter.hasFocus():
            quiet = self.filter.blockSignals(True)
            self.filter.setText(shown.typed)
            self.filter.blockSignals(quiet)
        self.table.set_empty(listing.empty, listing.step)
        kept = self.table.current()
        place = self.table.model.place_of(kept)
        self.table.show_ids(listing.ids, foot=listing.foot, keys=listing.keys, rows=listing.rows)
        self._show_drafts(listing, today)
        if reveal:
            self.table.select(reveal)
        elif self.table.model.place_of(kept) < 0 and listing.ids:
            # After a deletion the next record moves up under the cursor, wherever the focus went.
            self.table.select(listing.ids[max(0, min(place, len(listing.ids) - 1))])
        self.listed.emit(listing)

    def narrow(self, **fields: Any) -> None:
        """Ask for the same list with these fields of its narrowing changed."""
        self.narrowed.emit(replace(self.listing.shown, **fields))

    def focus_first(self) -> None:
        """Put the focus on the rows, or on what stands in their place, else where one reads on."""
        shown = self.body.currentWidget()
        if shown is not self.table:
            shown.setFocus()
        elif not self.table.focus_first():
            in_order(self)[0].setFocus()

    def set_first_step(self, act: Callable[[], object]) -> None:
        """What the button of an empty list does instead of beginning a new record."""
        self.table.step_asked.disconnect(self._on_new)
        self.table.step_asked.connect(act)

    def new_menu(self) -> QMenu:
        """The kinds that a new record can be of."""
        menu = self.menu()
        for code, title in self.listing.news:
            action = menu.addAction(title)
            action.setData(code)
            action.triggered.connect(partial(self._ask_new, code))
        return menu

    def year_menu(self) -> QMenu:
        """The years that have records, and all of them."""
        menu = self.menu()
        for year, title in (*((y, f"{y}年") for y in self.listing.years), (0, "全部年份")):
            menu.addAction(title).triggered.connect(partial(self._narrow_year, year))
        return menu

    def menu(self) -> QMenu:
        """An empty menu that goes away by itself."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return menu

    def offer(self, chip: QWidget, menu: QMenu) -> None:
        """Open a menu under a button, or at the top of what is larger."""
        below = chip.height() + 4 if isinstance(chip, QPushButton) else 0
        menu.popup(chip.mapToGlobal(QPoint(0, below)))

    def ask_new(self, under: QWidget) -> None:
        """Begin a new record, of a kind that is asked for where there are several."""
        if self.listing.news:
            self.offer(under, self.new_menu())
        else:
            self.new_asked.emit("")

    def _ask_new(self, code: str, *_checked: bool) -> None:
        self.new_asked.emit(code)

    def _narrow_year(self, year: int, *_checked: bool) -> None:
        self.narrow(year=year)

    def _show_drafts(self, listing: Listing, today: date) -> None:
        focus = self.focusWidget()
        inside = focus is not None and self.drafts.isAncestorOf(focus) and focus.hasFocus()
        self.drafts.show_drafts(listing.drafts, today)
        if inside and not self.drafts.isAncestorOf(self.focusWidget() or self):
            self.focus_first()

    def _compose(self, extras: Extras) -> None:
        theme = self._shell.theme
        head = row_of(label(self._subject.title, "title"))
        for part in extras.beside:
            head.addWidget(part, 1, Qt.AlignmentFlag.AlignVCenter)
        head.addStretch()
        for part in (*extras.head, self.new):
            head.addWidget(part)
        chips = QHBoxLayout()
        space(chips, margins=(0, 0, 0, 0), gap=6)
        top = Qt.AlignmentFlag.AlignTop
        for part in (self.year, *extras.before):
            chips.addWidget(part, 0, top)
        chips.addWidget(self.parts, 1)
        aside = row_of(self.filter, *extras.after)
        chips.addLayout(aside)
        chips.setAlignment(aside, top)
        column_of(head, self.drafts, chips, *extras.below, (self.body, 1), on=self, gap=10)
        theme.fit(self.filter, QWidget.setFixedWidth, FILTER_WIDTH)

    def _connect(self) -> None:
        self.year.clicked.connect(lambda: self.offer(self.year, self.year_menu()))
        self.parts.chosen.connect(lambda code: self.narrow(part=code))
        self.filter.textChanged.connect(lambda text: self.narrow(typed=text))
        self.new.clicked.connect(self._on_new)
        self.table.ordered.connect(lambda code, down: self.narrow(order=code, descending=down))
        self.table.step_asked.connect(self._on_new)

    @Slot()
    def _on_new(self) -> None:
        self.ask_new(self.new)
