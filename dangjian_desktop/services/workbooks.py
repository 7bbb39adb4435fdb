"""Records as a workbook that other offices can open."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from dangjian_desktop.errors import InputError
from dangjian_desktop.services.files import write_file
from dangjian_desktop.spreadsheets.columns import LONGEST_TEXT, Column

PROFILES = ("full", "masked")
_CUT = "……（余下内容见程序）"


def covers(path: Path, profile: str, called: str, covered: str = "遮盖") -> bool:
    """Whether numbers are to be covered in the workbook at the path; ``called`` is what it holds.

    Raises ``InputError`` for another kind of file and for an unknown profile.
    """
    if path.suffix.lower() != ".xlsx":
        words = f"{called}只能导出为.xlsx文件，“{path.name}”不行。"
        raise InputError(words, "请把文件名改为以.xlsx结尾。")
    if profile not in PROFILES:
        words = f"导出方式“{profile}”不认识。"
        raise InputError(words, f"可以写：full（完整）或masked（{covered}）。")
    return profile == "masked"


def write_workbook(
    path: Path,
    columns: Sequence[Column],
    rows: Sequence[Sequence[str]],
    *,
    title: str,
    remark: str,
    name: str,
    made: datetime,
    foot: Sequence[str] = (),
    force: bool = False,
) -> Path:
    """Write a workbook of one sheet and return where; an older file stays unless ``force``.

    ``made`` is the moment that its properties tell. A text that no cell can hold is cut, and says
    so. Raises ``BlockedError``.
    """
    from dangjian_desktop.spreadsheets.writing import book_of, bytes_of

    cells = [tuple(map(fitting, row)) for row in rows]
    book = book_of(title=title, remark=remark, columns=columns, rows=cells, foot=foot, name=name)
    return write_file(path.parent, path.stem, path.suffix, bytes_of(book, made), force=force)


def fitting(text: str) -> str:
    """The text as a cell can hold it; what is cut says so."""
    return text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - len(_CUT)] + _CUT
