"""What the rows of ledgers are linked to, by its title."""

from __future__ import annotations

from collections.abc import Iterable

from dangjian_desktop.domain.ledgers.ledger import Ledger
from dangjian_desktop.domain.ledgers.rows import LedgerRow
from dangjian_desktop.domain.references import Link
from dangjian_desktop.storage.work import Work


def titles_of(work: Work, rows: Iterable[LedgerRow], ledger: Ledger) -> dict[Link, str]:
    """The titles of everything the rows are linked to; what is gone has none."""
    wanted = {link for row in rows for _, link in row.links(ledger)}
    found: dict[Link, str] = {}
    for subject in {link.subject for link in wanted}:
        of_subject = [link for link in wanted if link.subject == subject]
        records = work.of(subject).rows(link.uid for link in of_subject)
        for link in of_subject:
            if line := records.get(link.uid):
                found[link] = _title(line)
    return found


def _title(line: object) -> str:
    """The title with the day before it, where the record has one."""
    title = getattr(line, "title", "") or getattr(line, "name", "")
    day = getattr(line, "date", None) or getattr(line, "day", None)
    return f"{day.isoformat()} {title}" if day else str(title)
