"""What every paper has beside its text: who made it and when, and the look it is printed in."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from dangjian_desktop.documents.model import Document
from dangjian_desktop.domain.branch import Branch
from dangjian_desktop.papers.stamp import Stamp


class Stamped(Protocol):
    """What all that a paper is made from has."""

    @property
    def branch(self) -> Branch:
        """Whose paper it is."""

    @property
    def stamp(self) -> Stamp:
        """When it is printed."""


def dressed(document: Document, sheet: Stamped) -> Document:
    """The paper with the branch as its author and the moment of its printing."""
    return replace(document, author=sheet.branch.short, made=sheet.stamp.printed_at)
