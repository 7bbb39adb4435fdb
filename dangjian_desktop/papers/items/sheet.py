"""What papers of items are about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import date

from dangjian_desktop.domain.branch import Branch
from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.items.item import Item, ItemKind
from dangjian_desktop.domain.items.rounds import told_of
from dangjian_desktop.domain.references import Person
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.papers.stamp import Stamp


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemSheet:
    """One item as of ``today``; ``source`` is the title of what it comes from, ``problem`` the
    problem that it is to mend."""

    item: Item
    branch: Branch
    stamp: Stamp
    today: date
    source: str = ""
    problem: Item | None = None
    tasks: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemsSheet:
    """The items of a period as of ``today``; ``titles`` are what the three lists are called,
    ``problems`` the sentences of all problems there are, by id."""

    items: tuple[Item, ...]
    branch: Branch
    stamp: Stamp
    today: date
    period: Period
    titles: Mapping[ItemKind, str]
    problems: Mapping[str, str] = field(default_factory=dict)

    def of(self, *kinds: ItemKind) -> Sequence[Item]:
        """Those of these kinds, in the order of their numbers and days."""
        return [item for item in self.items if item.kind in kinds]


def source_words(item: Item) -> str:
    """会议议定; empty where nobody told."""
    return item.source.label if item.source is not None else ""


def name_of(person: Person | None) -> str:
    """A name, or nothing."""
    return person.name if person is not None else ""


def day_of(day: date | None) -> str:
    """2025-03-20, or nothing."""
    return day.isoformat() if day is not None else ""


def follow_ups(item: Item) -> list[str]:
    """2025-03-20 苏珺：已与调度室核对, one for each, and where it went back or began anew."""
    return [
        f"{each.on.isoformat()} {name_of(each.by)}".rstrip() + f"：{each.text}"
        for each in told_of(item)
    ]
