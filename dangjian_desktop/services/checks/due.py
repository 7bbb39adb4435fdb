"""What is due, for the page that the window opens with."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

from dangjian_desktop.domain.declared import SHARED
from dangjian_desktop.domain.summaries.due import AHEAD, DueItem, DueKind, due_items
from dangjian_desktop.services.checks.checks import CheckService
from dangjian_desktop.services.checks.gathering import gather_recent
from dangjian_desktop.services.ledgers.due import due_in_ledgers
from dangjian_desktop.storage.library import Library
from dangjian_desktop.storage.shared import stored as kept
from dangjian_desktop.storage.stored import StoredFilter
from dangjian_desktop.storage.work import Work


class DueService:
    """The things to do of one library."""

    def __init__(self, library: Library, clock: Callable[[], datetime] = datetime.now) -> None:
        self._library = library
        self._check = CheckService(library, clock)

    def day(self) -> date:
        """The day as of which is told: today; the end of its year in the sample."""
        return self._check.judged_on()

    def items(self, as_of: date | None = None) -> tuple[DueItem, ...]:
        """Everything due as of the day, the earliest first."""
        day = as_of or self.day()
        with self._library.reading() as work:
            facts = gather_recent(work, day)
            going_on = [row.id for row in work.projects.listed() if row.state.under_way]
            projects = tuple(work.projects.get(going_on).values())
            rows = (*due_in_ledgers(work, day), *_due_in_records(work, day))
        found = (*due_items(replace(facts, projects=projects)), *rows)
        return tuple(sorted(found, key=lambda item: (item.day, item.kind, item.words)))


def _due_in_records(work: Work, day: date) -> Iterator[DueItem]:
    """What the declared records say is due, and is not done."""
    last = day + timedelta(days=AHEAD)
    for record in SHARED:
        for value in work.of(record.code).all(StoredFilter(due_by=last)) if record.due else ():
            words = {due.day: due.text for due in record.due}
            for due in kept(record, value).due:
                if not due.done and due.day <= last:
                    late = (day - due.day).days
                    told = f"{record.title_of(value)}：{words[due.field]}"
                    told += f"，已逾期{late}天" if late > 0 else ""
                    yield DueItem(DueKind.RECORD, due.day, told, value.id, record.code)
