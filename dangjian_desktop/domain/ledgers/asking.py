"""Who is expected to fill in a ledger, and what is missing: computed, never stored."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from dangjian_desktop.domain.amounts import number_text
from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.ledgers.figures import who
from dangjian_desktop.domain.ledgers.ledger import LENGTHS, Ask, Ledger
from dangjian_desktop.domain.ledgers.rows import LedgerRow
from dangjian_desktop.domain.members.member import Member, PostRole
from dangjian_desktop.domain.members.roll import Roll
from dangjian_desktop.frozen import dataclass

BRANCH = ""
"""The subject of a demand on the branch as a whole."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Something expected that is not (wholly) there.

    ``subject`` is the id of a member, the name of a group, or empty for the branch; ``found`` of
    ``least`` is there, in the ``rows``; ``ended`` tells that the period is over.
    """

    ledger: str
    period: Period
    subject: str
    name: str
    found: Decimal
    least: Decimal
    rows: tuple[str, ...]
    ended: bool

    @property
    def text(self) -> str:
        """周立峰2026年3月：已有0，应有1."""
        found, least = number_text(self.found), number_text(self.least)
        return f"{self.name}{self.period.label}：已有{found}，应有{least}"


def periods_asked(ask: Ask, since: date, today: date) -> tuple[Period, ...]:
    """The periods that have begun by today, from the one in which ``since`` lies."""
    found = [Period.around(since, LENGTHS[ask.per])]
    while found[-1].last < today:
        found.append(found[-1].next())
    return tuple(period for period in found if period.first <= today)


def gaps(
    ledger: Ledger,
    rows: Sequence[LedgerRow],
    members: Sequence[Member],
    periods: Sequence[Period],
    today: date,
    named: Collection[str] = (),
) -> tuple[Gap, ...]:
    """What is missing in these periods, in their order, persons as the roster has them.

    ``named`` are the ids of the members of ``who = "named"``. A ledger that asks for nothing has
    no gaps.
    """
    ask = ledger.ask
    if ask is None:
        return ()
    return tuple(
        gap for period in periods for gap in _gaps(ledger, ask, rows, members, period, today, named)
    )


def _gaps(
    ledger: Ledger,
    ask: Ask,
    rows: Sequence[LedgerRow],
    members: Sequence[Member],
    period: Period,
    today: date,
    named: Collection[str],
) -> Iterator[Gap]:
    found = _by_subject(ask, [row for row in rows if row.within(ledger, period)])
    for subject, name in expected(ask, members, period, named).items():
        brought = found.get(subject, [])
        if ask.rota and not brought:
            continue
        counting = [row for row in brought if not ask.rota or done(ledger, row)]
        reached = _reached(ask, counting)
        if reached < ask.least:
            ids = tuple(row.id for row in brought)
            ended = period.last < today
            yield Gap(ledger.code, period, subject, name, reached, ask.least, ids, ended)


def expected(
    ask: Ask, members: Sequence[Member], period: Period, named: Collection[str] = ()
) -> Mapping[str, str]:
    """Who is expected in a period: subject and the name shown."""
    if ask.who == "branch":
        return {BRANCH: "党支部"}
    days = (period.last,) if ask.on == "last_day" else _edges(members, period)
    found: dict[str, str] = {}
    for roll in (Roll(members, day) for day in days):
        if ask.who == "groups":
            found |= {group: group for group in roll.groups}
            continue
        for member in asked_on(ask, roll, named):
            found.setdefault(member.id, member.name)
    return found


def asked_on(ask: Ask, roll: Roll, named: Collection[str] = ()) -> Iterator[Member]:
    """The members who are expected on the day of the roll."""
    for member in _asked(ask.who, roll, named):
        if not ("waived" in ask.but and member.waived_on(roll.day)):
            yield member


def _asked(whom: str, roll: Roll, named: Collection[str]) -> Sequence[Member]:
    if whom.startswith("role:"):
        return roll.with_role(PostRole(whom.removeprefix("role:")))
    return {
        "members": roll.members,
        "formal": roll.formal,
        "probationary": roll.probationary,
        "committee": roll.committee,
        "named": tuple(m for m in roll.members if m.id in named),
    }[whom]


def _edges(members: Sequence[Member], period: Period) -> Sequence[date]:
    """The days of the period from which on something may be different: enough for any day."""
    days = {period.first}
    for member in members:
        spans = (*member.kinds, *member.standings, *member.posts, *member.groups, *member.waived)
        for edge in (edge for span in spans for edge in (span.start, span.end) if edge):
            if edge.first in period:
                days.add(edge.first)
    return sorted(days)


def _by_subject(ask: Ask, rows: Sequence[LedgerRow]) -> Mapping[str, list[LedgerRow]]:
    found: dict[str, list[LedgerRow]] = {}
    for row in rows:
        for subject in _subjects_of(ask, row):
            found.setdefault(subject, []).append(row)
    return found


def _subjects_of(ask: Ask, row: LedgerRow) -> set[str]:
    if ask.who == "branch":
        return {BRANCH}
    if ask.who == "groups":
        group = row.value(ask.field)
        return {group} if group else set()
    return {who(person) for person in row.persons(ask.field)}


def done(ledger: Ledger, row: LedgerRow) -> bool:
    """With a rota a row is an assignment: it counts once what closes its due date is filled."""
    return all(row.filled(due.done) for due in ledger.due if due.done)


def _reached(ask: Ask, rows: Sequence[LedgerRow]) -> Decimal:
    if ask.count.what == "sum":
        values = (row.value(ask.count.field) for row in rows)
        return sum((Decimal(v) for v in values if v is not None), Decimal(0))
    return Decimal(len(rows))
