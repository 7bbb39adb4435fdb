"""Records as a workbook that other offices can open."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from dangjian_desktop.errors import InputError
from dangjian_desktop.frozen import dataclass
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Workbook:
    """A workbook of one sheet before it is a file; its properties tell ``made`` and ``author``.

    A text that no cell can hold is cut, and says so.
    """

    title: str
    remark: str
    name: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]
    made: datetime
    foot: Sequence[str] = ()
    author: str = ""

    def data(self) -> bytes:
        """The file."""
        from dangjian_desktop.spreadsheets.writing import book_of, bytes_of

        told = [tuple(map(fitting, row)) for row in self.rows]
        book = book_of(
            title=self.title,
            remark=self.remark,
            columns=self.columns,
            rows=told,
            foot=self.foot,
            name=self.name,
        )
        return bytes_of(book, self.made, self.author)

    def write(self, path: Path, *, force: bool = False) -> Path:
        """Write it and return where; an older file stays unless ``force``. Raises
        ``BlockedError``."""
        return write_file(path.parent, path.stem, path.suffix, self.data(), force=force)


def fitting(text: str) -> str:
    """The text as a cell can hold it; what is cut says so."""
    return text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - len(_CUT)] + _CUT
