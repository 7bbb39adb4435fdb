"""The one filter for texts that go to a log, a report or the details of a message.

It hides ID numbers, phone numbers and recovery codes by their shape, however they are grouped or
typed, and what was told to be ``secret``. Days, times, counts, sizes, versions, digests and UUIDs
stay: without them nothing could be found out from a log.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from unicodedata import normalize
from urllib.parse import quote

MASK = "［已隐去］"
_LEAST = 4
"""Characters of a secret: a shorter one would hide half of every line."""

# Blanks, signs that nobody sees, and what people part numbers with.
_BLANK = "[\\t \\xa0\\xad\\u1680\\u2000-\\u200f\\u2028-\\u202f\\u205f-\\u2064\\u3000\\ufeff]"
_PART = f"{_BLANK}{{0,3}}[.\\-_·•()（）－‐-―−．]?{_BLANK}{{0,2}}"
_NOT_WITHIN, _NOT_FURTHER = r"(?<![0-9A-Za-z])", r"(?![0-9A-Za-z])"
_LETTER = "[0-9A-Za-z０-９Ａ-Ｚａ-ｚ]"
_CODE = (
    f"(?<!{_LETTER})(?:{_LETTER}{{5}}(?:{_BLANK}|[-_.－‐-―−]){{1,3}}){{3,}}{_LETTER}{{5}}(?!{_LETTER})"
    f"|{_NOT_WITHIN}(?:[0-9A-Z]{{45}}|[0-9a-z]{{45}}){_NOT_FURTHER}"
)
_NAMES = (
    f"{_NOT_WITHIN}(?:[0-9a-f]{{8}}(?:-[0-9a-f]{{4}}){{3}}-[0-9a-f]{{12}}"
    f"|(?=\\d*[a-f])(?:{'|'.join(f'[0-9a-f]{{{size}}}' for size in (128, 96, 64, 56, 40, 32))}))"
    f"{_NOT_FURTHER}"
)
_NUMBER = f"\\+?\\d(?:{_PART}\\d){{9,}}(?:{_PART}[XxＸｘ×](?![A-Za-z]))?"
_HAN = "[〇○零一二三四五六七八九幺]{11,}"
_NAMED = (
    "(?i:(?:电话|座机|固话|手机|tel|phone|mobile)[号码A-Za-z_]{0,8}[\\s:：=为是\"'“]{0,4})"
    f"\\d(?:{_PART}\\d){{6,7}}(?!\\d)"
)

_LONG = 15
"""So many digits may be an ID number or a card, however they are grouped."""
_SURELY = 12
"""So many in one run are no count and no size."""
_DAY = r"(?:19|20)\d\d[-./年]?(?:0?[1-9]|1[0-2])[-./月]?(?:[12]\d|3[01]|0?[1-9])"
_TIME = r"(?:[01]\d|2[0-3])[-.]?[0-5]\d(?:[-.]?[0-5]\d(?:\.\d{1,9})?)?"
_SPAN = f"{_PART}(?:{_DAY})"
_DAYS = f"(?:{_DAY})(?:{_SPAN})*"
# With a time only of this century: the other would let phones pass which begin with 19.
_MOMENT = f"(?=20)(?:{_DAY}){_PART}(?:{_TIME})"
_MOBILE = r"(?:(?:00)?86)?0?1[3-9]\d{9}"
_LANDLINE = r"(?:(?:00)?860?|0)(?:10|2\d|[3-9]\d\d)[2-8]\d{6,7}"
_WITHIN = (
    r"(?<!\d)1[3-9]\d{9}(?!\d)"
    r"|[1-8]\d{5}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:[12]\d|3[01]|0[1-9])\d{3}[\dX]"
)

_secrets: tuple[str, ...] = ()


def masked(text: str) -> str:
    """``text`` without personal numbers, recovery codes and secrets."""
    for hidden in _secrets:
        text = text.replace(hidden, MASK)
    return _compiled(
        f"(?P<code>{_CODE})|(?P<name>{_NAMES})|(?P<named>{_NAMED})|{_NUMBER}|{_HAN}"
    ).sub(_hidden, text)


def secret(*texts: str) -> None:
    """Hide these from now on, also as they are written within other texts."""
    global _secrets  # noqa: PLW0603 - of the process, as what it holds in memory is
    every = {*_secrets, *(way for text in texts for way in _ways(text))}
    _secrets = tuple(sorted(every, key=len, reverse=True))


def forget_secrets() -> None:
    """They are held in memory no longer."""
    global _secrets  # noqa: PLW0603
    _secrets = ()


def _ways(text: str) -> Iterator[str]:
    if len(text) < _LEAST:
        return
    for each in {text, normalize("NFKC", text), text.lower(), text.upper()}:
        yield from {each, repr(each)[1:-1], json.dumps(each)[1:-1], ascii(each)[1:-1]}
        # A lone surrogate has no bytes; it is refused where a password is entered.
        yield quote(each, errors="replace")


def _hidden(found: re.Match[str]) -> str:
    text = found[0]
    if found["code"]:
        plain = any(each.isdigit() for each in text)
        return MASK if plain else text
    if found["name"]:
        return MASK if _compiled(_WITHIN).search(text.upper()) else text
    if found["named"]:
        return re.sub(r"\+?\d.*", MASK, text, flags=re.S)
    return MASK if _personal(text) else text


def _personal(text: str) -> bool:
    plain = normalize("NFKC", text)
    if any(_compiled(usual).fullmatch(plain) for usual in (_DAYS, _MOMENT)):
        return False
    groups = re.findall(r"\d+", plain)
    if not groups or sum(map(len, groups)) >= _LONG or max(map(len, groups)) >= _SURELY:
        return True
    several = (
        "".join(groups[first:last])
        for first in range(len(groups))
        for last in range(first + 1, len(groups) + 1)
    )
    phone = _compiled(f"{_MOBILE}|{_LANDLINE}")
    return any(map(phone.fullmatch, several))


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Late: the first painting of the window does not wait for it."""
    return re.compile(pattern)
