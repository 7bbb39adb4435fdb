"""How sittings were conducted: chair, committee first, appraisal grades, stated counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import time

from dangjian_desktop.domain.checks.facts import Facts, subject_of
from dangjian_desktop.domain.findings import (
    Cause,
    Finding,
    Judgement,
    Verdict,
    lacking,
    unknown,
    words_of,
)
from dangjian_desktop.domain.meetings.called import Headcount
from dangjian_desktop.domain.meetings.kinds import Body
from dangjian_desktop.domain.meetings.meeting import Matter, Meeting, Stated
from dangjian_desktop.domain.members.member import COMMITTEE_ROLES, Member, PostRole, post_roles


def chair_findings(facts: Facts) -> Iterator[Finding]:
    """CAD-CHAIR: 大会, 支委会 by the secretary or by delegation, 党小组会 by its leader."""
    for meeting in facts.own():
        if _bodies(facts, meeting):
            subject = f"{subject_of(meeting, facts.kinds)} 主持人"
            yield facts.judged("CAD-CHAIR", _chair(facts, meeting), subject, (meeting.id,))


def _bodies(facts: Facts, meeting: Meeting) -> frozenset[Body]:
    return frozenset(kind.body for kind in facts.kinds.of(meeting.kinds) if kind.body)


def _chair(facts: Facts, meeting: Meeting) -> Judgement:
    host = meeting.host
    if host is None:
        return lacking("未记录主持人", "meeting", "host")
    member = facts.roll(meeting.date).by_id.get(host.member_id or "")
    if member is None:
        words = f"主持人{host.name}不是当日在册党员，请注明身份"
        return lacking(words, "meeting", "host")
    if _bodies(facts, meeting) & {Body.BRANCH, Body.COMMITTEE}:
        return _branch_chair(facts, meeting, member)
    return _group_chair(facts, meeting, member)


def _branch_chair(facts: Facts, meeting: Meeting, member: Member) -> Judgement:
    roll, name = facts.roll(meeting.date), member.name
    roles = member.roles_on(meeting.date)
    if PostRole.SECRETARY in roles:
        if PostRole.SECRETARY in _sure_roles(member, meeting):
            return Judgement(Verdict.OK, f"由党支部书记{name}主持。")
        return lacking(f"{name}任党支部书记的起止时间只到月份或年份", "member", "posts", member.id)
    if not roles & COMMITTEE_ROLES:
        if not roll.with_role(PostRole.SECRETARY):
            return lacking(f"由{name}主持，名册中当日未登记党支部书记", "member", "posts")
        if member.roles_possible(meeting.date) & COMMITTEE_ROLES:
            words = f"{name}任职的起止时间只到月份或年份"
            return lacking(words, "member", "posts", member.id)
        if meeting.delegated_by is None or roll.has_committee:
            return Judgement(Verdict.VIOLATION, f"主持人{name}当日不是党支部书记、副书记或委员。")
    return _delegated(facts, meeting, name)


def _sure_roles(member: Member, meeting: Meeting) -> frozenset[PostRole]:
    """What a member is on the day whatever partly known borders turn out to be."""
    sure = (s for s in member.posts if s.covers(meeting.date) and not s.doubtful(meeting.date))
    return frozenset(role for span in sure for role in post_roles(span.value))


def _delegated(facts: Facts, meeting: Meeting, name: str) -> Judgement:
    """Somebody other than the secretary is in the chair; the secretary must have asked them to."""
    if meeting.delegated_by is None:
        words = f"由{name}主持，未见书记委托的记录"
        return lacking(words, "meeting", "delegated_by")
    by = meeting.delegated_by
    secretaries = facts.roll(meeting.date).with_role(PostRole.SECRETARY)
    if not secretaries:
        return lacking(f"由{name}主持，名册中当日未登记党支部书记", "member", "posts")
    if by.member_id not in {m.id for m in secretaries}:
        return Judgement(Verdict.VIOLATION, f"由{name}主持，委托人{by.name}当日不是党支部书记。")
    if not facts.roll(meeting.date).has_committee:
        return Judgement(Verdict.OK, f"由{name}主持（受{by.name}委托，未设支部委员会）。")
    return Judgement(Verdict.OK, f"由{name}主持（受{by.name}委托）。")


def _group_chair(facts: Facts, meeting: Meeting, member: Member) -> Judgement:
    roll = facts.roll(meeting.date)
    in_group = {m.id for m in roll.group_members(meeting.group)}
    leaders = {m.id for m in roll.with_role(PostRole.GROUP_LEADER)} & in_group
    if member.id in leaders:
        return Judgement(Verdict.OK, f"由党小组组长{member.name}主持。")
    group = meeting.group or "该党小组"
    if not leaders:
        words = f"由{member.name}主持，名册中未登记{group}组长"
        return lacking(words, "member", "posts", *sorted(in_group))
    if meeting.delegated_by is not None and meeting.delegated_by.member_id in leaders:
        return Judgement(
            Verdict.OK, f"由{member.name}主持（受组长{meeting.delegated_by.name}委托）。"
        )
    return Judgement(Verdict.VIOLATION, f"主持人{member.name}当日不是{group}组长。")


def committee_first_findings(facts: Facts) -> Iterator[Finding]:
    """CAD-PRE: important matters of a general meeting were discussed by the committee before."""
    for meeting in facts.own([facts.kinds.sitting(Body.BRANCH)]):
        committee = facts.committee_on(meeting.date)
        for number, item in enumerate(meeting.agenda, 1):
            if item.matter is Matter.IMPORTANT and committee is not False:
                yield _committee_first(facts, meeting, number, registered=bool(committee))


def _committee_first(facts: Facts, meeting: Meeting, number: int, *, registered: bool) -> Finding:
    days = int(facts.rules["CAD-PRE"].values["days_before"])
    topic = meeting.agenda[number - 1].topic
    earlier = [
        m
        for m in facts.held(facts.kinds.sitting(Body.COMMITTEE).code)
        if _before(m, meeting, days) and any(_same_matter(topic, other.topic) for other in m.agenda)
    ]
    subject = subject_of(meeting, facts.kinds, number)
    if earlier:
        message = f"“{topic}”此前经支委会讨论（{earlier[-1].date.isoformat()}）。"
        records = (meeting.id, *(m.id for m in earlier))
        return facts.finding("CAD-PRE", Verdict.OK, subject, message, records)
    words = f"“{topic}”为重要事项，此前{days}天内未见支委会讨论记录。"
    judgement = Judgement(Verdict.NOTICE, words)
    if not registered:
        words = f"“{topic}”为重要事项，未见支委会讨论记录，名册中未登记支部委员"
        judgement = lacking(words, "member", "posts")
    return facts.judged("CAD-PRE", judgement, subject, (meeting.id,))


def _before(committee: Meeting, meeting: Meeting, days: int) -> bool:
    """Whether the committee sat earlier; on the same day only by recorded times."""
    if committee.date == meeting.date:
        timed = committee.start is not None and meeting.start is not None
        return timed and (committee.start or time.min) < (meeting.start or time.min)
    return 0 < (meeting.date - committee.date).days <= days


def _same_matter(topic: str, other: str) -> bool:
    """Whether two headings name one matter: one holds the other, or most of its pairs of signs."""
    shorter, longer = sorted((topic.strip(), other.strip()), key=len)
    if shorter == longer or (len(shorter) >= 4 and shorter in longer):
        return bool(shorter)
    pairs = {topic[i : i + 2] for i in range(len(topic) - 1)}
    others = {other[i : i + 2] for i in range(len(other) - 1)}
    return bool(pairs) and 2 * len(pairs & others) > len(pairs)


def stated_findings(facts: Facts) -> Iterator[Finding]:
    """ATT-STATED: the counts that the paper gives against the computed ones.

    A paper may count all who were called or those with a vote, of any kind that the sitting is.
    """
    for meeting in facts.own():
        stated = meeting.stated
        if stated is None or stated.eligible is stated.present is None:
            continue
        if not (counts := facts.headcounts(meeting)):
            continue
        pairs = [_counted(len(c.expected), c.present, c.unrecorded) for c in counts]
        pairs += [
            _counted(len(c.voters), c.voters_present, c.unrecorded & c.voters)
            for c in counts
            if c.decides
        ]
        if len(sittings := facts.activity(meeting)) > 1:
            pairs.append(_over_all(facts, sittings))
        subject = f"{subject_of(meeting, facts.kinds)} 人数"
        judgement = _held_against(stated, pairs, _unrecorded(counts))
        yield facts.judged("ATT-STATED", judgement, subject, (meeting.id,))


_Counted = tuple[int, int, int]
"""应到, and the least and the most that 实到 may be."""


def _over_all(facts: Facts, sittings: Sequence[Meeting]) -> _Counted:
    """The paper of one sitting may give the counts of the whole activity."""
    counts = [count for meeting in sittings for count in facts.headcounts(meeting)]
    expected = frozenset[str]().union(*(count.expected for count in counts))
    present = frozenset[str]().union(*(count.present for count in counts))
    recorded = frozenset[str]().union(*(count.expected - count.unrecorded for count in counts))
    return _counted(len(expected), present, expected - recorded)


def _counted(eligible: int, present: frozenset[str], unrecorded: frozenset[str]) -> _Counted:
    return eligible, len(present), len(present) + len(unrecorded)


def _unrecorded(counts: Sequence[Headcount]) -> Cause:
    people = frozenset[str]().union(*(count.unrecorded for count in counts))
    words = f"{len(people)}人未登记到会情况"
    return Cause(words, "meeting", "attendance", tuple(sorted(people)))


def _held_against(stated: Stated, pairs: list[_Counted], unrecorded: Cause) -> Judgement:
    fitting = [p for p in pairs if stated.eligible in (None, p[0])]
    known = [p for p in fitting if stated.present is None or p[1] == p[2] == stated.present]
    if known:
        return Judgement(Verdict.OK, "记录的人数与名册计算的一致。")
    if any(least <= (stated.present or 0) <= most for _, least, most in fitting if least < most):
        words = f"无法判断记录的人数与名册是否一致：{unrecorded.words}。"
        return unknown(words, unrecorded)
    eligible, present, _most = min(pairs, key=lambda p: abs(p[0] - (stated.eligible or p[0])))
    both = (("应到", stated.eligible, eligible), ("实到", stated.present, present))
    wrong = [f"{w}记录{s}人、计算{c}人" for w, s, c in both if s is not None and s != c]
    return Judgement(Verdict.NOTICE, "记录的人数与名册计算的不一致：" + "；".join(wrong) + "。")


def excellent_findings(facts: Facts) -> Iterator[Finding]:
    """APP-RATE: share of 优秀 among the members appraised."""
    for meeting, grades in _graded(facts):
        yield _excellent(facts, meeting, grades)


def probationary_grade_findings(facts: Facts) -> Iterator[Finding]:
    """APP-PROB: no grade for probationary members."""
    for meeting, grades in _graded(facts):
        yield from _probationary_grades(facts, meeting, grades)


def _graded(facts: Facts) -> Iterator[tuple[Meeting, dict[str, str]]]:
    for meeting in facts.own(facts.appraising):
        rows = meeting.details.get("grades") or ()
        grades = {row.get("name"): row.get("result") for row in rows if row.get("result")}
        if grades:
            yield meeting, grades


def _excellent(facts: Facts, meeting: Meeting, grades: dict[str, str]) -> Finding:
    values = facts.rules["APP-RATE"].values
    parts, of = int(values["parts"]), int(values["of"])
    by_graded = values["base"] == "graded"
    formal = len(facts.roll(meeting.date).formal)
    total = len(grades) if by_graded else formal
    fewest, most_members = (total, total) if by_graded else facts.formal_range(meeting.date)
    excellent = sum(1 for grade in grades.values() if grade == "优秀")
    base = "参评党员" if by_graded else "正式党员"
    counts = f"{base} {total}，优秀 {excellent}，一般不超过 {total * parts // of}"
    subject = f"{subject_of(meeting, facts.kinds)} 优秀比例"
    answers = {excellent <= n * parts // of for n in (fewest, total, most_members)}
    if len(answers) > 1:
        causes = facts.open_formal(meeting.date)
        words = f"无法判断优秀等次比例：{counts}；{words_of(causes)}。"
        judgement = unknown(words, *causes)
    elif answers.pop():
        judgement = Judgement(Verdict.OK, f"优秀等次比例符合规定：{counts}。")
    else:
        failed = facts.rules["APP-RATE"].failed
        judgement = Judgement(failed, f"优秀等次比例超过规定：{counts}。")
    return facts.judged("APP-RATE", judgement, subject, (meeting.id,))


def _probationary_grades(
    facts: Facts, meeting: Meeting, grades: dict[str, str]
) -> Iterator[Finding]:
    for member in facts.roll(meeting.date).probationary:
        if member.name in grades:
            subject = f"{subject_of(meeting, facts.kinds)} {member.name}"
            message = f"{member.name}当日为预备党员，一般参加评议但不评定等次。"
            records = (meeting.id, member.id)
            yield facts.finding("APP-PROB", Verdict.NOTICE, subject, message, records)
