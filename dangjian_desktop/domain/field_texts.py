"""The value of a field as people read it, whatever the record."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from dangjian_desktop.domain.amounts import number_text
from dangjian_desktop.domain.fields import Field, FieldType
from dangjian_desktop.domain.references import KeptFile, Link, Person

COVERED = "＊＊＊"
"""Stands for a value that is not shown (``mask``)."""
GONE = "（已不存在的记录）"
"""Stands for a linked record that is no longer there."""

Titles = Mapping[Link, str]
"""The titles of linked records, by link."""


def value_text(asked: Field, value: Any, titles: Titles | None = None) -> str:
    """A value for a list or a form: ``2026-03-05``, 是, 张三、李四; empty for nothing."""
    if value in (None, "", ()):
        return ""
    if isinstance(value, tuple):
        return "、".join(_one_text(asked, part, titles or {}) for part in value)
    return _one_text(asked, value, titles or {})


def _one_text(asked: Field, value: Any, titles: Titles) -> str:
    match value:
        case bool():
            return "是" if value else "否"
        case Decimal():
            return money_text(value) if asked.type is FieldType.MONEY else number_text(value)
        case Person() | KeptFile():
            return value.name
        case Link():
            return titles.get(value, GONE)
        case str():
            return asked.title_of(value) if asked.choices else value
        case _:
            return str(value)


def money_text(value: Decimal) -> str:
    """Yuan with two places."""
    return f"{value:.2f}"
