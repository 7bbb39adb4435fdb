"""One row of a ledger: as a ruled form with boxes to fill in by hand, or as running text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dangjian_desktop.documents.model import Block, Document, Layout, Paragraph, Role, Row, cell
from dangjian_desktop.domain.fields import Field, FieldType
from dangjian_desktop.domain.ledgers.ledger import NUMBER_TYPES, CardPrint, SheetPrint
from dangjian_desktop.domain.ledgers.patterns import Place, filled
from dangjian_desktop.domain.ledgers.rows import LedgerRow
from dangjian_desktop.domain.ledgers.words import paper_text, title_of
from dangjian_desktop.papers.blanks import DAY_BLANK, ROOM
from dangjian_desktop.papers.ledgers.sheet import DATE, LedgerSheet, sign_line
from dangjian_desktop.papers.naming import branch_stem
from dangjian_desktop.papers.ruled_form import (
    GRID,
    LABEL,
    form_table,
    label,
    line,
    opinion,
    running,
    wide,
)

_SIGN_MM = 12.0
_LONG_MM = 26.0
_LONGEST_LINE = 60


def compose_card(sheet: LedgerSheet, layout: CardPrint) -> Document:
    """A form of one row; what is not filled is room to write, boxes are never drafted."""
    row = sheet.row
    rows = [made for names in layout.rows for made in _rows(sheet, row, names)]
    rows += [opinion(box, "负责人") for box in layout.boxes]
    rows += list(signs(layout.sign))
    return sheet.document(Layout.FORM, (form_table(rows),), what=title_of(sheet.ledger, row))


def _rows(sheet: LedgerSheet, row: LedgerRow, names: Sequence[str]) -> Iterator[Row]:
    fields = [found for name in names if (found := sheet.field(name)) is not None]
    texts = [field_text(sheet, found, row) for found in fields]
    if len(fields) == 1 and (
        fields[0].type is FieldType.LONG_TEXT or len(texts[0]) > _LONGEST_LINE
    ):
        yield wide(fields[0].label, running(texts[0]), blank_mm=_LONG_MM)
    elif fields:
        columns = GRID // len(fields) - LABEL
        triples = [(f.label, text, columns) for f, text in zip(fields, texts, strict=True)]
        yield line(*triples)


def field_text(sheet: LedgerSheet, asked: Field, row: LedgerRow) -> str:
    """The value with its unit as paper says it; nothing where it is not filled."""
    value = row.value(asked.name)
    text = paper_text(asked, value, sheet.titles)
    return f"{text}{asked.unit}" if text and asked.type in NUMBER_TYPES else text


def signs(sign: Sequence[str]) -> Iterator[Row]:
    """Places to sign, two in a row."""
    for start in range(0, len(sign), 2):
        pair = sign[start : start + 2]
        columns = GRID // len(pair) - LABEL
        cells = [
            part
            for who in pair
            for part in (
                label(who if who == DATE else f"{who}签字"),
                cell(DAY_BLANK if who == DATE else "", Role.CELL_CENTER, columns=columns),
            )
        ]
        yield Row(tuple(cells), min_height_mm=_SIGN_MM, splittable=False)


def compose_sheet(sheet: LedgerSheet, layout: SheetPrint) -> Document:
    """Paragraphs filled from one row; what is not filled is room to write."""

    def words(place: Place) -> str:
        return place_text(sheet, place) or ("" if place.field == "period" else ROOM)

    blocks: list[Block] = [
        Paragraph(part) for text in layout.text for part in filled(text, words).split("\n")
    ]
    blocks += sign_line(layout.sign)
    return sheet.document(Layout.OFFICIAL, blocks, what=title_of(sheet.ledger, sheet.row))


def place_text(sheet: LedgerSheet, place: Place) -> str:
    """What a place of a pattern says; nothing where it is not filled or kept back."""
    if place.field == "branch":
        return branch_stem(sheet.branch.name)
    if place.field == "period":
        return sheet.period.label if sheet.period else ""
    asked = sheet.field(place.field)
    if asked is None:
        return sheet.superiors.get(place.field, "")
    return field_text(sheet, asked, sheet.row)
