"""A picture as dots: what Word and the window show of the page that the PDF draws."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from functools import lru_cache
from struct import pack
from typing import Any

import pypdfium2

from dangjian_desktop.documents.fonts import bundled_fonts
from dangjian_desktop.documents.model import Document, Layout, Picture
from dangjian_desktop.documents.pdf import render_pdf
from dangjian_desktop.documents.styles import MM, sheet_in

DPI = 300
_LEVEL = 6
_INCH = 72
_KEPT = 32


@lru_cache(maxsize=_KEPT)
def picture_png(picture: Picture, dpi: int = DPI) -> bytes:
    """The picture in greys as PNG, rendered from its own page of PDF."""
    page = sheet_in(None, Layout.FORM).page
    beside = (page.width - picture.width) / 2
    left, right = page.left_mm * MM + beside, page.right_mm * MM + beside
    top = page.top_mm * MM
    bottom = page.height_mm * MM - top - picture.height
    file = pypdfium2.PdfDocument(picture_pdf(picture))
    try:
        bitmap = file[0].render(
            scale=dpi / _INCH,
            crop=(left, bottom, right, top),
            grayscale=True,
        )
        rows = _rows(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride)
        return _png(rows, bitmap.width, bitmap.height, dpi)
    finally:
        file.close()


def picture_pdf(picture: Picture) -> bytes:
    """One page of PDF with the picture alone, in the middle of its first lines."""
    return render_pdf(Document("", "", (picture,), layout=Layout.FORM), bundled_fonts())


def _rows(dots: bytes, width: int, height: int, stride: int) -> bytes:
    """The dots row by row, each row behind the number of its filter (none)."""
    starts = range(0, height * stride, stride)
    return b"".join(b"\0" + dots[start : start + width] for start in starts)


def _png(rows: bytes, width: int, height: int, dpi: int) -> bytes:
    per_metre = round(dpi / 0.0254)
    parts = (
        (b"IHDR", pack(">2I5B", width, height, 8, 0, 0, 0, 0)),
        (b"pHYs", pack(">2IB", per_metre, per_metre, 1)),
        (b"IDAT", zlib.compress(rows, _LEVEL)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(_part(name, body) for name, body in parts)


def _part(name: bytes, body: bytes) -> bytes:
    return pack(">I", len(body)) + name + body + pack(">I", zlib.crc32(name + body))


def pages_beside(left: bytes, right: bytes | None, dpi: int = 90) -> Iterator[bytes]:
    """Every page of one PDF in greys as PNG, those of another one beside it, white where it ends.

    With nothing beside it each page stands alone.
    """
    both = [_pages(pdf, dpi) for pdf in (left, right) if pdf is not None]
    for number in range(max(map(len, both))):
        row = [pages[number] if number < len(pages) else None for pages in both]
        wide = max(page.width for page in row if page)
        high = max(page.height for page in row if page)
        dots = [_filled(page, wide, high) for page in row]
        rows = b"".join(b"\0" + b"".join(lines) for lines in zip(*dots, strict=True))
        yield _png(rows, wide * len(row), high, dpi)


def _pages(pdf: bytes, dpi: int) -> list[Any]:
    file = pypdfium2.PdfDocument(pdf)
    try:
        return [page.render(scale=dpi / _INCH, grayscale=True) for page in file]
    finally:
        file.close()


def _filled(page: Any, wide: int, high: int) -> list[bytes]:
    """The rows of a page, white behind and below it."""
    if page is None:
        return [b"\xff" * wide] * high
    dots, stride = bytes(page.buffer), page.stride
    starts = range(0, page.height * stride, stride)
    rows = [dots[at : at + page.width].ljust(wide, b"\xff") for at in starts]
    return rows + [b"\xff" * wide] * (high - len(rows))
