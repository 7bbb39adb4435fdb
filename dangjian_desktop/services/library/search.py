"""One search over everything: names (pinyin initials too), titles and texts."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, field
from datetime import date
from typing import Any

from dangjian_desktop.domain.folding import fold
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.services.library.searched import Hit, Source, alike, sources
from dangjian_desktop.services.library.snippets import NotSo, Wanted
from dangjian_desktop.services.of_library import OfLibrary
from dangjian_desktop.storage.work import Work

COUNTED = 200
"""Up to here the number of hits is told as exact."""
_WIDE = 60
_ALL = sys.maxsize


@dataclass(frozen=True, slots=True)
class Found:
    """All hits of a search: ``keys`` are ``TYPE/ID`` in their order, ``years`` those of the keys
    that lie in one; ``indexed`` whether the index told them, or every record was read."""

    keys: tuple[str, ...] = ()
    years: Mapping[str, int] = field(default_factory=dict)
    indexed: bool = True


class SearchService(OfLibrary):
    """The search of one library."""

    def find(self, text: str, limit: int = 50) -> tuple[list[Hit], int]:
        """The first hits and how many there are: members, meetings, projects, ledgers, summaries,
        each newest first; where nothing holds the text, members whose name sounds so.
        Where the index cannot be trusted, the records themselves are read."""
        wanted = fold(text).strip()
        if not wanted:
            return [], 0
        with self._library.reading() as work:
            try:
                return self._find(work, wanted, limit)
            except NotSo:
                work.doubt_index()
                return self._find(work, wanted, limit)

    def _find(self, work: Work, wanted: str, limit: int) -> tuple[list[Hit], int]:
        hits: list[Hit] = []
        total = 0
        for source in self._sources(work):
            left = max(0, limit - len(hits))
            ids, many = source.found(wanted, left)
            total += many
            hits += source.hits(ids, Wanted(wanted))
        if not total:
            ids, total = (source := alike(work, self._today)).found(wanted, limit)
            hits += source.hits(ids, Wanted(wanted))
        return hits, total

    def everything(self, text: str) -> Found:
        """All hits in the same order, without what they say: ``shown`` tells that of a few."""
        wanted, keys, years = fold(text).strip(), list[str](), dict[str, int]()
        with self._library.reading() as work:
            for source in self._sources(work) if wanted else ():
                found = source.found(wanted, _ALL)[0]
                lie = source.years() if found else {}
                keys += (f"{source.subject}/{uid}" for uid in found)
                years |= {f"{source.subject}/{uid}": lie[uid] for uid in found if uid in lie}
            if wanted and not keys:
                source = alike(work, self._today)
                keys += (f"{source.subject}/{uid}" for uid in source.found(wanted, _ALL)[0])
            return Found(tuple(keys), years, work.behind is not None)

    def shown(self, text: str, keys: Sequence[str]) -> Mapping[str, Hit]:
        """The hits of these keys; one that is gone, or is none any longer, is left out."""
        wanted, told = Wanted(fold(text).strip(), _WIDE), dict[str, Hit]()
        with self._library.reading() as work:
            for source in self._sources(work):
                subject = f"{source.subject}/"
                ids = [key.removeprefix(subject) for key in keys if key.startswith(subject)]
                try:
                    told |= {f"{subject}{hit.id}": hit for hit in source.hits(ids, wanted)}
                except NotSo:
                    # It was changed meanwhile, unless the index still says what is not so.
                    if {*ids} <= {*source.found(wanted.text, _ALL)[0]}:
                        work.doubt_index()
        return told

    def _sources(self, work: Work) -> Sequence[Source]:
        return tuple(sources(work, self._today))

    @property
    def _today(self) -> date:
        return self._clock().date()

    @property
    def indexed(self) -> bool:
        """Whether the index is asked, or all records are looked through until it is made anew."""
        with self._library.reading() as work:
            return work.behind is not None

    @property
    def far_behind(self) -> bool:
        """Whether the newest change here left the index so much that it should be tended now."""
        return self._library.far_behind

    def tend(self) -> bool:
        """One short step of bringing the index up to the records, or of making it anew; whether
        there is more to do. Nothing else changes, and of a library that is only read nothing."""
        return self._library.writable and self._library.tend_index()


def search_json(hits: list[Hit], total: int) -> dict[str, Any]:
    """The result of the contract."""
    name = "total" if total <= COUNTED else "total_at_least"
    return {"hits": [asdict(hit) for hit in hits], name: total}
