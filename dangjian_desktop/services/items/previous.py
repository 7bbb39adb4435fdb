"""What is carried over from the last sitting of a kind to the next."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date, timedelta

from dangjian_desktop.domain.items.carried import Carried, carried
from dangjian_desktop.domain.items.record import ITEM
from dangjian_desktop.domain.meetings.meeting import MeetingFilter
from dangjian_desktop.services.of_library import OfLibrary
from dangjian_desktop.storage.work import Work


class PreviousItems(OfLibrary):
    """Asks it of one library."""

    def lines(self, kinds: Collection[str], group: str | None, before: date) -> tuple[str, ...]:
        """One line for each decision, as a form shows them; ``before`` is the day of the next
        sitting."""
        with self._library.reading() as work:
            return tuple(each.line for each in carried_over(work, kinds, group, before))


def carried_over(
    work: Work, kinds: Collection[str], group: str | None, before: date
) -> tuple[Carried, ...]:
    """What earlier sittings of any of these kinds (of the same group) decided, the oldest first;
    what is open stays though its sitting lies in the bin."""
    upto = MeetingFilter(last=before - timedelta(days=1))
    held, binned = (
        [
            row
            for row in work.meetings.listed(wanted)
            if row.held and row.group == group and not set(kinds).isdisjoint(row.kinds)
        ]
        for wanted in (upto, replace(upto, deleted=True))
    )
    past = [*held, *binned]
    if not past:
        return ()
    last = max(row.date for row in held or past)
    items = sorted(work.every(ITEM.code), key=lambda item: (item.found_on, item.number))
    return tuple(carried(items, frozenset(row.id for row in past), last, before))
