"""Which column of a roster holds what: header rows, aliases, a mapping given by the user."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from itertools import pairwise

from dangjian_desktop.domain.members.importing.headings import (
    FIELDS,
    LABELS,
    POST_AND_GROUP,
    SERIAL,
    field_of,
    is_known,
    of_another,
)
from dangjian_desktop.domain.members.importing.sheets import CellValue, Sheet, column_letter
from dangjian_desktop.domain.members.member import post_role
from dangjian_desktop.domain.texts import squeeze
from dangjian_desktop.errors import InputError, Issue
from dangjian_desktop.frozen import dataclass

_HEADER_DEPTH = 40
_IGNORED = "ignore"
_LOOSE = frozenset({"name", "note", SERIAL})
"""Fields whose headings may stand at the foot of a roster as well."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns found: ``fields`` maps a column number from 0 to its field.

    ``labels`` are the headings of all columns without blanks, ``header_row`` the number on the
    screen of the last heading row, ``untaken`` the headings of columns that were not taken.
    ``reach`` are the columns of one block, from and before, where halves stand side by side.
    ``end`` is the row, as ``header_row``, of a heading below with other columns.
    """

    header_row: int
    labels: tuple[str, ...]
    fields: Mapping[int, str]
    score: int = 0
    untaken: tuple[str, ...] = field(default=())
    reach: tuple[int, int] | None = None
    end: int | None = None

    def mapping(self) -> dict[str, str]:
        """Heading to field, as it is shown to the user; a heading met twice gets its letter."""
        shown: dict[str, str] = {}
        for index, name in sorted(self.fields.items()):
            if name == SERIAL:
                continue
            label = self.labels[index] or f"{column_letter(index)}列"
            shown[f"{label}({column_letter(index)}列)" if label in shown else label] = name
        return shown


def find_columns(
    sheet: Sheet, header_row: int | None = None, mapping: Mapping[str, str] | None = None
) -> Columns | None:
    """The heading of a sheet, one or two rows deep; nothing when no column of names is found.

    ``header_row`` is the number on the screen of the only or of either heading row. ``mapping``
    gives fields to headings or column letters and goes before the aliases. Raises
    ``InputError`` for a field or column that does not exist.
    """
    given = _checked_mapping(mapping or {})
    best: Columns | None = None
    used: set[str] = set()
    for last, labels in _headings(sheet, header_row):
        columns = _assign(labels, last + 1, given, used)
        if "name" in columns.fields.values() and (best is None or columns.score > best.score):
            best = columns
    unknown = [key for key in given if best is not None and key not in used]
    if unknown:
        raise InputError(
            f"对应表中的“{'”“'.join(unknown)}”在工作表“{sheet.name}”里没有找到。",
            "请把对应表的左边写成表头原文，或写成列号（如 C）。",
        )
    return None if best is None else _with_posts(best, sheet)


def parts_of(sheet: Sheet, columns: Columns) -> tuple[Columns, ...]:
    """The columns as they are, or one for each heading further down that gives them otherwise."""
    parts = [columns]
    for index in range(columns.header_row, len(sheet.rows)):
        row = sheet.rows[index]
        if not any(isinstance(cell, str) and "名" in cell for cell in row):
            continue
        found = _assign(_row_texts(row, len(columns.labels)), index + 1, {}, set())
        if _is_other_heading(found, parts[-1]):
            parts[-1] = replace(parts[-1], end=index + 1)
            parts.append(_with_posts(found, sheet))
    return tuple(parts)


def _is_other_heading(found: Columns, before: Columns) -> bool:
    if "name" not in found.fields.values() or found.score < 3:
        return False
    met = {index: found.fields.get(index) for index, label in enumerate(found.labels) if label}
    same = {index: _read_as(before.fields.get(index)) for index in met}
    return {index: _read_as(name) for index, name in met.items()} != same


def _read_as(name: str | None) -> str | None:
    """The field, whatever kind of post; a column that only counts is one that is not read."""
    return {SERIAL: None, "work_post": "party_post"}.get(name or "", name)


def blocks_of(columns: Columns) -> tuple[Columns, ...]:
    """The columns as they are, or one for each block where a sheet has two halves side by side.

    A heading 姓名 that comes again begins a block; it reaches back over what stands before 姓名
    in the first block, and forward to the next.
    """
    name = next(index for index, field in columns.fields.items() if field == "name")
    label = columns.labels[name]
    again = [i for i, other in enumerate(columns.labels) if i > name and other == label]
    if not label or not again:
        return (columns,)
    first = min(columns.fields)
    starts = [_begin(columns.labels, first, name, place) for place in again]
    edges = [0, *starts, len(columns.labels)]
    return tuple(_within(columns, start, end) for start, end in pairwise(edges))


def _begin(labels: Sequence[str], first: int, name: int, again: int) -> int:
    start = again - (name - first)
    return start if start > name and labels[start] == labels[first] else again


def _within(columns: Columns, start: int, end: int) -> Columns:
    labels = tuple(
        label if start <= place < end else "" for place, label in enumerate(columns.labels)
    )
    fields = {place: name for place, name in columns.fields.items() if start <= place < end}
    if "name" in fields.values():
        return replace(columns, labels=labels, fields=fields, untaken=(), reach=(start, end))
    found = _assign(labels, columns.header_row, {}, set())
    return replace(found, reach=(start, end))


def likely_headings(sheet: Sheet) -> tuple[int, tuple[str, ...]]:
    """The row that looks most like a heading, for a message: its number and its texts."""
    rows = [
        (len({text for text in map(_text, row) if text}), -index)
        for index, row in enumerate(sheet.rows[:_HEADER_DEPTH])
    ]
    if not rows:
        return 1, ()
    index = -max(rows)[1]
    return index + 1, tuple(dict.fromkeys(t for t in map(_text, sheet.rows[index]) if t))


def _headings(sheet: Sheet, header_row: int | None) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Candidates: each row alone, then with the row above, as (last row, labels)."""
    rows = sheet.rows[:_HEADER_DEPTH] if header_row is None else sheet.rows
    wanted = range(len(rows)) if header_row is None else range(header_row - 1, header_row + 1)
    width = max(map(len, rows), default=0)
    for last in wanted:
        if not 0 <= last < len(rows):
            continue
        lower = _row_texts(rows[last], width)
        if header_row is None or last == header_row - 1:
            yield last, lower
        if last and (header_row is None or last >= header_row - 1):
            upper = _row_texts(rows[last - 1], width)
            yield last, tuple(map(_joined, upper, lower))


def _row_texts(row: Sequence[CellValue], width: int) -> tuple[str, ...]:
    texts = tuple(map(_text, row))
    return texts + ("",) * (width - len(texts))


def _text(value: CellValue) -> str:
    return squeeze(value) if isinstance(value, str) else ""


def _joined(upper: str, lower: str) -> str:
    """One label of two rows: the lower one where it says something, else both, else the upper."""
    if not lower or upper == lower:
        return upper or lower
    if of_another(upper):
        return upper + lower
    both = upper + lower
    if is_known(both):
        return both
    if field_of(lower):
        return _narrowed(upper, lower)
    return both if field_of(both) else lower


def _narrowed(upper: str, lower: str) -> str:
    return "党内职务" if lower == "职务" and ("党内" in upper or "支部" in upper) else lower


def _checked_mapping(mapping: Mapping[str, str]) -> dict[str, str]:
    allowed = {*FIELDS, POST_AND_GROUP, SERIAL, _IGNORED}
    by_label = {label: name for name, label in LABELS.items()}
    given: dict[str, str] = {}
    for label, name in mapping.items():
        wanted = by_label.get(squeeze(name), name) if isinstance(name, str) else ""
        if wanted not in allowed:
            raise InputError(
                f"对应表中“{label}”写的去处“{name}”不认识。",
                "可以写：" + "、".join((*FIELDS, POST_AND_GROUP, _IGNORED)) + "。",
            )
        given[squeeze(label)] = wanted
    return given


def _assign(
    labels: tuple[str, ...], header_row: int, given: Mapping[str, str], used: set[str]
) -> Columns:
    ranked: dict[str, tuple[int, int]] = {}
    fields: dict[int, str] = {}
    for index, label in enumerate(labels):
        key = next((k for k in (label, column_letter(index)) if k and k in given), None)
        if key is not None:
            used.add(key)
            if given[key] != _IGNORED:
                fields[index] = given[key]
            continue
        found = field_of(label) if label else None
        if found and (found[0] not in ranked or found[1] < ranked[found[0]][1]):
            ranked[found[0]] = (index, found[1])
    taken = set(fields.values())
    fields |= {index: name for name, (index, _) in ranked.items() if name not in taken}
    left = tuple(
        label
        for index, label in enumerate(labels)
        if label and index not in fields and given.get(label) != _IGNORED
    )
    score = sum(name != SERIAL for name in fields.values())
    return Columns(header_row, labels, fields, score, tuple(dict.fromkeys(left)))


def _with_posts(columns: Columns, sheet: Sheet) -> Columns:
    """A column headed only 职务 holds Party posts when most of what stands in it are such."""
    fields = dict(columns.fields)
    if {"party_post", POST_AND_GROUP} & set(fields.values()):
        return columns
    for index, label in enumerate(columns.labels):
        if label != "职务" or fields.get(index, "work_post") != "work_post":
            continue
        texts = [_text(row[index]) for row in sheet.rows[columns.header_row :] if index < len(row)]
        filled = [text for text in texts if text]
        if filled and sum(post_role(text) is not None for text in filled) * 2 >= len(filled):
            fields[index] = "party_post"
            left = tuple(other for other in columns.untaken if other != label)
            return replace(columns, fields=fields, untaken=left)
    return columns


def refuse_sideways(sheet: Sheet, columns: Columns) -> None:
    """Raise ``InputError`` for a sheet with one person a column, or a card of one person.

    There the column of names holds headings.
    """
    name = next(index for index, field in columns.fields.items() if field == "name")
    end = parts_of(sheet, columns)[0].end or len(sheet.rows) + 1
    below = sheet.rows[columns.header_row : min(end - 1, columns.header_row + _HEADER_DEPTH)]
    texts = [text for row in below if name < len(row) and (text := _text(row[name]))]
    labels = [
        text for text in texts if is_known(text) and (field_of(text) or ("",))[0] not in _LOOSE
    ]
    if len(labels) < 2 and (not labels or len(texts) > 1):
        return
    where = f"工作表“{sheet.name}”第{columns.header_row}行的“姓名”下面是“{labels[0]}”等项目"
    text = f"{where}：表是横着的（每人一列），或是一个人的登记表。"
    raise InputError(
        f"{where}，表是横着的（每人一列），或是一个人的登记表，没有读取。",
        "请在Excel或WPS中复制整张表，用“选择性粘贴”的“转置”变成每人一行，再导入；"
        "一个人的登记表请在“党员”页新增。",
        (Issue(text, "sideways", "name", columns.header_row),),
    )
