"""Blanks of a workbook that lie outside of its cells: in boxes of text, in heads and feet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from dangjian_desktop.domain.blank_forms.finding import find_in_text
from dangjian_desktop.spreadsheets.blank_forms.package import Book, children, local
from dangjian_desktop.spreadsheets.blank_forms.sheet import Sheet

_CODES = re.compile(r"&(?:[LCRPNDTFAGBIUESXYOHKZ]|\"[^\"]*\"|\d+|[+-]\d+)")
"""What tells faces and fields in heads and feet."""


def blanks_beyond(book: Book, sheet: Sheet) -> Iterator[str]:
    """A sentence for each blank of a sheet that is not in a cell, and is left to the pen."""
    for kind, text in (*_boxes(book, sheet), *_heads_and_feet(sheet)):
        labels = dict.fromkeys(blank.label for blank in find_in_text(text, "", ""))
        if labels:
            words = "”“".join(labels)
            yield f"工作表“{sheet.about.name}”的{kind}里的“{words}”没有代填，请在表格程序里填。"


def _boxes(book: Book, sheet: Sheet) -> Iterator[tuple[str, str]]:
    for _, kind, part in book.relations(sheet.about.part):
        if kind == "drawing" and book.has(part):
            for box in book.tree(part).iter("{*}txBody"):
                for paragraph in children(box, "p"):
                    yield "文本框", _said(paragraph)


def _said(paragraph: Any) -> str:
    return "".join(part.text or "" for part in paragraph.iter() if local(part) == "t")


def _heads_and_feet(sheet: Sheet) -> Iterator[tuple[str, str]]:
    for told in children(sheet.root, "headerFooter"):
        for part in told:
            kind = "页眉" if "Header" in local(part) else "页脚"
            for text in re.split("&[LCR]", part.text or ""):
                yield kind, _CODES.sub("", text)
