"""What is entered behind a password alone, in a library that has none."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import Any

from dangjian_desktop.domain.levels import Level
from dangjian_desktop.domain.record import Problem, Record, value_of
from dangjian_desktop.domain.showing import sensitive_fields
from dangjian_desktop.storage.records.store import RecordStore
from dangjian_desktop.storage.stored import StoredFilter
from dangjian_desktop.storage.work import Work

_NOTHING: tuple[object, ...] = (None, "", (), [])


def with_kept(record: Record, value: Any, stored: Any) -> Any:
    """What an import brings, with the sensitive words that are stored where it brings none: a list
    that was written out has none."""
    closed = (f for f in record.fields if f.level is Level.SENSITIVE)
    kept = {f.name: value_of(stored, f) for f in closed}
    lacking = {n: v for n, v in kept.items() if value_of(value, record.field(n)) in _NOTHING}
    return replace(value, **lacking) if lacking else value


def held_back(work: Work, record: Record, value: Any) -> Iterator[Problem]:
    """The sensitive fields that would be filled in where anybody can open the library; what stood
    there before stays."""
    fields = [f for f in sensitive_fields(record) if value_of(value, f) not in _NOTHING]
    if not fields or work.protected:
        return
    stored = work.of(record.code).one(value.id)
    for field in fields:
        if stored is None or value_of(stored, field) != value_of(value, field):
            words = f"资料库没有密码，不能填写{field.label}，以免旁人打开就能看到"
            yield Problem(field.json or field.name, f"{words}；请先给资料库设置密码")


def ever_held(store: RecordStore[Any, Any, Any], names: Collection[str], *, deleted: bool) -> int:
    """How many records, in use or in the bin, have one of these fields filled, or had in an older
    version."""
    uids = store.ids(StoredFilter(deleted=deleted))
    return sum(_ever(store, uid, names) for uid in uids)


def holds(values: Mapping[str, Any], names: Collection[str]) -> bool:
    """Whether one of these fields is filled."""
    return any(values.get(name) not in _NOTHING for name in names)


def _ever(store: RecordStore[Any, Any, Any], uid: str, names: Collection[str]) -> bool:
    states = (json.loads(store.content_of(uid, each.number)) for each in store.revisions(uid))
    return any(holds(_values(state), names) for state in states)


def _values(state: Mapping[str, Any]) -> Mapping[str, Any]:
    """The values of a row of a ledger lie in its body."""
    body = state.get("body")
    found = body if isinstance(body, Mapping) else state
    values = found.get("values")
    return values if isinstance(values, Mapping) else found
