"""Dates, times, months and numbers as a person types them; pure functions."""

from __future__ import annotations

import re
from datetime import date, time, timedelta
from unicodedata import normalize

from dangjian_desktop.domain.dates import PartialDate, Period, add_months

_WORDS = {"今天": 0, "今日": 0, "昨天": -1, "昨日": -1, "前天": -2, "明天": 1, "后天": 2}
_MONTH_WORDS = {"本月": 0, "这个月": 0, "上月": -1, "上个月": -1, "下月": 1, "下个月": 1}
_SEPARATOR = r"[.\-/年月、,\s]+"
_FULL = re.compile(rf"(\d{{4}}|\d{{2}}){_SEPARATOR}(\d{{1,2}}){_SEPARATOR}(\d{{1,2}})日?号?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_MONTH_DAY = re.compile(rf"(\d{{1,2}}){_SEPARATOR}(\d{{1,2}})[日号]?")
_DAY = re.compile(r"(\d{1,2})[日号]")
_STEP = re.compile(r"([+-])(\d{1,4})")
_YEAR_MONTH = re.compile(r"(\d{4})(?:[.\-/年]\s*(\d{1,2})月?|(\d{2})|年)?")
_MONTH = re.compile(r"(\d{1,2})月?(?:份)?")
_CLOCK = re.compile(r"(\d{1,2})\s*(?:[:点时.]\s*(?:(\d{1,2})分?|(半))?)?")
_DIGITS = re.compile(r"(\d{1,2})(\d{2})")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def read_day(text: str, today: date) -> date | None:
    """A day from ``11.12``, ``今天``, ``+7``, ``2026.3.5``, ``20260305``, ``5日``; else nothing.

    A day without a year is of this year, one without a month of this month.
    """
    typed = _plain(text)
    if typed in _WORDS:
        return today + timedelta(days=_WORDS[typed])
    if step := _STEP.fullmatch(typed):
        return _moved(today, int(step[2]) * (1 if step[1] == "+" else -1))
    if full := _COMPACT.fullmatch(typed) or _FULL.fullmatch(typed):
        return _day(_year(full[1]), int(full[2]), int(full[3]))
    if short := _MONTH_DAY.fullmatch(typed):
        return _day(today.year, int(short[1]), int(short[2]))
    if alone := _DAY.fullmatch(typed):
        return _day(today.year, today.month, int(alone[1]))
    return None


def read_partial(text: str, today: date) -> PartialDate | None:
    """A day, or only a month (``2019.10``) or a year (``2019``); else nothing."""
    typed = _plain(text)
    if known := _YEAR_MONTH.fullmatch(typed):
        month = known[2] or known[3]
        if month is None or 1 <= int(month) <= 12:
            return PartialDate(int(known[1]), int(month) if month else None)
        return None
    day = read_day(typed, today)
    return None if day is None else PartialDate.of(day)


def read_month(text: str, today: date) -> Period | None:
    """A month from ``2026-03``, ``2026年3月``, ``3月``, ``本月``, ``上月``; else nothing."""
    typed = _plain(text)
    if typed in _MONTH_WORDS:
        return Period.around(add_months(today.replace(day=1), _MONTH_WORDS[typed]), 1)
    if (alone := _MONTH.fullmatch(typed)) and 1 <= int(alone[1]) <= 12:
        return Period(today.year, int(alone[1]), 1)
    known = read_partial(typed, today)
    return None if known is None or known.month is None else Period(known.year, known.month, 1)


def read_time(text: str) -> time | None:
    """A time of day from ``1430``, ``14:30``, ``9``, ``14点30分``, ``下午2点半``; else nothing."""
    typed = _plain(text)
    later = 12 if typed.startswith(("下午", "晚上")) else 0
    typed = re.sub(r"^(上午|早上|中午|下午|晚上)", "", typed)
    found = _DIGITS.fullmatch(typed) or _CLOCK.fullmatch(typed)
    if found is None:
        return None
    half = found.re is _CLOCK and found[3] is not None
    hour, minute = int(found[1]), 30 if half else int(found[2] or 0)
    hour += later if hour < 12 else 0
    return time(hour, minute) if hour < 24 and minute < 60 else None


def read_number(text: str) -> int | str | None:
    """A whole number, or a decimal one as text (as the library keeps it); else nothing."""
    typed = _plain(text).replace(",", "")
    if not _NUMBER.fullmatch(typed):
        return None
    return typed if "." in typed else int(typed)


def matches(typed: str, name: str, initials: str) -> bool:
    """Whether typed letters or characters begin or are part of a name."""
    wanted = _plain(typed).lower().replace(" ", "")
    return not wanted or wanted in name or initials.lower().startswith(wanted)


def _plain(text: str) -> str:
    return normalize("NFKC", text).replace("。", ".").strip()


def _year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _moved(day: date, days: int) -> date | None:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None
