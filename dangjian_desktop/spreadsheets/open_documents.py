"""What the parser of .ods does not tell: dates without a day, the epoch, hidden rows."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml.ElementTree import fromstring

from dangjian_desktop.domain.members.importing.sheets import Place
from dangjian_desktop.spreadsheets.worksheets import BookExtras, Extras

_SPACE = "urn:oasis:names:tc:opendocument:xmlns:"
_TABLE, _STYLE, _NUMBER = (f"{{{_SPACE}{name}:1.0}}" for name in ("table", "style", "datastyle"))
_OFFICE = f"{{{_SPACE}office:1.0}}"
_HIDDEN = frozenset({"collapse", "filter"})
_MOST = 20_000


def inspect_open_document(data: bytes) -> BookExtras:
    """Look through ``content.xml``; what is no XML tells nothing."""
    try:
        root = fromstring(data)
    except ParseError:
        return BookExtras({})
    months = frozenset(_month_styles(root))
    sheets = {
        table.get(f"{_TABLE}name", ""): _extras(table, months)
        for table in root.iter(f"{_TABLE}table")
    }
    null = next(root.iter(f"{_TABLE}null-date"), None)
    early = null is not None and null.get(f"{_TABLE}date-value", "").startswith("1904")
    return BookExtras(sheets, early)


def _month_styles(root: Element) -> Iterator[str]:
    """Names of the cell styles whose dates show year and month but no day."""
    shown = {
        style.get(f"{_STYLE}name"): {part.tag for part in style}
        for style in root.iter(f"{_NUMBER}date-style")
    }
    for style in root.iter(f"{_STYLE}style"):
        parts = shown.get(style.get(f"{_STYLE}data-style-name"), set())
        if {f"{_NUMBER}year", f"{_NUMBER}month"} <= parts and f"{_NUMBER}day" not in parts:
            yield style.get(f"{_STYLE}name", "")


def _extras(table: Element, months: frozenset[str]) -> Extras:
    month_only: set[Place] = set()
    hidden: set[int] = set()
    by_column = _column_styles(table)
    at = 0
    for row in table.iter(f"{_TABLE}table-row"):
        again = min(_count(row, "number-rows-repeated"), _MOST)
        if row.get(f"{_TABLE}visibility") in _HIDDEN:
            hidden |= set(range(at, at + again))
        own = row.get(f"{_TABLE}default-cell-style-name")
        for column in _months_in(row, own, by_column, months):
            month_only |= {(at + n, column) for n in range(again)}
        at += again
        if at > _MOST:
            break
    return Extras(month_only=frozenset(month_only), hidden_rows=frozenset(hidden))


def _months_in(
    row: Element, own: str | None, by_column: list[str | None], months: frozenset[str]
) -> Iterator[int]:
    column = 0
    for cell in row:
        again = min(_count(cell, "number-columns-repeated"), _MOST)
        if cell.get(f"{_OFFICE}value-type") == "date":
            default = own or (by_column[column] if column < len(by_column) else None)
            if (cell.get(f"{_TABLE}style-name") or default) in months:
                yield from range(column, column + again)
        column += again


def _column_styles(table: Element) -> list[str | None]:
    found: list[str | None] = []
    for column in table.iter(f"{_TABLE}table-column"):
        style = column.get(f"{_TABLE}default-cell-style-name")
        found += [style] * min(_count(column, "number-columns-repeated"), 1_000)
    return found


def _count(part: Element, name: str) -> int:
    text = part.get(f"{_TABLE}{name}", "1")
    return int(text) if text.isascii() and text.isdigit() else 1
