"""Unsaved texts, kept in the library so that a kill costs seconds and nothing lies in clear."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select
from sqlalchemy.dialects.sqlite import insert

from dangjian_desktop.domain.texts import json_text
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.storage.file.moments import stamp
from dangjian_desktop.storage.rows import drop_rows
from dangjian_desktop.storage.tables import draft


@dataclass(frozen=True, slots=True)
class Draft:
    """What stood in a form. ``uid`` is the record's UUID, also of one never saved.

    ``base_revision`` is the revision that was being edited (0 for a new record), ``content``
    plain JSON values of the form in its ``version``, ``saved_at`` ISO text with offset, filled in
    by the store.
    """

    form: str
    uid: str
    content: Mapping[str, Any]
    base_revision: int = 0
    saved_at: str = ""
    version: int = 1

    @property
    def raw(self) -> str:
        """The content as it lies in the library."""
        return json_text(dict(self.content))


@dataclass(frozen=True, slots=True)
class UnreadableDraft:
    """A draft that no form can show; ``raw`` is its text as it lies in the library."""

    form: str
    uid: str
    saved_at: str
    raw: str
    base_revision: int = 0
    version: int = 1


class DraftStore:
    """One draft for each form and record; rows are read one by one, so that none hides others."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, unsaved: Draft) -> Draft:
        """Keep the draft in place of an older one of the same form and record."""
        kept = replace(unsaved, saved_at=stamp())
        self.restore(kept)
        return kept

    def restore(self, kept: Draft | UnreadableDraft) -> None:
        """Put a draft that was dropped back as it was."""
        row = {
            "base_revision": kept.base_revision,
            "saved_at": kept.saved_at,
            "content": kept.raw,
            "version": kept.version,
        }
        added = insert(draft).values(form=kept.form, uid=kept.uid, **row)
        self._connection.execute(
            added.on_conflict_do_update(index_elements=["form", "uid"], set_=row)
        )

    def get(self, form: str, uid: str) -> Draft | UnreadableDraft | None:
        """The draft of this form for this record."""
        found = self._connection.execute(
            select(draft).where(draft.c.form == form, draft.c.uid == uid)
        ).first()
        return None if found is None else _loaded(found)

    def all(self) -> tuple[Draft | UnreadableDraft, ...]:
        """Every draft, newest first."""
        found = self._connection.execute(
            select(draft).order_by(draft.c.saved_at.desc(), draft.c.id.desc())
        )
        return tuple(_loaded(row) for row in found)

    def drop(self, form: str, uid: str) -> None:
        """Forget the draft; saving its record does this by itself."""
        drop_rows(self._connection, draft, {"form": form, "uid": uid})


def _loaded(row: Row[Any]) -> Draft | UnreadableDraft:
    try:
        content = json.loads(row.content)
        datetime.fromisoformat(row.saved_at)
    except (ValueError, RecursionError):
        content = None
    if not isinstance(content, dict):
        return UnreadableDraft(
            row.form, row.uid, row.saved_at, row.content, row.base_revision, row.version
        )
    return Draft(row.form, row.uid, content, row.base_revision, row.saved_at, row.version)
