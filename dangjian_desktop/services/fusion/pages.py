"""The fusion pages of one library: the business priorities, each in a period."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import partial

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.fusion.indicator import Indicator, Measured
from dangjian_desktop.domain.fusion.page import FusionPage, PageFacts, page_of
from dangjian_desktop.domain.fusion.priority import Priority, in_turn
from dangjian_desktop.domain.fusion.record import INDICATOR, PRIORITY
from dangjian_desktop.domain.items.as_of import item_on
from dangjian_desktop.domain.items.item import Item
from dangjian_desktop.domain.items.record import ITEM
from dangjian_desktop.domain.meetings.decided import identified
from dangjian_desktop.domain.meetings.meeting import Meeting
from dangjian_desktop.domain.meetings.record import MEETING
from dangjian_desktop.domain.references import Link
from dangjian_desktop.services.fusion.indicators import of_year
from dangjian_desktop.services.judged import judged_day
from dangjian_desktop.services.of_library import OfLibrary
from dangjian_desktop.services.projects.lent import lent_to
from dangjian_desktop.storage.projects import sittings_of
from dangjian_desktop.storage.stored import StoredFilter
from dangjian_desktop.storage.work import Work


class FusionService(OfLibrary):
    """Asks about the business priorities of one library; ``clock`` tells the present time."""

    def day(self) -> date:
        """The day as of which is told."""
        with self._library.reading() as work:
            return judged_day(work, self._clock().date())

    def page(self, uid: str, period: Period) -> FusionPage | None:
        """One priority in a period; nothing where it is gone."""
        with self._library.reading() as work:
            found = work.of(PRIORITY.code).one(uid)
            if found is None or found.deleted:
                return None
            [page] = pages(work, [found], period)
            return page

    def in_year(self, year: int) -> tuple[Priority, ...]:
        """The priorities that hold in a year, in their order."""
        with self._library.reading() as work:
            return in_order(work, year)

    def names(self) -> tuple[str, ...]:
        """The names of the present priorities."""
        return tuple(each.name for each in self.in_year(self.day().year))


def in_order(work: Work, year: int) -> tuple[Priority, ...]:
    """The priorities that hold in a year, in their order."""
    known: tuple[Priority, ...] = work.every(PRIORITY.code)
    return tuple(sorted((each for each in known if each.holds_in(year)), key=in_turn))


def pages(work: Work, priorities: Sequence[Priority], period: Period) -> tuple[FusionPage, ...]:
    """These priorities in a period, all read in one go."""
    named = {link.uid for each in priorities for link in each.projects}
    projects = {row.id: row for row in work.projects.listed() if row.id in named}
    sittings = work.through(partial(sittings_of, uids=projects))
    links = {link for each in priorities for link in each.agenda}
    links |= {link for each in sittings.values() for link in each}
    facts = PageFacts(
        period=period,
        meetings=_held(work, links, period),
        projects=projects,
        sittings=sittings,
        measured=_measured(work, priorities, period.year),
        tasks=_tasks(work, priorities, links, period),
    )
    return tuple(page_of(each, facts) for each in priorities)


def _held(work: Work, links: Iterable[Link], period: Period) -> Mapping[str, Meeting]:
    """The meetings of the period; of those of other years no more than their day is read."""
    days = work.heads({link.uid for link in links})
    wanted = (uid for uid, (_title, day, _kinds) in days.items() if day in period)
    return {uid: identified(meeting) for uid, meeting in work.meetings.get(wanted).items()}


def _measured(work: Work, priorities: Sequence[Priority], year: int) -> tuple[Measured, ...]:
    """What is known of the indicators that one of these priorities has."""
    known: tuple[Indicator, ...] = work.every(INDICATOR.code)
    own = [i for i in known if any(each.named(i.priority) for each in priorities)]
    return of_year(own, lent_to(work, own), year)


def _tasks(
    work: Work, priorities: Sequence[Priority], links: Iterable[Link], period: Period
) -> tuple[Item, ...]:
    """What is linked to one of the priorities or to a meeting that dealt with it, as it stood at
    the end of the period."""
    linked = {
        PRIORITY.code: {each.id for each in priorities},
        MEETING.code: {link.uid for link in links},
    }
    wanted = StoredFilter(linked=linked, last=period.last, lasting=period.first)
    found = work.of(ITEM.code).all(wanted)
    return tuple(item_on(task, period.last) for task in found)


def unplaced(work: Work, priorities: Sequence[Priority], year: int) -> tuple[Measured, ...]:
    """The indicators of a year that none of these priorities names."""
    indicators = work.every(INDICATOR.code)
    found = of_year(indicators, lent_to(work, indicators), year)
    return tuple(m for m in found if not any(p.named(m.indicator.priority) for p in priorities))
