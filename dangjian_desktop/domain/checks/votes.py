"""Quorum and votes: Q-GEN, Q-ADM, Q-REG, Q-BC and the quorum of an election, Q-ELE."""

from __future__ import annotations

from collections.abc import Iterator

from dangjian_desktop.domain.checks.facts import Facts, subject_of
from dangjian_desktop.domain.checks.quorum import Ballot, Test, ballot
from dangjian_desktop.domain.findings import Cause, Finding, Judgement, Verdict, unknown, words_of
from dangjian_desktop.domain.meetings.called import committee_sits, deciding_kind
from dangjian_desktop.domain.meetings.meeting import (
    AgendaItem,
    Matter,
    Meeting,
    Vote,
    VoteMethod,
)


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
_BESIDE = {
    "Q-BC": "。支委会表决规则待核对",
    "Q-ADM": "；只核对票数，入党手续未核对",
    "Q-REG": "；只核对票数，转正手续未核对",
}
"""What the line on a vote adds: what was not looked at."""
_QUORUM: dict[str, Test] = {
    "Q-GEN": at_least_half,
    "Q-ADM": more_than_half,
    "Q-REG": more_than_half,
    "Q-ELE": four_fifths,
    "Q-BC": at_least_half,
}


def rule_for(facts: Facts, meeting: Meeting, item: AgendaItem) -> str | None:
    """Which rule the vote on this item is held against."""
    return _rules_of(facts, meeting).of(item)


def _rules_of(facts: Facts, meeting: Meeting) -> _Rules:
    return facts.once("rules", meeting, lambda: _Rules(facts, meeting))


def _ruled(facts: Facts) -> tuple[tuple[Meeting, _Rules], ...]:
    return facts.ever(
        "rules", lambda: tuple((meeting, _rules_of(facts, meeting)) for meeting in facts.own())
    )


class _Rules:
    """Which rule each vote of one sitting stands under; of each rule, a matter and its items."""

    def __init__(self, facts: Facts, meeting: Meeting) -> None:
        own = facts.kinds.of(meeting.kinds)
        self._decides = deciding_kind(own)
        self._committee = committee_sits(own) and facts.committee_on(meeting.date) is not False
        self.matters: dict[str, Matter] = {}
        self.items: dict[str, list[int]] = {}
        for number, item in enumerate(meeting.agenda, 1):
            if rule := self.of(item):
                self.matters.setdefault(rule, item.matter)
                self.items.setdefault(rule, []).append(number)
        if self._decides is not None and self._decides.elects:
            self.matters.setdefault("Q-ELE", Matter.ELECTION)
        elif self._decides is not None and not meeting.agenda:
            self.matters.setdefault("Q-GEN", Matter.GENERAL)
        if self._committee:
            self.matters.setdefault("Q-BC", Matter.GENERAL)

    def of(self, item: AgendaItem) -> str | None:
        """The rule that the vote on this item is held against."""
        if self._decides is None:
            return "Q-BC" if self._committee else None
        if item.matter in _RULE_OF:
            return _RULE_OF[item.matter]
        elects = self._decides.elects and item.candidates
        return "Q-ELE" if elects else self._decides.votes_under


def quorum_findings(facts: Facts, rule: str) -> Iterator[Finding]:
    """Was the sitting quorate: once for each sitting to which the rule applies."""
    for meeting, rules in _ruled(facts):
        matter = rules.matters.get(rule)
        if matter is not None:
            yield quorum_finding(facts, meeting, rule, matter)


def quorum_finding(facts: Facts, meeting: Meeting, rule: str, matter: Matter) -> Finding:
    """Whether enough were there for a vote under the rule."""
    votes = ballot(facts, meeting, matter, of_committee=rule == "Q-BC")
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
        facts.rules[rule].source_on(meeting.date),
        votes.reasons(test) if verdict is Verdict.UNKNOWN else (),
    )


def _quorum_words(rule: str, votes: Ballot, verdict: Verdict, tail: str) -> str:
    there = "未登记" if votes.no_attendance else str(votes.present)
    counts = f"{_who(rule)} {votes.eligible}，实到 {there}"
    if verdict is Verdict.UNKNOWN:
        why = words_of(votes.reasons(_QUORUM[rule]))
        return f"无法判断到会人数是否符合规定：{counts}；{why}。"
    said = "符合规定" if verdict is Verdict.OK else "未达到规定人数"
    return f"到会人数{said}：{counts}{tail}。"


def _who(rule: str) -> str:
    return {"Q-BC": "应到委员", "Q-ELE": "有选举权应到"}.get(rule, "有表决权应到")


def vote_findings(facts: Facts, rule: str) -> Iterator[Finding]:
    """What the votes reach: once for each item (each candidate) voted on under the rule."""
    if rule == "Q-ELE":
        return
    for meeting, rules in _ruled(facts):
        for number in rules.items.get(rule, ()):
            yield from item_findings(facts, meeting, rule, number)


def item_findings(facts: Facts, meeting: Meeting, rule: str, number: int) -> Iterator[Finding]:
    """What the vote on one item reaches, and whether it was taken in the manner ordered."""
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
        basis = facts.rules[rule].source_on(meeting.date)
        missing = Cause("未见表决记录", "meeting", f"agenda.{number - 1}.vote")
        judgement = unknown("无法判断赞成票是否达到规定人数：未见表决记录。", missing)
        yield facts.judged(rule, judgement, subject, (meeting.id, item.id), basis)


def _vote(
    facts: Facts, meeting: Meeting, rule: str, number: int, tally: Vote, name: str = ""
) -> Finding:
    item = meeting.agenda[number - 1]
    votes = ballot(facts, meeting, item.matter, of_committee=rule == "Q-BC")
    place = f"agenda.{number - 1}.{'candidates' if name else 'vote.yes'}"
    judgement = _reached(rule, votes, tally, place)
    subject = " ".join(filter(None, (subject_of(meeting, facts.kinds, number), name)))
    basis = facts.rules[rule].source_on(meeting.date)
    return facts.judged(rule, judgement, subject, (meeting.id, item.id), basis)


def _reached(rule: str, votes: Ballot, tally: Vote, place: str) -> Judgement:
    """Verdict and sentence for the ballots in favour, with the opinions that count in them."""
    if tally.yes is None:
        missing = Cause("未记录赞成票数", "meeting", place)
        return unknown("无法判断赞成票是否达到规定人数：未记录赞成票数。", missing)
    written = (tally.written_yes or 0) if rule in ("Q-ADM", "Q-REG") else 0
    yes = tally.yes + written
    counts = f"{_who(rule)} {votes.eligible}，赞成 {yes}"
    counts += f"（含书面意见 {written}）" if written else ""
    if too_many := more_than_there(votes, tally.yes, written):
        cause = Cause(too_many, "meeting", place)
        return unknown(f"无法判断赞成票是否达到规定人数：{counts}；{too_many}。", cause)
    verdict = carries(votes, yes)
    if verdict is Verdict.UNKNOWN:
        causes = votes.reasons(carried(yes))
        return unknown(f"无法判断赞成票是否达到规定人数：{counts}；{words_of(causes)}。", *causes)
    said = "达到" if verdict is Verdict.OK else "未达到"
    entitled = "应到委员" if rule == "Q-BC" else "应到会有表决权党员"
    message = f"赞成票{said}规定人数（超过{entitled}的半数）：{counts}"
    if verdict is Verdict.OK and not more_than_half(votes.eligible, yes - votes.video_voters):
        verdict = Verdict.NOTICE
        message += f"；其中视频参会 {votes.video_voters} 人，其表决是否有效请上级明确"
    if rule == "Q-BC" and verdict is Verdict.VIOLATION:
        verdict = Verdict.NOTICE
    return Judgement(verdict, f"{message}{_BESIDE.get(rule, '')}。")


def more_than_there(votes: Ballot, yes: int, written: int = 0) -> str:
    """A sentence where more are recorded in favour than were there, or were called; else blank."""
    eligible = max(e for e, _ in votes.possibilities)
    present = eligible if votes.no_attendance else max(p for _, p in votes.possibilities)
    if yes > present:
        return f"赞成{yes}，多于{'应' if votes.no_attendance else '实'}到有表决权的{present}人"
    return (
        f"赞成{yes + written}，多于应到有表决权的{eligible}人" if yes + written > eligible else ""
    )


def carries(votes: Ballot, yes: int) -> Verdict:
    """Whether so many votes are more than half of those entitled."""
    return votes.verdict(carried(yes))


def carried(yes: int) -> Test:
    """The test whether so many votes are more than half of those entitled."""
    return lambda eligible, _present: more_than_half(eligible, yes)


def _secrecy(facts: Facts, meeting: Meeting, rule: str, number: int) -> Iterator[Finding]:
    """Admission and regularisation are voted on by secret ballot (细则第十九条)."""
    vote = meeting.agenda[number - 1].vote
    if vote is None or vote.method is VoteMethod.SECRET_BALLOT:
        return
    subject = f"{subject_of(meeting, facts.kinds, number)} 表决方式"
    basis = facts.rules[rule].source_on(meeting.date)
    if vote.method is None:
        missing = Cause("未记录表决方式", "meeting", f"agenda.{number - 1}.vote.method")
        judgement = unknown("无法判断：未记录表决方式，应采取无记名投票。", missing)
        yield facts.judged(rule, judgement, subject, (meeting.id,), basis)
        return
    message = f"表决方式为{vote.method.label}，应采取无记名投票。"
    yield facts.finding(rule, Verdict.VIOLATION, subject, message, (meeting.id,), basis)
