"""The details that the kinds of a sitting declare, ready to print in either layout."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from dangjian_desktop.domain.dates import PartialDate, chinese_date
from dangjian_desktop.domain.fields import Field, FieldType
from dangjian_desktop.domain.meetings.meeting import VoteMethod
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.papers.blanks import UNKNOWN
from dangjian_desktop.papers.meetings.sitting import Sitting, absence_rows, numbered

_LONG = (FieldType.LONG_TEXT, FieldType.LIST, FieldType.RECORDS)
# What was said, agreed or told after the items were talked over stands behind them.
_BEHIND_ITEMS = frozenset(
    {"opinions", "discussion", "response", "rectification", "committee_review", "feedback"}
)
_BALLOT_HELPERS = frozenset({"scrutineers", "tellers"})
_BEFOREHAND = (FieldType.TEXT, FieldType.DECIMAL, FieldType.LIST)
_READ = frozenset({"study"})
_WEIGHTS = {FieldType.LONG_TEXT: 4.0, FieldType.DATE: 1.8, FieldType.INTEGER: 1.0}


@dataclass(frozen=True, slots=True)
class Grid:
    """Records as a table: heading, rows, relative widths."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    weights: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Detail:
    """One declared field with its value: paragraphs of text, or a ``grid`` of records.

    ``long`` tells whether it is text of its own rather than a line of the head, ``behind``
    whether it stands behind the agenda items. Without a value ``given`` is False.
    """

    label: str
    texts: tuple[str, ...]
    grid: Grid | None
    long: bool
    behind: bool
    required: bool

    @property
    def given(self) -> bool:
        """Whether there is anything to print."""
        return bool(self.texts) or self.grid is not None

    @property
    def line(self) -> str:
        """The value on one line; 待明确 where there is none."""
        return "；".join(self.texts) or UNKNOWN


def absence_grid(sitting: Sitting) -> Grid | None:
    """Many absent members as a table."""
    rows = absence_rows(sitting)
    return Grid(("姓名", "情况", "原因", "补学"), rows, (1.4, 1.0, 3.0, 3.0)) if rows else None


def details_of(sitting: Sitting) -> tuple[Detail, ...]:
    """Every declared field of the kinds, in their order, with or without a value."""
    found, late = [], _behind_texts(sitting)
    for field in sitting.registry.fields_of(sitting.meeting.kinds):
        value = sitting.meeting.details.get(field.name)
        if value in (None, "", [], (), {}) and _unasked(sitting, field):
            continue
        detail = _detail(field, value)
        found.append(replace(detail, long=True) if field.name in late else detail)
    return tuple(found)


def _behind_texts(sitting: Sitting) -> frozenset[str]:
    """Short texts that a kind declares behind a long one, and that are told behind it."""
    found: set[str] = set()
    for kind in sitting.kinds:
        long = [n for n, field in enumerate(kind.fields) if field.type in _LONG]
        behind = kind.fields[long[0] :] if long else ()
        found |= {field.name for field in behind if field.type is FieldType.TEXT}
    return frozenset(found)


def details_beforehand(sitting: Sitting) -> tuple[Detail, ...]:
    """What is known of a sitting before it takes place: who speaks on what, what is read."""
    details = sitting.meeting.details
    return tuple(
        _detail(field, details[field.name])
        for field in sitting.registry.fields_of(sitting.meeting.kinds)
        if details.get(field.name) not in (None, "", [])
        and (field.type in _BEFOREHAND or field.name in _READ)
    )


def _unasked(sitting: Sitting, field: Field) -> bool:
    """Scrutineers and tellers are asked for only where ballots were cast."""
    ballots = any(
        item.candidates or (item.vote is not None and item.vote.method is not VoteMethod.HANDS)
        for item in sitting.meeting.agenda
    )
    return field.name in _BALLOT_HELPERS and not ballots


def _detail(field: Field, value: Any) -> Detail:
    return Detail(
        label=field.label,
        texts=_texts(field, value),
        grid=_grid(field, value),
        long=field.type in _LONG,
        behind=field.name in _BEHIND_ITEMS,
        required=field.required,
    )


def _texts(field: Field, value: Any) -> tuple[str, ...]:
    if value in (None, "", [], (), {}) or field.type is FieldType.RECORDS:
        return ()
    if field.type is FieldType.LIST:
        return tuple(numbered(value))
    if field.type is FieldType.RECORD:
        parts = ((column, value.get(column.name)) for column in field.columns)
        said = "，".join(f"{c.label}{_shown(c, v)}" for c, v in parts if v not in (None, ""))
        return (said,) if said else ()
    return tuple(line for line in _shown(field, value).split("\n") if line.strip())


def _grid(field: Field, value: Any) -> Grid | None:
    if field.type is not FieldType.RECORDS or not value:
        return None
    records: Sequence[Mapping[str, Any]] = value
    return Grid(
        head=tuple(column.label for column in field.columns),
        rows=tuple(
            tuple(_field_text(column, record.get(column.name)) for column in field.columns)
            for record in records
        ),
        weights=tuple(_WEIGHTS.get(column.type, 1.4) for column in field.columns),
    )


def _field_text(column: Field, value: Any) -> str:
    return "—" if value in (None, "") else _shown(column, value)


def _shown(field: Field, value: Any) -> str:
    """A plain JSON value as people read it."""
    match field.type:
        case FieldType.DATE | FieldType.PARTIAL_DATE:
            return _day(str(value))
        case FieldType.CHOICE:
            return field.title_of(str(value))
        case FieldType.YES_NO:
            return "是" if value else "否"
        case FieldType.PEOPLE:
            return "、".join(str(name) for name in value)
        case _:
            return str(value)


def _day(text: str) -> str:
    try:
        return chinese_date(date.fromisoformat(text))
    except ValueError:
        pass
    try:
        return PartialDate.parse(text).chinese()
    except ValueError:
        return text
