"""What belongs into the blanks of an Excel form, written into it; all else stays as it was."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from lxml import etree

from dangjian_desktop.domain.blank_forms.finding import split_key
from dangjian_desktop.domain.blank_forms.form import Blank, BlankForm, BlankKind, Filled
from dangjian_desktop.domain.blank_forms.gaps import Gap, gaps
from dangjian_desktop.domain.texts import clean
from dangjian_desktop.spreadsheets.blank_forms.filling import (
    LONGEST_CELL,
    put,
    put_runs,
    uncalculated,
)
from dangjian_desktop.spreadsheets.blank_forms.formulas import Inserted
from dangjian_desktop.spreadsheets.blank_forms.inserting import bar, insert_rows
from dangjian_desktop.spreadsheets.blank_forms.offered import Offers
from dangjian_desktop.spreadsheets.blank_forms.package import BOOK, MISFITS, child, damaged
from dangjian_desktop.spreadsheets.blank_forms.reading import SheetForm
from dangjian_desktop.spreadsheets.blank_forms.sheet import Place, Sheet, place_of
from dangjian_desktop.spreadsheets.blank_forms.shrinking import Shrinking

_TICKED = {"☐": "☑", "□": "■"}
_SPACES = " \t\n\u3000_＿"
_NUMBERED = "序号"


class FillableSheet:
    """A form's file that can be filled once; ``written`` tells by the key of a list how many of its
    rows there was room for, where that is not all. Raises ``InputError`` as ``SheetForm`` does."""

    def __init__(self, data: bytes, name: str) -> None:
        self._opened = SheetForm(data, name)
        self.written: dict[str, int] = {}

    @property
    def form(self) -> BlankForm:
        """What stands in it."""
        return self._opened.form

    def filled(
        self, values: Mapping[str, Filled], blanks: Sequence[Blank]
    ) -> tuple[bytes, tuple[str, ...]]:
        """The file with these values by the keys of their blanks, and notes about what did not fit.

        A formula is kept and computed anew when the file is opened. Where a list has more rows
        than the form, rows like its last one are put in. Raises ``InputError`` for a damaged file.
        """
        try:
            return self._filled(values, blanks)
        except MISFITS as error:
            raise damaged(self._opened.book.name) from error

    def _filled(
        self, values: Mapping[str, Filled], blanks: Sequence[Blank]
    ) -> tuple[bytes, tuple[str, ...]]:
        writer = _Writer(self._opened)
        asked = [blank for blank in blanks if blank.key in values and not blank.formula]
        for blank in asked:
            if blank.kind is not BlankKind.ROWS:
                writer.value(blank, values[blank.key])
        writer.gaps()
        # From the lowest list up: what is put in moves only what lies below.
        lists = [blank for blank in asked if blank.kind is BlankKind.ROWS]
        for blank in sorted(lists, key=lambda b: self._opened.place(b.key)[1], reverse=True):
            writer.rows(blank, values[blank.key].rows)
        self.written = writer.rooms
        return writer.written(), tuple(dict.fromkeys((*writer.notes, *self.form.beyond)))


class _Writer:
    """Writes into the cells of one form; ``notes`` are sentences for the person."""

    def __init__(self, form: SheetForm) -> None:
        self._form, self._book = form, form.book
        self.notes: list[str] = []
        self._offers = Offers(self._book)
        self._lines: dict[str, list[tuple[int, Blank, Filled]]] = {}
        self._inserted: dict[str, list[Inserted]] = {}
        properties = child(self._book.tree(BOOK), "workbookPr")
        self.rooms: dict[str, int] = {}
        self._shrinking = Shrinking(self._book)
        rooms = (cell for grid in form.form.grids for cell in grid.cells)
        self._rooms = {cell.key: cell.room for cell in rooms if cell.room is not None}
        self._mac = properties is not None and properties.get("date1904", "0") in ("1", "true")

    def value(self, blank: Blank, filled: Filled) -> None:
        """A text for a whole cell at once, gaps of one cell when all are known."""
        place, number = split_key(blank.key)
        if number:
            self._lines.setdefault(place, []).append((number, blank, filled))
            return
        sheet, cell = self._form.place(blank.key)
        there, text = sheet.text(cell), clean(filled.text, multiline=True)[0]
        found = gaps(there)
        dated = len(found) == 1 and found[0].dated
        if there.strip(_SPACES) and not dated:
            text = f"{text}\n{there}"
        if self._choose(blank, sheet, cell, text):
            self._mind(blank, sheet, cell, text)

    def gaps(self) -> None:
        """Gaps and boxes inside of cells, the last of each cell first."""
        for place, wanted in self._lines.items():
            sheet, cell = self._form.place(place)
            runs, found = sheet.runs(cell), gaps(sheet.text(cell))
            for number, _, filled in sorted(wanted, key=lambda each: -each[0]):
                gap = found[number - 1]
                if gap.boxes:
                    for box, choice in zip(gap.boxes, gap.choices, strict=True):
                        if choice in filled.chosen:
                            sign = _TICKED["".join(text for _, text in runs)[box]]
                            runs = _spliced(runs, box, box + 1, sign)
                else:
                    text = _in_gap(gap, sheet.text(cell), clean(filled.text)[0])
                    runs = _spliced(runs, gap.start, gap.end, text)
            self._book.change(sheet.about.part)
            put_runs(sheet, cell, runs)

    def rows(self, blank: Blank, rows: Sequence[Sequence[str]]) -> None:
        """Rows of texts; where there are more of them than rows, some are put in."""
        sheet, _ = self._form.place(blank.key)
        places = [[place_of(key.rpartition("!")[2]) for key in keys] for keys in blank.rows]
        first, last = places[0], places[-1][0][0]
        behind = [one for one in self._inserted.get(sheet.about.name, []) if one.last == last]
        room = len(places) + sum(one.count for one in behind)
        barred = bar(self._book, sheet, last) if len(rows) > room else ""
        if len(rows) > room and not barred:
            self._insert(
                sheet, Inserted(sheet.about.name, last, len(rows) - room, len(places) == 1)
            )
            room = len(rows)
        if len(rows) > room:
            self.rooms[blank.key] = room
            left = "、".join(row_words(row) for row in rows[room:][:3])
            self.notes.append(
                f"“{blank.name}”（{blank.where}）有{len(rows)}行，表中只有{room}行，{barred}，不能加行，"
                f"没有填入的从“{left}”起，请在空表中加行后再填。"
            )
        tight: dict[str, None] = {}
        for number, texts in enumerate(rows[:room]):
            line = min(number, len(places) - 1)
            row = places[line][0][0] + max(0, number - len(places) + 1)
            cells = zip(first, blank.rows[line], blank.columns, texts, strict=True)
            for (_, column), key, heading, text in cells:
                said = text or (str(number + 1) if heading == _NUMBERED else "")
                computed = (row, column) in sheet.computed
                if said and not computed and self._choose(blank, sheet, (row, column), said):
                    fits = self._fits(sheet, (row, column), said, self._rooms.get(key))
                    tight |= {} if fits else {heading: None}
        if tight:
            said = f"“{blank.name}”（{blank.where}）"
            self.notes.append(f"{said}的“{'”“'.join(tight)}”有放不下的格，请看一下版面。")

    def written(self) -> bytes:
        """The file, told to compute its formulas anew where it has any."""
        stale = [one.part for one in self._book.sheets if uncalculated(self._book.tree(one.part))]
        for part in stale:
            self._book.change(part)
        if stale:
            _compute_on_opening(self._book.change(BOOK))
        return self._book.written()

    def _insert(self, sheet: Sheet, inserted: Inserted) -> None:
        insert_rows(self._book, sheet, inserted)
        self._offers.of.cache_clear()
        self._inserted.setdefault(sheet.about.name, []).append(inserted)

    def _choose(self, blank: Blank, sheet: Sheet, place: Place, text: str) -> bool:
        """Write a text, as the list of its cell has it; one that is not in the list is said."""
        word = self._offers.word(sheet, place, text)
        if word is None:
            self.notes.append(f"“{blank.name}”（{blank.where}）的下拉选项里没有“{text}”，没有填。")
            return False
        self._book.change(sheet.about.part)
        put(sheet, place, word, mac=self._mac)
        return True

    def _mind(self, blank: Blank, sheet: Sheet, place: Place, text: str) -> None:
        """Say what a cell cannot hold, or may not show as a whole."""
        fits, need = self._fits(sheet, place, text, blank.room), _needed(text)
        said = f"“{blank.name}”（{blank.where}）"
        if len(text) > LONGEST_CELL:
            self.notes.append(
                f"{said}有{len(text)}字，一个格最多{LONGEST_CELL}字，后面的没有填入。"
            )
        elif not fits:
            self.notes.append(f"{said}约{need}字，格子约能放{blank.room}字，请看一下版面。")
        elif "\n" in text and not sheet.style(place).wrapped:
            self.notes.append(f"{said}有几段，格子没有设自动换行，请看一下版面。")

    def _fits(self, sheet: Sheet, place: Place, text: str, room: int | None) -> bool:
        """Whether a text fits, in smaller type where it must be."""
        need = _needed(text)
        if room is None or need <= room:
            return True
        size = self._shrinking.fitting(sheet, place, need, room)
        smaller = size or self._shrinking.least(sheet, place)
        if smaller is not None:
            self._shrinking.shrink(sheet, place, smaller)
        return size is not None


def row_words(row: Sequence[str]) -> str:
    """By which a row is known again: its first words that are no number."""
    return next((text for text in row if text and not text.isdigit()), "")


def _in_gap(gap: Gap, there: str, text: str) -> str:
    """A text for a gap, with the blanks that it leaves over; at least one before further words."""
    inside = there[gap.start : gap.end]
    if gap.dated:
        return text
    over = 0
    while over < len(inside) and _width(inside[:over]) < _width(text):
        over += 1
    rest = inside[over:].replace("_", "").replace("＿", "")
    after = there[gap.end : gap.end + 1]
    follows = bool(after) and after not in "\n\t，。；、）) \u3000"
    return text + (rest or ("　" if follows and not gap.unit else ""))


def _spliced(runs: list[tuple[Any, str]], start: int, end: int, text: str) -> list[tuple[Any, str]]:
    """The stretches with ``text`` from ``start`` to ``end``, in the face of what begins there."""
    found: list[tuple[Any, str]] = []
    at, put_in = 0, False
    for face, own in runs:
        first, last = max(start - at, 0), min(end - at, len(own))
        here = at <= start < at + len(own) or (start == at + len(own) == _length(runs))
        new = text if here and not put_in else ""
        put_in = put_in or here
        kept = own if last < first else own[:first] + new + own[last:]
        found.append((face, kept))
        at += len(own)
    return found


def _length(runs: list[tuple[Any, str]]) -> int:
    return sum(len(text) for _, text in runs)


def _needed(text: str) -> int:
    return sum(math.ceil(_width(line) / 2) or 1 for line in text.split("\n"))


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)


def _compute_on_opening(root: Any) -> None:
    """Formulas are computed when the file is opened: what they rest on is not what it was."""
    found = child(root, "calcPr")
    if found is None:
        found = etree.Element(f"{root.tag.rpartition('}')[0]}}}calcPr")
        before = ("definedNames", "externalReferences", "functionGroups", "sheets")
        next(one for name in before if (one := child(root, name)) is not None).addnext(found)
    found.set("fullCalcOnLoad", "1")
