"""Numbers as people write and paste them: ``1,200.5``, ``85%``, full-width digits."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

_NUMBER = re.compile(r"([+-]?)(\d{1,3}(?:,\d{3})+|\d+)?(\.\d+)?(%?)", re.ASCII)
_MINUS = str.maketrans(dict.fromkeys("−–—﹣", "-"))
_NOTHING = frozenset({"", "-", "--", "/", "无", "空", "#N/A"})
_LONGEST = 18


@dataclass(frozen=True, slots=True)
class ReadNumber:
    """A number that was read; ``percent`` tells that a per-cent sign stood behind it."""

    value: Decimal
    percent: bool = False


def read_number(text: str) -> ReadNumber | None:
    """The number that the text means; None for an empty cell or a dash.

    ``85%`` is 85. Blanks inside are left out. Raises ``ValueError`` for everything else, also
    for commas that do not part thousands and for more than 18 digits.
    """
    plain = unicodedata.normalize("NFKC", text).translate(_MINUS)
    plain = re.sub(r"\s", "", plain)
    if plain in _NOTHING:
        return None
    found = _NUMBER.fullmatch(plain)
    if found is None or (found[2] is None and found[3] is None):
        raise ValueError(text)
    sign, whole, rest, percent = found.groups()
    digits = (whole or "0").replace(",", "") + (rest or "")
    if len(digits) > _LONGEST:
        raise ValueError(text)
    return ReadNumber(Decimal(sign + digits), bool(percent))


def number_text(value: Decimal | None) -> str:
    """The number without needless zeros or exponent; empty for None."""
    if value is None:
        return ""
    text = f"{value:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def shown(value: Decimal | None) -> str:
    """A number for people: what was typed as it is, a mean without end to two decimals."""
    if value is None:
        return ""
    return number_text(value if value == round(value, 4) else round(value, 2))
