"""A meeting in the JSON of the contract; what is read back from it is the same meeting."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, time
from typing import Any

from dangjian_desktop.domain.meetings import (
    Action,
    AgendaItem,
    Candidate,
    Meeting,
    Person,
    Presence,
    Vote,
)


class MeetingWriter:
    """Writes meetings; ``tails`` are last four digits by member id, to tell namesakes apart."""

    def __init__(self, tails: Mapping[str, str] | None = None) -> None:
        self._tails = tails or {}

    def write(self, meeting: Meeting) -> dict[str, Any]:
        """MEETING of the contract."""
        shared = Counter(a.person.name for a in meeting.attendance)
        shared += Counter(e.person.name for e in meeting.excluded)
        return {
            "id": meeting.id,
            "kinds": list(meeting.kinds),
            "number": meeting.number,
            "title": meeting.title,
            "for_year": meeting.for_year,
            "date": meeting.date.isoformat(),
            "start": _clock(meeting.start),
            "end": _clock(meeting.end),
            "place": meeting.place,
            "host": _name(meeting.host),
            "delegated_by": _name(meeting.delegated_by),
            "recorder": _name(meeting.recorder),
            "group": meeting.group,
            "attendance": self._attendance(meeting, shared),
            "stated": None
            if meeting.stated is None
            else {"eligible": meeting.stated.eligible, "present": meeting.stated.present},
            "observers": [{"name": o.name, "role": o.role} for o in meeting.observers],
            "agenda": [_item(item) for item in meeting.agenda],
            "closing": meeting.closing,
            "details": dict(meeting.details),
            "late_entry": _late(meeting),
        }

    def _attendance(self, meeting: Meeting, shared: Counter[str]) -> dict[str, Any]:
        found: dict[str, Any] = {presence.value: [] for presence in Presence}
        for entry in meeting.attendance:
            who = self._member(entry.person, shared)
            if entry.presence is Presence.LEAVE or entry.reason or entry.made_up:
                who = {"name": who} if isinstance(who, str) else who
                who |= {"reason": entry.reason, "made_up": entry.made_up}
            found[entry.presence.value].append(who)
        found["excluded"] = [
            self._named(entry.person, shared)
            | {
                "reason": entry.reason,
                "consent": entry.consent,
                "approved_on": _day(entry.approved_on),
            }
            for entry in meeting.excluded
        ]
        return found

    def _member(self, person: Person, shared: Counter[str]) -> Any:
        return self._named(person, shared) if shared[person.name] > 1 else person.name

    def _named(self, person: Person, shared: Counter[str]) -> dict[str, Any]:
        tail = self._tails.get(person.member_id or "")
        if shared[person.name] > 1 and tail:
            return {"name": person.name, "id_number_tail": tail}
        return {"name": person.name}


def same_content(first: Meeting, second: Meeting) -> bool:
    """Whether two meetings say the same, ids and a number not yet fixed aside."""
    return _comparable(first) == _comparable(second)


def _comparable(meeting: Meeting) -> dict[str, Any]:
    written = MeetingWriter().write(meeting)
    written["id"] = written["number"] = None
    for item in written["agenda"]:
        item["id"] = None
    for part in written["attendance"].values():
        part.sort(key=str)
    return written


def _item(item: AgendaItem) -> dict[str, Any]:
    return {
        "id": item.id,
        "topic": item.topic,
        "matter": item.matter.value,
        "person": item.person,
        "content": list(item.content),
        "speeches": [{"speaker": s.speaker.name, "text": s.text} for s in item.speeches],
        "vote": None if item.vote is None else _vote(item.vote),
        "candidates": [_candidate(candidate) for candidate in item.candidates],
        "resolution": item.resolution,
        "actions": [_action(action) for action in item.actions],
    }


def _vote(vote: Vote) -> dict[str, Any]:
    counts = {
        name: getattr(vote, name)
        for name in Vote.__dataclass_fields__
        if name != "method" and getattr(vote, name) is not None
    }
    return {"method": None if vote.method is None else vote.method.value} | counts


def _candidate(candidate: Candidate) -> dict[str, Any]:
    return {name: getattr(candidate, name) for name in Candidate.__dataclass_fields__}


def _action(action: Action) -> dict[str, Any]:
    return {
        "what": action.what,
        "responsible": _name(action.responsible),
        "due": _day(action.due),
        "standard": action.standard,
        "checker": _name(action.checker),
    }


def _late(meeting: Meeting) -> dict[str, Any] | None:
    late = meeting.late_entry
    if late is None:
        return None
    return {
        "entered_on": late.entered_on.isoformat(),
        "reason": late.reason,
        "paper_original": late.paper_original,
    }


def _name(person: Person | None) -> str | None:
    return None if person is None else person.name


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _clock(moment: time | None) -> str | None:
    return None if moment is None else f"{moment:%H:%M}"
