"""Sheets out of .xlsx, .xls, .xlsb, .ods and .csv files; what a file is, its first bytes tell."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any, cast

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from dangjian_desktop.domain.members.importing.sheets import (
    CellValue,
    MonthOnly,
    Place,
    Sheet,
    Special,
)
from dangjian_desktop.errors import InputError
from dangjian_desktop.inputs import read_input
from dangjian_desktop.spreadsheets.binary_books import inspect_binary
from dangjian_desktop.spreadsheets.delimited import is_table, is_text, read_delimited
from dangjian_desktop.spreadsheets.old_books import inspect_old_book
from dangjian_desktop.spreadsheets.open_documents import inspect_open_document
from dangjian_desktop.spreadsheets.packages import MAX_PART, Parts, read_parts, repacked
from dangjian_desktop.spreadsheets.worksheets import BookExtras, Extras, inspect
from dangjian_desktop.sweeps import unswept

MAX_ROWS = 20_000
MAX_COLUMNS = 200
BLANK_ROWS_END = 50
_MAX_SHEETS = 60
_TEXT_SUFFIXES = frozenset({".csv", ".txt", ".tsv"})
_OPENED_AS_TEXT = frozenset({".xls", ".et"})
"""Excel and WPS show text under these names as a table."""
_SAVE_AS = "请用Excel或WPS打开该文件，另存为.xlsx文件后再导入。"
_SPLIT = "请分成几个文件，每个不超过两万行，再分别导入。"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_OLD_BOOK_STREAMS = tuple(name.encode("utf-16-le") for name in ("Workbook", "Book"))
_MARKUP = (b"<!doctype", b"<html", b"<table", b"<head", b"<meta", b"<?xml", b"<body", b"<style")


def read_tables(path: Path, data: bytes | None = None) -> tuple[Sheet, ...]:
    """All worksheets of a file, hidden ones marked, merged ranges filled; ``data`` is what
    stands in it, where that was read.

    Raises ``InputError`` for what is no table, encrypted, empty, damaged or too large, and
    ``BlockedError`` where the file may not be read.
    """
    data = read_input(path, MAX_PART) if data is None else data
    if not data.strip(b"\x00\r\n\t ,"):
        raise InputError(f"文件“{path.name}”是空的。", "请确认选对了文件。")
    start = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    disguised = path.suffix.lower() in _OPENED_AS_TEXT
    if data.startswith(_ZIP):
        sheets = _from_package(path, data)
    elif data.startswith(_OLE):
        sheets = _from_old_book(path, data)
    elif start.startswith(_MARKUP):
        raise _markup(path, data)
    elif path.suffix.lower() in _TEXT_SUFFIXES or (disguised and is_table(data)):
        sheets = (_from_text(path, data),)
    elif disguised and is_text(data):
        raise InputError(f"文件“{path.name}”其实是文本，不是表格，不能直接读取。", _SAVE_AS)
    else:
        raise InputError(
            f"文件“{path.name}”不是Excel工作簿，也不是.csv表格。",
            "请选择.xlsx、.xls、.xlsb、.ods或.csv格式的名册。",
        )
    if not any(sheet.rows for sheet in sheets):
        raise InputError(f"文件“{path.name}”里没有任何内容。", "请确认选对了文件。")
    return sheets


def _markup(path: Path, data: bytes) -> InputError:
    if b"urn:schemas-microsoft-com:office:spreadsheet" in data[:4096]:
        return InputError(f"文件“{path.name}”是旧式的XML表格，不能直接读取。", _SAVE_AS)
    return InputError(
        f"文件“{path.name}”其实是网页，只是用了表格的文件名，不能直接读取。", _SAVE_AS
    )


def _from_text(path: Path, data: bytes) -> Sheet:
    rows = read_delimited(path, data)
    return _sheet(path.stem, rows, typed=False)


def _from_package(path: Path, data: bytes) -> tuple[Sheet, ...]:
    parts = read_parts(data, path.name)
    extras = BookExtras({})
    if "xl/workbook.xml" in parts:
        extras = inspect(parts, path.name)
    elif "xl/workbook.bin" in parts:
        extras = inspect_binary(parts)
    elif _is_open_document(parts):
        extras = inspect_open_document(parts["content.xml"])
    else:
        what = "Word文档" if "word/document.xml" in parts else "压缩包或其他文件"
        raise InputError(
            f"文件“{path.name}”是{what}，不是工作簿。", "请选择.xlsx、.xls或.csv格式的名册。"
        )
    return _from_workbook(path, repacked(parts), extras)


def _is_open_document(parts: Parts) -> bool:
    return b"opendocument.spreadsheet" in parts.get("mimetype", b"") and "content.xml" in parts


def _from_old_book(path: Path, data: bytes) -> tuple[Sheet, ...]:
    if _ENCRYPTED_STREAM in data:
        raise _encrypted(path)
    if not any(stream in data for stream in _OLD_BOOK_STREAMS):
        raise InputError(
            f"文件“{path.name}”不是Excel工作簿。", "请选择.xlsx、.xls或.csv格式的名册。"
        )
    return _from_workbook(path, BytesIO(data), inspect_old_book(data))


def _encrypted(path: Path) -> InputError:
    return InputError(
        f"文件“{path.name}”设了打开密码，无法读取。",
        "请用Excel或WPS输入密码打开，取消密码后另存一份，再导入。",
    )


def _from_workbook(path: Path, source: Any, extras: BookExtras) -> tuple[Sheet, ...]:
    try:
        with unswept(), CalamineWorkbook.from_object(source) as book:
            kinds = book.sheets_metadata[:_MAX_SHEETS]
            return tuple(
                _from_sheet(
                    path,
                    book.get_sheet_by_name(kind.name),
                    hidden=kind.visible is not SheetVisibleEnum.Visible,
                    extras=extras.sheets.get(kind.name, Extras()),
                    date_1904=extras.date_1904,
                )
                for kind in kinds
                if kind.typ is SheetTypeEnum.WorkSheet
            )
    except PasswordError as error:
        raise _encrypted(path) from error
    except (CalamineError, OSError, ValueError, OverflowError) as error:
        raise InputError(
            f"文件“{path.name}”已损坏或不是工作簿，无法读取。",
            "请用Excel或WPS打开该文件，另存为一份新的.xlsx文件后再导入。",
        ) from error


def _from_sheet(
    path: Path, source: CalamineSheet, *, hidden: bool, extras: Extras, date_1904: bool
) -> Sheet:
    if source.start is None:
        return Sheet(source.name, (), hidden=hidden)
    found = source.to_python(skip_empty_area=False, nrows=MAX_ROWS + 1000)
    if source.total_height > MAX_ROWS + 1000 or len(found) > MAX_ROWS:
        raise InputError(f"文件“{path.name}”的工作表“{source.name}”超过两万行，未读取。", _SPLIT)
    rows = cast(list[list[CellValue]], found)
    if source.total_width > MAX_COLUMNS:
        rows = [row[:MAX_COLUMNS] for row in rows]
    _mark(rows, extras)
    above, left = _fill_merged(rows, source.merged_cell_ranges or ())
    return _sheet(
        source.name,
        tuple(map(tuple, rows)),
        from_above=above,
        from_left=left,
        hidden=hidden,
        date_1904=date_1904,
        hidden_rows=extras.hidden_rows,
    )


def _mark(rows: list[list[CellValue]], extras: Extras) -> None:
    for row, column in extras.uncomputed:
        if row < len(rows) and column < len(rows[row]) and rows[row][column] == "":
            rows[row][column] = Special.UNCOMPUTED
    for row, column in extras.month_only:
        if row < len(rows) and column < len(rows[row]):
            value = rows[row][column]
            if isinstance(value, date) and value.day == 1:
                rows[row][column] = MonthOnly(value)


def _fill_merged(
    rows: list[list[CellValue]], ranges: Sequence[tuple[Place, Place]]
) -> tuple[frozenset[Place], frozenset[Place]]:
    above: set[Place] = set()
    left: set[Place] = set()
    for (top, first), (bottom, last) in ranges:
        if top >= len(rows) or first >= len(rows[top]) or rows[top][first] == "":
            continue
        for row in range(top, min(bottom + 1, len(rows))):
            for column in range(first, min(last + 1, len(rows[row]))):
                if (row, column) != (top, first) and rows[row][column] == "":
                    rows[row][column] = rows[top][first]
                    (left if column > first else above).add((row, column))
    return frozenset(above), frozenset(left)


def _sheet(name: str, rows: tuple[tuple[CellValue, ...], ...], **marks: Any) -> Sheet:
    """Cut at a long blank stretch and at blank rows of the end."""
    if len(rows) > MAX_ROWS:
        raise InputError(f"表格“{name}”超过两万行，未读取。", _SPLIT)
    blank, end = 0, 0
    for index, row in enumerate(rows):
        if any(row):
            blank, end = 0, index + 1
            continue
        blank += 1
        if blank >= BLANK_ROWS_END and end:
            break
    left_out = sum(any(row) for row in rows[end:])
    return Sheet(name, rows[:end], rows_left_out=left_out, **marks)
