"""Any print of a ledger to a document."""

from __future__ import annotations

from typing import assert_never

from dangjian_desktop.documents.model import Document
from dangjian_desktop.domain.ledgers.figures import Grid
from dangjian_desktop.domain.ledgers.ledger import (
    CardPrint,
    GridPrint,
    Print,
    SheetPrint,
    TablePrint,
)
from dangjian_desktop.domain.ledgers.rows import LedgerRow
from dangjian_desktop.papers.ledgers.cards import compose_card, compose_sheet
from dangjian_desktop.papers.ledgers.sheet import LedgerSheet
from dangjian_desktop.papers.ledgers.tables import compose_grid, compose_table


def compose_print(
    sheet: LedgerSheet, layout: Print, row: LedgerRow, grid: Grid | None = None
) -> Document:
    """The print as its declaration says: cards and sheets of ``row``, grids of ``grid``."""
    match layout:
        case TablePrint():
            return compose_table(sheet, layout)
        case CardPrint():
            return compose_card(sheet, layout, row)
        case SheetPrint():
            return compose_sheet(sheet, layout, row)
        case GridPrint():
            return compose_grid(sheet, layout, grid or Grid((), (), ()))
        case _:
            assert_never(layout)
