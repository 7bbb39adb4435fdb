"""A file that is to go up to the superior, as its text was read, and the pairs that stand in it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from enum import StrEnum

from dangjian_desktop.frozen import dataclass

_PAIR = re.compile(
    r"([一-龥]{2,8})[：:][ \t　]*([^：:，。；;\n]*?)(?=[ \t　]+[一-龥]{2,8}[：:]|[，。；;\n]|$)"
)
_GAP = re.compile(r"[ \t]{2,}|(?<![㐀-鿿])　+|　+(?=\d)|(?<=[㐀-鿿]{2})　+")
_SPACED_NAME = re.compile(r"^([㐀-鿿])[ 　]+([㐀-鿿])(?![㐀-鿿])")
_HEADS = frozenset(
    {"序号", "姓名", "性别", "时间", "日期", "地点", "职务", "备注", "内容", "签字", "单位", "电话"}
)
_SHORT = 8
"""Characters that the heading of a column has at most."""
_WIDEST = 6
"""A row of more cells is one of a list: 书记 in it is a post, and the next cell is no name."""
_BLANK = re.compile(r"\s+")
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

    ``running`` are its heads and feet. ``problem`` says why nothing could be read, in a sentence;
    ``pictures`` that there are some beside hardly any words.
    """

    name: str
    kind: FileKind
    lines: tuple[Line, ...] = ()
    running: tuple[Line, ...] = ()
    problem: str = ""
    pictures: bool = False
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
    def end(self) -> tuple[Line, ...]:
        """The last six lines that are no rows."""
        return tuple(line for line in self.texts if not line.cells)[-6:]

    @property
    def first_rows(self) -> tuple[Line, ...]:
        """What stands alone over the table of a sheet."""
        return tuple(line for line in self.texts[:2] if len(line.cells) < 2)

    @property
    def last_page(self) -> tuple[str, ...]:
        """What stands on the last page and not on the one before, as heads and feet do, without
        blanks; nothing where only one page is known."""
        last = max((line.page for line in self.texts), default=1)
        here, before = (
            [
                _BLANK.sub("", each)
                for line in self.texts
                if line.page == page
                for each in _split(line)
            ]
            for page in (last, last - 1)
        )
        running = {_DIGITS.sub("#", each) for each in before}
        return tuple(each for each in here if last > 1 and _DIGITS.sub("#", each) not in running)

    def pairs(self, spaced: Collection[str] = ()) -> Iterator[tuple[str, str, str]]:
        """Label, what is filled in, and where: 「填报人：张三」, or a cell beside its label.

        The cells of a PDF are words of a line: there only for the labels in ``spaced``.
        """
        for line in self.lines:
            if len(line.cells) <= _WIDEST and not is_head(line):
                for label, value in zip(line.cells[::2], line.cells[1::2], strict=False):
                    yield cleaned(label), _first(value), line.where
            yield from said_in(line)
            if self.kind is FileKind.PDF:
                words = zip(line.text.split(), line.text.split()[1:], strict=False)
                yield from ((label, v, line.where) for label, v in words if label in spaced)

    def columns(self) -> Iterator[tuple[str, str, str]]:
        """The same of lists: the heading of a column and what stands below it."""
        head: Line | None = None
        for line in self.lines:
            if is_head(line):
                head = line
            elif head is None or len(head.cells) != len(line.cells):
                head = None
            else:
                for label, value in zip(head.cells, line.cells, strict=True):
                    yield cleaned(label), _first(value), line.where


def said_in(line: Line) -> Iterator[tuple[str, str, str]]:
    """Label, what is said behind its colon, and where."""
    for label, value in _PAIR.findall(line.text):
        yield label, _first(value), line.where


def is_head(line: Line) -> bool:
    """Whether a row says what stands below it: words alone, some of those that heads have."""
    told = [cleaned(cell) for cell in line.cells]
    words = all(each and len(each) <= _SHORT and not _DIGITS.search(each) for each in told)
    return len(told) > 2 and words and not _HEADS.isdisjoint(told)


def _first(value: str) -> str:
    """What is filled in, without what stands behind a gap; a name of two characters may have
    one."""
    return _GAP.split(_SPACED_NAME.sub(r"\1\2", value.strip()))[0].strip()


def _split(line: Line) -> list[str]:
    return [each for each in line.text.splitlines() if each.strip()]


def cleaned(label: str) -> str:
    """A label without blanks, colons and lines to write on."""
    return _BLANKS.sub("", label)
