"""How much of its pages a document takes, before any page is written."""

from __future__ import annotations

from collections.abc import Callable

from dangjian_desktop.documents.flow import Flow
from dangjian_desktop.documents.model import Document, Picture
from dangjian_desktop.documents.styles import sheet_of
from dangjian_desktop.documents.typeset import SetLine, Typesetter


def page_use(document: Document, typesetter: Typesetter) -> tuple[int, float]:
    """How many pages a document takes, and how many points of the last."""
    counted = _Counted(document)
    used = Flow(document, typesetter, counted).pour()
    return counted.count, used


def turns(document: Document, typesetter: Typesetter) -> list[tuple[int, int, float]]:
    """Tables and their rows before which a page turns, with the points left before."""
    flow = Flow(document, typesetter, _Counted(document))
    flow.pour()
    return flow.turns


def closing_height(document: Document, typesetter: Typesetter) -> float:
    """Points of what is kept together up to the end of a document."""
    return Flow(document, typesetter, _Counted(document)).closing_height


class _Counted:
    """Pages that are counted and not written."""

    def __init__(self, document: Document) -> None:
        self.sheet = sheet_of(document)
        self.page = self.sheet.page
        self.count = 1

    def new_page(self) -> None:
        self.count += 1

    def show(self, line: SetLine, x: float, y: float, number: int) -> None:
        """Nothing is written."""

    def picture(self, picture: Picture, x: float, y: float, number: Callable[[], int]) -> None:
        """Nothing is written."""

    def boxes(self, boxes: list[tuple[float, float, float, float]], width: float) -> None:
        """Nothing is written."""

    def bookmark(self, title: str, level: int, y: float) -> None:
        """Nothing is written."""
