"""One table of a declaration file, read key by key: a wrong value gives a problem, not an end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from dangjian_desktop.errors import Issue

_MOST = 1_000_000


class Table:
    """Reads one table; ``place`` names it in messages, ``issues`` is shared by all tables."""

    def __init__(self, data: Mapping[str, Any], place: str, issues: list[Issue]) -> None:
        self._data = data
        self._place = place
        self._issues = issues
        self._seen: set[str] = set()

    def rename(self, label: str) -> None:
        """Name the table by what it declares from here on."""
        self._place = f"{self._place}“{label}”" if label else self._place

    def complain(self, name: str, what: str, remedy: str = "") -> None:
        """Note a problem with one key, and what to do about it."""
        behind = f"，{remedy}" if remedy else ""
        self._issues.append(Issue(f"{self._place}的 {name} {what}{behind}。", "invalid", name))

    def names(self) -> tuple[str, ...]:
        """Every key of the table."""
        return tuple(self._data)

    def text(self, name: str, *, required: bool = False) -> str:
        """A text without blanks around it; empty when it is missing."""
        value = self._raw(name)
        if value is not None and not isinstance(value, str):
            self.complain(name, "应为文字", "请给它加上引号")
            return ""
        if required and not (value or "").strip():
            self.complain(name, "没有填写", "请补上")
        return (value or "").strip()

    def choice(
        self, name: str, known: Sequence[str], *, required: bool = False, otherwise: str = ""
    ) -> str:
        """One of the known words; the first of them (or ``otherwise``) where it is wrong."""
        text = self.text(name, required=required)
        if text in known:
            return text
        if text:
            words = "、".join(word for word in known if word)
            self.complain(name, f"的“{text}”不认识", f"可以写：{words}")
        return otherwise or ("" if "" in known else known[0])

    def number(self, name: str, *, required: bool = False, least: int = 0, empty: Any = 0) -> Any:
        """A whole number from ``least`` on; ``empty`` when it is missing."""
        value = self._raw(name)
        if value is None:
            if required:
                self.complain(name, "没有填写", "请补上")
            return max(least, empty) if required else empty
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= _MOST:
            self.complain(name, "不对", f"应为不小于 {least} 的整数")
            return least if required else empty
        return value

    def amount(self, name: str) -> Decimal | None:
        """A number written as text (``"32"``, ``"0.5"``), so that nothing is rounded."""
        value = self._raw(name)
        if value is None:
            return None
        try:
            found = Decimal(value) if isinstance(value, str | int) else None
        except InvalidOperation:
            found = None
        if found is None or isinstance(value, bool) or not found.is_finite():
            self.complain(name, "不是数字", '请写成带引号的数字，例如 "32"')
            return None
        return found

    def flag(self, name: str) -> bool:
        """True or false; false when it is missing."""
        value = self._raw(name)
        if value is not None and not isinstance(value, bool):
            self.complain(name, "应为 true 或 false")
        return value is True

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts."""
        value = self._list(name)
        if not all(isinstance(part, str) for part in value):
            self.complain(name, "应为文字的列表", '例如 ["day", "topic"]')
            return ()
        return tuple(part.strip() for part in value)

    def lists(self, name: str) -> tuple[tuple[str, ...], ...]:
        """A list of lists of texts."""
        value = self._list(name)
        if not all(isinstance(p, list) and all(isinstance(t, str) for t in p) for p in value):
            self.complain(name, "应为列表的列表", '例如 [["day", "topic"], ["who"]]')
            return ()
        return tuple(tuple(part) for part in value)

    def pairs(self, name: str) -> tuple[tuple[str, str], ...]:
        """A list of pairs of texts: code and word."""
        found = self.lists(name)
        if any(len(pair) != 2 for pair in found):
            self.complain(name, "应为成对的编码和名称", '例如 [["class", "集中培训"]]')
            return ()
        return tuple((pair[0], pair[1]) for pair in found)

    def widths(self, name: str) -> tuple[tuple[str, Decimal], ...]:
        """A list of pairs of a field and a width in mm."""
        found: list[tuple[str, Decimal]] = []
        for part in self._list(name):
            if not _is_width(part):
                self.complain(name, "应为字段和宽度（毫米）的列表", '例如 [["day", 24]]')
                return ()
            found.append((part[0], Decimal(str(part[1]))))
        return tuple(found)

    def inner(self, name: str) -> Table | None:
        """The table inside this one; nothing where it is missing or empty."""
        value = self._raw(name)
        if value is not None and not isinstance(value, Mapping):
            self.complain(name, "应为一组键和值", "例如 { … }")
            return None
        return Table(value, f"{self._place}的 {name}", self._issues) if value else None

    def each(self, name: str, label: str) -> Iterator[Table]:
        """The tables of a list, named by label and number."""
        for number, value in enumerate(self._list(name), 1):
            if isinstance(value, Mapping):
                yield Table(value, f"第{number}个{label}", self._issues)
            else:
                self.complain(name, f"的第{number}项不对", "应为 { … }")

    def done(self) -> None:
        """Complain about every key that nothing has asked for."""
        for name in self._data:
            if name not in self._seen:
                self.complain(name, "不是台账样式认识的名称", "请核对拼写，或者删去")

    def _raw(self, name: str) -> Any:
        self._seen.add(name)
        return self._data.get(name)

    def _list(self, name: str) -> Sequence[Any]:
        value = self._raw(name)
        if value is None:
            return ()
        if not isinstance(value, list):
            self.complain(name, "应为列表", "请写成 [ … ]")
            return ()
        return value


def _is_width(part: Any) -> bool:
    return (
        isinstance(part, list)
        and len(part) == 2
        and isinstance(part[0], str)
        and isinstance(part[1], int | float)
        and not isinstance(part[1], bool)
        and 0 < part[1] < _MOST
    )
