"""Any print of a ledger to a document."""

from __future__ import annotations

from typing import assert_never

from dangjian_desktop.documents.model import Document
from dangjian_desktop.domain.ledgers.ledger import (
    CardPrint,
    GridPrint,
    NoticePrint,
    SheetPrint,
    TablePrint,
)
from dangjian_desktop.papers.catalogue import Wanted
from dangjian_desktop.papers.ledgers.cards import compose_card, compose_sheet
from dangjian_desktop.papers.ledgers.notices import compose_public_notice
from dangjian_desktop.papers.ledgers.sheet import LedgerSheet
from dangjian_desktop.papers.ledgers.tables import compose_grid, compose_table


def compose_print(sheet: LedgerSheet, _wanted: Wanted) -> Document:
    """The print as its declaration says."""
    match sheet.layout:
        case TablePrint() as layout:
            return compose_table(sheet, layout)
        case CardPrint() as layout:
            return compose_card(sheet, layout)
        case SheetPrint() as layout:
            return compose_sheet(sheet, layout)
        case NoticePrint() as layout:
            return compose_public_notice(sheet, layout)
        case GridPrint() as layout:
            return compose_grid(sheet, layout)
        case _:
            assert_never(sheet.layout)
