"""Type set smaller where a text is too long for its cell, as far as the form's own cells go."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from dangjian_desktop.spreadsheets.blank_forms.package import STYLES, Book, child, children
from dangjian_desktop.spreadsheets.blank_forms.sheet import Place, Sheet
from dangjian_desktop.spreadsheets.blank_forms.styles import Style

LEAST = 9.0
"""Points of 小五, below which nothing is set."""
_STEP = 0.5


class Shrinking:
    """Sets cells of one workbook smaller, never below the smallest type that it uses."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._made: dict[tuple[int, float], int] = {}
        self._least: dict[str, float] = {}

    def fitting(self, sheet: Sheet, place: Place, need: int, room: int) -> float | None:
        """The largest size in which so much text fits, None where none is small enough; ``room``
        is that of the cell's own size."""
        style, least = sheet.style(place), self._smallest(sheet)
        size = style.size - _STEP
        while size >= least and self._book.has(STYLES):
            # Smaller type takes more on a line, and more lines where lines are broken.
            more = (style.size / size) ** (2 if style.wrapped else 1)
            if room * more >= need:
                return size
            size -= _STEP
        return None

    def shrink(self, sheet: Sheet, place: Place, size: float) -> None:
        """Set a cell in this size; all else of its look stays."""
        number = int(sheet.style_number(place) or 0)
        if (number, size) not in self._made:
            self._made[number, size] = self._style(number, size)
        sheet.set_style(place, self._made[number, size])

    def least(self, sheet: Sheet, place: Place) -> float | None:
        """The smallest size for a cell; None where it has it already."""
        least = self._smallest(sheet)
        return least if least < sheet.style(place).size and self._book.has(STYLES) else None

    def _smallest(self, sheet: Sheet) -> float:
        name = sheet.about.name
        if name not in self._least:
            used = (sheet.style(place).size for place in sheet.cells)
            self._least[name] = max(LEAST, min(used, default=Style().size))
        return self._least[name]

    def _style(self, number: int, size: float) -> int:
        root = self._book.change(STYLES)
        fonts, looks = child(root, "fonts"), child(root, "cellXfs")
        look = deepcopy(list(children(root, "cellXfs", "xf"))[number])
        face = deepcopy(list(children(root, "fonts", "font"))[int(look.get("fontId", "0"))])
        _set_size(face, size)
        look.set("fontId", str(_added(fonts, face)))
        look.set("applyFont", "1")
        return _added(looks, look)


def _added(group: Any, element: Any) -> int:
    group.append(element)
    group.set("count", str(len(group)))
    return len(group) - 1


def _set_size(face: Any, size: float) -> None:
    told = child(face, "sz")
    if told is None:
        told = face.makeelement(f"{face.tag.rpartition('}')[0]}}}sz", {}, None)
        face.insert(0, told)
    told.set("val", f"{size:g}")
