"""Tables in plain text: .csv in UTF-8, UTF-16 with its mark, or GB18030."""

from __future__ import annotations

import codecs
import csv
import re
from io import StringIO
from pathlib import Path

from dangjian_desktop.errors import InputError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SEPARATORS = (",", "\t", ";")
_LINES_TO_JUDGE = 20
_GUARDED = re.compile(r'="(.*)"', re.DOTALL)
_REMEDY = "请用Excel或WPS打开该文件，另存为.xlsx文件后再导入。"


def decode(data: bytes, file_name: str) -> str:
    """The text by its mark, else strictly UTF-8, else GB18030; never guessed.

    Raises ``InputError`` for what is no text in any of them.
    """
    marked = [encoding for mark, encoding in _MARKS if data.startswith(mark)]
    for encoding in marked or ["utf-8", "gb18030"]:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise InputError(f"文件“{file_name}”不是UTF-8或GB18030编码的文字，无法读取。", _REMEDY)


def read_delimited(path: Path, data: bytes) -> tuple[tuple[str, ...], ...]:
    """The rows of the table; a blank line is a row of its own. Raises ``InputError``."""
    text = decode(data, path.name)
    try:
        rows = csv.reader(StringIO(text, newline=""), delimiter=_separator(text))
        return tuple(tuple(map(_plain, row)) for row in rows)
    except csv.Error as error:
        raise InputError(
            f"文件“{path.name}”里的引号不成对或内容过长，无法读取。", _REMEDY
        ) from error


def is_text(data: bytes) -> bool:
    """Whether the bytes are text that people can read, whatever the file is called."""
    try:
        text = decode(data, "")
    except InputError:
        return False
    return all(char.isprintable() or char in "\t\r\n\ufeff" for char in text)


def is_table(data: bytes) -> bool:
    """Whether the bytes are text whose first filled line has several cells: a table."""
    if not is_text(data):
        return False
    text = decode(data, "")
    first = next((line for line in text.splitlines() if line.strip()), "")
    return _separator(text) in first


def _plain(cell: str) -> str:
    """``="4101…"`` is a text that an exporter guards against becoming a number."""
    found = _GUARDED.fullmatch(cell) if cell[:1] == "=" else None
    return found[1].replace('""', '"') if found else cell


def _separator(text: str) -> str:
    start = "\n".join(text.splitlines()[:_LINES_TO_JUDGE])
    return max(_SEPARATORS, key=start.count)
