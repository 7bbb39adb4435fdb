"""Dates as rosters write them: texts of many forms, numbers, serials; precision is kept."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, timedelta
from typing import NamedTuple

from dangjian_desktop.domain.dates import PartialDate
from dangjian_desktop.domain.members.importing.sheets import CellValue, MonthOnly

_BETWEEN = r"[.\-/、,~_·•—–―‐−]"
_SEPARATED = re.compile(
    rf"([0-9]{{4}})(?:年|{_BETWEEN})([0-9]{{1,2}})(?:月份?)?"
    rf"(?:(?:(?<=月)|{_BETWEEN})([0-9]{{1,2}})[日号]?)?"
)
_SHORT_YEAR = re.compile(
    rf"([0-9]{{2}})(?:年|{_BETWEEN})([0-9]{{1,2}})(?:月份?$|(?:月|{_BETWEEN})([0-9]{{1,2}})[日号]?$)"
)
_TWO_DATES = re.compile(rf"((?:19|20)[0-9]{{2}}(?:年|{_BETWEEN})[0-9]{{1,2}}).*(?:19|20)[0-9]{{2}}")
_AROUND = (
    r"(?:入党|转正|出生|预备党员|预备|正式党员|正式|时间|日期|加入|批准|生于|生|于|起|为|[:：])*"
)
_WORDED = re.compile(rf"{_AROUND}([0-9].*?[0-9](?:年|月份?|日|号)?){_AROUND}")
_ISO_DAY = re.compile(r"[0-9]{4}[-/.][0-9]{2}[-/.](?!00)[0-9]{2}")
_TIME = re.compile(r"(?<=[0-9日号])[T\s]\s*[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?$")
_BLANK = re.compile(r"\s+")
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})?")
_YEAR = re.compile(r"([0-9]{4})年?")
_SERIAL = re.compile(r"[0-9]{5}")
_ONE_OR_TEN = re.compile(r"[0-9]{4}\.1")
_REMARK = re.compile(r"[(\[【〔].*?[)\]】〕]")
_CHINESE_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_CHINESE_DATE = re.compile(r"([0-9]{4})年(?:([0-9十]{1,3})月(?:份)?(?:([0-9十]{1,3})[日号])?)?")
_EARLIEST, _LATEST = 1900, 2100
_EPOCH = date(1899, 12, 30)
_EPOCH_1904 = date(1904, 1, 1)
_FIRST_RELIABLE_SERIAL = 61
_LAST_SERIAL = 73415


class DateReading(NamedTuple):
    """A date, or nothing; ``doubt`` is the Chinese reason why it is not (wholly) known."""

    value: PartialDate | None
    doubt: str = ""


class How(NamedTuple):
    """How dates of a column are written.

    ``date_1904`` tells how bare serials count; ``one_may_be_ten`` tells that a text such as
    ``2019.1`` may have been a number; ``latest`` is the last year that two digits can mean,
    without it they mean none.
    """

    date_1904: bool = False
    one_may_be_ten: bool = False
    latest: int = 0


PLAIN = How()


def read_date(value: CellValue, how: How = PLAIN) -> DateReading:
    """Read what a cell holds."""
    if isinstance(value, str):
        return _from_text(value, how)
    if isinstance(value, MonthOnly):
        return DateReading(PartialDate(value.day.year, value.day.month))
    if isinstance(value, datetime):
        return _plausible(value.date())
    if isinstance(value, date):
        return _plausible(value)
    if isinstance(value, float | int) and not isinstance(value, bool):
        return _from_number(float(value), how._replace(one_may_be_ten=True))
    return DateReading(None, "不是日期")


def _plausible(day: date) -> DateReading:
    if _EARLIEST < day.year <= _LATEST:
        return DateReading(PartialDate.of(day))
    return DateReading(None, "日期不合理")


def _from_number(value: float, how: How) -> DateReading:
    if not abs(value) < 1e9:
        return DateReading(None, "不是日期")
    return _from_text(str(int(value)) if value.is_integer() else repr(value), how)


def _from_text(text: str, how: How) -> DateReading:
    if _ISO_DAY.fullmatch(text):
        return _dated(int(text[:4]), int(text[5:7]), int(text[8:]))
    plain = _REMARK.sub("", unicodedata.normalize("NFKC", text)).strip()
    plain = _BLANK.sub("", _TIME.sub("", plain)).strip("。.;,'")
    if worded := _WORDED.fullmatch(plain):
        plain = worded[1]
    if how.one_may_be_ten and _ONE_OR_TEN.fullmatch(plain):
        year = int(plain[:4])
        return _dated(year, None, None, "写成了数字，“.1”可能是1月也可能是10月，只记到年份")
    if found := _SEPARATED.fullmatch(plain) or _COMPACT.fullmatch(plain):
        return _dated(int(found[1]), int(found[2]), int(found[3] or 0) or None)
    return _rarer(plain, how)


def _rarer(plain: str, how: How) -> DateReading:
    if how.latest and (found := _SHORT_YEAR.fullmatch(plain)):
        year = next(y for y in (2000, 1900) if y + int(found[1]) <= how.latest) + int(found[1])
        doubt = f"的年份只写了两位，已按{year}年录入"
        return _dated(year, int(found[2]), int(found[3] or 0) or None, doubt)
    if _TWO_DATES.match(plain):
        return DateReading(None, "里有两个日期，不知是哪一个")
    if found := _YEAR.fullmatch(plain):
        return _dated(int(found[1]), None, None, "只写了年份，只记到年份")
    if _SERIAL.fullmatch(plain):
        return _from_serial(int(plain), date_1904=how.date_1904)
    return _from_chinese(plain.translate(_CHINESE_DIGITS))


def _dated(year: int, month: int | None, day: int | None, doubt: str = "") -> DateReading:
    if not _EARLIEST <= year <= _LATEST:
        return DateReading(None, "年份不合理")
    if month == 0:
        return DateReading(None, "没有月份")
    try:
        return DateReading(PartialDate(year, month, day), doubt)
    except ValueError:
        return DateReading(None, "历法上没有这一天")


def _from_serial(serial: int, *, date_1904: bool) -> DateReading:
    if not _FIRST_RELIABLE_SERIAL <= serial <= _LAST_SERIAL:
        return DateReading(None, "不是日期")
    return _plausible((_EPOCH_1904 if date_1904 else _EPOCH) + timedelta(days=serial))


def _from_chinese(text: str) -> DateReading:
    found = _CHINESE_DATE.fullmatch(text)
    if found is None:
        return DateReading(None, "不认识这种写法")
    month, day = (_small_number(part) if part else None for part in found.groups()[1:])
    return _dated(int(found[1]), month, day, "" if month else "只写了年份，只记到年份")


def _small_number(text: str) -> int:
    """A number up to 31 written with 十, its other digits already Arabic; 99 when it is none."""
    if "十" not in text:
        return int(text)
    tens, _, ones = text.partition("十")
    return int(tens or 1) * 10 + int(ones or 0) if "十" not in ones else 99
