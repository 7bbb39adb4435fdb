"""Projects in the library file."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, and_, func, or_, select

from dangjian_desktop.domain.projects.listing import ProjectRow
from dangjian_desktop.domain.projects.project import Project, ProjectFilter
from dangjian_desktop.domain.references import Link
from dangjian_desktop.storage.leaves import texts_in
from dangjian_desktop.storage.project_rows import listed, people_of, project_row
from dangjian_desktop.storage.records.keeping import (
    Conditions,
    Keeping,
    Rows,
    Texts,
    among,
    in_bin,
    in_parts,
    sheet_of,
)
from dangjian_desktop.storage.records.records import from_json
from dangjian_desktop.storage.row_ids import RowIds
from dangjian_desktop.storage.tables import (
    meeting,
    member,
    project,
    project_meeting,
    project_person,
)

_NEWEST = (project.c.start.desc().nulls_first(), project.c.id.desc())
_SHOWN = (
    *("uid", "title", "category", "state", "secretary", "number"),
    *("start", "last_day", "year", "percent", "open_planned"),
)
_LINES: Any = select(*(project.c[name] for name in _SHOWN)).order_by(*_NEWEST)


def _loaded(connection: Connection, conditions: Conditions) -> tuple[Project, ...]:
    query = select(project.c.body).where(*conditions).order_by(*_NEWEST)
    return tuple(from_json(Project, body) for body in connection.scalars(query))


def _lines(connection: Connection, conditions: Conditions) -> tuple[ProjectRow, ...]:
    return tuple(map(listed, connection.execute(_LINES.where(*conditions)).all()))


def _texts(connection: Connection, conditions: Conditions) -> Iterator[Texts]:
    query = select(project.c.uid, project.c.title, project.c.body).where(*conditions)
    for uid, title, body in connection.execute(query).all():
        yield uid, chain((title,), texts_in(Project, json.loads(body)))


def _children(ids: RowIds, record: Project) -> Mapping[Table, Rows]:
    people = list(people_of(record))
    members = ids.of(member, [uid for uid, _ in people])
    meetings = ids.of(meeting, [link.meeting_id for link in record.meetings])
    return {
        project_person: [(n, members[uid], role) for n, (uid, role) in enumerate(people)],
        project_meeting: [
            (n, meetings[link.meeting_id], link.item_id) for n, link in enumerate(record.meetings)
        ],
    }


def _files(record: Project) -> list[tuple[str, str]]:
    return [("evidence", file.sha256) for file in record.evidence]


def _names(member_uid: str) -> ColumnElement[bool]:
    """Projects that the member carries, also those in the bin."""
    carried = select(project_person.c.project_id).join(member)
    return project.c.id.in_(carried.where(member.c.uid == member_uid))


def _links(subject: str, uid: str) -> ColumnElement[bool]:
    linked = select(project_meeting.c.project_id).join(meeting)
    wanted = uid if subject == "meeting" else None
    return project.c.id.in_(linked.where(meeting.c.uid == wanted))


def sittings_of(connection: Connection, uids: Iterable[str]) -> Mapping[str, Sequence[Link]]:
    """The meetings, or items of their agendas, that these projects are linked to, in their order;
    no project is read."""
    found: dict[str, list[Link]] = {}
    query = (
        select(project.c.uid, meeting.c.uid, project_meeting.c.item)
        .join_from(project_meeting, project)
        .join(meeting)
        .order_by(project_meeting.c.project_id, project_meeting.c.position)
    )
    for part in in_parts(uids):
        for uid, sitting, item in connection.execute(query.where(among(project.c.uid, part))):
            found.setdefault(uid, []).append(Link("meeting", sitting, item))
    return found


def _same(connection: Connection, record: Project) -> str | None:
    """The project of this title and start."""
    start = record.start.isoformat() if record.start else None
    query = select(project.c.uid).where(
        in_bin(project, False),
        project.c.title == record.title,
        project.c.start.is_not_distinct_from(start),
    )
    return connection.scalar(query.order_by(project.c.id).limit(1))


def _years(connection: Connection) -> set[int]:
    """The years that the periods touch."""
    query = select(project.c.year, project.c.last_day).where(in_bin(project, False))
    found: set[int] = set()
    for year, last in connection.execute(query):
        if year is not None:
            found |= set(range(year, max(year, int(last[:4]) if last else year) + 1))
    return found


def _narrow(wanted: ProjectFilter | None) -> list[ColumnElement[bool]]:
    asked = wanted or ProjectFilter()
    conditions: list[ColumnElement[bool]] = [in_bin(project, asked.deleted)]
    if asked.year is not None:
        conditions.append(_touches(asked.year))
    if asked.category is not None:
        conditions.append(project.c.category == asked.category)
    if asked.categories:
        conditions.append(project.c.category.in_(asked.categories))
    if asked.state is not None:
        conditions.append(project.c.state == asked.state.value)
    return conditions


def _touches(year: int) -> ColumnElement[bool]:
    """Whether the period touches the year; a project without a period by its declaration."""
    first, last = f"{year:04}-01-01", f"{year:04}-12-31"
    ends = func.coalesce(project.c.last_day, project.c.start)
    return or_(
        and_(project.c.start <= last, ends >= first),
        and_(project.c.start.is_(None), project.c.year == year),
    )


PROJECTS: Keeping[Project, ProjectFilter, ProjectRow] = Keeping(
    subject="project",
    called="项目",
    of=Project,
    table=project,
    sheet=sheet_of(project, project_person, project_meeting, subject="project"),
    order=_NEWEST,
    loaded=_loaded,
    lines=_lines,
    columns=project_row,
    narrow=_narrow,
    children=_children,
    files=_files,
    years=_years,
    same=_same,
    names=_names,
    links=_links,
    texts=_texts,
)
"""How projects are kept. Their evidence stands in the body and again in ``record_file``."""
