"""How high a table will be, for papers that have to end on their first page."""

from __future__ import annotations

from itertools import count

from dangjian_desktop.documents.fonts import bundled_fonts
from dangjian_desktop.documents.look import Look
from dangjian_desktop.documents.model import Layout, Table
from dangjian_desktop.documents.styles import sheet_in
from dangjian_desktop.documents.table_layout import TableLayout
from dangjian_desktop.documents.typeset import typesetter_of


def table_height(table: Table, layout: Layout, look: Look | None = None) -> float:
    """Points that a table takes in our own faces when it is not parted by pages."""
    numbers = count(1)
    sheet = sheet_in(look, layout)
    typesetter = typesetter_of(bundled_fonts())
    rows = TableLayout(table, sheet, typesetter, lambda: next(numbers)).rows
    return sum(row.height for row in rows)


def page_height(layout: Layout, look: Look | None = None) -> float:
    """Points of the type area."""
    return sheet_in(look, layout).page.height
