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
    """What was written for exactly this period: 本期完成, 存在问题, 需协调事项, 下期计划."""
    for column in PROGRESS.columns:
        if column.name != "period":
            key = f"{prefix}entry.{column.name}"
            yield Fact(key, column, partial(_entry, period, column), PROJECT.title)


def _entry(period: Period, column: Field, project: Project) -> str | None:
    found = project.entry(period)
    return None if found is None else value_of(found, column)
