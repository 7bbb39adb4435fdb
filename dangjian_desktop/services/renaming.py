"""Business priorities of one library; what names one by its words follows when it is renamed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from dangjian_desktop.domain.fusion.priority import Priority
from dangjian_desktop.domain.fusion.record import INDICATOR, PRIORITY
from dangjian_desktop.domain.items.record import ITEM
from dangjian_desktop.domain.plans.record import PLAN
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.services.records.importing import RecordImport
from dangjian_desktop.services.records.service import RecordService
from dangjian_desktop.storage.stored import StoredFilter
from dangjian_desktop.storage.work import Work

_REASON = "业务重点改名"
_NAMING = {INDICATOR.code: "priority", PLAN.code: "priority", ITEM.code: "category"}
"""The fields in which the name of a priority stands as a word."""


class PriorityService(RecordService[Priority]):
    """As that of all records; what names a priority by its words takes a new name over."""

    def put(self, work: Work, record: Priority) -> Priority:
        """Store it inside a transaction."""
        before: Priority | None = work.of(PRIORITY.code).one(record.id)
        kept = super().put(work, record)
        _follow(work, before, kept)
        return kept

    def import_json(self, data: Any) -> dict[str, list[Any]]:
        """Store one or several, all or none; raises ``InputError``."""
        with self._library.changing(Topic.RECORDS) as work:
            before = {each.id: each for each in work.every(PRIORITY.code)}
            told = RecordImport(work, self._subject, self._clock()).run(data)
            for after in work.of(PRIORITY.code).get(told["ids"]).values():
                _follow(work, before.get(after.id), after)
            return told


def _follow(work: Work, before: Priority | None, after: Priority) -> None:
    """Also those in the bin; what stands in an open form of them stays. Where another priority has
    the old name too they keep it, for that one may be meant."""
    if before is None or before.name == after.name:
        return
    if any(each.named(before.name) for each in work.every(PRIORITY.code) if each.id != after.id):
        return
    for code, field in _NAMING.items():
        store = work.of(code)
        for each in (*work.every(code), *store.all(StoredFilter(deleted=True))):
            # 类别 of an item is a word of its own, unless it is one of the priority's tasks.
            own = code != ITEM.code or after.link in each.priority
            if own and before.named(getattr(each, field)):
                draft = work.drafts.get(code, each.id)
                store.save(replace(each, **{field: after.name}), reason=_REASON)
                if draft is not None:
                    work.drafts.restore(draft)
