"""What a blank can be filled from: declared data, each with a key, its words and its columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field

from dangjian_desktop.domain.blank_forms.form import BlankKind
from dangjian_desktop.frozen import dataclass

JOINED = "+"
"""Between the keys of sources that stand in one blank together."""
_OPEN, _CLOSE, _BETWEEN = "[", "]", ","


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One thing that the library knows: ``key`` is what a map names, ``label`` its own word.

    ``also`` are further words that mean exactly the same, ``perhaps`` words that often do.
    ``group`` is where it stands in a list of all. ``choices`` are the words that its value may
    be. What is ``near``, of the very record that the form is about, goes before others of the same
    name; what is ``far`` is of the branch, where the form is about a record. A list (``kind``
    ROWS) has ``columns``, whose keys are short.
    """

    key: str
    label: str
    group: str = ""
    also: tuple[str, ...] = ()
    perhaps: tuple[str, ...] = ()
    unit: str = ""
    kind: BlankKind = BlankKind.VALUE
    choices: tuple[str, ...] = ()
    columns: tuple[Source, ...] = ()
    near: bool = False
    far: bool = False

    def column(self, key: str) -> Source | None:
        """The column of this key."""
        return next((column for column in self.columns if column.key == key), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """How superiors write their forms, as a table of the program tells it.

    ``parts`` are words within heads of two levels by what they mean, ``counts`` labels that ask
    how many of what their heads name, by the unit, ``neutral`` ends of heads that narrow nothing,
    ``aside`` what stands in brackets and narrows nothing. ``other`` are words that make something
    else of a label, ``narrower`` those that leave only some rows of a list. ``opinions``,
    ``signed`` and ``stamped`` are the words of places that others fill in.
    """

    parts: Mapping[str, str] = field(default_factory=dict)
    counts: Mapping[str, str] = field(default_factory=dict)
    neutral: tuple[str, ...] = ()
    aside: tuple[str, ...] = ()
    other: tuple[str, ...] = ()
    narrower: tuple[str, ...] = ()
    opinions: tuple[str, ...] = ()
    signed: tuple[str, ...] = ()
    stamped: tuple[str, ...] = ()


def with_columns(key: str, columns: Iterable[str]) -> str:
    """The key of a list with that of the source of each column, "" for one that stays empty."""
    return f"{key}{_OPEN}{_BETWEEN.join(columns)}{_CLOSE}"


def split_columns(key: str) -> tuple[str, tuple[str, ...] | None]:
    """The two parts of such a key; None where it names no columns."""
    name, opened, rest = key.partition(_OPEN)
    if not opened or not rest.endswith(_CLOSE):
        return key, None
    return name, tuple(part.strip() for part in rest[:-1].split(_BETWEEN))


def known(key: str, sources: Iterable[Source]) -> bool:
    """Whether a map may name this: a source, several joined, a list with columns of its own."""
    by_key = {source.key: source for source in sources}
    return all(_known(part, by_key) for part in key.split(JOINED))


def _known(key: str, by_key: Mapping[str, Source]) -> bool:
    name, columns = split_columns(key)
    found = by_key.get(name)
    return found is not None and all(not c or found.column(c) for c in columns or ())


def parts_in(key: str) -> Iterator[str]:
    """The keys that a key joins."""
    yield from key.split(JOINED)
