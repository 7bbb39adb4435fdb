"""What a Chinese input method makes of the keys that numbers, days and times are typed with."""

from __future__ import annotations

_POINTS, _DASHES, _COLONS, _BLANKS = "。｡·・．﹒", "−–—―﹣－~～〜", "：；;﹕﹔", "\u3000\xa0\t"
_WIDE = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}
_KEYS: dict[int, int | str] = {
    **_WIDE,
    **{ord(sign): "." for sign in _POINTS},
    **{ord(sign): "-" for sign in _DASHES},
    **{ord(sign): " " for sign in _BLANKS},
}
_CLOCK = {ord(sign): ":" for sign in _COLONS}


def keyed(text: str, *, clock: bool = False) -> str:
    """The text as the same keys give it without an input method: ``9。5`` is ``9.5``.

    Only forms of the same sign: what else Unicode calls alike (5², ①) stays what it is. For a
    ``clock`` every colon and semicolon is a colon.
    """
    return (text.translate(_CLOCK) if clock else text).translate(_KEYS)
