"""What every paper has beside its text: who made it and when, and the look it is printed in."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from dangjian_desktop.documents.look import Look
from dangjian_desktop.documents.model import Block, Document, Paragraph, Role
from dangjian_desktop.domain.branch import Branch
from dangjian_desktop.papers.naming import branch_stem, title_lines
from dangjian_desktop.papers.stamp import Stamp

_PAPER = "{paper}"


class Stamped(Protocol):
    """What all that a paper is made from has."""

    @property
    def branch(self) -> Branch:
        """Whose paper it is."""

    @property
    def stamp(self) -> Stamp:
        """When it is printed."""


def dressed(document: Document, sheet: Stamped, look: Look | None = None) -> Document:
    """The paper with its author and moment, in its look, which its foot tells.

    The usual look (None) is not told.
    """
    made = replace(
        document,
        author=sheet.branch.short,
        made=sheet.stamp.made,
        names=document.names | sheet.stamp.names,
        look=look,
    )
    if look is None:
        return made
    foot = f"{made.foot}　版式：{look.title}" if made.foot else ""
    stem = branch_stem(sheet.branch.name)
    blocks = (_titled(block, look.paper_title, stem) for block in made.blocks)
    return replace(made, foot=foot, blocks=tuple(blocks))


def _titled(block: Block, pattern: str, stem: str) -> Block:
    """A title as the pattern has it: with the branch or without, whatever the paper does."""
    if not pattern or not isinstance(block, Paragraph) or block.role is not Role.TITLE:
        return block
    before, _, behind = pattern.replace("{branch}", stem).partition(_PAPER)
    paper = block.text.replace("\n", "").removeprefix(stem)
    return replace(block, text=title_lines(before, paper + behind))
