"""What cannot be in a meeting, whatever happened; broken rules are not among it."""

from __future__ import annotations

from collections.abc import Iterator

from dangjian_desktop.domain.dates import EARLIEST_YEAR
from dangjian_desktop.domain.meetings.meeting import Candidate, Meeting, Vote
from dangjian_desktop.domain.record import Facts, Problem, Roster

YEARS_APART = 5
"""So far the year whose duty a sitting fulfils may lie from its own."""
"""A sitting for a year is held in it or soon after; anything farther off is a slip of the pen."""


def impossible(vote: Vote) -> str | None:
    """A sentence for counts that cannot be, whatever happened; a meeting with them is refused."""
    counted = [vote.yes, vote.no, vote.abstain, vote.void]
    known = sum(part for part in counted if part is not None)
    if vote.returned is not None and known > vote.returned:
        return f"赞成、反对、弃权、废票合计{known}，多于收回的{vote.returned}张"
    if vote.issued is not None and vote.returned is not None and vote.returned > vote.issued:
        return f"收回{vote.returned}张，多于发出的{vote.issued}张"
    if vote.issued is not None and vote.returned is None and known > vote.issued:
        return f"赞成、反对、弃权、废票合计{known}，多于发出的{vote.issued}张"
    return None


def impossible_candidate(candidate: Candidate, vote: Vote | None) -> str | None:
    """A sentence when one candidate got more ballots than there were."""
    if vote is None:
        return None
    known = sum(n for n in (candidate.yes, candidate.no, candidate.abstain) if n is not None)
    most, word = (vote.returned, "收回") if vote.returned is not None else (vote.issued, "发出")
    if most is not None and known > most:
        return f"{candidate.name}的赞成、反对、弃权合计{known}，多于{word}的{most}张"
    return None


def meeting_problems(meeting: Meeting, facts: Facts) -> Iterator[Problem]:
    """Everything that cannot be, each with its place."""
    roll = facts.roll(meeting.date)
    yield from _head(meeting, facts)
    yield from _twice(meeting)
    yield from _strangers(meeting, roll)
    if meeting.group and roll.groups and meeting.group not in roll.groups:
        known = "、".join(roll.groups)
        words = f"“{meeting.group}”不是当日的党小组，当日党小组：{known}"
        yield Problem("group", words, "value_unknown")
    yield from _ballots(meeting)


def _head(meeting: Meeting, facts: Facts) -> Iterator[Problem]:
    today = facts.today
    if meeting.held and meeting.date > today:
        words = f"日期{meeting.date}在将来，已登记到会、表决或发言的会议不能晚于今天"
        yield Problem("date", words, "future")
    if not EARLIEST_YEAR <= meeting.date.year <= today.year + YEARS_APART:
        yield Problem("date", f"日期{meeting.date}离今天太远，请核对年份")
    if meeting.start and meeting.end and meeting.end <= meeting.start:
        words = f"结束时间{meeting.end:%H:%M}早于开始时间{meeting.start:%H:%M}"
        yield Problem("end", words, "date_order")
    if meeting.for_year is not None and abs(meeting.for_year - meeting.date.year) > YEARS_APART:
        words = f"所属年度{meeting.for_year}与会议日期{meeting.date}相差太远，请核对"
        yield Problem("for_year", words)
    if meeting.number == 0:
        yield Problem("number", "第×次应从 1 起")
    for code in meeting.kinds:
        if code not in facts.declared.kinds:
            yield Problem("kinds", f"“{code}”不是可识别的会议类型", "value_unknown")


def _twice(meeting: Meeting) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    entries = [(a.person, a.presence.label) for a in meeting.attendance]
    entries += [(e.person, "不计入应到") for e in meeting.excluded]
    for person, label in entries:
        key = person.member_id or person.name
        if key in seen:
            words = f"{person.name}同时登记为“{seen[key]}”和“{label}”，每人只能登记一处"
            yield Problem("attendance", words, "duplicate")
        seen[key] = label


def _strangers(meeting: Meeting, roll: Roster) -> Iterator[Problem]:
    named = [("attendance", a.person) for a in meeting.attendance]
    named += [("excluded", e.person) for e in meeting.excluded]
    for place, person in named:
        if person.member_id not in roll.by_id:
            words = f"{person.name}不是{meeting.date}当日的在册党员"
            yield Problem(place, words, "name_unknown")


def _ballots(meeting: Meeting) -> Iterator[Problem]:
    for place, item in enumerate(meeting.agenda):
        start = f"第{place + 1}项议题票数不可能："
        if item.vote is not None and (words := impossible(item.vote)):
            yield Problem(f"agenda.{place}.vote", start + words)
        for number, candidate in enumerate(item.candidates):
            if words := impossible_candidate(candidate, item.vote):
                yield Problem(f"agenda.{place}.candidates.{number}", start + words)
