"""What no printer, Word file or PDF can carry is taken out before it gets there."""

from __future__ import annotations

import re

_LINE_ENDS = "\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]"
_BLANKS = "[\t\xa0\u2000-\u200a\u202f\u205f]"
# Control characters, invisible marks (zero width, direction, variation), private and lone
# surrogates, and what is no character: XML forbids some of them, no face draws any.
_UNPRINTABLE = (
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
    "\ufffe\uffff\ud800-\udfff\ufdd0-\ufdef\U000e0000-\U000e0fff]"
)
_SUSPECT = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\xa0\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3164\ud800-\udfff\ufdd0-\ufdef\ufe00-\ufe0f\ufeff"
    "\uffa0\ufff0-\ufffb\ufffe\uffff\U000e0000-\U000e0fff]"
)


def printable(text: str) -> str:
    """The text without control and invisible characters; line ends as ``\\n``, blanks as " "."""
    if not _SUSPECT.search(text):
        return text
    text = re.sub(_LINE_ENDS, "\n", text)
    text = re.sub(_BLANKS, " ", text)
    return re.sub(_UNPRINTABLE, "", text)
