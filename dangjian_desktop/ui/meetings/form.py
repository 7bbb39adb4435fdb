"""A meeting between the form (plain JSON, as typed) and the domain; knows no widget.

The state of the form is what a draft keeps: every text as it was typed, also one that cannot be
read yet, so that no typing is ever lost.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from dangjian_desktop.domain.dates import read_time
from dangjian_desktop.domain.field_values import value_problem, whole_number
from dangjian_desktop.domain.meetings.kinds import Expected, Kinds, MeetingKind
from dangjian_desktop.domain.meetings.meeting import (
    Attendance,
    Exclusion,
    LateEntry,
    Meeting,
    Observer,
    Presence,
    Stated,
)
from dangjian_desktop.domain.members.member import Member, new_id
from dangjian_desktop.domain.members.roll import Roll
from dangjian_desktop.domain.references import Person
from dangjian_desktop.domain.texts import clean, normal_name
from dangjian_desktop.ui.meetings.form_items import (
    ItemReader,
    State,
    day_of,
    item_state,
    line,
    new_item,
    paragraph,
    persons_of,
)

LATE_AFTER_DAYS = 7
RollOf = Callable[[date], Roll]
_YEAR_KINDS = ("org_life_meeting", "democratic_appraisal")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a form means: the meeting as far as it can be read, and sentences by field.

    There is no meeting without a readable date and a kind.
    """

    meeting: Meeting | None
    problems: Mapping[str, str]


def state_of(meeting: Meeting) -> State:
    """A stored meeting as the form holds it."""
    late = meeting.late_entry
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
        "attendance": [attendance_state(entry) for entry in meeting.attendance],
        "excluded": [_exclusion_state(entry) for entry in meeting.excluded],
        "stated": {"eligible": meeting.stated.eligible, "present": meeting.stated.present}
        if meeting.stated
        else None,
        "observers": [{"name": o.name, "role": o.role} for o in meeting.observers],
        "agenda": [item_state(item) for item in meeting.agenda],
        "closing": meeting.closing,
        "details": dict(meeting.details),
        "late_entry": {
            "entered_on": late.entered_on.isoformat(),
            "reason": late.reason,
            "paper_original": late.paper_original,
        }
        if late
        else None,
        "known": {person.name: person.member_id for person in _persons(meeting)},
    }


def new_state(kind: MeetingKind, today: date, usual: Meeting | None) -> State:
    """A new record: today, and place, host and recorder as the last time (``usual``)."""
    return {
        "id": new_id(),
        "kinds": [kind.code],
        "title": default_title((kind,), today.isoformat(), None, today),
        "date": today.isoformat(),
        "place": usual.place if usual else None,
        "host": _name(usual.host) if usual else None,
        "recorder": _name(usual.recorder) if usual else None,
        "agenda": [new_item()],
        "details": {},
        "known": {},
    }


def default_title(
    kinds: Sequence[MeetingKind], day: str | None, group: str | None, today: date
) -> str:
    """What a sitting is called unless the user says otherwise; empty without kind or date."""
    when = day_of(day, today)
    if not kinds or when is None:
        return ""
    parts = [_default(kinds[0], when, group), *(kind.short for kind in kinds[1:])]
    return "暨".join(parts)


def _default(kind: MeetingKind, day: date, group: str | None) -> str:
    if kind.code in _YEAR_KINDS:
        return f"{day.year}年度{kind.title}"
    if kind.expected is Expected.GROUP:
        return f"{group or ''}{day.month}月{kind.title}"
    if kind.code == "general_meeting":
        return f"{day.year}年第{'一二三四'[(day.month - 1) // 3]}季度{kind.title}"
    return f"{day.year}年{day.month}月{kind.title}"


def asks_year(codes: Iterable[str]) -> bool:
    """Whether a sitting of these kinds may fulfil the duty of another year than its date's."""
    return any(code in _YEAR_KINDS for code in codes)


def is_late(state: Mapping[str, Any], today: date, *, stored: bool) -> bool:
    """Whether to offer 补录: entered for the first time more than a week after the day."""
    if state.get("late_entry"):
        return True
    day = day_of(state.get("date"), today)
    return not stored and day is not None and (today - day).days > LATE_AFTER_DAYS


def attendance_state(entry: Attendance) -> State:
    """Where one member stood, as the form holds it."""
    return {
        "member_id": entry.person.member_id,
        "name": entry.person.name,
        "presence": entry.presence.value,
        "reason": entry.reason,
        "made_up": entry.made_up,
    }


class FormReader:
    """Reads a form against the roster of its day; ``today`` completes dates without a year."""

    def __init__(self, kinds: Kinds, roll_of: RollOf, today: date) -> None:
        self._kinds = kinds
        self._roll_of = roll_of
        self._today = today

    def read(self, state: Mapping[str, Any]) -> Reading:
        """The meeting as far as it can be read, and what cannot."""
        problems: dict[str, str] = {}
        day = day_of(state.get("date"), self._today)
        codes = tuple(state.get("kinds") or ())
        if day is None:
            words = "请按年、月、日填写日期，例如 2026-03-05 或 11.12"
            problems["date"] = words if state.get("date") else "请填写日期"
        if not codes:
            problems["kinds"] = "请选择会议类型"
        if not line(state.get("title")):
            problems["title"] = "请填写会议名称"
        if day is None or not codes:
            return Reading(None, problems)
        return Reading(self._meeting(state, day, codes, problems), problems)

    def _meeting(
        self, state: Mapping[str, Any], day: date, codes: tuple[str, ...], problems: dict[str, str]
    ) -> Meeting:
        finder = PersonFinder(self._roll_of(day), state.get("known") or {})
        items = ItemReader(finder.anyone, self._today)
        agenda = items.items(state.get("agenda") or ())
        if items.problems:
            problems["agenda"] = "；".join(items.problems)
        return Meeting(
            id=state["id"],
            kinds=codes,
            title=line(state.get("title")) or "",
            date=day,
            number=state.get("number"),
            for_year=_whole(state.get("for_year"), "for_year", "年度", problems),
            start=_time(state, "start", problems),
            end=_time(state, "end", problems),
            place=line(state.get("place")),
            host=finder.anyone(state.get("host")),
            delegated_by=finder.anyone(state.get("delegated_by")),
            recorder=finder.anyone(state.get("recorder")),
            group=line(state.get("group")),
            attendance=tuple(_attended(entry) for entry in state.get("attendance") or ()),
            excluded=tuple(self._excluded(state.get("excluded") or (), finder, problems)),
            stated=_stated(state.get("stated") or {}, problems),
            observers=_observers(state.get("observers") or (), problems),
            agenda=agenda,
            closing=paragraph(state.get("closing")),
            details=self._details(state.get("details") or {}, codes, problems),
            late_entry=_late(state.get("late_entry"), self._today, problems),
        )

    def _excluded(
        self,
        rows: Sequence[Mapping[str, Any]],
        finder: PersonFinder,
        problems: dict[str, str],
    ) -> Iterable[Exclusion]:
        for row in rows:
            person = finder.anyone(row.get("name"))
            if person is None or person.member_id is None:
                name = f"“{person.name}”不是当日的在册党员" if person else "有一行没有填写姓名"
                problems["excluded"] = f"{name}，请核对"
                continue
            approved = day_of(row.get("approved_on"), self._today)
            if approved is None and row.get("approved_on"):
                problems["excluded"] = f"{person.name}：大会通过日期请按年、月、日填写"
            reason = line(row.get("reason")) or ""
            yield Exclusion(person, reason, line(row.get("consent")), approved)

    def _details(
        self, values: Mapping[str, Any], codes: tuple[str, ...], problems: dict[str, str]
    ) -> dict[str, Any]:
        found = {}
        for declared in self._kinds.fields_of(codes):
            value = values.get(declared.name)
            if value in (None, "", [], {}):
                continue
            problem = value_problem(declared, value)
            if problem:
                problems[f"details.{declared.name}"] = problem
            else:
                found[declared.name] = value
        return found


class PersonFinder:
    """Turns names into persons; ``known`` are ids by name as the stored record has them."""

    def __init__(self, roll: Roll, known: Mapping[str, str | None]) -> None:
        self._roll = roll
        self._known = known

    def anyone(self, typed: Any) -> Person | None:
        """The member where exactly one fits, else the name as free text."""
        name = line(typed)
        if name is None:
            return None
        if name in self._known:
            return Person(name, self._known[name])
        fits = self.members(name)
        return Person(fits[0].name, fits[0].id) if len(fits) == 1 else Person(name)

    def members(self, name: str) -> list[Member]:
        """Members of the day of that name."""
        wanted = normal_name(name)
        return [m for m in self._roll.members if normal_name(m.name) == wanted]


def _attended(entry: Mapping[str, Any]) -> Attendance:
    person = Person(entry["name"], entry.get("member_id"))
    reason, made_up = line(entry.get("reason")), line(entry.get("made_up"))
    return Attendance(person, Presence(entry["presence"]), reason, made_up)


def _stated(values: Mapping[str, Any], problems: dict[str, str]) -> Stated | None:
    eligible = _whole(values.get("eligible"), "stated", "应到", problems)
    present = _whole(values.get("present"), "stated", "实到", problems)
    return None if eligible is None and present is None else Stated(eligible, present)


def _observers(rows: Sequence[Mapping[str, Any]], problems: dict[str, str]) -> tuple[Observer, ...]:
    found = []
    for row in rows:
        name = line(row.get("name"))
        if name is None:
            problems["observers"] = "请填写列席人员的姓名"
        else:
            found.append(Observer(name, line(row.get("role"))))
    return tuple(found)


def _late(
    values: Mapping[str, Any] | None, today: date, problems: dict[str, str]
) -> LateEntry | None:
    if not values or not (values.get("reason") or values.get("paper_original") is not None):
        return None
    reason = line(values.get("reason"))
    if reason is None:
        problems["late_entry"] = "请填写补录原因"
        return None
    entered = values.get("entered_on")
    day = date.fromisoformat(entered) if entered else today
    return LateEntry(day, reason, bool(values.get("paper_original")))


def _whole(value: Any, field: str, label: str, problems: dict[str, str]) -> int | None:
    if value is None or value == "":
        return None
    number = whole_number(value)
    if number is not None:
        return number
    problems[field] = f"{label}请填写整数"
    return None


def _time(state: Mapping[str, Any], name: str, problems: dict[str, str]) -> time | None:
    typed = clean(str(state.get(name) or ""))[0].strip()
    known = read_time(typed) if typed else None
    if typed and known is None:
        problems[name] = "请按时、分填写时间，例如 14:30 或 1430"
    return known


def _exclusion_state(entry: Exclusion) -> State:
    return {
        "name": entry.person.name,
        "reason": entry.reason,
        "consent": entry.consent,
        "approved_on": entry.approved_on.isoformat() if entry.approved_on else None,
    }


def _persons(meeting: Meeting) -> Iterable[Person]:
    yield from (p for p in (meeting.host, meeting.delegated_by, meeting.recorder) if p)
    yield from (entry.person for entry in meeting.excluded)
    for item in meeting.agenda:
        yield from persons_of(item)


def _clock(moment: time | None) -> str | None:
    return None if moment is None else f"{moment:%H:%M}"


def _name(person: Person | None) -> str | None:
    return None if person is None else person.name
