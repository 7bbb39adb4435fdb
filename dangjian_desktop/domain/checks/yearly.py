"""What is due once a year: 组织生活会, 民主评议党员 and the hours of study."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dangjian_desktop.domain.checks.duties import Duty, duties, judged_periods
from dangjian_desktop.domain.checks.facts import Facts
from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.findings import Finding, Judgement, Verdict, lacking
from dangjian_desktop.domain.meetings.meeting import Meeting


def yearly_findings(facts: Facts, rule: str) -> Iterator[Finding]:
    """CAD-OLM, CAD-APP: once for each year, by ``for_year``; open until 31 March of the next."""
    for kind in facts.kinds.under(rule):
        judged = {period.year for period in judged_periods(facts, 12)}
        told = {m.year for m in facts.held(kind.code) if m.year <= facts.today.year}
        for year in sorted(judged | told):
            for duty in duties(facts, kind, Period(year, 1, 12)):
                yield _judge_year(facts, rule, duty)


def _judge_year(facts: Facts, rule: str, duty: Duty) -> Finding:
    subject = f"{duty.period.year}年度 {duty.kind.title}"
    subject += f"（{duty.group}）" if duty.group else ""
    judgement, records = _of_year(facts, rule, duty)
    found = facts.judged(rule, judgement, subject, records, within=duty.period)
    return duty.lacked(found, facts.today)


def _of_year(facts: Facts, rule: str, duty: Duty) -> tuple[Judgement, tuple[str, ...]]:
    """What is said of the duty, and the records that it is said of."""
    name, year, held = f"{duty.group or ''}{duty.kind.title}", duty.period.year, duty.held
    records = tuple(m.id for m in held)
    if not duty.lacking:
        days = "、".join(m.date.isoformat() for m in held)
        verdict, tail = Verdict.OK, ""
        if rule == "CAD-OLM" and not any(_in_season(m.date, year) for m in held):
            verdict, tail = Verdict.NOTICE, "；组织生活会一般安排在第四季度"
        return Judgement(verdict, f"{year}年度已召开（{days}）{tail}。"), records
    ends = date(year, 12, 31)
    until = date(year + 1, 3, 31)
    if facts.today <= ends:
        left = (ends - facts.today).days
        words = f"{year}年度尚未见{name}记录，本年{f'还有{left}天' if left else '今天截止'}。"
        return Judgement(Verdict.NOTICE, words), ()
    following = (
        m for m in facts.held(duty.kind.code) if m.for_year is None and m.group == duty.group
    )
    unmarked = [m for m in following if ends < m.date <= until]
    if unmarked:
        words = f"未见注明{year}年度的{name}记录，"
        words += f"{unmarked[0].date.isoformat()}的一次未注明所属年度，请核对"
        return lacking(words, "meeting", "for_year"), tuple(m.id for m in unmarked)
    if facts.today <= until:
        words = f"{year}年度未见{name}记录，请在{until.isoformat()}前召开或说明情况。"
        return Judgement(Verdict.NOTICE, words), ()
    return Judgement(facts.rules[rule].failed, f"{year}年度未见{name}记录。"), ()


def _in_season(day: date, year: int) -> bool:
    """The fourth quarter, or the weeks after it in which the meeting is often held."""
    return date(year, 10, 1) <= day <= date(year + 1, 3, 31)


_STEPS = (
    ("个人自评", "自评", "self_review"),
    ("党员互评", "互评", "mutual_review"),
    ("民主测评", "测评", "ballots"),
)


def steps_findings(facts: Facts) -> Iterator[Finding]:
    """CAD-APP: with 自评, 互评 and 测评 recorded in this order."""
    for meeting in facts.own(facts.appraising):
        places = [_place(meeting, word, detail) for _name, word, detail in _STEPS]
        without = [step for step, place in zip(_STEPS, places, strict=True) if place is None]
        missing, lacks = [step[0] for step in without], [step[2] for step in without]
        subject = f"{meeting.date.isoformat()} 民主评议 程序"
        in_agenda = [place for place in places if place]
        if missing:
            words = f"未见{'、'.join(missing)}的记录"
            judgement = lacking(words, "meeting", f"details.{lacks[0]}")
        elif in_agenda != sorted(in_agenda):
            words = "民主评议一般按个人自评、党员互评、民主测评的顺序进行，记录的顺序不同。"
            judgement = Judgement(Verdict.NOTICE, words)
        else:
            judgement = Judgement(Verdict.OK, "个人自评、党员互评、民主测评均有记录。")
        yield facts.judged("CAD-APP", judgement, subject, (meeting.id,))


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
    """CAD-32H: hours of training of the members in each finished year.

    Silent on a sum below the mark while only sittings carry hours (``Facts.further_hours`` lacks
    the year): training elsewhere is not recorded. Counts only, no list of persons.
    """
    rule = facts.rules["CAD-32H"]
    least = float(rule.values["hours"])
    sittings = tuple(facts.held_of(facts.kinds.of(rule.kinds)))
    years = {m.date.year for m in sittings} | set(facts.further_hours)
    over = (year for year in years if year < facts.today.year)
    for year in sorted(year for year in over if facts.year in (None, year)):
        members = facts.roll(date(year, 12, 31)).members
        hours = training_hours(facts, year)
        enough = sum(1 for m in members if hours.get(m.id, 0.0) >= least)
        short = len(members) - enough
        further = facts.further_hours.get(year)
        if short and further is None:
            continue
        both = "会议和教育培训台账登记的学时合计" if further else "已记录的党课"
        verdict = rule.failed if short else Verdict.OK
        message = f"{year}年末在册党员 {enough} 人，{both}均不少于 {least:g} 学时。"
        if short:
            message = f"按{both}，{enough} 人达到 {least:g} 学时，{short} 人未达到。"
        records = tuple(m.id for m in sittings if m.date.year == year)
        records += () if further is None else further.records
        yield facts.judged(
            *("CAD-32H", Judgement(verdict, message), f"{year}年度 学习培训学时", records),
            within=Period(year, 1, 12),
        )


def training_hours(facts: Facts, year: int) -> dict[str, float]:
    """Hours of training by member: at sittings that the rule counts, and the further ones.

    Whoever was at several sittings of one activity has its hours once.
    """
    further = facts.further_hours.get(year)
    found = {} if further is None else dict(further.by_member)
    told: set[tuple[str | None, str]] = set()
    for meeting in facts.held_of(facts.kinds.of(facts.rules["CAD-32H"].kinds)):
        if meeting.date.year != year:
            continue
        hours = float(meeting.details.get("hours") or 0)
        for attendance in meeting.attendance:
            member = attendance.person.member_id
            once = (member, meeting.activity or meeting.id)
            if member and once not in told and (attendance.presence.counts or attendance.made_up):
                told.add(once)
                found[member] = found.get(member, 0.0) + hours
    return found
