"""Where what a finding tells of is settled, and the verb on the button that leads there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dangjian_desktop.domain.checks.talk_moments import MOMENTS
from dangjian_desktop.domain.checks.talking import RULE as TALKS
from dangjian_desktop.domain.findings import Finding
from dangjian_desktop.domain.talks.record import HEART_TALK
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.services.desk import Desk

ROSTER = "roster"
COVERAGE = "coverage"
"""The door on the page of talks that shows who lacks one."""


@dataclass(frozen=True, slots=True)
class Lead:
    """``uid`` is what the place knows it by; it may be empty."""

    place: str
    uid: str
    verb: str


def leads(desk: Desk, findings: Sequence[Finding]) -> tuple[Lead, ...]:
    """For each of these in order; every one leads somewhere. Reads no minutes."""
    firsts = [uid for finding in findings for uid in finding.records[:1]]
    asked = desk.first_page
    known = dict.fromkeys(asked.heads(firsts), "meetings")
    known |= dict.fromkeys(asked.projects(firsts), "projects")
    targets = asked.ledger_rows([uid for uid in firsts if uid not in known])
    known |= dict.fromkeys(targets, "ledgers")
    return tuple(
        next(_ways(f, known.get(uid, ROSTER), targets.get(uid, uid)))
        for f in findings
        for uid in [next(iter(f.records), "")]
    )


def _ways(finding: Finding, place: str, uid: str) -> Iterator[Lead]:
    """The best first: what is missing, the sitting that is owed, the record."""
    if finding.rule == TALKS and finding.span is not None:
        yield Lead(HEART_TALK.code, f"{COVERAGE}/{finding.span[0].year}", "查看")
    if finding.rule in MOMENTS and finding.owed is not None:
        yield Lead(HEART_TALK.code, f"new/{'/'.join(finding.owed)}", "记录谈话")
    people = {person for cause in finding.causes for person in cause.people}
    subjects = {cause.subject for cause in finding.causes}
    if subjects == {"member"}:
        yield Lead(ROSTER, people.pop() if len(people) == 1 else "", "去核对")
    if "meeting" in subjects and uid:
        yield Lead(place, f"edit/{uid}", "去填写")
    if finding.owed is not None:
        kind, group = finding.owed
        year = finding.span[0].year if finding.span else ""
        yield Lead("meetings", f"new/{kind}/{year}/{group}", "补录" if finding.late else "安排")
    if uid:
        yield Lead(place, uid, "查看")
    yield (
        Lead("settings", "branch", "去核对") if _of_branch(finding) else Lead(ROSTER, "", "去核对")
    )


def _of_branch(finding: Finding) -> bool:
    """Whether it is about the branch itself, not about its members."""
    return finding.rule == "CAD-TERM"
