"""The one style sheet: how each role looks in each layout, for Word and PDF alike.

Lengths are points unless a name says mm; indents are cells, the width of one character.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from dangjian_desktop.documents.model import Face, Layout, Role

MM = 72 / 25.4
OFFICIAL_LINES = 22
OFFICIAL_CELLS = 28


class Align(StrEnum):
    """Where the lines of a paragraph stand."""

    JUSTIFY = "justify"
    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


class Numbering(StrEnum):
    """How pages are numbered: “— 1 —” outside, or “第1页 共3页” in the middle."""

    OFFICIAL = "official"
    COUNTED = "counted"


@dataclass(frozen=True, slots=True)
class Style:
    """Type of one role.

    ``tracking`` is added behind each character, ``free`` cells stay empty at the right.
    """

    face: Face
    size: float
    leading: float
    align: Align = Align.JUSTIFY
    indent: int = 0
    free: int = 0
    tracking: float = 0.0
    after: float = 0.0

    @property
    def cell(self) -> float:
        """The width of one character with what follows it."""
        return self.size + self.tracking


@dataclass(frozen=True, slots=True)
class Page:
    """A4 and its margins in mm; ``number_mm`` and ``foot_mm`` are heights above the lower edge."""

    width_mm: float
    height_mm: float
    left_mm: float
    right_mm: float
    top_mm: float
    bottom_mm: float
    numbering: Numbering
    number_size: float
    number_mm: float
    foot_mm: float
    write_line: float
    grid: float = 0.0

    @property
    def width(self) -> float:
        """Width of the type area."""
        return (self.width_mm - self.left_mm - self.right_mm) * MM

    @property
    def height(self) -> float:
        """Height of the type area."""
        return (self.height_mm - self.top_mm - self.bottom_mm) * MM


_LINE = 225 * MM / OFFICIAL_LINES
# 28 characters of 16 pt are wider than 156 mm by 5.8 pt.
_TRACKING = 156 * MM / OFFICIAL_CELLS - 16
CELL_PADDING = 4.5
CELL_MARGIN = 3.0
TABLE_GAP = 4.0
FOOT_SIZE = 8.0
MARK_SIZE = 14.0
MARK_MM = 14.0

PAGES: Mapping[Layout, Page] = {
    # The page number's upper edge is 7 mm below the type area, its baseline some 5 mm lower.
    Layout.OFFICIAL: Page(
        210, 297, 28, 26, 37, 35, Numbering.OFFICIAL, 14, 23.6, 11, _LINE, grid=_LINE
    ),
    Layout.FORM: Page(210, 297, 25, 20, 24, 23, Numbering.COUNTED, 10.5, 14, 9, 26),
    Layout.LANDSCAPE: Page(297, 210, 20, 20, 25, 20, Numbering.COUNTED, 10.5, 12, 8, 26),
    Layout.BRIEF: Page(210, 297, 22, 18, 20, 21, Numbering.COUNTED, 10.5, 13, 8, 24),
}

_BODY = Style(Face.FANGSONG, 16, _LINE, indent=2, tracking=_TRACKING)
_TITLE = Style(Face.XIAOBIAOSONG, 22, _LINE, Align.CENTER)
_CELL = Style(Face.FANGSONG, 12, 18)
_CELLS = {
    Role.CELL: _CELL,
    Role.CELL_CENTER: replace(_CELL, align=Align.CENTER),
    Role.CELL_RIGHT: replace(_CELL, align=Align.RIGHT),
    Role.CELL_HEAD: replace(_CELL, face=Face.HEITI, align=Align.CENTER),
    Role.CELL_LABEL: replace(_CELL, face=Face.HEITI, align=Align.CENTER),
}
_OFFICIAL = {
    Role.TITLE: _TITLE,
    Role.SUBTITLE: replace(_BODY, face=Face.KAITI, align=Align.CENTER, indent=0),
    Role.HEADING1: replace(_BODY, face=Face.HEITI),
    Role.HEADING2: replace(_BODY, face=Face.KAITI),
    Role.HEADING3: _BODY,
    Role.BODY: _BODY,
    Role.FLUSH: replace(_BODY, indent=0),
    Role.LABELLED: _BODY,
    Role.SIGNATURE: replace(_BODY, align=Align.RIGHT, indent=0, free=2),
    Role.DATE_LINE: replace(_BODY, align=Align.RIGHT, indent=0, free=2),
    Role.CENTER: replace(_BODY, align=Align.CENTER, indent=0),
    Role.NOTE: Style(Face.FANGSONG, 12, _LINE, Align.LEFT),
    Role.BLANK_LINE: replace(_BODY, indent=0),
    **_CELLS,
}


def _smaller(style: Style) -> Style:
    return replace(style, size=12, leading=21, tracking=0.0)


_FORM = {
    **{role: _smaller(style) for role, style in _OFFICIAL.items()},
    Role.TITLE: replace(_TITLE, leading=32, after=6),
    Role.NOTE: Style(Face.SONGTI, 10.5, 16, Align.LEFT),
    Role.BLANK_LINE: Style(Face.FANGSONG, 12, 12, Align.LEFT),
    **{role: replace(style, leading=20) for role, style in _CELLS.items()},
}
_LANDSCAPE = {
    **_FORM,
    Role.TITLE: replace(_TITLE, size=20, leading=30, after=4),
    **{role: replace(style, size=10.5, leading=15) for role, style in _CELLS.items()},
}
_SHEET: Mapping[Layout, Mapping[Role, Style]] = {
    Layout.OFFICIAL: _OFFICIAL,
    Layout.FORM: _FORM,
    Layout.LANDSCAPE: _LANDSCAPE,
    Layout.BRIEF: _LANDSCAPE,
}


def style_of(layout: Layout, role: Role) -> Style:
    """The type of a role in a layout."""
    return _SHEET[layout][role]
