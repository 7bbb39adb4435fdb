"""Tables whose rows stand abreast and run down each page: set out page by page.

Fewer stand abreast where a token would not have room in its column.

The break between two of their pages is told, so that Word turns where the PDF does; where the
rows of a band go on, the band is named again at the head of the page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from dangjian_desktop.documents.columns import has_room, widened
from dangjian_desktop.documents.counted import page_use
from dangjian_desktop.documents.model import (
    Block,
    Document,
    PageBreak,
    Row,
    Table,
)
from dangjian_desktop.documents.styles import TABLE_GAP, sheet_of
from dangjian_desktop.documents.table_layout import TableLayout, continued
from dangjian_desktop.documents.typeset import Typesetter

# What Word may round up in the rows of a page.
_SPARE = 6.0
# Rows that go to the last page with what follows.
_WITH_CLOSING = 2
_Measured: TypeAlias = tuple[Row, float]


def set_abreast(document: Document, typesetter: Typesetter) -> Document:
    """The document with such tables as ordinary ones, one for each page that they take."""
    if not any(isinstance(block, Table) and block.abreast for block in document.blocks):
        return document
    blocks: list[Block] = []
    for place, block in enumerate(document.blocks):
        if isinstance(block, Table) and block.abreast:
            above = replace(document, blocks=tuple(blocks))
            below = replace(document, blocks=document.blocks[place + 1 :])
            pages, behind = page_use(below, typesetter)
            kept = behind + TABLE_GAP if pages == 1 else 0.0
            setter = _Setter(block, document, typesetter)
            blocks += setter.blocks(page_use(above, typesetter)[1], kept)
        else:
            blocks.append(block)
    return replace(document, blocks=tuple(blocks))


@dataclass(slots=True)
class _Part:
    """A band with its rows that are still to be set."""

    band: _Measured | None
    rows: list[_Measured]
    goes_on: bool = False

    def named(self) -> list[Row]:
        """The band as it stands on this page."""
        if self.band is None:
            return []
        band = self.band[0]
        if not self.goes_on:
            return [band]
        return [replace(band, cells=tuple(map(continued, band.cells)))]


class _Setter:
    """One such table; lengths are points."""

    def __init__(self, table: Table, document: Document, typesetter: Typesetter) -> None:
        sheet = sheet_of(document)
        for self._count in range(table.abreast, 0, -1):
            rows = tuple(_beside([row] * self._count) for row in table.rows)
            wide = widened(Table(rows, table.widths * self._count), sheet, typesetter)
            if has_room(wide, sheet, typesetter):
                break
        high = [row.height for row in TableLayout(wide, sheet, typesetter, lambda: 0).rows]
        self._widths, self._height = wide.widths, sheet.page.height - _SPARE
        self._head: list[Row] = []
        self._parts: list[_Part] = []
        self._above = 0.0
        for row, beside, height in zip(table.rows, rows, high, strict=True):
            self._sort(row, beside, height)

    def _sort(self, row: Row, beside: Row, height: float) -> None:
        if row.header:
            self._head.append(beside)
            self._above += height
        elif row.band:
            self._parts.append(_Part((beside, height), []))
        else:
            if not self._parts:
                self._parts.append(_Part(None, []))
            self._parts[-1].rows.append((row, height))

    def blocks(self, top: float, kept: float) -> Iterator[Block]:
        """The tables; the first begins ``top`` below the head of its page.

        ``kept`` points have to follow the last row on its page.
        """
        for place, rows in enumerate(self._pages(top, kept)):
            if place:
                yield PageBreak()
            if rows:
                yield Table((*self._head, *rows), self._widths)

    def _pages(self, top: float, kept: float) -> Iterator[list[Row]]:
        page: list[Row] = []
        room = whole = self._height - self._above
        room -= top
        for part in self._parts:
            while part.rows:
                behind = kept if part is self._parts[-1] else 0.0
                taken, used = self._taken(part, room, behind, alone=not page and room == whole)
                if taken:
                    page += [*part.named(), *self._set(part.rows[: taken * self._count])]
                    part.rows = part.rows[taken * self._count :]
                    room, part.goes_on = room - used, True
                if part.rows:
                    yield page
                    page, room = [], whole
        yield page

    def _taken(self, part: _Part, room: float, behind: float, *, alone: bool) -> tuple[int, float]:
        """How many rows of a part stand on this page, and their height with the band's."""
        heights = [height for _, height in part.rows]
        band, every = part.band[1] if part.band else 0.0, -(-len(heights) // self._count)
        most = next((n for n in range(every, 0, -1) if band + self._high(heights, n) <= room), 0)
        used = band + self._high(heights, most)
        if most == every and used + behind > room and not (alone and most <= _WITH_CLOSING):
            return max(0, most - _WITH_CLOSING), used
        return (1, room) if alone and not most else (most, used)

    def _high(self, heights: Sequence[float], rows: int) -> float:
        """The height of the first rows when their entries run down each column."""
        count = self._count
        return sum(max(heights[n : rows * count : rows]) for n in range(rows))

    def _set(self, part: Sequence[_Measured]) -> Iterator[Row]:
        rows = -(-len(part) // self._count)
        for n in range(rows):
            beside = [row for row, _ in part[n::rows]]
            blank = replace(
                beside[0], cells=tuple(replace(c, paragraphs=()) for c in beside[0].cells)
            )
            yield _beside([*beside, *[blank] * (self._count - len(beside))])


def _beside(rows: Sequence[Row]) -> Row:
    """Rows as one; a band is drawn out over all columns."""
    first = rows[0]
    if first.band:
        [inside] = first.cells
        return replace(first, cells=(replace(inside, columns=inside.columns * len(rows)),))
    return replace(first, cells=tuple(cell for row in rows for cell in row.cells))
