"""Q-SUM of words: 全票 means everybody who was entitled to vote, 一致 that nobody dissented."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dangjian_desktop.domain.checks.facts import Facts, subject_of
from dangjian_desktop.domain.checks.quorum import Ballot, ballot
from dangjian_desktop.domain.checks.votes import rule_for
from dangjian_desktop.domain.findings import Cause, Finding, Judgement, Verdict, unknown, words_of
from dangjian_desktop.domain.meetings.meeting import AgendaItem, Meeting, Vote

ALL_VOTES = re.compile(r"全票(通过|赞成|同意)")
AS_ONE = re.compile(r"(?<!不)一致(通过|赞成|同意)")
WRITTEN_RULES = ("Q-ADM", "Q-REG")
"""Where opinions handed in beforehand count as votes."""


def in_favour(facts: Facts, meeting: Meeting, item: AgendaItem) -> int | None:
    """Everybody in favour; written opinions count where the rule of the matter counts them."""
    vote = item.vote
    if vote is None or vote.yes is None:
        return None
    counted = rule_for(facts, meeting, item) in WRITTEN_RULES
    return vote.yes + (vote.written_yes or 0) if counted else vote.yes


def says_all(item: AgendaItem) -> bool:
    """Whether the item's own words say that every vote was in favour."""
    return any(ALL_VOTES.search(text) for text in (item.resolution or "", *item.content))


def all_votes_findings(facts: Facts) -> Iterator[Finding]:
    """Where the words say 全票 or 一致 and the recorded count is another."""
    for meeting in facts.own():
        for number in range(1, len(meeting.agenda) + 1):
            yield from all_votes_of(facts, meeting, number)


def all_votes_of(facts: Facts, meeting: Meeting, number: int) -> Iterator[Finding]:
    """The same of the n-th item."""
    item = meeting.agenda[number - 1]
    if item.candidates:
        return
    if says_all(item):
        of_committee = rule_for(facts, meeting, item) == "Q-BC"
        votes = ballot(facts, meeting, item.matter, of_committee=of_committee)
        yes = in_favour(facts, meeting, item)
        judgement = _judged(votes, item.vote, yes, f"agenda.{number - 1}.vote")
        subject = f"{subject_of(meeting, facts.kinds, number)} 全票"
        yield facts.judged("Q-SUM", judgement, subject, (meeting.id, item.id))
    elif AS_ONE.search(item.resolution or "") and (dissent := _dissent(item.vote)):
        judgement = Judgement(Verdict.NOTICE, f"写有一致，与记录的票数不一致：{dissent}。")
        subject = f"{subject_of(meeting, facts.kinds, number)} 一致"
        yield facts.judged("Q-SUM", judgement, subject, (meeting.id, item.id))


def _dissent(vote: Vote | None) -> str:
    """What was recorded against, as 反对 1，弃权 2; blank where nothing was."""
    if vote is None:
        return ""
    counts = (
        ("反对", (vote.no or 0) + (vote.written_no or 0)),
        ("弃权", (vote.abstain or 0) + (vote.written_abstain or 0)),
    )
    return "，".join(f"{word} {number}" for word, number in counts if number)


def _judged(votes: Ballot, vote: Vote | None, yes: int | None, place: str) -> Judgement:
    if vote is None or yes is None:
        words = "未记录赞成票数"
        return unknown(f"无法判断：写有全票，{words}。", Cause(words, "meeting", place))

    def everybody(eligible: int, _present: int) -> bool:
        return yes >= eligible

    verdict = votes.verdict(everybody)
    counts = f"应到 {votes.eligible}，赞成 {yes}"
    if verdict is Verdict.UNKNOWN:
        causes = votes.reasons(everybody)
        return unknown(f"无法判断写有的全票是否属实：{counts}；{words_of(causes)}。", *causes)
    if verdict is Verdict.OK and not vote.no and not vote.abstain:
        return Judgement(verdict, f"写有全票，与票数一致：{counts}。")
    return Judgement(Verdict.NOTICE, f"写有全票，与记录的票数不一致：{counts}。")
