"""Everything that one library declares: the built-in records, its kinds of meeting, its ledgers."""

from __future__ import annotations

from dangjian_desktop.domain.ledgers.record import record_of
from dangjian_desktop.domain.record import Declared
from dangjian_desktop.services.ledgers.catalogue import entries
from dangjian_desktop.services.records.declaring import declared_of
from dangjian_desktop.storage.work import Work


def all_declared(work: Work) -> Declared:
    """Every kind of record; a ledger that is not shown is declared all the same."""
    ledgers = (record_of(entry.ledger) for entry in entries(work))
    built_in = declared_of(work)
    return Declared(built_in, ledgers, built_in.kinds)
