"""Enumerations with a word for people."""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class Labelled(StrEnum):
    """Behind the value of each member stands its ``label``, the word for people."""

    _value_: str
    label: str

    def __new__(cls, value: str, label: str = "") -> Self:  # noqa: D102
        made = str.__new__(cls, value)
        made._value_, made.label = value, label
        return made

    @classmethod
    def choices(cls) -> tuple[tuple[str, str], ...]:
        """Value and label of each, as a field offers them."""
        return tuple((member.value, member.label) for member in cls)
