"""A sample sheet as .xlsx: headings, what each column wants, examples, lists to choose from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from dangjian_desktop.domain.sample_sheets import SampleColumn
from dangjian_desktop.spreadsheets.columns import Column
from dangjian_desktop.spreadsheets.writing import book_of, bytes_of

LISTS = "选项"
"""The hidden sheet of what the columns offer."""
_GUIDE_ROW, _EMPTY, _LAST = 4, 20, 1000
_SOFT = Font(name="宋体", size=9, color="FF6B6660")
_SHOWN = Font(name="宋体", size=10, italic=True, color="FF6B6660")
_GROUND = PatternFill("solid", fgColor="FFF7F5F0")
_LINE = 13.0
_WIDE = 1.8  # a Chinese character in the widths of columns, at 9 points


def sample_file(
    *,
    title: str,
    remark: str,
    name: str,
    columns: Sequence[SampleColumn],
    rows: Sequence[Sequence[str]],
    made: datetime,
) -> bytes:
    """The file: the first of the rows tells what each column wants, the rest are examples.

    Every cell is text, in the empty rows too.
    """
    plain = [Column(column.heading, column.width, centred=column.width < 18) for column in columns]
    empty = [()] * _EMPTY
    book = book_of(title=title, remark=remark, columns=plain, rows=[*rows, *empty], name=name)
    sheet = book.active
    if not isinstance(sheet, Worksheet):
        raise TypeError("a new workbook has a sheet")
    for number in range(_GUIDE_ROW, _GUIDE_ROW + len(rows)):
        for cell in sheet[number]:
            cell.font = _SOFT if number == _GUIDE_ROW else _SHOWN
            cell.fill = _GROUND
    told = zip(rows[0], columns, strict=True)
    lines = max(-(-len(text) * _WIDE // column.width) for text, column in told)
    sheet.row_dimensions[_GUIDE_ROW].height = max(2, lines) * _LINE + 4
    for number in range(1, len(columns) + 1):
        sheet.column_dimensions[get_column_letter(number)].number_format = "@"
    sheet.freeze_panes = f"C{_GUIDE_ROW + 1}"
    _offer(book, sheet, columns)
    return bytes_of(book, made)


def _offer(book: Workbook, sheet: Worksheet, columns: Sequence[SampleColumn]) -> None:
    offering = [(number, each) for number, each in enumerate(columns, 1) if each.offers]
    if not offering:
        return
    lists = book.create_sheet(LISTS)
    lists.sheet_state = "hidden"
    for place, (number, column) in enumerate(offering, 1):
        for row, word in enumerate(column.offers, 1):
            lists.cell(row, place, word).number_format = "@"
        letter, own = get_column_letter(place), get_column_letter(number)
        allowed = DataValidation(
            type="list",
            formula1=f"'{LISTS}'!${letter}$1:${letter}${len(column.offers)}",
            allow_blank=True,
            showErrorMessage=column.strict,
            errorTitle=column.heading[:32],
            error="请从下拉列表中选一项。",
        )
        allowed.add(f"{own}{_GUIDE_ROW + 1}:{own}{_LAST}")
        sheet.add_data_validation(allowed)
