"""How high a table will be, for papers that have to end on their first page."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count

from dangjian_desktop.documents.fitting import page_use
from dangjian_desktop.documents.fonts import bundled_fonts
from dangjian_desktop.documents.look import Look
from dangjian_desktop.documents.model import Block, Document, Layout, Table
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


def poured(blocks: Sequence[Block], layout: Layout) -> float:
    """Points that blocks take on their last page."""
    document = Document("", "", tuple(blocks), layout)
    return page_use(document, typesetter_of(bundled_fonts()))[1]


def page_height(layout: Layout, look: Look | None = None) -> float:
    """Points of the type area."""
    return sheet_in(look, layout).page.height
