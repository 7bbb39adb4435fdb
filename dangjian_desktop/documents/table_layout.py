"""Where the fields of a ruled table stand and how high its rows are, before pages come in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from dangjian_desktop.documents.model import Cell, Paragraph, Role, Row, Table, WriteLines
from dangjian_desktop.documents.styles import CELL_PADDING, MM, Sheet
from dangjian_desktop.documents.typeset import SetLine, Typesetter

CONTINUED = "（续）"
"""Said behind a name or label that is told again on the next page."""
_CENTERED = frozenset({Role.CELL_CENTER, Role.CELL_HEAD, Role.CELL_LABEL, Role.CELL_RIGHT})


@dataclass(slots=True)
class Field:
    """A field while it is set: its lines still to be printed, each with its paragraph's number.

    ``every`` keeps all of them; ``top`` and ``height`` are of the part on the present page. No
    line is drawn above a field that ``goes_on``; a label is said ``again`` where a page turned.
    """

    x: float
    width: float
    margin: float
    rows: int
    centered: bool
    every: list[tuple[SetLine, int]]
    goes_on: bool = False
    again: Callable[[], list[SetLine]] | None = None
    lines: list[tuple[SetLine, int]] = field(init=False)
    rows_left: int = field(init=False)
    top: float = 0.0
    height: float = 0.0

    def __post_init__(self) -> None:
        self.lines, self.rows_left = self.every, self.rows

    @property
    def need(self) -> float:
        """The height its lines ask for."""
        return sum(line.height for line, _ in self.lines) + 2 * self.margin


@dataclass(slots=True)
class SetRow:
    """A row whose fields are set; ``group`` rows from here on stay together, 0 inside a group."""

    row: Row
    fields: list[Field]
    height: float = 0.0
    group: int = 1


class TableLayout:
    """The rows of a table set in columns as wide together as the type area of the sheet."""

    def __init__(
        self,
        table: Table,
        sheet: Sheet,
        typesetter: Typesetter,
        number: Callable[[], int],
    ) -> None:
        self._sheet, self._typesetter, self._number = sheet, typesetter, number
        width = sheet.page.width
        total = sum(table.widths)
        edges = [0.0]
        for part in table.widths:
            edges.append(edges[-1] + width * part / total)
        self._edges = edges
        self.width = width
        taken = [0] * len(table.widths)
        self.rows = [self._row(row, taken) for row in table.rows]
        _set_heights(self.rows)
        _set_groups(self.rows)

    def _row(self, row: Row, taken: list[int]) -> SetRow:
        fields = []
        for cell, column in placed(row, taken):
            fields.append(self._field(cell, column, row))
        return SetRow(row, fields)

    def _field(self, cell: Cell, column: int, row: Row) -> Field:
        x = self._edges[column]
        width = self._edges[column + cell.columns] - x
        roles = _roles(cell)
        centered = bool(roles & _CENTERED) or not (row.fill or row.top)
        lines: list[tuple[SetLine, int]] = []
        for part in cell.paragraphs:
            number = self._number()
            lines += [(line, number) for line in self._lines(part, width - 2 * CELL_PADDING)]
        if cell.paragraphs and isinstance(cell.paragraphs[-1], WriteLines):
            # The line of the table is the last one to write on.
            lines[-1] = (replace(lines[-1][0], rule=0.0), lines[-1][1])
        again = None
        if column == 0 and roles == {Role.CELL_LABEL}:
            again = partial(self._again, cell, width - 2 * CELL_PADDING)
        return Field(x, width, self._sheet.margin, cell.rows, centered, lines, row.goes_on, again)

    def _again(self, label: Cell, width: float) -> list[SetLine]:
        parts = continued(label).paragraphs
        return [line for part in parts for line in self._lines(part, width)]

    def _lines(self, part: Paragraph | WriteLines, width: float) -> list[SetLine]:
        if isinstance(part, Paragraph):
            style = self._sheet.style(part.role)
            return self._typesetter.paragraph(part, style, width)
        style = self._sheet.style(Role.CELL)
        line = SetLine(style, height=self._sheet.page.write_line, rule=width)
        return [line] * part.count


def continued(cell: Cell) -> Cell:
    """A field that tells again what it told on the page before."""
    *before, last = cell.paragraphs
    if isinstance(last, Paragraph) and not last.text.endswith(CONTINUED):
        last = replace(last, text=f"{last.text}{CONTINUED}")
    return replace(cell, paragraphs=(*before, last))


def is_band(row: Row) -> bool:
    """Whether a row heads a small table beside one label, in which a page may turn."""
    label = row.cells[0] if row.cells else None
    return label is not None and label.rows > 2 and _roles(label) == {Role.CELL_LABEL}


def _roles(cell: Cell) -> set[Role]:
    return {part.role for part in cell.paragraphs if isinstance(part, Paragraph)}


def ties(rows: Sequence[Row]) -> list[bool]:
    """For each row, whether the page must not turn behind it: fields reach across, or it is kept.

    A row that may be split is tied by its last lines only, which is not told here.
    """
    found, reach = [], 0
    for place, row in enumerate(rows):
        band = is_band(row)
        reach = max([reach, *(place + cell.rows for cell in row.cells[band:])])
        if band:
            reach = max(reach, place + 2)
        following = rows[place + 1] if place + 1 < len(rows) else None
        across = reach > place + 1 and following is not None and not following.goes_on
        found.append(across or (row.keep_with_next and not row.splittable))
    return found


def placed(row: Row, taken: list[int]) -> list[tuple[Cell, int]]:
    """Each field of a row with its column; ``taken`` counts rows still covered from above.

    Raises ``ValueError`` when the fields do not fill the columns exactly.
    """
    found, column, count = [], 0, len(taken)
    covered = [column for column in range(count) if taken[column]]
    for column in covered:
        taken[column] -= 1
    column = 0
    free = [column not in covered for column in range(count)]
    for cell in row.cells:
        while column < count and not free[column]:
            column += 1
        span = range(column, column + cell.columns)
        if span.stop > count or not all(free[place] for place in span):
            raise ValueError("a row has more fields than columns")
        for place in span:
            free[place] = False
            taken[place] = cell.rows - 1
        found.append((cell, column))
    if any(free):
        raise ValueError("a row has fewer fields than columns")
    return found


def _set_heights(rows: Sequence[SetRow]) -> None:
    for set_row in rows:
        own = (cell.need for cell in set_row.fields if cell.rows == 1)
        set_row.height = max([set_row.row.min_height_mm * MM, *own], default=0.0)
    for place, set_row in enumerate(rows):
        for cell in set_row.fields:
            spanned = rows[place : place + cell.rows]
            missing = cell.need - sum(part.height for part in spanned)
            if missing > 0:
                spanned[-1].height += missing


def _set_groups(rows: Sequence[SetRow]) -> None:
    start = 0
    tied = ties([part.row for part in rows])
    while start < len(rows):
        end = start
        while tied[end] and end + 1 < len(rows):
            end += 1
        rows[start].group = end + 1 - start
        for inner in rows[start + 1 : end + 1]:
            inner.group = 0
        start = end + 1
