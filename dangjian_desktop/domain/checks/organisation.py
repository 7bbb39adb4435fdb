"""Size and posts of the branch, its committee and its groups: SZ-…, UP, SEC-1Y, GRP-…."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dangjian_desktop.domain.checks.facts import Facts
from dangjian_desktop.domain.dates import PartialDate, add_months
from dangjian_desktop.domain.findings import Finding, Verdict
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
        verdict, message = Verdict.UNKNOWN, "无法判断：党员名册为空。"
    elif len(enough) > 1:
        verdict, message = Verdict.UNKNOWN, f"无法判断：{message[:-1]}，人数待核对。"
    else:
        verdict = Verdict.OK if enough.pop() else facts.rules["SZ-3"].failed
    yield facts.finding("SZ-3", verdict, "正式党员人数", message, tuple(m.id for m in formal))


def many_findings(facts: Facts) -> Iterator[Finding]:
    """SZ-50: as a rule at most fifty members."""
    members = facts.roll(facts.today).members
    values = facts.rules["SZ-50"].values
    count, most, near = len(members), int(values["most"]), int(values["near"])
    if count > most:
        verdict, words = facts.rules["SZ-50"].failed, f"党员 {count} 人，一般不超过 {most} 人。"
    elif count + facts.missing_members > most:
        verdict = Verdict.UNKNOWN
        words = f"无法判断：党员 {count} 人，名册比花名册自报合计少{facts.missing_members}人。"
    elif count >= near:
        verdict, words = Verdict.NOTICE, f"党员 {count} 人，接近一般上限 {most} 人。"
    else:
        verdict, words = Verdict.OK, f"党员 {count} 人。"
    yield facts.finding("SZ-50", verdict, "党员人数", words)


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
        verdict, words = _party_age(member, begun, months)
        if verdict is Verdict.VIOLATION:
            verdict = facts.rules["SEC-1Y"].failed
        yield facts.finding("SEC-1Y", verdict, f"书记 {member.name}", words, (member.id,))


def _in_office_since(member: Member, day: date) -> PartialDate | None:
    spans = (s for s in member.posts if s.covers(day) and PostRole.SECRETARY in post_roles(s.value))
    return next((s.start for s in spans if s.start is not None), None)


def _party_age(member: Member, begun: PartialDate | None, months: int) -> tuple[Verdict, str]:
    if member.full_date is None or begun is None:
        missing = "转正时间" if member.full_date is None else "任职时间"
        return Verdict.UNKNOWN, f"无法判断：未登记{member.name}的{missing}。"
    counts = f"{member.name}{member.full_date.chinese()}转正，{begun.chinese()}任职"
    if add_months(member.full_date.last, months) <= begun.first:
        return Verdict.OK, f"{counts}，任职时党龄不少于 {months // 12} 年。"
    if add_months(member.full_date.first, months) > begun.last:
        return Verdict.VIOLATION, f"{counts}，任职时党龄不足 {months // 12} 年。"
    return Verdict.UNKNOWN, f"无法判断：{counts}，具体日期不详。"


def committee_size_findings(facts: Facts) -> Iterator[Finding]:
    """SZ-7: seven formal members and more have a committee of three to five, at most seven."""
    roll = facts.roll(facts.today)
    formal, size = len(roll.formal), len(roll.committee)
    values = facts.rules["SZ-7"].values
    records = tuple(m.id for m in roll.committee)
    subject = "支部委员会"
    if not roll.members:
        return
    if formal < int(values["formal"]) and not roll.has_committee:
        if facts.formal_range(facts.today)[1] >= int(values["formal"]):
            message = f"无法判断：正式党员 {formal} 人，人数待核对，未登记支部委员。"
            yield facts.finding("SZ-7", Verdict.UNKNOWN, subject, message, records)
        return
    if formal < int(values["formal"]):
        message = f"正式党员 {formal} 人，不足 {values['formal']} 人的党支部一般不设支委会。"
        yield facts.finding("SZ-7", Verdict.NOTICE, subject, message, records)
        return
    if not roll.has_committee:
        message = f"无法判断：正式党员 {formal} 人，名册中未登记支部委员，请核对党内职务。"
        yield facts.finding("SZ-7", Verdict.UNKNOWN, subject, message, records)
        return
    fits = int(values["least"]) <= size <= int(values["most"])
    verdict = Verdict.OK if fits else Verdict.NOTICE
    message = f"支部委员会 {size} 人（一般 {values['least']} 至 {values['usual']} 人，"
    message += f"不超过 {values['most']} 人）。"
    yield facts.finding("SZ-7", verdict, subject, message, records)


def group_size_findings(facts: Facts) -> Iterator[Finding]:
    """GRP-3: members of a group, at least one of them formal."""
    roll = facts.roll(facts.today)
    least = int(facts.rules["GRP-3"].values["members"])
    for group in roll.groups:
        members = roll.group_members(group)
        formal = [m for m in members if m.kind_on(facts.today) is MemberKind.FORMAL]
        fits = len(members) >= least and bool(formal)
        verdict = Verdict.OK if fits else facts.rules["GRP-3"].failed
        message = f"{group} {len(members)} 人，其中正式党员 {len(formal)} 人。"
        if not fits and facts.missing_members:
            verdict, message = Verdict.UNKNOWN, f"无法判断：{message[:-1]}，名册人数待核对。"
        yield facts.finding("GRP-3", verdict, group, message, tuple(m.id for m in members))


def probationary_leader_findings(facts: Facts) -> Iterator[Finding]:
    """GRP-PROB: a probationary member normally leads no group."""
    roll = facts.roll(facts.today)
    for member in roll.with_role(PostRole.GROUP_LEADER):
        if member.kind_on(facts.today) is MemberKind.PROBATIONARY:
            message = f"{member.name}为预备党员，一般不担任党小组组长。"
            yield facts.finding("GRP-PROB", Verdict.NOTICE, member.name, message, (member.id,))
