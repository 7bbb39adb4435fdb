"""How sittings were conducted: chair, committee first, appraisal grades, stated counts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from dangjian_desktop.domain.facts import Facts, subject_of
from dangjian_desktop.domain.findings import Finding, Verdict
from dangjian_desktop.domain.meetings import Matter, Meeting
from dangjian_desktop.domain.members import COMMITTEE_ROLES, Member, MemberKind, PostRole
from dangjian_desktop.domain.roll import headcount


def chair_findings(facts: Facts) -> Iterator[Finding]:
    """CAD-CHAIR: 大会, 支委会 by the secretary or by delegation, 党小组会 by its leader."""
    for meeting in facts.held():
        if {"general_meeting", "committee_meeting", "group_meeting"} & set(meeting.kinds):
            verdict, message = _chair(facts, meeting)
            subject = f"{subject_of(meeting, facts.kinds)} 主持人"
            yield facts.finding("CAD-CHAIR", verdict, subject, message, (meeting.id,))


def _chair(facts: Facts, meeting: Meeting) -> tuple[Verdict, str]:
    host = meeting.host
    if host is None:
        return Verdict.UNKNOWN, "无法判断：未记录主持人。"
    member = facts.roll(meeting.date).by_id.get(host.member_id or "")
    if member is None:
        return Verdict.UNKNOWN, f"无法判断：主持人{host.name}不是当日在册党员，请注明身份。"
    roles = member.roles_on(meeting.date)
    if "group_meeting" in meeting.kinds and len(meeting.kinds) == 1:
        return _group_chair(facts, meeting, member)
    return _branch_chair(meeting, host.name, roles)


def _branch_chair(meeting: Meeting, name: str, roles: frozenset[PostRole]) -> tuple[Verdict, str]:
    if PostRole.SECRETARY in roles:
        return Verdict.OK, f"由党支部书记{name}主持。"
    if not roles & COMMITTEE_ROLES:
        return Verdict.VIOLATION, f"主持人{name}当日不是党支部书记、副书记或委员。"
    if meeting.delegated_by is None:
        return Verdict.UNKNOWN, f"无法判断：由{name}主持，未见书记委托的记录。"
    return Verdict.OK, f"由{name}主持（受{meeting.delegated_by.name}委托）。"


def _group_chair(facts: Facts, meeting: Meeting, member: Member) -> tuple[Verdict, str]:
    leads = PostRole.GROUP_LEADER in member.roles_on(meeting.date)
    if leads and member.group_on(meeting.date) == meeting.group:
        return Verdict.OK, f"由党小组组长{member.name}主持。"
    if meeting.delegated_by is not None:
        return Verdict.OK, f"由{member.name}主持（受{meeting.delegated_by.name}委托）。"
    if not facts.roll(meeting.date).with_role(PostRole.GROUP_LEADER):
        return Verdict.UNKNOWN, f"无法判断：由{member.name}主持，名册中未登记党小组组长。"
    return Verdict.NOTICE, f"主持人{member.name}当日不是{meeting.group or '该党小组'}组长。"


def committee_first_findings(facts: Facts) -> Iterator[Finding]:
    """CAD-PRE: important matters of a general meeting were discussed by the committee before."""
    days = int(facts.rules["CAD-PRE"].values["days_before"])
    for meeting in facts.held("general_meeting"):
        if not facts.roll(meeting.date).has_committee:
            continue
        for number, item in enumerate(meeting.agenda, 1):
            if item.matter is not Matter.IMPORTANT:
                continue
            earlier = [
                m
                for m in facts.held("committee_meeting")
                if meeting.date - timedelta(days=days) <= m.date <= meeting.date
                and m.id != meeting.id
                and any(_same_matter(item.topic, other.topic) for other in m.agenda)
            ]
            subject = subject_of(meeting, facts.kinds, number)
            if earlier:
                message = f"“{item.topic}”此前经支委会讨论（{earlier[-1].date.isoformat()}）。"
                records = (meeting.id, *(m.id for m in earlier))
                yield facts.finding("CAD-PRE", Verdict.OK, subject, message, records)
            else:
                message = f"“{item.topic}”为重要事项，此前{days}天内未见支委会讨论记录。"
                yield facts.finding("CAD-PRE", Verdict.NOTICE, subject, message, (meeting.id,))


def _same_matter(topic: str, other: str) -> bool:
    """Whether two headings name one matter: one holds the other, or most of its pairs of signs."""
    if topic in other or other in topic:
        return True
    pairs = {topic[i : i + 2] for i in range(len(topic) - 1)}
    others = {other[i : i + 2] for i in range(len(other) - 1)}
    return bool(pairs) and 2 * len(pairs & others) > len(pairs)


def stated_findings(facts: Facts) -> Iterator[Finding]:
    """ATT-STATED: the counts that the paper gives against the computed ones."""
    for meeting in facts.held():
        kind = next(iter(facts.kinds.of(meeting.kinds)), None)
        if meeting.stated is None or kind is None:
            continue
        count = headcount(meeting, kind, facts.roll(meeting.date))
        pairs = (
            ("应到", meeting.stated.eligible, len(count.expected)),
            ("实到", meeting.stated.present, len(count.present)),
        )
        wrong = [f"{w}记录{s}人、计算{c}人" for w, s, c in pairs if s is not None and s != c]
        subject = f"{subject_of(meeting, facts.kinds)} 人数"
        if wrong:
            message = "记录的人数与名册计算的不一致：" + "；".join(wrong) + "。"
            yield facts.finding("ATT-STATED", Verdict.NOTICE, subject, message, (meeting.id,))


def grade_findings(facts: Facts) -> Iterator[Finding]:
    """APP-RATE and APP-PROB: share of 优秀, and no grade for probationary members."""
    for meeting in facts.held("democratic_appraisal"):
        grades = {
            row.get("name"): row.get("result")
            for row in meeting.details.get("grades") or ()
            if row.get("result")
        }
        if grades:
            yield _excellent(facts, meeting, grades)
            yield from _probationary_grades(facts, meeting, grades)


def _excellent(facts: Facts, meeting: Meeting, grades: dict[str, str]) -> Finding:
    values = facts.rules["APP-RATE"].values
    formal = len(facts.roll(meeting.date).formal)
    total = len(grades) if values["base"] == "graded" else formal
    most = total * int(values["parts"]) // int(values["of"])
    excellent = sum(1 for grade in grades.values() if grade == "优秀")
    base = "参评党员" if values["base"] == "graded" else "正式党员"
    counts = f"{base} {total}，优秀 {excellent}，一般不超过 {most}"
    within = excellent <= most
    verdict = Verdict.OK if within else facts.rules["APP-RATE"].failed
    words = f"优秀等次比例{'符合规定' if within else '超过规定'}：{counts}。"
    subject = f"{subject_of(meeting, facts.kinds)} 优秀比例"
    return facts.finding("APP-RATE", verdict, subject, words, (meeting.id,))


def _probationary_grades(
    facts: Facts, meeting: Meeting, grades: dict[str, str]
) -> Iterator[Finding]:
    for member in facts.roll(meeting.date).probationary:
        if member.name in grades:
            subject = f"{subject_of(meeting, facts.kinds)} {member.name}"
            message = f"{member.name}当日为预备党员，一般参加评议但不评定等次。"
            records = (meeting.id, member.id)
            yield facts.finding("APP-PROB", Verdict.NOTICE, subject, message, records)


def probation_findings(facts: Facts) -> Iterator[Finding]:
    """DEV-REG: the probation has run out and the member is still probationary."""
    for member in facts.roll(facts.today).members:
        if member.kind_on(facts.today) is not MemberKind.PROBATIONARY or not member.join_date:
            continue
        end = member.join_date.plus_months(12)
        if end.first <= facts.today:
            subject = f"{member.name} 转正"
            message = f"{member.name}预备期于{end.chinese()}届满，应讨论转正。"
            if end.may_be_after(facts.today):
                message = f"{member.name}预备期于{end.chinese()}届满（具体日期不详），应讨论转正。"
            yield facts.finding("DEV-REG", Verdict.NOTICE, subject, message, (member.id,))
