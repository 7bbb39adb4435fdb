"""What the styles of cells tell: how numbers are shown, whether lines are drawn, what is locked."""

from __future__ import annotations

from enum import Enum
from typing import Any

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format

from dangjian_desktop.frozen import dataclass
from dangjian_desktop.spreadsheets.blank_forms.package import STYLES, Book, child, children
from dangjian_desktop.spreadsheets.number_formats import shows_no_day

_CHINESE_DATES = frozenset((*range(27, 37), *range(50, 59)))
_CHINESE_MONTHS = frozenset((27, 36, 50, 52, 54, 57))
_USUAL_SIZE = 11.0
_OFF = ("0", "false")


class Shown(Enum):
    """How a cell shows what stands in it."""

    TEXT = "text"
    NUMBER = "number"
    PERCENT = "percent"
    DAY = "day"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Style:
    """One style of cells; ``size`` of its type in points."""

    shown: Shown = Shown.NUMBER
    ruled: bool = False
    locked: bool = True
    wrapped: bool = False
    size: float = _USUAL_SIZE


def styles_of(book: Book) -> tuple[Style, ...]:
    """The styles of a workbook by their numbers."""
    if not book.has(STYLES):
        return (Style(),)
    root = book.tree(STYLES)
    formats = {
        int(one.get("numFmtId", "0")): one.get("formatCode", "")
        for one in children(root, "numFmts", "numFmt")
    }
    ruled = [_is_ruled(border) for border in children(root, "borders", "border")]
    sizes = [_size(font) for font in children(root, "fonts", "font")]
    return tuple(_style(xf, formats, ruled, sizes) for xf in children(root, "cellXfs", "xf")) or (
        Style(),
    )


def _style(xf: Any, formats: dict[int, str], ruled: list[bool], sizes: list[float]) -> Style:
    protection, alignment = child(xf, "protection"), child(xf, "alignment")
    border, font = int(xf.get("borderId", "0")), int(xf.get("fontId", "0"))
    return Style(
        shown=_shown(int(xf.get("numFmtId", "0")), formats),
        ruled=border < len(ruled) and ruled[border],
        locked=protection is None or protection.get("locked", "1") not in _OFF,
        wrapped=alignment is not None and alignment.get("wrapText", "0") not in _OFF,
        size=sizes[font] if font < len(sizes) else _USUAL_SIZE,
    )


def _shown(number: int, formats: dict[int, str]) -> Shown:
    code = formats.get(number, BUILTIN_FORMATS.get(number, ""))
    if code == "@":
        return Shown.TEXT
    if number in _CHINESE_DATES and number not in formats:
        return Shown.MONTH if number in _CHINESE_MONTHS else Shown.DAY
    if is_date_format(code):
        return Shown.MONTH if shows_no_day(code) else Shown.DAY
    return Shown.PERCENT if "%" in code else Shown.NUMBER


def _is_ruled(border: Any) -> bool:
    return any(side.get("style", "none") != "none" for side in border)


def _size(font: Any) -> float:
    size = child(font, "sz")
    return _USUAL_SIZE if size is None else float(size.get("val", _USUAL_SIZE))
