"""Letters typed on a list: which entry they mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from time import monotonic

PAUSE = 1.0
"""Seconds after which a letter begins a new word."""


class TypeAhead:
    """Takes letters; ``keys`` are by id what an entry is found by (pinyin initials)."""

    def __init__(self) -> None:
        self.keys: Mapping[str, str] = {}
        self._typed, self._at = "", 0.0

    def takes(self, letter: str) -> bool:
        """Whether it is a letter that means an entry here."""
        return letter.isalpha() and letter.isascii() and bool(self.keys)

    def find(self, letter: str, ids: Sequence[str], here: int) -> str:
        """The next entry from ``here`` on, round the end, whose key begins so; else nothing."""
        now = monotonic()
        fresh = now - self._at > PAUSE
        self._typed = letter.lower() if fresh else self._typed + letter.lower()
        self._at = now
        start = max(here + (1 if fresh else 0), 0)
        for uid in (*ids[start:], *ids[:start]):
            keys = self.keys.get(uid, "").lower().split()
            if any(key.startswith(self._typed) for key in keys):
                return uid
        return ""
