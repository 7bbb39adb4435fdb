"""Tables into .xlsx: every cell is text, never a formula, set up for printing on A4 across."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO
from unicodedata import east_asian_width
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from dangjian_desktop.domain.texts import clean
from dangjian_desktop.spreadsheets.columns import LONGEST_TEXT, Column
from dangjian_desktop.undated import undated

if not openpyxl.DEFUSEDXML:
    raise ImportError("openpyxl must parse with defusedxml")

_TITLE = Font(name="黑体", size=16)
_REMARK = Font(name="宋体", size=10)
HEADING = Font(name="宋体", size=10, bold=True)
BODY = Font(name="宋体", size=10)
_GROUND = PatternFill("solid", fgColor="FFF2F0EC")
_THIN = Side(style="thin", color="FF8C8A85")
_RULED = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_MIDDLE = Alignment(horizontal="center", vertical="center", wrap_text=True)
LEFT = Alignment(horizontal="left", vertical="center", wrap_text=True)
_INCH = 25.4
_LINE, _TALLEST = 13.0, 409.0
"""Points of a line of 10 pt, and of the tallest row that there can be."""
_WIDE = 2.0
_WIDEST = 220
"""Characters that can be read across one page."""


def bytes_of(book: Workbook, made: datetime, author: str = "") -> bytes:
    """The workbook as a file that tells when it was ``made`` and by whom, not by which program."""
    about = book.properties
    about.creator = author or None
    about.created = about.modified = made.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    written = BytesIO()
    # Not by ``save``, which takes the clock.
    ExcelWriter(book, ZipFile(written, "w", ZIP_DEFLATED)).save()
    return undated(written.getvalue())


def book_of(
    *,
    title: str,
    remark: str,
    columns: Sequence[Column],
    rows: Sequence[Sequence[str]],
    foot: Sequence[str] = (),
    name: str = "党员花名册",
) -> Workbook:
    """A workbook of one sheet: title, remark, headings, rows and a foot row.

    Raises ``ValueError`` when a text is longer than a cell can hold.
    """
    book = Workbook()
    sheet = book.active
    if not isinstance(sheet, Worksheet):
        raise TypeError("a new workbook has a sheet")
    sheet.title = re.sub(r"[\[\]:*?/\\]", "", name)[:31] or "Sheet1"
    _head(sheet, title, remark, len(columns))
    for number, column in enumerate(columns, start=1):
        put(sheet, (3, number), column.heading, HEADING, _MIDDLE).fill = _GROUND
        sheet.column_dimensions[get_column_letter(number)].width = column.width
    for number, row in enumerate((*rows, *([foot] if foot else [])), start=4):
        for place, column in enumerate(columns):
            text = row[place] if place < len(row) else ""
            put(sheet, (number, place + 1), text, BODY, _MIDDLE if column.centred else LEFT)
        sheet.row_dimensions[number].height = _height(row, columns)
    _set_up(sheet, columns)
    return book


def _height(row: Sequence[str], columns: Sequence[Column]) -> float:
    """Room for every line of the row's cells: not every program finds it by itself."""
    lines = max((_lines(t, c.width) for t, c in zip(row, columns, strict=False)), default=1)
    return min(_LINE * lines + 3, _TALLEST)


def _lines(text: str, width: float) -> int:
    """Into how many lines a cell breaks a text; one of ours is as wide as two of theirs."""
    room = max(2, int((width - 1) / _WIDE) * 2)
    wide = (sum(2 if east_asian_width(c) in "WFA" else 1 for c in t) for t in text.splitlines())
    return sum(max(1, -(-each // room)) for each in wide) or 1


def _head(sheet: Worksheet, title: str, remark: str, width: int) -> None:
    for row, (text, font, height) in enumerate(((title, _TITLE, 30), (remark, _REMARK, 18)), 1):
        put(sheet, (row, 1), text, font, _MIDDLE if row == 1 else LEFT).border = Border()
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=width)
        sheet.row_dimensions[row].height = height
    sheet.row_dimensions[3].height = 30


def put(sheet: Worksheet, at: tuple[int, int], text: str, font: Font, place: Alignment) -> Cell:
    """Write a text into a cell, never as a formula; raises ``ValueError`` when it is too long."""
    cell = sheet.cell(*at)
    if not isinstance(cell, Cell):
        raise TypeError("nothing is written into the rest of a merged range")
    kept = clean(text, multiline=True)[0]
    if len(kept) > LONGEST_TEXT:
        raise ValueError("a text longer than a cell can hold")
    cell.value = kept
    if kept:
        # Set after the value: a text that begins like a formula would be stored as one.
        cell.data_type = "s"
        cell.quotePrefix = True
    cell.number_format = "@"
    cell.font, cell.alignment, cell.border = font, place, _RULED
    return cell


def _set_up(sheet: Worksheet, columns: Sequence[Column]) -> None:
    """What is too wide for one page goes on the next, its first columns repeated."""
    width = len(columns)
    sheet.freeze_panes = "C4"
    sheet.print_title_rows = "3:3"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    across = -(-sum(column.width for column in columns) // _WIDEST)
    sheet.page_setup.fitToWidth = max(1, int(across))
    if across > 1:
        sheet.print_title_cols = "A:B"
        # In the middle of all pages it would be torn.
        sheet["A1"].alignment = LEFT
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_options.horizontalCentered = True
    margins = sheet.page_margins
    margins.left = margins.right = 12 / _INCH
    margins.top = margins.bottom = 15 / _INCH
    margins.header = margins.footer = 8 / _INCH
    sheet.HeaderFooter.oddFooter = HeaderFooterItem(center=_HeaderFooterPart("第&P页，共&N页"))
    sheet.print_area = f"A1:{get_column_letter(width)}{sheet.max_row}"
