"""The words that a document and its look share: faces, roles of paragraphs, layouts."""

from __future__ import annotations

from enum import StrEnum


class Face(StrEnum):
    """A Chinese type face; the value is also the name of our own file in ``resources/fonts``."""

    FANGSONG = "fangsong"
    KAITI = "kaiti"
    HEITI = "heiti"
    SONGTI = "songti"
    XIAOBIAOSONG = "xiaobiaosong"


class Role(StrEnum):
    """What a paragraph is; the style sheet says how each role looks in each layout."""

    TITLE = "title"
    SUBTITLE = "subtitle"
    HEADING1 = "heading1"
    HEADING2 = "heading2"
    HEADING3 = "heading3"
    BODY = "body"
    FLUSH = "flush"
    LABELLED = "labelled"
    SIGNATURE = "signature"
    DATE_LINE = "date_line"
    CENTER = "center"
    NOTE = "note"
    BLANK_LINE = "blank_line"
    CELL = "cell"
    CELL_CENTER = "cell_center"
    CELL_RIGHT = "cell_right"
    CELL_HEAD = "cell_head"
    CELL_LABEL = "cell_label"


HEADINGS = frozenset({Role.TITLE, Role.HEADING1, Role.HEADING2, Role.HEADING3})


class Layout(StrEnum):
    """The page a document is set on.

    ``OFFICIAL`` follows GB/T 9704-2012: 22 lines of 28 characters, page numbers outside.
    ``FORM`` is the ruled form of the 党支部工作手册, ``LANDSCAPE`` a roster on A4 laid across,
    ``BRIEF`` a form set small, so that much goes on one page.
    """

    OFFICIAL = "official"
    FORM = "form"
    LANDSCAPE = "landscape"
    BRIEF = "brief"
