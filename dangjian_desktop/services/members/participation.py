"""Where a member was at the last sittings, as the minutes have it."""

from __future__ import annotations

from datetime import date

from dangjian_desktop.domain.meetings.kinds import Kinds
from dangjian_desktop.domain.meetings.meeting import Meeting, MeetingFilter
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.services.meetings.meetings import MeetingService

_AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class Participation:
    """One sitting and where the member stood: 到会, 请假（出差）…"""

    meeting: str
    date: date
    kind: str
    stood: str


def last_sittings(
    meetings: MeetingService, uid: str, day: date, most: int = 8
) -> tuple[Participation, ...]:
    """The newest sittings up to the day in whose attendance the member is recorded."""
    ids = meetings.find(MeetingFilter(last=day))
    kinds = meetings.kinds()
    found: list[Participation] = []
    for start in range(0, len(ids), _AT_ONCE):
        part = meetings.get(ids[start : start + _AT_ONCE])
        found += [p for m in part.values() if (p := _participation(m, uid, kinds)) is not None]
        if len(found) >= most:
            break
    return tuple(found[:most])


def _participation(meeting: Meeting, uid: str, kinds: Kinds) -> Participation | None:
    stood = _stood(meeting, uid)
    if stood is None:
        return None
    titles = "、".join(kind.title for kind in kinds.of(meeting.kinds))
    return Participation(meeting.id, meeting.date, titles, stood)


def _stood(meeting: Meeting, uid: str) -> str | None:
    for each in meeting.attendance:
        if each.person.member_id == uid:
            return each.presence.label + (f"（{each.reason}）" if each.reason else "")
    if any(each.person.member_id == uid for each in meeting.excluded):
        return "不计入应到会"
    return None
