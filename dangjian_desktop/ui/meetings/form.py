"""A meeting between the form (plain JSON, as typed) and the domain; knows no widget.

The state of the form is what a draft keeps: every text as it was typed, also one that cannot be
read yet, so that no typing is ever lost.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from dangjian_desktop.domain.dates import read_day
from dangjian_desktop.domain.meetings.decided import identified
from dangjian_desktop.domain.meetings.kinds import PREVIOUS, PREVIOUS_TITLE, Kinds, MeetingKind
from dangjian_desktop.domain.meetings.meeting import Matter, Meeting
from dangjian_desktop.domain.meetings.record import MEETING
from dangjian_desktop.domain.members.member import new_id
from dangjian_desktop.domain.members.roll import Roll
from dangjian_desktop.domain.record import Declared
from dangjian_desktop.domain.references import Person
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.services.records.names import NameFinder
from dangjian_desktop.services.records.reading import RecordReader
from dangjian_desktop.services.records.writing import State, to_state

LATE_AFTER_DAYS = 7
RollOf = Callable[[date], Roll]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a form means: the meeting as far as it can be read, and sentences by their exact place
    (``agenda.2.vote.yes``). There is no meeting without a readable date and a kind."""

    meeting: Meeting | None
    problems: Mapping[str, str]


def state_of(meeting: Meeting) -> State:
    """A stored meeting as the form holds it."""
    state = to_state(MEETING, identified(meeting))
    for item in state["agenda"]:
        item["content"] = "\n".join(item["content"])
    return state


def new_item() -> State:
    """An empty agenda item."""
    return {"id": new_id(), "topic": "", "matter": Matter.GENERAL.value}


def new_state(
    kind: MeetingKind, today: date, usual: Meeting | None, group: str | None = None
) -> State:
    """A new record: today, and place, host and recorder as the last time (``usual``)."""
    return {
        "id": new_id(),
        "kinds": [kind.code],
        "title": default_title((kind,), today.isoformat(), group, today),
        "date": today.isoformat(),
        **({"group": group} if group else {}),
        "place": usual.place if usual else None,
        "host": _name(usual.host) if usual else None,
        "recorder": _name(usual.recorder) if usual else None,
        "agenda": [new_item()],
        "details": {},
        "known": {},
    }


def open_with(state: State, kind: MeetingKind, lines: Sequence[str]) -> None:
    """Draft what became of the last decisions: in the detail that the kind has for it, else as the
    first item of the agenda; nothing where there are none."""
    if not lines:
        return
    text = "\n".join(f"{number}. {line}" for number, line in enumerate(lines, 1))
    if any(field.name == PREVIOUS for field in kind.fields):
        state["details"] = {**state["details"], PREVIOUS: text}
    else:
        opening = {**new_item(), "topic": PREVIOUS_TITLE, "content": text}
        state["agenda"] = [opening, *state["agenda"]]


def state_like(source: Meeting, kinds: Kinds, today: date) -> State:
    """A new record for a further sitting like this one: its kinds, place, people in charge and
    the topics of its agenda; nothing that was said, voted or recorded."""
    own = kinds.of(source.kinds)
    return {
        **new_state(own[0], today, source, source.group),
        "kinds": list(source.kinds),
        "title": default_title(own, today.isoformat(), source.group, today),
        "agenda": [
            {**new_item(), "topic": item.topic, "matter": item.matter.value}
            for item in source.agenda
        ]
        or [new_item()],
    }


def default_title(
    kinds: Sequence[MeetingKind], day: str | None, group: str | None, today: date
) -> str:
    """What a sitting is called unless the user says otherwise; empty without kind or date."""
    when = _day_of(day, today)
    if not kinds or when is None:
        return ""
    return "暨".join((kinds[0].name_on(when, group), *(kind.short for kind in kinds[1:])))


def is_late(state: Mapping[str, Any], today: date, *, stored: bool) -> bool:
    """Whether to offer 补录: entered for the first time more than a week after the day."""
    if state.get("late_entry"):
        return True
    day = _day_of(state.get("date"), today)
    return not stored and day is not None and (today - day).days > LATE_AFTER_DAYS


class FormReader:
    """Reads a form against the roster of its day; ``today`` completes dates without a year."""

    def __init__(self, kinds: Kinds, roll_of: RollOf, today: date) -> None:
        self._declared = Declared((MEETING,), kinds=kinds)
        self._roll_of = roll_of
        self._today = today

    def read(self, state: Mapping[str, Any]) -> Reading:
        """The meeting as far as it can be read, and what cannot."""

        def names(values: Mapping[str, Any]) -> NameFinder:
            roll = self._roll_of(values.get("date") or self._today)
            return NameFinder([roll], known=state.get("known"))

        reader = RecordReader(MEETING, self._declared, names, today=self._today)
        reading = reader.read(self._settled(state))
        meeting = None if "kinds" in reading.places else reading.value
        return Reading(meeting, reading.places)

    def _settled(self, state: Mapping[str, Any]) -> Mapping[str, Any]:
        """A late entry is one where something is said of it, made today unless told."""
        late = state.get("late_entry") or {}
        if not late.get("reason") and late.get("paper_original") is None:
            return {**state, "late_entry": None}
        day = late.get("entered_on") or self._today.isoformat()
        return {**state, "late_entry": {**late, "entered_on": day}}


def _name(person: Person | None) -> str | None:
    return None if person is None else person.name


def _day_of(typed: Any, today: date) -> date | None:
    return read_day(str(typed), today) if typed else None
