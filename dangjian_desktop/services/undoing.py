"""Taking an import back as a whole, whatever records it made or changed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dangjian_desktop.errors import InputError, Issue
from dangjian_desktop.storage.records.batches import Touched
from dangjian_desktop.storage.work import Work

_REASON = "撤销导入"
_NAMED_AT_MOST = 8
_TOLD = {"meeting": ("会议记录", "次会议"), "project": ("项目", "个项目")}


def take_back(work: Work, batch_id: str) -> tuple[int, int]:
    """Take an import back: how many records were removed, how many are as they were before.

    Raises ``InputError`` for an unknown import, or naming what relies on it by now.
    """
    batch = work.batches.get(batch_id)
    if batch is None or batch.undone_at:
        what = "没有找到这次导入" if batch is None else "这次导入已经撤销过"
        raise InputError(f"{what}：{batch_id}。", "请核对导入批次的编号。")
    added = [part for part in batch.touched if part.added and not _stored(work, part).deleted]
    changed = [part for part in batch.touched if not part.added]
    issues = [issue for part in added for issue in _relying(work, part)]
    issues += [issue for part in (*added, *changed) for issue in _changed_since(work, part)]
    if issues:
        raise InputError(
            "这次导入之后已有记录用到其中的内容，不能撤销，没有改动任何内容。",
            "请先处理下列记录，或直接修改有误的记录。",
            issues,
        )
    for part in added:
        work.of(part.subject).mark_deleted(part.uid, reason=_REASON)
    for part in changed:
        store = work.of(part.subject)
        store.save(store.version(part.uid, part.revision - 1), reason=_REASON)
    work.batches.mark_undone(batch_id)
    return len(added), len(changed)


def _stored(work: Work, part: Touched) -> Any:
    return work.of(part.subject).get([part.uid])[part.uid]


def _called(record: Any) -> str:
    """Its name or title."""
    return str(getattr(record, "name", "") or getattr(record, "title", ""))


def _relying(work: Work, part: Touched) -> Iterator[Issue]:
    """The records, each kind in one sentence, that name the added one."""
    name = _called(_stored(work, part))
    for store in work.stores():
        member = part.subject == "member"
        uids = store.relying_on(part.uid) if member else store.linked_to(part.subject, part.uid)
        if not uids:
            continue
        where, counted = _TOLD.get(store.subject, ("台账", "条台账"))
        lines = store.rows(uids[:_NAMED_AT_MOST]).values()
        titles = "、".join(_titled(line) for line in lines)
        more = f"等{len(uids)}{counted}" if len(uids) > _NAMED_AT_MOST else ""
        what = "此人" if member else "这条记录"
        yield Issue(f"{name}：{where}中有{what}：{titles}{more}。", name=name)


def _titled(line: Any) -> str:
    day = getattr(line, "date", None) or getattr(line, "day", None)
    return f"{day.isoformat() if day else ''}《{line.title}》"


def _changed_since(work: Work, part: Touched) -> Iterator[Issue]:
    if work.of(part.subject).revision_number(part.uid) > part.revision:
        name = _called(_stored(work, part))
        yield Issue(f"{name}：导入之后又修改过。", name=name)
