"""A ledger as a declared record: its value is the mapping of a row's values by field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from dangjian_desktop.domain.fields import Field
from dangjian_desktop.domain.ledgers.ledger import PEOPLE_TYPES, Ledger
from dangjian_desktop.domain.ledgers.rows import LedgerRow
from dangjian_desktop.domain.ledgers.values import problems_of_row
from dangjian_desktop.domain.levels import Outlet
from dangjian_desktop.domain.record import Due, Facts, Problem, Record
from dangjian_desktop.domain.showing import field_may_be_shown, fields_shown

PREFIX = "ledger:"
"""How the code of the record of a ledger begins: the kind under which its rows are stored."""


def record_of(ledger: Ledger) -> Record:
    """The declaration of a ledger's rows among the records of a library."""

    def problems(values: Mapping[str, Any], _facts: Facts) -> Iterator[Problem]:
        row = LedgerRow(id="", ledger=ledger.code, values=values)
        for issue in problems_of_row(ledger, row):
            if issue.code != "required" or not _asked(ledger, issue.field):
                yield Problem(issue.field or "", issue.message.removesuffix("。"), issue.code)

    return Record(
        code=f"{PREFIX}{ledger.code}",
        title=ledger.title,
        plural="rows",
        of=None,
        fields=ledger.all_fields,
        problems=problems,
        name=ledger.name,
        day=ledger.day or None,
        until=ledger.until_field or None,
        due=tuple(Due(due.field, due.done, due.text) for due in ledger.due),
        listed=ledger.listed,
        people=tuple(field.name for field in ledger.of_type(*PEOPLE_TYPES)),
        identity=ledger.identity,
        level=ledger.level.value,
    )


def shown_fields(ledger: Ledger, outlet: Outlet, *, protected: bool = True) -> tuple[Field, ...]:
    """The fields of a ledger, 备注 and 附件 among them, that may be seen there."""
    return tuple(fields_shown(record_of(ledger), outlet, protected=protected))


def beside_shown(
    ledger: Ledger,
    more: Mapping[str, Any],
    former: Mapping[str, Field],
    outlet: Outlet,
    *,
    protected: bool = True,
) -> dict[str, Any]:
    """What a row holds that its ledger no longer names, as far as it may be seen there: by the
    field under which it was entered, which is one of the ``former`` where it is known."""
    record = record_of(ledger)
    fields = {name: former.get(name, Field(name, name)) for name in more}
    return {
        name: plain
        for name, plain in more.items()
        if field_may_be_shown(record, fields[name], outlet, protected=protected)
    }


def _asked(ledger: Ledger, name: str | None) -> bool:
    """Whether the field is required by itself: every record says of such that they lack."""
    asked = ledger.named(name or "")
    return asked is not None and asked.required
