"""A form's file, opened whatever its kind: what stands in it, and how it is filled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

from dangjian_desktop.domain.blank_forms.form import Blank, BlankForm, Filled
from dangjian_desktop.errors import InputError
from dangjian_desktop.inputs import MEBIBYTE, read_input
from dangjian_desktop.late import Late

_LARGEST = 32 * MEBIBYTE


class Opened(Protocol):
    """A form that can be filled once; afterwards ``written`` tells by the key of a list how many
    rows there was room for, where that is not all."""

    written: dict[str, int]

    @property
    def form(self) -> BlankForm:
        """What stands in it."""

    def filled(
        self, values: Mapping[str, Filled], blanks: Sequence[Blank]
    ) -> tuple[bytes, tuple[str, ...]]:
        """The file with these values by the keys of the blanks, and notes."""


_OPENERS = {
    ".docx": Late("documents.blank_forms.writing:FillableWord"),
    ".xlsx": Late("spreadsheets.blank_forms.writing:FillableSheet"),
}


def open_form(path: Path, name: str = "") -> Opened:
    """The form of a file; raises ``InputError`` for one that is none or cannot be filled.

    ``name`` is what the file is called, where it lies under another name.
    """
    name = name or path.name
    suffix = Path(name).suffix.lower()
    if suffix not in _OPENERS:
        raise InputError(
            f"“{name}”不是能填写的空表：只能填 Word（.docx）和 Excel（.xlsx）。",
            "请在 Word、Excel 或 WPS 里打开它，另存为 .docx 或 .xlsx 后再选。",
        )
    data = read_input(path, _LARGEST)
    opened: Opened = _OPENERS[suffix].read()(data, name)
    if not opened.form.blanks:
        raise InputError(
            f"文件“{name}”里没有找到要填的空格。",
            "请确认选的是没有填过的空表；项目名称旁边或下面要有空格子，或者冒号后面留有空白。",
        )
    return opened
