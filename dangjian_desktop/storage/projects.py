"""Projects in the library file."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Table,
    and_,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)

from dangjian_desktop.domain.projects.listing import ProjectRow
from dangjian_desktop.domain.projects.project import Project, ProjectFilter
from dangjian_desktop.storage.file.moments import stamp
from dangjian_desktop.storage.project_rows import listed, people_of, project_row
from dangjian_desktop.storage.records.recorded import RecordedStore
from dangjian_desktop.storage.records.records import from_json, new_row
from dangjian_desktop.storage.tables import (
    meeting,
    member,
    project,
    project_meeting,
    project_person,
)

SUBJECT = "project"
"""The word for projects in revisions, journal and drafts."""

_AT_ONCE = 500
_NEWEST = (project.c.start.desc().nulls_first(), project.c.id.desc())
_SHOWN = (
    project.c.uid,
    project.c.title,
    project.c.category,
    project.c.state,
    project.c.secretary,
    project.c.number,
    project.c.start,
    project.c.last_day,
    project.c.year,
    project.c.percent,
    project.c.open_planned,
)


class ProjectStore(RecordedStore[Project]):
    """Projects by UUID. Every save appends a revision; nothing is deleted outright."""

    subject = SUBJECT
    called = "项目"

    def ids(self, wanted: ProjectFilter | None = None) -> list[str]:
        """Matching UUIDs, those without a start first, then the newest."""
        query = select(project.c.uid).where(*_narrow(wanted or ProjectFilter()))
        return list(self._connection.scalars(query.order_by(*_NEWEST)))

    def listed(self, wanted: ProjectFilter | None = None) -> tuple[ProjectRow, ...]:
        """The lines of the matching projects in the order of ``ids``; no body is read."""
        query = select(*_SHOWN).where(*_narrow(wanted or ProjectFilter())).order_by(*_NEWEST)
        return tuple(map(listed, self._connection.execute(query).all()))

    def rows(self, uids: Iterable[str]) -> dict[str, ProjectRow]:
        """The lines of these projects by UUID; those that are gone are left out."""
        return {
            row[0]: listed(row)
            for part in _parts(uids)
            for row in self._connection.execute(
                select(*_SHOWN).where(project.c.uid.in_(part))
            ).all()
        }

    def get(self, uids: Iterable[str]) -> dict[str, Project]:
        """The projects by UUID, in the order asked; those that are gone are left out."""
        wanted = list(uids)
        found: dict[str, Project] = {}
        for part in _parts(wanted):
            found |= {p.id: p for p in self._loaded(project.c.uid.in_(part))}
        return {uid: found[uid] for uid in wanted if uid in found}

    def all(self, wanted: ProjectFilter | None = None) -> tuple[Project, ...]:
        """The matching projects in the order of ``ids``."""
        return self._loaded(*_narrow(wanted or ProjectFilter()))

    def years(self) -> tuple[int, ...]:
        """The years that the periods of projects touch, newest first."""
        query = select(project.c.year, project.c.last_day).where(project.c.deleted_at.is_(None))
        found: set[int] = set()
        for year, last in self._connection.execute(query):
            if year is not None:
                found |= set(range(year, max(year, int(last[:4]) if last else year) + 1))
        return tuple(sorted(found, reverse=True))

    def of_meeting(self, meeting_uid: str) -> tuple[Project, ...]:
        """The projects that the meeting dealt with."""
        linked = select(project_meeting.c.project_id).join(meeting)
        named = linked.where(meeting.c.uid == meeting_uid)
        return self._loaded(project.c.deleted_at.is_(None), project.c.id.in_(named))

    def relying_on(self, member_uid: str) -> tuple[str, ...]:
        """UUIDs of the projects that the member carries, also of those in the bin."""
        carried = select(project_person.c.project_id).join(member)
        query = select(project.c.uid).where(
            project.c.id.in_(carried.where(member.c.uid == member_uid))
        )
        return tuple(self._connection.scalars(query.order_by(*_NEWEST)))

    def same(self, title: str, start: date | None) -> str | None:
        """The UUID of the project of this title and start, if one is stored."""
        query = select(project.c.uid).where(
            project.c.deleted_at.is_(None),
            project.c.title == title,
            project.c.start.is_not_distinct_from(start.isoformat() if start else None),
        )
        return self._connection.scalar(query.order_by(project.c.id).limit(1))

    def _put(self, record: Project, reason: str) -> None:
        self._write_children(record, self._write(record, reason))

    def _loaded(self, *conditions: ColumnElement[bool]) -> tuple[Project, ...]:
        query = select(project.c.body).where(*conditions).order_by(*_NEWEST)
        return tuple(from_json(Project, body) for body in self._connection.scalars(query))

    def _write(self, record: Project, reason: str) -> int:
        row = project_row(record) | {"updated_at": stamp()}
        known = self._connection.execute(
            select(project.c.id, project.c.deleted_at).where(project.c.uid == record.id)
        ).first()
        was = known.deleted_at if known else None
        row["deleted_at"] = (was or stamp()) if record.deleted else None
        row["deleted_reason"] = reason if record.deleted else None
        if known is None:
            return new_row(self._connection, project, row | {"uid": record.id})
        self._connection.execute(update(project).where(project.c.id == known.id).values(row))
        return int(known.id)

    def _write_children(self, record: Project, row_id: int) -> None:
        people = list(people_of(record))
        members = self._row_ids(member, [uid for uid, _ in people])
        meetings = self._row_ids(meeting, [link.meeting_id for link in record.meetings])
        rows: dict[Table, list[dict[str, Any]]] = {
            project_person: [
                {"position": n, "member_id": members[uid], "role": role}
                for n, (uid, role) in enumerate(people)
            ],
            project_meeting: [
                {"position": n, "meeting_id": meetings[link.meeting_id], "item": link.item_id}
                for n, link in enumerate(record.meetings)
            ],
        }
        for table, children in rows.items():
            self._connection.execute(delete(table).where(table.c.project_id == row_id))
            if children:
                self._connection.execute(
                    insert(table), [child | {"project_id": row_id} for child in children]
                )

    def _row_ids(self, table: Table, uids: Iterable[str]) -> dict[str, int]:
        query = select(table.c.uid, table.c.id).where(table.c.uid.in_(list(uids)))
        return {row.uid: row.id for row in self._connection.execute(query)}


def _parts(uids: Iterable[str]) -> list[list[str]]:
    wanted = list(dict.fromkeys(uids))
    return [wanted[start : start + _AT_ONCE] for start in range(0, len(wanted), _AT_ONCE)]


def _narrow(wanted: ProjectFilter) -> list[ColumnElement[bool]]:
    mark = project.c.deleted_at
    conditions: list[ColumnElement[bool]] = [
        mark.is_not(None) if wanted.deleted else mark.is_(None)
    ]
    if wanted.year is not None:
        conditions.append(_touches(wanted.year))
    if wanted.category is not None:
        conditions.append(project.c.category == wanted.category)
    if wanted.categories:
        conditions.append(project.c.category.in_(wanted.categories))
    if wanted.state is not None:
        conditions.append(project.c.state == wanted.state.value)
    conditions += [
        or_(*(c.contains(word, autoescape=True) for c in (project.c.title, project.c.words)))
        for word in wanted.text.split()
    ]
    return conditions


def _touches(year: int) -> ColumnElement[bool]:
    """Whether the period touches the year; a project without a period by its declaration."""
    first, last = f"{year:04}-01-01", f"{year:04}-12-31"
    ends = func.coalesce(project.c.last_day, project.c.start)
    return or_(
        and_(project.c.start <= last, ends >= first),
        and_(project.c.start.is_(None), project.c.year == year),
    )
