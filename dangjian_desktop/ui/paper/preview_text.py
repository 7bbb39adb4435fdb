"""The text of the pages of a preview: chosen with the mouse, found, copied."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt, Slot
from PySide6.QtGui import QGuiApplication, QMouseEvent
from PySide6.QtWidgets import QWidget


class PageText(QObject):
    """Works on ``sheets``, the pages as they lie in the preview."""

    def __init__(self, preview: QWidget, sheets: Any) -> None:
        super().__init__(preview)
        self._preview, self._sheets = preview, sheets
        self._from: tuple[int, int] | None = None
        self._to: tuple[int, int] | None = None
        sheets.setCursor(Qt.CursorShape.IBeamCursor)
        sheets.installEventFilter(self)

    def clear(self) -> None:
        """Nothing is chosen."""
        self._from = self._to = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: D102
        if not isinstance(event, QMouseEvent) or not self._sheets.count:
            return super().eventFilter(watched, event)
        if event.type() == QEvent.Type.MouseButtonPress:
            self._preview.setFocus(Qt.FocusReason.MouseFocusReason)
            self._from, self._to = self._at(event.position()), None
            self._sheets.mark({})
        elif event.type() == QEvent.Type.MouseMove and event.buttons():
            self._to = self._at(event.position()) or self._to
            self._from = self._from or self._to
            self._sheets.mark(self._marks())
        return True

    def find(self, words: str) -> list[tuple[int, QRectF]]:
        """Mark where the words stand, breaks of lines aside; each with the page it is on."""
        wanted = "".join(words.split()).casefold()
        pages = self._sheets.pages
        found: list[tuple[int, QRectF]] = []
        marks: dict[int, list[QRectF]] = {}
        self.clear()
        for number in range(self._sheets.count if wanted and pages else 0):
            for first, count in _places(pages.text(number), wanted):
                boxes = pages.boxes(number, first, count)
                marks.setdefault(number, []).extend(boxes)
                found += [(number, box) for box in boxes[:1]]
        self._sheets.mark(marks)
        return found

    def chosen(self) -> str:
        """The text that is chosen, else that of all pages."""
        pages = self._sheets.pages
        if pages is None:
            return ""
        ranges = self._ranges() or [(n, 0, None) for n in range(self._sheets.count)]
        parts = (pages.text(number)[first:last] for number, first, last in ranges)
        return "\n".join(part.replace("\r", "") for part in parts)

    @Slot()
    def copy(self) -> None:
        """Put it on the clipboard."""
        QGuiApplication.clipboard().setText(self.chosen())

    def _at(self, where: QPointF) -> tuple[int, int] | None:
        number, x, y = self._sheets.place_at(where)
        pages = self._sheets.pages
        index = pages.index_at(number, x, y) if pages else -1
        return None if index < 0 else (number, index)

    def _ranges(self) -> list[tuple[int, int, int | None]]:
        if self._from is None or self._to is None:
            return []
        (page, first), (last_page, last) = sorted((self._from, self._to))
        ends = {last_page: last + 1}
        return [(n, first if n == page else 0, ends.get(n)) for n in range(page, last_page + 1)]

    def _marks(self) -> dict[int, list[QRectF]]:
        pages = self._sheets.pages
        if pages is None:
            return {}
        return {
            n: pages.boxes(n, first, (len(pages.text(n)) if last is None else last) - first)
            for n, first, last in self._ranges()
        }


def _places(text: str, wanted: str) -> Iterator[tuple[int, int]]:
    """Where the words stand in a text, whatever blanks and breaks lie between."""
    kept = [(place, sign) for place, sign in enumerate(text) if not sign.isspace()]
    plain = "".join(sign.casefold()[:1] for _place, sign in kept)
    start = plain.find(wanted)
    while start >= 0:
        first, last = kept[start][0], kept[start + len(wanted) - 1][0]
        yield first, last - first + 1
        start = plain.find(wanted, start + len(wanted))
