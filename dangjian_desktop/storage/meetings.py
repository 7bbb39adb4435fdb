"""Meetings, their kinds and attendance in the library file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, time

from sqlalchemy import (
    ColumnElement,
    RowMapping,
    delete,
    insert,
    or_,
    select,
    update,
)

from dangjian_desktop.domain.meetings.meeting import Meeting, MeetingFilter
from dangjian_desktop.storage.file.moments import stamp
from dangjian_desktop.storage.meeting_rows import (
    attendance_rows,
    kind_rows,
    meeting_from,
    meeting_row,
)
from dangjian_desktop.storage.records.recorded import RecordedStore
from dangjian_desktop.storage.records.records import new_row
from dangjian_desktop.storage.tables import attendance, meeting, meeting_kind, member

SUBJECT = "meeting"
"""The word for meetings in revisions, journal and drafts."""

_AT_ONCE = 500
_NEWEST = (meeting.c.date.desc(), meeting.c.start.desc(), meeting.c.id.desc())
_OLDEST = (meeting.c.date, meeting.c.start, meeting.c.id)


class MeetingStore(RecordedStore[Meeting]):
    """Meetings by UUID. Every save appends a revision; nothing is deleted outright."""

    subject = SUBJECT
    called = "会议"

    def ids(self, wanted: MeetingFilter | None = None) -> list[str]:
        """Matching UUIDs, newest first; cheap enough to hold for a whole table."""
        query = select(meeting.c.uid).where(*_narrow(wanted or MeetingFilter()))
        return list(self._connection.scalars(query.order_by(*_NEWEST)))

    def get(self, uids: Iterable[str]) -> dict[str, Meeting]:
        """The meetings by UUID, in the order asked; those that are gone are left out."""
        wanted = list(dict.fromkeys(uids))
        found: dict[str, Meeting] = {}
        for start in range(0, len(wanted), _AT_ONCE):
            part = wanted[start : start + _AT_ONCE]
            found |= {m.id: m for m in self._loaded(meeting.c.uid.in_(part))}
        return {uid: found[uid] for uid in wanted if uid in found}

    def all(self, wanted: MeetingFilter | None = None) -> tuple[Meeting, ...]:
        """The matching meetings, oldest first."""
        return self._loaded(*_narrow(wanted or MeetingFilter()))

    def between(self, first: date, last: date) -> tuple[Meeting, ...]:
        """Meetings from the first to the last day, both included, oldest first."""
        return self.all(MeetingFilter(first=first, last=last))

    def on(self, day: date) -> tuple[Meeting, ...]:
        """Meetings of one day."""
        return self.between(day, day)

    def years(self) -> tuple[int, ...]:
        """The years in which meetings lie, newest first."""
        days = select(meeting.c.date).where(meeting.c.deleted_at.is_(None)).distinct()
        return tuple(sorted({int(day[:4]) for day in self._connection.scalars(days)}, reverse=True))

    def same_sitting(
        self, kinds: Iterable[str], day: date, start: time | None, group: str | None
    ) -> str | None:
        """The UUID of the sitting of exactly these kinds, day, start and group, if it is stored."""
        query = (
            select(meeting.c.uid, meeting_kind.c.kind)
            .join(meeting_kind)
            .where(meeting.c.deleted_at.is_(None), meeting.c.date == day.isoformat())
            .where(meeting.c.start.is_not_distinct_from(start.isoformat() if start else None))
            .where(meeting.c.group.is_not_distinct_from(group))
            .order_by(meeting.c.id)
        )
        found: dict[str, set[str]] = defaultdict(set)
        for uid, kind in self._connection.execute(query):
            found[uid].add(kind)
        wanted = set(kinds)
        return next((uid for uid, its_kinds in found.items() if its_kinds == wanted), None)

    def relying_on(self, member_uid: str) -> tuple[str, ...]:
        """UUIDs of the meetings that name the member anywhere, newest first."""
        attended = select(attendance.c.meeting_id).join(member).where(member.c.uid == member_uid)
        named = meeting.c.body.contains(member_uid, autoescape=True)
        query = select(meeting.c.uid).where(
            meeting.c.deleted_at.is_(None), or_(meeting.c.id.in_(attended), named)
        )
        return tuple(self._connection.scalars(query.order_by(*_NEWEST)))

    def _put(self, record: Meeting, reason: str) -> None:
        self._write_children(record, self._write(record, reason))

    def _loaded(self, *conditions: ColumnElement[bool]) -> tuple[Meeting, ...]:
        query = select(meeting).where(*conditions).order_by(*_OLDEST)
        rows = self._connection.execute(query).all()
        row_ids = [row.id for row in rows]
        kinds, there = self._kinds(row_ids), self._attendance(row_ids)
        return tuple(meeting_from(row, kinds[row.id], there[row.id]) for row in rows)

    def _kinds(self, row_ids: Sequence[int]) -> Mapping[int, list[str]]:
        found: dict[int, list[str]] = defaultdict(list)
        for start in range(0, len(row_ids), _AT_ONCE):
            part = row_ids[start : start + _AT_ONCE]
            query = select(meeting_kind.c.meeting_id, meeting_kind.c.kind)
            wanted = query.where(meeting_kind.c.meeting_id.in_(part))
            for row in self._connection.execute(wanted.order_by(meeting_kind.c.position)):
                found[row.meeting_id].append(row.kind)
        return found

    def _attendance(self, row_ids: Sequence[int]) -> Mapping[int, list[RowMapping]]:
        found: dict[int, list[RowMapping]] = defaultdict(list)
        query = select(attendance, member.c.uid.label("member_uid")).outerjoin(member)
        for start in range(0, len(row_ids), _AT_ONCE):
            part = row_ids[start : start + _AT_ONCE]
            wanted = query.where(attendance.c.meeting_id.in_(part))
            for row in self._connection.execute(wanted.order_by(attendance.c.position)).mappings():
                found[row["meeting_id"]].append(row)
        return found

    def _write(self, sitting: Meeting, reason: str) -> int:
        row = meeting_row(sitting) | {"updated_at": stamp()}
        known = self._connection.execute(
            select(meeting.c.id, meeting.c.deleted_at).where(meeting.c.uid == sitting.id)
        ).first()
        was = known.deleted_at if known else None
        row["deleted_at"] = (was or stamp()) if sitting.deleted else None
        row["deleted_reason"] = reason if sitting.deleted else None
        if known is None:
            return new_row(self._connection, meeting, row | {"uid": sitting.id})
        if sitting.number is None:  # a number once fixed by printing stays
            del row["number"]
        self._connection.execute(update(meeting).where(meeting.c.id == known.id).values(row))
        return int(known.id)

    def _write_children(self, sitting: Meeting, row_id: int) -> None:
        for table in (meeting_kind, attendance):
            self._connection.execute(delete(table).where(table.c.meeting_id == row_id))
        if kinds := kind_rows(sitting, row_id):
            self._connection.execute(insert(meeting_kind), kinds)
        if rows := attendance_rows(sitting, row_id, self._member_rows(sitting)):
            self._connection.execute(insert(attendance), rows)

    def _member_rows(self, sitting: Meeting) -> dict[str, int]:
        named = [a.person.member_id for a in sitting.attendance]
        named += [e.person.member_id for e in sitting.excluded]
        wanted = [uid for uid in named if uid is not None]
        query = select(member.c.uid, member.c.id).where(member.c.uid.in_(wanted))
        return {row.uid: row.id for row in self._connection.execute(query)}


def _narrow(wanted: MeetingFilter) -> list[ColumnElement[bool]]:
    mark = meeting.c.deleted_at
    conditions: list[ColumnElement[bool]] = [
        mark.is_not(None) if wanted.deleted else mark.is_(None)
    ]
    if wanted.first is not None:
        conditions.append(meeting.c.date >= wanted.first.isoformat())
    if wanted.last is not None:
        conditions.append(meeting.c.date <= wanted.last.isoformat())
    if wanted.group is not None:
        conditions.append(meeting.c.group == wanted.group)
    if wanted.kind is not None:
        of_kind = select(meeting_kind.c.meeting_id).where(meeting_kind.c.kind == wanted.kind)
        conditions.append(meeting.c.id.in_(of_kind))
    conditions += [
        or_(*(c.contains(word, autoescape=True) for c in (meeting.c.title, meeting.c.words)))
        for word in wanted.text.split()
    ]
    return conditions
