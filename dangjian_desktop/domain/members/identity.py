"""The citizen's ID number (GB 11643-1999): 6 area, 8 birth, 3 order, 1 check character."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from operator import mul
from typing import NamedTuple

from dangjian_desktop.domain.keyed import keyed

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ASCII_ZEROS = ord("0") * sum(_WEIGHTS)
_CHECKS = "10X98765432"
_NUMBER = re.compile(r"[0-9]{17}[0-9X]")
_OLD_NUMBER = re.compile(r"[0-9]{15}")
_EXPONENT = re.compile(r"[0-9](?:\.[0-9]+)?E\+?[0-9]+", re.IGNORECASE)
_SEPARATORS = re.compile(r"[\s'’‘`\-]+")
_PREFIX = re.compile(r"^(?:(?:公民|居民)?身份(?:证|号码?)+[:：]?|ID[:：]?)", re.IGNORECASE)
_TAIL = str.maketrans("×✕ХхХ✖", "XXXXXX")
"""Signs that people type for the check character X: the sign of multiplication, Cyrillic Х."""
_ID_IN_TEXT = re.compile(r"(?<!\d)(?:\d{6}[ -]?\d{8}[ -]?\d{3}[\dXx]|\d{15})(?![\dXx])")
_LIKE_A_NUMBER = re.compile(r"[0-9]{14,17}[0-9XE.+]{1,6}", re.IGNORECASE)

EXACT_UP_TO = 10**15
"""Spreadsheets keep 15 significant digits: a whole number below this is as it was typed."""


class Identity(NamedTuple):
    """What an ID number says, or why it is not kept.

    ``number`` is the 18-character number, or nothing with ``problem`` being one of
    ``id_lost_digits``, ``id_length``, ``id_checksum``. ``converted`` tells that 15 digits came,
    ``cleaned`` that other signs than blanks at the ends were taken out.
    """

    number: str | None
    birth: date | None = None
    problem: str = ""
    converted: bool = False
    cleaned: bool = False

    @property
    def sex(self) -> str | None:
        """男 or 女, by the last digit of the order number."""
        return None if self.number is None else sex_of(self.number)


def check_character(first_17: str) -> str:
    """The check character for the first 17 digits."""
    return _CHECKS[(sum(map(mul, _WEIGHTS, first_17.encode("ascii"))) - _ASCII_ZEROS) % 11]


def birth_of(number: str) -> date | None:
    """The birth date in an 18-character number; nothing when no calendar has it."""
    try:
        return date.fromisoformat(number[6:14])
    except ValueError:
        return None


def sex_of(number: str) -> str:
    """男 or 女 by the last digit of the order number of an 18-character number."""
    return "男" if number[16] in "13579" else "女"


def read_identity(value: str | float) -> Identity:
    """Read what a cell holds; a damaged number is named, never repaired."""
    if not isinstance(value, str):
        return _from_number(value)
    if _NUMBER.fullmatch(value):
        return _checked(value)
    text = unicodedata.normalize("NFKC", keyed(value)).strip()
    squeezed = _SEPARATORS.sub("", _PREFIX.sub("", text)).upper()
    squeezed = squeezed[:-1] + squeezed[-1:].translate(_TAIL)
    cleaned = squeezed != value.strip().upper()
    if _NUMBER.fullmatch(squeezed):
        return _checked(squeezed, cleaned=cleaned)
    if _OLD_NUMBER.fullmatch(squeezed):
        return _converted(squeezed, cleaned=cleaned)
    if _EXPONENT.fullmatch(squeezed):
        return Identity(None, problem="id_lost_digits")
    return Identity(None, problem="id_length")


def looks_like_number(text: str) -> bool:
    """Whether the text is an ID number, perhaps a damaged one; without blanks, half-width."""
    return _LIKE_A_NUMBER.fullmatch(text) is not None


def masked(number: str | None) -> str:
    """The number as it may be shown: 110101********0010."""
    if not number:
        return ""
    return f"{number[:6]}********{number[-4:]}"


def masked_phone(phone: str | None) -> str:
    """A phone number as it may be shown: 138****8000; a shorter one keeps its last two digits."""
    if not phone:
        return ""
    return f"{phone[:3]}****{phone[-4:]}" if len(phone) >= 11 else f"****{phone[-2:]}"


def covered_ids(text: str) -> str:
    """The text with the middle of every ID number covered."""
    return _ID_IN_TEXT.sub(lambda found: masked(found[0]), text)


def _from_number(value: float) -> Identity:
    whole = int(value) if abs(value) < EXACT_UP_TO else None
    if whole is not None and whole == value and _OLD_NUMBER.fullmatch(str(whole)):
        return _converted(str(whole), cleaned=False)
    return Identity(None, problem="id_lost_digits" if whole is None else "id_length")


def _checked(number: str, *, cleaned: bool = False) -> Identity:
    birth = birth_of(number)
    if birth is None or check_character(number[:17]) != number[17]:
        return Identity(None, problem="id_checksum")
    return Identity(number, birth, cleaned=cleaned)


def _converted(digits: str, *, cleaned: bool) -> Identity:
    first_17 = f"{digits[:6]}19{digits[6:]}"
    found = _checked(first_17 + check_character(first_17), cleaned=cleaned)
    if found.number is None:
        return found
    return Identity(found.number, found.birth, converted=True, cleaned=cleaned)
