"""How placeholders are written: braces of another kind, and what was begun and not ended."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

Line = tuple[str, str]
"""Place and text."""
_WHOLE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_WIDE = re.compile(r"[｛{]\s*[｛{%％].*?[｝}%％]\s*[｝}]")
# A single pair is a placeholder only where a field stands in it: people use braces otherwise too.
_SINGLE = re.compile(r"[｛{]\s*[^\W\d]\w*(?:\.\w+)+\s*[｝}]")
_HALF = re.compile(r"\{\{|\{%|\}\}|%\}|\{#|#\}")
_TAG = re.compile(r"\{%\w{0,2}[-+]?\s*(end)?(for|if|macro|with|filter|call)\b")
_SHOWN = 40


def other_braces(lines: Sequence[Line]) -> Iterator[Line]:
    """Placeholders that are none, with the place of each: full-width braces, or a single pair."""
    for where, text in lines:
        rest = _WHOLE.sub("", text)
        for found in (*_WIDE.finditer(rest), *_SINGLE.finditer(_WIDE.sub("", rest))):
            yield where, found[0][:_SHOWN]


def not_ended(lines: Sequence[Line]) -> Line | None:
    """The first thing that was begun and not ended (or ended without a beginning): its place, and
    the words there; nothing where none is found."""
    open_: list[tuple[str, Line]] = []
    for where, text in lines:
        if half := _HALF.search(_WHOLE.sub(_blank, text)):
            return where, text[max(half.start() - 2, 0) :][:_SHOWN]
        for tag in _TAG.finditer(text):
            words = text[tag.start() :][:_SHOWN]
            if not tag[1]:
                open_.append((tag[2], (where, words)))
            elif open_ and open_[-1][0] == tag[2]:
                open_.pop()
            else:
                return where, words
    return open_[-1][1] if open_ else None


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])
