"""What the stores of members, meetings and projects share: history, bin and drafts."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import replace
from typing import ClassVar, Generic, TypeVar

from sqlalchemy import Connection

from dangjian_desktop.domain.meetings.meeting import Meeting
from dangjian_desktop.domain.members.member import Member
from dangjian_desktop.domain.projects.project import Project
from dangjian_desktop.storage.records.drafts import DraftStore
from dangjian_desktop.storage.records.journal import Journal
from dangjian_desktop.storage.records.records import to_json
from dangjian_desktop.storage.records.revisions import Revision, RevisionStore

T = TypeVar("T", Member, Meeting, Project)


class RecordedStore(ABC, Generic[T]):
    """Records by UUID. Every save appends a revision; nothing is deleted outright.

    ``subject`` is their word in revisions, journal and drafts, ``called`` the Chinese one.
    """

    subject: ClassVar[str]
    called: ClassVar[str]

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._revisions = RevisionStore(connection)
        self._journal = Journal(connection)
        self._drafts = DraftStore(connection)

    @abstractmethod
    def get(self, uids: Iterable[str]) -> dict[str, T]:
        """The records by UUID, in the order asked; those that are gone are left out."""

    @abstractmethod
    def _put(self, record: T, reason: str) -> None:
        """Write the rows of a record whose new state is kept as a revision already."""

    def one(self, uid: str) -> T | None:
        """The record of this UUID, also from the bin."""
        return self.get([uid]).get(uid)

    def save(self, record: T, *, reason: str = "") -> T:
        """Insert or change the record of this UUID, append a revision, drop its draft.

        The same content again changes nothing. Raises ``KeyError`` when it names another record
        by a UUID that is not stored.
        """
        if self._revisions.add(self.subject, record.id, to_json(record), reason):
            self._put(record, reason)
            done = "删除" if record.deleted else "保存"
            self._journal.add(f"{done}{self.called}", self.subject, record.id)
        self._drafts.drop(self.subject, record.id)
        return record

    def mark_deleted(self, uid: str, *, reason: str = "") -> None:
        """Put the record in the bin; raises ``KeyError`` for one that is not stored."""
        self.save(replace(self.get([uid])[uid], deleted=True), reason=reason)

    def unmark(self, uid: str) -> None:
        """Take the record out of the bin."""
        self.save(replace(self.get([uid])[uid], deleted=False), reason="恢复")

    def revision_number(self, uid: str) -> int:
        """How many different states were saved; 0 for a record that is not stored."""
        return self._revisions.number(self.subject, uid)

    def revisions(self, uid: str) -> tuple[Revision, ...]:
        """Every saved state, oldest first; ``content`` is the record as JSON."""
        return self._revisions.all(self.subject, uid)
