"""The headings of a table: widths, which columns are shown, the order they ask for; its menu."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QPoint, Qt, Signal, Slot
from PySide6.QtWidgets import QMenu, QTableView, QWidget

from dangjian_desktop.ui.desk.store import SettingsStore
from dangjian_desktop.ui.look.fitting import Fitting
from dangjian_desktop.ui.look.theme import Theme
from dangjian_desktop.ui.records.acts import Acts
from dangjian_desktop.ui.records.tables import PagedModel

DOWN = Qt.SortOrder.DescendingOrder


class Headings(QObject):
    """Remembers under ``name`` what is shown (a right click asks); sizes follow the type. On the
    rows the menu begins with the ``acts`` on what is chosen.

    With ``sorts`` a click on a heading asks for another order: code of the column and whether
    descending, an empty code for the usual order (the third click).
    """

    ordered = Signal(str, bool)

    def __init__(
        self,
        view: QTableView,
        model: PagedModel[Any],
        theme: Theme,
        settings: SettingsStore,
        name: str,
        *,
        sorts: bool,
    ) -> None:
        super().__init__(view)
        self._view, self._columns = view, model.columns
        self._settings, self._name, self._order = settings, f"columns/{name}", f"order/{name}"
        self._header = header = view.horizontalHeader()
        header.setHighlightSections(False)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._offer)
        self.acts: Acts | None = None
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(self._offer_acts)
        if sorts:
            header.setSectionsClickable(True)
            header.setSortIndicatorShown(True)
            header.setSortIndicatorClearable(True)
            header.setSortIndicator(*self._kept_order())
            header.sortIndicatorChanged.connect(self._on_order)
        widths = [column.width for column in self._columns]
        self.fitting = Fitting(view, theme, widths, model.texts, self._wanted)
        model.dataChanged.connect(self.fitting.soon.start)

    def menu(self, parent: QWidget) -> QMenu:
        """Which columns are shown; the last one cannot be taken away."""
        menu = QMenu("显示哪些列", parent)
        visible = self.visible()
        for place, column in enumerate(self._columns):
            action = menu.addAction(column.title)
            action.setCheckable(True)
            action.setChecked(place in visible)
            action.setEnabled(place not in visible or len(visible) > 1)
            action.toggled.connect(partial(self._show, place))
        return menu

    def visible(self) -> tuple[int, ...]:
        """The places of the columns that are shown."""
        return tuple(p for p in range(len(self._columns)) if not self._view.isColumnHidden(p))

    def _show(self, place: int, shown: bool) -> None:
        self._view.setColumnHidden(place, not shown)
        codes = [self._columns[place].code for place in self.visible()]
        self._settings.set_texts(self._name, codes)
        self.fitting.fit()

    def _wanted(self) -> tuple[list[int], bool]:
        """The places of the columns that were asked for, else of the usual ones."""
        codes = self._settings.texts(self._name)
        asked = [p for p, column in enumerate(self._columns) if column.code in codes]
        return asked or [p for p, c in enumerate(self._columns) if c.shown], bool(asked)

    @Slot(QPoint)
    def _offer(self, where: QPoint) -> None:
        menu = self.menu(self._view)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self._header.mapToGlobal(where))

    @Slot(QPoint)
    def _offer_acts(self, where: QPoint) -> None:
        """The acts on what is chosen and the columns, which the keyboard finds nowhere else."""
        view, acts = self._view, self.acts
        menu = QMenu(view) if acts is None or not acts.ids else acts.menu(view)
        menu.addSeparator()
        menu.addMenu(self.menu(menu))
        if not view.viewport().rect().contains(where):
            # The keys asked, and the row of the cursor is out of sight.
            view.scrollTo(view.currentIndex())
            where = view.visualRect(view.currentIndex()).center()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(view.viewport().mapToGlobal(where))

    @Slot(int, Qt.SortOrder)
    def _on_order(self, place: int, order: Qt.SortOrder) -> None:
        code = self._columns[place].code if place >= 0 else ""
        self._settings.set_texts(self._order, [code, order.name])
        self.ordered.emit(code, order == DOWN)

    @property
    def order(self) -> tuple[str, bool]:
        """The order that was asked for the last time: a column (empty: none), and whether down."""
        place, order = self._kept_order()
        return (self._columns[place].code if place >= 0 else "", order == DOWN)

    def _kept_order(self) -> tuple[int, Qt.SortOrder]:
        code, way = (*self._settings.texts(self._order), "", "")[:2]
        place = next((p for p, c in enumerate(self._columns) if c.code == code), -1)
        return place, DOWN if way == DOWN.name else Qt.SortOrder.AscendingOrder
