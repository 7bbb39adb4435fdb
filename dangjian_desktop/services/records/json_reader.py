"""Reading JSON that others wrote: problems are collected with their places, none stops it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, time
from typing import Any, TypeVar

from dangjian_desktop.domain.texts import clean
from dangjian_desktop.errors import Issue

T = TypeVar("T")

_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_CLOCK = re.compile(r"\d\d:\d\d", re.ASCII)
_LARGEST = 999_999


class JsonReader:
    """Reads one JSON object; ``place`` names it in messages, ``issues`` is shared by all readers.

    A wrong value gives an issue and reads as nothing; unknown names give an issue in ``done``.
    """

    def __init__(self, data: Any, place: str, issues: list[Issue]) -> None:
        self._place = place
        self.issues = issues
        self._seen: set[str] = set()
        if isinstance(data, Mapping):
            self._data: Mapping[str, Any] = data
        else:
            self._data = {}
            self.complain("", "应为一个对象（{…}）")

    def complain(self, name: str, message: str) -> None:
        """Note a problem with one field."""
        where = f"{self._place}的 {name} " if name else self._place
        path = f"{self._place}.{name}" if name else self._place
        self.issues.append(Issue(f"{where}{message}", code="invalid", field=path))

    def raw(self, name: str) -> Any:
        """The value as it is; None when it is missing."""
        self._seen.add(name)
        return self._data.get(name)

    def has(self, name: str) -> bool:
        """Whether the object brings a value of this name."""
        return self._data.get(name) is not None

    def names(self) -> tuple[str, ...]:
        """Every name that the object brings."""
        return tuple(self._data)

    def text(self, name: str, *, required: bool = False, lines: bool = False) -> str | None:
        """A cleaned text; empty counts as missing."""
        value = self.raw(name)
        if value is not None and not isinstance(value, str):
            self.complain(name, "应为文字")
            return None
        cleaned = clean(value, multiline=lines)[0].strip() if value else ""
        if required and not cleaned:
            self.complain(name, "没有填写")
        return cleaned or None

    def number(self, name: str) -> int | None:
        """A whole number of zero or more."""
        value = self.raw(name)
        if value is None:
            return None
        whole = isinstance(value, int) and not isinstance(value, bool)
        if not whole or not 0 <= value <= _LARGEST:
            self.complain(name, f"应为 0 至 {_LARGEST} 的整数")
            return None
        return int(value)

    def flag(self, name: str) -> bool | None:
        """True or false."""
        value = self.raw(name)
        if value is not None and not isinstance(value, bool):
            self.complain(name, "应为 true 或 false")
            return None
        return value

    def day(self, name: str, *, required: bool = False) -> date | None:
        """A day as YYYY-MM-DD."""
        found = self._parsed(name, date.fromisoformat, _DAY, "应为日期，例如 2026-03-18")
        if required and found is None and not self.has(name):
            self.complain(name, "没有填写")
        return found

    def clock(self, name: str) -> time | None:
        """A time as HH:MM."""
        return self._parsed(name, time.fromisoformat, _CLOCK, "应为时间，例如 14:30")

    def choice(self, name: str, options: Callable[[str], T]) -> T | None:
        """One of the values of an enumeration."""
        value = self.raw(name)
        if value is None:
            return None
        try:
            return options(value)
        except ValueError:
            self.complain(name, f"的值“{value}”无法识别")
            return None

    def items(self, name: str) -> Sequence[Any]:
        """A list; nothing counts as an empty one."""
        value = self.raw(name)
        if value is None:
            return ()
        if not isinstance(value, list):
            self.complain(name, "应为列表（[…]）")
            return ()
        return value

    def objects(self, name: str, label: str) -> list[JsonReader]:
        """Readers of the objects of a list, each named by label and number."""
        return [
            JsonReader(value, f"{self._place}{label}{number}", self.issues)
            for number, value in enumerate(self.items(name), 1)
        ]

    def object(self, name: str, label: str) -> JsonReader | None:
        """A reader of an object inside this one, or nothing."""
        value = self.raw(name)
        return None if value is None else JsonReader(value, f"{self._place}{label}", self.issues)

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts, cleaned, empty ones left out."""
        found = []
        for value in self.items(name):
            if not isinstance(value, str):
                self.complain(name, "应为文字的列表")
            elif cleaned := clean(value, multiline=True)[0].strip():
                found.append(cleaned)
        return tuple(found)

    def done(self) -> None:
        """Complain about every name that nothing has asked for."""
        for name in self._data:
            if name not in self._seen:
                self.complain(name, "不是可识别的名称，请核对拼写")

    def _parsed(
        self, name: str, parse: Callable[[str], T], form: re.Pattern[str], expected: str
    ) -> T | None:
        value = self.raw(name)
        if value is None or value == "":
            return None
        try:
            if not isinstance(value, str) or not form.fullmatch(value):
                raise ValueError(name)
            return parse(value)
        except ValueError:
            self.complain(name, expected)
            return None
