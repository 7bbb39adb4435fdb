"""ATT-EXCL: whether those who are not counted in 应到 may be left out."""

from __future__ import annotations

from collections.abc import Iterator

from dangjian_desktop.domain.checks.facts import Facts, subject_of
from dangjian_desktop.domain.findings import Cause, Finding, Judgement, Verdict, unknown
from dangjian_desktop.domain.meetings.exclusions import exclusion_state, may_exclude
from dangjian_desktop.domain.meetings.meeting import Exclusion, Meeting


def exclusion_findings(facts: Facts) -> Iterator[Finding]:
    """One for each excluded voter: in order, refuted by what is recorded, or a fact is missing."""
    for meeting in facts.own():
        yield from exclusions_of(facts, meeting)


def exclusions_of(facts: Facts, meeting: Meeting) -> Iterator[Finding]:
    """The same of one sitting."""
    voters = {m.id for m in facts.roll(meeting.date).voters}
    for place, exclusion in enumerate(meeting.excluded):
        member = exclusion.person.member_id
        if member in voters:
            judgement = _judged(facts, meeting, exclusion, place)
            subject = f"{subject_of(meeting, facts.kinds)} 不计入应到 {exclusion.person.name}"
            yield facts.judged("ATT-EXCL", judgement, subject, (meeting.id, str(member)))


def _judged(facts: Facts, meeting: Meeting, exclusion: Exclusion, place: int) -> Judgement:
    name = exclusion.person.name
    allowed = may_exclude(meeting, facts.kinds.of(meeting.kinds))
    state = exclusion_state(exclusion, meeting, allowed=allowed)
    if state is None:
        return Judgement(Verdict.OK, f"{name}不计入应到，原因、上级同意和党员大会通过均有记录。")
    if state.refuted:
        words = f"{name}不计入应到不成立：{state.words}，仍计入应到。"
        return Judgement(facts.rules["ATT-EXCL"].failed, words)
    cause = Cause(state.words, "meeting", f"excluded.{place}.{state.field}")
    return unknown(f"无法判断{name}能否不计入应到：{state.words}。", cause)
