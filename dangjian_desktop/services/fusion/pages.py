"""The fusion pages of one library: the business priorities, each in a period."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.fusion.indicator import Measured
from dangjian_desktop.domain.fusion.page import FusionPage, PageFacts, page_of
from dangjian_desktop.domain.fusion.priority import Priority, in_turn
from dangjian_desktop.domain.fusion.record import INDICATOR, PRIORITY
from dangjian_desktop.domain.items.as_of import item_on
from dangjian_desktop.domain.items.record import ITEM
from dangjian_desktop.services.fusion.indicators import of_year
from dangjian_desktop.services.judged import judged_day
from dangjian_desktop.services.of_library import OfLibrary
from dangjian_desktop.services.projects.lent import lent_to
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
    wanted = {link.uid for each in priorities for link in each.projects}
    projects = {uid: p for uid, p in work.projects.get(wanted).items() if not p.deleted}
    linked = {link.uid for each in priorities for link in each.agenda}
    linked |= {link.meeting_id for p in projects.values() for link in p.meetings}
    indicators = work.every(INDICATOR.code)
    measured = of_year(indicators, lent_to(work, indicators), period.year)
    facts = PageFacts(
        period=period,
        meetings=work.meetings.get(linked),
        projects=projects,
        measured=measured,
        tasks=tuple(item_on(task, period.last) for task in work.every(ITEM.code)),
    )
    return tuple(page_of(each, facts) for each in priorities)


def unplaced(work: Work, priorities: Sequence[Priority], year: int) -> tuple[Measured, ...]:
    """The indicators of a year that none of these priorities names."""
    indicators = work.every(INDICATOR.code)
    found = of_year(indicators, lent_to(work, indicators), year)
    return tuple(m for m in found if not any(p.named(m.indicator.priority) for p in priorities))
