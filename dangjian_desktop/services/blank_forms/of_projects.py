"""What a project tells beside its fields: the secretary's words for the period of the form."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.fields import Field
from dangjian_desktop.domain.projects.project import Project
from dangjian_desktop.domain.projects.record import PROGRESS, PROJECT
from dangjian_desktop.domain.record import value_of
from dangjian_desktop.services.blank_forms.facts import Fact


def progress_facts(period: Period, prefix: str) -> Iterator[Fact]:
    """What was written for this period, else for each part of it: 本期完成, 存在问题, 需协调事项,
    下期计划."""
    for column in PROGRESS.columns:
        if column.name != "period":
            key = f"{prefix}entry.{column.name}"
            yield Fact(key, column, partial(_entry, period, column), PROJECT.title)


def _entry(period: Period, column: Field, project: Project) -> str | None:
    found = project.entry(period)
    if found is not None:
        said: str | None = value_of(found, column)
        return said
    every = ((Period.parse(entry.period), entry) for entry in project.progress)
    parts = sorted(((own, e) for own, e in every if own.first in period), key=lambda p: p[0].first)
    told = ((own.label, value_of(e, column)) for own, e in parts if own.length < period.length)
    return "\n".join(f"{label}：{words}" for label, words in told if words) or None
