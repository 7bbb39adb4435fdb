"""Breaking a paragraph into lines as Chinese typesetting wants it.

No closing mark starts a line and no opening mark ends one (避头尾); — and … stay in pairs; Latin
words and numbers stay whole unless one is longer than a line. A mark that would start a line is
squeezed in when the marks of the line can give the room (推入), else the last characters go
down with it (推出).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate

from dangjian_desktop.documents.tokens import NameFinder, goes_down, held_places
from dangjian_desktop.frozen import dataclass

NOT_AT_START = frozenset("，。、；：？！）》〉】〕」』〗”’…—～·％‰℃°′″!),.:;?]}%’＇，．・ー々")
NOT_AT_END = frozenset("（《〈【〔「『〖“‘([{￥＄$￡#")
# Full-width marks with half a cell of white behind or before them.
SQUEEZED_BEHIND = frozenset("，。、；：？！）》〉】〕」』〗”’")
SQUEEZED_BEFORE = frozenset("（《〈【〔「『〖“‘")
_CLOSING = "".join(SQUEEZED_BEHIND)
_PAIRED = frozenset("—…")
_WORD = re.compile(r"[0-9A-Za-z¡-ɏͰ-ӿ!-/:-@\[-`{-~\u0300-\u036f]")
_EDGE = 0.01


@dataclass(frozen=True, slots=True)
class Line:
    """Characters ``start`` to ``end`` of the text; ``width`` is their natural width in points.

    ``squeeze`` points have to be taken from the marks. ``last`` is set on the last line of the
    paragraph and before a forced line end: it is not spread. ``held`` is set where more would
    have found room and went down with a token.
    """

    start: int
    end: int
    width: float
    squeeze: float = 0.0
    last: bool = False
    held: bool = False


def break_lines(
    text: str,
    widths: Sequence[float],
    first_width: float,
    width: float,
    names: NameFinder = None,
) -> Iterator[Line]:
    """The lines of ``text`` (without ``\\n``); ``widths`` of its characters, all in points.

    Tokens and ``names`` stay whole, and no character is alone on the last line.
    """
    count = len(text)
    sums = list(accumulate(widths, initial=0.0))
    start, room = 0, first_width
    if sums[count] <= first_width + _EDGE:
        yield Line(0, count, sums[count], last=True)
        return
    tokens = held_places(text, sums, min(width, first_width), names)
    while start < count:
        fits = bisect_right(sums, sums[start] + room + _EDGE) - 1
        # In a column too narrow for one character each line has one.
        fits = max(fits, start + 1)
        if fits >= count:
            yield Line(start, count, sums[count] - sums[start], last=True)
            return
        end, squeeze = _end(text, sums, start, fits, room)
        kept = _kept(text, sums, start, end, room, tokens)
        if kept != end:
            end, squeeze = kept, 0.0
        shown = end
        while shown > start + 1 and text[shown - 1] == " ":
            shown -= 1
        held = kept < fits and not squeeze
        yield Line(start, shown, sums[shown] - sums[start], squeeze, held=held)
        start, room = end, width
        while start < count and text[start] == " ":
            start += 1


def _end(text: str, sums: Sequence[float], start: int, fits: int, room: float) -> tuple[int, float]:
    if _may_break(text, start, fits):
        return fits, 0.0
    for end in (fits + 1, fits + 2):
        if end > len(text) or text[end - 1] not in SQUEEZED_BEHIND:
            break
        if end == len(text) or _may_break(text, start, end):
            over = sums[end] - sums[start] - room
            if over <= _slack(text, sums, start, end):
                return end, over
    end = fits - 1
    while end > start and not _may_break(text, start, end):
        end -= 1
    return (end if end > start else fits), 0.0


def _kept(
    text: str,
    sums: Sequence[float],
    start: int,
    end: int,
    room: float,
    tokens: Mapping[int, int],
) -> int:
    """A line end moved back before a token that it would tear, or to leave no character alone."""
    lone = end < len(text) and len(text) - end <= 2 and len(text[end:].rstrip(_CLOSING)) == 1
    if end not in tokens and not lone:
        return end
    place = end - 1 if lone else end
    while place > start and (place in tokens or not _may_break(text, start, place)):
        first = tokens.get(place, place - 1)
        if place in tokens and not goes_down(text, first, room - sums[first] + sums[start], room):
            return end
        place = first
    return place if place > start else end


def _slack(text: str, sums: Sequence[float], start: int, end: int) -> float:
    marks = (
        sums[n + 1] - sums[n]
        for n in range(start, end)
        if text[n] in SQUEEZED_BEHIND or text[n] in SQUEEZED_BEFORE
    )
    return sum(marks) / 2 + _EDGE


def _may_break(text: str, start: int, place: int) -> bool:
    before, after = text[place - 1], text[place]
    if before == " " or after == " ":
        return _may_break_at_blank(text, start, place)
    if after in NOT_AT_START or before in NOT_AT_END:
        return False
    if before == after and before in _PAIRED:
        return False
    return not (_WORD.match(before) and _WORD.match(after))


def _may_break_at_blank(text: str, start: int, place: int) -> bool:
    head = text[start:place].rstrip(" ")
    tail = text[place:].lstrip(" ")
    if not head or not tail:
        return bool(head)
    return tail[0] not in NOT_AT_START and head[-1] not in NOT_AT_END


def spread(line: Line, room: float, most: float) -> float:
    """Points to add behind each character so that a line fills ``room``; 0 when too loose."""
    gaps = line.end - line.start - 1
    if line.last or gaps < 1 or line.squeeze:
        return 0.0
    extra = (room - line.width) / gaps
    return extra if extra <= most else 0.0
