"""Ledgers that tell of people as counts alone: a name that is typed into one is noticed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from dangjian_desktop.domain.fields import Field, FieldType
from dangjian_desktop.domain.ledgers.ledger import PEOPLE_TYPES, Ledger
from dangjian_desktop.domain.members.covering import numbers_in

WORD = "不写姓名"
_LEAST = 2
_TEXTS = (FieldType.TEXT, FieldType.LONG_TEXT)


def nameless_fields(ledger: Ledger) -> tuple[Field, ...]:
    """The texts in which no name is wanted: of a ledger that asks for nobody by name, and whose
    declaration says so below one of its fields."""
    said = any(WORD in field.hint for field in ledger.all_fields)
    if not said or any(ledger.of_type(*PEOPLE_TYPES)):
        return ()
    return tuple(field for field in ledger.all_fields if field.type in _TEXTS)


def named_in(ledger: Ledger, values: Mapping[str, Any], names: Iterable[str]) -> dict[str, str]:
    """What is to be said of each such text in which one of these names stands, by field."""
    known = {name for name in names if len(name) >= _LEAST}
    texts = {field.name: str(values.get(field.name) or "") for field in nameless_fields(ledger)}
    return {name: said for name, text in texts.items() if (said := _hint(text, known))}


def _hint(text: str, names: Iterable[str]) -> str:
    found = sorted((name for name in names if name in text), key=text.index)
    said = f"“{'、'.join(found)}”像是名册上的姓名" if found else ""
    if any(numbers_in(text)):
        said += "，还有号码" if found else "号码能认出人"
    return f"其中的{said}。这本台账不写姓名和号码，请核对" if said else ""
