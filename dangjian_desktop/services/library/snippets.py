"""What stands around a hit, and nothing in it that is kept from sight."""

from __future__ import annotations

import re
from collections.abc import Iterable
from string import ascii_lowercase, ascii_uppercase

from dangjian_desktop.domain.members.identity import covered_ids
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.storage.index import missing

AROUND = 18
"""Characters before a hit, and behind it where there is little room."""
_TOGETHER = 3
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_SMALL = str.maketrans(ascii_uppercase, ascii_lowercase)


class NotSo(Exception):  # noqa: N818 - nothing failed: the index told what no record holds
    """A record that the index named does not hold the text."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for, folded; ``behind`` are the characters to be shown after it."""

    text: str
    behind: int = AROUND

    def around(self, texts: Iterable[str]) -> str:
        """What stands around the first place in the texts; of several words that stand nowhere
        together, around each of the first ones. Raises ``NotSo`` where one stands nowhere."""
        looked: list[str] = []
        for text in texts:
            if told := _around(text, self.text, self.behind):
                return told
            looked.append(text)
        words = self.text.split()
        if missing("\n".join(looked), words):
            raise NotSo
        return self._by_words(looked, words)

    def shown(self, texts: Iterable[str]) -> str:
        """The same of texts that perhaps leave out what was found; empty then."""
        try:
            return self.around(texts)
        except NotSo:
            return ""

    def _by_words(self, texts: list[str], words: list[str]) -> str:
        told = (
            next(filter(None, (_around(text, word, AROUND) for text in texts)), "")
            for word in (words[:_TOGETHER] if len(words) > 1 else ())
        )
        return "　".join(dict.fromkeys(filter(None, told)))


def _around(text: str, wanted: str, behind: int) -> str:
    """Where it stands in a text, with a little around; empty where it does not, or in a day."""
    small = wanted.translate(_SMALL)
    for line in covered_ids(text).split("\n") if small in text.translate(_SMALL) else ():
        at = line.translate(_SMALL).find(small)
        if at >= 0 and not _DATE.fullmatch(line):
            start, end = max(0, at - AROUND), at + len(wanted) + behind
            before, after = "…" if start else "", "…" if end < len(line) else ""
            return before + line[start:end] + after
    return ""
