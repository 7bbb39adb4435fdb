"""Q-ELE-B: more candidates than seats; no candidate counts the ballots."""

from __future__ import annotations

from collections.abc import Iterator

from dangjian_desktop.domain.checks.elections import judged_rounds
from dangjian_desktop.domain.checks.facts import Facts, subject_of
from dangjian_desktop.domain.checks.votes import rule_for
from dangjian_desktop.domain.findings import Cause, Finding, Judgement, Verdict, unknown
from dangjian_desktop.domain.meetings.election import Round
from dangjian_desktop.domain.meetings.meeting import Meeting


def surplus_findings(facts: Facts) -> Iterator[Finding]:
    """At least a fifth more candidates than seats; no candidate counts the ballots.

    A secretary is usually elected without surplus: by the committee, and where the branch has
    none directly.
    """
    for meeting in facts.own():
        found = [j.round for j in judged_rounds(facts, meeting) if j.round.item.candidates]
        general = [r for r in found if rule_for(facts, meeting, r.item) == "Q-ELE"]
        first = [r for r in general if r.before is None and not _of_secretary(r)]
        if facts.committee_on(meeting.date) is not False:
            for ballot in first:
                number = ballot.number if len(first) > 1 else None
                subject = f"{subject_of(meeting, facts.kinds, number)} 差额"
                yield facts.judged("Q-ELE-B", _surplus(facts, ballot), subject, (meeting.id,))
        names = frozenset(c.name for ballot in found for c in ballot.item.candidates)
        yield from _counting_candidates(facts, meeting, names)


def _of_secretary(ballot: Round) -> bool:
    return "书记" in ballot.item.topic and "委员" not in ballot.item.topic.replace("委员会", "")


def surplus_needed(seats: int, percent: int) -> int:
    """Candidates that so many seats need: 3 → 4, 5 → 6, 7 → 9 at 20 %."""
    return seats - seats * percent // -100


def _surplus(facts: Facts, ballot: Round) -> Judgement:
    seats, candidates = ballot.seats, len(ballot.item.candidates)
    if not seats:
        place = f"agenda.{ballot.number - 1}.seats"
        missing = Cause("未记录应选名额", "meeting", place)
        return unknown("无法判断候选人差额是否达到要求：未记录应选名额。", missing)
    rule = facts.rules["Q-ELE-B"]
    needed = surplus_needed(seats, int(rule.values["surplus"]))
    counts = f"应选 {seats} 名，候选人 {candidates} 名，差额后不少于 {needed} 名"
    enough = candidates >= needed
    words = f"候选人数{'符合' if enough else '未达到'}差额要求：{counts}。"
    return Judgement(Verdict.OK if enough else rule.failed, words)


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
