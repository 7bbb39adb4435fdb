"""What a flow of blocks asks of the pages it is poured onto."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from dangjian_desktop.documents.model import Picture
from dangjian_desktop.documents.styles import Page, Sheet
from dangjian_desktop.documents.typeset import SetLine


class Pages(Protocol):
    """Where a flow puts its lines; lengths are points from the corner of the type area."""

    page: Page
    sheet: Sheet

    def new_page(self) -> None:
        """What follows stands on the next page."""

    def show(self, line: SetLine, x: float, y: float, number: int) -> None:
        """One line whose upper edge is at ``y``."""

    def picture(self, picture: Picture, x: float, y: float, number: Callable[[], int]) -> None:
        """A picture whose upper left corner is at ``x``, ``y``."""

    def boxes(self, boxes: list[tuple[float, float, float, float]], width: float) -> None:
        """Frames, each ``(x, y, width, height)``."""

    def bookmark(self, title: str, level: int, y: float) -> None:
        """A bookmark to a place on the present page."""
