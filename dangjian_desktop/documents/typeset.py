"""Paragraphs set into lines of measured characters; knows nothing of pages or files."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import TypeAlias

from dangjian_desktop.documents.fonts import FontSet
from dangjian_desktop.documents.lines import SQUEEZED_BEFORE, SQUEEZED_BEHIND, Line, break_lines
from dangjian_desktop.documents.lines import spread as spread_of
from dangjian_desktop.documents.model import Document, Face, Paragraph, Role
from dangjian_desktop.documents.styles import Align, Style
from dangjian_desktop.documents.tokens import NameFinder, names_in, tokens_of
from dangjian_desktop.frozen import dataclass

_LONGEST_HANGING = 8
_LOOSEST = 0.5
_NARROW = 12
# Of the size: so much white at a line end, and another program may find room for one more.
_NEARLY = 0.7
# A text of so many characters is a token itself.
_SHORT = 2


@dataclass(frozen=True, slots=True)
class SetLine:
    """One line: the ``lead`` in 黑体, then ``text``; ``x`` from the left edge of the column.

    ``tracking`` is added behind each character, less ``tight[n]`` behind the n-th one.
    ``rule`` is the length of a line to write on, instead of text.
    """

    style: Style
    text: str = ""
    lead: str = ""
    x: float = 0.0
    tracking: float = 0.0
    tight: tuple[tuple[int, float], ...] = ()
    height: float = 0.0
    rule: float = 0.0


@dataclass(frozen=True, slots=True)
class Strain:
    """Characters ``start`` to ``end`` of a part (lead and text up to a line break) on one line.

    ``each`` points behind every character, less than none where marks give way, fill the line.
    """

    part: int
    start: int
    end: int
    each: float


# With what the lines were set from, whose identity stays theirs as long as it is kept.
_Kept: TypeAlias = tuple[list[SetLine], Paragraph, Style]


class _Widths(dict[str, float]):
    """Character to points, each asked for once."""

    def __init__(self, fonts: FontSet, face: Face, style: Style) -> None:
        super().__init__()
        self._fonts, self._face = fonts, face
        self._size, self._tracking = style.size, style.tracking

    def __missing__(self, character: str) -> float:
        shown = self._fonts.shown(self._face, character)
        width = sum(self._fonts.width(self._face, c) for c in shown) * self._size
        self[character] = width + self._tracking * len(shown)
        return self[character]


class Typesetter:
    """Sets paragraphs with the faces of one font set; keeps what it has measured."""

    def __init__(self, fonts: FontSet) -> None:
        self.fonts = fonts
        self._widths: dict[tuple[Face, float, float], _Widths] = {}
        self._names: NameFinder = None
        # Papers are poured several times to see where they end; None where all papers share it.
        self._set: dict[tuple[int, int, float], _Kept] | None = None

    def naming(self, document: Document) -> Typesetter:
        """The same, keeping the names of people whole that the document hands in."""
        found = Typesetter(self.fonts)
        found._widths = self._widths
        found._set = {}
        found._names = names_in(document.texts(), document.names)
        return found

    def widths(self, face: Face, style: Style) -> dict[str, float]:
        """Points of each character of a face in the size and tracking of a style."""
        key = face, style.size, style.tracking
        found = self._widths.get(key)
        if found is None:
            found = self._widths[key] = _Widths(self.fonts, face, style)
        return found

    def natural_width(self, text: str, style: Style) -> float:
        """Points of a text on one line."""
        return sum(map(self.widths(style.face, style).__getitem__, text))

    def longest(self, text: str, style: Style, room: float) -> float:
        """Points of the longest token of a text; of a short text that has room, all of it."""
        if len(text) <= _SHORT or self.natural_width(text, style) <= room:
            return self.natural_width(text, style)
        found = tokens_of(text, self._names)
        return max((self.natural_width(token, style) for token in found), default=0.0)

    def paragraph(
        self, paragraph: Paragraph, style: Style, width: float, *, free: float | None = None
    ) -> list[SetLine]:
        """The lines of a paragraph in a column of ``width`` points; ``free`` points at its right.

        An empty paragraph is one empty line.
        """
        width -= style.free * style.cell if free is None else free
        # To tell them apart by what they say takes as long as to set a line.
        key = id(paragraph), id(style), width
        kept = self._set.get(key) if self._set is not None else None
        if kept is not None:
            return kept[0]
        lines: list[SetLine] = []
        lead = paragraph.lead
        for part in paragraph.text.split("\n"):
            lines += self._part(lead, part, style, width, paragraph.role)
            lead = ""
        if self._set is not None:
            self._set[key] = lines, paragraph, style
        return lines

    def _part(
        self, lead: str, text: str, style: Style, width: float, role: Role
    ) -> Iterator[SetLine]:
        if not lead and not text:
            yield SetLine(style, height=style.leading)
            return
        for line, place in self._broken(lead, text, style, width, role):
            yield _set_line(line, lead + text, len(lead), style, place, width - place)

    def _broken(
        self, lead: str, text: str, style: Style, width: float, role: Role
    ) -> Iterator[tuple[Line, float]]:
        """Lines, each with the place where it begins."""
        label, own = self.widths(Face.HEITI, style), self.widths(style.face, style)
        widths = [*map(label.__getitem__, lead), *map(own.__getitem__, text)]
        indent = _fitting(style.indent * style.cell, width)
        hanging = 0.0
        if role is Role.LABELLED and 0 < len(lead) <= _LONGEST_HANGING:
            hanging = _fitting(indent + sum(widths[: len(lead)]), width)
        place = indent
        for line in break_lines(lead + text, widths, width - indent, width - hanging, self._names):
            yield line, place
            place = hanging

    def strains(
        self,
        paragraph: Paragraph,
        style: Style,
        width: float,
        *,
        free: float | None = None,
        less: float = 0.0,
    ) -> list[Strain]:
        """The lines that another program would end elsewhere, in the order of the text.

        Its columns may be ``less`` points narrower than ours.
        """
        right = style.free * style.cell if free is None else free
        found, lead = [], paragraph.lead
        for number, part in enumerate(paragraph.text.split("\n")):
            for line, place in self._broken(lead, part, style, width - right, paragraph.role):
                room = width - right - place
                loose = not line.last and room - line.width > _NEARLY * style.size
                full = less and line.width > room - less
                if line.squeeze or line.held or loose or full:
                    words = (lead + part)[line.start : line.end]
                    each = _each(room - less - line.width, words)
                    found.append(Strain(number, line.start, line.end, each))
            lead = ""
        return found

    def write_line(self, style: Style, width: float, height: float) -> SetLine:
        """A blank ruled line."""
        return SetLine(style, height=height, rule=width)


@cache
def typesetter_of(fonts: FontSet) -> Typesetter:
    """The one typesetter of a font set, so that nothing is measured twice."""
    return Typesetter(fonts)


def is_narrow(style: Style, room: float) -> bool:
    """Whether a column is too narrow for its lines to be spread."""
    return room < _NARROW * style.size


def _each(over: float, words: str) -> float:
    """Points behind each character that fill a line.

    Where Han and figures meet LibreOffice takes none away.
    """
    places = len(words)
    if over < 0:
        places -= sum(a.isascii() != b.isascii() for a, b in pairwise(words))
    return over / max(places, 1)


def _fitting(indent: float, width: float) -> float:
    return indent if indent * 2 <= width else 0.0


def _set_line(
    line: Line, words: str, lead: int, style: Style, place: float, room: float
) -> SetLine:
    tracking, x = style.tracking, place
    tight: tuple[tuple[int, float], ...] = ()
    if style.align is Align.JUSTIFY and not is_narrow(style, room):
        tracking += spread_of(line, room, _LOOSEST * style.size)
    elif style.align is Align.CENTER:
        x += max(0.0, (room - line.width) / 2)
    elif style.align is Align.RIGHT:
        x += max(0.0, room - line.width)
    if line.squeeze:
        tight = _squeezed(words[line.start : line.end], line.squeeze, style.size)
    edge = max(lead, line.start)
    return SetLine(
        style,
        words[edge : line.end],
        words[line.start : min(lead, line.end)],
        x,
        tracking,
        tight,
        style.leading,
    )


def _squeezed(text: str, wanted: float, size: float) -> tuple[tuple[int, float], ...]:
    """How much closer the next character stands, by place; the last mark gives way unseen."""
    wanted -= size / 2
    places = [n for n, c in enumerate(text[:-1]) if c in SQUEEZED_BEHIND]
    places += [n - 1 for n, c in enumerate(text) if n and c in SQUEEZED_BEFORE]
    if wanted <= 0 or not places:
        return ()
    each: dict[int, float] = {}
    for place in places:
        each[place] = each.get(place, 0.0) + wanted / len(places)
    return tuple(sorted(each.items()))
