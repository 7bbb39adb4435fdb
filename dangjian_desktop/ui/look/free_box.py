"""A box that offers words and takes any other."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import (
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    QTimer,
    Slot,
)
from PySide6.QtWidgets import QComboBox, QCompleter

from dangjian_desktop.services.members.naming import titled
from dangjian_desktop.services.records.pinyin import sort_key

_AT_ONCE = 25
"""How many words that nobody has read yet are read in one turn of events."""


class FreeBox(QComboBox):
    """What is typed stays what was typed: words that fit, are read or sound so are offered below,
    never filled in. Where one is ``choosing``, Enter takes the first of those."""

    def __init__(self, *, choosing: bool = False) -> None:
        super().__init__()
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self._fitting = _Fitting(self)
        self._fitting.setSourceModel(self.model())
        self._unread: list[str] = []
        self._turn = QTimer(self)
        self._turn.setSingleShot(True)
        self._turn.timeout.connect(self._read_on)
        completer = _Offering(self._fitting, self)
        self.setCompleter(completer)
        self.lineEdit().textEdited.connect(self._narrow)
        if choosing:
            self.lineEdit().returnPressed.connect(self._take_first)
        # A window of nobody's would not have the look of the one that it opens over.
        offered = completer.popup()
        offered.setParent(self, offered.windowFlags())

    @Slot(str)
    def _narrow(self, typed: str) -> None:
        words = self._words()
        self._turn.stop()
        self._unread = [*words.values()] if typed.strip().isascii() and typed.strip() else []
        if self._unread:
            self._fitting.only({at for at, word in words.items() if typed in word})
            self._turn.start()
        else:
            self._fitting.only(titled(words, typed))

    @Slot()
    def _read_on(self) -> None:
        """How the words are read is kept once it is known; the first time takes long."""
        for word in self._unread[:_AT_ONCE]:
            sort_key(word)
        del self._unread[:_AT_ONCE]
        if self._unread:
            self._turn.start()
            return
        self._fitting.only(titled(self._words(), self.currentText()))
        if self.lineEdit().hasFocus() or self.completer().popup().isVisible():
            self.completer().complete()

    @Slot()
    def _take_first(self) -> None:
        typed = self.currentText()
        if self.completer().popup().currentIndex().isValid() or not typed.strip():
            return
        found = titled(self._words(), typed)
        if found and typed != self.itemText(self.currentIndex()):
            self.setCurrentIndex(int(found[0]))
            self.activated.emit(int(found[0]))

    def _words(self) -> dict[str, str]:
        return {str(place): self.itemText(place) for place in range(self.count())}


class _Fitting(QSortFilterProxyModel):
    """Those entries of a box that fit."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._places: frozenset[str] = frozenset()

    def only(self, places: Iterable[str]) -> None:
        """Let the entries at these places through."""
        self._places = frozenset(places)
        self.invalidate()

    def filterAcceptsRow(self, row: int, _parent: QModelIndex | QPersistentModelIndex) -> bool:
        return str(row) in self._places


class _Offering(QCompleter):
    """Offers all that its model holds, which has been narrowed already."""

    def splitPath(self, _path: str) -> list[str]:
        return [""]
