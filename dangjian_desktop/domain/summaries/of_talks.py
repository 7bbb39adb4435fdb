"""Figures of talks for a summary: how many people were talked with, and nothing else of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from dangjian_desktop.domain.checks.facts import Facts
from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.summaries.figure import Figure, Group, Over
from dangjian_desktop.domain.talks.record import HEART_TALK


def talk_figures(
    facts: Facts, period: Period, day: date, over: Over = Over.PERIOD
) -> Mapping[str, Figure]:
    """``talks.held`` up to the day, as 人次; nothing where no talk was ever recorded."""
    known = [talk for talk in facts.records.get(HEART_TALK.code, ()) if talk.day <= day]
    if not known:
        return {}
    held = [talk for talk in known if talk.day in period]
    figure = Figure(
        value=sum(len(talk.partners) for talk in held),
        records=tuple(talk.id for talk in held),
        label="谈心谈话",
        unit="人次",
        group=Group.SITTINGS,
        over=over,
    )
    return {f"{over.prefix}talks.held": figure}
