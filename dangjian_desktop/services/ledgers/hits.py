"""What the search may show of a row of a ledger."""

from __future__ import annotations

from dataclasses import replace

from dangjian_desktop.domain.ledgers.record import record_of
from dangjian_desktop.domain.record import Record
from dangjian_desktop.services.ledgers import keeping
from dangjian_desktop.services.ledgers.catalogue import code_of, ledger_of
from dangjian_desktop.storage.ledger_words import words_of
from dangjian_desktop.storage.shared import open_to_all
from dangjian_desktop.storage.work import Work


def open_words(work: Work, kind: str, uid: str) -> tuple[str, ...]:
    """Every text of a row but those of fields that are masked or sensitive, or were when taken
    away."""
    ledger = ledger_of(work, code_of(kind) or kind)
    row, former = keeping.one(work, ledger, uid), work.former_fields(ledger.code)
    record = record_of(ledger)
    shown = {
        name: value
        for name, value in row.values.items()
        if (asked := ledger.named(name)) is None or open_to_all(record, asked)
    }
    more = {
        n: plain
        for n, plain in row.more.items()
        if n not in former or open_to_all(record, former[n])
    }
    return words_of(ledger, replace(row, values=shown, more=more), former)


def covers(work: Work, record: Record) -> bool:
    """Whether records of this kind hold something that may not be shown, be it under a field that
    was taken away."""
    code = None if record.of is not None else code_of(record.code) or record.code
    former = () if code is None else work.former_fields(code).values()
    return not all(open_to_all(record, field) for field in (*record.fields, *former))
