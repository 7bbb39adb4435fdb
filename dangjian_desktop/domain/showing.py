"""Which fields of a record may be seen on which way: by its level and their own."""

from __future__ import annotations

from collections.abc import Iterator

from dangjian_desktop.domain.fields import Field
from dangjian_desktop.domain.levels import ITSELF, Level, Outlet, may_be_shown
from dangjian_desktop.domain.record import Record

_OWN = frozenset({*ITSELF, Outlet.LIST})
"""Ways within the page of the record, which lies behind the password as a whole."""


def field_may_be_shown(
    record: Record, field: Field, outlet: Outlet, *, protected: bool = True
) -> bool:
    """The same of one field of a record: outside its own page by the stricter of both levels.

    The own page of a sensitive record may list what no field says is sensitive by itself.
    """
    by_record = outlet in _OWN or may_be_shown(Level(record.level), outlet, protected=protected)
    return by_record and may_be_shown(field.level, outlet, protected=protected)


def fields_shown(record: Record, outlet: Outlet, *, protected: bool = True) -> Iterator[Field]:
    """The fields of a record that may be seen there."""
    for field in record.fields:
        if field_may_be_shown(record, field, outlet, protected=protected):
            yield field


def sensitive_fields(record: Record) -> tuple[Field, ...]:
    """The fields that are filled in behind a password alone: of a sensitive record all."""
    whole = Level(record.level) is Level.SENSITIVE
    return tuple(f for f in record.fields if whole or f.level is Level.SENSITIVE)
