"""Quorum and votes: Q-GEN, Q-ADM, Q-REG, Q-BC and the quorum of an election, Q-ELE."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dangjian_desktop.domain.checks.facts import (
    Facts,
    development_basis,
    subject_of,
)
from dangjian_desktop.domain.checks.quorum import Ballot, Test, ballot
from dangjian_desktop.domain.findings import Finding, Verdict
from dangjian_desktop.domain.meetings.meeting import (
    AgendaItem,
    Matter,
    Meeting,
    Vote,
    VoteMethod,
)

COMMITTEE_FROM = 7
"""From so many formal members a branch has a committee."""


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
    """The kind under whose rule this sitting decides; nothing for study and the like.

    A committee that elects its secretary sits as a committee, not as the general meeting.
    """
    decides = [kind.code for kind in facts.kinds.of(meeting.kinds) if kind.decides]
    if "committee_meeting" in meeting.kinds and "general_meeting" not in meeting.kinds:
        return None
    if "election" in decides:
        return "election"
    return decides[0] if decides else None


def rule_for(facts: Facts, meeting: Meeting, item: AgendaItem) -> str | None:
    """Which rule the vote on this item is held against."""
    if deciding_kind(facts, meeting) is not None:
        if item.matter in _RULE_OF:
            return _RULE_OF[item.matter]
        return "Q-ELE" if "election" in meeting.kinds and item.candidates else "Q-GEN"
    if "committee_meeting" in meeting.kinds and committee_known(facts, meeting.date) is not False:
        return "Q-BC"
    return None


def committee_known(facts: Facts, day: date) -> bool | None:
    """Whether the branch has a committee; nothing where it must have one but none is entered.

    With fewer than seven formal members and no committee its rules do not apply
    (《支部工作条例》第二十条).
    """
    if facts.roll(day).has_committee:
        return True
    return None if facts.formal_range(day)[1] >= COMMITTEE_FROM else False


def quorum_findings(facts: Facts, rule: str) -> Iterator[Finding]:
    """Was the sitting quorate: once for each sitting to which the rule applies."""
    for meeting in facts.held():
        matter = _matter_under(facts, meeting, rule)
        if matter is not None:
            yield _quorum(facts, meeting, rule, matter)


def _matter_under(facts: Facts, meeting: Meeting, rule: str) -> Matter | None:
    """A matter of this sitting that stands under the rule, or nothing if none does."""
    for item in meeting.agenda:
        if rule_for(facts, meeting, item) == rule:
            return item.matter
    decides = deciding_kind(facts, meeting)
    if rule == "Q-ELE" and decides == "election":
        return Matter.ELECTION
    if rule == "Q-GEN" and decides == "general_meeting" and not meeting.agenda:
        return Matter.GENERAL
    in_committee = rule == "Q-BC" and "committee_meeting" in meeting.kinds
    if in_committee and committee_known(facts, meeting.date) is not False:
        return Matter.GENERAL
    return None


def _quorum(facts: Facts, meeting: Meeting, rule: str, matter: Matter) -> Finding:
    votes = ballot(facts, meeting, counted_kind(facts, meeting, rule), matter)
    test = _QUORUM[rule]
    verdict = votes.verdict(test)
    equal = rule in ("Q-GEN", "Q-BC") and 2 * votes.present == votes.eligible
    tail = ""
    if verdict is Verdict.OK and votes.depends_on_video(test):
        tail = "；其中视频参会人员计入到会，是否计入请上级明确"
    elif verdict is Verdict.OK and equal:
        tail = "；到会人数恰为半数"
    return facts.finding(
        rule,
        Verdict.NOTICE if tail else verdict,
        f"{subject_of(meeting, facts.kinds)} 到会",
        _quorum_words(rule, votes, verdict, tail),
        (meeting.id, *sorted(votes.count.voters_present)),
        basis_on(facts, rule, meeting),
    )


def _quorum_words(rule: str, votes: Ballot, verdict: Verdict, tail: str) -> str:
    there = "未登记" if votes.no_attendance else str(votes.present)
    counts = f"{_who(rule)} {votes.eligible}，实到 {there}"
    if verdict is Verdict.UNKNOWN:
        return f"无法判断到会人数是否符合规定：{counts}；{votes.reasons_open()}。"
    said = "符合规定" if verdict is Verdict.OK else "未达到规定人数"
    return f"到会人数{said}：{counts}{tail}。"


def _who(rule: str) -> str:
    return {"Q-BC": "应到委员", "Q-ELE": "有选举权应到"}.get(rule, "有表决权应到")


def vote_findings(facts: Facts, rule: str) -> Iterator[Finding]:
    """What the votes reach: once for each item (each candidate) voted on under the rule."""
    if rule == "Q-ELE":
        return
    for meeting in facts.held():
        for number, item in enumerate(meeting.agenda, 1):
            if rule_for(facts, meeting, item) == rule:
                yield from _item_votes(facts, meeting, rule, number)


def _item_votes(facts: Facts, meeting: Meeting, rule: str, number: int) -> Iterator[Finding]:
    item = meeting.agenda[number - 1]
    by_ballot = rule in ("Q-ADM", "Q-REG")
    if item.vote is not None:
        if item.vote.yes is not None or not item.candidates:
            yield _vote(facts, meeting, rule, number, item.vote)
        if by_ballot:
            yield from _secrecy(facts, meeting, rule, number)
    for candidate in item.candidates if by_ballot else ():
        tally = Vote(yes=candidate.yes, written_yes=candidate.written_yes)
        yield _vote(facts, meeting, rule, number, tally, candidate.name)
    if by_ballot and item.vote is None and not item.candidates:
        subject = subject_of(meeting, facts.kinds, number)
        basis = basis_on(facts, rule, meeting)
        message = "无法判断赞成票是否达到规定人数：未见表决记录。"
        yield facts.finding(rule, Verdict.UNKNOWN, subject, message, (meeting.id, item.id), basis)


def _vote(
    facts: Facts, meeting: Meeting, rule: str, number: int, tally: Vote, name: str = ""
) -> Finding:
    item = meeting.agenda[number - 1]
    votes = ballot(facts, meeting, counted_kind(facts, meeting, rule), item.matter)
    verdict, message = _reached(rule, votes, tally)
    if rule == "Q-BC" and verdict is Verdict.VIOLATION:
        verdict = Verdict.NOTICE
    subject = " ".join(filter(None, (subject_of(meeting, facts.kinds, number), name)))
    return facts.finding(
        rule, verdict, subject, message, (meeting.id, item.id), basis_on(facts, rule, meeting)
    )


def _reached(rule: str, votes: Ballot, tally: Vote) -> tuple[Verdict, str]:
    """Verdict and sentence for the ballots in favour, with the opinions that count in them."""
    if tally.yes is None:
        return Verdict.UNKNOWN, "无法判断赞成票是否达到规定人数：未记录赞成票数。"
    written = (tally.written_yes or 0) if rule in ("Q-ADM", "Q-REG") else 0
    yes = tally.yes + written
    verdict = carries(votes, yes)
    counts = f"{_who(rule)} {votes.eligible}，赞成 {yes}"
    counts += f"（含书面意见 {written}）" if written else ""
    if verdict is Verdict.UNKNOWN:
        return verdict, f"无法判断赞成票是否达到规定人数：{counts}；{votes.reasons_open()}。"
    said = "达到" if verdict is Verdict.OK else "未达到"
    entitled = "应到委员" if rule == "Q-BC" else "应到会有表决权党员"
    message = f"赞成票{said}规定人数（超过{entitled}的半数）：{counts}"
    if verdict is Verdict.OK and not more_than_half(votes.eligible, yes - votes.video_voters):
        verdict = Verdict.NOTICE
        message += f"；其中视频参会 {votes.video_voters} 人，其表决是否有效请上级明确"
    return verdict, message + ("。支委会表决规则待核对。" if rule == "Q-BC" else "。")


def counted_kind(facts: Facts, meeting: Meeting, rule: str) -> str:
    """The kind of meeting whose 应到 a rule counts on."""
    if rule == "Q-BC":
        return "committee_meeting"
    return deciding_kind(facts, meeting) or "general_meeting"


def carries(votes: Ballot, yes: int) -> Verdict:
    """Whether so many votes are more than half of those entitled."""
    return votes.verdict(lambda eligible, _present: more_than_half(eligible, yes))


def _secrecy(facts: Facts, meeting: Meeting, rule: str, number: int) -> Iterator[Finding]:
    """Admission and regularisation are voted on by secret ballot (细则第十九条)."""
    vote = meeting.agenda[number - 1].vote
    if vote is None or vote.method is VoteMethod.SECRET_BALLOT:
        return
    subject = f"{subject_of(meeting, facts.kinds, number)} 表决方式"
    basis = basis_on(facts, rule, meeting)
    if vote.method is None:
        message = "无法判断：未记录表决方式，应采取无记名投票。"
        yield facts.finding(rule, Verdict.UNKNOWN, subject, message, (meeting.id,), basis)
        return
    message = f"表决方式为{vote.method.label}，应采取无记名投票。"
    yield facts.finding(rule, Verdict.VIOLATION, subject, message, (meeting.id,), basis)


def basis_on(facts: Facts, rule: str, meeting: Meeting) -> str:
    """Each step is judged by the text in force on its own date."""
    if rule in ("Q-ADM", "Q-REG"):
        return development_basis(facts, rule, meeting.date)
    return facts.rules[rule].source
