"""Who may be left out of 应到: the six reasons and the two facts of an exclusion."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from dangjian_desktop.domain.meetings.kinds import MeetingKind
from dangjian_desktop.domain.meetings.meeting import ADMISSION_MATTERS, Exclusion, Matter, Meeting
from dangjian_desktop.frozen import dataclass

_NUMERALS = {numeral: number for number, numeral in enumerate("一二三四五六七八九十", 1)}
_MONTHS = re.compile(r"(\d+|[一二两三四五六七八九十]+)个?多?月")
_YEARS = re.compile(r"(\d+|[一二两三四五六七八九十]+)年(?!\d|前)")
_NOT_MOVED = re.compile(r"(未|没有?|不)[^，。；、]{0,6}(转|迁)")
_DAY = re.compile(r"(\d{4})[年.\-/](\d{1,2})[月.\-/](\d{1,2})")
_NOT_YET = re.compile(r"(未|不|没有?|待|尚需|请示)[^，。；]{0,4}(同意|批复|批准|回复|答复)")

_HELPLESS = ("不能自理", "无法自理", "难以自理", "卧床", "瘫痪在床")

# An approval belongs to the sitting for which it was given; one given long before was for another.
_APPROVAL_DAYS = 31
_CONSENT_DAYS = 366


def reason_known(reason: str) -> bool:
    """Whether the words of an exclusion name one of the six reasons."""
    return (
        _cannot_express(reason)
        or _privately_abroad(reason)
        or any(word in reason for word in ("服刑", "判刑", "监外执行", "缓刑"))
        or any(word in reason for word in _HELPLESS)
        or _left_without_moving(reason)
        or _retired_elsewhere(reason)
    )


def _cannot_express(reason: str) -> bool:
    unable = any(word in reason for word in ("不能", "无法", "难以", "丧失"))
    return unable and ("表达" in reason or "意志" in reason)


def _privately_abroad(reason: str) -> bool:
    abroad = any(word in reason for word in ("出国", "出境", "国外", "境外"))
    official = any(word in reason for word in ("因公", "公派"))
    return abroad and not official and _half_a_year(reason)


def _left_without_moving(reason: str) -> bool:
    away = ("借调", "外出", "调动", "挂职", "调出", "外派", "调离", "下派", "务工")
    gone = any(word in reason for word in away) and _half_a_year(reason)
    return gone and _NOT_MOVED.search(reason) is not None


def _retired_elsewhere(reason: str) -> bool:
    places = ("原籍", "异地", "外地", "随子女", "老家", "家乡", "回乡")
    moved_away = any(word in reason for word in ("退休", "离休"))
    lives_there = any(word in reason for word in places)
    return moved_away and lives_there and _NOT_MOVED.search(reason) is not None


def _half_a_year(reason: str) -> bool:
    """Whether the words give half a year or more."""
    if "半年" in reason or _YEARS.search(reason):
        return True
    return any(_number(found) >= 6 for found in _MONTHS.findall(reason))


def _number(text: str) -> int:
    if text.isdecimal():
        return int(text)
    return 10 if text.startswith("十") else _NUMERALS.get(text[0], 2)


@dataclass(frozen=True, slots=True)
class ExclusionState:
    """An exclusion that is not in order, in ``words``.

    ``refuted`` by what is recorded, so that the person counts in 应到; else a fact is missing, to
    be recorded in the ``field`` of the row. The two facts, consent of the superior and approval by
    the general meeting, belong to this sitting and precede its ballot.
    """

    words: str
    refuted: bool
    field: str


def exclusion_state(
    exclusion: Exclusion, meeting: Meeting, *, allowed: bool = True
) -> ExclusionState | None:
    """What is wrong with an exclusion; nothing if it is in order.

    ``allowed`` tells whether the matter allows one at all (election, admission and the like).
    """
    parts = [_reason(exclusion), _consent(exclusion, meeting), _approval(exclusion, meeting)]
    wrong = [part for part in parts if part is not None]
    refuted = next((part for part in wrong if part.refuted), None)
    if refuted is None and not allowed:
        return ExclusionState("本次表决的事项不适用不计入应到的规定", False, "reason")
    return refuted or next(iter(wrong), None)


def excludes(matter: Matter) -> bool:
    """Whether such a matter allows members to be left out of 应到."""
    return matter in ADMISSION_MATTERS or matter is Matter.ELECTION


def may_exclude(meeting: Meeting, own: Sequence[MeetingKind]) -> bool:
    """Whether anything that a sitting of these kinds dealt with allows it."""
    return any(excludes(item.matter) for item in meeting.agenda) or any(k.elects for k in own)


def refuted(meeting: Meeting) -> Mapping[str, str]:
    """Members whose exclusion does not stand by what is recorded of it, with the reason why."""
    found = {}
    for exclusion in meeting.excluded:
        state, member = exclusion_state(exclusion, meeting), exclusion.person.member_id
        if state is not None and state.refuted and member:
            found[member] = state.words
    return found


def _reason(exclusion: Exclusion) -> ExclusionState | None:
    reason = exclusion.reason.strip()
    if not reason:
        return ExclusionState("未记录不计入应到的原因", False, "reason")
    if not reason_known(reason):
        return ExclusionState(f"所记原因“{reason}”不属于可以不计入应到的情形", True, "reason")
    return None


def _consent(exclusion: Exclusion, meeting: Meeting) -> ExclusionState | None:
    consent = (exclusion.consent or "").strip()
    consented = _first_day(consent)
    if not consent or (consented is None and _NOT_YET.search(consent)):
        return ExclusionState("未见上级同意的记录", False, "consent")
    if consented is not None and consented > meeting.date:
        return ExclusionState("上级同意的日期在表决之后", True, "consent")
    if consented is not None and (meeting.date - consented).days > _CONSENT_DAYS:
        return ExclusionState(
            "上级同意的日期早于会议一年以上，是否为本次会议待核对", False, "consent"
        )
    return None


def _approval(exclusion: Exclusion, meeting: Meeting) -> ExclusionState | None:
    approved = exclusion.approved_on
    if approved is None:
        return ExclusionState("未见党员大会通过的记录", False, "approved_on")
    if approved > meeting.date:
        return ExclusionState("党员大会通过的日期在表决之后", True, "approved_on")
    if (meeting.date - approved).days > _APPROVAL_DAYS:
        words = "党员大会通过的日期早于会议一个月以上，是否为本次会议待核对"
        return ExclusionState(words, False, "approved_on")
    return None


def _first_day(consent: str) -> date | None:
    """The earliest whole date that the words of a consent name."""
    days = []
    for year, month, day in _DAY.findall(consent):
        try:
            days.append(date(int(year), int(month), int(day)))
        except ValueError:
            continue
    return min(days, default=None)
