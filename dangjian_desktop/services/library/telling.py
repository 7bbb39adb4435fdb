"""A record line by line as people read it, so that two of its states can stand side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from datetime import date
from typing import Any

from dangjian_desktop.domain.fields import Field, FieldType
from dangjian_desktop.domain.members.identity import masked, masked_phone
from dangjian_desktop.domain.record import value_of
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.services.records.exporting import text_of

Links = Callable[[Field, Any], str]
"""The titles of the records that a link field names."""
CHANGED = "（有改动）"
_INSIDE = (FieldType.RECORD, FieldType.RECORDS, FieldType.LIST)
_ID_NUMBER = 18


@dataclass(frozen=True, slots=True)
class Line:
    """One part of a record: ``path`` tells it apart, ``label`` and ``text`` are for people.

    ``mark`` is what is compared: more than the text where that is covered or shortened. What is
    ``secret`` is shown when it is asked for.
    """

    path: str
    label: str
    text: str
    mark: str = field(default="", repr=False)
    secret: bool = False


@dataclass(frozen=True, slots=True)
class Difference:
    """A part that two states do not have alike; an empty text is nothing."""

    path: str
    label: str
    before: str
    after: str
    secret: bool = False


def lines_of(
    fields: Iterable[Field], value: Any, day: date, links: Links, *, at: str = "", said: str = ""
) -> Iterator[Line]:
    """Every field in which something stands; rows of several parts part by part."""
    for asked in fields:
        if asked.name != "id" and asked.told:
            held = value_of(value, asked)
            yield from _lines(asked, held, day, links, f"{at}{asked.name}", f"{said}{asked.label}")


def compared(before: Sequence[Line], after: Sequence[Line]) -> tuple[Difference, ...]:
    """What the two have not alike, in the order of the later one; of several lines only those
    that differ."""
    old, new = ({line.path: line for line in lines} for lines in (before, after))
    found = []
    for path in (*new, *(path for path in old if path not in new)):
        was, is_ = (side.get(path, Line(path, "", "")) for side in (old, new))
        if (was.text, was.mark) != (is_.text, is_.mark):
            apart, secret = _apart(was.text, is_.text), was.secret or is_.secret
            found.append(Difference(path, is_.label or was.label, *apart, secret))
    return tuple(found)


def _lines(
    asked: Field, value: Any, day: date, links: Links, path: str, label: str
) -> Iterator[Line]:
    if asked.type is FieldType.RECORDS and any(map(_large, asked.columns)):
        yield from _rows(asked, value or (), day, links, path, label)
    elif asked.type is FieldType.RECORD and value is not None and asked.columns:
        if asked.key:
            parts = [
                replace(asked.columns[0], name=key, label=f"（{key}）", key="") for key in value
            ]
            yield from lines_of(parts, value, day, links, at=f"{path}.", said=label)
        else:
            yield from lines_of(asked.columns, value, day, links, at=f"{path}.", said=f"{label}·")
    elif text := _text(asked, value, day, links):
        shown = _covered(text) if asked.masked else text
        unit = asked.unit if asked.type.numeric else ""
        yield Line(path, label, f"{shown}{unit}", text, secret=asked.secret)


def _text(asked: Field, value: Any, day: date, links: Links) -> str:
    if asked.type is FieldType.LINK:
        return links(asked, value or ())
    if asked.type is FieldType.FILES:
        return "\n".join("　".join(filter(None, (f.name, f.note))) for f in value or ())
    if asked.type is FieldType.RECORD and value is None:
        return ""
    # Here all spans are compared, not what holds on one day.
    return text_of(replace(asked, as_of=""), value, day)


def _large(column: Field) -> bool:
    """Whether a row with this part is told part by part, each row under its own name."""
    return column.name == "id" or column.type in _INSIDE


def _rows(
    asked: Field, rows: Sequence[Any], day: date, links: Links, path: str, label: str
) -> Iterator[Line]:
    first = next(column for column in asked.columns if column.name != "id")
    titles = [text_of(first, value_of(row, first), day) for row in rows]
    if rows:
        yield Line(path, label, "\n".join(f"{n}. {t}" for n, t in enumerate(titles, 1)))
    for number, row in enumerate(rows, 1):
        own = row.get("id") if isinstance(row, Mapping) else getattr(row, "id", "")
        place = f"{path}.{own or number}."
        yield from lines_of(asked.columns, row, day, links, at=place, said=f"{label}{number}·")


def _covered(text: str) -> str:
    return masked(text) if len(text) == _ID_NUMBER else masked_phone(text)


def _apart(before: str, after: str) -> tuple[str, str]:
    if before == after:
        return before, f"{after}{CHANGED}"
    old, new = before.split("\n"), after.split("\n")
    gone, come = Counter(old) - Counter(new), Counter(new) - Counter(old)
    if not (gone or come) or min(len(old), len(new)) == 1:
        return before, after
    return "\n".join(_only(old, gone)), "\n".join(_only(new, come))


def _only(lines: Iterable[str], wanted: Counter[str]) -> Iterator[str]:
    left = Counter(wanted)
    for line in lines:
        if left[line] > 0:
            left[line] -= 1
            yield line
