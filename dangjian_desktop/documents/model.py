"""What a printed document is: a tuple of blocks with roles, free of fonts, sizes and pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import field
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias, assert_never

from dangjian_desktop.documents.cleaning import printable
from dangjian_desktop.documents.look import Look
from dangjian_desktop.documents.roles import HEADINGS, Face, Layout, Role
from dangjian_desktop.frozen import dataclass

__all__ = [
    "HEADINGS",
    "Anchor",
    "Block",
    "Cell",
    "Document",
    "EndMark",
    "Face",
    "Label",
    "Layout",
    "PageBreak",
    "Paragraph",
    "Picture",
    "Role",
    "Row",
    "Stroke",
    "Table",
    "WriteLines",
    "cell",
    "row",
]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph; ``lead`` is printed before ``text`` in 黑体 and belongs to its words.

    A heading stays with what follows; ``keep_with_next`` asks the same of the last lines of any
    other paragraph. What is kept together up to the end of a document closes it.
    A line break inside ``text`` starts a new line of the same paragraph. Control and invisible
    characters are taken out of both.
    """

    text: str
    role: Role = Role.BODY
    lead: str = ""
    keep_with_next: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", printable(self.text))
        object.__setattr__(self, "lead", printable(self.lead).replace("\n", " "))

    @property
    def words(self) -> str:
        """Everything the paragraph says, lead and text."""
        return self.lead + self.text


@dataclass(frozen=True, slots=True)
class WriteLines:
    """Blank ruled lines to write on by hand; carries no text. Allowed inside a cell too."""

    count: int
    keep_with_next: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A field of a table over ``columns`` × ``rows`` fields of the grid."""

    paragraphs: tuple[Paragraph | WriteLines, ...] = ()
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table.

    Only the fields that start in this row are listed; those reaching down from above are left
    out. ``header`` rows come first and are repeated on each page. ``min_height_mm`` is a least
    height; ``fill`` stretches the row to the end of the page. A row that is not ``splittable``
    goes whole to the next page, unless it is longer than a page. ``keep_with_next`` keeps it on
    the page of the next row or of what follows the table. The fields of a row that is ``top``
    begin beside each other, whatever their heights. No line is drawn above a row that
    ``goes_on`` from the row before. A ``band`` names the rows up to the next one, in a table
    whose rows stand abreast; where they go on behind a page's end it is said again.
    """

    cells: tuple[Cell, ...]
    header: bool = False
    min_height_mm: float = 0.0
    fill: bool = False
    splittable: bool = True
    keep_with_next: bool = False
    top: bool = False
    goes_on: bool = False
    band: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table as wide as the type area; ``widths`` are relative, one for each column.

    Rows that stand ``abreast`` are set so many beside each other and run down each page, the
    next half behind the one before; what follows stays with the last of them. 0 sets rows as
    they are.
    """

    rows: tuple[Row, ...]
    widths: tuple[float, ...]
    abreast: int = 0


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows starts on a new page."""


@dataclass(frozen=True, slots=True)
class EndMark:
    """Words such as “以下空白” after the last line, so that nothing can be added behind it."""

    text: str = "以下空白"

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", printable(self.text))


class Anchor(StrEnum):
    """Which end of a text stands at its place."""

    START = "start"
    MIDDLE = "middle"
    END = "end"


@dataclass(frozen=True, slots=True)
class Stroke:
    """Straight lines from point to point; points from the lower left corner of the picture.

    ``width`` 0 draws no line, ``ink`` is its grey from 0 (black) to 1 (white). ``dash`` are
    lengths of lines and gaps. ``gray`` fills the area within; none leaves it open.
    """

    points: tuple[tuple[float, float], ...]
    width: float = 0.5
    dash: tuple[float, ...] = ()
    closed: bool = False
    gray: float | None = None
    ink: float = 0.0


@dataclass(frozen=True, slots=True)
class Label:
    """Words in a picture, ``anchor`` at the point; ``upright`` reads from below upwards.

    ``furniture`` (the numbers of an axis) is no part of the document's text.
    """

    text: str
    x: float
    y: float
    size: float
    anchor: Anchor = Anchor.START
    face: Face = Face.SONGTI
    upright: bool = False
    furniture: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", printable(self.text).replace("\n", " "))


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing in black and greys, ``width`` × ``height`` points, in our own faces.

    PDF draws its marks, in their order, as lines and words. Word shows ``raster(picture)``, a
    PNG of the same page at 300 dpi, and keeps ``alt`` as its words for those who cannot see it.
    """

    width: float
    height: float
    marks: tuple[Stroke | Label, ...]
    alt: str
    raster: Callable[[Picture], bytes] = field(repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "alt", printable(self.alt).replace("\n", " "))


Block: TypeAlias = Paragraph | Table | Picture | PageBreak | WriteLines | EndMark


@dataclass(frozen=True, slots=True)
class Document:
    """A paper before it is set in type.

    ``name`` is a file name without suffix. ``foot`` (version and time of printing) is set small
    in the foot of every page; ``mark`` (such as “示例”) at the head of every page, outside the
    type area. ``title`` names the document to a reader of files and is not itself printed:
    what is printed as a title is a paragraph with the role of one. ``look`` says how the
    layout looks; None is the look that ships as the usual one. ``author`` and ``made`` (a moment
    of its zone, else of this computer) are told by the files and not printed either. ``tight``
    points are taken from each leading. ``names`` of people are never torn at the end of a line.
    """

    name: str
    title: str
    blocks: tuple[Block, ...]
    layout: Layout = Layout.OFFICIAL
    foot: str = ""
    mark: str = ""
    look: Look | None = None
    author: str = ""
    made: datetime | None = None
    tight: float = 0.0
    names: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        for name in ("name", "title", "foot", "mark", "author"):
            plain = printable(getattr(self, name)).replace("\n", " ")
            object.__setattr__(self, name, plain)

    def texts(self) -> Iterator[str]:
        """Each printed piece of text in content order: paragraph by paragraph, cell by cell.

        Head, foot, page numbers, repeated header rows and the numbers of an axis are apart;
        pieces without text are left out.
        """
        for block in self.blocks:
            yield from _texts(block)


def cell(text: str, role: Role = Role.CELL, *, columns: int = 1, rows: int = 1) -> Cell:
    """A field with one paragraph for each line of ``text``."""
    lines = tuple(Paragraph(line, role) for line in text.split("\n"))
    return Cell(lines, columns=columns, rows=rows)


def row(texts: Sequence[str], role: Role = Role.CELL, *, header: bool = False) -> Row:
    """A row of plain fields of one role; it is kept whole at the end of a page."""
    return Row(tuple(cell(text, role) for text in texts), header=header, splittable=False)


def _texts(block: Block) -> Iterator[str]:
    match block:
        case Paragraph():
            if block.words:
                yield block.words
        case EndMark():
            yield block.text
        case Table():
            fields = (part for table_row in block.rows for part in table_row.cells)
            for inner in (inner for part in fields for inner in part.paragraphs):
                yield from _texts(inner)
        case Picture():
            labels = (mark for mark in block.marks if isinstance(mark, Label))
            yield from (mark.text for mark in labels if not mark.furniture)
        case PageBreak() | WriteLines():
            return
        case _:
            assert_never(block)
