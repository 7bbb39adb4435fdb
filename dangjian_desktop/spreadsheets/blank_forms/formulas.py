"""References in formulas, names and ranges, once rows were put into a sheet."""

from __future__ import annotations

import re

from openpyxl.formula.tokenizer import Token, Tokenizer
from openpyxl.formula.translate import Translator

from dangjian_desktop.frozen import dataclass

_SIDE = re.compile(r"(\$?[A-Z]{1,3})?(\$?)([0-9]+)$", re.ASCII)


@dataclass(frozen=True, slots=True)
class Inserted:
    """``count`` rows put in behind the row ``last`` of a sheet; ``alone`` tells that this row was
    the only one of its list, so that a formula over it alone grows as well."""

    sheet: str
    last: int
    count: int
    alone: bool = False

    def row(self, number: int) -> int:
        """Where a row lies now."""
        return number + self.count if number > self.last else number

    def end(self, first: int, last: int, *, alone: bool = False) -> int:
        """Where a range ends now: one that ended with the list ends with it again."""
        grows = last == self.last and (first < last or alone)
        return last + self.count if grows or last > self.last else last

    def area(self, text: str, *, alone: bool = False) -> str:
        """``A1:C4`` as it is now; what is no range stays."""
        first, colon, last = text.partition(":")
        one, two = _SIDE.match(first), _SIDE.match(last or first)
        if one is None or two is None:
            return text
        top, bottom = int(one[3]), int(two[3])
        moved = f"{one[1] or ''}{one[2]}{self.row(top)}"
        if not colon:
            return moved
        return f"{moved}:{two[1] or ''}{two[2]}{self.end(top, bottom, alone=alone)}"

    def areas(self, text: str) -> str:
        """The same of several ranges with blanks between them."""
        return " ".join(map(self.area, text.split()))

    def formula(self, text: str, sheet: str) -> str:
        """A formula of a sheet as it is now, without its sign of equality."""
        found = Tokenizer(f"={text}")
        for token in found.items:
            if token.type == Token.OPERAND and token.subtype == Token.RANGE:
                token.value = self._reference(token.value, sheet)
        return "".join(token.value for token in found.items)

    def _reference(self, text: str, sheet: str) -> str:
        named, mark, area = text.rpartition("!")
        of = named.strip("'").replace("''", "'") if mark else sheet
        moved = self.area(area, alone=self.alone)
        return f"{named}{mark}{moved}" if of == self.sheet else text


def told(master: str, origin: str, place: str) -> str:
    """What a formula shared with ``origin`` says in another cell, without its sign."""
    found: str = Translator(f"={master}", origin=origin).translate_formula(place)
    return found[1:]
