"""The one search field; its results drop down grouped by kind."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property, partial
from itertools import groupby

from PySide6 import QtWidgets
from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidgetItem, QWidget
from shiboken6 import isValid

from dangjian_desktop.domain.words import LONGEST_SEARCH
from dangjian_desktop.ui.desk.page import NOT_INDEXED, SEARCH, Hit
from dangjian_desktop.ui.desk.timers import once
from dangjian_desktop.ui.look.spoken import announce
from dangjian_desktop.ui.look.theme import Theme
from dangjian_desktop.ui.look.widgets import asks_for_escape

Search = Callable[[str, Callable[[Sequence[Hit], bool], None]], None]
"""Asked with a text and with where to bring the hits, later and on the UI thread."""
PAUSE = 150
ALL = "查看全部结果（回车）"
ROWS = 14


class SearchBox(QLineEdit):
    """Enter asks for the page of all hits; the arrows go through the first, of which Enter then
    opens one; Esc gives the text up. ``found`` brings place and record, or that of all hits."""

    found = Signal(str, str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("search")
        self.setPlaceholderText("搜索党员、会议、项目……   Ctrl+K")
        self.setAccessibleName("搜索")
        self.setMaxLength(LONGEST_SEARCH)
        self._theme = theme
        self._search: Search | None = None
        self._given: str | None = None
        self._sign = QAction(self)
        self.addAction(self._sign, QLineEdit.ActionPosition.LeadingPosition)
        self._pause = once(self, PAUSE, self._ask)
        self.textEdited.connect(self._on_edited)
        theme.changed.connect(self._dress)
        self._dress()

    @cached_property
    def results(self) -> QtWidgets.QListWidget:
        """What drops down; made when it is first wanted, not while the window is."""
        made = QtWidgets.QListWidget(self)
        made.setObjectName("search.results")
        made.setProperty("look", "choices")
        made.setWindowFlags(Qt.WindowType.ToolTip)
        made.setFrameShape(QFrame.Shape.NoFrame)
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        made.setTextElideMode(Qt.TextElideMode.ElideRight)
        made.itemClicked.connect(self._take)
        return made

    def set_search(self, search: Search | None) -> None:
        """Hand in what finds; without it the field is closed."""
        self._search = search
        self.setEnabled(search is not None)

    def start(self) -> None:
        """Ctrl+K: put the cursor here."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def show_hits(self, asked: str, hits: Sequence[Hit], indexed: bool = True) -> None:
        """Drop down what was found for a text, unless the text is another by now; without
        the index it says that every record was looked through."""
        if not isValid(self) or asked != self.text().strip() or asked == self._given:
            return
        self.results.clear()
        if not indexed:
            # First, since what stands behind many hits is not seen.
            self._add_heading(NOT_INDEXED)
        if hits:
            self._add_item(ALL, "", asked)
        for group, members in groupby(hits, key=lambda hit: hit.group):
            self._add_heading(group)
            for hit in members:
                self._add_item(hit.title, hit.detail, hit)
        if not hits:
            self._add_heading("没有找到，请换个词试试，姓名也可以输入拼音首字母")
        self._select(0, 1)
        told = f"找到 {len(hits)} 条" if hits else "没有找到"
        announce(self, told if indexed else f"{NOT_INDEXED}{told}")
        self._drop_down()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: D102
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self.results.isVisible():
            step = 1 if key == Qt.Key.Key_Down else -1
            self._select(self.results.currentRow() + step, step)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
        elif key == Qt.Key.Key_Escape and (self.text() or self.results.isVisible()):
            self._give_up()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:  # noqa: D102
        if asks_for_escape(event) and self.text():
            event.accept()
            return True
        if event.type() in (QEvent.Type.FocusOut, QEvent.Type.Hide):
            self._hide_results()
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: D102
        if event.type() in (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.WindowDeactivate):
            self._hide_results()
        return super().eventFilter(watched, event)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: D102
        self.window().installEventFilter(self)

    def _enter(self) -> None:
        """Open the hit that was gone to, else all of them."""
        chosen = self.results.currentItem() if self.results.isVisible() else None
        if chosen is not None:
            self._take(chosen)
        elif self._search is not None:
            self._ask_all()

    def _ask_all(self) -> None:
        self._given = asked = self.text().strip()
        self._pause.stop()
        self._hide_results()
        self.found.emit(SEARCH, asked)

    def _hide_results(self) -> None:
        if "results" in vars(self):
            self.results.hide()

    @Slot(str)
    def _on_edited(self, text: str) -> None:
        # Made only now: its icon costs as much as the rest of the bar at the start.
        self.setClearButtonEnabled(True)
        self._given = None
        self.results.clear()
        self.results.hide()
        if text.strip():
            self._pause.start()
        else:
            self._pause.stop()

    @Slot()
    def _ask(self) -> None:
        asked = self.text().strip()
        if asked and self._search is not None:
            self._search(asked, partial(self.show_hits, asked))

    def _add_heading(self, text: str) -> None:
        item = QListWidgetItem(text)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        item.setForeground(self._theme.color("soft"))
        self.results.addItem(item)

    def _add_item(self, title: str, detail: str, leads_to: Hit | str) -> None:
        item = QListWidgetItem(f"{title}　{detail}".rstrip("　"))
        item.setData(Qt.ItemDataRole.UserRole, leads_to)
        item.setToolTip(detail)
        self.results.addItem(item)

    def _select(self, row: int, step: int) -> None:
        while 0 <= row < self.results.count():
            if self.results.item(row).flags() & Qt.ItemFlag.ItemIsSelectable:
                self.results.setCurrentRow(row)
                return
            row += step

    def _drop_down(self) -> None:
        rows = min(self.results.count(), ROWS)
        height = max(self.results.sizeHintForRow(0), 20) * rows + 14
        self.results.setFixedSize(max(self.width(), self._theme.px(440)), height)
        self.results.move(self.mapToGlobal(QPoint(0, self.height() + 2)))
        self.results.show()

    @Slot(QListWidgetItem)
    def _take(self, item: QListWidgetItem) -> None:
        hit = item.data(Qt.ItemDataRole.UserRole)
        if isinstance(hit, Hit):
            self._give_up()
            self.found.emit(hit.place, hit.uid)
        elif hit is not None:
            self._ask_all()

    def _give_up(self) -> None:
        self._pause.stop()
        self.clear()
        self.results.clear()
        self.results.hide()

    @Slot()
    def _dress(self) -> None:
        self._sign.setIcon(self._theme.icon("search", "soft", 16))
        self.setMinimumWidth(self._theme.px(240))
        self.setMaximumWidth(self._theme.px(440))
