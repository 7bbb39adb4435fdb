"""Paragraphs set into lines of measured characters; knows nothing of pages or files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from dangjian_desktop.documents.fonts import FontSet
from dangjian_desktop.documents.lines import SQUEEZED_BEFORE, SQUEEZED_BEHIND, Line, break_lines
from dangjian_desktop.documents.lines import spread as spread_of
from dangjian_desktop.documents.model import Face, Paragraph, Role
from dangjian_desktop.documents.styles import Align, Style

_LONGEST_HANGING = 8
_LOOSEST = 0.5


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

    def paragraph(
        self, paragraph: Paragraph, style: Style, width: float, *, free: float | None = None
    ) -> list[SetLine]:
        """The lines of a paragraph in a column of ``width`` points; ``free`` points at its right.

        An empty paragraph is one empty line.
        """
        right = style.free * style.cell if free is None else free
        lines: list[SetLine] = []
        lead = paragraph.lead
        for part in paragraph.text.split("\n"):
            lines += self._part(lead, part, style, width - right, paragraph.role)
            lead = ""
        return lines

    def _part(
        self, lead: str, text: str, style: Style, width: float, role: Role
    ) -> Iterator[SetLine]:
        if not lead and not text:
            yield SetLine(style, height=style.leading)
            return
        label, own = self.widths(Face.HEITI, style), self.widths(style.face, style)
        widths = [*map(label.__getitem__, lead), *map(own.__getitem__, text)]
        indent = _fitting(style.indent * style.cell, width)
        hanging = 0.0
        if role is Role.LABELLED and 0 < len(lead) <= _LONGEST_HANGING:
            hanging = _fitting(indent + sum(widths[: len(lead)]), width)
        words, first = lead + text, True
        for line in break_lines(words, widths, width - indent, width - hanging):
            place = indent if first else hanging
            yield _set_line(line, words, len(lead), style, place, width - place)
            first = False

    def write_line(self, style: Style, width: float, height: float) -> SetLine:
        """A blank ruled line."""
        return SetLine(style, height=height, rule=width)


@cache
def typesetter_of(fonts: FontSet) -> Typesetter:
    """The one typesetter of a font set, so that nothing is measured twice."""
    return Typesetter(fonts)


def _fitting(indent: float, width: float) -> float:
    return indent if indent * 2 <= width else 0.0


def _set_line(
    line: Line, words: str, lead: int, style: Style, place: float, room: float
) -> SetLine:
    tracking, x = style.tracking, place
    tight: tuple[tuple[int, float], ...] = ()
    if style.align is Align.JUSTIFY:
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
