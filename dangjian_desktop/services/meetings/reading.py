"""A meeting as the contract writes it in JSON, read and checked against the roster of its day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from dangjian_desktop.domain.checks import ballots
from dangjian_desktop.domain.dates import EARLIEST_YEAR
from dangjian_desktop.domain.field_values import value_problem
from dangjian_desktop.domain.meetings.kinds import Kinds
from dangjian_desktop.domain.meetings.meeting import (
    Action,
    AgendaItem,
    Attendance,
    Candidate,
    Exclusion,
    LateEntry,
    Matter,
    Meeting,
    Observer,
    Presence,
    Speech,
    Stated,
    Vote,
    VoteMethod,
)
from dangjian_desktop.domain.members.member import Member, new_id
from dangjian_desktop.domain.members.roll import Roll
from dangjian_desktop.errors import Issue
from dangjian_desktop.services.records.json_reader import JsonReader
from dangjian_desktop.services.records.names import NameFinder

_COUNTS = (
    "issued",
    "returned",
    "void",
    "yes",
    "no",
    "abstain",
    "written_yes",
    "written_no",
    "written_abstain",
)

_YEARS_APART = 5
"""A sitting for a year is held in it or soon after; anything farther off is a slip of the pen."""


class MeetingReader:
    """Reads meetings for one library: ``members`` are all its members, ``kinds`` its kinds."""

    def __init__(self, members: tuple[Member, ...], kinds: Kinds, today: date) -> None:
        self._members = members
        self._kinds = kinds
        self._today = today

    def read(self, data: Any, place: str) -> tuple[Meeting | None, list[Issue]]:
        """The meeting, or nothing when something is wrong; then every problem is listed."""
        issues: list[Issue] = []
        source = JsonReader(data, place, issues)
        day = source.day("date", required=True)
        roll = Roll(self._members, day or self._today)
        meeting = self._meeting(source, day or self._today, NameFinder(roll, issues, place))
        if not issues:
            issues += meeting_problems(meeting, self._kinds, roll, self._today, place)
        return (None, issues) if issues else (meeting, [])

    def _meeting(self, source: JsonReader, day: date, names: NameFinder) -> Meeting:
        kinds = source.texts("kinds")
        if not kinds:
            source.complain("kinds", "没有填写")
        for code in kinds:
            if code not in self._kinds:
                source.complain("kinds", f"中的“{code}”不是可识别的会议类型")
        attendance, excluded = _attendance(source, names)
        meeting = Meeting(
            id=source.text("id") or new_id(),
            kinds=kinds,
            title=source.text("title", required=True) or "",
            date=day,
            number=source.number("number"),
            for_year=source.number("for_year"),
            start=source.clock("start"),
            end=source.clock("end"),
            place=source.text("place"),
            host=names.anyone(source.raw("host"), "host"),
            delegated_by=names.anyone(source.raw("delegated_by"), "delegated_by"),
            recorder=names.anyone(source.raw("recorder"), "recorder"),
            group=source.text("group"),
            attendance=attendance,
            excluded=excluded,
            stated=_stated(source),
            observers=_observers(source),
            agenda=tuple(_items(source, names)),
            closing=source.text("closing", lines=True),
            details=_details(source, self._kinds, kinds),
            late_entry=_late_entry(source),
        )
        source.done()
        return meeting


def _attendance(
    source: JsonReader, names: NameFinder
) -> tuple[tuple[Attendance, ...], tuple[Exclusion, ...]]:
    part = source.object("attendance", "的出席情况")
    if part is None:
        return (), ()
    found: list[Attendance] = []
    for presence, key in (
        (Presence.PRESENT, "present"),
        (Presence.VIDEO, "video"),
        (Presence.LEAVE, "leave"),
        (Presence.ABSENT, "absent"),
    ):
        for value in part.items(key):
            person = names.member(value, key)
            if person is not None:
                extra = value if isinstance(value, dict) else {}
                detail = JsonReader(extra, f"{person.name}的出席情况", part.issues)
                detail.raw("name")
                detail.raw("id_number_tail")
                reason, made_up = detail.text("reason"), detail.text("made_up")
                detail.done()
                found.append(Attendance(person, presence, reason, made_up))
    excluded = tuple(_exclusions(part, names))
    part.done()
    return tuple(found), excluded


def _exclusions(part: JsonReader, names: NameFinder) -> Iterator[Exclusion]:
    for entry in part.objects("excluded", "的不计入应到人员"):
        value = {"name": entry.raw("name"), "id_number_tail": entry.raw("id_number_tail")}
        person = names.member(value, "excluded")
        reason = entry.text("reason") or ""
        exclusion = (entry.text("consent"), entry.day("approved_on"))
        entry.done()
        if person is not None:
            yield Exclusion(person, reason, *exclusion)


def _stated(source: JsonReader) -> Stated | None:
    part = source.object("stated", "的记录人数")
    if part is None:
        return None
    stated = Stated(part.number("eligible"), part.number("present"))
    part.done()
    return stated


def _observers(source: JsonReader) -> tuple[Observer, ...]:
    found = []
    for part in source.objects("observers", "的列席人员"):
        name, role = part.text("name", required=True), part.text("role")
        part.done()
        if name:
            found.append(Observer(name, role))
    return tuple(found)


def _items(source: JsonReader, names: NameFinder) -> Iterator[AgendaItem]:
    for part in source.objects("agenda", "的议题"):
        vote = _vote(part)
        item = AgendaItem(
            id=part.text("id") or new_id(),
            topic=part.text("topic", required=True) or "",
            matter=part.choice("matter", Matter) or Matter.GENERAL,
            person=part.text("person"),
            content=part.texts("content"),
            speeches=tuple(_speeches(part, names)),
            vote=vote,
            candidates=tuple(_candidates(part)),
            resolution=part.text("resolution", lines=True),
            actions=tuple(_actions(part, names)),
        )
        part.done()
        yield item


def _speeches(part: JsonReader, names: NameFinder) -> Iterator[Speech]:
    for speech in part.objects("speeches", "的发言"):
        speaker = names.anyone(speech.raw("speaker"), "speaker")
        text = speech.text("text", required=True, lines=True)
        if speaker is None:
            speech.complain("speaker", "没有填写")
        speech.done()
        if speaker is not None and text:
            yield Speech(speaker, text)


def _vote(part: JsonReader) -> Vote | None:
    source = part.object("vote", "的表决")
    if source is None:
        return None
    vote = Vote(
        method=source.choice("method", VoteMethod),
        **{name: source.number(name) for name in _COUNTS},
    )
    source.done()
    return vote


def _candidates(part: JsonReader) -> Iterator[Candidate]:
    for source in part.objects("candidates", "的候选人"):
        candidate = Candidate(
            name=source.text("name", required=True) or "",
            yes=source.number("yes"),
            no=source.number("no"),
            abstain=source.number("abstain"),
            written_yes=source.number("written_yes"),
            elected=source.flag("elected"),
        )
        source.done()
        yield candidate


def _actions(part: JsonReader, names: NameFinder) -> Iterator[Action]:
    for source in part.objects("actions", "的议定事项"):
        action = Action(
            what=source.text("what", required=True, lines=True) or "",
            responsible=names.anyone(source.raw("responsible"), "responsible"),
            due=source.day("due"),
            standard=source.text("standard", lines=True),
            checker=names.anyone(source.raw("checker"), "checker"),
        )
        source.done()
        yield action


def _details(source: JsonReader, kinds: Kinds, codes: tuple[str, ...]) -> dict[str, Any]:
    value = source.raw("details")
    if value is None:
        return {}
    if not isinstance(value, dict):
        source.complain("details", "应为一个对象（{…}）")
        return {}
    known = {declared.name: declared for declared in kinds.fields_of(codes)}
    for name, part in value.items():
        if name not in known:
            source.complain("details", f"中的“{name}”不是该类会议的内容")
        elif problem := value_problem(known[name], part):
            source.complain("details", f"中{problem}")
    return {name: part for name, part in value.items() if part not in (None, "", [], {})}


def _late_entry(source: JsonReader) -> LateEntry | None:
    part = source.object("late_entry", "的补录说明")
    if part is None:
        return None
    day = part.day("entered_on", required=True)
    reason = part.text("reason", required=True) or ""
    original = bool(part.flag("paper_original"))
    part.done()
    return None if day is None else LateEntry(day, reason, original)


def meeting_problems(
    meeting: Meeting, kinds: Kinds, roll: Roll, today: date, place: str
) -> list[Issue]:
    """What cannot be, whatever happened; broken rules are not among it."""
    found = [*_head_problems(meeting, today)]
    found += [("attendance", words) for words in _twice(meeting)]
    found += [("attendance", words) for words in _strangers(meeting, roll)]
    if meeting.group and roll.groups and meeting.group not in roll.groups:
        known = "、".join(roll.groups)
        found.append(("group", f"“{meeting.group}”不是当日的党小组，当日党小组：{known}"))
    for number, item in enumerate(meeting.agenda, 1):
        found += [("agenda", f"第{number}项议题{words}") for words in _ballots(item)]
    return [Issue(f"{place}：{words}。", "invalid", name) for name, words in found]


def _head_problems(meeting: Meeting, today: date) -> Iterator[tuple[str, str]]:
    if meeting.held and meeting.date > today:
        yield "date", f"日期{meeting.date}在将来，已登记到会、表决或发言的会议不能晚于今天"
    if not EARLIEST_YEAR <= meeting.date.year <= today.year + _YEARS_APART:
        yield "date", f"日期{meeting.date}离今天太远，请核对年份"
    if meeting.start and meeting.end and meeting.end <= meeting.start:
        yield "end", f"结束时间{meeting.end:%H:%M}早于开始时间{meeting.start:%H:%M}"
    if meeting.for_year is not None and abs(meeting.for_year - meeting.date.year) > _YEARS_APART:
        yield "for_year", f"所属年度{meeting.for_year}与会议日期{meeting.date}相差太远，请核对"
    if meeting.number == 0:
        yield "number", "第×次应从 1 起"
    if not meeting.kinds:
        yield "kinds", "没有选择会议类型"
    if not meeting.title:
        yield "title", "没有填写会议名称"


def _twice(meeting: Meeting) -> Iterator[str]:
    seen: dict[str, str] = {}
    entries = [(a.person, a.presence.label) for a in meeting.attendance]
    entries += [(e.person, "不计入应到") for e in meeting.excluded]
    for person, label in entries:
        key = person.member_id or person.name
        if key in seen:
            yield f"{person.name}同时登记为“{seen[key]}”和“{label}”，每人只能登记一处"
        seen[key] = label


def _strangers(meeting: Meeting, roll: Roll) -> Iterator[str]:
    people = [a.person for a in meeting.attendance] + [e.person for e in meeting.excluded]
    for person in people:
        if person.member_id not in roll.by_id:
            yield f"{person.name}不是{meeting.date}当日的在册党员"


def _ballots(item: AgendaItem) -> Iterator[str]:
    if item.vote is not None and (words := ballots.impossible(item.vote)):
        yield f"票数不可能：{words}"
    for candidate in item.candidates:
        if words := ballots.impossible_candidate(candidate, item.vote):
            yield f"票数不可能：{words}"
