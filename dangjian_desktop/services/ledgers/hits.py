"""What the search may show of a row of a ledger."""

from __future__ import annotations

from dataclasses import replace

from dangjian_desktop.domain.ledgers.ledger import Ledger
from dangjian_desktop.errors import InputError
from dangjian_desktop.services.ledgers import keeping
from dangjian_desktop.services.ledgers.catalogue import code_of, ledger_of
from dangjian_desktop.storage.work import Work


def ledger_of_kind(work: Work, kind: str) -> Ledger | None:
    """The ledger whose rows are stored under this kind; None for records that are none of it."""
    code = code_of(kind)
    try:
        return None if code is None else ledger_of(work, code)
    except InputError:
        return None


def open_words(work: Work, ledger: Ledger, uid: str) -> str:
    """Every text of a row but those of masked fields, one a line."""
    row = keeping.one(work, ledger, uid)
    shown = {
        name: value
        for name, value in row.values.items()
        if not ((asked := ledger.named(name)) and asked.masked)
    }
    return keeping.words_of(ledger, replace(row, values=shown))
