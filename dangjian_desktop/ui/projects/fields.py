"""Which declared fields of a project stand where in its form."""

from __future__ import annotations

from dataclasses import replace

from dangjian_desktop.domain.fields import Field
from dangjian_desktop.domain.projects.categories import Categories
from dangjian_desktop.domain.projects.record import (
    CLOSING,
    FUNDS,
    MIDTERM,
    MILESTONES,
    PROJECT,
    TARGETS,
    TEAM,
)


def _fields(*names: str) -> tuple[Field, ...]:
    return tuple(PROJECT.field(name) for name in names)


def _columns(of: Field, **shares: int) -> tuple[tuple[Field, int], ...]:
    """Columns of rows under their headings, with their widths against each other."""
    found = ((of.column(name), share) for name, share in shares.items())
    return tuple(
        (replace(column, name=column.json or column.name, label=column.title), share)
        for column, share in found
    )


HEAD_FIELDS = _fields(
    *("title", "category", "number", "secretary", "assistant"),
    *("phone", "start", "end", "declared_on"),
)
WORDS_FIELDS = _fields("background", "problem", "measures", "expected_effect")
TEAM_COLUMNS = _columns(TEAM, person=2, task=5)
MILESTONE_COLUMNS = _columns(MILESTONES, what=6, weight=2, planned=3, actual=3, evidence=4)
FUND_COLUMNS = _columns(FUNDS, item=5, planned=2, used=2)
TARGET_CELLS = _columns(
    TARGETS,
    indicator=2,
    unit=1,
    direction=1,
    counting=1,
    baseline=1,
    target=1,
    source=2,
    reason=3,
)
MIDTERM_FIELDS, CLOSING_FIELDS = MIDTERM.columns, CLOSING.columns


def category_field(categories: Categories) -> Field:
    """The choice of a category, its group before it."""
    choices = tuple(
        (category, f"{group.name}　{category}")
        for group in categories.groups
        for category in group.categories
    )
    return replace(PROJECT.field("category"), choices=choices)
