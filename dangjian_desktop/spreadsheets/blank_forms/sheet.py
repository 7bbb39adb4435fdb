"""One worksheet of a form: its cells by their places, what is merged, hidden, locked, computed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from openpyxl.utils import column_index_from_string, get_column_letter

from dangjian_desktop.spreadsheets.blank_forms.package import (
    Book,
    SheetPart,
    child,
    children,
    local,
)
from dangjian_desktop.spreadsheets.blank_forms.styles import Style

Place = tuple[int, int]
"""Row and column, counted from 1."""
Area = tuple[int, int, int, int]
"""First and last row, first and last column."""
_ON = ("1", "true")
_WIDEST, _TALLEST = 400, 20_000
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")


class Sheet:
    """The cells of one worksheet; ``texts`` are the shared strings of its book."""

    def __init__(self, book: Book, about: SheetPart, styles: tuple[Style, ...]) -> None:
        self.about, self._book, self._styles = about, book, styles
        self.root = book.tree(about.part)
        self.renew()

    def renew(self) -> None:
        """Look where everything is now."""
        self.rows: dict[int, Any] = {}
        self.cells: dict[Place, Any] = {}
        number = 0
        for row in children(self.root, "sheetData", "row"):
            number = int(row.get("r") or number + 1)
            self.rows[number] = row
            column = 0
            for cell in children(row, "c"):
                said = cell.get("r")
                column = place_of(said)[1] if said else column + 1
                if column <= _WIDEST:
                    self.cells[number, column] = cell
        merges = children(self.root, "mergeCells", "mergeCell")
        self.merged = [area_of(merge.get("ref", "")) for merge in merges]
        self.over = {
            (row, column): area
            for area in self.merged
            for row in range(area[0], min(area[1], _TALLEST) + 1)
            for column in range(area[2], min(area[3], _WIDEST) + 1)
        }
        self.computed = set(self._computed())

    def _computed(self) -> Iterator[Place]:
        for place, cell in self.cells.items():
            formula = child(cell, "f")
            if formula is None:
                continue
            yield place
            if formula.get("t") in ("array", "dataTable") and formula.get("ref"):
                top, bottom, left, right = area_of(formula.get("ref"))
                for row in range(top, min(bottom, _TALLEST) + 1):
                    yield from ((row, column) for column in range(left, right + 1))

    @property
    def protected(self) -> bool:
        """Whether only cells that are not locked may be written."""
        found = child(self.root, "sheetProtection")
        return found is not None and found.get("sheet", "0") in _ON

    @cached_property
    def hidden_columns(self) -> frozenset[int]:
        """The columns that nobody sees."""
        columns = children(self.root, "cols", "col")
        hidden = (column for column in columns if column.get("hidden", "0") in _ON)
        return frozenset(number for column in hidden for number in _reached(column))

    def hides_row(self, number: int) -> bool:
        """Whether nobody sees the row."""
        row = self.rows.get(number)
        return row is not None and row.get("hidden", "0") in _ON

    def area(self, place: Place) -> Area:
        """The merged range that a cell lies in, else the cell alone."""
        row, column = place
        return self.over.get(place, (row, row, column, column))

    def anchor(self, place: Place) -> Place:
        """The cell that holds what the range shows."""
        area = self.area(place)
        return area[0], area[2]

    def style(self, place: Place) -> Style:
        """The style of a cell, or what its row or column has for all cells."""
        number = int(self.style_number(place) or 0)
        return self._styles[number] if number < len(self._styles) else Style()

    def set_style(self, place: Place, number: int) -> None:
        """Give a cell another of the styles, which may be a new one."""
        self.cells[place].set("s", str(number))

    def style_number(self, place: Place) -> str | None:
        """Its number; None where nothing is set."""
        cell = self.cells.get(place)
        if cell is not None:
            return str(cell.get("s", "0"))
        row = self.rows.get(place[0])
        if row is not None and row.get("customFormat", "0") in _ON:
            return str(row.get("s", "0"))
        column = self._column(place[1])
        return None if column is None else column.get("style")

    def text(self, place: Place) -> str:
        """What a cell says; "" for a formula, whose result is not ours."""
        cell = self.cells.get(place)
        if cell is None or place in self.computed:
            return ""
        return "".join(text for _, text in self.runs(place))

    def runs(self, place: Place) -> list[tuple[Any, str]]:
        """The text of a cell in stretches of one face each, None for that of the cell."""
        cell = self.cells[place]
        kind, value = cell.get("t", "n"), child(cell, "v")
        if kind == "inlineStr":
            return _runs(child(cell, "is"))
        if value is None or value.text is None:
            return []
        if kind == "s":
            return _runs(self._book.strings[int(value.text)])
        return [(None, _number(value.text) if kind == "n" else value.text)]

    def width(self, column: int) -> float:
        """The width of a column in digits."""
        found = self._column(column)
        return float((None if found is None else found.get("width")) or self._usual[0])

    def height(self, row: int) -> float:
        """The height of a row in points."""
        found = self.rows.get(row)
        return float((None if found is None else found.get("ht")) or self._usual[1])

    @cached_property
    def _usual(self) -> tuple[str, str]:
        """The width and height of what has none of its own."""
        found = child(self.root, "sheetFormatPr")
        told = {} if found is None else found.attrib
        wide = told.get("defaultColWidth") or told.get("baseColWidth") or "8.43"
        return wide, told.get("defaultRowHeight") or "13.5"

    def _column(self, number: int) -> Any:
        return self._columns.get(number)

    @cached_property
    def _columns(self) -> dict[int, Any]:
        columns = children(self.root, "cols", "col")
        return {number: column for column in columns for number in _reached(column)}


def _reached(column: Any) -> range:
    """The numbers of the columns that an element tells of."""
    return range(int(column.get("min")), min(int(column.get("max")), _WIDEST) + 1)


def reference(place: Place) -> str:
    """C4."""
    return f"{get_column_letter(place[1])}{place[0]}"


def area_of(text: str) -> Area:
    """First and last row, first and last column of ``A1:C4``; raises ``ValueError``."""
    first, _, last = text.partition(":")
    (top, left), (bottom, right) = place_of(first), place_of(last or first)
    return top, bottom, left, right


def place_of(text: str) -> Place:
    """Row and column of ``C4``; raises ``ValueError``."""
    found = _REFERENCE.fullmatch(text)
    if found is None:
        raise ValueError(text)
    return int(found[2]), column_index_from_string(found[1])


def _number(text: str) -> str:
    """A stored number without what its way of storing adds: 3.0 → 3."""
    try:
        value = float(text)
    except ValueError:
        return text
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else text


def _runs(string: Any) -> list[tuple[Any, str]]:
    if string is None:
        return []
    found: list[tuple[Any, str]] = []
    for part in string:
        if local(part) == "t":
            found.append((None, part.text or ""))
        elif local(part) == "r":
            text = child(part, "t")
            found.append((child(part, "rPr"), "" if text is None else text.text or ""))
    return found
