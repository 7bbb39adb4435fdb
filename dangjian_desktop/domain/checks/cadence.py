"""How often a kind of meeting is due, where it fell short; absences in a row, the term."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date

from dangjian_desktop.domain.checks.duties import Duty, cadence_of, duties, judged_periods
from dangjian_desktop.domain.checks.facts import Absence, Facts, Missed
from dangjian_desktop.domain.dates import Period, add_months
from dangjian_desktop.domain.findings import Finding, Judgement, Verdict, lacking
from dangjian_desktop.domain.meetings.meeting import Meeting, Presence

_WHEN = {1: "本月", 3: "本季度", 6: "本半年", 12: "本年"}


def cadence_findings(facts: Facts, rule: str) -> Iterator[Finding]:
    """One finding for each period (and party group): held often enough, still due, or missing."""
    for kind in facts.kinds.under(rule):
        cadence = cadence_of(facts, kind)
        for period in judged_periods(facts, cadence.months) if cadence else ():
            for duty in duties(facts, kind, period):
                yield _judge(facts, rule, duty)


def _judge(facts: Facts, rule: str, duty: Duty) -> Finding:
    records = tuple(m.id for m in duty.held)
    subject = f"{duty.period.label} {duty.name}"
    found = facts.judged(rule, _of_duty(facts, rule, duty), subject, records, within=duty.period)
    return duty.lacked(found, facts.today)


def _of_duty(facts: Facts, rule: str, duty: Duty) -> Judgement:
    name, period, held = duty.name, duty.period, len(duty.held)
    if not duty.lacking:
        return Judgement(Verdict.OK, f"{period.label}召开{name}{held}次。")
    if not duty.certain:
        words = f"{period.label}未见{name}记录，名册中未登记支部委员"
        return lacking(words, "member", "posts")
    if period.last >= facts.today:
        left = _days_left(period.last, facts.today)
        words = f"{_WHEN[period.length]}应召开{name}{duty.times}次，已召开{held}次，{left}。"
        return Judgement(Verdict.NOTICE, words)
    words = f"{period.label}未见{name}记录（应{duty.times}次，已记录{held}次）。"
    return Judgement(facts.rules[rule].failed, words)


def _days_left(last: date, today: date) -> str:
    left = (last - today).days
    return f"还有{left}天" if left else "今天是最后一天"


def fixed_day_findings(facts: Facts) -> Iterator[Finding]:
    """CAD-DAY: near the fixed day of the branch."""
    fixed = facts.branch.theme_day
    if fixed is None:
        return
    allowed = int(facts.rules["CAD-DAY"].values["tolerance_days"])
    by_month: dict[Period, list[Meeting]] = {}
    for meeting in facts.own(facts.kinds.under("CAD-DAY")):
        by_month.setdefault(Period.around(meeting.date, 1), []).append(meeting)
    for sittings in by_month.values():
        off, nearest = min(
            ((abs((m.date - _fixed_day(m.date, fixed)).days), m) for m in sittings),
            key=lambda pair: pair[0],
        )
        if off > allowed:
            subject = f"{nearest.date.isoformat()} 主题党日 固定日"
            message = f"固定日为每月{fixed}日，本次为{nearest.date.day}日，相差{off}天。"
            basis = "《中国共产党支部工作条例（试行）》第十六条"
            yield facts.finding("CAD-DAY", Verdict.NOTICE, subject, message, (nearest.id,), basis)


def _fixed_day(day: date, fixed: int) -> date:
    return day.replace(day=min(fixed, Period.around(day, 1).last.day))


def absence_findings(facts: Facts) -> Iterator[Finding]:
    """CAD-6M: months in a row without taking part in 组织生活, leave aside; people decide."""
    marks = sorted(int(m) for m in facts.rules["CAD-6M"].values["warn_months"])
    members = [m for m in facts.roll(facts.today).members if not m.waived_on(facts.today)]
    missed = _missed_by(facts, {member.id for member in members})
    for member in members:
        sittings = missed.get(member.id)
        if not sittings:
            continue
        first, until = sittings[0][0], min(facts.today, add_months(sittings[-1][0], 1))
        months = [n for n in marks if add_months(first, n) <= until]
        if months:
            subject = f"{member.name} 参加组织生活"
            message = f"{member.name}自{first.isoformat()}起未参加组织生活已满{months[-1]}个月"
            message += "（缺席，未记请假），请了解情况并按规定处理。"
            records = (member.id, *(uid for _day, uid in sittings))
            yield facts.finding("CAD-6M", Verdict.NOTICE, subject, message, records)


def _missed_by(facts: Facts, members: set[str]) -> dict[str, list[Missed]]:
    """For each member the last sittings in a row missed without leave, oldest first."""
    open_members = set(members)
    missed: dict[str, list[Missed]] = {}
    for part in facts.absences or (absences(facts),):
        for member in open_members & part.keys():
            missed[member] = [*part[member].missed, *missed.get(member, ())]
        open_members -= {member for member, own in part.items() if own.ended}
        if not open_members:
            break
    return missed


def absences(facts: Facts) -> Mapping[str, Absence]:
    """By member the sittings at the end of those that are judged which he missed in a row."""
    missed: dict[str, list[Missed]] = defaultdict(list)
    ended: set[str] = set()
    for meeting in reversed(tuple(facts.own())):
        elsewhere = frozenset[str]().union(*map(facts.present, facts.activity(meeting)))
        for attendance in meeting.attendance:
            member = attendance.person.member_id
            if member is None or member in ended:
                continue
            away = attendance.presence is Presence.ABSENT and not attendance.made_up
            if away and member not in elsewhere:
                missed[member].append((meeting.date, meeting.id))
            else:
                ended.add(member)
    return {
        member: Absence(tuple(reversed(missed.get(member, ()))), member in ended)
        for member in (*missed, *(ended - missed.keys()))
    }


def term_findings(facts: Facts) -> Iterator[Finding]:
    """CAD-TERM: the term of the committee ends; reminder half a year before."""
    start, end = facts.branch.term_start, facts.branch.term_end
    if start is None or end is None:
        return
    remind = add_months(end, -int(facts.rules["CAD-TERM"].values["months_before"]))
    subject = f"任期 {start.isoformat()} 至 {end.isoformat()}"
    if facts.today > end:
        message = f"本届支部委员会任期已于{end.isoformat()}届满，请核对是否已换届或经批准延期。"
        yield facts.finding("CAD-TERM", Verdict.NOTICE, subject, message)
    elif facts.today >= remind:
        message = f"本届支部委员会任期将于{end.isoformat()}届满，请启动换届准备。"
        yield facts.finding("CAD-TERM", Verdict.NOTICE, subject, message)
    else:
        message = f"本届支部委员会任期至{end.isoformat()}。"
        yield facts.finding("CAD-TERM", Verdict.OK, subject, message)
