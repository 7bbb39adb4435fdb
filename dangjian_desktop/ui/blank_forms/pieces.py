"""The text of a place in a form, with what goes into the blanks inside of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dangjian_desktop.domain.blank_forms.finding import GAP
from dangjian_desktop.domain.blank_forms.gaps import Gap, gaps
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.ui.blank_forms.blanks import BlankLine

_TICKED = {"☐": "☑", "□": "■"}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text: of a blank (its ``key``) or of the words between (""), ``start`` is
    where it begins in the whole."""

    text: str
    start: int
    key: str = ""

    @property
    def end(self) -> int:
        """Where it ends in the whole."""
        return self.start + len(self.text)


def pieces_of(text: str, place: str, lines: Mapping[str, BlankLine]) -> tuple[Piece, ...]:
    """The pieces of a cell's or paragraph's text; none where no blank lies inside of it."""
    found = [(gap, f"{place}{GAP}{number}") for number, gap in enumerate(gaps(text), 1)]
    inside = [(gap, key) for gap, key in found if key in lines]
    return tuple(_pieces(text, inside, lines)) if place and inside else ()


def _pieces(
    text: str, inside: list[tuple[Gap, str]], lines: Mapping[str, BlankLine]
) -> Iterator[Piece]:
    at = length = 0
    for gap, key in inside:
        for words, own in ((text[at : gap.start], ""), (_shown(text, gap, lines[key]), key)):
            yield Piece(words, length, own)
            length += len(words)
        at = gap.end
    yield Piece(text[at:], length)


def _shown(text: str, gap: Gap, line: BlankLine) -> str:
    """What stands in a gap: the value, ticked boxes, or the blank as it is."""
    there = text[gap.start : gap.end]
    if not line.filled:
        return there
    if not gap.boxes:
        return f" {line.text} "
    chosen = line.text.split("、")
    ticked = {
        box - gap.start for box, word in zip(gap.boxes, gap.choices, strict=True) if word in chosen
    }
    return "".join(_TICKED.get(c, c) if n in ticked else c for n, c in enumerate(there))
