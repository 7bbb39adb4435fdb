"""Sources found by the words that name them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import permutations

from dangjian_desktop.domain.blank_forms.labels import counted_names, whole
from dangjian_desktop.domain.blank_forms.sources import Source

_LEAST_ALIKE, _MOST_PARTS = 3, 4
_OF = "的"
"""Says nothing: 存在的问题 is 存在问题."""


class Index:
    """Sources by their own words, by declared synonyms, and by what is often said of them."""

    def __init__(self, sources: Iterable[Source]) -> None:
        self._named: dict[str, dict[str, Source]] = {}
        self._perhaps: dict[str, dict[str, Source]] = {}
        for source in sources:
            for name in (source.label, *source.also):
                for word in counted_names(whole(name), source.unit):
                    for each in {word, word.replace(_OF, "")}:
                        self._named.setdefault(each, {})[source.key] = source
            for name in source.perhaps:
                self._perhaps.setdefault(whole(name), {})[source.key] = source

    def named(self, word: str) -> tuple[Source, ...]:
        """Whose own word or declared synonym it is; what is near goes before all others."""
        exact = self._named.get(word) or self._named.get(word.replace(_OF, ""), {})
        found = tuple(exact.values())
        return tuple(source for source in found if source.near) or found

    def combined(self, parts: Sequence[str]) -> tuple[Source, ...]:
        """Whose name the parts make in any order: 党员 over 男 → 男党员."""
        if len(parts) > _MOST_PARTS:
            return ()
        found = (self.named("".join(order)) for order in permutations(parts))
        return tuple({source.key: source for each in found for source in each}.values())

    def perhaps_combined(self, parts: Sequence[str]) -> tuple[Source, ...]:
        """Of which what the parts make in any order is often said."""
        if len(parts) > _MOST_PARTS:
            return ()
        found = (self.perhaps("".join(order)) for order in permutations(parts))
        return tuple({source.key: source for each in found for source in each}.values())

    def perhaps(self, word: str) -> tuple[Source, ...]:
        """Of which it is often said."""
        found = tuple(self._perhaps.get(word, {}).values())
        return tuple(source for source in found if source.near) or found

    def alike(self, word: str) -> tuple[Source, ...]:
        """Whose word is the longest that the word ends with, if that is half of it: what a Chinese
        word ends with is the thing, what stands before it tells which."""
        inside = [n for n in self._named if len(n) >= _LEAST_ALIKE and word.endswith(n)]
        longest = max(map(len, inside), default=0)
        if longest * 2 < len(word):
            return ()
        found = [source for name in inside if len(name) == longest for source in self.named(name)]
        return tuple({source.key: source for source in found}.values())
