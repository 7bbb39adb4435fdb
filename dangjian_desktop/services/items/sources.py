"""What an item was made from, as it reads now: found by its id, never by its words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from dangjian_desktop.domain.assessments.assessment import Assessment
from dangjian_desktop.domain.items.item import Item, ItemKind
from dangjian_desktop.domain.items.record import ITEM
from dangjian_desktop.domain.ledgers.ledger import Ledger, Makes
from dangjian_desktop.domain.meetings.decided import decisions, findings, identified
from dangjian_desktop.domain.meetings.meeting import Meeting
from dangjian_desktop.domain.references import Link
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.services.ledgers import keeping
from dangjian_desktop.services.ledgers.catalogue import code_of, kind_of, ledger_of
from dangjian_desktop.storage.work import Work


@dataclass(frozen=True, slots=True)
class Origin:
    """``words`` is what the source says now in the place that the item was made from: None where
    the place is gone, ``known`` false where nobody told which place it was."""

    known: bool
    words: str | None = None

    def differs(self, item: Item) -> bool:
        """Whether the source was reworded since."""
        return self.words is not None and self.words.strip() != item.content.strip()


@dataclass(frozen=True, slots=True)
class Leading:
    """A field of a row that leads to items, and those it led to."""

    field: str
    label: str
    items: tuple[Item, ...]


_UNKNOWN = Origin(known=False)


def origin_of(work: Work, item: Item) -> Origin:
    """Where an item comes from, as it reads now; unknown also where the whole source is gone."""
    for link in item.source_ref:
        source = work.of(link.subject).one(link.uid)
        if source is None or source.deleted:
            return _UNKNOWN
        if isinstance(source, Meeting):
            return _in_meeting(source, item)
        if isinstance(source, Assessment):
            return _in_self_check(source, link)
        if (code := code_of(link.subject)) is not None:
            ledger = ledger_of(work, code)
            return _in_row(ledger, link, keeping.loaded(ledger, source).values)
    return _UNKNOWN


def made_from(work: Work, link: Link) -> tuple[Item, ...]:
    """The items that name this record as their source; of a part of it those of that part."""
    store = work.of(ITEM.code)
    found: list[Item] = [*store.get(store.linked_to(link.subject, link.uid)).values()]
    named = [item for item in found if not item.deleted and _names(item, link)]
    return tuple(sorted(named, key=lambda item: (item.found_on, item.number, item.id)))


def makes_items(ledger: Ledger) -> Iterator[Makes]:
    """The fields of a ledger that lead to items."""
    return (each for each in ledger.makes if each.record == ITEM.code)


def leading(work: Work, code: str, uid: str) -> Iterator[Leading]:
    """Every filled field of a row that leads to items; none of what is covered, which would stand
    in the open there."""
    ledger = ledger_of(work, code)
    fields = [field for made in makes_items(ledger) if (field := ledger.named(made.field))]
    stored = keeping.store_of(work, code).one(uid) if fields else None
    row = None if stored is None else keeping.loaded(ledger, stored)
    for field in fields if row is not None else ():
        items = made_from(work, Link(kind_of(code), uid, field.name))
        if row is not None and (items or (row.filled(field.name) and not field.covered)):
            yield Leading(field.name, field.label, items)


def _names(item: Item, link: Link) -> bool:
    same = (
        each for each in item.source_ref if (each.subject, each.uid) == (link.subject, link.uid)
    )
    return any(link.item in (None, each.item) or each.item is None for each in same)


def _in_meeting(meeting: Meeting, item: Item) -> Origin:
    if not item.source_key:
        return _UNKNOWN
    whole, kind = identified(meeting), "problem" if item.kind is ItemKind.PROBLEM else "measure"
    words = {action.id: action.what for _, action in decisions(whole)}
    words |= {row["id"]: str(row.get(kind) or "") for row in findings(whole)}
    return Origin(known=True, words=words.get(item.source_key) or None)


def _in_self_check(assessment: Assessment, link: Link) -> Origin:
    if link.item is None:
        return _UNKNOWN
    gaps = {each.id: each.gap for each in assessment.criteria}
    return Origin(known=True, words=gaps.get(link.item) or None)


def _in_row(ledger: Ledger, link: Link, values: Mapping[str, Any]) -> Origin:
    fields = [made.field for made in makes_items(ledger)]
    name = link.item or (fields[0] if len(fields) == 1 else "")
    if name not in fields:
        return _UNKNOWN
    return Origin(known=True, words=values.get(name) or None)
