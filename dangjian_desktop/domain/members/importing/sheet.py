"""From the sheets of a workbook to a roster: which sheet is read, and what it holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from dangjian_desktop.domain.members.importing.columns import (
    find_columns,
    likely_headings,
    refuse_sideways,
)
from dangjian_desktop.domain.members.importing.quoting import quoted
from dangjian_desktop.domain.members.importing.rows import RosterReading
from dangjian_desktop.domain.members.importing.sheet_reader import SheetReader
from dangjian_desktop.domain.members.importing.sheets import Sheet
from dangjian_desktop.domain.texts import squeeze
from dangjian_desktop.errors import InputError, Issue


def read_roster(
    sheets: Sequence[Sheet],
    *,
    today: date,
    sheet: str | None = None,
    header_row: int | None = None,
    mapping: Mapping[str, str] | None = None,
) -> RosterReading:
    """Read the sheet that looks most like a roster, or the one named.

    ``header_row`` is the number on the screen of a heading row. ``mapping`` gives a field to a
    heading or a column letter. Raises ``InputError`` when there is no such sheet, no column of
    names, or no person under the heading.
    """
    chosen = _named(sheets, sheet) if sheet is not None else _visible(sheets)
    found = [(one, find_columns(one, header_row, mapping)) for one in chosen]
    known = [(one, columns) for one, columns in found if columns is not None]
    if not known:
        raise _no_names(chosen, header_row)
    best, columns = max(known, key=lambda pair: pair[1].score)
    refuse_sideways(best, columns)
    reading = SheetReader(best, columns, today).read()
    others = tuple(one.name for one, other in known if one is not best and other.score >= 4)
    return _with_others(reading, others)


def _named(sheets: Sequence[Sheet], name: str) -> tuple[Sheet, ...]:
    for same in (str.__eq__, lambda a, b: squeeze(a) == squeeze(b)):
        chosen = tuple(one for one in sheets if same(one.name, name))
        if chosen:
            return chosen
    names = "、".join(one.name for one in sheets)
    raise InputError(f"文件里没有名为“{name}”的工作表。", f"现有的工作表：{names}。")


def _visible(sheets: Sequence[Sheet]) -> tuple[Sheet, ...]:
    return tuple(one for one in sheets if not one.hidden) or tuple(sheets)


def _no_names(sheets: Sequence[Sheet], header_row: int | None) -> InputError:
    fullest = max(sheets, key=lambda one: len(likely_headings(one)[1]))
    row, labels = likely_headings(fullest)
    shown = "、".join(quoted(label) for label in labels[:12]) or "没有文字"
    where = f"第{header_row}行" if header_row is not None else "表头"
    return InputError(
        f"工作表“{fullest.name}”的{where}没有找到“姓名”列。最像表头的是第{row}行：{shown}。",
        "请把姓名所在列的表头改为“姓名”，或者指明表头在第几行、哪一列是姓名"
        '（命令行用 --header-row 和 --mapping，对应表例如 {"B": "name"}）。',
    )


def _with_others(reading: RosterReading, others: tuple[str, ...]) -> RosterReading:
    if not others:
        return reading
    names = "”“".join(others)
    text = f"本次只读取工作表“{reading.sheet}”；工作表“{names}”也像名册，如需导入请另外指定。"
    return replace(
        reading, warnings=(Issue(text, "other_sheets", row=reading.header_row), *reading.warnings)
    )
