"""The branch itself: what it was called, whom it belonged to and whose term it was on each day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Any

from dangjian_desktop.domain.dates import add_months
from dangjian_desktop.frozen import dataclass

USUAL_YEARS = 3
"""《支部工作条例》第二十一条: a term is 一般 three years, five in villages and communities."""


class UnitKind(StrEnum):
    """The kind of unit in which the branch is, as the statistics of organisations ask."""

    STATE_ENTERPRISE = "state_enterprise"
    PRIVATE_ENTERPRISE = "private_enterprise"
    RURAL = "rural"
    GOVERNMENT = "government"
    SCHOOL = "school"
    INSTITUTION = "institution"
    COMMUNITY = "community"
    SOCIAL = "social"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The word for people."""
        return UNIT_KINDS[self]


UNIT_KINDS: Mapping[UnitKind, str] = {
    UnitKind.STATE_ENTERPRISE: "国有企业",
    UnitKind.PRIVATE_ENTERPRISE: "非公有制企业",
    UnitKind.RURAL: "农村",
    UnitKind.GOVERNMENT: "党政机关",
    UnitKind.SCHOOL: "学校",
    UnitKind.INSTITUTION: "其他事业单位（医院、科研院所等）",
    UnitKind.COMMUNITY: "街道社区",
    UnitKind.SOCIAL: "社会组织",
    UnitKind.OTHER: "其他",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """The branch as it was on one day.

    ``name`` is the full name (中共……支部委员会 or ……党支部), ``short_name`` the one for lists.
    ``superior`` is the direct one, ``further_superiors`` those above it, the nearest first.
    ``theme_day`` is the fixed day of the month for 主题党日, if there is one. ``sample`` marks
    the demo.
    """

    name: str
    short_name: str = ""
    superior: str = ""
    further_superiors: tuple[str, ...] = ()
    unit_kind: UnitKind | None = None
    founded: date | None = None
    term_start: date | None = None
    term_years: int = USUAL_YEARS
    theme_day: int | None = None
    sample: bool = False

    @property
    def short(self) -> str:
        """The short name, or the full one where there is none."""
        return self.short_name or self.name

    @property
    def superiors(self) -> tuple[str, ...]:
        """Every level above the branch that is known, the direct one first."""
        return (self.superior, *self.further_superiors) if self.superior else ()

    @property
    def term_end(self) -> date | None:
        """The last day of the term; nothing where its beginning is not known."""
        if self.term_start is None:
            return None
        return add_months(self.term_start, 12 * self.term_years) - timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class BranchPeriod:
    """Name, place and kind from ``since`` until the next period; no day means since ever."""

    name: str
    short_name: str = ""
    superior: str = ""
    further_superiors: tuple[str, ...] = ()
    unit_kind: UnitKind | None = None
    since: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BranchTerm:
    """A term of office from ``start`` for so many years; its beginning may not be known."""

    start: date | None = None
    years: int = USUAL_YEARS


@dataclass(frozen=True, slots=True, kw_only=True)
class BranchHistory:
    """All that was true of the branch at any time; ``on`` tells what was on a day.

    ``periods`` (at least one) and ``terms`` stand oldest first, of each at most the first
    without its day.
    """

    periods: tuple[BranchPeriod, ...]
    terms: tuple[BranchTerm, ...] = ()
    founded: date | None = None
    theme_day: int | None = None
    sample: bool = False

    @classmethod
    def of(cls, branch: Branch) -> BranchHistory:
        """A branch that was never anything else."""
        known = {name: getattr(branch, name) for name in NAMED}
        return cls(
            periods=(BranchPeriod(**known),),
            terms=(BranchTerm(start=branch.term_start, years=branch.term_years),),
            founded=branch.founded,
            theme_day=branch.theme_day,
            sample=branch.sample,
        )

    def on(self, day: date) -> Branch:
        """The branch of the day; before its first period it is what it was first."""
        period, term = self.period_on(day), self.term_on(day) or BranchTerm()
        return Branch(
            **{name: getattr(period, name) for name in NAMED},
            founded=self.founded,
            term_start=term.start,
            term_years=term.years,
            theme_day=self.theme_day,
            sample=self.sample,
        )

    def period_on(self, day: date) -> BranchPeriod:
        """The last period that began; before all of them the first."""
        begun = [period for period in self.periods if _begun(period.since) <= day]
        return begun[-1] if begun else self.periods[0]

    def term_on(self, day: date) -> BranchTerm | None:
        """The last term that began; nothing before the first."""
        begun = [term for term in self.terms if _begun(term.start) <= day]
        return begun[-1] if begun else None

    def held_since(self, name: str, day: date) -> date | None:
        """Since when the branch has had the value that it has on the day."""
        return self.periods[self.stretch(name, day).start].since

    def corrected(self, day: date, values: Mapping[str, Any]) -> BranchHistory:
        """What holds on the day put right, each value for as long as it was held."""
        periods = list(self.periods)
        for name, value in values.items():
            for place in self.stretch(name, day):
                periods[place] = _with(periods[place], name, value)
        return replace(self, periods=_joined(periods))

    def changed(self, day: date, values: Mapping[str, Any]) -> BranchHistory:
        """The values from ``day`` on, each until what it replaces changed by itself."""
        before = [period for period in self.periods if _begun(period.since) < day]
        start = replace(self.period_on(day), since=day)
        later = [period for period in self.periods if _begun(period.since) > day]
        split = replace(self, periods=(*before, start, *later))
        place, periods = len(before), list(split.periods)
        for name, value in values.items():
            for at in range(place, split.stretch(name, day).stop):
                periods[at] = _with(periods[at], name, value)
        return replace(self, periods=_joined(periods))

    def stretch(self, name: str, day: date) -> range:
        """The places of the periods around the day in which the value was the same."""
        values = [getattr(period, name) for period in self.periods]
        first = last = self.periods.index(self.period_on(day))
        while first > 0 and values[first - 1] == values[first]:
            first -= 1
        while last + 1 < len(values) and values[last + 1] == values[last]:
            last += 1
        return range(first, last + 1)


NAMED = ("name", "short_name", "superior", "further_superiors", "unit_kind")
"""What holds for a period."""


def history_problems(history: BranchHistory, today: date) -> Iterator[tuple[str, str]]:
    """What its days cannot be: place (``periods.1.since``, ``terms.0.start``) and sentence."""
    yield from _order("periods", "since", [p.since for p in history.periods], history, today)
    yield from _order("terms", "start", [t.start for t in history.terms], history, today)
    if history.founded is not None and history.founded > today:
        yield "founded", "日期晚于今天，请核对"


def _order(
    what: str, part: str, days: list[date | None], history: BranchHistory, today: date
) -> Iterator[tuple[str, str]]:
    """Days that do not follow each other, or lie outside what a branch can know."""
    for place, day in enumerate(days):
        if day is None and place > 0:
            yield f"{what}.{place}.{part}", "只有最早的一行可以不填起始日，请填写这一行的起始日"
        elif day is not None and day > today:
            yield f"{what}.{place}.{part}", "日期晚于今天，请核对"
        elif day is not None and history.founded is not None and day < history.founded:
            yield f"{what}.{place}.{part}", "起始日早于党支部成立日期，请核对"
    for place, (first, second) in enumerate(pairwise(days), 1):
        if first is not None and first == second:
            yield f"{what}.{place}.{part}", "有两行从同一天开始，请改正其中一行"


def _begun(day: date | None) -> date:
    return day or date.min


def _with(period: BranchPeriod, name: str, value: Any) -> BranchPeriod:
    changes: dict[str, Any] = {name: value}
    return replace(period, **changes)


def _joined(periods: Iterable[BranchPeriod]) -> tuple[BranchPeriod, ...]:
    """Periods beside each other that say the same become one."""
    found: list[BranchPeriod] = []
    for period in periods:
        if not found or replace(period, since=found[-1].since) != found[-1]:
            found.append(period)
    return tuple(found)
