"""Signature and date as GB/T 9704 sets them: the date starts two cells right of the signature."""

from __future__ import annotations

from dangjian_desktop.documents.model import Document, Paragraph, Role
from dangjian_desktop.documents.styles import sheet_of
from dangjian_desktop.documents.typeset import Typesetter


def ending_room(document: Document, place: int, typesetter: Typesetter) -> float | None:
    """Points to leave free at the right of a signature or date; None for anything else.

    The signature leaves two cells free; where the date is the longer one, the date does. One that
    is longer than a line counts as a line.
    """
    pair = _pair(document, place)
    if pair is None:
        return None
    signature, date = pair
    sheet = sheet_of(document)
    style = sheet.style(signature.role)
    cell = style.cell
    longest = sheet.page.width - 2 * cell
    signed = min(typesetter.natural_width(signature.words, style), longest)
    dated = min(typesetter.natural_width(date.words, style), longest)
    free_of_date = max(2 * cell, signed - dated)
    free_of_signature = free_of_date + 2 * cell + dated - signed
    wanted = document.blocks[place]
    return free_of_signature if wanted is signature else free_of_date


def _pair(document: Document, place: int) -> tuple[Paragraph, Paragraph] | None:
    """The signature and the date that belong together, if the block at ``place`` is one of them."""
    blocks = document.blocks
    block = blocks[place]
    if not isinstance(block, Paragraph) or block.role not in (Role.SIGNATURE, Role.DATE_LINE):
        return None
    start = place if block.role is Role.SIGNATURE else place - 1
    if start < 0 or start + 1 >= len(blocks):
        return None
    first, second = blocks[start], blocks[start + 1]
    if not isinstance(first, Paragraph) or not isinstance(second, Paragraph):
        return None
    if first.role is Role.SIGNATURE and second.role is Role.DATE_LINE:
        return first, second
    return None
