"""The words of superiors' forms, as a table of the program tells them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from dangjian_desktop import paths
from dangjian_desktop.domain.blank_forms.sources import Habits
from dangjian_desktop.frozen import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """A source made of several: ``between`` stands between them, ``whole`` asks for all."""

    key: str
    label: str
    of: tuple[str, ...]
    between: str = "\n"
    whole: bool = False

    def text(self, texts: Sequence[str]) -> str:
        """The texts of its parts together; empty where nothing, or of a whole not all, is known."""
        lacking = not all(texts) if self.whole else not any(texts)
        return "" if lacking else self.between.join(filter(None, texts))


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Synonyms by the key of the source, and how rows become lines of one blank.

    ``unlike`` are headings that an import takes for a field and a form may mean otherwise.
    """

    also: Mapping[str, tuple[str, ...]]
    perhaps: Mapping[str, tuple[str, ...]]
    unlike: Mapping[str, tuple[str, ...]]
    lines: Mapping[str, tuple[str, ...]]
    joined: tuple[Joined, ...]
    habits: Habits


@cache
def words() -> Words:
    """The table that ships with the program."""
    with paths.resources("blank_forms", "words.toml").open("rb") as file:
        table = tomllib.load(file)
    habits = {name: _whole(value) for name, value in table["habits"].items()}
    return Words(
        also=_lists(table["also"]),
        perhaps=_lists(table["perhaps"]),
        unlike=_lists(table["unlike"]),
        lines=_lists(table["lines"]),
        joined=tuple(Joined(**{n: _whole(v) for n, v in row.items()}) for row in table["joined"]),
        habits=Habits(**habits),
    )


def _lists(table: Mapping[str, Any]) -> Mapping[str, tuple[str, ...]]:
    return {name: tuple(found) for name, found in table.items()}


def _whole(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
