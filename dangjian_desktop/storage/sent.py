"""Papers as they were sent, with what they told: versions that nothing changes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, RowMapping, func, insert, select

from dangjian_desktop.storage.file.failures import StaleError
from dangjian_desktop.storage.file.moments import stamp
from dangjian_desktop.storage.records.records import to_json
from dangjian_desktop.storage.records.sums import text_sum
from dangjian_desktop.storage.tables import sent

FORMS = ("docx", "pdf")
"""The files of each version."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """One version: sent on ``day``, with records up to ``until``; kept at ``at`` (ISO text).

    ``content`` holds plain JSON values, ``files`` the bytes by ``FORMS``, ``name`` that of files.
    """

    version: int
    day: date
    until: date
    at: str
    name: str
    content: Mapping[str, Any]
    files: Mapping[str, bytes]


class SentStore:
    """The sent versions of every paper. There is no way to change or delete one."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def next_version(self, paper: str, uid: str) -> int:
        """The number that the next version gets."""
        newest = select(func.max(sent.c.version)).where(*_about(paper, uid))
        return 1 + (self._connection.scalar(newest) or 0)

    def add(self, paper: str, uid: str, made: Sent) -> None:
        """Keep a version."""
        texts = {"day": made.day.isoformat(), "until": made.until.isoformat()}
        row = {"paper": paper, "uid": uid, "version": made.version, "at": made.at, **texts}
        row |= {"name": made.name, "content": to_json(made.content), **made.files}
        self._connection.execute(insert(sent).values(**row, checksum=_sum(row)))

    def of(self, paper: str, uid: str) -> tuple[Sent, ...]:
        """The versions, oldest first; raises ``StaleError`` for one that is not what was kept."""
        query = select(sent).where(*_about(paper, uid)).order_by(sent.c.version)
        return tuple(_read(row) for row in self._connection.execute(query).mappings())


def moment() -> str:
    """This moment, for ``Sent.at``."""
    return stamp()


def sent_problems(connection: Connection) -> Iterator[str]:
    """A sentence for each version that is not what was kept."""
    for (row_id,) in connection.execute(select(sent.c.id).order_by(sent.c.id)).all():
        row = connection.execute(select(sent).where(sent.c.id == row_id)).mappings().one()
        if not _whole(row):
            yield _changed(row)


def _about(paper: str, uid: str) -> tuple[Any, ...]:
    return sent.c.paper == paper, sent.c.uid == uid


def _read(row: RowMapping) -> Sent:
    if not _whole(row):
        raise StaleError(_changed(row), "请用“核对”检查资料库，必要时用备份恢复。")
    return Sent(
        version=row["version"],
        day=date.fromisoformat(row["day"]),
        until=date.fromisoformat(row["until"]),
        at=row["at"],
        name=row["name"],
        content=json.loads(row["content"]),
        files={form: row[form] for form in FORMS},
    )


def _changed(row: RowMapping) -> str:
    return f"“{row['name']}”第{row['version']}版与报出时的内容不一致。"


def _whole(row: RowMapping) -> bool:
    return bool(_sum(row) == row["checksum"])


def _sum(row: Mapping[Any, Any]) -> str:
    told = [row[n] for n in ("paper", "uid", "version", "day", "until", "at", "name", "content")]
    return text_sum(json.dumps([*told, *(sha256(row[form]).hexdigest() for form in FORMS)]))
