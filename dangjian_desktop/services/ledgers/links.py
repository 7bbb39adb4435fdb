"""What the rows of ledgers are linked to, by its title."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from dangjian_desktop.domain.fields import FieldType
from dangjian_desktop.domain.ledgers.ledger import Ledger
from dangjian_desktop.domain.ledgers.rows import LedgerRow
from dangjian_desktop.domain.references import Link
from dangjian_desktop.services.ledgers.catalogue import ledger_of
from dangjian_desktop.services.links import link_targets, link_titles
from dangjian_desktop.storage.library import Library
from dangjian_desktop.storage.work import Work


def titles_of(work: Work, rows: Iterable[LedgerRow], ledger: Ledger) -> dict[Link, str]:
    """The titles of everything the rows are linked to; what is gone has none."""
    return link_titles(work, {link for row in rows for _, link in row.links(ledger)})


class LedgerLinks:
    """What the rows of one library's ledgers are linked to, and what they may be."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def titles(self, code: str, rows: Sequence[LedgerRow]) -> Mapping[Link, str]:
        """The titles of everything that these rows are linked to; what is gone has none."""
        with self._library.reading() as work:
            return titles_of(work, rows, ledger_of(work, code))

    def targets(self, code: str) -> Mapping[str, tuple[tuple[Link, str], ...]]:
        """What each link field may name, with titles, by field: meetings, items of an agenda
        behind their meeting, projects."""
        with self._library.reading() as work:
            return {
                asked.name: tuple(link_targets(work, asked.to))
                for asked in ledger_of(work, code).of_type(FieldType.LINK)
            }
