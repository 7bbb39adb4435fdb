"""What a form lets people choose from in a cell: its lists of what may be typed."""

from __future__ import annotations

from functools import cache
from typing import Any

from dangjian_desktop.domain.blank_forms.labels import bare
from dangjian_desktop.spreadsheets.blank_forms.package import Book, child, children
from dangjian_desktop.spreadsheets.blank_forms.sheet import Area, Place, Sheet, area_of
from dangjian_desktop.spreadsheets.blank_forms.styles import Style

_LONGEST = 2_000


class Offers:
    """The lists of all sheets of a book, also of those that nobody sees."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._about = {sheet.name: sheet for sheet in book.sheets}
        self.of = cache(self._of)

    def word(self, sheet: Sheet, place: Place, text: str) -> str | None:
        """The text as its list has it, as it is where there is no list, None where none fits."""
        lists = [words for areas, words in self.of(sheet.about.name) if _within(place, areas)]
        if not lists or text in lists[0] or not lists[0]:
            return text
        return next((word for word in lists[0] if bare(word) == bare(text)), None)

    def _of(self, name: str) -> list[tuple[list[Area], tuple[str, ...]]]:
        root = self._book.tree(self._about[name].part)
        return [
            (_areas(rule.get("sqref", "")), self._words(child(rule, "formula1"), name))
            for rule in children(root, "dataValidations", "dataValidation")
            if rule.get("type") == "list" and rule.get("errorStyle", "stop") == "stop"
        ]

    def _words(self, formula: Any, name: str) -> tuple[str, ...]:
        """The words of a list; none for one that is computed."""
        text = "" if formula is None else (formula.text or "").strip()
        if text.startswith('"'):
            return tuple(word.strip() for word in text.strip('"').split(","))
        of, _, area = text.rpartition("!")
        sheet = of.strip("'").replace("''", "'") or name
        if sheet not in self._about:
            return ()
        try:
            top, bottom, left, right = area_of(area)
        except ValueError:
            return ()
        if (bottom - top + 1) * (right - left + 1) > _LONGEST:
            return ()
        found = Sheet(self._book, self._about[sheet], (Style(),))
        places = (
            (row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)
        )
        return tuple(text for place in places if (text := found.text(place).strip()))


def _areas(text: str) -> list[Area]:
    return [area_of(part) for part in text.split()]


def _within(place: Place, areas: list[Area]) -> bool:
    row, column = place
    return any(a[0] <= row <= a[1] and a[2] <= column <= a[3] for a in areas)
