"""The value of a declared field out of plain JSON, or out of what a person typed for it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, time
from decimal import Decimal
from itertools import chain
from typing import Any, TypeVar

from dangjian_desktop.domain.amounts import number_text, read_number
from dangjian_desktop.domain.dates import (
    EARLIEST_YEAR,
    PartialDate,
    Period,
    read_day,
    read_month,
    read_partial,
    read_time,
)
from dangjian_desktop.domain.fields import Field, FieldType, beyond
from dangjian_desktop.domain.members.member import new_id
from dangjian_desktop.domain.texts import clean

T = TypeVar("T")
ROW = Field("id", "编号")
"""What may tell a row of any table apart from the others."""
_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_CLOCK = re.compile(r"\d\d:\d\d", re.ASCII)
_BETWEEN_NAMES = re.compile(r"[、，,；;\s]+")
_LARGEST = 999_999
_LAST_YEAR = 2199
_CALENDAR = (FieldType.DATE, FieldType.PARTIAL_DATE, FieldType.MONTH, FieldType.TIME)
_LONGEST_LINE, _LONGEST_TEXT = 5_000, 200_000


def row_with_id() -> dict[str, str]:
    """A new row that is told apart from the others from its beginning."""
    return {ROW.name: new_id()}


def read_value(field: Field, value: Any, today: date | None = None) -> Any:
    """The value that plain JSON means; with ``today`` also what a person typed for it.

    None for nothing. Raises ``ValueError`` whose text says what was expected (应为数字…). Names
    stay texts, a LINK, FILES and a part of a RECORD are checked where their records are known.
    """
    if value is None or value == "":
        return None
    read = _READ.get(field.type)
    return value if read is None else read(field, value, today)


def value_problem(field: Field, value: Any, today: date | None = None) -> str | None:
    """A sentence when the plain value does not fit the field, else nothing; None always fits."""
    try:
        _check(field, value, today)
    except ValueError as wrong:
        return f"“{field.label}”的内容无法识别，{wrong}"
    return None


def kept_plain(field: Field, value: Any, today: date | None = None) -> Any:
    """A plain value that fits, its texts clean, typed numbers and days as JSON keeps them."""
    if not isinstance(value, str) or not (field.type.numeric or field.type in _CALENDAR):
        return clean_plain(value, multiline=field.type is not FieldType.TEXT)
    if field.type.numeric:
        return plain_number(field, value)
    found = read_value(field, value, today)
    return f"{found:%H:%M}" if isinstance(found, time) else str(found)


def clean_plain(value: Any, *, multiline: bool = True) -> Any:
    """A plain value, every text in it clean."""
    if isinstance(value, str):
        return clean(value, multiline=multiline)[0]
    if isinstance(value, Mapping):
        return {clean_plain(name): clean_plain(part) for name, part in value.items()}
    return [clean_plain(part) for part in value] if isinstance(value, list | tuple) else value


def removed_from(fields: Iterable[Field], plain: Mapping[str, Any]) -> Iterator[tuple[Field, str]]:
    """Each field out of whose plain value cleaning takes something, and the sentence about it."""
    for field in fields:
        parts = [plain[key] for key in {field.json or field.name, field.as_of} & plain.keys()]
        told = (clean(text)[1].split("、") for text in _texts(parts))
        if what := [word for word in dict.fromkeys(chain.from_iterable(told)) if word]:
            yield field, f"“{field.label}”中的{'、'.join(what)}已去掉。"


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping | list | tuple):
        for part in value.values() if isinstance(value, Mapping) else value:
            yield from _texts(part)


def plain_number(field: Field, typed: str) -> int | str:
    """A typed number as JSON keeps it: whole ones as such, others as text; else ``ValueError``."""
    found = read_value(field, typed)
    if found is None:
        raise ValueError("应为数字")
    return int(found) if found == int(found) else number_text(found)


def whole_number(value: Any) -> int | None:
    """The whole number that a plain value holds; nothing for an empty or a broken one."""
    try:
        found: int | None = read_value(_ANY_WHOLE, value)
    except ValueError:
        return None
    return found


def _check(field: Field, value: Any, today: date | None) -> None:
    if field.type is FieldType.RECORDS and value is not None:
        if not isinstance(value, list | tuple):
            raise ValueError("应为列表，逐行填写")
        for part in value:
            _check_record(field, part, today)
    elif field.type is FieldType.RECORD and value is not None:
        _check_record(field, value, today)
    else:
        read_value(field, value, today)


def _check_record(field: Field, value: Any, today: date | None) -> None:
    if not isinstance(value, Mapping):
        raise ValueError("应逐项填写")
    known = {column.name: column for column in field.columns}
    if field.type is FieldType.RECORDS:
        known |= {ROW.name: ROW} if ROW.name not in known else {}
    for name, part in value.items():
        if name not in known:
            raise ValueError(f"应只有可识别的内容，不应有“{name}”")
        try:
            _check(known[name], part, today)
        except ValueError as wrong:
            raise ValueError(f"应改正其中的“{known[name].label}”，{wrong}") from None


def _text(field: Field, value: Any, _today: date | None) -> str | None:
    lines = field.type is FieldType.LONG_TEXT
    return _cleaned(field, value, lines=lines, longest=_LONGEST_TEXT if lines else _LONGEST_LINE)


def _cleaned(field: Field, value: Any, *, lines: bool, longest: int) -> str | None:
    if not isinstance(value, str):
        raise ValueError("应为文字")
    most = field.bounds.longest or longest
    found = clean(value, multiline=lines)[0].strip()
    if len(found) > most:
        raise ValueError(f"应不超过{most}个字，现有{len(found)}个字")
    return found or None


def _number(field: Field, value: Any) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal):
        raise ValueError("应为数字")
    try:
        # A JSON number keeps its digits through its text.
        found = read_number(str(value))
    except ValueError:
        raise ValueError(f"“{value}”不是数字，应为数字，例如 1,200.5") from None
    if found is None:
        return None
    if found.percent and (field.unit not in ("", "%") or field.type is not FieldType.DECIMAL):
        raise ValueError(f"应为数字，不应写成百分数“{value}”")
    if words := beyond(field, found.value):
        raise ValueError(words)
    return found.value


def _decimal(field: Field, value: Any, _today: date | None) -> Decimal | None:
    return _number(field, value)


def _integer(field: Field, value: Any, _today: date | None) -> int:
    year = field.type is FieldType.YEAR
    least = field.bounds.least or (EARLIEST_YEAR if year else 0)
    most = field.bounds.most or (_LAST_YEAR if year else _LARGEST)
    wanted = "应为四位数的年份，例如 2026" if year else f"应为 {least} 至 {most} 的整数"
    try:
        found = _number(
            field, value.removesuffix("年") if year and isinstance(value, str) else value
        )
    except ValueError:
        raise ValueError(wanted) from None
    # A dash among counts is not "none": whoever means zero writes 0.
    if found is None or found != int(found) or not least <= found <= most:
        raise ValueError(wanted)
    return int(found)


def _day(_field: Field, value: Any, today: date | None) -> date:
    wanted = "应为日期，例如 2026-03-18" + ("" if today is None else " 或 3.18")
    if isinstance(value, str):
        if today is not None and (typed := read_day(value, today)):
            return typed
        if _ISO_DAY.fullmatch(value):
            return _made(date.fromisoformat, value, wanted)
    raise ValueError(wanted)


def _partial(_field: Field, value: Any, today: date | None) -> PartialDate:
    wanted = "应为日期，例如 2026-03-18，只知道月份的写 2026-03"
    if isinstance(value, str) and today is not None and (typed := read_partial(value, today)):
        return typed
    return _made(PartialDate.parse, value, wanted)


def _month(_field: Field, value: Any, today: date | None) -> Period:
    wanted = "应为月份，例如 2026-03"
    if isinstance(value, str) and today is not None and (typed := read_month(value, today)):
        return typed
    if not isinstance(value, str):
        raise ValueError(wanted)
    found = _made(Period.parse, value, wanted)
    if found.length != 1:
        raise ValueError(wanted)
    return found


def _time(_field: Field, value: Any, today: date | None) -> time:
    if isinstance(value, str):
        if today is not None and (typed := read_time(value)):
            return typed
        if _CLOCK.fullmatch(value):
            return _made(time.fromisoformat, value, "应为时间，例如 14:30")
    raise ValueError("应为时间，例如 14:30")


def _made(make: Callable[[str], T], value: Any, wanted: str) -> T:
    try:
        return make(value)
    except (TypeError, ValueError):
        raise ValueError(wanted) from None


def _choice(field: Field, value: Any, _today: date | None) -> str:
    if not isinstance(value, str):
        raise ValueError("应从给出的选项中选择")
    codes = dict(field.choices)
    if not codes or value in codes:
        return value
    by_label = {label: code for code, label in field.choices}
    if value in by_label:
        return by_label[value]
    raise ValueError(f"应从给出的选项中选择，“{value}”无法识别")


def _choices(field: Field, value: Any, today: date | None) -> tuple[str, ...]:
    if not isinstance(value, list | tuple):
        raise ValueError("应为选项的列表")
    found = [_choice(field, part, today) for part in value]
    twice = next((code for n, code in enumerate(found) if code in found[:n]), None)
    if twice is not None:
        raise ValueError(f"应各选一次，“{field.title_of(twice)}”写了两次")
    return tuple(found)


def _yes_no(_field: Field, value: Any, today: date | None) -> bool:
    if isinstance(value, bool):
        return value
    if today is not None and value in ("是", "否"):
        return bool(value == "是")
    raise ValueError("应为是或否（true 或 false）")


def _list(field: Field, value: Any, today: date | None) -> tuple[str, ...]:
    if today is not None and isinstance(value, str):
        value = value.splitlines()
    if not isinstance(value, list | tuple) or not all(isinstance(part, str) for part in value):
        raise ValueError("应为文字的列表")
    found = [_cleaned(field, part, lines=True, longest=_LONGEST_TEXT) for part in value]
    return tuple(part for part in found if part)


def _names(field: Field, value: Any, today: date | None) -> tuple[str, ...]:
    if today is not None and isinstance(value, str):
        value = _BETWEEN_NAMES.split(value)
    if not isinstance(value, list | tuple) or not all(isinstance(part, str) for part in value):
        raise ValueError("应为姓名的列表")
    return tuple(name for part in value if (name := _text(field, part, today)))


_READ: Mapping[FieldType, Callable[[Field, Any, date | None], Any]] = {
    FieldType.TEXT: _text,
    FieldType.LONG_TEXT: _text,
    FieldType.GROUP: _text,
    FieldType.PERSON: _text,
    FieldType.PEOPLE: _names,
    FieldType.INTEGER: _integer,
    FieldType.YEAR: _integer,
    FieldType.DECIMAL: _decimal,
    FieldType.MONEY: _decimal,
    FieldType.DATE: _day,
    FieldType.PARTIAL_DATE: _partial,
    FieldType.MONTH: _month,
    FieldType.TIME: _time,
    FieldType.CHOICE: _choice,
    FieldType.CHOICES: _choices,
    FieldType.YES_NO: _yes_no,
    FieldType.LIST: _list,
}
_ANY_WHOLE = Field("number", "数", FieldType.INTEGER)
