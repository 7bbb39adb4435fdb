"""DUTY-H: standing duties are reported every half-year (a rule of the unit's own)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from dangjian_desktop.domain.checks.facts import Facts
from dangjian_desktop.domain.findings import Finding, Verdict
from dangjian_desktop.domain.items.duty import Half, halves
from dangjian_desktop.domain.items.item import Item, ItemKind
from dangjian_desktop.domain.items.record import ITEM

RULE = "DUTY-H"


def standing(facts: Facts) -> Sequence[Item]:
    """The standing duties of the branch."""
    every = facts.records.get(ITEM.code, ())
    return [item for item in every if item.kind is ItemKind.DUTY and item.found_on <= facts.today]


def standing_findings(facts: Facts) -> Iterator[Finding]:
    """One for each duty and half-year that is over, or in which something was reported."""
    for duty in standing(facts):
        for half in halves(duty, facts.today):
            over = half.period.last < facts.today
            if over or half.told:
                yield _finding(facts, duty, half)


def waiting(facts: Facts) -> Iterator[tuple[Item, Half]]:
    """Duties of which nothing was reported in the half-year that ends soon, or in the last one."""
    rule = facts.rules.get(RULE)
    if rule is None or not rule.enabled:
        return
    ahead = facts.today + timedelta(days=int(rule.values["days"]))
    for duty in standing(facts):
        for half in [*halves(duty, facts.today)][-2:]:
            if not half.told and half.period.last <= ahead:
                yield duty, half


def _finding(facts: Facts, duty: Item, half: Half) -> Finding:
    words, verdict = "已登记落实情况。", Verdict.OK
    if not half.told:
        verdict = facts.rules[RULE].failed
        words = "没有登记落实情况，请在“问题与任务”中用“登记进展”补记，或写明原因。"
    subject = f"{half.period.label} {duty.content}"
    return facts.finding(RULE, verdict, subject, words, (duty.id,), within=half.period)
