"""What belongs into the blanks of a Word form, written into it; all else stays as it was."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from typing import Any

from lxml import etree

from dangjian_desktop.documents.blank_forms.package import W
from dangjian_desktop.documents.blank_forms.pieces import (
    W14,
    bring_twins,
    characters,
    own_paragraphs,
    seen,
    through,
)
from dangjian_desktop.documents.blank_forms.placing import (
    Line,
    face_for,
    listed,
    put_text,
    run_for,
    width,
)
from dangjian_desktop.documents.blank_forms.reading import WordForm, is_computed
from dangjian_desktop.documents.blank_forms.sizes import size_of
from dangjian_desktop.domain.blank_forms.finding import split_key
from dangjian_desktop.domain.blank_forms.form import Blank, BlankForm, BlankKind, Filled
from dangjian_desktop.domain.texts import clean

_BEARABLE = 60
"""By how many characters a cell that can grow is filled over its room without a word about it."""
_NUMBERED = "序号"
_BOXED = re.compile(r"(?:^|\.)x\d+\.")
"""In the keys of what stands in boxes of text."""


class FillableWord:
    """A Word form that can be filled once; raises ``InputError`` as ``WordForm``."""

    def __init__(self, data: bytes, name: str) -> None:
        self._word = WordForm(data, name)
        self.written: dict[str, int] = {}  # a list of Word takes every row

    @property
    def form(self) -> BlankForm:
        """What stands in it."""
        return self._word.form

    def filled(
        self, values: Mapping[str, Filled], blanks: Sequence[Blank]
    ) -> tuple[bytes, tuple[str, ...]]:
        """The file with these values by the keys of the blanks, and sentences about what did not
        fit. Type is set smaller where a text is too long, never below the smallest of the cells.
        """
        writer = _Writer(self._word)
        lines: dict[str, list[tuple[int, Blank, Filled]]] = {}
        whole: list[tuple[Blank, Filled]] = []
        for blank in blanks:
            filled = None if blank.formula else values.get(blank.key)
            place, number = split_key(blank.key)
            if filled is None:
                continue
            if blank.kind is BlankKind.ROWS:
                writer.rows(blank, filled.rows)
            elif number:
                lines.setdefault(place, []).append((number, blank, filled))
            else:
                whole.append((blank, filled))
        for place, wanted in lines.items():
            writer.line(place, wanted)
        for blank, filled in whole:
            writer.cell(blank, filled.text)
        self._twins(values)
        return self._word.package.written(), tuple(writer.notes)

    def _twins(self, keys: Iterable[str]) -> None:
        """Where boxes of text were filled, older programs are to see the same."""
        if any(map(_BOXED.search, keys)):
            for root in (self._word.package.root, *self._word.package.around.values()):
                bring_twins(root)


class _Writer:
    """Writes into the elements of one form; ``notes`` are sentences for the person."""

    def __init__(self, word: WordForm) -> None:
        self._word = word
        self.notes: list[str] = []

    def cell(self, blank: Blank, text: str) -> None:
        """A text as the content of a cell."""
        cell, text = self._word.place(blank.key), clean(text, multiline=True)[0]
        paragraph = _paragraph_for(cell)
        run = run_for(paragraph)
        choices = listed(paragraph if run is None else run)
        if choices and text not in choices:
            self.notes.append(f"“{blank.name}”（{blank.where}）的下拉选项里没有“{text}”，没有填。")
            return
        put_text(paragraph, text, face_for(cell), self._fitting(blank, cell, text))

    def line(self, place: str, wanted: Sequence[tuple[int, Blank, Filled]]) -> None:
        """Gaps and boxes of one paragraph or cell, the last of them first."""
        line = Line(self._word.place(place))
        for number, _, filled in sorted(wanted, key=lambda each: -each[0]):
            gap = line.gaps[number - 1]
            if gap.boxes:
                line.tick(gap, filled.chosen)
            else:
                line.fill(gap, clean(filled.text)[0])
        line.finish()

    def rows(self, blank: Blank, rows: Sequence[Sequence[str]]) -> None:
        """Rows of texts; when there are more of them than rows, the last one is copied first."""
        lines = [[self._word.place(key) for key in keys] for keys in blank.rows]
        last = lines[-1]
        row = next(last[0].iterancestors(f"{W}tr"))
        places = [list(through(row, "tc")).index(cell) for cell in last]
        for _ in range(len(rows) - len(lines)):
            new = _copied(row)
            _after(row, len(lines) - len(blank.rows)).addnext(new)
            lines.append([list(through(new, "tc"))[place] for place in places])
        cut: dict[str, None] = {}
        for number, (cells, texts) in enumerate(zip(lines, rows, strict=False)):
            keys = blank.rows[min(number, len(blank.rows) - 1)]
            for cell, key, heading, text in zip(cells, keys, blank.columns, texts, strict=True):
                said = clean(text or (str(number + 1) if heading == _NUMBERED else ""))[0]
                if said and not is_computed(cell):
                    # A row that can grow does, so that a list is set in one size.
                    room = self._word.rooms.get(key) if self._word.is_fixed(key) else None
                    size, fits = self._size(key, room, cell, said)
                    put_text(own_paragraphs(cell)[0], said, face_for(cell), size)
                    cut |= {} if fits else {heading: None}
        if cut:
            said = f"“{blank.name}”（{blank.where}）"
            self.notes.append(
                f"{said}的“{'”“'.join(cut)}”有放不下的格，后面的字印不出来，请加大行高。"
            )

    def _fitting(self, blank: Blank, cell: Any, text: str) -> int | None:
        """The size in which a text fits, None for that of the cell; what does not fit is said."""
        size, fits = self._size(blank.key, blank.room, cell, text)
        need, room, fixed = _needed(text), blank.room or 0, self._word.is_fixed(blank.key)
        if not fits and (fixed or need - room > _BEARABLE):
            then = (
                "放不下，后面的字印不出来，请改短或加大格子"
                if fixed
                else "表格会变长，请看一下版面"
            )
            said = f"“{blank.name}”（{blank.where}）约{need}字，格子约能放{room}字："
            self.notes.append(f"{said}{then}。")
        return size

    def _size(self, key: str, room: int | None, cell: Any, text: str) -> tuple[int | None, bool]:
        """The size for a text, None for that of the cell, and whether it fits then."""
        need, least = _needed(text), self._word.smallest
        if room is None or need <= room:
            return None, True
        size = size_of(self._word.package, cell)
        for smaller in range(size - 1, least - 1, -1):
            if room * (size / smaller) ** 2 >= need:
                return smaller, True
        return (min(size, least) if self._word.is_fixed(key) else None), False


def _needed(text: str) -> int:
    return sum(math.ceil(width(line) / 2) or 1 for line in text.split("\n"))


def _paragraph_for(cell: Any) -> Any:
    """The paragraph of a cell that takes its text: the first blank one, that of a date to be
    written over; before words that stay there is made a new one."""
    paragraphs = own_paragraphs(cell)
    first, found = paragraphs[0], Line(cell).gaps
    if len(paragraphs) == 1 and len(found) == 1 and found[0].dated:
        return first
    if not seen(characters([first])).strip(" \t\u3000_＿"):
        return first
    new = etree.Element(f"{W}p")
    about = first.find(f"{W}pPr")
    if about is not None:
        new.append(deepcopy(about))
    first.addprevious(new)
    return new


def _copied(row: Any) -> Any:
    """A row like another one, without the marks that may stand in a file once only."""
    new = deepcopy(row)
    for element in new.iter():
        for name in ("paraId", "textId"):
            element.attrib.pop(f"{W14}{name}", None)
    for mark in [*new.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd")]:
        mark.getparent().remove(mark)
    return new


def _after(row: Any, many: int) -> Any:
    """The row that lies so many rows further down."""
    for _ in range(many):
        row = row.getnext()
    return row
