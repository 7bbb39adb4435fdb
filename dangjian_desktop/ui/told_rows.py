"""The rows of a record in its card: a paragraph for each, not one long line of labels."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from dangjian_desktop.domain.fields import Field
from dangjian_desktop.domain.record import value_of

SHORT = 8
"""So many letters of a value stand beside others in one line."""
Text = Callable[[Field, Any], str]


def told_rows(field: Field, rows: Iterable[Any], text: Text) -> str:
    """Of each row what it begins with, then its short values in one line, the long ones below."""
    return "\n\n".join("\n".join(_lines(field, row, text)) for row in rows)


def _lines(field: Field, row: Any, text: Text) -> Iterator[str]:
    columns = [c for c in field.columns if c.told and c.name != "id"]
    told = [(column, text(column, value_of(row, column))) for column in columns]
    (_, first), *rest = [(column, words) for column, words in told if words] or [(field, "—")]
    yield first
    short = [_beside(column, words) for column, words in rest if len(words) <= SHORT]
    if short:
        yield "，".join(short)
    yield from (f"{column.title}：{words}" for column, words in rest if len(words) > SHORT)


def _beside(column: Field, words: str) -> str:
    """满意19, or 来源：会议."""
    return f"{column.title}{'' if column.type.numeric else '：'}{words}"
