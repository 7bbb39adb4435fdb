"""Is every record, and every state it had, what was stored? Do links lead anywhere?"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, select

from dangjian_desktop.storage.file.connecting import driver_of
from dangjian_desktop.storage.present import UNREADABLE, texts_now, these
from dangjian_desktop.storage.purges import traces
from dangjian_desktop.storage.records.keeping import Keeping, in_parts
from dangjian_desktop.storage.records.records import from_json
from dangjian_desktop.storage.records.revisions import RevisionStore
from dangjian_desktop.storage.records.sums import wrong_sums
from dangjian_desktop.storage.tables import attachment, record, record_file, record_link

Kept = Keeping[Any, Any, Any]


def record_problems(connection: Connection, keepings: Iterable[Kept]) -> Iterator[str]:
    """Everything that is not what was stored, or leads nowhere, in Chinese."""
    known = {keeping.subject: keeping for keeping in keepings}
    for keeping in known.values():
        uid = keeping.table.c.uid
        for part in in_parts(connection.scalars(select(uid).where(*keeping.own)).all()):
            yield from _of_records(connection, keeping, part)
    yield from _of_links(connection, known)
    yield from _of_files(connection, known)


def _of_records(connection: Connection, keeping: Kept, uids: list[str]) -> Iterator[str]:
    present: dict[str, str] = {}
    wrong = set(wrong_sums(connection, keeping.sheet, uids))
    for uid in uids:
        title = _title(connection, keeping, uid) if uid in wrong else ""
        if uid in wrong:
            yield f"{keeping.called}记录“{title}”（编号{uid}）与保存时的内容不一致。"
    for uid, text in texts_now(connection, keeping, [uid for uid in uids if uid not in wrong]):
        if text is None:
            yield f"{keeping.called}记录{uid}无法读取。"
        else:
            present[uid] = text
    for uid, number, text in RevisionStore(connection).every(keeping.subject, present):
        if text is None:
            yield f"{keeping.called}记录{uid}的第{number}次保存与保存时的内容不一致。"
        elif not _readable(keeping, text):
            yield f"{keeping.called}记录{uid}的第{number}次保存无法读取。"


def _readable(keeping: Kept, text: str) -> bool:
    try:
        from_json(keeping.of, text)
    except UNREADABLE:
        return False
    return True


def _of_links(connection: Connection, known: Mapping[str, Kept]) -> Iterator[str]:
    """Links of records, not of the bin, to records that are not stored."""
    query = (
        select(record.c.kind, record.c.title, record_link.c.subject, record_link.c.uid)
        .join_from(record_link, record)
        .where(record.c.deleted_at.is_(None))
        .order_by(record_link.c.id)
    )
    gone = traces(driver_of(connection))
    for kind, title, subject, uid in connection.execute(query).all():
        target = known.get(subject)
        if (subject, uid) in gone:
            continue  # purged by the program, which shows so where it was linked
        if target is None or _title(connection, target, uid) is None:
            words = "台账" if target is None else target.called
            called = known[kind].called
            yield f"{called}记录“{title}”关联的{words}记录{uid}不在资料库中。"


def _of_files(connection: Connection, known: Mapping[str, Kept]) -> Iterator[str]:
    """Files that a record names and the library does not have, or that no stored record names."""
    named = record_file.c
    there = select(attachment.c.name).where(attachment.c.sha256 == named.attachment)
    query = select(named.subject, named.uid, named.attachment, there.limit(1).scalar_subquery())
    for subject, uid, digest, kept_as in connection.execute(query.order_by(named.id)).all():
        keeping = known.get(subject)
        title = None if keeping is None else _title(connection, keeping, uid)
        if keeping is None or title is None:
            called = "台账" if keeping is None else keeping.called
            yield f"登记了附件“{kept_as or digest[:12]}”的{called}记录{uid}不在资料库中。"
        elif kept_as is None:
            [(_uid, text)] = texts_now(connection, keeping, [uid])
            name = _file_name(json.loads(text or "null"), digest) or digest[:12]
            yield f"{keeping.called}记录“{title}”的附件“{name}”没有在资料库中登记。"


def _file_name(plain: Any, digest: str) -> str | None:
    """What the file of this SHA-256 is called somewhere in the plain content of a record."""
    if isinstance(plain, dict) and digest in plain.values():
        return plain.get("name")
    parts = plain.values() if isinstance(plain, dict) else plain if isinstance(plain, list) else ()
    return next((name for part in parts if (name := _file_name(part, digest))), None)


def _title(connection: Connection, keeping: Kept, uid: str) -> str | None:
    table = keeping.table
    name = next(table.c[name] for name in ("title", "name", "code") if name in table.c)
    return connection.scalar(select(name).where(*these(keeping, [uid])))
