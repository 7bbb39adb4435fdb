"""What happens to every text at its entry: it is folded, and what no paper can print goes."""

from __future__ import annotations

import json
import re
import unicodedata
from functools import lru_cache
from typing import Any

from dangjian_desktop.domain.folding import fold

UNKNOWN = "待明确"
"""What is not known, on the screen."""
BLANK = "＿＿＿"
"""The same on paper: room to write on."""

_FORBIDDEN = (
    ("控制字符", re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")),
    (
        "损坏的字符",
        re.compile(
            "[\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]|["
            + "".join(
                chr(plane * 0x10000 + 0xFFFE) + chr(plane * 0x10000 + 0xFFFF)
                for plane in range(1, 17)
            )
            + "]"
        ),
    ),
    ("改变文字方向的字符", re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")),
    ("看不见的字符", re.compile("[\u00ad\u180e\u200b-\u200d\u2060-\u2064\ufeff]")),
)
_PLAIN = re.compile("[\u0020-\u007e\u3000-\u303f\u4e00-\u9fff\uff00-\uff5e\n\t]*")
_BLANK = re.compile(r"\s+")
_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_NAME_DOTS = str.maketrans(dict.fromkeys("•・･‧∙⋅．﹒.。●᛫·", "·"))


def clean(text: str, *, multiline: bool = False) -> tuple[str, str]:
    """The text in NFC, folded, without what no paper can print; and a list of what was removed.

    Removed are control characters but TAB and line feed, lone surrogates, noncharacters, bidi
    controls and zero-width characters. Without ``multiline`` line feeds and TABs become blanks
    and blanks at both ends go. Nothing removed gives an empty list.
    """
    removed: list[str] = []
    if not _PLAIN.fullmatch(text):
        text = _LINE_ENDS.sub("\n", text)
        for what, forbidden in _FORBIDDEN:
            text, count = forbidden.subn("", text)
            if count:
                removed.append(what)
        text = fold(unicodedata.normalize("NFC", text))
    if not multiline:
        text = text.replace("\n", " ").replace("\t", " ").strip()
    return text, "、".join(removed)


def squeeze(text: str) -> str:
    """The text without any blank, full-width forms made half-width: for comparing labels."""
    return _BLANK.sub("", unicodedata.normalize("NFKC", fold(text)))


@lru_cache(maxsize=8192)
def normal_name(name: str) -> str:
    """A name as it is compared: without blanks, the dots of minority names made one."""
    return _BLANK.sub("", clean(name)[0]).translate(_NAME_DOTS)


def writable(text: str) -> str:
    """The text with half a character of UTF-16, which no file can hold, as its escape."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def json_text(value: Any, **options: Any) -> str:
    """JSON with Chinese left readable, and ``writable``: reading gives half a character back."""
    return writable(json.dumps(value, ensure_ascii=False, **options))
