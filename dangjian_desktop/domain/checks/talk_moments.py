"""Moments at which the branch wants somebody talked with (必谈): its own rules, off as shipped.

No text that was compared asks for them; each is a row of the rule table under 本单位规定.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from functools import partial

from dangjian_desktop.domain.checks.facts import Facts
from dangjian_desktop.domain.checks.talking import first_talk
from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.findings import Finding
from dangjian_desktop.domain.meetings.meeting import Presence
from dangjian_desktop.domain.members.member import NORMAL, Member, MemberKind, Span
from dangjian_desktop.domain.talks.record import HEART_TALK
from dangjian_desktop.domain.talks.talk import Occasion
from dangjian_desktop.frozen import dataclass

_BEFORE = timedelta(days=30)
"""A talk so long before counts too: people are talked with before a decision as after it."""
_YEAR = timedelta(days=365)
_ILL = re.compile(r"病|住院|手术")
_PUNISHED = ("留党察看",)


@dataclass(frozen=True, slots=True)
class Moment:
    """What happened to a member on a day, and until when a talk is wanted."""

    member: Member
    day: date
    words: str
    occasion: Occasion
    until: date

    @property
    def told(self) -> str:
        """武晓亮5月12日转入."""
        return f"{self.member.name}{self.day.month}月{self.day.day}日{self.words}"


Happened = Iterator[tuple[Member, date, str]]


def _joined(facts: Facts) -> Happened:
    """Received as 预备党员."""
    for member in facts.members:
        for day in _begun(member.kinds, MemberKind.PROBATIONARY.value):
            if _here(member, day):
                yield member, day, "成为预备党员"


def _regularised(facts: Facts) -> Happened:
    for member in facts.members:
        if any(span.value == MemberKind.PROBATIONARY.value for span in member.kinds):
            for day in _begun(member.kinds, MemberKind.FORMAL.value):
                if _here(member, day):
                    yield member, day, "转为正式党员"


def _moved_in(facts: Facts) -> Happened:
    """A member elsewhere before: whoever is received here begins as 预备党员 the same day."""
    for member in facts.members:
        received = set(_begun(member.kinds, MemberKind.PROBATIONARY.value))
        for day in _begun(member.standings, NORMAL):
            if day not in received:
                yield member, day, "转入"


def _moved_out(facts: Facts) -> Happened:
    for member in facts.members:
        yield from ((member, day, "转出") for day in _begun(member.standings, "转出"))


def _posted(facts: Facts) -> Happened:
    for member in facts.members:
        for span in member.posts:
            if span.start is not None and span.start.exact:
                yield member, span.start.first, f"任{span.value}"
            if span.end is not None and span.end.exact:
                yield member, span.end.first, f"不再任{span.value}"


def _grouped(facts: Facts) -> Happened:
    for member in facts.members:
        for span in member.groups[1:]:
            if span.start is not None and span.start.exact:
                yield member, span.start.first, f"编入{span.value}"


def _punished(facts: Facts) -> Happened:
    for member in facts.members:
        for word in _PUNISHED:
            for day in (*_begun(member.standings, word), *_begun(member.voting_suspended, word)):
                yield member, day, f"受到{word}处分"


def _ill(facts: Facts) -> Happened:
    """The first leave of each for illness in a year."""
    by_id = {member.id: member for member in facts.members}
    seen: set[tuple[str, int]] = set()
    for meeting in facts.own():
        for each in meeting.attendance:
            uid, ill = each.person.member_id, _ILL.search(each.reason or "")
            once = uid or "", meeting.date.year
            if each.presence is Presence.LEAVE and ill and uid in by_id and once not in seen:
                seen.add(once)
                yield by_id[uid], meeting.date, "请病假"


def _here(member: Member, day: date) -> bool:
    """Whether it happened in this branch: what another one did is talked about there."""
    return any(span.value == NORMAL and span.covers(day) for span in member.standings)


def _begun(spans: tuple[Span, ...], value: str) -> Iterator[date]:
    """The days, known as such, from which on the value held."""
    for span in spans:
        if span.value == value and span.start is not None and span.start.exact:
            yield span.start.first


_MOMENTS: Mapping[str, tuple[Occasion, Callable[[Facts], Happened]]] = {
    "TALK-JOIN": (Occasion.JOINING, _joined),
    "TALK-REG": (Occasion.REGULARISING, _regularised),
    "TALK-IN": (Occasion.MOVING_IN, _moved_in),
    "TALK-OUT": (Occasion.MOVING_OUT, _moved_out),
    "TALK-POST": (Occasion.POST, _posted),
    "TALK-GROUP": (Occasion.WORK, _grouped),
    "TALK-PUNISHED": (Occasion.DISCIPLINE, _punished),
    "TALK-ILL": (Occasion.ILLNESS, _ill),
}
MOMENTS = tuple(_MOMENTS)
OF_SITTINGS = frozenset({"TALK-ILL"})
"""Those that sittings tell of, year by year."""


def open_moments(facts: Facts, rule: str) -> Iterator[Moment]:
    """What happened up to today and nobody has talked about with the member yet."""
    occasion, happened = _MOMENTS[rule]
    days = timedelta(days=int(facts.rules[rule].values["days"]))
    for member, day, words in happened(facts):
        if day <= facts.today and not member.deleted and not _talked(facts, member, day):
            yield Moment(member, day, words, occasion, day + days)


def waiting(facts: Facts) -> Iterator[Moment]:
    """Moments under the rules that are on whose time has not run out."""
    for rule in MOMENTS:
        if rule in facts.rules and facts.rules[rule].enabled:
            yield from (m for m in open_moments(facts, rule) if m.until >= facts.today)


def moment_findings(facts: Facts, rule: str) -> Iterator[Finding]:
    """Those whose time ran out, since talks are recorded here; what the roster tells only of the
    last year."""
    since = first_talk(facts)
    for moment in open_moments(facts, rule) if since is not None else ():
        recent = rule in OF_SITTINGS or moment.day >= facts.today - _YEAR
        if moment.until < facts.today and recent and since is not None and moment.day >= since:
            days = (moment.until - moment.day).days
            message = f"{moment.told}，{days}天内未见谈心谈话记录。"
            subject = f"{moment.day.isoformat()} {moment.member.name} {moment.words}"
            found = facts.finding(
                *(rule, facts.rules[rule].failed, subject, message),
                within=Period(moment.day.year, moment.day.month, 1),
            )
            yield found.asking(moment.occasion.value, moment.member.name)


def _talked(facts: Facts, member: Member, day: date) -> bool:
    return any(
        talk.day >= day - _BEFORE
        and any(p.member_id == member.id for p in (*talk.talkers, *talk.partners))
        for talk in facts.records.get(HEART_TALK.code, ())
    )


CHECKED = {rule: partial(moment_findings, rule=rule) for rule in MOMENTS}
