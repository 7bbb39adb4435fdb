"""A superior's .docx as a form: its tables as grids, its blanks, and where each stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import PurePath
from typing import Any

from dangjian_desktop.documents.blank_forms.package import Package, W
from dangjian_desktop.documents.blank_forms.pieces import (
    boxes,
    characters,
    empty_control,
    own_paragraphs,
    seen,
    through,
)
from dangjian_desktop.documents.blank_forms.sizes import (
    height_of,
    number,
    room_of,
    size_of,
    smallest_size,
)
from dangjian_desktop.domain.blank_forms.finding import find_blanks, find_in_text
from dangjian_desktop.domain.blank_forms.form import Blank, BlankForm, Cell, Grid, make_form

_LONGEST_TITLE = 60
_AROUND = {"head": "页眉", "foot": "页脚"}
_DEEPEST = 8
_MOST = 63
"""Columns of a table in Word."""


class WordForm:
    """A form's file, opened: ``form`` is what stands in it, ``place`` an element by its key,
    ``rooms`` how much each cell holds.

    Raises ``InputError`` for what is protected, damaged or no .docx.
    """

    def __init__(self, data: bytes, name: str) -> None:
        self.package = Package(data, name)
        self.smallest = smallest_size(self.package)
        self._places: dict[str, Any] = {}
        self._fixed: set[str] = set()
        self.rooms: dict[str, int] = {}
        self._grids: list[Grid] = []
        self._texts: list[str] = []
        self._blanks = tuple(self._everywhere())
        self.form = self._made(name)

    def place(self, key: str) -> Any:
        """The w:tc or w:p of a cell's or paragraph's key; raises ``KeyError``."""
        return self._places[key]

    def is_fixed(self, key: str) -> bool:
        """Whether the cell's height is exact, so that what does not fit is cut off."""
        return key in self._fixed

    def _made(self, name: str) -> BlankForm:
        path = PurePath(name)
        titles = [text.strip() for text in self._texts if text.strip()]
        if not titles:
            titles = [cell.text.strip() for grid in self._grids[:1] for cell in grid.cells[:1]]
        title = next((text for text in titles if 0 < len(text) <= _LONGEST_TITLE), path.stem)
        return make_form(path.stem, ".docx", title, self._blanks, self._grids, self._texts)

    def _everywhere(self) -> Iterator[Blank]:
        """The body, its boxes of text, then the heads and feet of its pages."""
        yield from self._blocks(self.package.root.find(f"{W}body"), "", "")
        for count, box in enumerate(boxes(self.package.root), 1):
            yield from self._blocks(box, f"x{count}.", f"文本框{count}")
        counted = Counter[str]()
        for part, root in self.package.around.items():
            kind = "head" if root.tag == f"{W}hdr" else "foot"
            counted[kind] += 1
            words = f"{_AROUND[kind]}{counted[kind] if counted[kind] > 1 else ''}"
            yield from self._blocks(root, f"{PurePath(part).stem}.", words)
            for count, box in enumerate(boxes(root), 1):
                key = f"{PurePath(part).stem}.x{count}."
                yield from self._blocks(box, key, f"{words}的文本框{count}")

    def _blocks(self, place: Any, key: str, where: str) -> Iterator[Blank]:
        """The paragraphs and tables of a place; ``key`` and ``where`` stand before their own."""
        texts = tables = 0
        for block in through(place, "p", "tbl"):
            if block.tag == f"{W}tbl":
                title = f"{where}内的表{tables + 1}" if where else f"表{tables + 1}"
                yield from self._table(block, f"{key}t{tables}", title, 0)
                tables += 1
                continue
            text, own = seen(characters([block])), f"{key}p{texts}"
            texts += 1
            self._places[own] = block
            if not where:
                self._texts.append(text)
            found = tuple(find_in_text(text, own, f"{where}第{texts}段"))
            self._grids += [_passage(text, own if found else "")] if text.strip() else []
            yield from found

    def _table(self, table: Any, key: str, title: str, depth: int) -> Iterator[Blank]:
        cells: list[Cell] = []
        nested: list[tuple[Any, str]] = []
        for cell, element in self._cells(table, key):
            place = f"{key}.r{cell.row}.c{cell.column}"
            inner = list(through(element, "tbl"))
            nested += [(each, f"{place}.t{n}") for n, each in enumerate(inner)]
            self._places[place] = element
            cells.append(cell)
        grid = Grid(title=title, cells=tuple(cells), widths=_widths(table))
        self._grids.append(grid)
        yield from find_blanks(grid)
        for inside, (each, place) in enumerate(nested, 1):
            if depth < _DEEPEST:
                yield from self._table(each, place, f"{title}内的表{inside}", depth + 1)

    def _cells(self, table: Any, key: str) -> Iterator[tuple[Cell, Any]]:
        """Each cell once, a merged one as large as it is, with the element it begins in."""
        rows = list(through(table, "tr"))
        laid = [list(_row_cells(row)) for row in rows]
        heights, widths = [height_of(row) for row in rows], _columns(table)
        for r, line in enumerate(laid):
            for column, across, element in line:
                if _merged(element) == "continue" and r:
                    continue
                down = 1 if _merged(element) is None else _depth(laid, r, column)
                place = f"{key}.r{r}.c{column}"
                size = size_of(self.package, element)
                wide = sum(widths[column : column + across])
                room, fixed = room_of(element, wide, heights[r : r + down], size)
                self.rooms |= {} if room is None else {place: room}
                if fixed:
                    self._fixed.add(place)
                yield (
                    Cell(
                        row=r,
                        column=column,
                        down=down,
                        across=across,
                        text=_text(element),
                        key="" if _held(element) else place,
                        formula=is_computed(element),
                        room=room,
                    ),
                    element,
                )


def _passage(text: str, key: str) -> Grid:
    """A paragraph as it is drawn: one cell without lines."""
    return Grid(title="", cells=(Cell(row=0, column=0, text=text, key=key),), ruled=False)


def _row_cells(row: Any) -> Iterator[tuple[int, int, Any]]:
    """The column, the width in columns and the element of each cell of a row."""
    before = row.find(f"{W}trPr/{W}gridBefore")
    column = _columns_told(before, 0)
    for cell in through(row, "tc"):
        across = max(1, _columns_told(cell.find(f"{W}tcPr/{W}gridSpan"), 1))
        yield column, across, cell
        column += across


def _depth(laid: Sequence[Sequence[tuple[int, int, Any]]], row: int, column: int) -> int:
    """Over how many rows a cell that begins here is merged."""
    for below in range(row + 1, len(laid)):
        found = next((cell for start, _, cell in laid[below] if start == column), None)
        if found is None or _merged(found) != "continue":
            return below - row
    return len(laid) - row


def _merged(cell: Any) -> str | None:
    found = cell.find(f"{W}tcPr/{W}vMerge")
    return None if found is None else found.get(f"{W}val") or "continue"


def _text(cell: Any) -> str:
    return seen(characters(own_paragraphs(cell)))


def _held(cell: Any) -> bool:
    """A cell whose own text must not be written: with a table, a picture or a locked control."""
    if next(through(cell, "tbl"), None) is not None or not own_paragraphs(cell):
        return True
    if next(cell.iter(f"{W}drawing", f"{W}pict", f"{W}object"), None) is not None:
        return True
    locks = {lock.get(f"{W}val") for lock in cell.iter(f"{W}lock")}
    control = empty_control(cell)
    around = None if control is None else control.find(f"{W}sdtPr/{W}lock")
    locks |= set() if around is None else {around.get(f"{W}val")}
    return bool(locks & {"contentLocked", "sdtContentLocked"})


def is_computed(cell: Any) -> bool:
    """A field that Word computes (=SUM(ABOVE), a date, a number) is kept as it is."""
    return next(cell.iter(f"{W}fldSimple"), None) is not None or any(
        "FORM" not in (code.text or "") for code in cell.iter(f"{W}instrText")
    )


def _columns(table: Any) -> list[int]:
    return [number(c.get(f"{W}w")) for c in table.findall(f"{W}tblGrid/{W}gridCol")]


def _widths(table: Any) -> tuple[float, ...]:
    columns = _columns(table)
    total = sum(columns)
    return tuple(column / total for column in columns) if total else ()


def _columns_told(element: Any, otherwise: int) -> int:
    told = None if element is None else element.get(f"{W}val")
    return otherwise if told is None else min(number(told), _MOST)
