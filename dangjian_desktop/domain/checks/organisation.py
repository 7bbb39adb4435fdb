"""Size and posts of the branch, its committee and its groups: SZ-…, UP, SEC-1Y, GRP-…."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from dangjian_desktop.domain.checks.facts import DAY_UNKNOWN, Facts, of_members
from dangjian_desktop.domain.dates import PartialDate, add_months
from dangjian_desktop.domain.findings import (
    Cause,
    Finding,
    Judgement,
    Verdict,
    lacking,
    unknown,
    words_of,
)
from dangjian_desktop.domain.members.member import Member, MemberKind, PostRole, post_roles


def few_findings(facts: Facts) -> Iterator[Finding]:
    """SZ-3: at least three formal members."""
    formal = facts.roll(facts.today).formal
    least = int(facts.rules["SZ-3"].values["formal"])
    enough = {count >= least for count in (len(formal), *facts.formal_range(facts.today))}
    message = (
        f"正式党员 {len(formal)} 人，{'不少于' if len(formal) >= least else '不足'} {least} 人。"
    )
    if not facts.roll(facts.today).members:
        judgement = lacking("党员名册为空", "member", "name")
    elif len(enough) > 1:
        judgement = _open(message, facts.open_formal(facts.today))
    else:
        verdict = Verdict.OK if enough.pop() else facts.rules["SZ-3"].failed
        judgement = Judgement(verdict, message)
    yield facts.judged("SZ-3", judgement, "正式党员人数", tuple(m.id for m in formal))


def _open(counts: str, causes: Sequence[Cause]) -> Judgement:
    """A count of which persons are open."""
    return unknown(f"无法判断：{counts.rstrip('。')}；{words_of(causes)}。", *causes)


def many_findings(facts: Facts) -> Iterator[Finding]:
    """SZ-50: as a rule at most fifty members."""
    members = facts.roll(facts.today).members
    values = facts.rules["SZ-50"].values
    count, most, near = len(members), int(values["most"]), int(values["near"])
    words = f"党员 {count} 人"
    if count > most:
        judgement = Judgement(facts.rules["SZ-50"].failed, f"{words}，一般不超过 {most} 人。")
    elif count + facts.missing_members > most:
        judgement = _open(words, facts.missing_causes())
    elif count >= near:
        judgement = Judgement(Verdict.NOTICE, f"{words}，接近一般上限 {most} 人。")
    else:
        judgement = Judgement(Verdict.OK, f"{words}。")
    yield facts.judged("SZ-50", judgement, "党员人数")


def upgrade_findings(facts: Facts) -> Iterator[Finding]:
    """UP: from so many members a general branch or a committee may have to be set up."""
    values = facts.rules["UP"].values
    count = len(facts.roll(facts.today).members)
    general, committee = int(values["general_branch"]), int(values["committee"])
    if count >= committee:
        words = f"党员 {count} 人，已达 {committee} 人，请就设立党的基层委员会请示上级党组织。"
    elif count > general:
        words = f"党员 {count} 人，超过 {general} 人，请就设立党总支请示上级党组织。"
    else:
        return
    yield facts.finding("UP", Verdict.NOTICE, "党组织设置", words)


def secretary_age_findings(facts: Facts) -> Iterator[Finding]:
    """SEC-1Y: the secretary had a year of 党龄 (from 转正) on taking office."""
    start = facts.branch.term_start
    term = None if start is None else PartialDate.of(start)
    months = 12 * int(facts.rules["SEC-1Y"].values["years"])
    for member in facts.roll(facts.today).with_role(PostRole.SECRETARY):
        begun = _in_office_since(member, facts.today) or term
        judgement = _party_age(member, begun, months)
        if judgement.verdict is Verdict.VIOLATION:
            judgement = replace(judgement, verdict=facts.rules["SEC-1Y"].failed)
        yield facts.judged("SEC-1Y", judgement, f"书记 {member.name}", (member.id,))


def _in_office_since(member: Member, day: date) -> PartialDate | None:
    spans = (s for s in member.posts if s.covers(day) and PostRole.SECRETARY in post_roles(s.value))
    return next((s.start for s in spans if s.start is not None), None)


def _party_age(member: Member, begun: PartialDate | None, months: int) -> Judgement:
    if member.full_date is None:
        return lacking(f"未登记{member.name}的转正时间", "member", "full_date", member.id)
    if begun is None:
        return lacking(f"未登记{member.name}的任职时间", "member", "posts", member.id)
    counts = f"{member.name}{member.full_date.chinese()}转正，{begun.chinese()}任职"
    if add_months(member.full_date.last, months) <= begun.first:
        words = f"{counts}，任职时党龄不少于 {months // 12} 年。"
        return Judgement(Verdict.OK, words)
    if add_months(member.full_date.first, months) > begun.last:
        return Judgement(Verdict.VIOLATION, f"{counts}，任职时党龄不足 {months // 12} 年。")
    field = "posts" if member.full_date.first == member.full_date.last else "full_date"
    return lacking(f"{counts}，具体日期不详", "member", field, member.id)


def committee_size_findings(facts: Facts) -> Iterator[Finding]:
    """SZ-7: seven formal members and more have a committee: 应当 3 to 5, 一般 at most 7."""
    judgement = _committee_size(facts)
    if judgement is not None:
        committee = facts.roll(facts.today).committee
        yield facts.judged("SZ-7", judgement, "支部委员会", tuple(m.id for m in committee))


def _committee_size(facts: Facts) -> Judgement | None:
    roll, values = facts.roll(facts.today), facts.rules["SZ-7"].values
    counts, due = f"正式党员 {len(roll.formal)} 人", int(values["formal"])
    fewest, most = facts.formal_range(facts.today)
    if fewest < due <= most:
        causes = facts.open_formal(facts.today)
        without = "" if roll.has_committee else "，未登记支部委员"
        return unknown(f"无法判断：{counts}{without}；{words_of(causes)}。", *causes)
    if most < due:
        words = f"{counts}，不足 {due} 人的党支部一般不设支委会。"
        return Judgement(Verdict.NOTICE, words) if roll.has_committee else None
    if not roll.has_committee:
        words = f"{counts}，名册中未登记支部委员，请核对党内职务"
        return lacking(words, "member", "posts")
    size, usual = len(roll.committee), f"{values['least']} 至 {values['usual']} 人"
    words = f"支部委员会 {size} 人（应当由 {usual}组成，一般不超过 {values['most']} 人）。"
    answers = {_size_verdict(facts, size) for size in _sizes(facts)}
    if len(answers) > 1:
        return _open(words, tuple(of_members(roll.open_committee, "posts", DAY_UNKNOWN)))
    return Judgement(answers.pop(), words)


def _sizes(facts: Facts) -> Iterator[int]:
    """The fewest and the most that the committee may have: posts known only to the month."""
    roll = facts.roll(facts.today)
    held, perhaps = {m.id for m in roll.committee}, {m.id for m in roll.open_committee}
    yield from (len(held - perhaps), len(held | perhaps))


def _size_verdict(facts: Facts, size: int) -> Verdict:
    """Too few breaks 应当, too many only 一般."""
    rule = facts.rules["SZ-7"]
    if size < int(rule.values["least"]):
        return rule.failed
    return Verdict.OK if size <= int(rule.values["most"]) else Verdict.NOTICE


def group_size_findings(facts: Facts) -> Iterator[Finding]:
    """GRP-3: members of a group, at least one of them formal."""
    roll = facts.roll(facts.today)
    least = int(facts.rules["GRP-3"].values["members"])
    for group in roll.groups:
        members = roll.group_members(group)
        formal = [m for m in members if m.kind_on(facts.today) is MemberKind.FORMAL]
        fits = len(members) >= least and bool(formal)
        verdict = Verdict.OK if fits else facts.rules["GRP-3"].failed
        words = f"{group} {len(members)} 人，其中正式党员 {len(formal)} 人。"
        judgement = Judgement(verdict, words)
        if not fits and facts.missing_members:
            judgement = _open(words, facts.missing_causes())
        yield facts.judged("GRP-3", judgement, group, tuple(m.id for m in members))


def probationary_leader_findings(facts: Facts) -> Iterator[Finding]:
    """GRP-PROB: a probationary member normally leads no group."""
    roll = facts.roll(facts.today)
    for member in roll.with_role(PostRole.GROUP_LEADER):
        if member.kind_on(facts.today) is MemberKind.PROBATIONARY:
            message = f"{member.name}为预备党员，一般不担任党小组组长。"
            yield facts.finding("GRP-PROB", Verdict.NOTICE, member.name, message, (member.id,))
