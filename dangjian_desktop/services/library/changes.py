"""What happened to a library since a copy of it, in words: by kinds of record, as counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from dangjian_desktop.domain.declared import RECORDS
from dangjian_desktop.storage.copies.comparing import (
    Difference,
    Readable,
    compared,
    readable,
)

_TITLES = {record.code: record.title for record in RECORDS}
_LEDGERS = "台账记录"
Differences = Mapping[str, Difference]


def title_of(kind: str) -> str:
    """What the records of a kind are called; the rows of all ledgers go by one name."""
    return _TITLES.get(kind, _LEDGERS)


def changes_since(copy: Path, library: Path) -> Differences:
    """What the library has more, no more and otherwise than the copy, by title; what it would lose
    by being put back. Of a damaged library as far as it can be read."""
    return differences(readable(copy), readable(library))


def differences(earlier: Readable, later: Readable) -> Differences:
    """The same of what was read before."""
    found: dict[str, Difference] = {}
    for kind, each in compared(earlier, later).items():
        title = title_of(kind)
        before = found.get(title, Difference(0, 0, 0))
        found[title] = Difference(
            before.added + each.added,
            before.removed + each.removed,
            before.changed + each.changed,
        )
    return dict(sorted(found.items(), key=lambda pair: _order(pair[0])))


def counted(found: Readable) -> dict[str, int]:
    """How many records can be read, by title."""
    counts: dict[str, int] = {}
    for kind, sums in found.sums.items():
        counts[title_of(kind)] = counts.get(title_of(kind), 0) + len(sums)
    return dict(sorted(counts.items(), key=lambda pair: _order(pair[0])))


def told(changes: Differences) -> str:
    """党员新增1、改动3；会议删去2; empty where nothing is different."""
    return "；".join(f"{title}{'、'.join(_parts(each))}" for title, each in changes.items())


def as_json(changes: Differences) -> dict[str, Any]:
    """The same for programs."""
    return {
        title: {"added": each.added, "changed": each.changed, "removed": each.removed}
        for title, each in changes.items()
    }


def _parts(each: Difference) -> Iterator[str]:
    words = (("新增", each.added), ("改动", each.changed), ("删去", each.removed))
    return (f"{word} {count}" for word, count in words if count)


def _order(title: str) -> int:
    titles = [*_TITLES.values(), _LEDGERS]
    return titles.index(title)
