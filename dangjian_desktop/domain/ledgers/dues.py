"""What falls due in a row: its dates, whether they are closed, their words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dangjian_desktop.domain.ledgers.ledger import Ledger
from dangjian_desktop.domain.ledgers.rows import LedgerRow
from dangjian_desktop.domain.ledgers.words import due_text
from dangjian_desktop.frozen import dataclass


@dataclass(frozen=True, slots=True)
class RowDue:
    """One date of one row; ``by_hand`` tells that only a person can close it."""

    ledger: str
    row: str
    field: str
    day: date
    done: bool
    text: str
    by_hand: bool


def dues_of(ledger: Ledger, row: LedgerRow) -> Iterator[RowDue]:
    """Every date that the row brings, open or closed."""
    for due in ledger.due:
        day = row.value(due.field)
        if isinstance(day, date):
            done = row.filled(due.done) if due.done else due.field in row.closed
            text = due_text(ledger, row, due.text)
            yield RowDue(ledger.code, row.id, due.field, day, done, text, not due.done)
