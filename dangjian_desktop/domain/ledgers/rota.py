"""轮讲: whose turn it is in which month, made from the roster; nothing is stored here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.fields import FieldType
from dangjian_desktop.domain.ledgers.asking import asked_on, done, expected
from dangjian_desktop.domain.ledgers.figures import who
from dangjian_desktop.domain.ledgers.ledger import Ask, Ledger
from dangjian_desktop.domain.ledgers.rows import LedgerRow
from dangjian_desktop.domain.members.member import Member
from dangjian_desktop.domain.members.roll import Roll
from dangjian_desktop.domain.references import Person
from dangjian_desktop.frozen import dataclass

_LAST = 12
WHOLE = ""
"""The group of a turn where the branch has none, or its ledger asks for none."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A month in which somebody is to speak for a group."""

    month: Period
    group: str
    member: str
    name: str


@dataclass(frozen=True, slots=True)
class Rota:
    """``turns`` that can be added to those of the ``rows``; ``without`` is everybody who has none
    even then, with why; ``held`` have spoken, ``waiting`` have a turn and have not yet; ``lost``
    are turns of those who are no longer asked in their month."""

    year: int
    turns: tuple[Turn, ...]
    without: tuple[tuple[str, str], ...]
    held: tuple[str, ...]
    waiting: tuple[str, ...]
    lost: tuple[Turn, ...] = ()


def spoken_words(rota: Rota) -> str:
    """2026年已讲3人；已排、尚未讲的2人：甲、乙。"""
    words = f"{rota.year}年已讲{len(rota.held)}人"
    if rota.waiting:
        words += f"；已排、尚未讲的{len(rota.waiting)}人：{'、'.join(rota.waiting)}"
    return f"{words}。"


def open_words(rota: Rota) -> tuple[str, ...]:
    """Who is without a turn, and which turns nobody will hold."""
    said = []
    if rota.without:
        told = "；".join(f"{name}（{why}）" if why else name for name, why in rota.without)
        said.append(f"没有轮次的{len(rota.without)}人：{told}。")
    if rota.lost:
        told = "、".join(f"{turn.month.start}月{turn.name}" for turn in rota.lost)
        words = f"当月已不在支部、讲不成的轮次：{told}；请在台账中改由别人讲，或删除这一条"
        said.append(f"{words}。")
    return tuple(said)


def has_rota(ledger: Ledger) -> bool:
    """Whether turns by person and month can be made for it."""
    ask = ledger.ask
    day = ledger.named(ledger.day)
    by_month = day is not None and day.type is FieldType.MONTH
    persons = ask is not None and ask.who not in ("groups", "branch", "named")
    return ask is not None and ask.rota and ask.per == "month" and by_month and persons


def rota_of(
    ledger: Ledger,
    members: Sequence[Member],
    rows: Iterable[LedgerRow],
    year: int,
    each: int = 1,
    since: date | None = None,
) -> Rota | None:
    """Turns for the months of a year that have fewer than ``each`` in a group (0: it is only told
    how it stands), none for those
    that were over on the day ``since``.

    Who joins in the middle of a month has a turn from the next one on, who leaves has none in the
    month. Those with the fewest turns come first, then in the order of the roster. None for a
    ledger without a rota.
    """
    ask = ledger.ask
    if ask is None or not has_rota(ledger):
        return None
    making = _Making(ledger, ask, members, [r for r in rows if _year(ledger, r) == year], each)
    turns: list[Turn] = []
    for month in Period(year, 1, 12).split(1):
        making.look_at(month)
        if since is None or month.last >= since:
            turns += making.month(month)
    without = tuple(making.without())
    return Rota(year, tuple(turns), without, *making.spoken(), tuple(making.lost()))


class _Making:
    def __init__(
        self,
        ledger: Ledger,
        ask: Ask,
        members: Sequence[Member],
        rows: Sequence[LedgerRow],
        each: int,
    ) -> None:
        self._ledger, self._ask, self._members, self._rows = ledger, ask, members, rows
        self._each = each
        self._grouped = any(ledger.of_type(FieldType.GROUP))
        self._count: Counter[str] = Counter(
            who(person) for row in rows for person in row.persons(ask.field)
        )
        self._names: dict[str, str] = {}
        self._asked: dict[int, set[str]] = {}
        self._whole: dict[str, list[int]] = {}
        self._there: list[Member] = []
        self._known = {member.id for member in members}

    def look_at(self, month: Period) -> None:
        """Who is there all through the month, and who is asked in it at all."""
        begins, ends = (
            {m.id: m for m in asked_on(self._ask, Roll(self._members, day))}
            for day in (month.first, month.last)
        )
        asked = expected(self._ask, self._members, month)
        self._names |= asked
        self._asked[month.start] = {*asked}
        self._there = [member for uid, member in ends.items() if uid in begins]
        for member in self._there:
            self._whole.setdefault(member.id, []).append(month.start)

    def month(self, month: Period) -> Iterator[Turn]:
        """The turns that the month looked at still lacks, group by group."""
        groups: dict[str, list[Member]] = {}
        for member in self._there:
            groups.setdefault(self._group(member, month), []).append(member)
        order = (*Roll(self._members, month.last).groups, WHOLE)
        for group in sorted(groups, key=order.index):
            taken = self._taken(month, group)
            free = [member for member in groups[group] if member.id not in taken]
            free.sort(key=lambda member: self._count[member.id])
            for member in free[: max(0, self._each - len(taken))]:
                self._count[member.id] += 1
                yield Turn(month, group, member.id, member.name)

    def _group(self, member: Member, month: Period) -> str:
        """The group at the end of the month; at its beginning of one who left in it."""
        if not self._grouped:
            return WHOLE
        return member.group_on(month.last) or member.group_on(month.first) or WHOLE

    def _taken(self, month: Period, group: str) -> set[str]:
        """Who of the group has a turn in the month, and is there for some of it."""
        rows = (row for row in self._rows if row.within(self._ledger, month))
        named = {who(p) for row in rows for p in row.persons(self._ask.field)}
        asked = (m for m in self._members if m.id in named & self._asked[month.start])
        return {member.id for member in asked if self._group(member, month) == group}

    def without(self) -> Iterator[tuple[str, str]]:
        """Everybody who was there at some time and has no turn."""
        for uid, name in self._names.items():
            if not self._count[uid]:
                yield name, _why(self._whole.get(uid, []), asked=self._each > 0)

    def lost(self) -> Iterator[Turn]:
        """Turns that were assigned and not held, of members who are not asked in the month."""
        for month, person in self._open_turns():
            if self._is_gone(month, person):
                yield Turn(month, WHOLE, who(person), person.name)

    def spoken(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Names of those who have spoken, and of those whose turn is still to come."""
        held = {
            who(person): person.name
            for row in self._rows
            if done(self._ledger, row)
            for person in row.persons(self._ask.field)
        }
        waiting = {
            who(person): person.name
            for month, person in self._open_turns()
            if not self._is_gone(month, person)
        }
        return tuple(held.values()), tuple(n for uid, n in waiting.items() if uid not in held)

    def _open_turns(self) -> Iterator[tuple[Period, Person]]:
        for row in self._rows:
            day = row.first_day(self._ledger)
            if day is not None and not done(self._ledger, row):
                month = Period.around(day, 1)
                yield from ((month, person) for person in row.persons(self._ask.field))

    def _is_gone(self, month: Period, person: Person) -> bool:
        """Whether a member is named who is not asked at any day of the month."""
        uid = person.member_id
        return uid in self._known and uid not in self._asked[month.start]


def _why(whole: Sequence[int], *, asked: bool) -> str:
    """Why somebody has no turn, by the months all through which the person was there; that there
    is no room only where room was ``asked`` for."""
    if not whole:
        return "没有整月在支部"
    if whole[0] > 1:
        return f"{whole[0]}月起整月在支部" + ("，其后各月已排满" if asked else "")
    if whole[-1] < _LAST:
        return f"{whole[-1]}月以后不在支部" + ("，以前各月已排满" if asked else "")
    return "这一年的名额已排满" if asked else ""


def _year(ledger: Ledger, row: LedgerRow) -> int | None:
    day = row.first_day(ledger)
    return None if day is None else day.year
