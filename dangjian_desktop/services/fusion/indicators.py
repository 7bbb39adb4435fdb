"""Indicators of one library: what is known of each in a year, and its monthly values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.fusion.indicator import Indicator, Measured, measured, target_of
from dangjian_desktop.domain.fusion.record import INDICATOR
from dangjian_desktop.domain.projects.project import Project
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.errors import InputError, Issue
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.services.judged import judged_day
from dangjian_desktop.services.of_library import OfLibrary
from dangjian_desktop.services.projects.lent import lent_to
from dangjian_desktop.services.projects.projects import ProjectService, Values
from dangjian_desktop.services.record_services import service_of
from dangjian_desktop.services.records.service import RecordService
from dangjian_desktop.storage.work import Work

_REMEDY = "请按提示核对后重新填写。"


@dataclass(frozen=True, slots=True)
class MonthGrid:
    """The indicators of a year with their months; ``years`` are those that have any."""

    year: int
    rows: tuple[Measured, ...]
    years: tuple[int, ...]

    @property
    def months(self) -> tuple[str, ...]:
        """January to December as ``YYYY-MM``."""
        return tuple(str(month) for month in Period(self.year, 1, 12).split(1))


class IndicatorService(OfLibrary):
    """Asks about the indicators of one library; ``clock`` tells the present time."""

    def day(self) -> date:
        """The day as of which is told."""
        with self._library.reading() as work:
            return judged_day(work, self._clock().date())

    def rows(self, ids: Sequence[str]) -> Mapping[str, Measured]:
        """These indicators, each as of its own year, else of the present one."""
        with self._library.reading() as work:
            found = work.of(INDICATOR.code).get(ids)
            lent = lent_to(work, found.values())
            today = judged_day(work, self._clock().date()).year
        told = {}
        for uid, indicator in found.items():
            year = today if indicator.year is None else indicator.year.year
            told[uid] = measured(indicator, year, lent.get(uid))
        return told

    def grid(self, year: int | None = None) -> MonthGrid:
        """The indicators of a year (the present one) for the table of months."""
        with self._library.reading() as work:
            known: tuple[Indicator, ...] = work.every(INDICATOR.code)
            lent = lent_to(work, known)
            present = judged_day(work, self._clock().date()).year
        years = {present} | {y for i in known for y in _years(i, lent.get(i.id))}
        wanted = year or present
        return MonthGrid(wanted, of_year(known, lent, wanted), tuple(sorted(years, reverse=True)))

    def enter(self, values: Mapping[str, Values]) -> None:
        """Set monthly values by indicator, all or none; None takes the value of a month away.

        Those of an indicator that a project has go into the project. Raises ``InputError``.
        """
        records = service_of(self._library, INDICATOR.code, self._clock)
        projects = ProjectService(self._library, self._clock)
        refused: list[Issue] = []
        with self._library.changing(Topic.RECORDS, Topic.PROJECTS) as work:
            for uid, months in values.items():
                try:
                    indicator: Indicator = records.stored(work, uid)
                    _enter(work, records, projects, indicator, months)
                except InputError as error:
                    refused += error.issues or [Issue(error.message)]
            if refused:
                raise InputError("有的数值没有保存，这一次都没有改动。", _REMEDY, refused)


def _enter(
    work: Work,
    records: RecordService[Indicator],
    projects: ProjectService,
    indicator: Indicator,
    months: Values,
) -> None:
    if indicator.link is None:
        found = {**indicator.values, **months}
        kept = {m: v for m, v in sorted(found.items()) if v is not None}
        records.put(work, replace(indicator, values=kept))
        return
    project = lent_to(work, [indicator]).get(indicator.id)
    item = indicator.link.item
    if item is None or project is None or not target_of(indicator, project):
        words = f"指标“{indicator.name}”所关联的项目指标已不在，请另选项目指标或取消关联。"
        raise InputError(words, _REMEDY)
    projects.put_values(work, project.id, {item: months})


def of_year(
    known: Iterable[Indicator], lent: Mapping[str, Project], year: int
) -> tuple[Measured, ...]:
    """What is known of those that belong to a year, by priority and name."""
    own = [i for i in known if i.of_year(year, lent.get(i.id))]
    ordered = sorted(own, key=lambda i: (i.priority, i.name))
    return tuple(measured(i, year, lent.get(i.id)) for i in ordered)


def _years(indicator: Indicator, lent: Project | None) -> set[int]:
    if indicator.year is not None:
        return {indicator.year.year}
    months: Iterable[str] = lent.months() if lent is not None else indicator.values
    return {int(month[:4]) for month in months}
