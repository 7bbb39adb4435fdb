"""Rows of ruled forms: labels beside what is told, or beside room to write by hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil

from dangjian_desktop.documents.model import Cell, Paragraph, Role, Row, Table, cell
from dangjian_desktop.papers.blanks import DAY_BLANK

GRID = 24
LABEL = 4
# Characters of a form's type that fit into a column of the grid, and what the edges take.
_FITTING, _EDGES = 1.62, 0.75
_UNBROKEN = 200


def form_table(rows: Sequence[Row]) -> Table:
    """A form of ``GRID`` equal columns."""
    return Table(tuple(rows), (1.0,) * GRID)


def label(text: str, *, rows: int = 1) -> Cell:
    """What a field asks for."""
    spread = f"{text[0]}　　{text[1]}" if len(text) == 2 else text
    return Cell((Paragraph(spread, Role.CELL_LABEL),), columns=LABEL, rows=rows)


def line(*fields: tuple[str, str, int]) -> Row:
    """Labels with short values, each value over so many columns."""
    cells: list[Cell] = []
    for asked, value, columns in fields:
        cells += [label(asked), cell(value, _role(value, columns), columns=columns)]
    return Row(tuple(cells), min_height_mm=9.0, splittable=False)


def wide(asked: str, texts: Sequence[Paragraph], *, blank_mm: float = 18.0) -> Row:
    """A label with running text; long text may go on over pages, no text leaves room to write."""
    inside = Cell(tuple(texts), columns=GRID - LABEL)
    long = sum(len(text.words) for text in texts) > _UNBROKEN
    height = 0.0 if texts else blank_mm
    return Row((label(asked), inside), min_height_mm=height, splittable=long)


def running(text: str, lead: str = "") -> tuple[Paragraph, ...]:
    """Paragraphs set in by two characters, the first behind a lead; none for no text."""
    lines = [part.strip() for part in text.split("\n") if part.strip()]
    return tuple(
        Paragraph(part if lead and n == 0 else f"　　{part}", Role.CELL, lead if n == 0 else "")
        for n, part in enumerate(lines)
    )


def numbered(texts: Sequence[str]) -> tuple[Paragraph, ...]:
    """Points, numbered where there are several."""
    known = [text.strip() for text in texts if text.strip()]
    if len(known) == 1:
        return running(known[0])
    return tuple(Paragraph(f"{n}. {text}", Role.CELL) for n, text in enumerate(known, 1))


def band(
    asked: str,
    head: Sequence[str],
    rows: Sequence[Sequence[str]],
    columns: Sequence[int],
    *,
    blank_rows: int = 2,
) -> Iterator[Row]:
    """A small table beside one label; empty rows to write in where nothing is known.

    ``columns`` are the widths in columns of the form, ``GRID - LABEL`` together.
    """
    found = list(rows) or [("",) * len(head)] * blank_rows
    fields = (cell(text, Role.CELL_HEAD, columns=n) for text, n in zip(head, columns, strict=True))
    yield Row((label(asked, rows=len(found) + 1), *fields), splittable=False)
    for texts in found:
        cells = (
            cell(text, _role(text, n), columns=n) for text, n in zip(texts, columns, strict=True)
        )
        yield Row(tuple(cells), min_height_mm=8.0, splittable=False)


def _role(text: str, columns: int) -> Role:
    """In the middle of its field where each line fits, else read from the left."""
    return Role.CELL_CENTER if columns_of(text) <= columns else Role.CELL


def columns_of(text: str) -> int:
    """The columns of a form in which each line of a text has room."""
    longest = max(sum(0.52 if c.isascii() else 1 for c in part) for part in text.split("\n"))
    return ceil((longest + _EDGES) / _FITTING)


def opinion(asked: str, who: str, *, height_mm: float = 36.0) -> Row:
    """Room for an opinion that is never drafted, to be signed, sealed and dated by hand."""
    inside = (
        Paragraph("", Role.CELL),
        Paragraph("", Role.CELL),
        Paragraph(f"{who}（签字）：　　　　　　　　（盖章）　　", Role.CELL_RIGHT),
        Paragraph(f"{DAY_BLANK}　　", Role.CELL_RIGHT),
    )
    cells = (label(asked), Cell(inside, columns=GRID - LABEL))
    return Row(cells, min_height_mm=height_mm, splittable=False, keep_with_next=True)


def signature(asked: str) -> Row:
    """A place to sign with its day."""
    half = GRID // 2 - LABEL
    cells = (
        label(asked),
        cell("", columns=half),
        label("日期"),
        cell(DAY_BLANK, Role.CELL_CENTER, columns=half),
    )
    return Row(cells, min_height_mm=12.0, splittable=False, keep_with_next=True)
