"""Chinese numerals for headings."""

from __future__ import annotations

_DIGITS = "〇一二三四五六七八九"
_UNITS = ((1000, "千"), (100, "百"), (10, "十"), (1, ""))


def numeral(number: int) -> str:
    """一, 十, 十二, 一百零三 … as far as 9999; whoever numbers more gets digits."""
    if not 0 < number < 10_000:
        return str(number)
    text, gap = "", False
    for place, unit in _UNITS:
        digit = number // place % 10
        text += ("零" if gap and digit else "") + (_DIGITS[digit] + unit if digit else "")
        gap = bool(text) and not digit
    return text.removeprefix("一") if 10 <= number < 20 else text
