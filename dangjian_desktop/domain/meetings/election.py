"""An election as a whole: its rounds, seats and candidates in the order of their votes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from dangjian_desktop.domain.field_values import whole_number
from dangjian_desktop.domain.meetings.meeting import AgendaItem, Candidate, Meeting, Vote
from dangjian_desktop.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Round:
    """One ballot of an election: the n-th ``item`` of the agenda (from 1).

    ``seats`` are open in it, None while nobody can say; ``before`` is the ballot that left them
    open, ``later`` the names that were voted on again after it (empty: it is the last one).
    """

    number: int
    item: AgendaItem
    seats: int | None
    before: Round | None = None
    later: frozenset[str] = frozenset()

    @property
    def elected(self) -> tuple[Candidate, ...]:
        """Whom the minutes record as elected in it."""
        return tuple(c for c in self.item.candidates if c.elected)


def rounds(meeting: Meeting, numbers: Iterable[int]) -> tuple[Round, ...]:
    """The ballots of the elections that these items of the agenda (from 1) are.

    An item that says to be a second or later round goes on with the election before it.
    """
    series: list[list[tuple[int, AgendaItem]]] = []
    for number in numbers:
        item = meeting.agenda[number - 1]
        if not series or (item.round or 1) == 1:
            series.append([])
        series[-1].append((number, item))
    unsaid = [own for own in series if own[0][1].seats is None]
    seats = whole_number(meeting.details.get("seats")) if len(unsaid) == 1 else None
    return tuple(found for own in series for found in _series(own, seats or None))


def _series(own: Sequence[tuple[int, AgendaItem]], seats: int | None) -> list[Round]:
    found: list[Round] = []
    for number, item in own:
        before = found[-1] if found else None
        found.append(Round(number, item, item.seats or _left(before, seats), before))
    later: frozenset[str] = frozenset()
    for place in reversed(range(len(found))):
        found[place] = replace(found[place], later=later)
        later |= {candidate.name for candidate in found[place].item.candidates}
    return found


def _left(before: Round | None, seats: int | None) -> int | None:
    """Seats that the ballot before left open; those of the election in its first ballot."""
    if before is None:
        return seats
    return None if before.seats is None else max(0, before.seats - len(before.elected))


@dataclass(frozen=True, slots=True)
class Outcome:
    """Who lies ``within`` the seats by votes, and who is ``tied`` at the last of them."""

    within: tuple[Candidate, ...]
    tied: tuple[Candidate, ...] = ()


def outcome(met: Collection[Candidate], seats: int) -> Outcome:
    """The order by votes of those whose votes meet the condition."""
    ranked = by_votes(met)
    if len(ranked) <= seats:
        return Outcome(ranked)
    border = ranked[seats].yes
    within = tuple(c for c in ranked[:seats] if c.yes != border)
    if len(within) == seats:
        return Outcome(within)
    return Outcome(within, tuple(c for c in ranked if c.yes == border))


def by_votes(candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """Most votes first, equal ones as they stand, unknown ones last."""
    return tuple(sorted(candidates, key=lambda c: (c.yes is None, -(c.yes or 0))))


def valid_ballots(vote: Vote) -> int | None:
    """收回 less 废票; what was returned or issued is the most that is known without them."""
    if vote.returned is not None:
        return vote.returned - (vote.void or 0)
    return vote.issued


def marks_beyond(found: Round) -> str | None:
    """A sentence where more was marked than the ballots allow: each names at most the seats."""
    vote, names = found.item.vote, found.item.candidates
    valid = None if vote is None else valid_ballots(vote)
    marks = sum(candidate.yes or 0 for candidate in names)
    if valid is None or found.seats is None or marks <= valid * found.seats:
        return None
    return f"赞成票合计{marks}，多于有效票{valid}张与应选{found.seats}名之积"
