"""A look (版式): every number and name by which a superior's paper differs from another's.

Plain values as they stand in a file of ``resources/looks``; ``styles`` derives pages and type.
"""

from __future__ import annotations

from enum import StrEnum

from dangjian_desktop.documents.roles import Face, Layout
from dangjian_desktop.frozen import dataclass


class Numbering(StrEnum):
    """How pages are numbered.

    ``official`` is “— 1 —” outside, ``centered`` the same in the middle, ``counted``
    “第1页 共3页” in the middle, ``plain`` the number alone in the middle.
    """

    OFFICIAL = "official"
    CENTERED = "centered"
    COUNTED = "counted"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One layout in a look: margins and heights above the lower edge in mm, the rest in points.

    ``lines`` of a page and ``cells`` of a line divide the type area evenly, 0 leaves ``leading``
    and the width of a character as they are. A leading of 0 is that of the body.
    """

    top: float
    bottom: float
    left: float
    right: float
    body: float
    lines: int
    leading: float
    cells: int
    title: float
    title_leading: float
    title_after: float
    note: float
    note_leading: float
    note_face: Face
    blank_leading: float
    cell: float
    cell_leading: float
    numbering: Numbering
    number: float
    number_mm: float
    foot_mm: float
    write_line: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Faces:
    """Which face sets what."""

    title: Face
    subtitle: Face
    heading1: Face
    heading2: Face
    heading3: Face
    body: Face
    cell: Face
    head: Face
    number: Face


@dataclass(frozen=True, slots=True, kw_only=True)
class Families:
    """The name of each face as Word shows it; ``digits`` sets figures and Latin, "" as the text."""

    fangsong: str
    kaiti: str
    heiti: str
    songti: str
    xiaobiaosong: str
    digits: str

    def of(self, face: Face) -> str:
        """The name of a face."""
        name: str = getattr(self, face.value)
        return name


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One look; ``code`` for commands and settings, ``title`` for people.

    ``paper_title`` is the pattern of a paper's title: ``{branch}`` the name of the branch,
    ``{paper}`` what the paper is; "" leaves the title as the paper has it. ``frame`` and
    ``inner`` are the widths of the lines of tables in points, 0 draws none.
    """

    code: str
    title: str
    about: str
    paper_title: str
    families: Families
    faces: Faces
    frame: float
    inner: float
    official: Setting
    form: Setting
    landscape: Setting
    brief: Setting

    def uses(self, face: Face) -> bool:
        """Whether anything is set in that face; labels and quotation marks always are."""
        set_in = {getattr(self.faces, name) for name in Faces.__slots__}
        set_in |= {self.setting(layout).note_face for layout in Layout}
        return face in set_in | {Face.HEITI, Face.SONGTI}

    def setting(self, layout: Layout) -> Setting:
        """How one layout is set."""
        found: Setting = getattr(self, layout.value)
        return found
