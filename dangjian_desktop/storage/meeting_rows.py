"""One meeting as rows of its tables, and back."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from sqlalchemy import Row

from dangjian_desktop.domain.meetings.meeting import Attendance, Exclusion, Meeting, Presence
from dangjian_desktop.domain.references import Person
from dangjian_desktop.domain.words import days_of, texts_of
from dangjian_desktop.storage.records.records import (
    from_plain,
    hints_of,
    load,
    to_json,
    to_plain,
    values,
)
from dangjian_desktop.storage.tables import meeting

_EXCLUDED = "excluded"
_PRESENCE = {presence.value: presence for presence in Presence}
STOOD = ("state", "name", "reason", "made_up", "consent", "approved_on", "member_uid")
"""The columns of attendance in the order of ``Stood``; the last is the UUID of the member."""
Stood = Sequence[Any]
_ELSEWHERE = frozenset({"id", "kinds", "attendance", "excluded", "deleted"})
_BODY = tuple(n for n in hints_of(Meeting) if n not in meeting.c and n not in _ELSEWHERE)


def meeting_row(sitting: Meeting) -> dict[str, Any]:
    """The columns of the meeting itself."""
    body = {name: getattr(sitting, name) for name in _BODY}
    return values(sitting, meeting) | {
        "held": int(sitting.held),
        "late": int(sitting.late_entry is not None),
        "body": to_json(body),
    }


def meeting_words(sitting: Meeting) -> Iterator[str]:
    """By which the meeting is found: its texts, and the days in its body."""
    yield from _written(sitting)
    yield from days_of([getattr(sitting, name) for name in _BODY])


def _written(sitting: Meeting) -> Iterator[str]:
    """Every text but the names of members in the list of attendance: those stand on every sheet,
    and a search for one means what he did or said."""
    yield from texts_of(replace(sitting, attendance=(), excluded=()))
    named: list[Attendance | Exclusion] = [*sitting.attendance, *sitting.excluded]
    for part in named:
        name = part.person.name if part.person.member_id is not None else ""
        yield from (text for text in texts_of(part) if text != name)


def kind_rows(sitting: Meeting) -> list[dict[str, Any]]:
    """Its kinds in their order."""
    return [{"position": n, "kind": kind} for n, kind in enumerate(sitting.kinds)]


def attendance_rows(sitting: Meeting, members: Mapping[str, int]) -> list[dict[str, Any]]:
    """Who stood where, then who is not counted; ``members`` gives row ids by UUID."""
    rows = [*map(_attendance_row, sitting.attendance), *map(_exclusion_row, sitting.excluded)]
    for position, row in enumerate(rows):
        uid = row.pop("member_uid")
        row |= {"position": position, "member_id": None if uid is None else members[uid]}
    return rows


def _attendance_row(stood: Attendance) -> dict[str, Any]:
    return {
        "member_uid": stood.person.member_id,
        "name": stood.person.name,
        "state": stood.presence.value,
        "reason": stood.reason,
        "made_up": stood.made_up,
        "consent": None,
        "approved_on": None,
    }


def _exclusion_row(left_out: Exclusion) -> dict[str, Any]:
    return {
        "member_uid": left_out.person.member_id,
        "name": left_out.person.name,
        "state": _EXCLUDED,
        "reason": left_out.reason,
        "made_up": None,
        "consent": left_out.consent,
        "approved_on": to_plain(left_out.approved_on),
    }


def meeting_from(row: Row[Any], kinds: Sequence[str], stood: Sequence[Stood]) -> Meeting:
    """The meeting that the rows hold; ``stood`` are rows of attendance."""
    hints = hints_of(Meeting)
    body = json.loads(row.body)
    return load(
        Meeting,
        row,
        id=row.uid,
        kinds=tuple(kinds),
        deleted=row.deleted_at is not None,
        attendance=tuple(_attendance(*part) for part in stood if part[0] != _EXCLUDED),
        excluded=tuple(_exclusion(*part) for part in stood if part[0] == _EXCLUDED),
        **{name: from_plain(hints[name], body[name]) for name in _BODY if name in body},
    )


def _attendance(
    state: str, name: str, reason: str | None, made_up: str | None, *rest: Any
) -> Attendance:
    return Attendance(_person(name, rest[-1]), _PRESENCE[state], reason, made_up)


def _exclusion(
    _state: str,
    name: str,
    reason: str,
    _made_up: None,
    consent: str | None,
    approved_on: str | None,
    uid: str | None,
) -> Exclusion:
    approved = from_plain(hints_of(Exclusion)["approved_on"], approved_on)
    return Exclusion(_person(name, uid), reason, consent, approved)


@lru_cache(maxsize=4096)
def _person(name: str, uid: str | None) -> Person:
    """The same persons stand in sitting after sitting."""
    return Person(name, uid)
