"""TOPIC-1: what is read as 第一议题 comes first (a rule of the unit's own)."""

from __future__ import annotations

from collections.abc import Iterator

from dangjian_desktop.domain.checks.facts import Facts, subject_of
from dangjian_desktop.domain.findings import Finding, Verdict
from dangjian_desktop.domain.meetings.meeting import AgendaItem, Matter, Meeting

RULE = "TOPIC-1"


def first_topics(meeting: Meeting) -> Iterator[tuple[int, AgendaItem]]:
    """The items of a sitting that are marked 第一议题, with their numbers."""
    for number, item in enumerate(meeting.agenda, 1):
        if item.matter is Matter.FIRST_TOPIC:
            yield number, item


def first_topic_findings(facts: Facts) -> Iterator[Finding]:
    """One for each sitting that has such items: those of several stand together at its head."""
    for meeting in facts.own():
        numbers = [number for number, _item in first_topics(meeting)]
        if not numbers:
            continue
        late = [number for place, number in enumerate(numbers, 1) if number != place]
        verdict, words = Verdict.OK, "第一议题排在议程最前。"
        if late:
            verdict = facts.rules[RULE].failed
            words = f"第一议题没有排在最前，是第{'、'.join(map(str, late))}项议题。"
        subject = f"{subject_of(meeting, facts.kinds)} 第一议题"
        yield facts.finding(RULE, verdict, subject, words, (meeting.id,))
