"""Days, partly known days and reporting periods; ``today`` is always an argument."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import field
from datetime import date, time, timedelta
from unicodedata import normalize

from dangjian_desktop.domain.keyed import keyed
from dangjian_desktop.frozen import dataclass

_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_PERIOD = re.compile(r"(\d{4})(?:-(?:(\d{2})|Q([1-4])|H([12])))?", re.ASCII)
_QUARTERS = "一二三四"

EARLIEST_YEAR = 1900
"""No record of a branch is older."""

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
_AHEAD = 5
"""So many years ahead are still meant when a year is written with two digits."""


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A day of which perhaps only the month or the year is known.

    Raises ``ValueError`` for a day that no calendar has.
    """

    year: int
    month: int | None = None
    day: int | None = None
    first: date = field(init=False, repr=False, compare=False)
    """The earliest day that it can be; counts begin here."""

    def __post_init__(self) -> None:
        if self.month is None and self.day is not None:
            raise ValueError("a day without its month")
        month = 1 if self.month is None else self.month
        first = date(self.year, month, 1 if self.day is None else self.day)
        object.__setattr__(self, "first", first)

    @classmethod
    def of(cls, day: date) -> PartialDate:
        """The fully known day."""
        return cls(day.year, day.month, day.day)

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``; raises ``ValueError`` otherwise."""
        found = _ISO.fullmatch(text)
        if found is None:
            raise ValueError(text)
        year, month, day = found.groups()
        return cls(int(year), int(month) if month else None, int(day) if day else None)

    @property
    def exact(self) -> bool:
        """Whether the day itself is known."""
        return self.day is not None

    @property
    def last(self) -> date:
        """The latest day that it can be."""
        if self.month is None:
            return date(self.year, 12, 31)
        if self.day is not None:
            return self.first
        return date(self.year, self.month, monthrange(self.year, self.month)[1])

    def may_be_after(self, day: date) -> bool:
        """Whether its day is unknown in a way that leaves open if it lies after ``day``."""
        return self.day is None and self.first <= day < self.last

    def plus_months(self, months: int) -> PartialDate:
        """The same precision, later by calendar months, clamped to the end of the month."""
        if self.month is None:
            return PartialDate(self.year + months // 12)
        moved = add_months(self.first, months)
        return PartialDate.of(moved) if self.exact else PartialDate(moved.year, moved.month)

    def chinese(self) -> str:
        """As a document writes it: 2026年3月5日, 2026年3月 or 2026年."""
        month = f"{self.month}月" if self.month else ""
        return f"{self.year}年{month}" + (f"{self.day}日" if self.day else "")

    def __str__(self) -> str:
        text = self.first.isoformat()
        if self.day is not None:
            return text
        return text[:4] if self.month is None else text[:7]


def add_months(day: date, months: int) -> date:
    """The day so many calendar months later, clamped to the end of its month."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def chinese_date(day: date) -> str:
    """2026年3月5日, without leading zeros."""
    return f"{day.year}年{day.month}月{day.day}日"


def weekday_name(day: date) -> str:
    """星期一 to 星期日."""
    return "星期" + "一二三四五六日"[day.weekday()]


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A month, quarter, half-year or year: ``months`` long, starting with the month ``start``."""

    year: int
    start: int
    length: int

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read ``2026-03``, ``2026-Q1``, ``2026-H1`` or ``2026``; else ``ValueError``."""
        found = _PERIOD.fullmatch(text.strip().upper())
        if found is None or int(found[1]) < EARLIEST_YEAR:
            raise ValueError(text)
        year, month, quarter, half = found.groups()
        if month:
            if not 1 <= int(month) <= 12:
                raise ValueError(text)
            return cls(int(year), int(month), 1)
        if quarter:
            return cls(int(year), int(quarter) * 3 - 2, 3)
        if half:
            return cls(int(year), int(half) * 6 - 5, 6)
        return cls(int(year), 1, 12)

    @classmethod
    def around(cls, day: date, length: int) -> Period:
        """The period of so many months (1, 3, 6, 12) in which the day lies."""
        return cls(day.year, (day.month - 1) // length * length + 1, length)

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.start, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        month = self.start + self.length - 1
        return date(self.year, month, monthrange(self.year, month)[1])

    def __contains__(self, day: date) -> bool:
        return day.year == self.year and 0 <= day.month - self.start < self.length

    def previous(self) -> Period:
        """The period of the same length before it."""
        return Period.around(self.first - timedelta(days=1), self.length)

    def next(self) -> Period:
        """The period of the same length after it."""
        return Period.around(self.last + timedelta(days=1), self.length)

    def split(self, length: int) -> Iterator[Period]:
        """The shorter periods of so many months that it is made of, in order."""
        for start in range(self.start, self.start + self.length, length):
            yield Period(self.year, start, length)

    @property
    def label(self) -> str:
        """As a heading writes it: 2026年3月, 2026年第一季度, 2026年上半年, 2026年."""
        if self.length == 1:
            return f"{self.year}年{self.start}月"
        if self.length == 3:
            return f"{self.year}年第{_QUARTERS[(self.start - 1) // 3]}季度"
        if self.length == 6:
            return f"{self.year}年{'上' if self.start == 1 else '下'}半年"
        return f"{self.year}年"

    def __str__(self) -> str:
        if self.length == 1:
            return f"{self.year}-{self.start:02}"
        if self.length == 3:
            return f"{self.year}-Q{(self.start + 2) // 3}"
        if self.length == 6:
            return f"{self.year}-H{(self.start + 5) // 6}"
        return f"{self.year}"


def read_day(text: str, today: date) -> date | None:
    """A day from ``11.12``, ``今天``, ``+7``, ``2026.3.5``, ``20260305``, ``5日``; else nothing.

    A day without a year is of this year, one without a month of this month.
    """
    typed = _typed(text)
    if typed in _WORDS:
        return today + timedelta(days=_WORDS[typed])
    if step := _STEP.fullmatch(typed):
        return _moved(today, int(step[2]) * (1 if step[1] == "+" else -1))
    if full := _COMPACT.fullmatch(typed) or _FULL.fullmatch(typed):
        return _real(_year(full[1], today), int(full[2]), int(full[3]))
    if short := _MONTH_DAY.fullmatch(typed):
        return _real(today.year, int(short[1]), int(short[2]))
    if alone := _DAY.fullmatch(typed):
        return _real(today.year, today.month, int(alone[1]))
    return None


def read_partial(text: str, today: date) -> PartialDate | None:
    """A day, or only a month (``2019.10``) or a year (``2019``); else nothing."""
    typed = _typed(text)
    if known := _YEAR_MONTH.fullmatch(typed):
        month = known[2] or known[3]
        if month is None or 1 <= int(month) <= 12:
            return PartialDate(int(known[1]), int(month) if month else None)
        return None
    day = read_day(typed, today)
    return None if day is None else PartialDate.of(day)


def read_month(text: str, today: date) -> Period | None:
    """A month from ``2026-03``, ``2026年3月``, ``3月``, ``本月``, ``上月``; else nothing."""
    typed = _typed(text)
    if typed in _MONTH_WORDS:
        return Period.around(add_months(today.replace(day=1), _MONTH_WORDS[typed]), 1)
    if (alone := _MONTH.fullmatch(typed)) and 1 <= int(alone[1]) <= 12:
        return Period(today.year, int(alone[1]), 1)
    known = read_partial(typed, today)
    return None if known is None or known.month is None else Period(known.year, known.month, 1)


def read_time(text: str) -> time | None:
    """A time of day from ``1430``, ``14:30``, ``9``, ``14点30分``, ``下午2点半``; else nothing."""
    typed = _typed(text, clock=True)
    later = 12 if typed.startswith(("下午", "晚上")) else 0
    typed = re.sub(r"^(上午|早上|中午|下午|晚上)", "", typed)
    found = _DIGITS.fullmatch(typed) or _CLOCK.fullmatch(typed)
    if found is None:
        return None
    half = found.re is _CLOCK and found[3] is not None
    hour, minute = int(found[1]), 30 if half else int(found[2] or 0)
    hour += later if hour < 12 else 0
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _typed(text: str, *, clock: bool = False) -> str:
    return normalize("NFKC", keyed(text, clock=clock)).strip()


def _year(text: str, today: date) -> int:
    """Two digits mean a year of this century, if it is not far ahead: 85 may be 1985."""
    year = int(text) if len(text) == 4 else 2000 + int(text)
    return 0 if len(text) == 2 and year > today.year + _AHEAD else year


def _real(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _moved(day: date, days: int) -> date | None:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def first_day(value: object) -> date | None:
    """The day of a date, the first one of a period or of a date known in part; else nothing."""
    if isinstance(value, Period | PartialDate):
        return value.first
    return value if isinstance(value, date) else None
