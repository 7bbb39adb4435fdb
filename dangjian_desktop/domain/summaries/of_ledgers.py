"""Figures that ledgers declare, for a summary."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from dangjian_desktop.domain.amounts import number_text
from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.field_texts import money_text
from dangjian_desktop.domain.ledgers.figures import Counted, counted, is_money
from dangjian_desktop.domain.ledgers.ledger import FigureOf, Ledger
from dangjian_desktop.domain.ledgers.rows import LedgerRow
from dangjian_desktop.domain.summaries.figure import Figure, Group, Over
from dangjian_desktop.domain.texts import UNKNOWN


def ledger_figures(
    ledger: Ledger, rows: Sequence[LedgerRow], period: Period, day: date
) -> Mapping[str, Figure]:
    """Every figure of the ledger under ``ledger.CODE.NAME``; those of a day as of ``day``."""
    return {
        f"ledger.{ledger.code}.{figure.name}": _figure(
            ledger, figure, counted(ledger, figure, rows, period, day)
        )
        for figure in ledger.figures
    }


def _figure(ledger: Ledger, figure: FigureOf, found: Counted) -> Figure:
    return Figure(
        value=_value(ledger, figure, found),
        records=found.rows,
        label=figure.label,
        unit="" if found.value is None else figure.unit,
        group=Group.LEDGERS,
        over=Over(figure.over),
        subject=ledger.title,
    )


def _value(ledger: Ledger, figure: FigureOf, found: Counted) -> str | int:
    """Counts as numbers, sums as text; words where rows are there and no number is known."""
    if found.value is None:
        return UNKNOWN
    if figure.count.what != "sum":
        return int(found.value)
    return (money_text if is_money(ledger, figure.count.field) else number_text)(found.value)
