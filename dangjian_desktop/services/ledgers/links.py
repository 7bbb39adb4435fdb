"""What the rows of ledgers are linked to, by its title."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from dangjian_desktop.domain.fields import FieldType
from dangjian_desktop.domain.ledgers.ledger import Ledger
from dangjian_desktop.domain.ledgers.rows import LedgerRow
from dangjian_desktop.domain.meetings.meeting import Meeting
from dangjian_desktop.domain.references import Link
from dangjian_desktop.services.ledgers.catalogue import ledger_of
from dangjian_desktop.storage.library import Library
from dangjian_desktop.storage.work import Work

MEETING = "meeting"


def titles_of(work: Work, rows: Iterable[LedgerRow], ledger: Ledger) -> dict[Link, str]:
    """The titles of everything the rows are linked to; what is gone has none."""
    return link_titles(work, {link for row in rows for _, link in row.links(ledger)})


def link_titles(work: Work, wanted: Collection[Link]) -> dict[Link, str]:
    """The titles of these records and parts of records; what is gone has none."""
    found: dict[Link, str] = {}
    for subject in {link.subject for link in wanted}:
        of_subject = [link for link in wanted if link.subject == subject]
        records = work.of(subject).rows(link.uid for link in of_subject)
        for link in of_subject:
            if (line := records.get(link.uid)) and link.item is None:
                found[link] = _title(line)
    of_items = [link.uid for link in wanted if link.subject == MEETING and link.item]
    for meeting in work.meetings.get(of_items).values():
        found |= {link: words for link, words in _items(meeting) if link in wanted}
    return found


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
                asked.name: tuple(_targets(work, asked.to))
                for asked in ledger_of(work, code).of_type(FieldType.LINK)
            }


def _targets(work: Work, to: Sequence[str]) -> Iterator[tuple[Link, str]]:
    whole = {m.id: m for m in work.meetings.all()} if f"{MEETING}.item" in to else {}
    for line in work.meetings.listed() if whole or MEETING in to else ():
        if MEETING in to:
            yield Link(MEETING, line.id), _title(line)
        if line.id in whole:
            yield from _items(whole[line.id])
    for project in work.projects.listed() if "project" in to else ():
        yield Link("project", project.id), _title(project)


def _items(meeting: Meeting) -> Iterator[tuple[Link, str]]:
    for number, item in enumerate(meeting.agenda, 1):
        words = f"{_title(meeting)}　议题{number}：{item.topic}"
        yield Link(MEETING, meeting.id, item.id), words


def _title(line: object) -> str:
    """The title with the day before it, where the record has one."""
    title = getattr(line, "title", "") or getattr(line, "name", "")
    day = getattr(line, "date", None) or getattr(line, "day", None)
    return f"{day.isoformat()} {title}" if day else str(title)
