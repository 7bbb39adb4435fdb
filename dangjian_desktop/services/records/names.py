"""Finding the member behind a name, as of the days that count."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from dangjian_desktop.domain.members.member import Member
from dangjian_desktop.domain.record import Roster
from dangjian_desktop.domain.references import Person
from dangjian_desktop.domain.texts import normal_name


class NameFinder:
    """Turns names into persons by the ``rolls`` of one or several days, the first asked first.

    ``ever`` are members who count whatever the day, where the name is that of one of them only;
    ``known`` are ids by name as the stored record has them.
    """

    def __init__(
        self,
        rolls: Sequence[Roster],
        ever: Iterable[Member] = (),
        known: Mapping[str, str | None] | None = None,
    ) -> None:
        self._day = rolls[0].day
        self._named = [_by_name(roll.members) for roll in rolls]
        self._ever = _by_name(member for member in ever if not member.deleted)
        self._known = known or {}

    def member(self, name: str, tail: str = "") -> Person | str:
        """A member; a sentence where there is none or more than one."""
        if known := self._known.get(name):
            return Person(name, known)
        counts = []
        for named in self._named:
            fits = _fitting(named, name, tail)
            if len(fits) == 1:
                return Person(fits[0].name, fits[0].id)
            counts.append(len(fits))
        fits = _fitting(self._ever, name, tail)
        if len(fits) == 1:
            return Person(fits[0].name, fits[0].id)
        if not counts[0]:
            return f"“{name}”不是{self._day}当日的在册党员，请核对姓名或党员名册"
        return f"有{counts[0]}名党员叫“{name}”，请加上身份证号后四位（id_number_tail）区分"

    def anyone(self, name: str, tail: str = "") -> Person:
        """A member of the first day where exactly one fits, else the name as free text."""
        if name in self._known:
            return Person(name, self._known[name])
        fits = _fitting(self._named[0], name, tail)
        return Person(fits[0].name, fits[0].id) if len(fits) == 1 else Person(name)


def _by_name(members: Iterable[Member]) -> Mapping[str, list[Member]]:
    found: dict[str, list[Member]] = {}
    for member in members:
        found.setdefault(normal_name(member.name), []).append(member)
    return found


def _fitting(named: Mapping[str, list[Member]], name: str, tail: str) -> list[Member]:
    fits = named.get(normal_name(name), [])
    return [m for m in fits if (m.id_number or "").endswith(tail.upper())] if tail else fits
