"""Quorum and votes: Q-GEN, Q-ADM, Q-REG, Q-BC, Q-ELE and the winning votes of an election."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from math import ceil

from dangjian_desktop.domain.facts import Facts, subject_of
from dangjian_desktop.domain.findings import Finding, Verdict
from dangjian_desktop.domain.meetings import (
    AgendaItem,
    Matter,
    Meeting,
    VoteMethod,
)
from dangjian_desktop.domain.quorum import Ballot, Test, ballot

OLD_RULES_BASIS = "《中国共产党发展党员工作细则》（2014年，条款待核对）"
NEW_RULES_SINCE = date(2026, 5, 11)


def at_least_half(eligible: int, present: int) -> bool:
    """半数以上: half is enough (《支部工作条例》第十一条、第十二条)."""
    return eligible > 0 and 2 * present >= eligible


def more_than_half(eligible: int, count: int) -> bool:
    """超过半数: half is not enough."""
    return eligible > 0 and 2 * count > eligible


def four_fifths(eligible: int, present: int) -> bool:
    """不少于五分之四 (《基层组织选举工作条例》)."""
    return eligible > 0 and 5 * present >= 4 * eligible


_RULE_OF: dict[Matter, str] = {
    Matter.ADMISSION: "Q-ADM",
    Matter.REGULARISATION: "Q-REG",
    Matter.EXTENSION: "Q-REG",
    Matter.DISQUALIFICATION: "Q-REG",
    Matter.ELECTION: "Q-ELE",
}
_QUORUM: dict[str, Test] = {
    "Q-GEN": at_least_half,
    "Q-ADM": more_than_half,
    "Q-REG": more_than_half,
    "Q-ELE": four_fifths,
    "Q-BC": at_least_half,
}


def deciding_kind(facts: Facts, meeting: Meeting) -> str | None:
    """The kind under whose rule this sitting decides; nothing for study and the like."""
    decides = [kind.code for kind in facts.kinds.of(meeting.kinds) if kind.decides]
    if "election" in decides:
        return "election"
    return decides[0] if decides else None


def rule_for(facts: Facts, meeting: Meeting, item: AgendaItem) -> str | None:
    """Which rule the vote on this item is held against."""
    if deciding_kind(facts, meeting) is not None:
        voted = item.vote is not None or item.candidates
        if item.matter in _RULE_OF:
            return _RULE_OF[item.matter]
        return "Q-ELE" if "election" in meeting.kinds and voted and item.candidates else "Q-GEN"
    return "Q-BC" if "committee_meeting" in meeting.kinds else None


def quorum_findings(facts: Facts, rule: str) -> Iterator[Finding]:
    """Was the sitting quorate: once for each sitting to which the rule applies."""
    for meeting in facts.held():
        matters = _matters_under(facts, meeting, rule)
        if matters is not None:
            yield _quorum(facts, meeting, rule, matters)


def _matters_under(facts: Facts, meeting: Meeting, rule: str) -> Matter | None:
    """A matter of this sitting that stands under the rule, or nothing if none does."""
    for item in meeting.agenda:
        if rule_for(facts, meeting, item) == rule:
            return item.matter
    if rule == "Q-GEN" and "general_meeting" in meeting.kinds and not meeting.agenda:
        return Matter.GENERAL
    if rule == "Q-BC" and "committee_meeting" in meeting.kinds:
        return Matter.GENERAL
    return None


def _quorum(facts: Facts, meeting: Meeting, rule: str, matter: Matter) -> Finding:
    votes = ballot(facts, meeting, _counted_kind(facts, meeting, rule), matter)
    test = _QUORUM[rule]
    verdict = votes.verdict(test)
    subject = f"{subject_of(meeting, facts.kinds)} 到会"
    return facts.finding(
        rule,
        _noticed(verdict, votes, test, decisive=_equal(rule, votes.eligible, votes.present)),
        subject,
        _quorum_words(rule, votes, verdict, test),
        (meeting.id, *sorted(votes.count.voters_present)),
        _basis(facts, rule, meeting),
    )


def _counted_kind(facts: Facts, meeting: Meeting, rule: str) -> str:
    if rule == "Q-BC":
        return "committee_meeting"
    return deciding_kind(facts, meeting) or "general_meeting"


def _equal(rule: str, eligible: int, present: int) -> bool:
    """Whether exactly half decides, which a notice says."""
    return rule in ("Q-GEN", "Q-BC") and 2 * present == eligible


def _noticed(verdict: Verdict, votes: Ballot, test: Test, *, decisive: bool) -> Verdict:
    if verdict is Verdict.OK and (decisive or votes.depends_on_video(test)):
        return Verdict.NOTICE
    return verdict


def _quorum_words(rule: str, votes: Ballot, verdict: Verdict, test: Test) -> str:
    who = "应到委员" if rule == "Q-BC" else "有表决权应到"
    counts = f"{who} {votes.eligible}，实到 {votes.present}"
    if verdict is Verdict.UNKNOWN:
        return f"无法判断到会人数是否符合规定：{counts}；{votes.reasons_open()}。"
    said = "符合规定" if verdict is Verdict.OK else "未达到规定人数"
    tail = ""
    if verdict is Verdict.OK and votes.depends_on_video(test):
        tail = "；其中视频参会人员计入到会，是否计入请上级明确"
    elif verdict is Verdict.OK and _equal(rule, votes.eligible, votes.present):
        tail = "；到会人数恰为半数"
    return f"到会人数{said}：{counts}{tail}。"


def vote_findings(facts: Facts, rule: str) -> Iterator[Finding]:
    """What the votes reach: once for each item that was voted on under the rule."""
    for meeting in facts.held():
        for number, item in enumerate(meeting.agenda, 1):
            if item.vote is None or rule_for(facts, meeting, item) != rule:
                continue
            if rule != "Q-ELE":
                yield _vote(facts, meeting, rule, number)
            if rule in ("Q-ADM", "Q-REG"):
                yield from _secrecy(facts, meeting, rule, number)


def _vote(facts: Facts, meeting: Meeting, rule: str, number: int) -> Finding:
    item = meeting.agenda[number - 1]
    votes = ballot(facts, meeting, _counted_kind(facts, meeting, rule), item.matter)
    verdict, yes = _vote_verdict(item, rule, votes)
    if rule == "Q-BC" and verdict is Verdict.VIOLATION:
        verdict = Verdict.NOTICE
    who = "应到委员" if rule == "Q-BC" else "有表决权应到"
    if yes is None:
        message = "无法判断赞成票是否达到规定人数：未记录赞成票数。"
    elif verdict is Verdict.UNKNOWN:
        counts = f"{who} {votes.eligible}，赞成 {yes}"
        message = f"无法判断赞成票是否达到规定人数：{counts}；{votes.reasons_open()}。"
    else:
        said = "达到" if verdict is Verdict.OK else "未达到"
        message = f"赞成票{said}规定人数（超过应到会有表决权人数的半数）："
        message += f"{who} {votes.eligible}，赞成 {yes}。"
        if rule == "Q-BC":
            message += "支委会表决规则待核对。"
    subject = subject_of(meeting, facts.kinds, number)
    return facts.finding(
        rule, verdict, subject, message, (meeting.id, item.id), _basis(facts, rule, meeting)
    )


def _vote_verdict(item: AgendaItem, rule: str, votes: Ballot) -> tuple[Verdict, int | None]:
    if item.vote is None or item.vote.yes is None:
        return Verdict.UNKNOWN, None
    yes = item.vote.yes
    if rule in ("Q-ADM", "Q-REG"):
        yes += item.vote.written_yes or 0
    return _carries(votes, yes), yes


def _carries(votes: Ballot, yes: int) -> Verdict:
    """Whether so many votes are more than half of those entitled."""
    return votes.verdict(lambda eligible, _present: more_than_half(eligible, yes))


def _secrecy(facts: Facts, meeting: Meeting, rule: str, number: int) -> Iterator[Finding]:
    """Admission and regularisation are voted on by secret ballot (细则第十九条)."""
    vote = meeting.agenda[number - 1].vote
    if vote is None or vote.method is VoteMethod.SECRET_BALLOT:
        return
    subject = f"{subject_of(meeting, facts.kinds, number)} 表决方式"
    basis = _basis(facts, rule, meeting)
    if vote.method is None:
        message = "无法判断：未记录表决方式，应采取无记名投票。"
        yield facts.finding(rule, Verdict.UNKNOWN, subject, message, (meeting.id,), basis)
        return
    message = f"表决方式为{vote.method.label}，应采取无记名投票。"
    yield facts.finding(rule, Verdict.VIOLATION, subject, message, (meeting.id,), basis)


def _basis(facts: Facts, rule: str, meeting: Meeting) -> str:
    """Each step is judged by the text in force on its own date."""
    if rule in ("Q-ADM", "Q-REG") and meeting.date < NEW_RULES_SINCE:
        return OLD_RULES_BASIS
    return facts.rules[rule].source


def elected_findings(facts: Facts) -> Iterator[Finding]:
    """Q-ELE-W: votes of each candidate recorded as elected."""
    for meeting in facts.held():
        for number, item in enumerate(meeting.agenda, 1):
            if rule_for(facts, meeting, item) == "Q-ELE":
                yield from _elected(facts, meeting, number)


def _elected(facts: Facts, meeting: Meeting, number: int) -> Iterator[Finding]:
    item = meeting.agenda[number - 1]
    votes = ballot(facts, meeting, _counted_kind(facts, meeting, "Q-ELE"), Matter.ELECTION)
    for candidate in item.candidates:
        if not candidate.elected:
            continue
        subject = f"{subject_of(meeting, facts.kinds, number)} {candidate.name}"
        yes = candidate.yes
        if yes is None:
            verdict, words = Verdict.UNKNOWN, "无法判断：未记录得票数。"
        elif _carries(votes, yes) is Verdict.OK:
            verdict = Verdict.OK
            words = f"得票达到规定人数：有选举权应到 {votes.eligible}，得赞成票 {yes}。"
        elif more_than_half(votes.present, yes):
            verdict = Verdict.UNKNOWN
            words = f"无法判断：得赞成票 {yes}，超过实到 {votes.present} 的半数，"
            words += f"未超过应到 {votes.eligible} 的半数，请核对选举办法。"
        else:
            verdict = Verdict.VIOLATION
            words = f"得票未达到规定人数：有选举权应到 {votes.eligible}，得赞成票 {yes}。"
        yield facts.finding("Q-ELE-W", verdict, subject, words, (meeting.id, item.id))


def surplus_findings(facts: Facts) -> Iterator[Finding]:
    """Q-ELE-B: at least a fifth more candidates than seats for the committee."""
    for meeting in facts.held("election"):
        seats = meeting.details.get("seats")
        names = {c.name for item in meeting.agenda for c in item.candidates}
        subject = f"{subject_of(meeting, facts.kinds)} 差额"
        if not names:
            continue
        if seats is None:
            message = "无法判断：未记录应选名额。"
            yield facts.finding("Q-ELE-B", Verdict.UNKNOWN, subject, message, (meeting.id,))
            continue
        needed = int(seats) + ceil(int(seats) * facts.rules["Q-ELE-B"].values["surplus"] / 100)
        counts = f"应选 {seats} 名，候选人 {len(names)} 名，差额后不少于 {needed} 名"
        enough = len(names) >= needed
        verdict = Verdict.OK if enough else facts.rules["Q-ELE-B"].failed
        words = f"候选人数{'符合' if enough else '未达到'}差额要求：{counts}。"
        yield facts.finding("Q-ELE-B", verdict, subject, words, (meeting.id,))
