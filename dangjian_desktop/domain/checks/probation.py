"""The end of a probation: DEV-REG, of members whose time has run out and of sittings on it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

from dangjian_desktop.domain.checks.facts import Facts, subject_of
from dangjian_desktop.domain.dates import PartialDate, add_months, chinese_date
from dangjian_desktop.domain.findings import Cause, Finding, Judgement, Verdict, lacking, unknown
from dangjian_desktop.domain.meetings.meeting import AgendaItem, Matter, Meeting
from dangjian_desktop.domain.members.member import Member
from dangjian_desktop.frozen import dataclass

_ENDING = {
    Matter.REGULARISATION: "讨论转正，请核对批复和转正时间",
    Matter.EXTENSION: "讨论延长预备期，请按决议和批复核对届满日期",
    Matter.DISQUALIFICATION: "讨论取消预备党员资格，请核对批复",
}
_PROBATION = 12
# An extension is half a year at least and a year at most (《发展党员工作细则》第三十一条).
_LEAST_EXTENSION, _MOST_EXTENSION = 6, 12
_NAMES = re.compile(r"[、，,；;\s]+|同志")


@dataclass(frozen=True, slots=True)
class Discussion:
    """One item on the end of somebody's probation; ``before`` are those that came earlier."""

    meeting: Meeting
    number: int
    matter: Matter
    name: str
    before: tuple[Discussion, ...] = ()

    @property
    def extended(self) -> bool:
        """Whether the probation was extended before."""
        return any(earlier.matter is Matter.EXTENSION for earlier in self.before)


def ends_probation(meeting: Meeting) -> bool:
    """Whether a sitting was on the end of somebody's probation."""
    return any(item.matter in _ENDING for item in meeting.agenda)


def runs_out(facts: Facts) -> bool:
    """Whether the probation of somebody may have run out by today."""
    return any(_may_be_over(facts, member) for member in facts.roll(facts.today).probationary)


def _may_be_over(facts: Facts, member: Member) -> bool:
    join = member.join_date
    return join is not None and join.plus_months(_PROBATION).first <= facts.today


def sitting_findings(facts: Facts) -> Iterator[Finding]:
    """DEV-REG: each sitting on a probation against its end."""
    last = _discussed(facts).values()
    told = (discussion for found in last for discussion in (*found.before, found))
    for discussion in sorted(told, key=lambda each: each.meeting.date.year):
        if facts.year in (None, discussion.meeting.date.year):
            yield from _of_sitting(facts, discussion)


def run_out_findings(facts: Facts) -> Iterator[Finding]:
    """DEV-REG: everybody whose probation has run out."""
    discussed = _discussed(facts)
    for member in facts.roll(facts.today).probationary:
        if member.join_date is None:
            words = f"未登记{member.name}的入党时间，预备期届满日期待明确"
            judgement = lacking(words, "member", "join_date", member.id)
            yield facts.judged("DEV-REG", judgement, f"{member.name} 转正", (member.id,))
        elif _may_be_over(facts, member):
            yield _run_out(facts, member, member.join_date, discussed.get(member.name))


def _discussed(facts: Facts) -> Mapping[str, Discussion]:
    """By name the last item on the end of a probation, with those before it."""
    found: dict[str, Discussion] = {}
    for meeting in facts.held():
        for number, item in enumerate(meeting.agenda, 1):
            for name in _persons(item) if item.matter in _ENDING else ():
                last = found.get(name)
                before = (*last.before, last) if last else ()
                found[name] = Discussion(meeting, number, item.matter, name, before)
    return found


def _persons(item: AgendaItem) -> Iterator[str]:
    named = [part for part in _NAMES.split(item.person or "") if part]
    yield from dict.fromkeys((*named, *(candidate.name for candidate in item.candidates)))


def _of_sitting(facts: Facts, discussion: Discussion) -> Iterator[Finding]:
    """A second extension, and a decision on 转正 or 延长 before the probation has ended."""
    meeting, name = discussion.meeting, discussion.name
    member = next((m for m in facts.roll(meeting.date).known if m.name == name), None)
    subject = f"{subject_of(meeting, facts.kinds, discussion.number)} {name} 预备期"
    records = (meeting.id, *((member.id,) if member else ()))
    basis = facts.rules["DEV-REG"].source_on(meeting.date)
    if discussion.matter is Matter.EXTENSION and discussion.extended:
        words = f"{name}此前已讨论过延长预备期，延长预备期只能一次。"
        judgement = Judgement(facts.rules["DEV-REG"].failed, words)
        yield facts.judged("DEV-REG", judgement, subject, records, basis)
    elif discussion.matter is not Matter.DISQUALIFICATION:
        yield facts.judged("DEV-REG", _timely(facts, discussion, member), subject, records, basis)


def _timely(facts: Facts, discussion: Discussion, member: Member | None) -> Judgement:
    """Whether the time had run out on the day of the sitting."""
    name, day = discussion.name, discussion.meeting.date
    if member is None:
        place = f"agenda.{discussion.number - 1}.person"
        words = f"名册中没有{name}，只核对了票数，预备期是否届满待核对"
        return lacking(words, "meeting", place)
    if member.join_date is None:
        words = f"未登记{name}的入党时间，只核对了票数，预备期是否届满待核对"
        return lacking(words, "member", "join_date", member.id)
    least, most = _end(member.join_date, extended=discussion.extended)
    if day < least:
        words = f"{name}预备期至早于{chinese_date(least)}届满，{day.isoformat()}的会议在届满以前。"
        return Judgement(facts.rules["DEV-REG"].failed, words)
    if day < most:
        what = "延长的期限待核对" if discussion.extended else "入党时间只到月份或年份"
        field = "note" if discussion.extended else "join_date"
        cause = Cause(f"{name}{what}", "member", field, (member.id,))
        words = f"无法判断{name}预备期在{day.isoformat()}的会议时是否届满：{what}。"
        return unknown(words, cause)
    return Judgement(Verdict.OK, f"{name}预备期届满以后讨论。")


def _end(join: PartialDate, *, extended: bool) -> tuple[date, date]:
    """The first and the last day on which the probation may end."""
    least = _PROBATION + (_LEAST_EXTENSION if extended else 0)
    most = _PROBATION + (_MOST_EXTENSION if extended else 0)
    return add_months(join.first, least), add_months(join.last, most)


def _run_out(
    facts: Facts, member: Member, join: PartialDate, discussed: Discussion | None
) -> Finding:
    end = join.plus_months(_PROBATION)
    records = [member.id]
    words = f"{member.name}预备期于{end.chinese()}届满"
    judgement = Judgement(Verdict.NOTICE, f"{words}，应讨论转正。")
    if end.may_be_after(facts.today):
        cause = Cause(f"{member.name}入党时间只到月份或年份", "member", "join_date", (member.id,))
        judgement = unknown(f"无法判断：{words}，具体日期不详，届满后应讨论转正。", cause)
    elif discussed is not None and _settles(discussed, join, facts.today):
        meeting, matter = discussed.meeting, discussed.matter
        records.append(meeting.id)
        words += f"，{meeting.date.isoformat()}已{_ENDING[matter]}。"
        judgement = Judgement(Verdict.NOTICE, words)
    elif discussed is not None and discussed.extended | (discussed.matter is Matter.EXTENSION):
        words += "，曾讨论延长预备期，请核对延长的期限，届满后应讨论转正。"
        judgement = Judgement(Verdict.NOTICE, words)
    basis = facts.rules["DEV-REG"].source_on(facts.today)
    return facts.judged("DEV-REG", judgement, f"{member.name} 转正", tuple(records), basis)


def _settles(discussed: Discussion, join: PartialDate, today: date) -> bool:
    """Whether the last discussion leaves nothing to remind of.

    What was decided too early, a second extension, and an extension that has run out by now do not.
    """
    day = discussed.meeting.date
    if discussed.matter is Matter.DISQUALIFICATION:
        return day >= join.first
    if discussed.matter is Matter.EXTENSION:
        once = not discussed.extended and day >= add_months(join.first, _PROBATION)
        return once and today < add_months(join.last, _PROBATION + _MOST_EXTENSION)
    return day >= _end(join, extended=discussed.extended)[0]
