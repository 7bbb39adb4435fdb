"""A table over a paged model: its columns, its keys, its foot and its empty state."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLabel,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from dangjian_desktop.ui.desk.store import SettingsStore
from dangjian_desktop.ui.look.plain_cells import PlainCells
from dangjian_desktop.ui.look.stage import Stage
from dangjian_desktop.ui.look.tab_order import hand_on
from dangjian_desktop.ui.look.theme import Theme
from dangjian_desktop.ui.look.type_ahead import TypeAhead
from dangjian_desktop.ui.look.widgets import button, column_of, frame, label, row_of
from dangjian_desktop.ui.records.acts import Acts
from dangjian_desktop.ui.records.headings import Headings
from dangjian_desktop.ui.records.subject import nothing
from dangjian_desktop.ui.records.tables import PagedModel

Selection = QAbstractItemView.SelectionMode


class RecordTable(QWidget):
    """Shows records by id; ``chosen`` follows the cursor, ``opened`` is Enter or a double click.

    Space previews, Ctrl+C copies rows with their headings (``copied``), letters go to the next
    record whose key (pinyin initials) begins so. With ``several`` more can be chosen (``picked``
    tells that others are) and a click on a heading asks for another order (``ordered``: code of
    the column, whether descending; an empty code for the usual order). ``name`` is what its
    columns are remembered under, ``title`` what a reader of the screen calls it.
    """

    chosen = Signal(str)
    opened = Signal(str)
    previewed = Signal(str)
    picked = Signal()
    ordered = Signal(str, bool)
    copied = Signal(int)
    step_asked = Signal()

    def __init__(
        self,
        model: PagedModel[Any],
        theme: Theme,
        settings: SettingsStore,
        *,
        name: str,
        title: str = "",
        several: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.model = model
        self._several = several
        self._ahead = TypeAhead()
        self.press: Callable[[QKeyEvent], bool] = nothing
        self.view = QTableView(self)
        self.view.setObjectName(f"{name}.table")
        self.view.setAccessibleName(title)
        self.foot = label("", "soft", name=f"{name}.foot")
        self._empty, self._empty_text, self._empty_step = _empty_state(theme)
        self._empty_step.setObjectName(f"{name}.step")
        self._empty_step.clicked.connect(self.step_asked)
        self._stack = Stage()
        self.all = button("全选", theme, look="quiet", name=f"{name}.all", tip="Ctrl+A")
        self.all.clicked.connect(self.view.selectAll)
        column_of((self._stack, 1), row_of((self.foot, 1), self.all), on=self)
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._empty)
        self._set_up_view()
        PlainCells(self.view, model, theme)
        self.headings = Headings(self.view, model, theme, settings, name, sorts=several)
        self.headings.ordered.connect(self.ordered)

    def show_ids(
        self,
        ids: Sequence[str],
        *,
        foot: str = "",
        keys: Mapping[str, str] | None = None,
        rows: Mapping[str, Any] | None = None,
    ) -> None:
        """Show these records; those that were chosen stay chosen as far as they are among them.

        ``keys`` gives the pinyin initials by id for type-ahead, ``rows`` what is at hand.
        """
        kept, picked = self.current(), self.selected()
        focused = self.view.hasFocus() or self._empty_step.hasFocus()
        quiet = self.blockSignals(True)
        self.model.show(ids, rows)
        self._ahead.keys = keys or {}
        self.foot.setText(foot)
        self.foot.setVisible(bool(foot))
        self.all.setVisible(self._several and len(ids) > 1)
        self._stack.setCurrentIndex(0 if ids else 1)
        self.headings.fitting.fit()
        self._pick(kept, picked)
        self.blockSignals(quiet)
        if focused and not self.focus_first():
            hand_on(self.view)
        if self.current() != kept:
            self.chosen.emit(self.current())
        if self.selected() != picked:
            self.picked.emit()

    def set_empty(self, text: str, first_step: str = "") -> None:
        """What an empty list says: what it is for, and the button of the first step."""
        self._empty_text.setText(text)
        self._empty_step.setText(first_step)
        self._empty_step.setVisible(bool(first_step))

    def offer_acts(self, acts: Acts) -> None:
        """Take the keys and the menu of these acts, on what is chosen."""
        self.headings.acts, self.press = acts, acts.press
        self.picked.connect(lambda: acts.set_ids(self.selected()))

    def focus_first(self) -> bool:
        """Put the focus on the rows, or on the first step of an empty list, if it has one."""
        shown = self.view if self._stack.currentIndex() == 0 else self._empty_step
        shown.setFocus()
        return not shown.isHidden()

    def current(self) -> str:
        """The id under the cursor, or an empty text."""
        index = self.view.currentIndex()
        return self.model.id_at(index.row()) if index.isValid() else ""

    def selected(self) -> tuple[str, ...]:
        """Every id that is chosen, in the order of the list."""
        rows = sorted(index.row() for index in self.view.selectionModel().selectedRows())
        return tuple(self.model.id_at(row) for row in rows)

    def select(self, uid: str) -> bool:
        """Put the cursor on a record; false when it is not in the list."""
        place = self.model.place_of(uid)
        if place < 0:
            return False
        row, model = self.model.index(place, 0), self.view.selectionModel()
        # Not selectRow, which toggles while Ctrl is held.
        model.setCurrentIndex(row, model.SelectionFlag.ClearAndSelect | model.SelectionFlag.Rows)
        self.view.scrollTo(row)
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: D102
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._on_key(event)
        if event.type() == QEvent.Type.Resize and watched is self.view:
            self.headings.fitting.soon.start()
        return super().eventFilter(watched, event)

    def _pick(self, current: str, picked: Sequence[str]) -> None:
        self.select(current)
        model = self.view.selectionModel()
        for uid in picked if len(picked) > 1 else ():
            if (place := self.model.place_of(uid)) >= 0:
                row = self.model.index(place, 0)
                model.select(row, model.SelectionFlag.Select | model.SelectionFlag.Rows)

    def _on_key(self, event: QKeyEvent) -> bool:
        if event.matches(QKeySequence.StandardKey.Copy):
            self._copy()
            return True
        uid = self.current()
        acts: dict[int, Callable[[str], None]] = {
            Qt.Key.Key_Return: self.opened.emit,
            Qt.Key.Key_Enter: self.opened.emit,
            Qt.Key.Key_Space: self.previewed.emit,
        }
        if uid and event.key() in acts and not event.modifiers():
            acts[event.key()](uid)
            return True
        return self.press(event) or self._type_ahead(event.text())

    def _copy(self) -> None:
        columns = [self.model.columns[place] for place in self.headings.visible()]
        self.model.copy(columns, self.selected(), self.copied.emit)

    def _type_ahead(self, letter: str) -> bool:
        if not self._ahead.takes(letter):
            return False
        here = self.model.place_of(self.current())
        self.select(self._ahead.find(letter, self.model.ids, here))
        return True

    def _set_up_view(self) -> None:
        view = self.view
        view.setModel(self.model)
        view.setShowGrid(False)
        view.setWordWrap(False)
        view.verticalHeader().hide()
        view.setTabKeyNavigation(False)
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        several = Selection.ExtendedSelection if self._several else Selection.SingleSelection
        view.setSelectionMode(several)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.installEventFilter(self)
        view.doubleClicked.connect(self._on_double_click)
        view.selectionModel().currentRowChanged.connect(self._on_current)
        view.selectionModel().selectionChanged.connect(self._on_selection)

    @Slot(QModelIndex)
    def _on_double_click(self, index: QModelIndex) -> None:
        self.opened.emit(self.model.id_at(index.row()))

    @Slot(QModelIndex)
    def _on_current(self, index: QModelIndex) -> None:
        self.chosen.emit(self.model.id_at(index.row()) if index.isValid() else "")

    @Slot()
    def _on_selection(self) -> None:
        self.picked.emit()


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
