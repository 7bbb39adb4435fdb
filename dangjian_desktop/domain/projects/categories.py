"""Categories of projects: 书记项目, 党员项目, 党建+N and what a branch adds of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from dangjian_desktop.domain.texts import squeeze
from dangjian_desktop.frozen import dataclass


@dataclass(frozen=True, slots=True)
class CategoryGroup:
    """A group with its categories in order.

    ``by_secretary`` tells that only the secretary of the branch can be responsible;
    ``responsible_label`` is the word for that person on paper (支部书记, 项目负责人).
    """

    name: str
    categories: tuple[str, ...]
    by_secretary: bool
    responsible_label: str


class Categories:
    """All categories of a library, found again by name."""

    def __init__(
        self, groups: Sequence[CategoryGroup], aliases: Mapping[str, str] | None = None
    ) -> None:
        self.groups = tuple(groups)
        self._by_key = {squeeze(c): (c, g) for g in self.groups for c in g.categories}
        self._aliases = {squeeze(word): name for word, name in (aliases or {}).items()}

    def __iter__(self) -> Iterator[str]:
        return (category for group in self.groups for category in group.categories)

    def named(self, text: str) -> str | None:
        """The category that the text means, in its own spelling; None where there is none."""
        key = squeeze(text)
        found = self._by_key.get(squeeze(self._aliases.get(key, key)))
        return None if found is None else found[0]

    def group_of(self, category: str) -> CategoryGroup:
        """The group of a category; the first group for one that is unknown or empty."""
        found = self._by_key.get(squeeze(category))
        return self.groups[0] if found is None else found[1]

    def group(self, name: str) -> CategoryGroup | None:
        """The group of this name."""
        return next((group for group in self.groups if group.name == name), None)

    def words(self) -> str:
        """Every category by group, for a message."""
        return "；".join(f"{g.name}：{'、'.join(g.categories)}" for g in self.groups)

    def with_own(self, own: Sequence[tuple[str, str]]) -> Categories:
        """With pairs of group and category that the branch added; unknown groups are left out."""
        groups = tuple(
            replace(g, categories=(*g.categories, *(c for name, c in own if name == g.name)))
            for g in self.groups
        )
        return Categories(groups, self._aliases)
