"""One project as rows of its tables, and back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from sqlalchemy import Row

from dangjian_desktop.domain.projects.listing import ProjectRow, row_of
from dangjian_desktop.domain.projects.project import Project, ProjectState
from dangjian_desktop.domain.references import Person
from dangjian_desktop.storage.records.records import to_json, to_plain

_STATES = {state.value: state for state in ProjectState}


def project_row(record: Project) -> dict[str, Any]:
    """The columns of the project: what a list shows, and the whole as JSON."""
    shown = row_of(record)
    return {
        "title": record.title,
        "category": record.category,
        "state": record.state.value,
        "secretary": shown.secretary,
        "number": record.number,
        "start": to_plain(record.start),
        "last_day": to_plain(record.last_day),
        "year": record.year,
        "percent": str(shown.percent),
        "open_planned": " ".join(day.isoformat() for day in shown.open_planned),
        "body": to_json(record),
    }


def listed(row: Row[*tuple[Any, ...]]) -> ProjectRow:
    """The line of a list from its columns, which stand in the order of its fields."""
    uid, title, category, state, secretary, number, start, last_day, year, percent, planned = row
    return ProjectRow(
        uid,
        title,
        category,
        _STATES[state],
        secretary,
        number,
        _day(start),
        _day(last_day),
        year,
        _percent(percent),
        _days(planned),
    )


def people_of(record: Project) -> Iterator[tuple[str, str]]:
    """Member and role of everybody on the roster who carries the project."""
    named: list[tuple[Person | None, str]] = [
        (record.secretary, "secretary"),
        (record.assistant, "assistant"),
        *((member.person, "team") for member in record.team),
    ]
    for person, role in named:
        if person is not None and person.member_id is not None:
            yield person.member_id, role


# A list of years has few different days and shares: each text is read once.
@lru_cache(maxsize=4096)
def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


@lru_cache(maxsize=2048)
def _percent(text: str) -> Decimal:
    return Decimal(text)


@lru_cache(maxsize=2048)
def _days(text: str) -> tuple[date, ...]:
    return tuple(map(date.fromisoformat, text.split()))
