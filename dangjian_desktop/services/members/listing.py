"""The roster of a day as a list is read: who is in which part of it, counts, what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dangjian_desktop.domain.members.member import (
    NORMAL,
    OUTSIDER,
    Member,
    MemberKind,
    Span,
    sort_members,
)
from dangjian_desktop.domain.members.roll import Roll
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.services.members.naming import matching

PRESENT, FORMAL, PROBATIONARY, UNDECIDED, FORMER, OTHERS, WANTING = (
    "present",
    "formal",
    "probationary",
    "undecided",
    "former",
    "others",
    "wanting",
)
GROUP = "group:"
"""What the code of a part that is one party group begins with."""


@dataclass(frozen=True, slots=True)
class Listing:
    """Everybody who is known, sorted into parts as of the day of ``roll``.

    ``former`` have left (转出, 去世 …); ``others`` are known but no members on the day:
    not admitted yet, not transferred in yet, or listed only as 入党积极分子.
    """

    roll: Roll
    former: tuple[Member, ...]
    others: tuple[Member, ...]

    @classmethod
    def of(cls, roll: Roll) -> Listing:
        """Sort everybody into their part."""
        rest = sort_members(m for m in roll.known if m.id not in roll.by_id)
        rest = [m for m in rest if not m.undecided_on(roll.day)]
        gone = tuple(m for m in rest if m.status_on(roll.day) not in (None, NORMAL, OUTSIDER))
        left = {m.id for m in gone}
        return cls(roll, gone, tuple(m for m in rest if m.id not in left))

    def parts(self) -> tuple[tuple[str, str], ...]:
        """Code and title of every part; party groups in the order of their numbers."""
        found = [(PRESENT, "在册"), (FORMAL, "正式党员"), (PROBATIONARY, "预备党员")]
        if self.roll.undecided:
            found.append((UNDECIDED, "身份未定"))
        found += [(GROUP + group, group) for group in self.roll.groups]
        if self._wanting():
            found.append((WANTING, "待补"))
        found.append((FORMER, "历史党员"))
        if self.others:
            found.append((OTHERS, "其他人员"))
        return tuple(found)

    def shown(self, part: str, typed: str = "") -> tuple[Member, ...]:
        """Members of a part whose name, pinyin or initials fit what was typed."""
        return tuple(matching(self._of_part(part), typed))

    def part_of(self, uid: str) -> str:
        """The widest part in which a person is found; empty for one who is not known."""
        if uid in self.roll.by_id:
            return PRESENT
        if any(m.id == uid for m in self.former):
            return FORMER
        if any(m.id == uid for m in self.roll.undecided):
            return UNDECIDED
        return OTHERS if any(m.id == uid for m in self.others) else ""

    def counts(self) -> str:
        """在册 36 人，正式 34，预备 2，男 28，女 8; unknown sex is named."""
        members = self.roll.members
        men, women = (sum(m.sex == sex for m in members) for sex in "男女")
        words = f"在册 {len(members)} 人，正式 {len(self.roll.formal)}，"
        words += f"预备 {len(self.roll.probationary)}，男 {men}，女 {women}"
        unknown = len(members) - men - women
        words += f"，性别待补 {unknown}" if unknown else ""
        open_ = len(self.roll.undecided)
        return words + (f"；另有身份未定 {open_} 人，不计入应到" if open_ else "")

    def _of_part(self, part: str) -> Sequence[Member]:
        if part.startswith(GROUP):
            return self.roll.group_members(part.removeprefix(GROUP))
        parts = {
            FORMAL: self.roll.formal,
            PROBATIONARY: self.roll.probationary,
            UNDECIDED: self.roll.undecided,
            FORMER: self.former,
            OTHERS: self.others,
            WANTING: self._wanting(),
        }
        return parts.get(part, self.roll.members)

    def _wanting(self) -> tuple[Member, ...]:
        return tuple(m for m in self.roll.members if missing_facts(m, self.roll.day))


_WANTED = (
    ("id_number", "身份证号"),
    ("sex", "性别"),
    ("ethnicity", "民族"),
    ("birth_date", "出生日期"),
    ("education", "学历"),
    ("join_date", "入党时间"),
)


def missing_facts(member: Member, day: date) -> dict[str, str]:
    """What the card of a member still lacks: the fields, and what the card calls them."""
    formal = member.kind_on(day) is MemberKind.FORMAL
    wanted = (*_WANTED, ("full_date", "转正时间")) if formal else _WANTED
    return {name: label for name, label in wanted if getattr(member, name) is None}


def age_on(member: Member, day: date) -> int | None:
    """Full years of life on the day; nothing while the birth date leaves two answers."""
    born = member.birth_date
    if born is None or born.first > day:
        return None
    oldest, youngest = (_years(edge, day) for edge in (born.first, born.last))
    return oldest if oldest == youngest else None


def _years(born: date, day: date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def history(member: Member) -> tuple[str, ...]:
    """What is recorded of changes, newest first: 2025-03-01 起　第二党小组."""
    subjects = (member.kinds, member.standings, member.groups, member.posts)
    spans = [span for spans in subjects for span in spans if span.start or span.end]
    spans.sort(key=_turn, reverse=True)
    return tuple(map(_line, spans))


def _turn(span: Span) -> date:
    edge = span.start or span.end
    return date.min if edge is None else edge.first


def _line(span: Span) -> str:
    kinds = {kind.value: kind.label for kind in MemberKind}
    what = kinds.get(span.value, span.value)
    if span.start and span.end:
        return f"{span.start} 至 {span.end}　{what}"
    return f"{span.start} 起　{what}" if span.start else f"{span.end} 前　{what}"
