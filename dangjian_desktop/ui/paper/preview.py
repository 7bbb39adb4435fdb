"""Shows the very PDF that is filed: pages under each other, drawn when they come into view."""

from __future__ import annotations

import atexit
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any
from weakref import WeakSet

import pypdfium2
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QImage,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from dangjian_desktop.ui.desk.timers import once
from dangjian_desktop.ui.look.roles import reads_as
from dangjian_desktop.ui.look.stage import Scrolling
from dangjian_desktop.ui.look.theme import Theme
from dangjian_desktop.ui.look.widgets import label
from dangjian_desktop.ui.paper.preview_bar import PreviewBar
from dangjian_desktop.ui.paper.preview_text import PageText

GAP = 12
LARGEST = 1.5
"""Pixels a point at zoom 1: an A4 page is at most about 890 pixels wide."""


# What is still open when the program ends is closed before the library complains of it.
_OPEN: WeakSet[PdfPages] = WeakSet()


def _close_all() -> None:
    for pages in tuple(_OPEN):
        pages.close()


atexit.register(_close_all)


class PdfPages:
    """An open PDF: sizes in points, pages as pictures. Used on one thread only."""

    def __init__(self, pdf: bytes) -> None:
        self._document: Any = pypdfium2.PdfDocument(pdf)
        _OPEN.add(self)
        self.sizes: tuple[tuple[float, float], ...] = tuple(
            self._document.get_page_size(number) for number in range(len(self._document))
        )

    def picture(self, number: int, scale: float) -> QImage:
        """A page at ``scale`` pixels per point."""
        page = self._document[number]
        bitmap: Any = page.render(scale=scale, rev_byteorder=False, prefer_bgrx=True)
        stride, width, height = bitmap.stride, bitmap.width, bitmap.height
        pixels = bytes(bitmap.buffer)
        shown = QImage(pixels, width, height, stride, QImage.Format.Format_RGB32).copy()
        bitmap.close()
        page.close()
        return shown

    def text(self, number: int) -> str:
        """All text of a page, a character for each that has a place on it."""
        with self._text_of(number) as told:
            return str(told.get_text_range())

    def index_at(self, number: int, x: float, y: float) -> int:
        """The character near a place, in points from the upper left corner; -1 for none."""
        with self._text_of(number) as told:
            found = told.get_index(x, self.sizes[number][1] - y, 4, 6)
        return -1 if found is None else int(found)

    def boxes(self, number: int, first: int, count: int) -> list[QRectF]:
        """Where these characters stand, in points from the upper left corner."""
        height = self.sizes[number][1]
        with self._text_of(number) as told:
            lines = told.count_rects(first, count)
            corners = [told.get_rect(line) for line in range(lines)]
        return [
            QRectF(left, height - top, right - left, top - low) for left, low, right, top in corners
        ]

    @contextmanager
    def _text_of(self, number: int) -> Iterator[Any]:
        page = self._document[number]
        told = page.get_textpage()
        try:
            yield told
        finally:
            told.close()
            page.close()

    def close(self) -> None:
        """Release the document."""
        _OPEN.discard(self)
        self._document.close()


class _Sheets(QWidget):
    """The pages at one zoom; keeps only the pictures near the view."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._pages: PdfPages | None = None
        self._zoom = 1.0
        self._tops: list[int] = []
        self._pictures: dict[int, QImage] = {}
        self.marked: Mapping[int, Sequence[QRectF]] = {}
        """By page what is marked: found words, chosen text."""

    @property
    def count(self) -> int:
        """How many pages there are."""
        return len(self._pages.sizes) if self._pages else 0

    @property
    def pages(self) -> PdfPages | None:
        """The document that is shown."""
        return self._pages

    def mark(self, marked: Mapping[int, Sequence[QRectF]]) -> None:
        """Mark these places of pages, and no others."""
        self.marked = marked
        self.update()

    def show_pages(self, pages: PdfPages | None) -> None:
        """Show another document."""
        if self._pages is not None:
            self._pages.close()
        self._pages, self.marked = pages, {}
        self._pictures.clear()

    def set_width(self, width: int, zoom: float) -> None:
        """Lay the pages out for a view so wide; zoom 1 fits the widest page into it."""
        sizes = self._pages.sizes if self._pages else ()
        widest = max((size[0] for size in sizes), default=1.0)
        # A wide window must not blow a page up until only its head is seen.
        scale = min(max(width - 2 * GAP, 100) / widest, LARGEST) * zoom
        if scale != self._zoom:
            self._pictures.clear()
        self._zoom = scale
        self._tops, top = [], GAP
        for _page_width, height in sizes:
            self._tops.append(top)
            top += round(height * scale) + GAP
        self.setFixedSize(QSize(max(width, round(widest * scale) + 2 * GAP), top))
        self.update()

    def page_at(self, y: int) -> int:
        """The page at that height, from 0."""
        return max((n for n, top in enumerate(self._tops) if top <= y), default=0)

    def top_of(self, page: int) -> int:
        """Where a page begins."""
        return self._tops[page] - GAP if 0 <= page < len(self._tops) else 0

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        seen = event.rect()
        for number, top in enumerate(self._tops):
            area = self._area(number, top)
            if area.bottom() < seen.top() or area.top() > seen.bottom():
                continue
            painter.fillRect(area, self._theme.color("paper"))
            painter.drawImage(area, self._picture(number))
            self._paint_marks(painter, number, area)
            painter.setPen(self._theme.color("line"))
            painter.drawRect(area.adjusted(-0.5, -0.5, 0.5, 0.5))
        painter.end()
        first, last = self.page_at(seen.top()), self.page_at(seen.bottom())
        for number in [n for n in self._pictures if not first - 3 <= n <= last + 3]:
            del self._pictures[number]

    def place_at(self, where: QPointF) -> tuple[int, float, float]:
        """The page at a place of the view, and the place on it in points."""
        number = self.page_at(round(where.y()))
        area = self._area(number, self._tops[number])
        at = where - area.topLeft()
        return number, at.x() / self._zoom, at.y() / self._zoom

    def box_of(self, number: int, box: QRectF) -> QRectF:
        """Where something on a page stands in the view."""
        corner = self._area(number, self._tops[number]).topLeft()
        size = box.size() * self._zoom
        return QRectF(corner + box.topLeft() * self._zoom, size)

    def _paint_marks(self, painter: QPainter, number: int, area: QRectF) -> None:
        colour = self._theme.color("accent")
        colour.setAlpha(70)
        for box in self.marked.get(number, ()):
            painter.fillRect(self.box_of(number, box).intersected(area), colour)

    def _area(self, number: int, top: int) -> QRectF:
        width, height = self._pages.sizes[number] if self._pages else (0.0, 0.0)
        wide = round(width * self._zoom)
        return QRectF((self.width() - wide) // 2, top, wide, round(height * self._zoom))

    def _picture(self, number: int) -> QImage:
        if number not in self._pictures and self._pages is not None:
            ratio = self.devicePixelRatioF()
            self._pictures[number] = self._pages.picture(number, self._zoom * ratio)
        return self._pictures[number]


class Preview(Scrolling):
    """A PDF to look at. Ctrl and wheel, or ``zoom_by``, zoom; zoom 1 fits the width. Text is
    chosen with the mouse; Ctrl+C copies it.

    ``paged`` tells page and number of pages as the user scrolls, ``shown`` that there is another
    document, ``zoomed`` the zoom.
    """

    paged = Signal(int, int)
    shown = Signal()
    zoomed = Signal(float)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._zoom = 1.0
        self.pdf = b""
        self._sheets = _Sheets(theme)
        self._hint = label("", "soft", wrap=True)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._hint.setParent(self.viewport())
        self.setWidget(self._sheets)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        reads_as(self, "Document")
        self.setAccessibleName("打印预览")
        self.texts = PageText(self, self._sheets)
        self.bar = PreviewBar(theme, self)
        # The pages scroll, not what stands over them.
        self._over_bar = QWidget()
        self.addScrollBarWidget(self._over_bar, Qt.AlignmentFlag.AlignTop)
        self._laying = once(self, 60, self._lay_out)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        theme.changed.connect(self._lay_out)

    def show_pdf(self, pdf: bytes, *, keep_place: bool = False) -> None:
        """Show these bytes from the first page, or where the user was."""
        place = self.verticalScrollBar().value() if keep_place else 0
        self.pdf = pdf
        self._sheets.show_pages(PdfPages(pdf) if pdf else None)
        self._hint.setVisible(not pdf)
        self.texts.clear()
        self.shown.emit()
        self._lay_out()
        self.verticalScrollBar().setValue(place)
        self._on_scrolled()

    def show_hint(self, text: str) -> None:
        """Show a sentence instead of a document."""
        self.show_pdf(b"")
        self._hint.setText(text)
        self._place_hint()

    @property
    def pages(self) -> int:
        """How many pages are shown."""
        return self._sheets.count

    def zoom_by(self, factor: float) -> None:
        """Zoom in or out, between half and four times the width of the view."""
        self.zoom_to(self._zoom * factor)

    def zoom_to(self, zoom: float) -> None:
        """Zoom to so many times the width of the view."""
        self._zoom = min(max(zoom, 0.5), 4.0)
        self._lay_out()
        self.zoomed.emit(self._zoom)

    def bring(self, page: int, box: QRectF) -> None:
        """Scroll until this place of a page is seen."""
        place = self._sheets.box_of(page, box).center().toPoint()
        self.ensureVisible(place.x(), place.y(), 60, self.viewport().height() // 3)

    def go_to(self, page: int) -> None:
        """Scroll to a page, from 0."""
        self.verticalScrollBar().setValue(self._sheets.top_of(page))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: D102
        super().resizeEvent(event)
        self.setViewportMargins(0, self.bar.sizeHint().height(), 0, 0)
        self.bar.setGeometry(0, 0, self.width(), self.bar.sizeHint().height())
        self._over_bar.setFixedHeight(self.bar.sizeHint().height())
        self._place_hint()
        self._laying.start()

    def wheelEvent(self, event: Any) -> None:  # noqa: D102
        if event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(1.15 if event.angleDelta().y() > 0 else 1 / 1.15)
            event.accept()
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: D102
        if event.matches(QKeySequence.StandardKey.Copy):
            self.texts.copy()
        else:
            super().keyPressEvent(event)

    def _place_hint(self) -> None:
        self._hint.setGeometry(self.viewport().rect().adjusted(24, 24, -24, -24))

    @Slot()
    def _lay_out(self) -> None:
        bar = self.verticalScrollBar()
        share = bar.value() / max(bar.maximum(), 1)
        self._sheets.set_width(self.viewport().width(), self._zoom)
        bar.setValue(round(share * bar.maximum()))

    @Slot()
    def _on_scrolled(self) -> None:
        middle = self.verticalScrollBar().value() + self.viewport().height() // 2
        self.paged.emit(self._sheets.page_at(middle) + 1, self._sheets.count)
