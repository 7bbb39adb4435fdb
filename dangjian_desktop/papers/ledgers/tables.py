"""Tables of a ledger: rows under each other, cross tables, persons against months."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from dangjian_desktop.documents.model import (
    Block,
    Document,
    Layout,
    Paragraph,
    Role,
    Row,
    Table,
    cell,
    row,
)
from dangjian_desktop.domain.amounts import number_text
from dangjian_desktop.domain.field_texts import money_text, value_text
from dangjian_desktop.domain.fields import Field, FieldType
from dangjian_desktop.domain.ledgers.figures import OPEN, Cell, Grid, pivot_of
from dangjian_desktop.domain.ledgers.ledger import (
    NUMBER,
    NUMBER_LABEL,
    NUMBER_TYPES,
    GridPrint,
    TablePrint,
)
from dangjian_desktop.domain.ledgers.rows import LedgerRow
from dangjian_desktop.domain.ledgers.words import short_text
from dangjian_desktop.papers.blanks import UNKNOWN
from dangjian_desktop.papers.ledgers.prints import page_of
from dangjian_desktop.papers.ledgers.sheet import LedgerSheet, sign_line

NUMBER_MM = Decimal(11)
_BLANK_ROWS = 5
_BLANK_MM = 8.0
_READ = (FieldType.TEXT, FieldType.LONG_TEXT, FieldType.PEOPLE, FieldType.LINK, FieldType.FILES)
_LONGEST_CENTRED = 12
Columns = Sequence[tuple[str, Decimal]]


def compose_table(sheet: LedgerSheet, layout: TablePrint) -> Document:
    """Rows under each other with their sums, or the cross table of two fields."""
    if layout.pivot is not None:
        grid = pivot_of(sheet.ledger, layout.pivot, sheet.rows)
        page = Layout.LANDSCAPE if len(grid.columns) > 5 else Layout.FORM
        head = sheet.ledger.label(layout.pivot.rows)
        blocks = (_grid_table(grid, head, "合计"), *sign_line(layout.sign))
        return sheet.document(page, blocks)
    columns = _printed(sheet, layout.columns)
    blocks = (*_tables(sheet, layout, columns), *sign_line(layout.sign))
    return sheet.document(page_of(layout), blocks)


def _printed(sheet: LedgerSheet, columns: Columns) -> Columns:
    """The columns with 序号 before them; without those that this print keeps back."""
    named = {name for name, _ in columns}
    shown = [
        (name, width) for name, width in columns if name == NUMBER or sheet.field(name) is not None
    ]
    return shown if NUMBER in named else [(NUMBER, NUMBER_MM), *shown]


def _tables(sheet: LedgerSheet, layout: TablePrint, columns: Columns) -> Iterator[Block]:
    split = sheet.field(layout.split) if layout.split else None
    if split is None or not sheet.rows:
        yield _table(sheet, layout, columns, sheet.rows)
        return
    for number, (word, rows) in enumerate(_parted(split, sheet.rows)):
        if number:
            yield Paragraph("", Role.BLANK_LINE, keep_with_next=True)
        words = f"{split.label}：{word}（{len(rows)}条）"
        yield Paragraph(words, Role.FLUSH, keep_with_next=True)
        yield _table(sheet, layout, columns, rows)


def _parted(split: Field, rows: Sequence[LedgerRow]) -> Iterator[tuple[str, list[LedgerRow]]]:
    """The rows by what a field holds, choices in their order; a row of two persons stands twice."""
    found: dict[str, list[LedgerRow]] = {word: [] for _, word in split.choices}
    for each in rows:
        value = each.value(split.name)
        parts = value if isinstance(value, tuple) else (value,)
        for word in [value_text(split, part) for part in parts] or [""]:
            found.setdefault(word or UNKNOWN, []).append(each)
    unfilled = found.pop(UNKNOWN, [])
    yield from ((word, of_word) for word, of_word in found.items() if of_word)
    if unfilled:
        yield UNKNOWN, unfilled


def _table(
    sheet: LedgerSheet, layout: TablePrint, columns: Columns, rows: Sequence[LedgerRow]
) -> Table:
    head = row([_heading(sheet, name) for name, _ in columns], Role.CELL_HEAD, header=True)
    body = [_row(sheet, columns, number, each) for number, each in enumerate(rows, 1)]
    body += [_blank(len(columns)) for _ in range(_BLANK_ROWS if not rows else 0)]
    if layout.total:
        body.append(_totals(sheet, layout, columns, rows))
    return Table((head, *body), tuple(float(width) for _, width in columns))


def _heading(sheet: LedgerSheet, name: str) -> str:
    found = sheet.field(name)
    if found is None:
        return NUMBER_LABEL
    return found.label if found.unit in found.label else found.title


def _row(sheet: LedgerSheet, columns: Columns, number: int, each: LedgerRow) -> Row:
    cells = []
    for name, _ in columns:
        found = sheet.field(name)
        text = str(number)
        if found is not None:
            text = short_text(found, each.value(name), sheet.titles)
        cells.append(cell(text, _role(found, text)))
    return Row(tuple(cells), splittable=max(len(c.paragraphs) for c in cells) > _BLANK_ROWS)


def _role(asked: Field | None, text: str) -> Role:
    if asked is not None and asked.type is FieldType.MONEY:
        return Role.CELL_RIGHT
    if asked is not None and asked.type in _READ and len(text) > _LONGEST_CENTRED:
        return Role.CELL
    return (
        Role.CELL if asked is not None and asked.type is FieldType.LONG_TEXT else Role.CELL_CENTER
    )


def _blank(columns: int) -> Row:
    return Row(tuple(cell("") for _ in range(columns)), min_height_mm=_BLANK_MM)


def _totals(
    sheet: LedgerSheet, layout: TablePrint, columns: Columns, rows: Sequence[LedgerRow]
) -> Row:
    texts = ["合计", *(_total(sheet, layout, name, rows) for name, _ in columns[1:])]
    roles = [_role(sheet.field(name), text) for (name, _), text in zip(columns, texts, strict=True)]
    cells = (cell(text, role) for text, role in zip(texts, roles, strict=True))
    return Row(tuple(cells), splittable=False)


def _total(sheet: LedgerSheet, layout: TablePrint, name: str, rows: Sequence[LedgerRow]) -> str:
    found = sheet.field(name)
    known = (
        [Decimal(value) for each in rows if (value := each.value(name)) is not None]
        if (name in layout.total and found is not None and found.type in NUMBER_TYPES)
        else []
    )
    if not known or found is None:
        return ""
    whole = sum(known, Decimal(0))
    return money_text(whole) if found.type is FieldType.MONEY else number_text(whole)


def compose_grid(sheet: LedgerSheet, layout: GridPrint) -> Document:
    """Persons or groups against the months or quarters of a year."""
    table = _grid_table(sheet.grid, sheet.ledger.label(layout.rows), "合计")
    told = (Paragraph(words, Role.NOTE) for words in sheet.remarks)
    blocks = (table, *_unit(sheet, layout), *told, *sign_line(layout.sign))
    return sheet.document(page_of(layout), blocks)


def _unit(sheet: LedgerSheet, layout: GridPrint) -> Iterator[Block]:
    asked = sheet.field(layout.value) if layout.value else None
    if asked is not None and asked.unit:
        yield Paragraph(f"单位：{asked.unit}", Role.NOTE)


def _grid_table(grid: Grid, head: str, total: str) -> Table:
    texts = (NUMBER_LABEL, head, *map(_told, grid.columns))
    lines = [
        _grid_row(str(number), name, cells) for number, (name, cells) in enumerate(grid.lines, 1)
    ]
    if grid.lines:
        lines.append(_grid_row("", total, grid.totals))
    else:
        lines += [_blank(len(texts)) for _ in range(_BLANK_ROWS)]
    widths = (1.0, 2.4, *(1.4 for _ in grid.columns))
    return Table((row(texts, Role.CELL_HEAD, header=True), *lines), widths)


def _grid_row(number: str, name: str, cells: Iterable[Cell]) -> Row:
    texts = (number, *map(_told, (name, *(each.text for each in cells))))
    return Row(tuple(cell(text, Role.CELL_CENTER) for text in texts), splittable=False)


def _told(text: str) -> str:
    """Words of a cross table with room to write where the screen says that nothing is filled in."""
    return text.replace(OPEN, UNKNOWN)
