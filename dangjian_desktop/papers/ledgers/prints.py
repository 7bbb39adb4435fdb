"""The prints that a ledger declares, as papers of the catalogue."""

from __future__ import annotations

from dangjian_desktop.documents.model import Layout
from dangjian_desktop.domain.ledgers.checks import UPRIGHT
from dangjian_desktop.domain.ledgers.ledger import (
    OF_A_ROW,
    GridPrint,
    Ledger,
    NoticePrint,
    Print,
    SheetPrint,
    TablePrint,
)
from dangjian_desktop.domain.ledgers.record import PREFIX
from dangjian_desktop.papers.catalogue import LEDGER, ROW, Paper


def papers_of_ledger(ledger: Ledger) -> tuple[Paper, ...]:
    """Every print of the declaration, in its order; the first of 台账 x is ``ledger:x:1``."""
    return tuple(_paper(ledger, number, made) for number, made in enumerate(ledger.prints))


def paper_code(ledger: str, number: int) -> str:
    """The code of a print by its number, counted from 0."""
    return f"{PREFIX}{ledger}:{number + 1}"


def _paper(ledger: Ledger, number: int, made: Print) -> Paper:
    return Paper(
        code=paper_code(ledger.code, number),
        title=bare_title(made),
        of=ROW if isinstance(made, OF_A_ROW) else LEDGER,
        compose="ledgers.compose:compose_print",
        layouts=(page_of(made),),
        lengths=_lengths(made),
        folder="台账",
        ledger=ledger,
        number=number,
        level=ledger.level,
    )


def bare_title(made: Print) -> str:
    """The title of a print without branch and period."""
    bare = made.title.replace("{branch}", "").replace("{period}", "")
    return bare.replace("（）", "").strip() or "台账"


def page_of(made: Print) -> Layout:
    """The page that a print asks for; a cross table of many columns lies across by itself."""
    match made:
        case SheetPrint() | NoticePrint():
            return Layout.OFFICIAL
        case TablePrint() if sum(width for _, width in made.columns) > UPRIGHT:
            return Layout.LANDSCAPE
        case GridPrint() if made.columns == "month":
            return Layout.LANDSCAPE
        case _:
            return Layout.FORM


def _lengths(made: Print) -> tuple[int, ...]:
    match made:
        case GridPrint():
            return (12,)
        case TablePrint() if not made.in_force:
            return (1, 3, 6, 12)
        case _:
            return ()
