"""What a superior hands out is read here: the list of what is asked, and the words of a reply."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from dangjian_desktop.domain.submissions.asked import AskedMaterial, asked_in
from dangjian_desktop.errors import InputError
from dangjian_desktop.inputs import MEBIBYTE, read_input
from dangjian_desktop.services.submissions.reading import read
from dangjian_desktop.spreadsheets.delimited import decode
from dangjian_desktop.spreadsheets.reading import read_tables

_TEXT = ".txt"
TABLES = frozenset({".xlsx", ".xls", ".xlsb", ".ods", ".csv", ".et"})
_LARGEST = 20 * MEBIBYTE


def read_asked(path: Path, today: date) -> tuple[AskedMaterial, ...]:
    """What a list (.xlsx, .csv, .txt and the like) asks for; a day without a year is of this one.

    Raises ``InputError`` for another kind of file, and for one that asks for nothing.
    """
    kind = path.suffix.lower()
    if kind != _TEXT and kind not in TABLES:
        words = f"“{path.name}”不是可以读取的报送清单。"
        raise InputError(words, "请把清单另存为 .xlsx、.csv 或 .txt 文件，每行一份材料。")
    rows = [[line] for line in _lines(path)] if kind == _TEXT else _rows(path)
    found = asked_in(rows, today)
    if not found:
        words = f"“{path.name}”里没有找到要报送的材料。"
        raise InputError(words, "请每行写一份材料的名称，或者设“材料名称”一列。")
    return found


def words_of(path: Path) -> str:
    """The words of a reply as Word, PDF, workbook or text; empty for what has none to be read (a
    picture). Raises ``InputError`` for a file that is not what its name says."""
    if path.suffix.lower() == _TEXT:
        return "\n".join(_lines(path))
    found = read(path, path.name)
    if found.problem:
        raise InputError(found.problem, "请检查这个文件；旧格式的请另存为 .docx、.xlsx 后重试。")
    return "\n".join(line.text for line in found.texts)


def _lines(path: Path) -> list[str]:
    return decode(read_input(path, _LARGEST), path.name).splitlines()


def _rows(path: Path) -> list[Sequence[str]]:
    """The rows of its sheets that are shown, all below each other."""
    sheets = [sheet for sheet in read_tables(path) if not sheet.hidden]
    return [[_text(cell) for cell in row] for sheet in sheets for row in sheet.rows]


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return str(cell.date())
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
