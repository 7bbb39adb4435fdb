"""What ledgers tell the rest of the program: figures, quantities, due dates, gaps, lines, hits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from dangjian_desktop.domain.checks.facts import FurtherHours
from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.fields import FieldType
from dangjian_desktop.domain.ledgers.asking import Gap, gaps, periods_asked
from dangjian_desktop.domain.ledgers.dues import RowDue, dues_of
from dangjian_desktop.domain.ledgers.figures import (
    Counted,
    Grid,
    Quantity,
    figures_of,
    grid_of,
    pivot_of,
    quantities,
    who,
)
from dangjian_desktop.domain.ledgers.ledger import QUANTITIES, GridPrint, Ledger, TablePrint
from dangjian_desktop.domain.ledgers.record import shown_fields
from dangjian_desktop.domain.ledgers.rows import LedgerRow
from dangjian_desktop.domain.ledgers.words import summary_lines, title_of
from dangjian_desktop.domain.levels import Outlet, may_be_shown
from dangjian_desktop.domain.summaries.figure import Figure
from dangjian_desktop.domain.summaries.of_ledgers import ledger_figures
from dangjian_desktop.errors import InputError
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.services.judged import judged_day
from dangjian_desktop.services.ledgers import keeping
from dangjian_desktop.services.ledgers.catalogue import asked, entries, ledger_of
from dangjian_desktop.services.of_library import OfLibrary
from dangjian_desktop.storage.stored import StoredFilter
from dangjian_desktop.storage.work import Work
from dangjian_desktop.sweeps import unswept

TRAINING_HOURS = "training_hours"


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One line of a report's section, with the ids of the rows behind it."""

    ledger: str
    section: str
    text: str
    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NamingRow:
    """A row that names a person: in which fields, what it says in short."""

    ledger: str
    ledger_title: str
    row: str
    day: date | None
    title: str
    fields: tuple[str, ...]


class LedgerCounts(OfLibrary):
    """Counts over the ledgers of one library; ``clock`` tells the present time."""

    def figures(self, code: str, period: Period) -> Mapping[str, Counted]:
        """The figures of one ledger in a period, by name, each with its rows."""
        with self._library.reading() as work:
            ledger = ledger_of(work, code)
            return figures_of(ledger, _rows(work, ledger), period)

    def pivot(self, code: str, layout: TablePrint, period: Period) -> Grid:
        """The cross table of a print; raises ``ValueError`` for a print without one."""
        if layout.pivot is None:
            raise ValueError(layout.title)
        with self._library.reading() as work:
            ledger = ledger_of(work, code)
            return pivot_of(ledger, layout.pivot, in_period(ledger, _rows(work, ledger), period))

    def grid(self, code: str, layout: GridPrint, year: int) -> Grid:
        """Persons or groups against the months of a year: every member of it, then who else."""
        with self._library.reading() as work, unswept():
            return grid_in(work, ledger_of(work, code), layout, year)

    def quantities(self, name: str, period: Period) -> Mapping[str, Quantity]:
        """A named quantity by member id, over every ledger that feeds it.

        Raises ``InputError`` for a name outside ``QUANTITIES``.
        """
        with self._library.reading() as work:
            return quantities_in(work, name, period)

    def dues(self, until: date) -> tuple[RowDue, ...]:
        """What is due until the day and not closed, the earliest first, shown ledgers only."""
        with self._library.reading() as work:
            return dues_in(work, until)

    def gaps(self, codes: Sequence[str] = ()) -> tuple[Gap, ...]:
        """What the ledgers that ask miss up to today (only these ``codes`` where told).

        A period that has not ended is told from ``remind`` days before its end on.
        """
        with self._library.reading() as work:
            found = gaps_in(work, judged_day(work, self._clock().date()))
        return tuple(gap for gap in found if not codes or gap.ledger in codes)

    def naming(self, member_id: str) -> tuple[NamingRow, ...]:
        """The rows that name a member, the newest first; sensitive ledgers are left out, and
        those that name the member in a sensitive field alone."""
        with self._library.reading() as work:
            return tuple(_naming(work, member_id))


def _rows(work: Work, ledger: Ledger) -> list[LedgerRow]:
    return keeping.oldest_first(work, ledger)


def in_period(ledger: Ledger, rows: Sequence[LedgerRow], period: Period) -> list[LedgerRow]:
    """The rows that belong to the period; without a day field every row does."""
    return [row for row in rows if not ledger.day or row.within(ledger, period)]


def grid_in(work: Work, ledger: Ledger, layout: GridPrint, year: int) -> Grid:
    """The grid of a year, for window and paper alike."""
    asked_for, roll = ledger.named(layout.rows), work.roster().on(date(year, 12, 31))
    if asked_for is not None and asked_for.type is FieldType.GROUP:
        subjects = [(group, group) for group in roll.groups]
    else:
        subjects = [(member.id, member.name) for member in roll.members]
    return grid_of(ledger, layout, keeping.grid_entries(work, ledger, layout, year), subjects)


def quantities_in(work: Work, name: str, period: Period) -> Mapping[str, Quantity]:
    """A named quantity by member id; raises ``InputError`` for an unknown name."""
    if name not in QUANTITIES:
        raise InputError(f"没有名为“{name}”的数量。", f"可用的数量：{'、'.join(QUANTITIES)}。")
    feeding = [
        entry.ledger
        for entry in entries(work)
        if any(figure.feeds == name for figure in entry.ledger.figures)
    ]
    wanted = StoredFilter(first=period.first, last=period.last)
    rows = [(ledger, keeping.oldest_first(work, ledger, wanted)) for ledger in feeding]
    return quantities(rows, name, period)


def hours_by_year(work: Work, today: date) -> Mapping[int, FurtherHours]:
    """Hours of training that ledgers hold, by year: what CAD-32H adds to those of sittings.

    A year has rows, or such a ledger asked for them all through it.
    """
    feeding = [
        entry
        for entry in entries(work)
        if any(figure.feeds == TRAINING_HOURS for figure in entry.ledger.figures)
    ]
    years = {y for entry in feeding for y in keeping.store_of(work, entry.ledger.code).years()}
    for entry in feeding:
        if entry.asking is not None:
            since = max(entry.asking.since, date(today.year - 1, 1, 1))
            years |= set(range(since.year + (since > date(since.year, 1, 1)), today.year))
    return {year: _hours(work, Period(year, 1, 12)) for year in sorted(years)}


def _hours(work: Work, year: Period) -> FurtherHours:
    found = quantities_in(work, TRAINING_HOURS, year)
    rows = dict.fromkeys(row for quantity in found.values() for row in quantity.rows)
    return FurtherHours({uid: float(each.value) for uid, each in found.items()}, tuple(rows))


def dues_in(work: Work, until: date) -> tuple[RowDue, ...]:
    """What is due until the day and not closed, the earliest first; of a sensitive ledger only
    that something is."""
    found = [
        _told(entry.ledger, due)
        for entry in entries(work)
        if entry.shown and entry.ledger.due
        for row in keeping.oldest_first(work, entry.ledger, StoredFilter(due_by=until))
        for due in dues_of(entry.ledger, row)
        if due.day <= until and not due.done
    ]
    return tuple(sorted(found, key=lambda due: (due.day, due.text)))


def _told(ledger: Ledger, due: RowDue) -> RowDue:
    told = may_be_shown(ledger.level, Outlet.TOLD)
    return due if told else replace(due, text=f"{ledger.title}有到期事项")


def gaps_in(work: Work, today: date) -> tuple[Gap, ...]:
    """What the ledgers that ask miss up to today."""
    members = work.roster()
    found: list[Gap] = []
    for entry in asked(work):
        ask, asking = entry.ask, entry.asking
        if ask is None or asking is None:
            continue
        since = max(asking.since, date(today.year - 1, 1, 1))
        periods = periods_asked(ask, since, today)
        remind = timedelta(days=ask.remind)
        due = [p for p in periods if p.last < today or p.last - remind <= today]
        rows = keeping.oldest_first(work, entry.ledger, _around(due))
        found += gaps(entry.ledger, rows, members, due, today, asking.members)
    return tuple(found)


def _around(periods: Sequence[Period]) -> StoredFilter:
    if not periods:
        return StoredFilter(first=date.max)
    return StoredFilter(first=date(periods[0].year, 1, 1), last=periods[-1].last)


Reported = Sequence[tuple[Ledger, Sequence[LedgerRow]]]
"""Ledgers that a report tells of, each with its rows up to the day, oldest first."""


def reported_in(work: Work, period: Period, today: date = date.max) -> Reported:
    """What a report of the period as of ``today`` tells of; no sensitive or hidden ledger."""
    last = min(period.last, today)
    found = []
    for entry in entries(work):
        ledger = entry.ledger
        if not entry.shown or not may_be_shown(ledger.level, Outlet.TOLD):
            continue
        ever = any(figure.over == "day" for figure in ledger.figures)
        wanted = StoredFilter(first=None if ever else date(period.year, 1, 1), last=last)
        if ledger.summary is not None or ledger.figures:
            found.append((ledger, keeping.oldest_first(work, ledger, wanted)))
    return found


def report_lines(reported: Reported, period: Period) -> Mapping[str, tuple[ReportLine, ...]]:
    """The lines of a report by the name of its section."""
    found: dict[str, list[ReportLine]] = {}
    for ledger, rows in reported:
        if ledger.summary is None:
            continue
        for text, ids in summary_lines(ledger, in_period(ledger, rows, period)):
            line = ReportLine(ledger.code, ledger.summary.section, text, ids)
            found.setdefault(line.section, []).append(line)
    return {section: tuple(lines) for section, lines in found.items()}


def report_figures(reported: Reported, period: Period, today: date) -> Mapping[str, Figure]:
    """The figures of a report that its ledgers declare."""
    day = min(period.last, today)
    return {
        name: figure
        for ledger, rows in reported
        for name, figure in ledger_figures(ledger, rows, period, day).items()
    }


def _naming(work: Work, member_id: str) -> Iterator[NamingRow]:
    found: list[NamingRow] = []
    for entry in entries(work):
        ledger = entry.ledger
        if not may_be_shown(ledger.level, Outlet.TOLD):
            continue
        told = {field.name for field in shown_fields(ledger, Outlet.TOLD)}
        for row in keeping.oldest_first(work, ledger, StoredFilter(member=member_id)):
            naming = row.naming(ledger)
            fields = [n for n, person in naming if n in told and who(person) == member_id]
            if not fields:
                continue
            labels = tuple(ledger.label(name) for name in dict.fromkeys(fields))
            day, title = row.first_day(ledger), title_of(ledger, row)
            found.append(NamingRow(ledger.code, ledger.title, row.id, day, title, labels))
    yield from sorted(found, key=lambda row: row.day or date.min, reverse=True)
