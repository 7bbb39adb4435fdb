"""Numbers as people write and paste them: ``1,200.5``, ``85%``, full-width digits."""

from __future__ import annotations

import re
from decimal import Decimal

from dangjian_desktop.domain.keyed import keyed
from dangjian_desktop.frozen import dataclass

_NUMBER = re.compile(r"([+-]?)(\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+|\d+)?(\.\d+)?( ?%)?", re.ASCII)
_NOTHING = frozenset({"", "-", "--", "/", "无", "空", "#N/A"})
_LONGEST = 18


@dataclass(frozen=True, slots=True)
class ReadNumber:
    """A number that was read; ``percent`` tells that a per-cent sign stood behind it."""

    value: Decimal
    percent: bool = False


def read_number(text: str) -> ReadNumber | None:
    """The number that the text means; None for an empty cell or a dash.

    ``85%`` is 85. Raises ``ValueError`` for everything else, also for commas and blanks that do
    not part thousands (``12,34`` may be two numbers) and for more than 18 digits.
    """
    plain = keyed(text).strip()
    if plain in _NOTHING:
        return None
    found = _NUMBER.fullmatch(plain)
    if found is None or (found[2] is None and found[3] is None):
        raise ValueError(text)
    sign, whole, rest, percent = found.groups()
    digits = re.sub("[, ]", "", whole or "0") + (rest or "")
    if len(digits) > _LONGEST:
        raise ValueError(text)
    return ReadNumber(Decimal(sign + digits), bool(percent))


def amount(typed: object) -> Decimal | None:
    """The number that was typed or is stored, none for nothing; ``ValueError`` for words."""
    found = None if typed in (None, "") else read_number(str(typed))
    return None if found is None else found.value


def unreadable(typed: object) -> bool:
    """Whether something stands there that is no number."""
    try:
        amount(typed)
    except ValueError:
        return True
    return False


def plain_text(typed: str) -> str:
    """A number in its plain form, words as they were typed."""
    return typed.strip() if unreadable(typed) else number_text(amount(typed))


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
