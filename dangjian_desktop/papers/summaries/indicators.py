"""Indicators of the business in a summary: those that no project has, one sentence each."""

from __future__ import annotations

from collections.abc import Iterator

from dangjian_desktop.documents.model import Block, Paragraph
from dangjian_desktop.domain.checks.facts import Facts
from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.fusion.effect import effect
from dangjian_desktop.domain.fusion.indicator import measured
from dangjian_desktop.domain.fusion.record import INDICATOR


def indicator_blocks(facts: Facts, period: Period) -> Iterator[Block]:
    """What became of those that have a value in the period; a project tells of its own."""
    months = {str(month) for month in period.split(1)}
    own = (each for each in facts.records.get(INDICATOR.code, ()) if each.link is None)
    known = (measured(each, period.year, None).target for each in own)
    told = sorted((t for t in known if months & t.values.keys()), key=lambda t: t.indicator)
    for number, target in enumerate(told):
        yield Paragraph(effect(target, period), lead="" if number else "业务指标：")
