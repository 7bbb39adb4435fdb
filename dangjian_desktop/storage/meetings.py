"""Meetings, their kinds and attendance in the library file."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, and_, func, or_, select

from dangjian_desktop.domain.folding import fold
from dangjian_desktop.domain.meetings.listing import SittingRow
from dangjian_desktop.domain.meetings.meeting import (
    Attendance,
    Exclusion,
    Matter,
    Meeting,
    MeetingFilter,
    Presence,
)
from dangjian_desktop.domain.meetings.problems import YEARS_APART
from dangjian_desktop.domain.words import written
from dangjian_desktop.storage.file.connecting import driver_of
from dangjian_desktop.storage.meeting_rows import (
    STOOD,
    attendance_rows,
    meeting_from,
    meeting_row,
    meeting_text,
    stood,
    texts_of_row,
    texts_of_stood,
)
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
from dangjian_desktop.storage.records.records import load
from dangjian_desktop.storage.row_ids import RowIds, member_rows
from dangjian_desktop.storage.tables import attendance, file_number, meeting, meeting_kind, member
from dangjian_desktop.sweeps import unswept

_NEWEST = (meeting.c.date.desc(), meeting.c.start.desc(), meeting.c.id.desc())
_OLDEST = (meeting.c.date, meeting.c.start, meeting.c.id)
_UNREAD = ("late", "checksum")
# Statements are begun once: making one takes longer than running it.
_WHOLE = select(*(c for c in meeting.c if c.name not in _UNREAD)).order_by(*_OLDEST)
_SHOWN = (
    *("id", "uid", "title", "date", "start", "end", "group"),
    *("for_year", "number", "held", "late"),
)
_LINES = select(*(meeting.c[name] for name in _SHOWN)).order_by(*_NEWEST)
_HEADS = (
    "SELECT m.uid, m.title, m.date, k.kind FROM meeting m JOIN meeting_kind k"
    " ON k.meeting_id = m.id WHERE m.uid IN ({}) ORDER BY k.position"
)
_KINDS = "SELECT meeting_id, kind FROM meeting_kind WHERE meeting_id IN ({}) ORDER BY position"
_SPOKEN = (
    "SELECT m.uid, (SELECT json_array(t.key, t.value) FROM json_tree(m.body) t"
    " WHERE t.type = 'text' AND instr(t.value, ?) LIMIT 1) FROM meeting m WHERE m.uid IN ({})"
)
# One text for each sitting, cut into one for everybody, most of which were met before: a row for
# everybody takes four times as long. JSON holds no such mark.
_BETWEEN = "\x1e"
_STOOD = (
    f"SELECT meeting_id, group_concat(json_array({', '.join(STOOD)}),"
    f" char({ord(_BETWEEN)}) ORDER BY position) FROM attendance"
    " WHERE meeting_id IN ({}) GROUP BY meeting_id"
)
_KNOWN = 20_000
"""So many ways of standing at a sitting are kept; the same persons stand alike in one after the
other."""
_TOLD = select(*(meeting.c[name] for name in ("id", "uid", "title", "group", "body")))
_SAID = [attendance.c[name] for name in ("reason", "made_up", "consent")]
_TOLD_OF = (
    select(attendance.c.meeting_id, attendance.c.member_id, attendance.c.name, *_SAID)
    .where(or_(attendance.c.member_id.is_(None), *(text.is_not(None) for text in _SAID)))
    .order_by(attendance.c.position)
)
_SAME = (
    "SELECT m.uid, k.kind FROM meeting m JOIN meeting_kind k ON k.meeting_id = m.id"
    ' WHERE m.deleted_at IS NULL AND m.date = ? AND m.start IS ? AND m."group" IS ? ORDER BY m.id'
)
_ENDING = (Matter.REGULARISATION, Matter.EXTENSION, Matter.DISQUALIFICATION)
_TIED = or_(
    func.json_extract(meeting.c.body, "$.activity").is_not(None),
    *(meeting.c.body.contains(f'"{matter.value}"') for matter in _ENDING),
)
_THERE = [presence.value for presence in Presence if presence.counts]


def _loaded(connection: Connection, conditions: Conditions) -> tuple[Meeting, ...]:
    """Whole meetings, oldest first."""
    with unswept():
        rows = connection.execute(_WHOLE.where(*conditions)).all()
        ids = [row.id for row in rows]
        kinds, there = _kinds(connection, ids), _attendance(connection, ids)
        return tuple(meeting_from(row, kinds[row.id], there[row.id]) for row in rows)


def _lines(connection: Connection, conditions: Conditions) -> tuple[SittingRow, ...]:
    rows = connection.execute(_LINES.where(*conditions)).all()
    ids = [row.id for row in rows]
    kinds, there = _kinds(connection, ids), _there(connection, ids)
    return tuple(
        load(
            SittingRow,
            row,
            id=row.uid,
            kinds=tuple(kinds[row.id]),
            there=frozenset(there[row.id]),
        )
        for row in rows
    )


def heads(connection: Connection, uids: Iterable[str]) -> dict[str, tuple[str, date, list[str]]]:
    """Title, day and kinds of these meetings by UUID: less than a list shows of them."""
    found: dict[str, tuple[str, date, list[str]]] = {}
    for uid, title, day, kind in _below(connection, _HEADS, uids):
        found.setdefault(uid, (title, date.fromisoformat(day), []))[2].append(kind)
    return found


def standing(connection: Connection, uids: Iterable[str], wanted: str) -> dict[str, Iterable[str]]:
    """The first text in the minutes of these meetings that holds the wanted one, by UUID, as far as
    the database can tell: several times faster than reading them."""
    found: dict[str, Iterable[str]] = {}
    # Codes and days are no texts, and are ASCII.
    for part in () if wanted.isascii() else in_parts(uids):
        query = _SPOKEN.format(", ".join("?" * len(part)))
        for uid, told in driver_of(connection).execute(query, (wanted, *part)):
            name, text = json.loads(told or '["", ""]')
            if text and (type(name) is int or written(name)):
                found[uid] = (fold(text),)
    return found


def _kinds(connection: Connection, ids: Sequence[int]) -> Mapping[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for row_id, kind in _below(connection, _KINDS, ids):
        found[row_id].append(kind)
    return found


def _below(connection: Connection, query: str, ids: Iterable[Any]) -> Iterator[tuple[Any, ...]]:
    """What the query tells of meetings: without an expression for it, which takes longer."""
    for part in in_parts(ids):
        marks = ", ".join("?" * len(part))
        yield from driver_of(connection).execute(query.format(marks), part)


def _there(connection: Connection, ids: Sequence[int]) -> Mapping[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    query = select(attendance.c.meeting_id, member.c.uid).join(member)
    for part in in_parts(ids):
        wanted = query.where(among(attendance.c.meeting_id, part), attendance.c.state.in_(_THERE))
        for row_id, uid in connection.execute(wanted):
            found[row_id].append(uid)
    return found


def _attendance(
    connection: Connection, ids: Sequence[int]
) -> Mapping[int, list[Attendance | Exclusion]]:
    told = {row_id: rows.split(_BETWEEN) for row_id, rows in _below(connection, _STOOD, ids)}
    known = _known(connection, told.values())
    found = {row_id: list(map(known.__getitem__, rows)) for row_id, rows in told.items()}
    return defaultdict(list, found)


def _known(
    connection: Connection, told: Iterable[Iterable[str]]
) -> Mapping[str, Attendance | Exclusion]:
    """What each of these rows tells, as JSON lists; mostly they were met before."""
    members = member_rows(connection)
    kept: dict[str, Attendance | Exclusion] = members.told
    new = [*set[str]().union(*told).difference(kept)]
    rows = json.loads(f"[{','.join(new)}]")
    uids = members.uids(connection, {row[-1] for row in rows} - {None})
    made = {text: stood(row, uids) for text, row in zip(new, rows, strict=True)}
    if len(kept) + len(made) > _KNOWN:
        return {**kept, **made}
    kept.update(made)
    return kept


def _texts(connection: Connection, conditions: Conditions) -> Iterator[Texts]:
    rows = connection.execute(_TOLD.where(*conditions)).all()

    @cache
    def attended() -> Mapping[int, list[str]]:
        return _told_of(connection, [row.id for row in rows])

    for row in rows:
        yield row.uid, texts_of_row(row, json.loads(row.body), attended)


def _told_of(connection: Connection, ids: Sequence[int]) -> Mapping[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for part in in_parts(ids):
        wanted = _TOLD_OF.where(among(attendance.c.meeting_id, part))
        for row_id, *told in connection.execute(wanted).all():
            found[row_id] += texts_of_stood(*told)
    return found


def _children(ids: RowIds, sitting: Meeting) -> Mapping[Table, Rows]:
    people = [stood.person.member_id for stood in sitting.attendance]
    people += [left_out.person.member_id for left_out in sitting.excluded]
    rows = attendance_rows(sitting, ids.or_none(member, people))
    return {meeting_kind: list(enumerate(sitting.kinds)), attendance: rows}


def _files(sitting: Meeting) -> list[tuple[str, str]]:
    return [("files", file.sha256) for file in sitting.files]


def _settled(sitting: Meeting, stored: Meeting) -> Meeting:
    """A number once fixed by printing stays."""
    return replace(sitting, number=stored.number) if sitting.number is None else sitting


def _same(connection: Connection, sitting: Meeting) -> str | None:
    """The sitting of exactly these kinds, day, start and group."""
    start = sitting.start.isoformat() if sitting.start else None
    found: dict[str, set[str]] = defaultdict(set)
    alike = (sitting.date.isoformat(), start, sitting.group)
    for uid, kind in connection.exec_driver_sql(_SAME, alike):
        found[uid].add(kind)
    wanted = set(sitting.kinds)
    return next((uid for uid, kinds in found.items() if kinds == wanted), None)


def _names(member_uid: str) -> ColumnElement[bool]:
    """Sittings, not from the bin, that name the member anywhere."""
    attended = select(attendance.c.meeting_id).join(member).where(member.c.uid == member_uid)
    named = meeting.c.body.contains(member_uid, autoescape=True)
    return in_bin(meeting, False) & or_(meeting.c.id.in_(attended), named)


def _years(connection: Connection) -> set[int]:
    days = select(meeting.c.date).where(in_bin(meeting, False)).distinct()
    return {int(day[:4]) for day in connection.scalars(days)}


def _narrow(wanted: MeetingFilter | None) -> list[ColumnElement[bool]]:
    asked = wanted or MeetingFilter()
    conditions: list[ColumnElement[bool]] = [in_bin(meeting, asked.deleted)]
    within = _between(asked.first, asked.last)
    if within and asked.also_for is not None:
        year = asked.also_for
        # With its days the index of the dates is enough.
        years = _between(date(year - YEARS_APART, 1, 1), date(year + YEARS_APART, 12, 31))
        within = [or_(and_(*within), and_(meeting.c.for_year == year, *years))]
    conditions += within
    if asked.tied:
        conditions.append(_TIED)
    if asked.group is not None:
        conditions.append(meeting.c.group == asked.group)
    if asked.kind is not None:
        of_kind = select(meeting_kind.c.meeting_id).where(meeting_kind.c.kind == asked.kind)
        conditions.append(meeting.c.id.in_(of_kind))
    return conditions


def _between(first: date | None, last: date | None) -> list[ColumnElement[bool]]:
    conditions = []
    if first is not None:
        conditions.append(meeting.c.date >= first.isoformat())
    if last is not None:
        conditions.append(meeting.c.date <= last.isoformat())
    return conditions


def first_held(connection: Connection, until: date) -> date | None:
    """The day of the first sitting that took place, of those until the day."""
    days = select(meeting.c.date).where(in_bin(meeting, False), meeting.c.held == 1)
    found = connection.scalar(days.where(*_between(None, until)).order_by(meeting.c.date).limit(1))
    return None if found is None else date.fromisoformat(found)


MEETINGS: Keeping[Meeting, MeetingFilter, SittingRow] = Keeping(
    subject="meeting",
    called="会议",
    of=Meeting,
    table=meeting,
    sheet=sheet_of(meeting, meeting_kind, attendance, file_number, subject="meeting"),
    order=_NEWEST,
    loaded=_loaded,
    lines=_lines,
    columns=meeting_row,
    narrow=_narrow,
    children=_children,
    files=_files,
    years=_years,
    same=_same,
    names=_names,
    text=meeting_text,
    settled=_settled,
    year=lambda sitting: sitting.date.year,
    texts=_texts,
    again=lambda sitting: replace(sitting, details=deepcopy(sitting.details)),
)
"""How meetings are kept. Their files stand in the body and again in ``record_file``."""
