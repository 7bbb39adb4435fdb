"""Declared fields: what is asked of a person, whatever asks it (a form, an import, a check)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class FieldType(StrEnum):
    """What kind of value a field takes, and with it how it is entered and kept.

    The plain value (as JSON keeps it) is: text for TEXT, LONG_TEXT and NAME; ``YYYY-MM-DD`` for
    DATE; ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD`` for PARTIAL_DATE; ``HH:MM`` for TIME; a number
    for NUMBER; the code for CHOICE; true or false for YES_NO; a list of texts for NAMES and LIST;
    an object of the ``columns`` for RECORD, a list of such objects for RECORDS.
    """

    TEXT = "text"
    LONG_TEXT = "long_text"
    DATE = "date"
    PARTIAL_DATE = "partial_date"
    TIME = "time"
    NUMBER = "number"
    CHOICE = "choice"
    YES_NO = "yes_no"
    NAME = "name"
    NAMES = "names"
    LIST = "list"
    RECORD = "record"
    RECORDS = "records"


@dataclass(frozen=True, slots=True)
class Field:
    """One field: ``name`` is its identifier for ever, ``label`` the word that people read.

    ``choices`` pairs a code with the word shown; ``hint`` is an example or explanation that
    stands inside the empty field. ``columns`` are the parts of a RECORD or of each of the RECORDS.
    """

    name: str
    label: str
    type: FieldType = FieldType.TEXT
    required: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    hint: str = ""
    columns: tuple[Field, ...] = ()

    @property
    def missing(self) -> str:
        """The sentence for a required field that was left empty."""
        chosen = self.type in (FieldType.CHOICE, FieldType.YES_NO)
        return f"请{'选择' if chosen else '填写'}{self.label}"

    def title_of(self, code: str) -> str:
        """The word shown for a code; the code itself when it is not among the choices."""
        return dict(self.choices).get(code, code)


def missing_fields(fields: tuple[Field, ...], values: Mapping[str, object]) -> dict[str, str]:
    """For each required field without a value, the sentence that asks for it."""
    empty: tuple[object, ...] = (None, "", (), [])
    return {
        field.name: field.missing
        for field in fields
        if field.required and values.get(field.name) in empty
    }
