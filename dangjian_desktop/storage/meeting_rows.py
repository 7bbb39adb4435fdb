"""One meeting as rows of its tables, and back."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Row, RowMapping

from dangjian_desktop.domain.meetings.meeting import Attendance, Exclusion, Meeting, Presence
from dangjian_desktop.domain.references import Person
from dangjian_desktop.storage.records.records import from_plain, hints_of, load, to_plain, values
from dangjian_desktop.storage.tables import meeting

_EXCLUDED = "excluded"
_ELSEWHERE = frozenset({"id", "kinds", "attendance", "excluded", "deleted"})
_BODY = tuple(n for n in hints_of(Meeting) if n not in meeting.c and n not in _ELSEWHERE)
_NOT_WORDS = frozenset({"id", "member_id", "matter", "method"})


def meeting_row(sitting: Meeting) -> dict[str, Any]:
    """The columns of the meeting itself."""
    body = {name: to_plain(getattr(sitting, name)) for name in _BODY}
    return values(sitting, meeting) | {
        "held": int(sitting.held),
        "body": json.dumps(body, ensure_ascii=False, separators=(",", ":")),
        "words": "\n".join((*_texts(body), *_absence_texts(sitting))),
    }


def _absence_texts(sitting: Meeting) -> Iterator[str]:
    """What was written of those who were away or not counted; names stand on every sheet."""
    for stood in sitting.attendance:
        yield from filter(None, (stood.reason, stood.made_up))
    for left_out in sitting.excluded:
        yield from filter(None, (left_out.reason, left_out.consent))


def kind_rows(sitting: Meeting, row_id: int) -> list[dict[str, Any]]:
    """Its kinds in their order."""
    return [
        {"meeting_id": row_id, "position": position, "kind": kind}
        for position, kind in enumerate(sitting.kinds)
    ]


def attendance_rows(
    sitting: Meeting, row_id: int, members: Mapping[str, int]
) -> list[dict[str, Any]]:
    """Who stood where, then who is not counted; ``members`` gives row ids by UUID."""
    rows = [*map(_attendance_row, sitting.attendance), *map(_exclusion_row, sitting.excluded)]
    for position, row in enumerate(rows):
        uid = row.pop("member_uid")
        row |= {
            "meeting_id": row_id,
            "position": position,
            "member_id": None if uid is None else members[uid],
        }
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


def meeting_from(row: Row[Any], kinds: Sequence[str], stood: Sequence[RowMapping]) -> Meeting:
    """The meeting that the rows hold; ``stood`` are rows of attendance with ``member_uid``."""
    hints = hints_of(Meeting)
    body = json.loads(row.body)
    return load(
        Meeting,
        row,
        id=row.uid,
        kinds=tuple(kinds),
        deleted=row.deleted_at is not None,
        attendance=tuple(_attendance(part) for part in stood if part["state"] != _EXCLUDED),
        excluded=tuple(_exclusion(part) for part in stood if part["state"] == _EXCLUDED),
        **{name: from_plain(hints[name], body[name]) for name in _BODY if name in body},
    )


def _attendance(part: RowMapping) -> Attendance:
    person = Person(part["name"], part["member_uid"])
    return Attendance(person, Presence(part["state"]), part["reason"], part["made_up"])


def _exclusion(part: RowMapping) -> Exclusion:
    approved = from_plain(hints_of(Exclusion)["approved_on"], part["approved_on"])
    person = Person(part["name"], part["member_uid"])
    return Exclusion(person, part["reason"], part["consent"], approved)


def _texts(value: Any) -> Iterator[str]:
    """Every text that people wrote, none that only the program reads."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for name, part in value.items():
            if name not in _NOT_WORDS:
                yield from _texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)
