"""How the sittings of the present month and quarter stand against their cadence."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime

from dangjian_desktop.domain.checks.duties import Duty, cadence_of, duties
from dangjian_desktop.domain.checks.facts import Facts
from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.meetings.kinds import MeetingKind
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.services.checks.checks import CheckService
from dangjian_desktop.services.checks.gathering import gather_recent
from dangjian_desktop.storage.library import Library

_LONGEST = 3


@dataclass(frozen=True, slots=True)
class CadenceCard:
    """``held`` of ``due`` sittings of a kind; ``words`` say the rest, ``records`` are the held,
    ``group`` is the first party group that has still to hold one, ``last`` the last day for it."""

    code: str
    title: str
    held: int
    due: int
    words: str
    records: tuple[str, ...] = ()
    group: str = ""
    last: date = date.max

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
        with self._library.reading() as work:
            facts = gather_recent(work, day)
        return tuple(_cards(facts))


def _cards(facts: Facts) -> Iterator[CadenceCard]:
    for kind in facts.kinds:
        cadence = cadence_of(facts, kind)
        if cadence is None or cadence.months > _LONGEST:
            continue
        period = Period.around(facts.today, cadence.months)
        owed = [duty for duty in duties(facts, kind, period) if duty.judged]
        if any(duty.group for duty in owed):
            yield from _of_groups(facts, kind, owed)
        else:
            yield from (
                _of_branch(duty, facts.today) for duty in owed if duty.certain and duty.times
            )


def _of_groups(facts: Facts, kind: MeetingKind, found: Sequence[Duty]) -> Iterator[CadenceCard]:
    owed = [duty for duty in found if duty.times]
    if not owed:
        return
    open_groups = [duty.group or "" for duty in owed if duty.lacking]
    words = f"{_together(open_groups)}未开" if open_groups else "已召开"
    held = {meeting.id for duty in found for meeting in duty.held}
    records = tuple(meeting.id for meeting in facts.held(kind.code) if meeting.id in held)
    met = len(owed) - len(open_groups)
    group = next(iter(open_groups), "")
    last = owed[0].period.last
    yield CadenceCard(kind.code, kind.short, met, len(owed), words, records, group, last)


def _of_branch(duty: Duty, today: date) -> CadenceCard:
    period, held = duty.period, duty.held
    when = "本月" if period.length == 1 else period.label.removeprefix(f"{period.year}年")
    words = _day(held[-1].date) if held else _left(period.last, today)
    if held and duty.lacking:
        words = f"还差{duty.lacking}次"
    records, title = tuple(meeting.id for meeting in held), f"{when}{duty.kind.short}"
    code, times = duty.kind.code, duty.times
    return CadenceCard(code, title, len(held), times, words, records, last=period.last)


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
