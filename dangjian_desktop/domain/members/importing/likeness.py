"""Whether a new person of a roster may be a known member under another spelling."""

from __future__ import annotations

from collections.abc import Iterable

from dangjian_desktop.domain.members.importing.rows import RosterRow
from dangjian_desktop.domain.members.member import Member
from dangjian_desktop.domain.texts import normal_name


class Likeness:
    """Knows members by birthday and by phone number."""

    def __init__(self, members: Iterable[Member]) -> None:
        self._born: dict[str, list[Member]] = {}
        self._phones: dict[str, list[Member]] = {}
        for member in members:
            if member.birth_date is not None and member.birth_date.exact:
                self._born.setdefault(str(member.birth_date), []).append(member)
            if member.phone:
                self._phones.setdefault(member.phone, []).append(member)

    def of(self, row: RosterRow) -> Member | None:
        """A member born on the same day whose name differs in one character, or with the same
        phone and surname; two ID numbers that differ tell them apart."""
        born = self._born.get(str(row.born), []) if row.born else []
        phone = self._phones.get(row.phone, []) if row.phone else []
        name = normal_name(row.name)
        for member in born:
            if _apart(row, member) or not _one_off(name, normal_name(member.name)):
                continue
            return member
        return next(
            (m for m in phone if not _apart(row, m) and normal_name(m.name)[:1] == name[:1]), None
        )


def _apart(row: RosterRow, member: Member) -> bool:
    return bool(row.id_number and member.id_number and row.id_number != member.id_number)


def _one_off(one: str, other: str) -> bool:
    """Whether two names differ in one character at most, put, left out or exchanged."""
    if len(one) == len(other):
        return sum(a != b for a, b in zip(one, other, strict=True)) <= 1
    long, short = sorted((one, other), key=len, reverse=True)
    return len(long) - len(short) == 1 and any(
        long[:place] + long[place + 1 :] == short for place in range(len(long))
    )
