"""What minutes and ballots are about: a meeting with what is known of its branch."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from dangjian_desktop.domain.meetings.listing import SittingRow
from dangjian_desktop.domain.meetings.meeting import Meeting, MeetingFilter
from dangjian_desktop.papers.meetings.sheet import MeetingSheet
from dangjian_desktop.services.checks.gathering import NO_MEETINGS, gather
from dangjian_desktop.services.items.previous import carried_over
from dangjian_desktop.services.members.strokes import stroke_key, strokes_of
from dangjian_desktop.services.papers.sheets import Asked
from dangjian_desktop.services.records.declaring import kinds_of
from dangjian_desktop.storage.work import Work

AGENDA = "agenda"
"""The paper that opens with what became of the last decisions."""


def next_number(work: Work, meeting: Meeting) -> int | None:
    """第×次 among the year's sittings of its first counted kind, past numbers already fixed."""
    kinds = [kind for kind in kinds_of(work).of(meeting.kinds) if kind.ordinal]
    if not kinds or not meeting.held:
        return None
    year = MeetingFilter(
        first=date(meeting.date.year, 1, 1),
        last=date(meeting.date.year, 12, 31),
        kind=kinds[0].code,
        group=meeting.group,
    )
    others = [m for m in work.meetings.listed(year) if m.held and m.id != meeting.id]
    place = 1 + sum(_moment(m) < _moment(meeting) for m in others)
    taken = {m.number for m in others if m.number is not None}
    while place in taken:
        place += 1
    return place


def _moment(meeting: Meeting | SittingRow) -> tuple[date, str, str]:
    return meeting.date, f"{meeting.start or ''}", meeting.id


def of_meeting(work: Work, asked: Asked) -> MeetingSheet:
    """The meeting with its number, and the facts of its day."""
    meeting: Meeting = asked.record
    if asked.paper.numbered and meeting.number is None:
        meeting = replace(meeting, number=next_number(work, meeting))
    others = MeetingFilter(text=meeting.activity) if meeting.activity else NO_MEETINGS
    facts = gather(work, meeting.date, others)
    version = work.meetings.revision_number(meeting.id) or None
    opens = asked.paper.code == AGENDA
    carried = carried_over(work, meeting.kinds, meeting.group, meeting.date) if opens else ()
    return MeetingSheet(meeting, facts, asked.stamp(work, version), _strokes(meeting), carried)


def _strokes(meeting: Meeting) -> Callable[[Sequence[str]], Sequence[str]] | None:
    """The order of strokes; nothing while a candidate's name has a character without a count."""
    names = (candidate.name for item in meeting.agenda for candidate in item.candidates)
    unknown = any(strokes_of(character) is None for name in names for character in name)
    return None if unknown else partial(sorted, key=stroke_key)
