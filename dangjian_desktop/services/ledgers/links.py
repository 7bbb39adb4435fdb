"""What the rows of ledgers are linked to, by its title."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from dangjian_desktop.domain.ledgers.ledger import Ledger
from dangjian_desktop.domain.ledgers.rows import LedgerRow
from dangjian_desktop.domain.references import Link
from dangjian_desktop.services.ledgers.catalogue import ledger_of
from dangjian_desktop.services.links import link_titles
from dangjian_desktop.storage.library import Library
from dangjian_desktop.storage.work import Work


def titles_of(work: Work, rows: Iterable[LedgerRow], ledger: Ledger) -> dict[Link, str]:
    """The titles of everything the rows are linked to; what is gone has none."""
    return link_titles(work, {link for row in rows for _, link in row.links(ledger)})


class LedgerLinks:
    """What the rows of one library's ledgers are linked to."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def titles(self, code: str, rows: Sequence[LedgerRow]) -> Mapping[Link, str]:
        """The titles of everything that these rows are linked to; what is gone has none."""
        with self._library.reading() as work:
            return titles_of(work, rows, ledger_of(work, code))
