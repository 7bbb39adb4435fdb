"""Whether the values of a row fit its ledger: all problems at once, by field."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dangjian_desktop.domain.field_values import read_value
from dangjian_desktop.domain.fields import Field, FieldType
from dangjian_desktop.domain.ledgers.ledger import CHOICE_TYPES, PEOPLE_TYPES, Ledger
from dangjian_desktop.domain.ledgers.rows import EMPTY, LedgerRow, plain_value
from dangjian_desktop.domain.references import Link
from dangjian_desktop.errors import Issue

_REFERENCES = (*PEOPLE_TYPES, FieldType.LINK, FieldType.FILES)


def problems_of_row(ledger: Ledger, row: LedgerRow, before: LedgerRow | None = None) -> list[Issue]:
    """What cannot be in the row. ``before`` is the stored row: what it has already may stay."""
    return [
        *_missing(ledger, row),
        *(issue for asked in ledger.all_fields for issue in _wrong(ledger, asked, row, before)),
        *_bounds(ledger, row),
    ]


def _missing(ledger: Ledger, row: LedgerRow) -> Iterator[Issue]:
    for asked in ledger.fields:
        if asked.required and not row.filled(asked.name):
            yield Issue(f"{asked.missing}。", "required", asked.name)
    for group in ledger.one_of:
        if not any(row.filled(name) for name in group):
            words = "、".join(f"“{ledger.label(name)}”" for name in group)
            yield Issue(f"{words}至少填写一项。", "required", group[0])


def _wrong(
    ledger: Ledger, asked: Field, row: LedgerRow, before: LedgerRow | None
) -> Iterator[Issue]:
    value = row.value(asked.name)
    if value is None or (before is not None and before.value(asked.name) == value):
        return
    if asked.type in PEOPLE_TYPES:
        yield from _no_members(asked, row)
    elif asked.type is FieldType.LINK:
        yield from _no_links(asked, value)
    elif asked.type not in _REFERENCES:
        yield from _misfit(asked, value)
    if asked.type in CHOICE_TYPES:
        yield from _retired(ledger, asked, value)


def _misfit(asked: Field, value: Any) -> Iterator[Issue]:
    try:
        read_value(asked, plain_value(asked, value))
    except (ValueError, TypeError, AttributeError) as wrong:
        yield Issue(f"“{asked.label}”{wrong}。", "invalid", asked.name)


def _no_members(asked: Field, row: LedgerRow) -> Iterator[Issue]:
    persons = row.persons(asked.name)
    if asked.type is FieldType.PERSON and len(persons) > 1:
        yield Issue(f"“{asked.label}”只能填一个人。", "invalid", asked.name)
    for person in persons:
        if not person.name.strip():
            yield Issue(f"“{asked.label}”里有一处姓名没有填写。", "invalid", asked.name)
        elif asked.who == "member" and person.member_id is None:
            text = f"“{asked.label}”里的“{person.name}”不是在册党员，请核对姓名或党员名册。"
            yield Issue(text, "name_unknown", asked.name, None, person.name)


def _no_links(asked: Field, links: tuple[Link, ...]) -> Iterator[Issue]:
    for link in links:
        subject = f"{link.subject}.item" if link.item else link.subject
        if subject not in asked.to and link.subject not in asked.to:
            yield Issue(f"“{asked.label}”不能关联这一类记录。", "invalid", asked.name)


def _retired(ledger: Ledger, asked: Field, value: Any) -> Iterator[Issue]:
    offered = {code for code, _ in ledger.choices_of(asked.name)}
    for code in value if isinstance(value, tuple) else (value,):
        if code not in offered and code in dict(asked.choices):
            text = f"“{asked.label}”的选项“{asked.title_of(code)}”已停用，请另选一项。"
            yield Issue(text, "invalid", asked.name)


def _bounds(ledger: Ledger, row: LedgerRow) -> Iterator[Issue]:
    if not (ledger.from_field and ledger.until_field):
        return
    start, end = row.value(ledger.from_field), row.value(ledger.until_field)
    if start not in EMPTY and end not in EMPTY and end < start:
        first, last = ledger.label(ledger.from_field), ledger.label(ledger.until_field)
        yield Issue(f"“{last}”早于“{first}”，请核对。", "date_order", ledger.until_field)
