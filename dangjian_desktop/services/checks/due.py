"""What is due, for the page that the window opens with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

from dangjian_desktop.domain.meetings.meeting import MeetingFilter
from dangjian_desktop.domain.summaries.due import DueItem, due_items
from dangjian_desktop.services.checks.checks import CheckService
from dangjian_desktop.services.checks.gathering import gather
from dangjian_desktop.services.ledgers.due import due_in_ledgers
from dangjian_desktop.storage.library import Library


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
        wanted = MeetingFilter(first=date(day.year - 1, 1, 1))
        with self._library.reading() as work:
            facts = gather(work, day, wanted)
            going_on = [row.id for row in work.projects.listed() if row.state.under_way]
            projects = tuple(work.projects.get(going_on).values())
            rows = tuple(due_in_ledgers(work, day))
        found = (*due_items(replace(facts, projects=projects)), *rows)
        return tuple(sorted(found, key=lambda item: (item.day, item.kind, item.words)))
