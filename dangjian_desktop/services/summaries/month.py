"""How the sittings of the present month and quarter stand against their cadence."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from dangjian_desktop.domain.checks.facts import Facts
from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.meetings.kinds import Expected, MeetingKind
from dangjian_desktop.domain.meetings.meeting import Meeting, MeetingFilter
from dangjian_desktop.domain.summaries.counting import cadence_of, sittings
from dangjian_desktop.services.checks.checks import CheckService
from dangjian_desktop.services.checks.gathering import gather
from dangjian_desktop.storage.library import Library

_LONGEST = 3


@dataclass(frozen=True, slots=True)
class CadenceCard:
    """``held`` of ``due`` sittings of a kind; ``words`` say the rest, ``records`` are the held."""

    code: str
    title: str
    held: int
    due: int
    words: str
    records: tuple[str, ...] = ()

    @property
    def met(self) -> bool:
        """Whether as many were held as are due."""
        return self.held >= self.due


class MonthService:
    """The month of one library; ``clock`` tells the present time."""

    def __init__(self, library: Library, clock: Callable[[], datetime] = datetime.now) -> None:
        self._library = library
        self._check = CheckService(library, clock)

    def cards(self) -> tuple[CadenceCard, ...]:
        """A card for each kind that is due every month or quarter, as of the day judged."""
        day = self._check.judged_on()
        first = Period.around(day, _LONGEST).first
        with self._library.reading() as work:
            facts = gather(work, day, MeetingFilter(first=first))
        return tuple(_cards(facts))


def _cards(facts: Facts) -> Iterator[CadenceCard]:
    for kind in facts.kinds:
        cadence = cadence_of(facts, kind.code)
        if cadence is None or cadence.months > _LONGEST:
            continue
        period = Period.around(facts.today, cadence.months)
        held = sittings(facts, period, kind.code)
        if kind.expected is Expected.GROUP:
            yield from _of_groups(facts, kind, held)
        elif held or kind.expected is not Expected.COMMITTEE or _has_committee(facts):
            yield _of_branch(facts, kind, period, cadence.times, held)


def _of_groups(facts: Facts, kind: MeetingKind, held: tuple[Meeting, ...]) -> Iterator[CadenceCard]:
    groups = facts.roll(facts.today).groups
    if not groups:
        return
    met = {meeting.group for meeting in held}
    open_groups = [group for group in groups if group not in met]
    words = f"{_together(open_groups)}未开" if open_groups else "已召开"
    records = tuple(meeting.id for meeting in held)
    yield CadenceCard(
        kind.code, kind.short, len(groups) - len(open_groups), len(groups), words, records
    )


def _of_branch(
    facts: Facts, kind: MeetingKind, period: Period, due: int, held: tuple[Meeting, ...]
) -> CadenceCard:
    when = "本月" if period.length == 1 else period.label.removeprefix(f"{period.year}年")
    words = _day(held[-1].date) if held else _left(period.last, facts.today)
    if held and len(held) < due:
        words = f"还差{due - len(held)}次"
    records = tuple(meeting.id for meeting in held)
    return CadenceCard(kind.code, f"{when}{kind.short}", len(held), due, words, records)


def _together(groups: list[str]) -> str:
    """第二、第三党小组 where all names end alike."""
    tail = "党小组"
    if all(group.endswith(tail) for group in groups):
        return "、".join(group.removesuffix(tail) for group in groups) + tail
    return "、".join(groups)


def _day(day: date) -> str:
    return f"{day:%m}月{day:%d}日"


def _left(last: date, today: date) -> str:
    left = (last - today).days
    return f"未召开，还有 {left} 天" if left else "未召开，今天是最后一天"


def _has_committee(facts: Facts) -> bool:
    return facts.roll(facts.today).has_committee
