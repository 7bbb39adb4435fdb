"""A document as PDF: the blocks poured onto pages, one after another."""

from __future__ import annotations

from math import ceil
from typing import assert_never

from dangjian_desktop.documents.endings import ending_room
from dangjian_desktop.documents.fonts import FontSet, installed_fonts
from dangjian_desktop.documents.model import (
    HEADINGS,
    Block,
    Document,
    EndMark,
    PageBreak,
    Paragraph,
    Picture,
    Role,
    Table,
    WriteLines,
)
from dangjian_desktop.documents.pdf_sheets import Sheets
from dangjian_desktop.documents.pdf_tables import TablePrinter
from dangjian_desktop.documents.styles import TABLE_GAP, sheet_of
from dangjian_desktop.documents.table_layout import TableLayout
from dangjian_desktop.documents.typeset import SetLine, Typesetter, typesetter_of

_EDGE = 0.01
_LOOK_AHEAD = 8
_ROW_START = 48.0
_BOOKMARK_LEVELS = {Role.TITLE: 0, Role.HEADING1: 1}


def render_pdf(document: Document, fonts: FontSet | None = None) -> bytes:
    """The document as a PDF whose faces are embedded; the same input gives the same bytes.

    ``fonts`` are the faces of this machine with ours behind them unless given. Raises
    ``BlockedError`` when a font file cannot be read.
    """
    return _Flow(document, typesetter_of(fonts or installed_fonts())).pour()


class _Flow:
    """Where the next block goes: ``_y`` points below the upper edge of the type area."""

    def __init__(self, document: Document, typesetter: Typesetter) -> None:
        self._document, self._typesetter = document, typesetter
        self._sheet = sheet_of(document)
        self._page = self._sheet.page
        self._sheets = Sheets(document, typesetter)
        self._y = 0.0
        self._numbers = 0

    def pour(self) -> bytes:
        for place, block in enumerate(self._document.blocks):
            self._block(place, block)
        return self._sheets.finish()

    def _block(self, place: int, block: Block) -> None:
        match block:
            case Paragraph():
                self._paragraph(place, block)
            case Table():
                self._table(place, block)
            case Picture():
                self._picture(block)
            case PageBreak():
                self._new_page()
            case WriteLines():
                self._write_lines(block)
            case EndMark():
                self._lines(self._set(Paragraph(block.text, Role.CENTER)), self._number())
            case _:
                assert_never(block)

    def _number(self) -> int:
        self._numbers += 1
        return self._numbers

    def _new_page(self) -> None:
        self._sheets.new_page()
        self._y = 0.0

    def _room(self) -> float:
        return self._page.height - self._y

    def _set(self, paragraph: Paragraph, free: float | None = None) -> list[SetLine]:
        style = self._sheet.style(paragraph.role)
        return self._typesetter.paragraph(paragraph, style, self._page.width, free=free)

    def _paragraph(self, place: int, paragraph: Paragraph) -> None:
        style = self._sheet.style(paragraph.role)
        if _stays(paragraph) and self._y > 0 and self._room() < _LOOK_AHEAD * style.leading:
            height = self._height_with_next(place)
            if self._room() + _EDGE < height <= self._page.height:
                self._new_page()
        free = ending_room(self._document, place, self._typesetter)
        lines = self._set(paragraph, free)
        if lines[0].height > self._room() + _EDGE:
            self._new_page()
        level = _BOOKMARK_LEVELS.get(paragraph.role)
        if level is not None and paragraph.words.strip():
            self._sheets.bookmark(paragraph.words.replace("\n", ""), level, self._y)
        self._lines(lines, self._number())
        self._y += style.after

    def _lines(self, lines: list[SetLine], number: int) -> None:
        for line in lines:
            if line.height > self._room() + _EDGE:
                self._new_page()
            self._sheets.show(line, 0.0, self._y, number)
            self._y += line.height

    def _height_with_next(self, place: int) -> float:
        """The height of a heading, of those under it, and of the start of their text."""
        height = 0.0
        for block in self._document.blocks[place:]:
            match block:
                case Paragraph():
                    lines = self._set(block)
                    if not _stays(block):
                        return height + lines[0].height
                    height += sum(line.height for line in lines)
                case Table():
                    return height + 2 * _ROW_START
                case Picture():
                    return height + block.height
                case WriteLines():
                    return height + self._page.write_line
                case PageBreak() | EndMark():
                    return height
                case _:
                    assert_never(block)
        return height

    def _write_lines(self, block: WriteLines) -> None:
        style = self._sheet.style(Role.FLUSH)
        line = self._typesetter.write_line(style, self._page.width, self._page.write_line)
        self._lines([line] * block.count, self._number())

    def _picture(self, picture: Picture) -> None:
        if picture.height > self._room() + _EDGE and self._y > 0:
            self._new_page()
        x = (self._page.width - picture.width) / 2
        self._sheets.picture(picture, x, self._y, self._number)
        self._y += picture.height + TABLE_GAP
        self._back_to_grid()

    def _table(self, place: int, table: Table) -> None:
        layout = TableLayout(table, self._sheet, self._typesetter, self._number)
        if self._y > 0 and self._page.grid:
            self._y += TABLE_GAP
        printer = TablePrinter(layout, self._sheets, self._y, self._height_after(place))
        self._y = printer.print() + TABLE_GAP
        self._back_to_grid()

    def _back_to_grid(self) -> None:
        """Text goes on in the lines of the page, not in those of a table."""
        if self._page.grid:
            self._y = ceil(self._y / self._page.grid - _EDGE) * self._page.grid

    def _height_after(self, place: int) -> float:
        """What notes behind a table take; a fill row leaves them room on its page."""
        height = TABLE_GAP
        for block in self._document.blocks[place + 1 :]:
            match block:
                case Paragraph():
                    height += sum(line.height for line in self._set(block))
                case PageBreak():
                    break
                case _:
                    return 0.0
            if height > self._page.height / 4:
                return 0.0
        return height if height > TABLE_GAP else 0.0


def _stays(paragraph: Paragraph) -> bool:
    return paragraph.keep_with_next or paragraph.role in HEADINGS
