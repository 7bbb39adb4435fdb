"""Elections: the votes of those recorded as elected (Q-ELE-W), candidates and tellers (Q-ELE-B)."""

from __future__ import annotations

from collections.abc import Iterator

from dangjian_desktop.domain.checks.facts import Facts, subject_of
from dangjian_desktop.domain.checks.quorum import Ballot, ballot
from dangjian_desktop.domain.checks.votes import (
    carries,
    more_than_half,
    rule_for,
)
from dangjian_desktop.domain.field_values import whole_number
from dangjian_desktop.domain.findings import Finding, Verdict
from dangjian_desktop.domain.meetings.meeting import AgendaItem, Candidate, Matter, Meeting


def elected_findings(facts: Facts) -> Iterator[Finding]:
    """Q-ELE-W: votes of each candidate recorded as elected."""
    for meeting in facts.held():
        for number, item in enumerate(meeting.agenda, 1):
            if rule_for(facts, meeting, item) == "Q-ELE":
                yield from _elected(facts, meeting, number)


def _elected(facts: Facts, meeting: Meeting, number: int) -> Iterator[Finding]:
    item = meeting.agenda[number - 1]
    subject = subject_of(meeting, facts.kinds, number)
    if (gap := _gap(item)) is not None:
        yield facts.finding("Q-ELE-W", Verdict.UNKNOWN, subject, gap, (meeting.id, item.id))
    votes = ballot(facts, meeting, Matter.ELECTION)
    for candidate in item.candidates:
        if candidate.elected:
            verdict, words = _winning(votes, candidate)
            yield facts.finding(
                "Q-ELE-W", verdict, f"{subject} {candidate.name}", words, (meeting.id, item.id)
            )


def _gap(item: AgendaItem) -> str | None:
    """What an election leaves unrecorded; a vote on its rules alone has no candidates."""
    if not item.candidates:
        return None if item.vote is not None else "无法判断：未见候选人得票的记录。"
    if not any(c.elected for c in item.candidates) and any(
        c.elected is None for c in item.candidates
    ):
        return "无法判断：未记录当选人。"
    return None


def _winning(votes: Ballot, candidate: Candidate) -> tuple[Verdict, str]:
    yes = candidate.yes
    if yes is None:
        return Verdict.UNKNOWN, "无法判断：未记录得票数。"
    counts = f"有选举权应到 {votes.eligible}，得赞成票 {yes}"
    verdict = carries(votes, yes)
    if verdict is Verdict.UNKNOWN:
        return verdict, f"无法判断得票是否达到规定人数：{counts}；{votes.reasons_open()}。"
    if verdict is Verdict.VIOLATION:
        if votes.verdict(lambda _eligible, present: 2 * yes > present) is Verdict.VIOLATION:
            return verdict, f"得票未达到规定人数：{counts}。"
        words = f"无法判断：{counts}，超过实到 {votes.present} 的半数，未超过应到的半数，"
        if not more_than_half(votes.present, yes):
            words = f"无法判断：{counts}，未超过应到的半数，{votes.reasons_open()}，"
        return Verdict.UNKNOWN, words + "请核对选举办法。"
    words = f"得票达到规定人数：{counts}"
    if not more_than_half(votes.eligible, yes - votes.video_voters):
        return Verdict.NOTICE, f"{words}；其中视频参会 {votes.video_voters} 人，请上级明确。"
    return verdict, words + "。"


def surplus_findings(facts: Facts) -> Iterator[Finding]:
    """Q-ELE-B: at least a fifth more candidates than seats; no candidate counts the ballots.

    Where the branch has no committee the secretary is elected directly, usually without surplus.
    """
    for meeting in facts.held():
        names = _candidates(facts, meeting)
        if names:
            if facts.committee_on(meeting.date) is not False:
                yield _surplus(facts, meeting, len(names))
            yield from _counting_candidates(facts, meeting, names)


def _candidates(facts: Facts, meeting: Meeting) -> frozenset[str]:
    return frozenset(
        candidate.name
        for item in meeting.agenda
        if item.candidates and rule_for(facts, meeting, item) == "Q-ELE"
        for candidate in item.candidates
    )


def surplus_needed(seats: int, percent: int) -> int:
    """Candidates that so many seats need: 3 → 4, 5 → 6, 7 → 9 at 20 %."""
    return seats - seats * percent // -100


def _surplus(facts: Facts, meeting: Meeting, candidates: int) -> Finding:
    subject = f"{subject_of(meeting, facts.kinds)} 差额"
    seats = whole_number(meeting.details.get("seats"))
    if not seats:
        message = "无法判断：未记录应选名额。"
        return facts.finding("Q-ELE-B", Verdict.UNKNOWN, subject, message, (meeting.id,))
    needed = surplus_needed(seats, int(facts.rules["Q-ELE-B"].values["surplus"]))
    counts = f"应选 {seats} 名，候选人 {candidates} 名，差额后不少于 {needed} 名"
    enough = candidates >= needed
    verdict = Verdict.OK if enough else facts.rules["Q-ELE-B"].failed
    words = f"候选人数{'符合' if enough else '未达到'}差额要求：{counts}。"
    return facts.finding("Q-ELE-B", verdict, subject, words, (meeting.id,))


def _counting_candidates(
    facts: Facts, meeting: Meeting, names: frozenset[str]
) -> Iterator[Finding]:
    counting = {
        name for part in ("scrutineers", "tellers") for name in meeting.details.get(part) or ()
    }
    both = sorted(counting & names)
    if both:
        subject = f"{subject_of(meeting, facts.kinds)} 监票计票"
        message = f"{'、'.join(both)}为候选人，候选人不得担任监票人、计票人。"
        verdict = facts.rules["Q-ELE-B"].failed
        yield facts.finding("Q-ELE-B", verdict, subject, message, (meeting.id,))
