"""Opening a Word file that somebody else made: what it is not is said in words."""

from __future__ import annotations

import zlib
from io import BytesIO
from zipfile import BadZipFile

import docx
from docx.document import Document as WordFile

from dangjian_desktop.documents.word_package import AS_DOCX, broken, require_word
from dangjian_desktop.errors import InputError

# The reader of XML raises a SyntaxError.
_BROKEN = BadZipFile, KeyError, SyntaxError, zlib.error, OSError, AttributeError


def open_word(data: bytes, name: str) -> WordFile:
    """The file, opened; raises ``InputError`` for everything that is no plain .docx."""
    require_word(data, name)
    return opened_word(data, name)


def opened_word(data: bytes, name: str) -> WordFile:
    """The same of a package that was looked at before (``require_word``)."""
    try:
        return docx.Document(BytesIO(data))
    except ValueError as error:
        words = f"文件“{name}”不是普通的 Word 文档，可能是模板。"
        raise InputError(words, AS_DOCX) from error
    except _BROKEN as error:
        raise broken(name) from error
