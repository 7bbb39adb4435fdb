"""What a reader finds in our files: text back from Word and PDF, places of characters."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from zipfile import ZipFile

import docx
import pypdfium2
import pypdfium2.raw as pdfium
from docx.oxml.ns import qn

from dangjian_desktop.documents.model import Picture


def squeezed(text: str) -> str:
    return "".join(text.split())


def word_texts(data: bytes) -> tuple[str, ...]:
    """The text of each paragraph in content order, white space squeezed, empty ones left out.

    A picture says the words that it carries for those who cannot see it.
    """
    body = docx.Document(BytesIO(data)).element.body
    found = []
    for paragraph in body.iter(qn("w:p")):
        pieces = [node.text or "" for node in paragraph.iter(qn("w:t"))]
        pieces += (node.get("descr") for node in paragraph.iter(qn("wp:docPr")))
        found.append(squeezed("".join(pieces)))
    return tuple(text for text in found if text)


def pdf_texts(data: bytes) -> tuple[str, ...]:
    """The text of each paragraph in content order, white space squeezed.

    Head, foot, page numbers and repeated header rows are marked as no part of the text.
    """
    found: dict[int, list[str]] = {}
    with opened(data) as file:
        for page in file:
            text_page = page.get_textpage()
            for item in page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_TEXT,)):
                number = piece_number(item.raw)
                if number:
                    found.setdefault(number, []).append(piece_text(item.raw, text_page.raw))
    return tuple(squeezed("".join(found[number])) for number in sorted(found))


def model_texts(document) -> tuple[str, ...]:
    return tuple(text for text in map(squeezed, document.texts()) if text)


def model_texts_in_word(document) -> tuple[str, ...]:
    """The same for Word: a picture is one text there, its ``alt``, and not its labels."""
    found = []
    for block in document.blocks:
        alone = replace(document, blocks=(block,))
        found += [block.alt] if isinstance(block, Picture) else alone.texts()
    return tuple(text for text in map(squeezed, found) if text)


def word_pictures(data: bytes) -> list[bytes]:
    """The image files in a Word file, in the order of their names."""
    with ZipFile(BytesIO(data)) as parts:
        names = sorted(name for name in parts.namelist() if name.startswith("word/media/"))
        return [parts.read(name) for name in names]


class opened:  # noqa: N801 - reads as a word in a with statement
    def __init__(self, data: bytes) -> None:
        self._file = pypdfium2.PdfDocument(data)

    def __enter__(self):
        return self._file

    def __exit__(self, *_) -> None:
        self._file.close()


@dataclass(frozen=True)
class Box:
    """A character, its page from 1, its advance box in points from the lower left."""

    character: str
    page: int
    left: float
    bottom: float
    right: float
    top: float
    size: float
    origin: float


def boxes(data: bytes) -> list[Box]:
    found = []
    with opened(data) as file:
        for number, page in enumerate(file, 1):
            text_page = page.get_textpage()
            for index in range(text_page.count_chars()):
                code = pdfium.FPDFText_GetUnicode(text_page.raw, index)
                if code in (0, 10, 13, 32) or pdfium.FPDFText_IsGenerated(text_page.raw, index):
                    continue
                left, bottom, right, top = text_page.get_charbox(index, loose=True)
                x, y = ctypes.c_double(), ctypes.c_double()
                pdfium.FPDFText_GetCharOrigin(text_page.raw, index, x, y)
                size = pdfium.FPDFText_GetFontSize(text_page.raw, index)
                if 0xDC00 <= code < 0xE000:
                    code = 0x10000 + ((ord(found.pop().character) - 0xD800) << 10) + code - 0xDC00
                found.append(Box(chr(code), number, left, bottom, right, top, size, y.value))
    return found


def lines_of(data: bytes, *, size: float) -> list[list[Box]]:
    """The lines of one type size, each from left to right, by page and height."""
    grouped: dict[tuple[int, float], list[Box]] = {}
    for box in boxes(data):
        if abs(box.size - size) < 0.1:
            grouped.setdefault((box.page, round(-box.origin, 0)), []).append(box)
    return [sorted(grouped[key], key=lambda box: box.left) for key in sorted(grouped)]


def text_of(line: list[Box]) -> str:
    return "".join(box.character for box in line)


def piece_number(item) -> int:
    for place in range(pdfium.FPDFPageObj_CountMarks(item)):
        mark = pdfium.FPDFPageObj_GetMark(item, place)
        value = ctypes.c_int()
        if pdfium.FPDFPageObjMark_GetParamIntValue(mark, b"N", value):
            return value.value
    return 0


def piece_text(item, text_page) -> str:
    length = pdfium.FPDFTextObj_GetText(item, text_page, None, 0)
    buffer = (ctypes.c_ushort * (length // 2 + 1))()
    pdfium.FPDFTextObj_GetText(item, text_page, buffer, length)
    raw = bytes(buffer)[: max(0, length - 2)]
    return raw.decode("utf-16-le", "replace")


def embedded_faces(data: bytes) -> Iterator[tuple[str, bool]]:
    """Each face used on a page, and whether it is embedded."""
    with opened(data) as file:
        for page in file:
            for item in page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_TEXT,)):
                font = pdfium.FPDFTextObj_GetFont(item.raw)
                name = ctypes.create_string_buffer(100)
                pdfium.FPDFFont_GetBaseFontName(font, name, 100)
                yield name.value.decode(), bool(pdfium.FPDFFont_GetIsEmbedded(font))
