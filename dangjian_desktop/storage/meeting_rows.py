"""One meeting as rows of its tables, and back."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Row

from dangjian_desktop.domain.meetings.meeting import Attendance, Exclusion, Meeting, Presence
from dangjian_desktop.domain.references import Person
from dangjian_desktop.storage.leaves import days_in, texts_in
from dangjian_desktop.storage.records.keeping import Rows
from dangjian_desktop.storage.records.records import (
    from_plain,
    hints_of,
    load,
    parts_reader,
    to_json,
    to_plain,
    values,
)
from dangjian_desktop.storage.tables import meeting

_EXCLUDED = "excluded"
_PRESENCE = {presence.value: presence for presence in Presence}
STOOD = ("state", "name", "reason", "made_up", "consent", "approved_on", "member_id")
"""The columns of attendance in the order of ``stood``."""
_ELSEWHERE = frozenset({"id", "kinds", "attendance", "excluded", "deleted"})
_BODY = tuple(n for n in hints_of(Meeting) if n not in meeting.c and n not in _ELSEWHERE)
_read_body = parts_reader(Meeting, _BODY)


def meeting_row(sitting: Meeting) -> dict[str, Any]:
    """The columns of the meeting itself."""
    body = {name: getattr(sitting, name) for name in _filled(sitting, _BODY)}
    return values(sitting, meeting) | {
        "held": int(sitting.held),
        "late": int(sitting.late_entry is not None),
        "body": to_json(body),
    }


def meeting_text(sitting: Meeting) -> str:
    """What history keeps of it."""
    return to_json({name: getattr(sitting, name) for name in _filled(sitting, hints_of(Meeting))})


def _filled(sitting: Meeting, names: Iterable[str]) -> Iterable[str]:
    """Without its files where it has none: older states are kept as what differs from the text of
    a meeting, which must stay what it was before meetings had files."""
    return names if sitting.files else [name for name in names if name != "files"]


def texts_of_row(
    row: Row[Any], body: Mapping[str, Any], attended: Callable[[], Mapping[int, Iterable[str]]]
) -> Iterator[str]:
    """By which the meeting of a row with id, title and group is found, its title first: every text
    and the days in its body. Those of attendance are asked for only when they are reached."""
    texts = texts_in(Meeting, {**body, "title": row.title, "group": row.group})
    yield from (row.title, *texts)
    yield from attended().get(row.id, ())
    yield from days_in(Meeting, body)


def texts_of_stood(member_id: int | None, name: str, *told: str | None) -> Iterator[str]:
    """Every text but the name of a member: those stand on every sheet, and a search for one means
    what he did or said."""
    known = name if member_id is not None else ""
    return (text for text in (name, *told) if text and text != known)


def attendance_rows(sitting: Meeting, members: Mapping[str | None, int | None]) -> Rows:
    """Who stood where, then who is not counted; ``members`` gives row ids by UUID, none for none.
    Of those who are counted nobody consented, of the others nothing was made up for."""
    states = {presence: presence.value for presence in Presence}
    counted = [
        (n, members[a.person.member_id], a.person.name, states[a.presence], a.reason, a.made_up)
        for n, a in enumerate(sitting.attendance)
    ]
    rows: list[tuple[Any, ...]] = [(*row, None, None) for row in counted]
    for n, left_out in enumerate(sitting.excluded, len(rows)):
        person, approved = left_out.person, to_plain(left_out.approved_on)
        who = (n, members[person.member_id], person.name, _EXCLUDED)
        rows.append((*who, left_out.reason, None, left_out.consent, approved))
    return rows


def meeting_from(
    row: Row[Any], kinds: Sequence[str], there: Sequence[Attendance | Exclusion]
) -> Meeting:
    """The meeting that the rows hold; ``there`` are its rows of attendance, read by ``stood``."""
    return load(
        Meeting,
        row,
        id=row.uid,
        kinds=tuple(kinds),
        deleted=row.deleted_at is not None,
        attendance=tuple(part for part in there if type(part) is Attendance),
        excluded=tuple(part for part in there if type(part) is Exclusion),
        **_read_body(json.loads(row.body)),
    )


def stood(row: Sequence[Any], uids: Mapping[int, str]) -> Attendance | Exclusion:
    """A row of attendance in the order of ``STOOD``; ``uids`` gives members by row id."""
    state, name, reason, made_up, consent, approved_on, row_id = row
    person = Person(name, None if row_id is None else uids[row_id])
    if state != _EXCLUDED:
        return Attendance(person, _PRESENCE[state], reason, made_up)
    approved = from_plain(hints_of(Exclusion)["approved_on"], approved_on)
    return Exclusion(person, reason or "", consent, approved)
