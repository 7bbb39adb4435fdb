"""Who may be left out of 应到: the six reasons and the two facts of an exclusion."""

from __future__ import annotations

import re
from datetime import date

from dangjian_desktop.domain.meetings.meeting import Exclusion, Meeting

_NUMERALS = {numeral: number for number, numeral in enumerate("一二三四五六七八九十", 1)}
_MONTHS = re.compile(r"(\d+|[一二两三四五六七八九十]+)个?多?月")
_YEARS = re.compile(r"(\d+|[一二两三四五六七八九十]+)年(?!\d|前)")
_NOT_MOVED = re.compile(r"(未|没有?|不)[^，。；、]{0,6}(转|迁)")
_DAY = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")

# An approval belongs to the sitting for which it was given; one given long before was for another.
_APPROVAL_DAYS = 31
_CONSENT_DAYS = 366


def reason_known(reason: str) -> bool:
    """Whether the words of an exclusion name one of the six reasons."""
    return (
        _cannot_express(reason)
        or _privately_abroad(reason)
        or any(word in reason for word in ("服刑", "判刑", "监外执行", "缓刑"))
        or any(word in reason for word in ("不能自理", "无法自理", "卧床"))
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


def exclusion_problem(exclusion: Exclusion, meeting: Meeting, *, allowed: bool) -> str | None:
    """Why an exclusion is not in order, or nothing.

    ``allowed`` tells whether the matter allows one at all (election, admission and the like). The
    two facts, consent of the superior and approval by the general meeting, belong to this sitting
    and precede its ballot.
    """
    if not allowed:
        return "本次表决的事项不适用不计入应到的规定"
    if not reason_known(exclusion.reason):
        return "所记原因不属于可以不计入应到的情形"
    return _consent_problem(exclusion, meeting) or _approval_problem(exclusion, meeting)


def _consent_problem(exclusion: Exclusion, meeting: Meeting) -> str | None:
    if not exclusion.consent:
        return "未见上级同意的记录"
    consented = _consent_day(exclusion.consent)
    if consented is not None and not 0 <= (meeting.date - consented).days <= _CONSENT_DAYS:
        return "上级同意的日期与本次会议不符"
    return None


def _approval_problem(exclusion: Exclusion, meeting: Meeting) -> str | None:
    if exclusion.approved_on is None:
        return "未见党员大会通过的记录"
    if not 0 <= (meeting.date - exclusion.approved_on).days <= _APPROVAL_DAYS:
        return "党员大会通过的日期与本次会议不符"
    return None


def _consent_day(consent: str) -> date | None:
    found = _DAY.search(consent)
    if found is None:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None
