"""How often a kind of meeting is due, and where it fell short."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from dangjian_desktop.domain.dates import Period, add_months
from dangjian_desktop.domain.facts import Facts
from dangjian_desktop.domain.findings import Finding, Verdict
from dangjian_desktop.domain.meetings import Meeting

_WHEN = {1: "本月", 3: "本季度", 6: "本半年", 12: "本年"}


def judged_periods(facts: Facts, length: int) -> Iterator[Period]:
    """Periods of so many months from the first record (or first full period) to today's."""
    first = min((meeting.date for meeting in facts.held()), default=facts.today)
    if facts.branch.founded is not None and first <= facts.branch.founded:
        founded = Period.around(facts.branch.founded, length)
        first = facts.branch.founded
        if founded.first < facts.branch.founded:
            first = founded.next().first
    period = Period.around(first, length)
    while period.first <= facts.today:
        yield period
        period = period.next()


def cadence_findings(facts: Facts, rule: str, kind: str) -> Iterator[Finding]:
    """One finding for each period: held often enough, still due, or missing."""
    values = facts.rules[rule].values
    for period in judged_periods(facts, int(values["months"])):
        held = [m for m in facts.held(kind) if m.date in period]
        yield _judge(facts, rule, kind, period, held)


def committee_findings(facts: Facts) -> Iterator[Finding]:
    """CAD-BC: only for months at whose end there was a committee."""
    for period in judged_periods(facts, int(facts.rules["CAD-BC"].values["months"])):
        if facts.roll(min(period.last, facts.today)).has_committee:
            held = [m for m in facts.held("committee_meeting") if m.date in period]
            yield _judge(facts, "CAD-BC", "committee_meeting", period, held)


def group_findings(facts: Facts) -> Iterator[Finding]:
    """CAD-GR: for each party group that existed in the month."""
    for period in judged_periods(facts, int(facts.rules["CAD-GR"].values["months"])):
        for group in facts.roll(min(period.last, facts.today)).groups:
            held = [m for m in facts.held("group_meeting") if m.date in period and m.group == group]
            yield _judge(facts, "CAD-GR", "group_meeting", period, held, group)


def _judge(
    facts: Facts,
    rule: str,
    kind: str,
    period: Period,
    held: list[Meeting],
    group: str | None = None,
) -> Finding:
    times = int(facts.rules[rule].values["times"])
    name = facts.kind(kind).short + (f"（{group}）" if group else "")
    subject = f"{period.label} {name}"
    records = tuple(m.id for m in held)
    if len(held) >= times:
        message = f"{period.label}召开{name}{len(held)}次。"
        return facts.finding(rule, Verdict.OK, subject, message, records)
    if period.last >= facts.today:
        left = (period.last - facts.today).days
        message = (
            f"{_WHEN[period.length]}应召开{name}{times}次，已召开{len(held)}次，还有{left}天。"
        )
        return facts.finding(rule, Verdict.NOTICE, subject, message, records)
    message = f"{period.label}未见{name}记录（应{times}次，已记录{len(held)}次）。"
    return facts.finding(rule, facts.rules[rule].failed, subject, message, records)


def theme_day_findings(facts: Facts) -> Iterator[Finding]:
    """CAD-DAY: once a month, and near the fixed day of the branch."""
    yield from cadence_findings(facts, "CAD-DAY", "theme_day")
    fixed = facts.branch.theme_day
    if fixed is None:
        return
    allowed = int(facts.rules["CAD-DAY"].values["tolerance_days"])
    for meeting in facts.held("theme_day"):
        off = abs((meeting.date - _fixed_day(meeting.date, fixed)).days)
        if off > allowed:
            subject = f"{meeting.date.isoformat()} 主题党日 固定日"
            message = f"固定日为每月{fixed}日，本次为{meeting.date.day}日，相差{off}天。"
            yield facts.finding(
                "CAD-DAY",
                Verdict.NOTICE,
                subject,
                message,
                (meeting.id,),
                "《中国共产党支部工作条例（试行）》第十六条",
            )


def _fixed_day(day: date, fixed: int) -> date:
    last = Period.around(day, 1).last
    return min(last, day.replace(day=min(fixed, last.day)))


def yearly_findings(facts: Facts, rule: str, kind: str) -> Iterator[Finding]:
    """CAD-OLM, CAD-APP: once for each year, by ``for_year``; open until 31 March of the next."""
    first = min((m.date.year for m in facts.held()), default=facts.today.year)
    if facts.branch.founded is not None:
        first = max(first, facts.branch.founded.year + 1)
    for year in range(first, facts.today.year + 1):
        held = [m for m in facts.held(kind) if m.year == year]
        yield _judge_year(facts, rule, kind, year, held)


def _judge_year(facts: Facts, rule: str, kind: str, year: int, held: list[Meeting]) -> Finding:
    name = facts.kind(kind).title
    subject = f"{year}年度 {name}"
    records = tuple(m.id for m in held)
    if held:
        days = "、".join(m.date.isoformat() for m in held)
        return facts.finding(rule, Verdict.OK, subject, f"{year}年度已召开（{days}）。", records)
    until = add_months(date(year, 12, 31), 3)
    if facts.today <= date(year, 12, 31):
        left = (date(year, 12, 31) - facts.today).days
        message = f"{year}年度尚未见{name}记录，本年还有{left}天。"
        return facts.finding(rule, Verdict.NOTICE, subject, message)
    if facts.today <= until:
        message = f"{year}年度未见{name}记录，请在{until.isoformat()}前召开或说明情况。"
        return facts.finding(rule, Verdict.NOTICE, subject, message)
    message = f"{year}年度未见{name}记录。"
    return facts.finding(rule, facts.rules[rule].failed, subject, message)


def absence_findings(facts: Facts) -> Iterator[Finding]:
    """CAD-6M: months in a row without taking part in 组织生活, leave aside; people decide."""
    marks = sorted(int(m) for m in facts.rules["CAD-6M"].values["warn_months"])
    for member in facts.roll(facts.today).members:
        if member.waived_on(facts.today):
            continue
        expected = [
            m for m in facts.held() if any(a.person.member_id == member.id for a in m.attendance)
        ]
        missed = _missed_tail(expected, member.id)
        if not missed:
            continue
        months = [n for n in marks if add_months(missed[0].date, n) <= facts.today]
        if months:
            subject = f"{member.name} 参加组织生活"
            message = (
                f"{member.name}自{missed[0].date.isoformat()}起未参加组织生活已满{months[-1]}个月"
            )
            message += "（缺席，未记请假），请了解情况并按规定处理。"
            records = (member.id, *(m.id for m in missed))
            yield facts.finding("CAD-6M", Verdict.NOTICE, subject, message, records)


def _missed_tail(sittings: list[Meeting], member_id: str) -> list[Meeting]:
    """The last sittings in a row that the member missed without leave, oldest first."""
    missed: list[Meeting] = []
    for meeting in sorted(sittings, key=lambda m: m.date, reverse=True):
        if any(
            a.person.member_id == member_id and a.presence.value != "absent"
            for a in meeting.attendance
        ):
            break
        missed.insert(0, meeting)
    return missed


def term_findings(facts: Facts) -> Iterator[Finding]:
    """CAD-TERM: the term of the committee ends; reminder half a year before."""
    start = facts.branch.term_start
    if start is None:
        return
    end = add_months(start, 12 * facts.branch.term_years) - timedelta(days=1)
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


Checker = Callable[[Facts], Iterator[Finding]]
