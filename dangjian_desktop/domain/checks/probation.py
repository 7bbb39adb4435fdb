"""Members whose probation has run out: DEV-REG."""

from __future__ import annotations

from collections.abc import Iterator

from dangjian_desktop.domain.checks.facts import Facts
from dangjian_desktop.domain.dates import PartialDate
from dangjian_desktop.domain.findings import Finding, Verdict
from dangjian_desktop.domain.meetings.meeting import Matter, Meeting
from dangjian_desktop.domain.members.member import Member

_ENDING = {
    Matter.REGULARISATION: "讨论转正，请核对批复和转正时间",
    Matter.EXTENSION: "讨论延长预备期，请按决议和批复核对届满日期",
    Matter.DISQUALIFICATION: "讨论取消预备党员资格，请核对批复",
}


def probation_findings(facts: Facts) -> Iterator[Finding]:
    """DEV-REG: the probation has run out and the member is still probationary."""
    discussed = _discussed(facts)
    for member in facts.roll(facts.today).probationary:
        if member.join_date is None:
            subject = f"{member.name} 转正"
            message = f"无法判断：未登记{member.name}的入党时间，预备期届满日期待明确。"
            yield facts.finding("DEV-REG", Verdict.UNKNOWN, subject, message, (member.id,))
        elif member.join_date.plus_months(12).first <= facts.today:
            yield _run_out(facts, member, member.join_date, discussed.get(member.name))


def _discussed(facts: Facts) -> dict[str, tuple[Meeting, Matter]]:
    """By name, the last sitting that discussed the end of a probation."""
    return {
        item.person: (meeting, item.matter)
        for meeting in facts.held()
        for item in meeting.agenda
        if item.matter in _ENDING and item.person
    }


def _run_out(
    facts: Facts, member: Member, join: PartialDate, discussed: tuple[Meeting, Matter] | None
) -> Finding:
    end = join.plus_months(12)
    records = [member.id]
    verdict = Verdict.NOTICE
    words = f"{member.name}预备期于{end.chinese()}届满"
    if end.may_be_after(facts.today):
        verdict = Verdict.UNKNOWN
        words = f"无法判断：{words}，具体日期不详，届满后应讨论转正。"
    elif discussed is not None and discussed[0].date >= join.first:
        meeting, matter = discussed
        records.append(meeting.id)
        words += f"，{meeting.date.isoformat()}已{_ENDING[matter]}。"
    else:
        words += "，应讨论转正。"
    basis = facts.rules["DEV-REG"].source_on(facts.today)
    subject = f"{member.name} 转正"
    return facts.finding("DEV-REG", verdict, subject, words, tuple(records), basis)
