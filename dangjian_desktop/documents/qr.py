"""A QR code as a picture of a document."""

from __future__ import annotations

from reportlab.graphics.barcode.qr import QrCodeWidget

from dangjian_desktop.documents.model import Picture, Stroke
from dangjian_desktop.documents.rasters import picture_png

_QUIET = 4
"""Fields around it that stay white."""


def qr_picture(words: str, alt: str, side: float = 130.0) -> Picture:
    """The words, readable with a quarter of the fields spoiled; ``alt`` is said of it."""
    widget = QrCodeWidget(words, barLevel="Q")
    widget.qr.make()
    fields: list[list[bool]] = widget.qr.modules
    size = side / (len(fields) + 2 * _QUIET)
    marks: list[Stroke] = []
    for line, row in enumerate(fields):
        top = side - (line + _QUIET) * size
        start = None
        # Fields beside each other are one mark: no thin white lines between them.
        for place, dark in enumerate([*row, False]):
            if dark and start is None:
                start = place
            elif not dark and start is not None:
                left, right = (_QUIET + start) * size, (_QUIET + place) * size
                corners = ((left, top), (right, top), (right, top - size), (left, top - size))
                marks.append(Stroke(corners, width=0, closed=True, gray=0.0))
                start = None
    return Picture(side, side, tuple(marks), alt, picture_png)
