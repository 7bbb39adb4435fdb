"""轮讲: whose turn it is in which month, made from the roster; nothing is stored here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.fields import FieldType
from dangjian_desktop.domain.ledgers.asking import asked_on, done, expected
from dangjian_desktop.domain.ledgers.figures import who
from dangjian_desktop.domain.ledgers.ledger import Ask, Ledger
from dangjian_desktop.domain.ledgers.rows import LedgerRow
from dangjian_desktop.domain.members.member import Member
from dangjian_desktop.domain.members.roll import Roll
from dangjian_desktop.frozen import dataclass

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
    even then, with why; ``held`` have spoken, ``waiting`` have a turn and have not yet."""

    year: int
    turns: tuple[Turn, ...]
    without: tuple[tuple[str, str], ...]
    held: tuple[str, ...]
    waiting: tuple[str, ...]


def has_rota(ledger: Ledger) -> bool:
    """Whether turns by person and month can be made for it."""
    ask = ledger.ask
    day = ledger.named(ledger.day)
    by_month = day is not None and day.type is FieldType.MONTH
    persons = ask is not None and ask.who not in ("groups", "branch", "named")
    return ask is not None and ask.rota and ask.per == "month" and by_month and persons


def rota_of(
    ledger: Ledger, members: Sequence[Member], rows: Iterable[LedgerRow], year: int, each: int = 1
) -> Rota | None:
    """Turns for the months of a year that have fewer than ``each`` in a group.

    Who joins in the middle of a month has a turn from the next one on, who leaves has none in the
    month. Those with the fewest turns come first, then in the order of the roster. None for a
    ledger without a rota.
    """
    ask = ledger.ask
    if ask is None or not has_rota(ledger):
        return None
    making = _Making(ledger, ask, members, [r for r in rows if _year(ledger, r) == year], each)
    turns = tuple(turn for number in range(1, 13) for turn in making.month(Period(year, number, 1)))
    return Rota(year, turns, tuple(making.without()), *making.spoken())


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
        self._whole: set[str] = set()

    def month(self, month: Period) -> Iterator[Turn]:
        """The turns that this month still lacks, group by group."""
        there = self._all_through(month)
        groups: dict[str, list[Member]] = {}
        for member in there:
            group = (member.group_on(month.last) if self._grouped else None) or WHOLE
            groups.setdefault(group, []).append(member)
        order = (*Roll(self._members, month.last).groups, WHOLE)
        for group in sorted(groups, key=order.index):
            taken = self._taken(month, {member.id for member in groups[group]})
            free = [member for member in groups[group] if member.id not in taken]
            free.sort(key=lambda member: self._count[member.id])
            for member in free[: max(0, self._each - len(taken))]:
                self._count[member.id] += 1
                yield Turn(month, group, member.id, member.name)

    def _all_through(self, month: Period) -> list[Member]:
        """Who is there all through the month; whoever is not all the time is remembered."""
        begins, ends = (
            {m.id: m for m in asked_on(self._ask, Roll(self._members, day))}
            for day in (month.first, month.last)
        )
        self._names |= expected(self._ask, self._members, month)
        found = [member for uid, member in ends.items() if uid in begins]
        self._whole |= {member.id for member in found}
        return found

    def _taken(self, month: Period, members: set[str]) -> set[str]:
        rows = (row for row in self._rows if row.within(self._ledger, month))
        return {who(p) for row in rows for p in row.persons(self._ask.field)} & members

    def without(self) -> Iterator[tuple[str, str]]:
        """Everybody who was there at some time and has no turn."""
        for uid, name in self._names.items():
            if not self._count[uid]:
                late = uid not in self._whole
                yield name, "没有整月在支部" if late else "这一年的名额已排满"

    def spoken(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Names of those who have spoken, and of those whose turn is still to come."""
        by_done: dict[bool, dict[str, str]] = {True: {}, False: {}}
        for row in self._rows:
            named = by_done[done(self._ledger, row)]
            named.update({who(p): p.name for p in row.persons(self._ask.field)})
        held, waiting = by_done[True], by_done[False]
        return tuple(held.values()), tuple(n for uid, n in waiting.items() if uid not in held)


def _year(ledger: Ledger, row: LedgerRow) -> int | None:
    day = row.first_day(ledger)
    return None if day is None else day.year
