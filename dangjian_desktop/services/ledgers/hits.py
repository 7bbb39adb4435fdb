"""What the search may show of a row of a ledger."""

from __future__ import annotations

from dataclasses import replace

from dangjian_desktop.services.ledgers import keeping
from dangjian_desktop.services.ledgers.catalogue import code_of, ledger_of
from dangjian_desktop.storage.ledger_words import words_of
from dangjian_desktop.storage.work import Work


def open_words(work: Work, kind: str, uid: str) -> tuple[str, ...]:
    """Every text of a row but those of masked fields."""
    ledger = ledger_of(work, code_of(kind) or kind)
    row = keeping.one(work, ledger, uid)
    shown = {
        name: value
        for name, value in row.values.items()
        if not ((asked := ledger.named(name)) and asked.masked)
    }
    return words_of(ledger, replace(row, values=shown))
