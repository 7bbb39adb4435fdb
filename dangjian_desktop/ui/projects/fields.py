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


def _rows(of: Field, *names: str) -> Field:
    """The rows with these columns, as the form names them."""
    columns = (of.column(name) for name in names)
    return replace(of, columns=tuple(c.as_plain() for c in columns))


HEAD_FIELDS = _fields(
    *("title", "category", "number", "secretary", "assistant"),
    *("phone", "start", "end", "declared_on"),
)
WORDS_FIELDS = _fields("background", "problem", "measures", "expected_effect")
TEAM_ROWS = _rows(TEAM, "person", "task")
MILESTONE_ROWS = _rows(MILESTONES, "what", "weight", "planned", "actual", "evidence")
FUND_ROWS = _rows(FUNDS, "item", "planned", "used")
TARGET_ROWS = _rows(
    TARGETS,
    *("indicator", "unit", "direction", "counting", "baseline", "target", "source", "reason"),
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
