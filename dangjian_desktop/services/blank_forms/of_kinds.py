"""What statistics ask of each kind of sitting: who came to all of them, how many in each month."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from itertools import product

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.fields import Field, FieldType
from dangjian_desktop.domain.meetings.called import Headcount
from dangjian_desktop.domain.meetings.kinds import MeetingKind
from dangjian_desktop.domain.summaries.counting import sittings
from dangjian_desktop.domain.summaries.figure import NO_RATE
from dangjian_desktop.domain.summaries.of_attendance import rate
from dangjian_desktop.services.blank_forms.facts import Fact
from dangjian_desktop.services.blank_forms.occasion import Occasion
from dangjian_desktop.services.blank_forms.words import words

_TURNOUT, _MONTHS = "各类会议到会", "各月次数"
_SURE = {
    "expected": ("应到", "应到人次", "应参加人次", "应参会人次"),
    "present": ("实到", "实到人次", "参加人次", "实际参加人次", "参会人次", "到会人次"),
    "rate": ("到会率", "参会率", "出勤率", "参加率", "平均到会率", "平均参会率"),
}
_PERHAPS = {
    "expected": ("应到人数", "应参加人数", "应参会人数", "应到党员"),
    "present": ("实到人数", "参加人数", "参会人数", "实际参加人数", "到会人数", "人数", "实到党员"),
    "rate": (),
}
"""Heads that ask for persons, of whom some may have been at several sittings."""


def kind_facts(occasion: Occasion) -> Iterator[Fact]:
    """Who should have come and came, summed over the sittings of each kind."""
    for kind in occasion.facts.kinds:
        names = _names(kind)
        for part, told in _SURE.items():
            pairs = (f"{name}{word}" for name, word in product(names, told))
            loose = tuple(f"{name}{word}" for name, word in product(names, _PERHAPS[part]))
            label = f"{kind.short}{told[0]}"
            also = tuple(word for word in pairs if word != label)
            unit = "%" if part == "rate" else "人次"
            field = Field(part, label, FieldType.TEXT, unit=unit, also=also)
            tell = partial(_turnout, kind.code, _TOLD[part])
            yield Fact(f"{kind.code}.{part}", field, tell, _TURNOUT, perhaps=loose)


def month_facts(occasion: Occasion) -> Iterator[Fact]:
    """How many sittings of each kind were held in each month of the year."""
    for month, kind in product(range(1, 13), occasion.facts.kinds):
        words_of = tuple(f"{month}月{name}" for name in _names(kind))
        field = Field("held", f"{month}月{kind.short}", FieldType.INTEGER, unit="次", also=words_of)
        tell = partial(_in_month, kind.code, month)
        yield Fact(f"month.{month}.{kind.code}.held", field, tell, _MONTHS)


def _names(kind: MeetingKind) -> tuple[str, ...]:
    return (kind.short, kind.title, *words().also.get(f"{kind.code}.held", ()))


def _turnout(code: str, told: Callable[[int, int], str | None], occasion: Occasion) -> str | None:
    """Nothing where the attendance of one of them is not known."""
    own = [s for s in occasion.sittings if code in s.meeting.kinds]
    if not own or not all(sitting.meeting.attendance for sitting in own):
        return None
    counts: list[Headcount] = [c for s in own for c in s.counts if c.kind.code == code]
    expected = sum(len(count.expected) for count in counts)
    return told(sum(len(c.present & c.expected) for c in counts), expected) if expected else None


def _rate(present: int, expected: int) -> str | None:
    found = rate(present, expected)
    return None if found == NO_RATE else found


_TOLD: dict[str, Callable[[int, int], str | None]] = {
    "expected": lambda _present, expected: str(expected),
    "present": lambda present, _expected: str(present),
    "rate": _rate,
}


def _in_month(code: str, month: int, occasion: Occasion) -> int | None:
    """Nothing for a month to come or one of which no sitting at all is recorded."""
    period = Period(occasion.period.year, month, 1)
    found = sittings(occasion.facts, period) if period.first <= occasion.as_of else ()
    return sum(code in meeting.kinds for meeting in found) if found else None
