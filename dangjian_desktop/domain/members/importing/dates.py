"""Dates as rosters write them: texts of many forms, numbers, serials; precision is kept."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, timedelta
from typing import NamedTuple

from dangjian_desktop.domain.dates import PartialDate
from dangjian_desktop.domain.members.importing.sheets import CellValue, MonthOnly

_SEPARATED = re.compile(
    r"([0-9]{4})(?:年|[.\-/、,~_])([0-9]{1,2})(?:月份?)?"
    r"(?:(?:(?<=月)|[.\-/、,~_])([0-9]{1,2})[日号]?)?"
)
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


def read_date(
    value: CellValue, *, date_1904: bool = False, one_may_be_ten: bool = False
) -> DateReading:
    """Read what a cell holds.

    ``date_1904`` tells how bare serials count; ``one_may_be_ten`` tells that a text such as
    ``2019.1`` may have been a number.
    """
    if isinstance(value, str):
        return _from_text(value, date_1904=date_1904, one_may_be_ten=one_may_be_ten)
    if isinstance(value, MonthOnly):
        return DateReading(PartialDate(value.day.year, value.day.month))
    if isinstance(value, datetime):
        return _plausible(value.date())
    if isinstance(value, date):
        return _plausible(value)
    if isinstance(value, float | int) and not isinstance(value, bool):
        return _from_number(float(value), date_1904=date_1904)
    return DateReading(None, "不是日期")


def _plausible(day: date) -> DateReading:
    if _EARLIEST < day.year <= _LATEST:
        return DateReading(PartialDate.of(day))
    return DateReading(None, "日期不合理")


def _from_number(value: float, *, date_1904: bool) -> DateReading:
    if not abs(value) < 1e9:
        return DateReading(None, "不是日期")
    if not value.is_integer():
        return _from_text(repr(value), date_1904=date_1904, one_may_be_ten=True)
    return _from_text(str(int(value)), date_1904=date_1904, one_may_be_ten=True)


def _from_text(text: str, *, date_1904: bool, one_may_be_ten: bool) -> DateReading:
    if _ISO_DAY.fullmatch(text):
        return _dated(int(text[:4]), int(text[5:7]), int(text[8:]))
    plain = _REMARK.sub("", unicodedata.normalize("NFKC", text)).strip()
    plain = _BLANK.sub("", _TIME.sub("", plain)).strip("。.;,'")
    if one_may_be_ten and _ONE_OR_TEN.fullmatch(plain):
        year = int(plain[:4])
        return _dated(year, None, None, "写成了数字，“.1”可能是1月也可能是10月，只记到年份")
    found = _SEPARATED.fullmatch(plain) or _COMPACT.fullmatch(plain)
    if found:
        day = found[3] or "0"
        return _dated(int(found[1]), int(found[2]), int(day) or None)
    found = _YEAR.fullmatch(plain)
    if found:
        return _dated(int(found[1]), None, None, "只写了年份，只记到年份")
    if _SERIAL.fullmatch(plain):
        return _from_serial(int(plain), date_1904=date_1904)
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
