"""What paper has where nothing is known: room to write on. 待明确 is for the screen."""

from __future__ import annotations

from dangjian_desktop.domain.texts import BLANK

UNKNOWN = BLANK
ROOM = "＿" * 10
"""A name or a few words to be written by hand in running text."""
DAY_BLANK = "　　　　年　　月　　日"
"""A day to be written by hand."""
