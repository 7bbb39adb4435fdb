"""What papers of ledgers are about: a row, or those of a period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.ledgers.ledger import GridPrint, Ledger, TablePrint
from dangjian_desktop.domain.ledgers.rota import has_rota, open_words, spoken_words
from dangjian_desktop.domain.ledgers.rows import LedgerRow
from dangjian_desktop.papers.catalogue import ROW, Paper
from dangjian_desktop.papers.ledgers.sheet import LedgerSheet
from dangjian_desktop.services.ledgers import keeping
from dangjian_desktop.services.ledgers.counting import grid_in, in_period
from dangjian_desktop.services.ledgers.rotas import rota_in
from dangjian_desktop.services.links import link_titles, links_in
from dangjian_desktop.services.papers.holidays import shipped_workdays
from dangjian_desktop.services.papers.sheets import Asked
from dangjian_desktop.storage.work import Work


def of_row(work: Work, asked: Asked) -> LedgerSheet:
    """Of the row; the newest one, or an empty form, where none was given."""
    ledger = _ledger(asked.paper)
    rows = [asked.record] if asked.record else keeping.oldest_first(work, ledger)[-1:]
    return _ledger_sheet(work, asked, rows)


def of_ledger(work: Work, asked: Asked) -> LedgerSheet:
    """The rows of the period, those in force on the day, or persons against months of the year."""
    ledger, wanted = _ledger(asked.paper), asked.wanted
    layout = ledger.prints[asked.paper.number]
    day, period = asked.today, wanted.period or Period(asked.today.year, 1, 12)
    rows = keeping.oldest_first(work, ledger)
    if isinstance(layout, TablePrint) and layout.in_force:
        return _ledger_sheet(work, asked, [row for row in rows if row.in_force(ledger, day)])
    rows = keeping.as_printed(ledger, in_period(ledger, rows, period))
    sheet = _ledger_sheet(work, asked, rows, period)
    if isinstance(layout, GridPrint):
        grid = grid_in(work, ledger, layout, period.year)
        return replace(sheet, grid=grid, remarks=_of_rota(work, ledger, period.year))
    return sheet


def _of_rota(work: Work, ledger: Ledger, year: int) -> tuple[str, ...]:
    """Who has not yet, of a ledger that goes round."""
    if not has_rota(ledger):
        return ()
    rota = rota_in(work, ledger, year, each=0)
    return (spoken_words(rota), *open_words(rota))


def _ledger(paper: Paper) -> Ledger:
    if paper.ledger is None:
        raise LookupError(paper.code)
    return paper.ledger


def _ledger_sheet(
    work: Work, asked: Asked, rows: Sequence[LedgerRow], period: Period | None = None
) -> LedgerSheet:
    ledger, public = _ledger(asked.paper), asked.wanted.public
    version = None
    if asked.paper.of == ROW and rows:
        version = keeping.store_of(work, ledger.code).revision_number(rows[-1].id) or None
    return LedgerSheet(
        ledger=ledger,
        layout=ledger.prints[asked.paper.number],
        branch=work.branch.on(_day_of_ledger(ledger, asked, rows, period)),
        stamp=asked.stamp(work, version),
        day=asked.today,
        rows=rows,
        period=period,
        titles=link_titles(work, links_in(ledger.all_fields, (r.values for r in rows))),
        public=public,
        protected=work.protected,
        workdays=shipped_workdays(),
    )


def _day_of_ledger(
    ledger: Ledger, asked: Asked, rows: Sequence[LedgerRow], period: Period | None
) -> date:
    """The day of the row, or the end of the period, that a print is about, else its own day."""
    day = asked.today
    if asked.paper.of == ROW:
        return min(day, (rows and rows[-1].last_day(ledger)) or day)
    return day if period is None else min(day, period.last)
