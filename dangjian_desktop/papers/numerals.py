"""Chinese numerals for headings."""

from __future__ import annotations

_DIGITS = "〇一二三四五六七八九"


def numeral(number: int) -> str:
    """一, 十, 十二, 二十 … for 1 to 99."""
    tens, ones = divmod(number, 10)
    if tens == 0:
        return _DIGITS[ones]
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")
