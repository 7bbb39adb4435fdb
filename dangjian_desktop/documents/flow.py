"""The blocks of a document poured onto pages, one after another."""

from __future__ import annotations

from functools import cached_property
from itertools import count
from typing import assert_never

from dangjian_desktop.documents.closing import closing_rows, closing_start
from dangjian_desktop.documents.endings import ending_room
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
from dangjian_desktop.documents.pages import Pages
from dangjian_desktop.documents.styles import TABLE_GAP, sheet_of
from dangjian_desktop.documents.table_layout import TableLayout
from dangjian_desktop.documents.table_printer import TablePrinter, start_height
from dangjian_desktop.documents.typeset import SetLine, Typesetter

_EDGE = 0.01
_LOOK_AHEAD = 8
WHOLE = 8
"""Of more lines than these a paragraph that is kept goes on to the next page by its last two."""
_BOOKMARK_LEVELS = {Role.TITLE: 0, Role.HEADING1: 1}


class Flow:
    """Where the next block goes: ``_y`` points below the upper edge of the type area."""

    def __init__(self, document: Document, typesetter: Typesetter, pages: Pages) -> None:
        self._document, self._typesetter = document, typesetter
        self._sheet = sheet_of(document)
        self._page = self._sheet.page
        self._height = self._page.height
        self._sheets = pages
        self._y = 0.0
        self._numbers = 0
        # Table, row before which its page turned, points left on the page before.
        self.turns: list[tuple[int, int, float]] = []

    def pour(self) -> float:
        """Put all blocks onto the pages; where the last one ends."""
        for place, block in enumerate(self._document.blocks):
            self._block(place, block)
        return self._y

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
                self._write_lines(place, block)
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
        return self._height - self._y

    def _set(self, paragraph: Paragraph, free: float | None = None) -> list[SetLine]:
        style = self._sheet.style(paragraph.role)
        return self._typesetter.paragraph(paragraph, style, self._page.width, free=free)

    def _paragraph(self, place: int, paragraph: Paragraph) -> None:
        style = self._sheet.style(paragraph.role)
        free = ending_room(self._document, place, self._typesetter)
        lines = self._set(paragraph, free)
        behind = self._behind_of(place, paragraph, lines)
        self._lines(lines, self._number(), behind, _bookmark_of(paragraph))
        self._y += style.after + gap_behind(self._document, place)

    def _lines(
        self,
        lines: list[SetLine],
        number: int,
        behind: float = 0.0,
        mark: tuple[str, int] | None = None,
    ) -> None:
        """Lines one after another; ``behind`` points stay on the page of the last two."""
        last = len(lines) - 2 if len(lines) > WHOLE else 0
        whole = sum(line.height for line in lines[last:]) + behind if behind else 0.0
        for place, line in enumerate(lines):
            if self._turns(line, whole if place == last else 0.0):
                self._new_page()
            if mark is not None and place == 0:
                self._sheets.bookmark(*mark, self._y)
            self._sheets.show(line, 0.0, self._y, number)
            self._y += line.height

    def _turns(self, line: SetLine, whole: float) -> bool:
        """Whether the page turns before a line; ``whole`` points from it on stay together."""
        room = self._room() + _EDGE
        return line.height > room or (self._y > 0 and room < whole <= self._height)

    def _behind_of(self, place: int, paragraph: Paragraph, lines: list[SetLine]) -> float:
        """What has to stand on the page of a paragraph that is kept with the next."""
        if not _stays(paragraph):
            return 0.0
        near = self.closing_height + _LOOK_AHEAD * lines[0].height
        far = self._room() > near + sum(line.height for line in lines)
        return 0.0 if far else self._behind(place + 1)

    @cached_property
    def closing_height(self) -> float:
        """The height of what is kept together up to the end."""
        height, blocks = 0.0, self._document.blocks
        for own, whole in map(self._end_of, reversed(blocks[closing_start(blocks) :])):
            height += own
            if not whole:
                break
        return height

    def _end_of(self, block: Block) -> tuple[float, bool]:
        """What stays of a block with what follows it, and whether that is all of it."""
        match block:
            case Paragraph():
                lines = self._set(block)
                start = 0 if len(lines) <= WHOLE else -2
                return sum(line.height for line in lines[start:]), start == 0
            case Table():
                layout = TableLayout(block, self._sheet, self._typesetter, count(1).__next__)
                rows = layout.rows[-closing_rows(block) :]
                whole = len(rows) >= sum(not row.header for row in block.rows)
                return sum(row.height for row in rows) + TABLE_GAP, whole
            case WriteLines():
                return self._page.write_line * block.count, True
            case _:
                return self._start_of(block)[0], True

    def _behind(self, place: int) -> float:
        """The height of what is kept together from here on, and of the start of its text."""
        height = 0.0
        for number, block in enumerate(self._document.blocks[place:], place):
            own, goes_on = self._start_of(block)
            height += own + gap_behind(self._document, number)
            if not goes_on:
                break
        return height

    def _start_of(self, block: Block) -> tuple[float, bool]:
        """What a block needs at the foot of a page, and whether the next must follow there."""
        match block:
            case Paragraph():
                lines = self._set(block)
                stays = _stays(block) and len(lines) <= WHOLE
                return sum(line.height for line in lines[: None if stays else 1]), stays
            case Table():
                # A table of which only the last rows are kept with what follows may begin here.
                kept = bool(block.rows) and all(r.header or r.keep_with_next for r in block.rows)
                return self._table_height(block, whole=kept), kept
            case WriteLines():
                kept = block.keep_with_next
                return self._page.write_line * (block.count if kept else 1), kept
            case Picture():
                return block.height, False
            case EndMark():
                return self._sheet.style(Role.CENTER).leading, False
            case PageBreak():
                return 0.0, False
            case _:
                assert_never(block)

    def _table_height(self, table: Table, *, whole: bool) -> float:
        """A table with the room below it, or its heading with what stays with it."""
        layout = TableLayout(table, self._sheet, self._typesetter, count(1).__next__)
        if whole:
            return sum(row.height for row in layout.rows) + TABLE_GAP
        lines = self._sheet.inner if self._page.grid else self._sheet.frame
        return start_height(layout.rows, self._height, self._sheet.edge) + lines

    def _write_lines(self, place: int, block: WriteLines) -> None:
        style = self._sheet.style(Role.FLUSH)
        line = self._typesetter.write_line(style, self._page.width, self._page.write_line)
        behind = self._behind(place + 1) if block.keep_with_next else 0.0
        self._lines([line] * block.count, self._number(), behind)

    def _picture(self, picture: Picture) -> None:
        if picture.height > self._room() + _EDGE and self._y > 0:
            self._new_page()
        x = (self._page.width - picture.width) / 2
        self._sheets.picture(picture, x, self._y, self._number)
        self._y += picture.height + TABLE_GAP

    def _table(self, place: int, table: Table) -> None:
        layout = TableLayout(table, self._sheet, self._typesetter, self._number)
        kept = bool(table.rows) and table.rows[-1].keep_with_next
        behind = TABLE_GAP + self._behind(place + 1) if kept else 0.0
        over = 0.0 if is_led(self._document, place) else self._sheet.edge
        after = self._height_after(place) if any(row.fill for row in table.rows) else 0.0
        printer = TablePrinter(layout, self._sheets, self._y, after, behind, over)
        # Word's white behind a table is less by what stands over its beginning.
        self._y = printer.print() + TABLE_GAP - over + printer.over
        self.turns += [(place, row, left) for row, left in printer.turns]

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
            if height > self._height / 4:
                return 0.0
        return height if height > TABLE_GAP else 0.0


def gap_behind(document: Document, place: int) -> float:
    """Points between a paragraph of running text and the table that follows it."""
    kinds = tuple(map(type, document.blocks[place : place + 2]))
    return TABLE_GAP if kinds == (Paragraph, Table) and sheet_of(document).page.grid else 0.0


def is_led(document: Document, place: int) -> bool:
    """Whether the table at a place has such points before it."""
    return place > 0 and gap_behind(document, place - 1) > 0


def _bookmark_of(paragraph: Paragraph) -> tuple[str, int] | None:
    level, words = _BOOKMARK_LEVELS.get(paragraph.role), paragraph.words.replace("\n", "")
    return (words, level) if level is not None and words.strip() else None


def _stays(paragraph: Paragraph) -> bool:
    return paragraph.keep_with_next or paragraph.role in HEADINGS
