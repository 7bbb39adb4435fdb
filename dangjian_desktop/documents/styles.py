"""What a look means for one layout: its page and the type of each role, for Word and PDF alike.

Lengths are points unless a name says mm; indents are cells, the width of one character.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum
from functools import lru_cache

from dangjian_desktop.documents.look import Faces, Families, Look, Numbering, Setting
from dangjian_desktop.documents.looks import default_look
from dangjian_desktop.documents.model import Document
from dangjian_desktop.documents.roles import Face, Layout, Role
from dangjian_desktop.frozen import dataclass

MM = 72 / 25.4
BASELINE = 0.36
"""How far below the middle of its line a character stands, in sizes."""
CELL_PADDING = 4.5
CELL_MARGIN = 3.0
TABLE_GAP = 4.0
FOOT_SIZE = 8.0
MARK_SIZE = 14.0
MARK_MM = 14.0
_A4 = 210.0, 297.0
_KEPT = 32


class Align(StrEnum):
    """Where the lines of a paragraph stand."""

    JUSTIFY = "justify"
    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


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
    """A4 and its margins in mm; ``number_mm`` and ``foot_mm`` are heights above the lower edge.

    On a page of so many lines the first one begins ``lift_mm`` above the margin, so that its
    characters stand there and not its leading (GB/T 9704—2012: 天头37±1毫米).
    """

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
    lift_mm: float = 0.0

    @property
    def width(self) -> float:
        """Width of the type area."""
        return (self.width_mm - self.left_mm - self.right_mm) * MM

    @property
    def height(self) -> float:
        """Height of the type area."""
        return (self.height_mm - self.top_mm - self.bottom_mm) * MM


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """One layout as a look sets it; ``frame`` and ``inner`` are the widths of a table's lines.

    ``margin`` is the white above and below the text of a field.
    """

    layout: Layout
    page: Page
    types: Mapping[Role, Style]
    families: Families
    number_face: Face
    frame: float
    inner: float
    margin: float

    def style(self, role: Role) -> Style:
        """The type of a role."""
        return self.types[role]

    @property
    def edge(self) -> float:
        """What the line around a table is wider than those between its rows."""
        return self.frame - self.inner


def sheet_of(document: Document) -> Sheet:
    """How a document is set."""
    return sheet_in(document.look, document.layout, document.tight)


@lru_cache(maxsize=_KEPT)
def sheet_in(look: Look | None, layout: Layout, tight: float = 0.0) -> Sheet:
    """How a look (None: the usual one) sets a layout, ``tight`` points off each leading.

    Of the white of a field half as much is taken off.
    """
    chosen = look or default_look()
    setting = chosen.setting(layout)
    page = _page(setting, layout)
    types = _types(setting, page, chosen.faces)
    if tight:
        page = replace(
            page, grid=page.grid and page.grid - tight, write_line=page.write_line - tight
        )
        types = {role: _tighter(style, tight) for role, style in types.items()}
    number = chosen.faces.number
    lines = chosen.frame, chosen.inner
    margin = max(1.0, CELL_MARGIN - tight / 2)
    return Sheet(layout, page, types, chosen.families, number, *lines, margin)


def page_size(layout: Layout) -> tuple[float, float]:
    """Width and height of the paper in mm."""
    return _A4 if layout is not Layout.LANDSCAPE else (_A4[1], _A4[0])


def _tighter(style: Style, tight: float) -> Style:
    return replace(style, leading=max(style.leading - tight, min(style.leading, style.size * 1.2)))


def _page(setting: Setting, layout: Layout) -> Page:
    width, height = page_size(layout)
    bare = Page(
        width,
        height,
        setting.left,
        setting.right,
        setting.top,
        setting.bottom,
        setting.numbering,
        setting.number,
        setting.number_mm,
        setting.foot_mm,
        setting.write_line,
    )
    grid = bare.height / setting.lines if setting.lines else 0.0
    lift = (grid - setting.body) / 2 / MM if grid else 0.0
    written = setting.write_line or grid or setting.leading
    return replace(bare, grid=grid, lift_mm=lift, write_line=written)


def _types(setting: Setting, page: Page, faces: Faces) -> Mapping[Role, Style]:
    leading = page.grid or setting.leading
    # 28 characters of 16 pt are wider than 156 mm by 5.8 pt.
    tracking = page.width / setting.cells - setting.body if setting.cells else 0.0
    body = Style(faces.body, setting.body, leading, indent=2, tracking=tracking)
    flush = replace(body, indent=0)
    middle = replace(flush, align=Align.CENTER)
    ending = replace(flush, align=Align.RIGHT, free=2)
    cell = Style(faces.cell, setting.cell, setting.cell_leading)
    head = replace(cell, face=faces.head, align=Align.CENTER)
    above = setting.title_leading or leading
    title = Style(faces.title, setting.title, above, Align.CENTER, after=setting.title_after)
    note = setting.note_leading or leading
    blank = setting.blank_leading
    return {
        Role.TITLE: title,
        Role.SUBTITLE: replace(middle, face=faces.subtitle),
        Role.HEADING1: replace(body, face=faces.heading1),
        Role.HEADING2: replace(body, face=faces.heading2),
        Role.HEADING3: replace(body, face=faces.heading3),
        Role.BODY: body,
        Role.FLUSH: flush,
        Role.LABELLED: body,
        Role.SIGNATURE: ending,
        Role.DATE_LINE: ending,
        Role.CENTER: middle,
        Role.NOTE: Style(setting.note_face, setting.note, note, Align.LEFT),
        Role.BLANK_LINE: Style(faces.body, setting.body, blank, Align.LEFT) if blank else flush,
        Role.CELL: cell,
        Role.CELL_CENTER: replace(cell, align=Align.CENTER),
        Role.CELL_RIGHT: replace(cell, align=Align.RIGHT),
        Role.CELL_HEAD: head,
        Role.CELL_LABEL: head,
    }
