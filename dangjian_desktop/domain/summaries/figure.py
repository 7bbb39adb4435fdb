"""A number of a summary together with the records that it was counted from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum

from dangjian_desktop.domain.labelled import Labelled
from dangjian_desktop.domain.texts import BLANK, UNKNOWN
from dangjian_desktop.frozen import dataclass

NO_RATE = "无法计算"
"""A share of nothing."""


class Group(Labelled):
    """What a figure is about; the groups stand in this order."""

    MEMBERS = "members", "党员"
    SITTINGS = "sittings", "组织生活"
    PROJECTS = "projects", "项目"
    ATTENDANCE = "attendance", "到会"
    ITEMS = "items", "问题与任务"
    LEDGERS = "ledgers", "台账"


class Over(StrEnum):
    """What a figure is counted over: one day, the period, or the year up to that day."""

    DAY = "day"
    PERIOD = "period"
    YEAR = "year"

    @property
    def prefix(self) -> str:
        """What the names of figures over the year begin with."""
        return "year." if self is Over.YEAR else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure: ``records`` are ids of records, so that every number leads back.

    ``value`` is a count, or text where the contract wants text (rates such as ``"92.5"``) or
    where there is no number to give. ``unit`` is the Chinese unit behind the value. ``label`` is
    unique among the figures of a period; one of a period goes behind 本月 and the like.
    ``subject`` stands before the label where another figure has the same one.
    """

    value: str | int
    records: tuple[str, ...]
    label: str
    unit: str = ""
    group: Group
    over: Over = Over.PERIOD
    subject: str = ""

    @property
    def text(self) -> str:
        """Value and unit as a paper prints them."""
        return f"{self.value}{self.unit}" if self.known else str(self.value)

    @property
    def on_paper(self) -> Figure:
        """The same with room to write where nothing is known."""
        return replace(self, value=BLANK) if self.value in (UNKNOWN, NO_RATE) else self

    @property
    def known(self) -> bool:
        """Whether the value is a number."""
        return isinstance(self.value, int) or self.value.replace(".", "", 1).isdigit()

    @property
    def place(self) -> tuple[bool, int]:
        """Sort key: by group, those over the year behind all others."""
        return self.over is Over.YEAR, tuple(Group).index(self.group)


def named_apart(figures: Mapping[str, Figure]) -> dict[str, Figure]:
    """The same figures with every label unique: 本年累计 before those of the year, the subject
    before what is called alike, numbers behind what still is."""
    labels = Counter((figure.over is Over.YEAR, figure.label) for figure in figures.values())
    seen: dict[str, int] = {}
    found = {}
    for name, figure in figures.items():
        of_year = figure.over is Over.YEAR
        alike = labels[of_year, figure.label] > 1 and figure.subject
        label = f"{figure.subject}：{figure.label}" if alike else figure.label
        label = f"本年累计：{label}" if of_year else label
        seen[label] = seen.get(label, 0) + 1
        number = f"（{seen[label]}）" if seen[label] > 1 else ""
        found[name] = replace(figure, label=label + number)
    return found
