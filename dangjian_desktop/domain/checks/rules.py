"""The registry of rules of the 体检: a rule is one entry here and one row in the rule table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from dangjian_desktop.domain.checks import (
    appraisal_sheets,
    ballots,
    cadence,
    candidates,
    conduct,
    elections,
    excluded,
    first_topic,
    organisation,
    probation,
    resolutions,
    standing,
    talk_moments,
    talking,
    votes,
    yearly,
)
from dangjian_desktop.domain.checks.facts import Facts
from dangjian_desktop.domain.findings import Finding, Verdict
from dangjian_desktop.frozen import dataclass

Check = Callable[[Facts], Iterable[Finding]]


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that a rule looks at. ``yearly``: the sittings and periods of one calendar year
    after the other; else the present day, to which sittings of any year may matter."""

    check: Check
    yearly: bool = True


def _each(*checks: Check) -> tuple[Part, ...]:
    return tuple(Part(check) for check in checks)


def _ever(*checks: Check) -> tuple[Part, ...]:
    return tuple(Part(check, yearly=False) for check in checks)


def _quorum_and_votes(rule: str) -> tuple[Part, ...]:
    return _each(partial(votes.quorum_findings, rule=rule), partial(votes.vote_findings, rule=rule))


def _cadence(rule: str) -> tuple[Part, ...]:
    return _each(partial(cadence.cadence_findings, rule=rule))


def _once_a_year(rule: str) -> tuple[Part, ...]:
    return _ever(partial(yearly.yearly_findings, rule=rule))


CHECKS: Mapping[str, tuple[Part, ...]] = {
    "Q-GEN": _quorum_and_votes("Q-GEN"),
    "Q-ADM": _quorum_and_votes("Q-ADM"),
    "Q-REG": _quorum_and_votes("Q-REG"),
    "Q-BC": _quorum_and_votes("Q-BC"),
    "Q-ELE": _quorum_and_votes("Q-ELE"),
    "Q-ELE-W": _each(elections.elected_findings),
    "Q-ELE-B": _each(candidates.surplus_findings),
    "Q-TIE": _each(elections.tie_findings),
    "Q-SUM": _each(
        ballots.sums_findings,
        resolutions.all_votes_findings,
        appraisal_sheets.appraisal_sheet_findings,
    ),
    "CAD-GM": _cadence("CAD-GM"),
    "CAD-BC": _cadence("CAD-BC"),
    "CAD-GR": _cadence("CAD-GR"),
    "CAD-LEC": _cadence("CAD-LEC"),
    "CAD-DAY": (*_cadence("CAD-DAY"), *_each(cadence.fixed_day_findings)),
    "CAD-OLM": _once_a_year("CAD-OLM"),
    "CAD-APP": (*_once_a_year("CAD-APP"), *_each(yearly.steps_findings)),
    "APP-RATE": _each(conduct.excellent_findings),
    "APP-PROB": _each(conduct.probationary_grade_findings),
    "CAD-CHAIR": _each(conduct.chair_findings),
    "CAD-TALK": _each(talking.talk_findings),
    **{
        rule: (Part(check, yearly=rule in talk_moments.OF_SITTINGS),)
        for rule, check in talk_moments.CHECKED.items()
    },
    "TOPIC-1": _each(first_topic.first_topic_findings),
    "DUTY-H": _ever(standing.standing_findings),
    "CAD-PRE": _each(conduct.committee_first_findings),
    "CAD-6M": _ever(cadence.absence_findings),
    "CAD-32H": _each(yearly.hours_findings),
    "CAD-TERM": _ever(cadence.term_findings),
    "DEV-REG": (*_each(probation.sitting_findings), *_ever(probation.run_out_findings)),
    "ATT-STATED": _each(conduct.stated_findings),
    "ATT-EXCL": _each(excluded.exclusion_findings),
    "SZ-3": _ever(organisation.few_findings),
    "SZ-50": _ever(organisation.many_findings),
    "SZ-7": _ever(organisation.committee_size_findings),
    "UP": _ever(organisation.upgrade_findings),
    "SEC-1Y": _ever(organisation.secretary_age_findings),
    "GRP-3": _ever(organisation.group_size_findings),
    "GRP-PROB": _ever(organisation.probationary_leader_findings),
}
YEARLY_DUTIES = ("CAD-OLM", "CAD-APP")
"""Rules that look for the sittings of their kinds in every year, also by ``for_year``."""

Found = Mapping[Part, Sequence[Finding]]


def judge(facts: Facts, *, yearly: bool, rules: Iterable[str] = tuple(CHECKS)) -> Found:
    """What the parts of these rules find that go year by year, or the others.

    A rule that is switched off or that the table lacks says nothing.
    """
    return {
        part: tuple(part.check(facts))
        for rule, parts in ((rule, CHECKS[rule]) for rule in rules)
        if rule in facts.rules and facts.rules[rule].enabled
        for part in parts
        if part.yearly is yearly
    }


def in_order(
    found: Sequence[Found],
    only: str | None = None,
    waivers: Mapping[tuple[str, str], str] | None = None,
) -> tuple[Finding, ...]:
    """All that was found, worst first, with the written reasons of the waived.

    Raises ``KeyError`` for a rule that the program does not know.
    """
    wanted = CHECKS if only is None else {only: CHECKS[only]}
    reasons = waivers or {}
    told = (
        replace(finding, waiver=reasons[finding.key]) if finding.key in reasons else finding
        for parts in wanted.values()
        for part in parts
        for each in found
        for finding in each.get(part, ())
    )
    return tuple(sorted(told, key=_order))


def examine(
    facts: Facts,
    only: str | None = None,
    waivers: Mapping[tuple[str, str], str] | None = None,
) -> tuple[Finding, ...]:
    """All findings as of ``facts.today``, as ``in_order`` gives them."""
    rules = tuple(CHECKS) if only is None else (only,)
    found = [judge(facts, yearly=yearly, rules=rules) for yearly in (True, False)]
    return in_order(found, only, waivers)


def findings_of(findings: Iterable[Finding], record: str) -> tuple[Finding, ...]:
    """Those that speak of one record as their first."""
    return tuple(f for f in findings if f.records[:1] == (record,))


_WORST_FIRST = (Verdict.VIOLATION, Verdict.UNKNOWN, Verdict.NOTICE, Verdict.OK)


def _order(finding: Finding) -> tuple[bool, int]:
    return finding.waiver is not None, _WORST_FIRST.index(finding.verdict)
