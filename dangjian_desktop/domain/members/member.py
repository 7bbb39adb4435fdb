"""Members of the branch; posts, groups, kinds and standing are spans of time, never overwritten."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from enum import StrEnum
from uuid import uuid4

from dangjian_desktop.domain.dates import PartialDate
from dangjian_desktop.domain.labelled import Labelled
from dangjian_desktop.frozen import dataclass


class MemberKind(Labelled):
    """人员类别 as far as it decides votes and counts."""

    FORMAL = "formal", "正式党员"
    PROBATIONARY = "probationary", "预备党员"


NORMAL = "正常"
"""The membership status (党籍状态) of a member who counts."""


@dataclass(frozen=True, slots=True)
class Status:
    """What a 党籍状态 means: a member of the branch? with a vote? also in ``words``."""

    word: str
    member: bool
    votes: bool
    words: tuple[str, ...] = ()


OUTSIDER = "非党员"
"""The status of one of whom a person decided that he is no member."""

STATUSES: tuple[Status, ...] = (
    Status(
        NORMAL,
        True,
        True,
        ("在册", "在党", "在籍", "有党籍", "有效党籍", "恢复党籍", "保留党籍"),
    ),
    Status("留党察看", True, False, ("留察",)),
    Status("失联", True, True, ("失去联系", "联系不上")),
    Status("停止党籍", False, False, ("停籍", "停党籍", "中止党籍")),
    Status("转出", False, False, ("调出", "迁出", "已转走", "转走", "已转往")),
    Status("死亡", False, False, ("去世", "已故", "病故", "逝世", "亡故", "身故", "病逝")),
    Status("除名", False, False, ("自行脱党", "脱党", "退党", "出党")),
    Status("开除党籍", False, False, ("开除",)),
    Status("劝退", False, False),
    Status(OUTSIDER, False, False),
)
"""Import, card, roll and rules ask here; any other text leaves the person undecided.

Who is out of contact stays a member until 停止党籍 (《党员教育管理工作条例》第二十四条).
"""
_MEMBERS = frozenset(status.word for status in STATUSES if status.member)
_VOTERS = frozenset(status.word for status in STATUSES if status.votes)
_KNOWN = frozenset(status.word for status in STATUSES)


def is_status(word: str) -> bool:
    """Whether the table knows the word; any other leaves a person undecided."""
    return word in _KNOWN


class PostRole(StrEnum):
    """What a post in the branch means for chairing and for the committee, highest first."""

    SECRETARY = "secretary"
    DEPUTY_SECRETARY = "deputy_secretary"
    COMMITTEE_MEMBER = "committee_member"
    GROUP_LEADER = "group_leader"


COMMITTEE_ROLES = frozenset(
    {PostRole.SECRETARY, PostRole.DEPUTY_SECRETARY, PostRole.COMMITTEE_MEMBER}
)


_BETWEEN_POSTS = re.compile(r"[、，,；;/／\\s+兼]+")
_ELSEWHERE = ("党委", "总支", "纪委", "团", "工会", "工委", "党组")
_NOT_HELD = ("原", "前", "曾")


def post_role(post: str) -> PostRole | None:
    """The role behind the text of a post such as 组织委员; nothing for a text that says none."""
    return next(iter(post_roles(post)), None)


def post_roles(post: str) -> tuple[PostRole, ...]:
    """All roles that a text names (纪检委员兼第二党小组组长); posts outside the branch say none."""
    found = (_one_role(part) for part in _BETWEEN_POSTS.split(post))
    return tuple(dict.fromkeys(role for role in found if role is not None))


def _one_role(post: str) -> PostRole | None:
    own = post.split("支部", 1)[-1] if "党支部" in post else post
    if any(word in own for word in _ELSEWHERE) or post.startswith(_NOT_HELD) or "助理" in own:
        return None
    if "书记" in own:
        return PostRole.DEPUTY_SECRETARY if "副书记" in own else PostRole.SECRETARY
    if "委员" in own.replace("委员会", ""):
        return PostRole.COMMITTEE_MEMBER
    if "组长" in own and "副组长" not in own and "班组长" not in own:
        return PostRole.GROUP_LEADER
    return None


@dataclass(frozen=True, slots=True)
class Span:
    """A value that holds from ``start`` until the day before ``end``; no start means since ever."""

    value: str
    start: PartialDate | None = None
    end: PartialDate | None = None

    def covers(self, day: date) -> bool:
        """Whether it holds on the day; a date known to the month counts from its first day."""
        after_start = self.start is None or self.start.first <= day
        return after_start and (self.end is None or day < self.end.first)

    def doubtful(self, day: date) -> bool:
        """Whether a border known only to the month or year leaves the day open."""
        start, end = self.start, self.end
        return bool(start and start.may_be_after(day)) or bool(end and end.may_be_after(day))


Spans = tuple[Span, ...]


def value_on(spans: Spans, day: date) -> str | None:
    """The value that holds on the day; the one begun last, if several do."""
    held = [span for span in spans if span.covers(day)]
    if len(held) > 1:
        return max(held, key=_begun).value
    return held[0].value if held else None


def values_possible(spans: Spans, day: date) -> frozenset[str | None]:
    """Every value that may hold on the day while a border is known only to the month or year."""
    known = value_on(spans, day)
    if not any(span.doubtful(day) for span in spans):
        return frozenset({known})
    late = tuple(Span(s.value, _latest(s.start), _latest(s.end)) for s in spans)
    return frozenset({known, value_on(late, day)})


def changed_from(spans: Spans, value: str | None, day: date) -> Spans:
    """The spans with ``value`` holding from ``day`` until the next recorded change.

    The days before keep what they had, and so do those from the next change on.
    """
    if value_on(spans, day) == value:
        return spans
    edge = PartialDate.of(day)
    past = [
        replace(span, end=edge) if span.covers(day) else span
        for span in spans
        if not (span.covers(day) and _begun(span) == day)
    ]
    later = [e for span in spans for e in (span.start, span.end) if e is not None and e.first > day]
    until = min(later, key=lambda e: e.first, default=None)
    rest = [replace(s, start=until) for s in spans if s.covers(day) and _outlives(s, until)]
    new = [] if value is None else [Span(value, edge, until)]
    return _joined(sorted((*past, *new, *rest), key=_begun))


def _joined(spans: Iterable[Span]) -> Spans:
    """Spans of one value that touch become one, so that no border stands where nothing changed."""
    found: list[Span] = []
    for span in spans:
        last = found[-1] if found else None
        if last is not None and last.value == span.value and last.end == span.start is not None:
            found[-1] = replace(last, end=span.end)
        else:
            found.append(span)
    return tuple(found)


def _outlives(span: Span, until: PartialDate | None) -> bool:
    """Whether a span that is cut short still holds beyond the next change (spans overlapping)."""
    return until is not None and span.covers(until.first)


def _begun(span: Span) -> date:
    return date.min if span.start is None else span.start.first


def _latest(edge: PartialDate | None) -> PartialDate | None:
    return None if edge is None else PartialDate.of(edge.last)


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One person on the roster, with all that was true of them at any time.

    ``id`` is a UUID made by the program. ``kinds`` holds ``MemberKind`` values, ``standings``
    membership statuses (正常, 停止党籍, 转出 …), ``posts`` and ``groups`` the texts on paper;
    several posts may hold at once. ``pinyin`` is the reading of the name where somebody gave it.
    ``voting_suspended`` holds spans without a voting right (留党察看, 留置 …), ``waived`` spans
    without demands on attendance (《党员教育管理工作条例》第二十三条).
    """

    id: str
    name: str
    sex: str | None = None
    ethnicity: str | None = None
    id_number: str | None = None
    birth_date: PartialDate | None = None
    education: str | None = None
    join_date: PartialDate | None = None
    join_approved: PartialDate | None = None
    full_date: PartialDate | None = None
    full_approved: PartialDate | None = None
    work_post: str | None = None
    phone: str | None = None
    note: str | None = None
    pinyin: str | None = None
    sort_key: str = ""
    initials: str = ""
    kinds: Spans = ()
    standings: Spans = (Span(NORMAL),)
    posts: Spans = ()
    groups: Spans = ()
    voting_suspended: Spans = ()
    waived: Spans = ()
    deleted: bool = False

    def kind_on(self, day: date) -> MemberKind | None:
        """正式 or 预备 on the day; nothing before admission or when nothing is recorded."""
        held = value_on(self.kinds, day)
        return None if held is None else MemberKind(held)

    def status_on(self, day: date) -> str | None:
        """党籍状态 on the day."""
        return value_on(self.standings, day)

    def belongs_on(self, day: date) -> bool:
        """Whether the person is a member of this branch on the day."""
        return self.kind_on(day) is not None and self.status_on(day) in _MEMBERS

    def undecided_on(self, day: date) -> bool:
        """Whether nobody has said yet if the person is a member, or of which kind.

        Such a person counts nowhere. Who has a kind from another day on is decided.
        """
        status = self.status_on(day)
        return (not self.kinds and status in _MEMBERS) or bool(status and status not in _KNOWN)

    def doubtful_on(self, day: date) -> bool:
        """Whether a date known only in part leaves open what the person is on the day."""
        return any(span.doubtful(day) for span in (*self.kinds, *self.standings))

    def group_on(self, day: date) -> str | None:
        """The party group on the day."""
        return value_on(self.groups, day)

    def posts_on(self, day: date) -> tuple[str, ...]:
        """All posts held on the day."""
        return tuple(span.value for span in self.posts if span.covers(day))

    def roles_on(self, day: date) -> frozenset[PostRole]:
        """What the posts of the day mean."""
        return frozenset(role for post in self.posts_on(day) for role in post_roles(post))

    def roles_possible(self, day: date) -> frozenset[PostRole]:
        """What they may be besides while the border of a post is known only to the month."""
        posts = {span.value for span in self.posts if span.covers(day) or span.doubtful(day)}
        return frozenset(role for post in posts for role in post_roles(post))

    def may_vote_on(self, day: date) -> bool:
        """正式党员 with voting right on the day (《选举工作条例》第五条; 《党章》第七条)."""
        formal = self.kind_on(day) is MemberKind.FORMAL and self.status_on(day) in _VOTERS
        return formal and not any(span.covers(day) for span in self.voting_suspended)

    def formal_possible(self, day: date) -> frozenset[bool]:
        """Whether 正式党员 of this branch: every answer that partly known dates leave open."""
        return frozenset(
            kind == MemberKind.FORMAL and status in _MEMBERS
            for kind in values_possible(self.kinds, day)
            for status in values_possible(self.standings, day)
        )

    def voting_possible(self, day: date) -> frozenset[bool]:
        """Every answer to ``may_vote_on`` that dates known only in part leave open."""
        formal = frozenset(
            kind == MemberKind.FORMAL and status in _VOTERS
            for kind in values_possible(self.kinds, day)
            for status in values_possible(self.standings, day)
        )
        sure = any(s.covers(day) and not s.doubtful(day) for s in self.voting_suspended)
        maybe = any(s.doubtful(day) for s in self.voting_suspended)
        suspended = {True, sure} if maybe else {sure}
        return frozenset(may and not barred for may in formal for barred in suspended)

    def waived_on(self, day: date) -> bool:
        """Whether attendance at study activities is not demanded."""
        return any(span.covers(day) for span in self.waived)


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberFilter:
    """Which members are wanted: those one of whose texts contains every word of ``text``."""

    text: str = ""
    deleted: bool = False


def new_id() -> str:
    """A fresh UUID as text."""
    return str(uuid4())


def kinds_by_dates(
    join: PartialDate | None,
    full: PartialDate | None,
    declared: MemberKind | None,
) -> Spans:
    """Kind of membership by its own dates, as a first import finds them.

    ``join`` and ``full`` are the approval dates, or the join and full dates where approval is
    not known. ``declared`` is what the sheet says; it decides where a date is missing.
    """
    probationary, formal = MemberKind.PROBATIONARY.value, MemberKind.FORMAL.value
    if full is not None and declared is not MemberKind.PROBATIONARY:
        before = (Span(probationary, join, full),) if join and join.first < full.first else ()
        return (*before, Span(formal, full))
    if declared is MemberKind.FORMAL:
        return (Span(formal, join),)
    if declared is MemberKind.PROBATIONARY or join is not None:
        return (Span(probationary, join),)
    return ()


def sort_members(members: Iterable[Member]) -> list[Member]:
    """By pinyin sort key, then name."""
    return sorted(members, key=lambda member: (member.sort_key or member.name, member.name))
