"""A meeting in the JSON of the contract; what is read back from it is the same meeting."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, time
from typing import Any

from dangjian_desktop.domain.meetings.meeting import (
    Action,
    AgendaItem,
    Candidate,
    Meeting,
    Presence,
    Vote,
)
from dangjian_desktop.domain.members.member import Member
from dangjian_desktop.domain.references import Person
from dangjian_desktop.domain.texts import normal_name


class MeetingWriter:
    """Writes meetings; namesakes among ``members`` get the last four digits of their ID number."""

    def __init__(self, members: Sequence[Member] = ()) -> None:
        shared = Counter(normal_name(member.name) for member in members)
        self._tails = {
            m.id: m.id_number[-4:]
            for m in members
            if m.id_number and shared[normal_name(m.name)] > 1
        }

    def write(self, meeting: Meeting) -> dict[str, Any]:
        """MEETING of the contract."""
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
            "host": self._anyone(meeting.host),
            "delegated_by": self._anyone(meeting.delegated_by),
            "recorder": self._anyone(meeting.recorder),
            "group": meeting.group,
            "attendance": self._attendance(meeting),
            "stated": None
            if meeting.stated is None
            else {"eligible": meeting.stated.eligible, "present": meeting.stated.present},
            "observers": [{"name": o.name, "role": o.role} for o in meeting.observers],
            "agenda": [self._item(item) for item in meeting.agenda],
            "closing": meeting.closing,
            "details": dict(meeting.details),
            "late_entry": _late(meeting),
        }

    def _attendance(self, meeting: Meeting) -> dict[str, Any]:
        found: dict[str, Any] = {presence.value: [] for presence in Presence}
        for entry in meeting.attendance:
            who = self._person(entry.person)
            if entry.presence is Presence.LEAVE or entry.reason or entry.made_up:
                who = self._named(entry.person)
                who |= {"reason": entry.reason, "made_up": entry.made_up}
            found[entry.presence.value].append(who)
        found["excluded"] = [
            self._named(entry.person)
            | {
                "reason": entry.reason,
                "consent": entry.consent,
                "approved_on": _day(entry.approved_on),
            }
            for entry in meeting.excluded
        ]
        return found

    def _item(self, item: AgendaItem) -> dict[str, Any]:
        return {
            "id": item.id,
            "topic": item.topic,
            "matter": item.matter.value,
            "person": item.person,
            "content": list(item.content),
            "speeches": [
                {"speaker": self._person(s.speaker), "text": s.text} for s in item.speeches
            ],
            "vote": None if item.vote is None else _vote(item.vote),
            "candidates": [_candidate(candidate) for candidate in item.candidates],
            "resolution": item.resolution,
            "actions": [self._action(action) for action in item.actions],
        }

    def _action(self, action: Action) -> dict[str, Any]:
        return {
            "what": action.what,
            "responsible": self._anyone(action.responsible),
            "due": _day(action.due),
            "standard": action.standard,
            "checker": self._anyone(action.checker),
        }

    def _anyone(self, person: Person | None) -> Any:
        return None if person is None else self._person(person)

    def _person(self, person: Person) -> Any:
        return self._named(person) if person.member_id in self._tails else person.name

    def _named(self, person: Person) -> dict[str, Any]:
        tail = self._tails.get(person.member_id or "")
        return {"name": person.name} | ({"id_number_tail": tail} if tail else {})


def same_content(first: Meeting, second: Meeting) -> bool:
    """Whether two meetings say the same, ids and a number not yet fixed aside."""
    if _comparable(first) != _comparable(second):
        return False
    known = zip(_others(first), _others(second), strict=True)
    return all(a == b or None in (a, b) for a, b in known)


def _comparable(meeting: Meeting) -> dict[str, Any]:
    written = MeetingWriter().write(meeting)
    written["id"] = written["number"] = None
    for item in written["agenda"]:
        item["id"] = None
    for part in written["attendance"].values():
        part.sort(key=str)
    # The same name may be another person.
    where = [(a.person, str(a.presence)) for a in meeting.attendance]
    where += [(e.person, "excluded") for e in meeting.excluded]
    written["members"] = sorted((person.member_id or "", word) for person, word in where)
    return written


def _others(meeting: Meeting) -> Iterator[str | None]:
    """The members behind the names outside the attendance, in the order of the paper."""
    persons = [meeting.host, meeting.delegated_by, meeting.recorder]
    for item in meeting.agenda:
        persons += [speech.speaker for speech in item.speeches]
        persons += [p for action in item.actions for p in (action.responsible, action.checker)]
    return (person.member_id if person else None for person in persons)


def _vote(vote: Vote) -> dict[str, Any]:
    counts = {
        name: getattr(vote, name)
        for name in Vote.__dataclass_fields__
        if name != "method" and getattr(vote, name) is not None
    }
    return {"method": None if vote.method is None else vote.method.value} | counts


def _candidate(candidate: Candidate) -> dict[str, Any]:
    return {name: getattr(candidate, name) for name in Candidate.__dataclass_fields__}


def _late(meeting: Meeting) -> dict[str, Any] | None:
    late = meeting.late_entry
    if late is None:
        return None
    return {
        "entered_on": late.entered_on.isoformat(),
        "reason": late.reason,
        "paper_original": late.paper_original,
    }


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _clock(moment: time | None) -> str | None:
    return None if moment is None else f"{moment:%H:%M}"
