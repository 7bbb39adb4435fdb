"""Numbers of people in running text, however they are written there: found, and covered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import normalize

from dangjian_desktop.domain.members.identity import masked, masked_phone

_GAP = r"[ \t　.．·\-－–—]{0,2}"
"""What people put between the digits."""
_ID = re.compile(rf"(?<!\d)(?:\d(?:{_GAP}\d){{16}}{_GAP}[\dXxＸｘ×]|\d{{15}})(?![\dXxＸｘ])")
_MOBILE = re.compile(
    rf"(?<!\d)(?:[+＋]?{_GAP}[8８][6６]{_GAP})?[1１][3-9３-９](?:{_GAP}\d){{9}}(?!\d)"
)
_LANDLINE = re.compile(
    r"(?<!\d)[(（]?([0０]\d{2,3})(?:[)）]|[ 　\-－–—]{1,2})[ 　]?(\d{7,8})(?!\d)"
)
_SPLIT = re.compile(r"\D+")
_BIRTH = re.compile(r"\d{6}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dX]")
_PARTS = {(11,), (3, 8), (7, 4), (3, 4, 4), (3, 3, 5), (4, 3, 4), (4, 4, 3), (3, 4, 2, 2)}
"""In how many digits a mobile number is parted; days and sums are parted otherwise."""
_MOST_PARTS = 4


def covered_numbers(text: str) -> str:
    """The text with its ID numbers and telephone numbers as they may be shown."""
    text = _MOBILE.sub(lambda found: _mobile(found[0]) or found[0], _ID.sub(_id, text))
    return _LANDLINE.sub(lambda found: f"{found[1]}-{masked_phone(_plain(found[2]))}", text)


def without_numbers(text: str) -> str:
    """The text, a name of a file, without the ID numbers and mobile numbers in it."""
    text = _ID.sub(lambda found: "" if _id(found) != found[0] else found[0], text)
    return _MOBILE.sub(lambda found: "" if _mobile(found[0]) else found[0], text)


def numbers_in(text: str) -> Iterator[str]:
    """The ID numbers and mobile numbers in a text, each covered."""
    rest = text
    for found in _ID.finditer(text):
        if (covered := _id(found)) != found[0]:
            yield covered
            rest = rest.replace(found[0], " ")
    yield from filter(None, (_mobile(found[0]) for found in _MOBILE.finditer(rest)))


def _id(found: re.Match[str]) -> str:
    """Covered; as it is where its digits are parted as no ID number is."""
    number = _plain(found[0])
    parts = len(_SPLIT.split(normalize("NFKC", found[0])[:-1].strip(" .·-–—")))
    if parts > 1 and (parts > _MOST_PARTS or not _BIRTH.fullmatch(number)):
        return found[0]
    return masked(number)


def _mobile(text: str) -> str:
    """Covered; empty where its digits are parted as no telephone number is."""
    told = re.sub(rf"^[+＋]?{_GAP}[8８][6６]{_GAP}(?=[1１])", "", text)
    parts = tuple(len(part) for part in _SPLIT.split(normalize("NFKC", told)) if part)
    return masked_phone(_plain(told)) if parts in _PARTS else ""


def _plain(text: str) -> str:
    return re.sub(r"[^\dX]", "", normalize("NFKC", text).upper().replace("×", "X"))
