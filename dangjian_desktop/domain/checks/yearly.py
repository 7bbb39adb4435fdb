"""What is due once a year: 组织生活会, 民主评议党员 and the hours of study."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dangjian_desktop.domain.checks.facts import Facts
from dangjian_desktop.domain.findings import Finding, Verdict
from dangjian_desktop.domain.meetings.meeting import Meeting


def yearly_findings(facts: Facts, rule: str, kind: str) -> Iterator[Finding]:
    """CAD-OLM, CAD-APP: once for each year, by ``for_year``; open until 31 March of the next."""
    held: dict[int, list[Meeting]] = {}
    for meeting in facts.held(kind):
        held.setdefault(meeting.year, []).append(meeting)
    judged = set(range(_first_year(facts), facts.today.year + 1))
    for year in sorted(judged | {y for y in held if y <= facts.today.year}):
        yield _judge_year(facts, rule, kind, year, held)


def _first_year(facts: Facts) -> int:
    """The year of the first record, but not before the first full year of the branch."""
    first = min((m.date.year for m in facts.held()), default=facts.today.year)
    founded = facts.branch.founded
    if founded is None:
        return first
    return max(first, founded.year + ((founded.month, founded.day) != (1, 1)))


def _judge_year(
    facts: Facts, rule: str, kind: str, year: int, by_year: dict[int, list[Meeting]]
) -> Finding:
    name = facts.kind(kind).title
    subject = f"{year}年度 {name}"
    held = by_year.get(year, [])
    records = tuple(m.id for m in held)
    if held:
        days = "、".join(m.date.isoformat() for m in held)
        verdict, tail = Verdict.OK, ""
        if rule == "CAD-OLM" and not any(_in_season(m.date, year) for m in held):
            verdict, tail = Verdict.NOTICE, "；组织生活会一般安排在第四季度"
        return facts.finding(rule, verdict, subject, f"{year}年度已召开（{days}）{tail}。", records)
    ends = date(year, 12, 31)
    until = date(year + 1, 3, 31)
    if facts.today <= ends:
        left = (ends - facts.today).days
        message = f"{year}年度尚未见{name}记录，本年{f'还有{left}天' if left else '今天截止'}。"
        return facts.finding(rule, Verdict.NOTICE, subject, message)
    unmarked = [m for m in by_year.get(year + 1, []) if m.for_year is None and m.date <= until]
    if unmarked:
        message = f"无法判断：未见注明{year}年度的{name}记录，"
        message += f"{unmarked[0].date.isoformat()}的一次未注明所属年度，请核对。"
        return facts.finding(rule, Verdict.UNKNOWN, subject, message, tuple(m.id for m in unmarked))
    if facts.today <= until:
        message = f"{year}年度未见{name}记录，请在{until.isoformat()}前召开或说明情况。"
        return facts.finding(rule, Verdict.NOTICE, subject, message)
    message = f"{year}年度未见{name}记录。"
    return facts.finding(rule, facts.rules[rule].failed, subject, message)


def _in_season(day: date, year: int) -> bool:
    """The fourth quarter, or the weeks after it in which the meeting is often held."""
    return date(year, 10, 1) <= day <= date(year + 1, 3, 31)


_STEPS = (
    ("个人自评", "自评", "self_review"),
    ("党员互评", "互评", "mutual_review"),
    ("民主测评", "测评", "ballots"),
)


def appraisal_findings(facts: Facts) -> Iterator[Finding]:
    """CAD-APP: once a year, with 自评, 互评 and 测评 recorded in this order."""
    yield from yearly_findings(facts, "CAD-APP", "democratic_appraisal")
    for meeting in facts.held("democratic_appraisal"):
        places = [_place(meeting, word, detail) for _name, word, detail in _STEPS]
        missing = [step[0] for step, place in zip(_STEPS, places, strict=True) if place is None]
        subject = f"{meeting.date.isoformat()} 民主评议 程序"
        in_agenda = [place for place in places if place]
        if missing:
            verdict = Verdict.UNKNOWN
            message = f"无法判断民主评议程序是否完整：未见{'、'.join(missing)}的记录。"
        elif in_agenda != sorted(in_agenda):
            verdict = Verdict.NOTICE
            message = "民主评议一般按个人自评、党员互评、民主测评的顺序进行，记录的顺序不同。"
        else:
            verdict, message = Verdict.OK, "个人自评、党员互评、民主测评均有记录。"
        yield facts.finding("CAD-APP", verdict, subject, message, (meeting.id,))


def _place(meeting: Meeting, word: str, detail: str) -> int | None:
    """The agenda item that a step is the topic of; 0 if told elsewhere, nothing if nowhere."""
    for number, item in enumerate(meeting.agenda, 1):
        if word in item.topic:
            return number
    told = bool(meeting.details.get(detail))
    graded = detail == "ballots" and bool(meeting.details.get("grades"))
    in_text = any(word in text for item in meeting.agenda for text in item.content)
    return 0 if told or graded or in_text else None


def hours_findings(facts: Facts) -> Iterator[Finding]:
    """CAD-32H: hours of study of the members in each finished year.

    Only lectures carry hours here; training elsewhere is not recorded, so that a sum below the
    mark says nothing against anybody. Counts only, no list of persons.
    """
    least = float(facts.rules["CAD-32H"].values["hours"])
    by_year: dict[int, list[Meeting]] = {}
    for meeting in facts.held("party_lecture"):
        if meeting.date.year < facts.today.year:
            by_year.setdefault(meeting.date.year, []).append(meeting)
    for year, lectures in sorted(by_year.items()):
        members = facts.roll(date(year, 12, 31)).members
        hours = _hours_by_member(lectures)
        enough = sum(1 for m in members if hours.get(m.id, 0.0) >= least)
        subject = f"{year}年度 学习培训学时"
        records = tuple(m.id for m in lectures)
        if enough == len(members):
            message = f"{year}年末在册党员 {enough} 人，已记录的党课均不少于 {least:g} 学时。"
            yield facts.finding("CAD-32H", Verdict.OK, subject, message, records)
        else:
            message = f"无法判断：按党课记录 {enough} 人达到 {least:g} 学时，"
            message += f"其余 {len(members) - enough} 人参加的其他培训未在此登记。"
            yield facts.finding("CAD-32H", Verdict.UNKNOWN, subject, message, records)


def _hours_by_member(lectures: list[Meeting]) -> dict[str, float]:
    found: dict[str, float] = {}
    for meeting in lectures:
        hours = float(meeting.details.get("hours") or 0)
        for attendance in meeting.attendance:
            member = attendance.person.member_id
            took_part = attendance.presence.counts or attendance.made_up
            if member and took_part:
                found[member] = found.get(member, 0.0) + hours
    return found
