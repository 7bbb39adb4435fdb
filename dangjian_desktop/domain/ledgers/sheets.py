"""Rows of a ledger out of a spreadsheet of any layout: headings found, cells read, all told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from datetime import date
from typing import Any

from dangjian_desktop.domain.fields import FieldType
from dangjian_desktop.domain.ledgers.cells import CellReader
from dangjian_desktop.domain.ledgers.ledger import NUMBER_LABEL, Ledger
from dangjian_desktop.domain.members.importing.cells import as_text
from dangjian_desktop.domain.members.importing.sheets import CellValue, Sheet, column_letter
from dangjian_desktop.domain.sample_sheets import is_sample_row, why_skipped
from dangjian_desktop.domain.texts import squeeze
from dangjian_desktop.errors import InputError, Issue
from dangjian_desktop.frozen import dataclass

_SEARCHED = 25
_FEWEST = 2
_BRACKETS = re.compile(r"[(（\[【].*?[)）\]】]|[*＊:：]")
_TOTALS = ("合计", "小计", "总计", "累计", "共计")
_FOOTS = ("填表人", "制表", "填报人", "经办", "审核", "书记", "支部书记", "负责人签字", "签字")
_NOTES = ("备注：", "备注:", "注：", "注:", "说明：", "说明:", "填写说明")
_NO_COLUMN = (FieldType.LINK, FieldType.FILES)


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row as the sheet has it: plain values by field, and what is wrong with its cells."""

    row: int
    values: Mapping[str, Any]
    issues: tuple[Issue, ...] = ()


@dataclass(frozen=True, slots=True)
class SheetReading:
    """What a sheet holds: every row that is not blank is in ``rows`` or in ``skipped``.

    ``sheets`` are all that the file shows, this one among them.
    """

    sheet: str
    header_row: int
    mapping: Mapping[str, str]
    rows: tuple[SheetRow, ...]
    skipped: tuple[Issue, ...] = ()
    warnings: tuple[Issue, ...] = ()
    untaken: tuple[str, ...] = ()
    sheets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Columns:
    row: int
    fields: Mapping[int, str] = field(default_factory=dict)
    headings: Mapping[int, str] = field(default_factory=dict)


def read_sheet(
    sheets: Sequence[Sheet],
    ledger: Ledger,
    today: date,
    *,
    sheet: str | None = None,
    header_row: int | None = None,
    mapping: Mapping[str, str] | None = None,
) -> SheetReading:
    """Read the sheet whose headings fit the ledger best, or the one named.

    ``mapping`` gives a field to a heading or a column letter, or leaves it out (""). Raises
    ``InputError`` where no sheet has headings that fit, or ``mapping`` names what is not there.
    """
    _require_known(ledger, mapping)
    chosen = _chosen(sheets, sheet)
    found = [(one, _columns(one, ledger, header_row, mapping)) for one in chosen]
    best, columns = max(found, key=lambda pair: len(pair[1].fields))
    if len(columns.fields) < _FEWEST:
        raise _no_headings(best, columns, ledger)
    names = tuple(one.name for one in sheets if not one.hidden)
    return replace(_read(best, columns, ledger, today), sheets=names)


def _require_known(ledger: Ledger, mapping: Mapping[str, str] | None) -> None:
    unknown = [name for name in (mapping or {}).values() if name and ledger.named(name) is None]
    if unknown:
        known = "、".join(f"{f.name}（{f.label}）" for f in ledger.all_fields)
        raise InputError(
            f"对应表里的“{'”“'.join(unknown)}”不是本台账的字段。", f"可以用：{known}。"
        )


def _chosen(sheets: Sequence[Sheet], name: str | None) -> Sequence[Sheet]:
    if name is None:
        return [one for one in sheets if not one.hidden] or sheets
    chosen = [one for one in sheets if squeeze(one.name) == squeeze(name)]
    if not chosen:
        names = "、".join(one.name for one in sheets)
        raise InputError(f"文件里没有名为“{name}”的工作表。", f"现有的工作表：{names}。")
    return chosen


def _no_headings(sheet: Sheet, columns: _Columns, ledger: Ledger) -> InputError:
    words = "、".join(f"“{word}”" for word in list(columns.headings.values())[:12]) or "没有文字"
    wanted = "、".join(asked.label for asked in ledger.fields if asked.required)
    return InputError(
        f"工作表“{sheet.name}”里没有找到“{ledger.title}”的表头。最像表头的是第{columns.row}行：{words}。",
        f"表头应有这些列：{wanted}；也可以指明表头在第几行、哪一列是什么。",
    )


def _columns(
    sheet: Sheet, ledger: Ledger, header_row: int | None, mapping: Mapping[str, str] | None
) -> _Columns:
    places = range(min(_SEARCHED, len(sheet.rows))) if header_row is None else [header_row - 1]
    found = [_Columns(1)]
    for place in places:
        if 0 <= place < len(sheet.rows):
            found.append(_at(sheet.rows[place], place, ledger, mapping or {}))
    return max(found, key=lambda one: (len(one.fields), len(one.headings)))


def _at(
    cells: Sequence[CellValue], place: int, ledger: Ledger, mapping: Mapping[str, str]
) -> _Columns:
    told = {_plain(heading): name for heading, name in mapping.items()}
    known = _known_headings(ledger)
    headings = {n: text for n, value in enumerate(cells) if (text := as_text(value).strip())}
    fields: dict[int, str] = {}
    for n in range(len(cells)):
        text = headings.get(n, "")
        name = told.get(_plain(text), told.get(_plain(column_letter(n))))
        name = known.get(_plain(text)) if name is None else name
        if name and name not in fields.values():
            fields[n] = name
    return _Columns(place + 1, fields, headings)


def _plain(heading: str) -> str:
    return _BRACKETS.sub("", squeeze(heading)).lower()


def _known_headings(ledger: Ledger) -> dict[str, str]:
    """Headings to fields; a field's own label goes before what another accepts besides."""
    found: dict[str, str] = {}
    fields = [asked for asked in ledger.open_fields if asked.type not in _NO_COLUMN]
    for asked in fields:
        found.setdefault(_plain(asked.label), asked.name)
    for asked in fields:
        for heading in (*asked.also, asked.name):
            found.setdefault(_plain(heading), asked.name)
    return found


def _read(sheet: Sheet, columns: _Columns, ledger: Ledger, today: date) -> SheetReading:
    reader = CellReader(ledger, today, sheet)
    rows: list[SheetRow] = []
    skipped: list[Issue] = []
    for place in range(columns.row, len(sheet.rows)):
        cells = sheet.rows[place]
        texts = [text for value in cells if (text := as_text(value).strip())]
        if not texts:
            continue
        why = _skipped(texts, columns, cells)
        if why:
            skipped.append(Issue(f"第{place + 1}行{why[1]}，没有读取。", why[0], row=place + 1))
            continue
        rows.append(_row(reader, columns, cells, place + 1))
    untaken = tuple(
        text
        for n, text in columns.headings.items()
        if n not in columns.fields and _plain(text) != NUMBER_LABEL
    )
    return SheetReading(
        sheet=sheet.name,
        header_row=columns.row,
        mapping={columns.headings.get(n, column_letter(n)): f for n, f in columns.fields.items()},
        rows=tuple(rows),
        skipped=tuple(skipped),
        warnings=tuple(_warnings(sheet, columns, untaken)),
        untaken=untaken,
    )


def _skipped(
    texts: Sequence[str], columns: _Columns, cells: Sequence[CellValue]
) -> tuple[str, str] | None:
    """Code and words for a row that is none; what is only incomplete is refused, not skipped."""
    first, same = squeeze(texts[0]), len(set(texts)) == 1
    foot = first.startswith(_FOOTS) and len(set(texts)) <= 3 and ("：" in first or ":" in first)
    taken = any(as_text(cells[n]).strip() for n in columns.fields if n < len(cells))
    headings = [_plain(text) for text in columns.headings.values()]
    reasons = (
        (is_sample_row(cells), "note", why_skipped(cells)),
        ([_plain(text) for text in texts] == headings, "section", "是重复的表头"),
        (first.startswith(_TOTALS), "foot", "是合计"),
        (first.startswith(_NOTES) and same, "note", "是说明"),
        (foot, "foot", "是表尾"),
        (not taken, "note", "在认得的列里没有内容"),
        (same and len(texts) > _FEWEST, "section", "是分组的小标题"),
    )
    return next(((code, words) for holds, code, words in reasons if holds), None)


def _row(
    reader: CellReader, columns: _Columns, cells: Sequence[CellValue], number: int
) -> SheetRow:
    values: dict[str, Any] = {}
    issues: list[Issue] = []
    for n, name in columns.fields.items():
        read = reader.read(name, cells[n] if n < len(cells) else "")
        if read.code:
            issues.append(Issue(f"第{number}行：{read.text}。", read.code, name, number))
        if read.value is not None:
            values[name] = read.value
    return SheetRow(number, values, tuple(issues))


def _warnings(sheet: Sheet, columns: _Columns, untaken: Sequence[str]) -> Iterator[Issue]:
    for heading in untaken:
        text = f"列“{heading}”不属于本台账，没有读取。"
        yield Issue(text, "column_untaken", row=columns.row)
    if sheet.rows_left_out:
        row = len(sheet.rows) + 1
        text = f"第{row}行以后连续空白太多，其后{sheet.rows_left_out}行没有读取。"
        yield Issue(text, "rows_left_out", row=row)
