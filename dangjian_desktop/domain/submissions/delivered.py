"""A file that is to go up to the superior, as its text was read, and the pairs that stand in it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum

_PAIR = re.compile(
    r"([一-龥]{2,8})[：:][ \t　]*([^：:，。；;\n]*?)(?=[ \t　]+[一-龥]{2,8}[：:]|[，。；;\n]|$)"
)
_GAP = re.compile(r"[ \t　]{2,}")
_WIDEST = 6
"""A row of more cells is one of a list: 书记 in it is a post, and the next cell is no name."""
_DIGITS = re.compile(r"\d+")
_BLANKS = re.compile(r"[\s:：_＿]+")


class FileKind(StrEnum):
    """What can be read of a file; of another kind only that it is there."""

    WORD = "word"
    PDF = "pdf"
    SHEET = "sheet"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A paragraph, or a row of a table with its ``cells``, a merged one once; ``where`` for people
    (「第3段」「表1第2行」「第2页」).

    ``page`` counts the page breaks before it that the file itself tells.
    """

    where: str
    text: str
    cells: tuple[str, ...] = ()
    page: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """One file: its ``name`` below the folder, with "/".

    ``problem`` says why nothing could be read, in a sentence.
    """

    name: str
    kind: FileKind
    lines: tuple[Line, ...] = ()
    problem: str = ""
    sha256: str = ""

    @property
    def stem(self) -> str:
        """The name without folder and suffix."""
        return self.name.rpartition("/")[2].rpartition(".")[0]

    @property
    def texts(self) -> tuple[Line, ...]:
        """The lines in which something stands."""
        return tuple(line for line in self.lines if line.text.strip())

    @property
    def head(self) -> tuple[Line, ...]:
        """Title and what stands under it: the first three lines that are no rows."""
        return tuple(line for line in self.texts if not line.cells)[:3]

    @property
    def last_page(self) -> tuple[str, ...]:
        """What stands on the last page and not on the one before, as heads and feet do; nothing
        where only one page is known."""
        last = max((line.page for line in self.texts), default=1)
        here, before = (
            [each.strip() for line in self.texts if line.page == page for each in _split(line)]
            for page in (last, last - 1)
        )
        running = {_DIGITS.sub("#", each) for each in before}
        return tuple(each for each in here if last > 1 and _DIGITS.sub("#", each) not in running)

    def pairs(self, spaced: Collection[str] = ()) -> Iterator[tuple[str, str, str]]:
        """Label, what is filled in, and where: 「填报人：张三」, or a cell beside its label.

        The cells of a PDF are words of a line: there only for the labels in ``spaced``.
        """
        for line in self.lines:
            if len(line.cells) <= _WIDEST:
                for label, value in zip(line.cells[::2], line.cells[1::2], strict=False):
                    yield cleaned(label), value.strip(), line.where
            for label, value in _PAIR.findall(line.text):
                yield label, _GAP.split(value.strip())[0], line.where
            if self.kind is FileKind.PDF:
                words = zip(line.text.split(), line.text.split()[1:], strict=False)
                yield from ((label, v, line.where) for label, v in words if label in spaced)


def _split(line: Line) -> list[str]:
    return [each for each in line.text.splitlines() if each.strip()]


def cleaned(label: str) -> str:
    """A label without blanks, colons and lines to write on."""
    return _BLANKS.sub("", label)
