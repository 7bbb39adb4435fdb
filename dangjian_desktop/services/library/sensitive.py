"""What stands in a library that must not stand in one without a password."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from dangjian_desktop.domain.levels import Level
from dangjian_desktop.domain.record import Record
from dangjian_desktop.domain.showing import sensitive_fields
from dangjian_desktop.errors import BlockedError
from dangjian_desktop.services.declared import all_declared
from dangjian_desktop.services.ledgers.catalogue import code_of
from dangjian_desktop.storage.library import Library
from dangjian_desktop.storage.records.drafts import Draft
from dangjian_desktop.storage.stored import StoredFilter
from dangjian_desktop.storage.work import Work

_NOTHING: tuple[object, ...] = (None, "", (), [])


def sensitive_kept(library: Library) -> Mapping[str, int]:
    """How many records of each kind (by its title) hold something sensitive, or did in an older
    version, in the bin too; and how many drafts. Empty where the password may be removed."""
    found: dict[str, int] = {}
    with library.reading() as work:
        drafts = [draft for draft in work.drafts.all() if isinstance(draft, Draft)]
        for record in all_declared(work):
            names = [*_names(work, record)]
            if names:
                count = sum(_ever(work, record, uid, names) for uid in _ids(work, record))
                own = (draft.content for draft in drafts if draft.form == record.code)
                left = sum(_holds(content, names) for content in own)
                found |= {record.title: count} if count else {}
                found |= {f"{record.title}草稿": left} if left else {}
    return found


def require_nothing_sensitive(path: Path) -> None:
    """Raises ``BlockedError`` where the password of a library that nobody has open must stay."""
    library = Library.open(path, write=False)
    try:
        kept = sensitive_kept(library)
    finally:
        library.close()
    if kept:
        told = "、".join(f"{title} {count} 条" for title, count in kept.items())
        raise BlockedError(
            f"资料库里有只在密码保护下保存的内容（{told}，含以前的版本和回收站），不能去掉密码。",
            "请继续使用密码；需要换一个时，可以更换密码或恢复码。",
        )


def _names(work: Work, record: Record) -> Iterator[str]:
    """The keys of what is kept behind a password alone, of fields that a ledger once had too."""
    yield from (field.json or field.name for field in sensitive_fields(record))
    if record.of is None and (code := code_of(record.code)):
        former = work.former_fields(code)
        whole = Level(record.level) is Level.SENSITIVE
        yield from (name for name, field in former.items() if whole or field.secret)


def _ids(work: Work, record: Record) -> Iterator[str]:
    for deleted in (False, True):
        yield from work.of(record.code).ids(StoredFilter(deleted=deleted))


def _ever(work: Work, record: Record, uid: str, names: list[str]) -> bool:
    """Whether any saved state of the record holds one of these fields."""
    store = work.of(record.code)
    states = (json.loads(store.content_of(uid, each.number)) for each in store.revisions(uid))
    return any(_holds(_values(state), names) for state in states)


def _values(state: Mapping[str, Any]) -> Mapping[str, Any]:
    """The values of a row of a ledger lie in its body."""
    body = state.get("body")
    found = body if isinstance(body, Mapping) else state
    values = found.get("values")
    return values if isinstance(values, Mapping) else found


def _holds(values: Mapping[str, Any], names: list[str]) -> bool:
    return any(values.get(name) not in _NOTHING for name in names)
