"""What a sitting tells beside its fields: when, who came, what it dealt with and decided."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from dangjian_desktop.domain.dates import chinese_date
from dangjian_desktop.domain.fields import Field, FieldType
from dangjian_desktop.domain.meetings.called import everybody_called
from dangjian_desktop.domain.meetings.kinds import MeetingKind
from dangjian_desktop.domain.meetings.meeting import Attendance, Presence
from dangjian_desktop.domain.meetings.record import MEETING
from dangjian_desktop.domain.summaries.figure import NO_RATE
from dangjian_desktop.domain.summaries.of_attendance import rate
from dangjian_desktop.papers.meetings.items import topic_words
from dangjian_desktop.papers.meetings.sitting import Sitting
from dangjian_desktop.services.blank_forms.facts import Fact
from dangjian_desktop.services.blank_forms.of_records import record_facts
from dangjian_desktop.services.blank_forms.words import words

_TEXT, _LIST, _COUNT = FieldType.TEXT, FieldType.LIST, FieldType.INTEGER


def sitting_facts(kinds: Iterable[MeetingKind], prefix: str = "") -> Iterator[Fact]:
    """All that a ``Sitting`` tells: the fields of its meeting, then what is counted of it;
    ``kinds`` are all that there are, which a form may offer beside boxes."""
    for fact in record_facts(MEETING, date.min, prefix):
        if fact.field.name == "kinds":
            asked = replace(fact.field, type=_TEXT, choices=tuple(_words_of(kinds)))
            yield Fact(fact.key, asked, _kinds, fact.group)
        else:
            yield Fact(fact.key, fact.field, _of_meeting(fact.tell), fact.group)
    for name, label, kind, tell in _TOLD:
        unit = {"rate": "%", "expected": "人", "there": "人"}.get(name, "")
        yield Fact(prefix + name, Field(name, label, kind, unit=unit), tell, MEETING.title)


def of_the_meeting(fact: Fact) -> Fact:
    """A fact of a meeting, told of its sitting."""
    return replace(fact, tell=_of_meeting(fact.tell))


def _of_meeting(tell: Callable[[Any], Any]) -> Callable[[Sitting], Any]:
    return lambda sitting: tell(sitting.meeting)


def _words_of(kinds: Iterable[MeetingKind]) -> Iterator[tuple[str, str]]:
    """The title of each kind with every word for it, its own the last."""
    for kind in kinds:
        for word in (*words().also.get(f"{kind.code}.held", ()), kind.short, kind.title):
            yield kind.title, word


def _kinds(sitting: Sitting) -> str:
    return "、".join(kind.title for kind in sitting.kinds)


def _when(sitting: Sitting) -> str:
    meeting = sitting.meeting
    start = f"{meeting.start:%H:%M}" if meeting.start else ""
    end = f"至{meeting.end:%H:%M}" if meeting.start and meeting.end else ""
    return f"{chinese_date(meeting.date)}{start}{end}"


def _called(sitting: Sitting) -> frozenset[str]:
    called = everybody_called(sitting.kinds, sitting.roll, sitting.meeting.group)
    return frozenset(member.id for member in called)


def _expected(sitting: Sitting) -> int | None:
    return len(_called(sitting)) or None


def _there(sitting: Sitting) -> int | None:
    """Nothing where no attendance is recorded: nobody is then known to have come."""
    if not sitting.meeting.attendance:
        return None
    return len(_called(sitting) & sitting.meeting.present_ids())


def _rate(sitting: Sitting) -> str | None:
    there = _there(sitting)
    found = NO_RATE if there is None else rate(there, len(_called(sitting)))
    return None if found == NO_RATE else found


def _present(sitting: Sitting) -> str:
    return "、".join(a.person.name for a in sitting.meeting.attendance if a.presence.counts)


def _away(presence: Presence) -> Callable[[Sitting], str]:
    def tell(sitting: Sitting) -> str:
        found = (a for a in sitting.meeting.attendance if a.presence is presence)
        return "、".join(map(_with_reason, found))

    return tell


def _not_there(sitting: Sitting) -> str:
    """Everybody who did not come, whether on leave or not, as a form has them that asks once."""
    away = (Presence.LEAVE, Presence.ABSENT)
    found = (a for a in sitting.meeting.attendance if a.presence in away)
    return "、".join(map(_with_reason, found))


def _with_reason(attendance: Attendance) -> str:
    reason = f"（{attendance.reason}）" if attendance.reason else ""
    return attendance.person.name + reason


def _sat_in(sitting: Sitting) -> str:
    return "、".join(
        f"{observer.name}（{observer.role}）" if observer.role else observer.name
        for observer in sitting.meeting.observers
    )


def _topics(sitting: Sitting) -> tuple[str, ...]:
    return tuple(topic_words(item) for item in sitting.meeting.agenda if item.topic)


def _content(sitting: Sitting) -> str:
    """The paragraphs of each item under its topic, as they were recorded."""
    lines: list[str] = []
    for item in sitting.meeting.agenda:
        lines += [topic_words(item), *item.content]
        lines += [f"{speech.speaker.name}：{speech.text}" for speech in item.speeches]
    return "\n".join(filter(None, lines))


def _resolutions(sitting: Sitting) -> tuple[str, ...]:
    return tuple(item.resolution for item in sitting.meeting.agenda if item.resolution)


_TOLD: tuple[tuple[str, str, FieldType, Callable[[Sitting], Any]], ...] = (
    ("when", "会议起止时间", _TEXT, _when),
    ("expected", "应到人数", _COUNT, _expected),
    ("there", "实到人数", _COUNT, _there),
    ("rate", "到会率", _TEXT, _rate),
    ("present", "到会人员", _TEXT, _present),
    ("leave", "请假人员", _TEXT, _away(Presence.LEAVE)),
    ("absent", "缺席人员", _TEXT, _away(Presence.ABSENT)),
    ("not_there", "未到会人员", _TEXT, _not_there),
    ("sat_in", "列席人员", _TEXT, _sat_in),
    ("topics", "会议议题", _LIST, _topics),
    ("content", "会议记录内容", _TEXT, _content),
    ("resolutions", "会议决议", _LIST, _resolutions),
)
