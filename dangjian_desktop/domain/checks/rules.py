"""The registry of rules of the 体检: a rule is one entry here and one row in the rule table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from itertools import chain

from dangjian_desktop.domain.checks import (
    ballots,
    cadence,
    candidates,
    conduct,
    elections,
    excluded,
    organisation,
    probation,
    resolutions,
    votes,
    yearly,
)
from dangjian_desktop.domain.checks.facts import Facts
from dangjian_desktop.domain.findings import Finding, Verdict

Check = Callable[[Facts], Iterable[Finding]]


def _quorum_and_votes(rule: str) -> Check:
    def check(facts: Facts) -> Iterator[Finding]:
        yield from votes.quorum_findings(facts, rule)
        yield from votes.vote_findings(facts, rule)

    return check


def _sums(facts: Facts) -> Iterator[Finding]:
    yield from ballots.sums_findings(facts)
    yield from resolutions.all_votes_findings(facts)


CHECKS: Mapping[str, Check] = {
    "Q-GEN": _quorum_and_votes("Q-GEN"),
    "Q-ADM": _quorum_and_votes("Q-ADM"),
    "Q-REG": _quorum_and_votes("Q-REG"),
    "Q-BC": _quorum_and_votes("Q-BC"),
    "Q-ELE": _quorum_and_votes("Q-ELE"),
    "Q-ELE-W": elections.elected_findings,
    "Q-ELE-B": candidates.surplus_findings,
    "Q-TIE": elections.tie_findings,
    "Q-SUM": _sums,
    "CAD-GM": partial(cadence.cadence_findings, rule="CAD-GM"),
    "CAD-BC": partial(cadence.cadence_findings, rule="CAD-BC"),
    "CAD-GR": partial(cadence.cadence_findings, rule="CAD-GR"),
    "CAD-LEC": partial(cadence.cadence_findings, rule="CAD-LEC"),
    "CAD-DAY": cadence.theme_day_findings,
    "CAD-OLM": partial(yearly.yearly_findings, rule="CAD-OLM"),
    "CAD-APP": yearly.appraisal_findings,
    "APP-RATE": conduct.excellent_findings,
    "APP-PROB": conduct.probationary_grade_findings,
    "CAD-CHAIR": conduct.chair_findings,
    "CAD-PRE": conduct.committee_first_findings,
    "CAD-6M": cadence.absence_findings,
    "CAD-32H": yearly.hours_findings,
    "CAD-TERM": cadence.term_findings,
    "DEV-REG": probation.probation_findings,
    "ATT-STATED": conduct.stated_findings,
    "ATT-EXCL": excluded.exclusion_findings,
    "SZ-3": organisation.few_findings,
    "SZ-50": organisation.many_findings,
    "SZ-7": organisation.committee_size_findings,
    "UP": organisation.upgrade_findings,
    "SEC-1Y": organisation.secretary_age_findings,
    "GRP-3": organisation.group_size_findings,
    "GRP-PROB": organisation.probationary_leader_findings,
}


def examine(
    facts: Facts,
    only: str | None = None,
    waivers: Mapping[tuple[str, str], str] | None = None,
) -> tuple[Finding, ...]:
    """All findings as of ``facts.today``, worst first, with the written reasons of the waived.

    A rule that is switched off or that the table lacks says nothing. Raises ``KeyError`` for a rule
    that the program does not know.
    """
    wanted = CHECKS if only is None else {only: CHECKS[only]}
    enabled = [
        check for rule, check in wanted.items() if rule in facts.rules and facts.rules[rule].enabled
    ]
    reasons = waivers or {}
    found = chain.from_iterable(check(facts) for check in enabled)
    return tuple(
        sorted((replace(finding, waiver=reasons.get(finding.key)) for finding in found), key=_order)
    )


def findings_of(findings: Iterable[Finding], record: str) -> tuple[Finding, ...]:
    """Those that speak of one record as their first."""
    return tuple(f for f in findings if f.records[:1] == (record,))


_WORST_FIRST = (Verdict.VIOLATION, Verdict.UNKNOWN, Verdict.NOTICE, Verdict.OK)


def _order(finding: Finding) -> tuple[bool, int]:
    return finding.waiver is not None, _WORST_FIRST.index(finding.verdict)
