"""One sitting with all that its papers need: meeting, kinds, roster of the day, counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from dangjian_desktop.domain.branch import Branch
from dangjian_desktop.domain.checks.facts import Facts
from dangjian_desktop.domain.dates import chinese_date, weekday_name
from dangjian_desktop.domain.meetings.called import Headcount, everybody_called
from dangjian_desktop.domain.meetings.kinds import Expected, Kinds, MeetingKind
from dangjian_desktop.domain.meetings.meeting import Attendance, Exclusion, Meeting, Presence
from dangjian_desktop.domain.members.member import Member, PostRole
from dangjian_desktop.domain.members.roll import Roll, group_order
from dangjian_desktop.domain.references import Person
from dangjian_desktop.papers.blanks import UNKNOWN

_LINES_OF_ABSENT = 8


def padded(label: str) -> str:
    """A label of two characters spread to the width of four."""
    return f"{label[0]}　　{label[1]}" if len(label) == 2 else label


@dataclass(frozen=True)
class Sitting:
    """A meeting seen with the roster of its day, as ``facts`` know it."""

    meeting: Meeting
    facts: Facts

    @property
    def roll(self) -> Roll:
        """The roster of its day."""
        return self.facts.roll(self.meeting.date)

    @property
    def branch(self) -> Branch:
        """The branch."""
        return self.facts.branch

    @property
    def registry(self) -> Kinds:
        """Every kind of meeting."""
        return self.facts.kinds

    @cached_property
    def kinds(self) -> tuple[MeetingKind, ...]:
        """The kinds of this sitting, in the order of the registry."""
        return self.registry.of(self.meeting.kinds)

    @cached_property
    def counts(self) -> tuple[Headcount, ...]:
        """The counts for each of its kinds."""
        return self.facts.headcounts(self.meeting)

    @cached_property
    def elsewhere(self) -> frozenset[str]:
        """Who was at another sitting of the same activity."""
        meeting = self.meeting
        others = (
            other.present_ids()
            for other in self.facts.meetings
            if meeting.activity and other.activity == meeting.activity and other.id != meeting.id
        )
        return frozenset[str]().union(*others)

    @property
    def signers(self) -> dict[str, list[str]]:
        """Who signs the minutes beside chair and recorder: 到会委员 and their names by rank.

        There are no names where nobody is known to have been present.
        """
        found: dict[str, list[str]] = {}
        for count in self.counts:
            if words := count.kind.signers:
                there = (m for m in self.roll.members if m.id in count.present & count.expected)
                found[words] = [m.name for m in self.roll.by_rank(there)]
        return found

    @property
    def group_leaders(self) -> tuple[Member, ...]:
        """Who leads the party group of this sitting."""
        return tuple(
            m
            for m in self.roll.with_role(PostRole.GROUP_LEADER)
            if m.group_on(self.roll.day) == self.meeting.group
        )

    def expected_groups(self) -> dict[str | None, list[Member]]:
        """Everybody whom any of its kinds expects by party group, the highest post first.

        A committee is one group without a name.
        """
        called = everybody_called(self.kinds, self.roll, self.meeting.group)
        everybody = self.roll.by_rank(called)
        if all(count.of_committee for count in self.counts):
            return {None: everybody}
        day = self.roll.day
        everybody.sort(key=lambda m: group_order(m.group_on(day) or "～"))
        return {g: list(own) for g, own in groupby(everybody, lambda m: m.group_on(day))}

    def with_post(self, person: Person | None) -> str:
        """A name with the posts in the branch on the day; 待明确 for nobody."""
        if person is None:
            return UNKNOWN
        posts = self._posts(person)
        return f"{person.name}（{posts}）" if posts else person.name

    def host(self) -> str:
        """主持人, with post and by whose delegation."""
        host, by = self.meeting.host, self.meeting.delegated_by
        if host is None or by is None:
            return self.with_post(host)
        posts = self._posts(host)
        return f"{host.name}（{posts}{'，' if posts else ''}受{by.name}委托）"

    def _posts(self, person: Person) -> str:
        member = self.roll.by_id.get(person.member_id or "")
        return "、".join(member.posts_on(self.roll.day)) if member else ""


def day_words(meeting: Meeting) -> str:
    """2026年3月18日（星期三）14:30至16:05."""
    day = f"{chinese_date(meeting.date)}（{weekday_name(meeting.date)}）"
    if meeting.start is None:
        return f"{day}（起止时间{UNKNOWN}）"
    end = "" if meeting.end is None else f"至{meeting.end:%H:%M}"
    return f"{day}{meeting.start:%H:%M}{end}"


def members_words(sitting: Sitting) -> str:
    """36人（正式党员34人，预备党员2人）; of a party group's sitting those of the group."""
    roll, group = sitting.roll, sitting.meeting.group
    everybody, formal, probationary = (
        sum(1 for member in found if group is None or member.group_on(roll.day) == group)
        for found in (roll.members, roll.formal, roll.probationary)
    )
    return f"{everybody}人（正式党员{formal}人，预备党员{probationary}人）"


def numbered(texts: Sequence[str]) -> list[str]:
    """Texts with their numbers; a single one has none."""
    return [f"{n}. {t}" for n, t in enumerate(texts, 1)] if len(texts) > 1 else [*texts]


def said_of(sitting: Sitting, count: Headcount, words: str) -> str:
    """A count, after the name of its kind where the sitting is of several."""
    return f"{count.kind.short}：{words}" if len(sitting.kinds) > 1 else words


def turnout_words(sitting: Sitting) -> tuple[str, ...]:
    """应到36人，实到33人: one sentence for each kind."""
    return tuple(said_of(sitting, c, _turnout(sitting, c)) for c in sitting.counts)


def _turnout(sitting: Sitting, count: Headcount) -> str:
    if count.called is Expected.VOTERS:
        return f"有表决权{_due_and_there(sitting, len(count.voters), len(count.voters_present))}"
    due, there = len(count.expected), len(count.present)
    who = "委员" if count.of_committee else ""
    words = _due_and_there(sitting, due, there, who)
    video = len(count.by_video & count.expected)
    return f"{words}（其中视频参会{video}人）" if video else words


def _due_and_there(sitting: Sitting, due: int, there: int, who: str = "") -> str:
    if not sitting.meeting.attendance:
        return f"应到{who}{due}人，实到{UNKNOWN}人"
    return f"应到{who}{due}人，实到{there}人"


def voters_words(sitting: Sitting) -> tuple[str, ...]:
    """应到34人，实到31人 of those with voting right, for each kind that decides."""
    return tuple(
        said_of(sitting, c, _due_and_there(sitting, len(c.voters), len(c.voters_present)))
        for c in sitting.counts
        if c.decides and c.called is not Expected.VOTERS
    )


def twice_words(sitting: Sitting) -> str:
    """到会33/36；有表决权31/34, for a general meeting with attendance; else empty."""
    for count in sitting.counts:
        both = count.decides and count.called is Expected.ALL_MEMBERS
        if both and sitting.meeting.attendance:
            there = f"到会{len(count.present)}/{len(count.expected)}"
            return f"{there}；有表决权{len(count.voters_present)}/{len(count.voters)}"
    return ""


def stated_words(sitting: Sitting) -> str:
    """记录应到34人，按名册计算33人: where the paper's counts fit neither reading of the roster.

    A paper may state members or voters; counts that agree with either are not spoken of.
    """
    stated = sitting.meeting.stated
    if stated is None or not sitting.counts:
        return ""
    readings: list[tuple[int, int]] = []
    for count in sitting.counts:
        readings.append((len(count.expected), len(count.present)))
        if count.decides:
            readings.append((len(count.voters), len(count.voters_present)))
    given = stated.eligible, stated.present
    if any(_agrees(given, reading) for reading in readings):
        return ""
    pairs = zip(("应到", "实到"), given, readings[0], strict=True)
    return "；".join(
        f"记录{word}{said}人，按名册计算{counted}人"
        for word, said, counted in pairs
        if said is not None and said != counted
    )


def _agrees(given: tuple[int | None, int | None], reading: tuple[int, int]) -> bool:
    return all(said is None or said == known for said, known in zip(given, reading, strict=True))


def absent(sitting: Sitting) -> tuple[Attendance, ...]:
    """Who was on leave or absent."""
    states = (Presence.LEAVE, Presence.ABSENT)
    return tuple(a for a in sitting.meeting.attendance if a.presence in states)


def _away(sitting: Sitting) -> tuple[Attendance, ...]:
    """The absent without those who were at another sitting of the same activity."""
    return tuple(a for a in absent(sitting) if a.person.member_id not in sitting.elsewhere)


def absence_rows(sitting: Sitting) -> tuple[tuple[str, ...], ...]:
    """姓名, 状态, 原因, 补学 of each absent member where more than eight make it a table."""
    away = _away(sitting)
    if len(away) <= _LINES_OF_ABSENT:
        return ()
    return tuple(
        (a.person.name, a.presence.label, a.reason or UNKNOWN, a.made_up or "") for a in away
    )


def absence_words(sitting: Sitting) -> tuple[str, ...]:
    """Each absent member with reason and how it was made up for; 无 or 待明确 where fitting.

    Whom ``absence_rows`` tells is counted alone.
    """
    if not sitting.meeting.attendance:
        return (UNKNOWN,)
    elsewhere, rows = sitting.elsewhere, absence_rows(sitting)
    lines = [f"{len(rows)}人，见下表"] if rows else [_absence(a) for a in _away(sitting)]
    unrecorded = frozenset[str]().union(*(c.unrecorded for c in sitting.counts))
    expected = frozenset[str]().union(*(c.expected for c in sitting.counts))
    for words, people in (
        ("参加同一活动的其他场次", (elsewhere & expected) - sitting.meeting.present_ids()),
        ("未登记到会情况", unrecorded - elsewhere),
    ):
        if people:
            names = (m.name for m in sitting.roll.members if m.id in people)
            lines.append(f"{words}：{'、'.join(names)}")
    return tuple(lines) or ("无",)


def _absence(entry: Attendance) -> str:
    words = f"{entry.person.name}：{entry.presence.label}，"
    words += f"原因：{entry.reason}" if entry.reason else f"原因{UNKNOWN}"
    return words + (f"；补学：{entry.made_up}" if entry.made_up else "")


def excluded_words(sitting: Sitting) -> tuple[str, ...]:
    """Each member not counted in 应到, with the reason and both facts."""
    return tuple(_excluded(e) for e in sitting.meeting.excluded)


def _excluded(entry: Exclusion) -> str:
    consent = f"上级同意：{entry.consent}" if entry.consent else f"上级同意{UNKNOWN}"
    if entry.approved_on is None:
        approved = f"党员大会通过日期{UNKNOWN}"
    else:
        approved = f"{chinese_date(entry.approved_on)}经党员大会通过"
    return f"{entry.person.name}：{entry.reason}（{consent}；{approved}）"


def observers_words(sitting: Sitting) -> str:
    """列席 with unit and post; 无 where attendance is recorded and nobody sat in."""
    found = [f"{o.name}（{o.role}）" if o.role else o.name for o in sitting.meeting.observers]
    if not found:
        return "无" if sitting.meeting.attendance else UNKNOWN
    return "、".join(found)


def late_words(meeting: Meeting) -> str:
    """补录（录入日期……，原因……）, then whether there is a paper original; empty when in time."""
    late = meeting.late_entry
    if late is None:
        return ""
    known = {True: "有纸质原件", False: "无纸质原件", None: f"纸质原件：{UNKNOWN}"}
    entered = chinese_date(late.entered_on)
    told = f"补录（录入日期：{entered}，原因：{late.reason or UNKNOWN}）"
    return f"{told}\n（{known[late.paper_original]}）"


def number_words(meeting: Meeting) -> str:
    """2026年度第3次; empty until the number is fixed."""
    return "" if meeting.number is None else f"{meeting.date.year}年度第{meeting.number}次"
