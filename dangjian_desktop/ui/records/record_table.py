"""The list of a page: a table over a paged model, its keys, its foot and its empty state."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from time import monotonic
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLabel,
    QMenu,
    QPushButton,
    QStackedLayout,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from dangjian_desktop.ui.desk.store import SettingsStore
from dangjian_desktop.ui.look.theme import Theme
from dangjian_desktop.ui.look.widgets import button, frame, label
from dangjian_desktop.ui.records.tables import PagedModel

TYPING_PAUSE = 1.0


class RecordTable(QWidget):
    """Shows records by id; ``chosen`` follows the cursor, ``opened`` is Enter or a double click.

    Space previews, Ctrl+N asks for a new record, Del for the bin, letters go to the next record
    whose key (pinyin initials) begins so. ``name`` is what its columns are remembered under.
    """

    chosen = Signal(str)
    opened = Signal(str)
    previewed = Signal(str)
    new_asked = Signal()
    delete_asked = Signal(str)

    def __init__(
        self,
        model: PagedModel[Any],
        theme: Theme,
        settings: SettingsStore,
        *,
        name: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.model = model
        self._theme, self._settings, self._name = theme, settings, name
        self._keys: Mapping[str, str] = {}
        self._typed, self._typed_at = "", 0.0
        self.view = QTableView()
        self.view.setObjectName(f"{name}.table")
        self.foot = label("", "soft")
        self.foot.setObjectName(f"{name}.foot")
        self._empty, self._empty_text, self._empty_step = _empty_state(theme)
        self._empty_step.clicked.connect(self.new_asked)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(self._stack, 1)
        layout.addWidget(self.foot)
        self._set_up_view()
        self._set_up_columns()
        theme.changed.connect(self._dress)
        self._dress()

    def show_ids(
        self,
        ids: Sequence[str],
        *,
        foot: str = "",
        keys: Mapping[str, str] | None = None,
        rows: Mapping[str, Any] | None = None,
    ) -> None:
        """Show these records; the selected one stays selected if it is still among them.

        ``keys`` gives the pinyin initials by id for type-ahead, ``rows`` what is at hand.
        """
        kept = self.current()
        quiet = self.blockSignals(True)
        self.model.show(ids, rows)
        self._keys = keys or {}
        self.foot.setText(foot)
        self.foot.setVisible(bool(foot))
        self._stack.setCurrentIndex(0 if ids else 1)
        self.select(kept)
        self.blockSignals(quiet)
        if self.current() != kept:
            self.chosen.emit(self.current())

    def set_empty(self, text: str, first_step: str = "") -> None:
        """What an empty list says: what it is for, and the button of the first step."""
        self._empty_text.setText(text)
        self._empty_step.setText(first_step)
        self._empty_step.setVisible(bool(first_step))

    def current(self) -> str:
        """The id under the cursor, or an empty text."""
        index = self.view.currentIndex()
        return self.model.id_at(index.row()) if index.isValid() else ""

    def select(self, uid: str) -> bool:
        """Put the cursor on a record; false when it is not in the list."""
        place = self.model.place_of(uid)
        if place < 0:
            return False
        self.view.selectRow(place)
        self.view.scrollTo(self.model.index(place, 0))
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: D102
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._on_key(event)
        return super().eventFilter(watched, event)

    def _on_key(self, event: QKeyEvent) -> bool:
        control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if control and event.key() == Qt.Key.Key_N:
            self.new_asked.emit()
            return True
        uid = self.current()
        acts: dict[int, Callable[[str], None]] = {
            Qt.Key.Key_Return: self.opened.emit,
            Qt.Key.Key_Enter: self.opened.emit,
            Qt.Key.Key_Space: self.previewed.emit,
            Qt.Key.Key_Delete: self.delete_asked.emit,
        }
        if uid and event.key() in acts and not event.modifiers():
            acts[event.key()](uid)
            return True
        return self._type_ahead(event.text())

    def _type_ahead(self, letter: str) -> bool:
        if not letter.isalpha() or not letter.isascii() or not self._keys:
            return False
        now = monotonic()
        fresh = now - self._typed_at > TYPING_PAUSE
        self._typed = letter.lower() if fresh else self._typed + letter.lower()
        self._typed_at = now
        ids = self.model.ids
        start = self.model.place_of(self.current()) + (1 if fresh else 0)
        for uid in (*ids[max(start, 0) :], *ids[: max(start, 0)]):
            if self._keys.get(uid, "").lower().startswith(self._typed):
                self.select(uid)
                break
        return True

    def _set_up_view(self) -> None:
        view = self.view
        view.setModel(self.model)
        view.setShowGrid(False)
        view.setWordWrap(False)
        view.verticalHeader().hide()
        view.setTabKeyNavigation(False)
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.installEventFilter(self)
        view.doubleClicked.connect(self._on_double_click)
        view.selectionModel().currentRowChanged.connect(self._on_current)

    def _set_up_columns(self) -> None:
        header = self.view.horizontalHeader()
        header.setHighlightSections(False)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._offer_columns)
        shown = self._settings.texts(f"columns/{self._name}")
        known = self._settings.knows(f"columns/{self._name}")
        for place, column in enumerate(self.model.columns):
            visible = column.code in shown if known else column.shown
            self.view.setColumnHidden(place, not visible)
            header.setSectionResizeMode(place, _resizing(column.width))

    @Slot()
    def _dress(self) -> None:
        self.view.verticalHeader().setDefaultSectionSize(self._theme.row_height)
        for place, column in enumerate(self.model.columns):
            if column.width > 0:
                self.view.setColumnWidth(place, self._theme.px(column.width))

    @Slot(QPoint)
    def _offer_columns(self, where: QPoint) -> None:
        menu = self.columns_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.view.horizontalHeader().mapToGlobal(where))

    def columns_menu(self) -> QMenu:
        """Which columns are shown; the last one cannot be taken away."""
        menu = QMenu(self)
        visible = [not self.view.isColumnHidden(p) for p in range(len(self.model.columns))]
        for place, column in enumerate(self.model.columns):
            action = menu.addAction(column.title)
            action.setCheckable(True)
            action.setChecked(visible[place])
            action.setEnabled(not visible[place] or sum(visible) > 1)
            action.toggled.connect(partial(self._show_column, place))
        return menu

    def _show_column(self, place: int, shown: bool) -> None:
        self.view.setColumnHidden(place, not shown)
        codes = [
            column.code
            for at, column in enumerate(self.model.columns)
            if not self.view.isColumnHidden(at)
        ]
        self._settings.set_texts(f"columns/{self._name}", codes)

    @Slot(QModelIndex)
    def _on_double_click(self, index: QModelIndex) -> None:
        self.opened.emit(self.model.id_at(index.row()))

    @Slot(QModelIndex)
    def _on_current(self, index: QModelIndex) -> None:
        self.chosen.emit(self.model.id_at(index.row()) if index.isValid() else "")


def _resizing(width: int) -> QHeaderView.ResizeMode:
    if width < 0:
        return QHeaderView.ResizeMode.Stretch
    return QHeaderView.ResizeMode.Interactive if width else QHeaderView.ResizeMode.ResizeToContents


def _empty_state(theme: Theme) -> tuple[QWidget, QLabel, QPushButton]:
    card = frame("card")
    text = label("没有符合条件的记录", "soft", wrap=True)
    text.setAlignment(Qt.AlignmentFlag.AlignCenter)
    step = button("", theme, icon="plus")
    step.hide()
    layout = QVBoxLayout(card)
    layout.setContentsMargins(24, 24, 24, 24)
    layout.setSpacing(12)
    layout.addStretch(2)
    layout.addWidget(text)
    layout.addWidget(step, 0, Qt.AlignmentFlag.AlignHCenter)
    layout.addStretch(3)
    return card, text, step
