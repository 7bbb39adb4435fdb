"""How wide the columns of a table are in the room that there is."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QHeaderView, QTableView

from dangjian_desktop.ui.look.theme import Theme

READ, SHORT = 180, 116
"""What the column that takes the rest is to have where its words are as long, before others take
more than they need and the last is shown (some eleven Chinese letters, by which one line is told
from the next); and what it has before the table scrolls. In pixels at the base size."""
MOST = 1.6
"""So many times its usual width a column takes where there is room to spare."""
MOST_LINES = 0.75
_MODES = QHeaderView.ResizeMode


class Fitting(QObject):
    """Shares the width of a table among its columns: none is cut that could be whole, and the one
    that takes the rest can be read. Columns that nobody asked for wait at the end until there is
    room; what somebody dragged stays as it is.

    ``widths`` are the usual ones (0 fits the contents, -1 takes the rest), ``texts`` tells what a
    column says in the first rows, ``wanted`` the places to be shown and whether somebody asked for
    just these.
    """

    def __init__(
        self,
        view: QTableView,
        theme: Theme,
        widths: Sequence[int],
        texts: Callable[[int], Sequence[str]],
        wanted: Callable[[], tuple[list[int], bool]],
    ) -> None:
        super().__init__(view)
        self._view, self._header, self._theme = view, view.horizontalHeader(), theme
        self._px = theme.px
        self._widths, self._texts, self._wanted = widths, texts, wanted
        self._at_work, self._dragged = False, set[int]()
        self.soon = QTimer(self)
        self.soon.setSingleShot(True)
        self.soon.timeout.connect(self.fit)
        self._header.setStretchLastSection(min(widths, default=0) >= 0)
        for place, width in enumerate(widths):
            view.setColumnHidden(place, place not in wanted()[0])
            self._header.setSectionResizeMode(place, _resizing(width))
        self._header.sectionResized.connect(self._on_resized)
        theme.changed.connect(self._dress)
        self._dress()

    @Slot()
    def fit(self) -> None:
        """Share it now."""
        shown, needed = self._shown()
        rest = next((p for p in shown if self._widths[p] < 0), -1)
        elastic = rest if rest >= 0 else shown[-1]
        # One line that is longer than all others leaves room to what stands beside it.
        told = self._needed(elastic, MOST_LINES)
        least = told if rest >= 0 else self._lowest(elastic, needed[elastic])
        fixed = [place for place in shown if self._fixed(place)]
        room = self._view.viewport().width() - sum(map(self._header.sectionSize, fixed))
        usual = {p: self._px(self._widths[p]) for p in shown if p not in (elastic, *fixed)}
        kept = max(0, told - least)
        given = fitted(usual, needed, room - least, kept)
        self._at_work = True
        for place in range(len(self._widths)):
            if self._view.isColumnHidden(place) == (place in shown):
                self._view.setColumnHidden(place, place not in shown)
        for place, width in given.items():
            self._header.resizeSection(place, width)
        if rest >= 0:
            self._stretch(rest, room - sum(given.values()))
        self._at_work = False

    def _shown(self) -> tuple[list[int], Mapping[int, int]]:
        """The columns there is room for, and what each needs."""
        shown, asked = self._wanted()
        needed = {place: self._needed(place) for place in shown}
        lowest = {place: self._lowest(place, needed[place]) for place in shown}
        lowest |= {place: self._told(place) for place in shown if self._widths[place] < 0}
        while not asked and len(shown) > 2:
            if sum(lowest[place] for place in shown) <= self._view.viewport().width():
                break
            shown.remove(next(p for p in reversed(shown) if self._widths[p] >= 0))
        return shown, needed

    def _told(self, place: int) -> int:
        """What the column that takes the rest is to have."""
        return max(self._px(SHORT), min(self._px(READ), self._needed(place, MOST_LINES)))

    def _lowest(self, place: int, needed: int) -> int:
        if self._widths[place] < 0:
            return self._px(SHORT)
        if self._fixed(place):
            return self._header.sectionSize(place)
        return min(self._px(self._widths[place]), needed)

    def _fixed(self, place: int) -> bool:
        return place in self._dragged or self._widths[place] == 0

    def _stretch(self, rest: int, left: int) -> None:
        """Give it what is left, or what it needs to be read, and the table scrolls."""
        scrolls = left < self._px(SHORT)
        self._header.setSectionResizeMode(rest, _MODES.Interactive if scrolls else _MODES.Stretch)
        if scrolls:
            self._header.resizeSection(rest, self._px(SHORT))

    def _needed(self, place: int, share: float = 1.0) -> int:
        """What heading and this share of the first rows need to be read whole."""
        texts = sorted(self._texts(place), key=_length)
        longest = texts[math.ceil(len(texts) * share) - 1] if texts else ""
        wide = self._view.fontMetrics().horizontalAdvance(longest) + self._px(2 * 8) + 8
        return max(self._header.sectionSizeHint(place), wide)

    @Slot(int, int, int)
    def _on_resized(self, place: int, _before: int, _now: int) -> None:
        if not self._at_work and self._widths[place] > 0 and self._header.underMouse():
            self._dragged.add(place)

    @Slot()
    def _dress(self) -> None:
        self._view.verticalHeader().setDefaultSectionSize(self._theme.row_height)
        self._dragged.clear()
        self._at_work = True
        for place, width in enumerate(self._widths):
            if width > 0:
                self._view.setColumnWidth(place, self._px(width))
        self._at_work = False
        self.soon.start()


def fitted(
    usual: Mapping[int, int], needed: Mapping[int, int], room: int, kept: int
) -> Mapping[int, int]:
    """The width of each column, by its place, where all together should take no more than
    ``room``: too little room is saved where the contents need less than is usual, never below
    what they need; room beyond ``kept`` is given to what needs more."""
    over = sum(usual.values()) - room
    if over > 0:
        spare = {place: max(0, wide - needed[place]) for place, wide in usual.items()}
        share = min(1.0, over / sum(spare.values())) if any(spare.values()) else 0.0
        return {place: wide - math.ceil(spare[place] * share) for place, wide in usual.items()}
    wanted = {
        place: max(0, min(needed[place], round(wide * MOST)) - wide)
        for place, wide in usual.items()
    }
    left = max(0, -over - kept)
    share = min(1.0, left / sum(wanted.values())) if any(wanted.values()) else 0.0
    return {place: wide + math.floor(wanted[place] * share) for place, wide in usual.items()}


def _length(text: str) -> int:
    """A Chinese letter takes the room of two others."""
    return len(text) + sum(letter > "\u2e80" for letter in text)


def _resizing(width: int) -> QHeaderView.ResizeMode:
    if width < 0:
        return _MODES.Stretch
    return _MODES.Interactive if width else _MODES.ResizeToContents
