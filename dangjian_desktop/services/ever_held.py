"""What a record holds in some fields, or ever held."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import Any

from dangjian_desktop.storage.records.store import RecordStore
from dangjian_desktop.storage.stored import StoredFilter

_NOTHING: tuple[object, ...] = (None, "", (), [])


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
