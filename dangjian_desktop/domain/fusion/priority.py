"""A business priority that the user names (安全, 产量, 成本 …), and what belongs to it."""

from __future__ import annotations

from collections.abc import Iterator

from dangjian_desktop.domain.dates import PartialDate
from dangjian_desktop.domain.record import Facts, Problem
from dangjian_desktop.domain.references import Link
from dangjian_desktop.domain.texts import normal_name
from dangjian_desktop.frozen import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Priority:
    """``agenda`` are the items of meetings that planned it, ``projects`` those that serve it; its
    tasks are linked to it, its indicators name it. It holds from the year ``since`` to ``until``.
    """

    id: str
    name: str
    number: int | None = None
    since: PartialDate | None = None
    until: PartialDate | None = None
    wanted: str = ""
    agenda: tuple[Link, ...] = ()
    projects: tuple[Link, ...] = ()
    deleted: bool = False

    @property
    def link(self) -> Link:
        """What a task of it is linked to."""
        return Link("priority", self.id)

    def holds_in(self, year: int) -> bool:
        """Whether it is one of this year; a border that is not told is none."""
        begun = self.since is None or self.since.year <= year
        return begun and (self.until is None or self.until.year >= year)

    def named(self, text: str) -> bool:
        """Whether a text names it."""
        return bool(text.strip()) and normal_name(text) == normal_name(self.name)


def priority_problems(priority: Priority, _facts: Facts) -> Iterator[Problem]:
    """An end before the beginning."""
    since, until = priority.since, priority.until
    if since is not None and until is not None and until.year < since.year:
        yield Problem("until", "截止年度早于起始年度")
    if any(link.item is None for link in priority.agenda):
        yield Problem("agenda", "请选择会议中的一项议题")


def in_turn(priority: Priority) -> tuple[int, str]:
    """By its number, those without behind the others."""
    return (10_000 if priority.number is None else priority.number), priority.name
