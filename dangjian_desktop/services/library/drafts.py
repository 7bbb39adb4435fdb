"""Unsaved texts that survive a kill."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.storage.library import Library
from dangjian_desktop.storage.records.drafts import Draft

__all__ = ["Draft", "DraftService"]


class DraftService:
    """Drafts of one library, by form (``meeting``, ``member``, ``project``) and record id."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def put(self, form: str, uid: str, content: Mapping[str, Any]) -> Draft:
        """Keep what stands in the form, with the revision that is being edited."""
        with self._library.changing(Topic.DRAFTS) as work:
            numbers = {
                "meeting": work.meetings.revision_number,
                "project": work.projects.revision_number,
            }
            base = numbers.get(form, work.members.revision_number)(uid)
            known = work.drafts.get(form, uid)
            if known is not None:
                base = known.base_revision
            return work.drafts.put(Draft(form, uid, content, base))

    def get(self, form: str, uid: str) -> Draft | None:
        """The draft for a record."""
        with self._library.reading() as work:
            return work.drafts.get(form, uid)

    def all(self, form: str | None = None) -> tuple[Draft, ...]:
        """All drafts, newest first, perhaps of one form."""
        with self._library.reading() as work:
            return tuple(d for d in work.drafts.all() if form in (None, d.form))

    def drop(self, form: str, uid: str) -> None:
        """Forget a draft."""
        with self._library.changing(Topic.DRAFTS) as work:
            work.drafts.drop(form, uid)
