"""Opening a Word file that somebody else made: what it is not is said in words."""

from __future__ import annotations

import zlib
from io import BytesIO
from zipfile import BadZipFile, ZipFile

import docx
from docx.document import Document as WordFile

from dangjian_desktop.errors import InputError

_OLD = b"\xd0\xcf\x11\xe0"
_MOST = 200 * 1024 * 1024
_MOST_PARTS = 5000
# The reader of XML raises a SyntaxError.
_BROKEN = BadZipFile, KeyError, SyntaxError, zlib.error, OSError, AttributeError
_MAIN = "word/document.xml"
_AS_DOCX = "请在 Word 或 WPS 里打开它，另存为“Word 文档（.docx）”后再选。"


def open_word(data: bytes, name: str) -> WordFile:
    """The file, opened; raises ``InputError`` for everything that is no plain .docx."""
    where = f"文件“{name}”"
    if data.startswith(_OLD):
        raise InputError(f"{where}是旧格式（.doc、.wps）的文件，或者设有打开密码。", _AS_DOCX)
    broken = InputError(f"{where}已损坏，读不出来。", "请换一份完好的文件，或重新保存后再选。")
    try:
        names = _names(data, where)
    except (BadZipFile, NotImplementedError, EOFError, OSError, ValueError) as error:
        if data[:2] == b"PK":
            raise broken from error
        raise InputError(f"{where}不是 Word 文件（.docx）。", _AS_DOCX) from error
    if any(part.casefold().endswith("vbaproject.bin") for part in names):
        raise InputError(f"{where}带有宏，没有打开。", "请另存为不带宏的 .docx 后再选。")
    if _MAIN not in names:
        raise InputError(f"{where}不是 Word 文件（.docx）。", _AS_DOCX)
    try:
        return docx.Document(BytesIO(data))
    except ValueError as error:
        raise InputError(f"{where}不是普通的 Word 文档，可能是模板。", _AS_DOCX) from error
    except _BROKEN as error:
        raise broken from error


def _names(data: bytes, where: str) -> set[str]:
    with ZipFile(BytesIO(data)) as file:
        parts = file.infolist()
        if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _MOST:
            raise InputError(f"{where}展开后太大，没有读取。", "请换一份只有文字和表格的文件。")
        return {part.filename for part in parts}
