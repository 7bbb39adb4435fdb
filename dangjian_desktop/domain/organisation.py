"""Size of the branch, its committee and its groups: SZ-3, SZ-50, SZ-7, GRP-3, GRP-PROB."""

from __future__ import annotations

from collections.abc import Iterator

from dangjian_desktop.domain.facts import Facts
from dangjian_desktop.domain.findings import Finding, Verdict
from dangjian_desktop.domain.members import MemberKind, PostRole


def few_findings(facts: Facts) -> Iterator[Finding]:
    """SZ-3: at least three formal members."""
    formal = facts.roll(facts.today).formal
    least = int(facts.rules["SZ-3"].values["formal"])
    enough = len(formal) >= least
    verdict = Verdict.OK if enough else facts.rules["SZ-3"].failed
    message = f"正式党员 {len(formal)} 人，{'不少于' if enough else '不足'} {least} 人。"
    if not facts.roll(facts.today).members:
        verdict, message = Verdict.UNKNOWN, "无法判断：党员名册为空。"
    yield facts.finding("SZ-3", verdict, "正式党员人数", message, tuple(m.id for m in formal))


def many_findings(facts: Facts) -> Iterator[Finding]:
    """SZ-50: as a rule at most fifty members."""
    members = facts.roll(facts.today).members
    values = facts.rules["SZ-50"].values
    count, most, near = len(members), int(values["most"]), int(values["near"])
    if count > most:
        verdict, tail = facts.rules["SZ-50"].failed, f"，一般不超过 {most} 人"
    elif count >= near:
        verdict, tail = Verdict.NOTICE, f"，接近一般上限 {most} 人"
    else:
        verdict, tail = Verdict.OK, ""
    yield facts.finding("SZ-50", verdict, "党员人数", f"党员 {count} 人{tail}。")


def committee_size_findings(facts: Facts) -> Iterator[Finding]:
    """SZ-7: seven formal members and more have a committee of three to five, at most seven."""
    roll = facts.roll(facts.today)
    formal, size = len(roll.formal), len(roll.committee)
    values = facts.rules["SZ-7"].values
    records = tuple(m.id for m in roll.committee)
    subject = "支部委员会"
    if not roll.members:
        return
    if formal < int(values["formal"]):
        if roll.has_committee:
            message = f"正式党员 {formal} 人，不足 {values['formal']} 人的党支部一般不设支委会。"
            yield facts.finding("SZ-7", Verdict.NOTICE, subject, message, records)
        return
    if not roll.has_committee:
        message = f"正式党员 {formal} 人，名册中未登记支部委员，请核对党内职务。"
        yield facts.finding("SZ-7", Verdict.UNKNOWN, subject, message, records)
        return
    fits = int(values["least"]) <= size <= int(values["most"])
    verdict = Verdict.OK if fits else Verdict.NOTICE
    message = f"支部委员会 {size} 人（一般 {values['least']} 至 {values['usual']} 人，"
    message += f"不超过 {values['most']} 人）。"
    yield facts.finding("SZ-7", verdict, subject, message, records)


def group_size_findings(facts: Facts) -> Iterator[Finding]:
    """GRP-3 and GRP-PROB: members of a group, and who leads it."""
    roll = facts.roll(facts.today)
    least = int(facts.rules["GRP-3"].values["members"])
    for group in roll.groups:
        members = roll.group_members(group)
        formal = [m for m in members if m.kind_on(facts.today) is MemberKind.FORMAL]
        fits = len(members) >= least and bool(formal)
        verdict = Verdict.OK if fits else facts.rules["GRP-3"].failed
        message = f"{group} {len(members)} 人，其中正式党员 {len(formal)} 人。"
        yield facts.finding("GRP-3", verdict, group, message, tuple(m.id for m in members))


def probationary_leader_findings(facts: Facts) -> Iterator[Finding]:
    """GRP-PROB: a probationary member normally leads no group."""
    roll = facts.roll(facts.today)
    for member in roll.with_role(PostRole.GROUP_LEADER):
        if member.kind_on(facts.today) is MemberKind.PROBATIONARY:
            message = f"{member.name}为预备党员，一般不担任党小组组长。"
            yield facts.finding("GRP-PROB", Verdict.NOTICE, member.name, message, (member.id,))
