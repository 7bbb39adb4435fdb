"""What is chosen for a package, and of which records and periods it is then made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.ledgers.record import PREFIX
from dangjian_desktop.domain.meetings.meeting import MeetingFilter
from dangjian_desktop.domain.projects.project import ProjectFilter
from dangjian_desktop.domain.submissions.matching import Offered
from dangjian_desktop.domain.submissions.stated import narrowed_to
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.papers.catalogue import (
    AGREEMENT,
    APPRAISAL,
    ASSESSMENT,
    BRAND,
    GROUP_MONTH,
    LEDGER,
    MEETING,
    PRIORITY,
    PROJECT,
    PROJECTS,
    ROW,
    Paper,
    Wanted,
)
from dangjian_desktop.services.fusion.pages import in_order
from dangjian_desktop.services.ledgers import keeping
from dangjian_desktop.services.ledgers.catalogue import ledger_of
from dangjian_desktop.services.narrowing import narrowed
from dangjian_desktop.services.papers.offered import paper_in
from dangjian_desktop.services.projects.categories import categories_of
from dangjian_desktop.services.submissions.offering import ATTACHMENTS, SHEET, TEMPLATE
from dangjian_desktop.services.submissions.offering import PROJECTS as PROJECTS_SHEET
from dangjian_desktop.storage.work import Work


@dataclass(frozen=True, slots=True)
class Chosen:
    """One material of a package: a paper or sheet in some ``formats`` (none told: all); ``title``
    is what the superior calls it, ``due`` the day by which it is due, where that is known."""

    offered: Offered
    title: str
    formats: tuple[str, ...] = ()
    due: date | None = None


@dataclass(frozen=True, slots=True)
class One:
    """One paper or sheet of a package: of a record, of a period, or of the day alone."""

    chosen: Chosen
    paper: Paper | None = None
    uid: str = ""
    period: Period | None = None
    group: str | None = None

    @property
    def code(self) -> str:
        """What it is, as what was sent is kept by."""
        return self.chosen.offered.code

    @property
    def about(self) -> str:
        """What it is of, as what was sent is kept by."""
        period = "" if self.period is None else str(self.period)
        return "/".join(filter(None, (self.uid, period, self.group)))

    def wanted(self, day: date, *, hidden: bool) -> Wanted:
        """What is asked of the print."""
        return Wanted(period=self.period, day=day, group=self.group, masked=hidden, public=hidden)


def ones_of(work: Work, chosen: Chosen, period: Period, day: date) -> Iterator[One]:
    """Everything of which the material is made; nothing where the period has none.

    Raises ``InputError`` for an unknown code.
    """
    period = narrowed_to(chosen.title, period)
    if chosen.offered.sheet:
        yield from _of_sheet(work, chosen, period)
        return
    if chosen.offered.code == ATTACHMENTS:
        within = MeetingFilter(first=period.first, last=min(period.last, day))
        for meeting in work.meetings.all(within):
            yield from (One(chosen, uid=f"{meeting.id}/{file.uid}") for file in meeting.files)
        return
    if chosen.offered.code.startswith(TEMPLATE):
        yield One(chosen, period=period)
        return
    paper = paper_in(work, chosen.offered.code)
    make = _ONES.get(paper.of, _of_periods)
    yield from make(work, One(chosen, paper), paper, period, day)


def _of_sheet(work: Work, chosen: Chosen, period: Period) -> Iterator[One]:
    """The roster is of a day; the projects are those of the year, a ledger has rows of the
    period."""
    code = chosen.offered.code
    if code.startswith(PREFIX):
        ledger = ledger_of(work, code.removeprefix(PREFIX).removesuffix(SHEET))
        if keeping.oldest_first(work, ledger, narrowed(period=period)):
            yield One(chosen, period=period)
    elif code != PROJECTS_SHEET or groups_of(work, period.year):
        yield One(chosen)


def once(ones: Iterable[One]) -> list[One]:
    """Each of them once, in every form that any of its materials asks for, under the title of the
    narrowest one."""
    found: dict[tuple[str, str], One] = {}
    for one in ones:
        key = one.code, one.about
        before = found.get(key)
        found[key] = one if before is None else _both(before, one)
    return list(found.values())


def _both(before: One, one: One) -> One:
    forms = (before.chosen.formats, one.chosen.formats)
    both = tuple(dict.fromkeys((*forms[0], *forms[1]))) if all(forms) else ()
    narrow = one if one.chosen.offered.kind else before
    return replace(narrow, chosen=replace(narrow.chosen, formats=both))


def _of_sittings(work: Work, one: One, paper: Paper, period: Period, day: date) -> Iterator[One]:
    """Of minutes those that took place; of what goes before a sitting also the planned ones."""
    kind = one.chosen.offered.kind or None
    within = MeetingFilter(first=period.first, last=period.last, kind=kind)
    for meeting in work.meetings.all(within):
        ready = not paper.part or getattr(meeting, paper.part) is not None
        if ready and (not paper.numbered or (meeting.held and meeting.date <= day)):
            yield replace(one, uid=meeting.id)


def _of_each_project(
    work: Work, one: One, paper: Paper, period: Period, day: date
) -> Iterator[One]:
    """The projects that run in the period, as far as the paper says anything of them."""
    for project in work.projects.all(ProjectFilter(year=period.year)):
        begins, ends = project.start or period.first, project.end or period.last
        ready = not paper.part or getattr(project, paper.part) is not None
        if ready and begins <= min(period.last, day) and ends >= period.first:
            for each in _periods(paper, period, day):
                yield replace(one, uid=project.id, period=each)


def _of_priorities(work: Work, one: One, paper: Paper, period: Period, day: date) -> Iterator[One]:
    """The business priorities that hold in the year, each with a page of its own."""
    for priority in in_order(work, period.year):
        for each in _periods(paper, period, day):
            yield replace(one, uid=priority.id, period=each)


def _of_brands(work: Work, one: One, _paper: Paper, period: Period, _day: date) -> Iterator[One]:
    """The brands that were begun by the end of the period."""
    for brand in reversed(work.every(BRAND)):
        if brand.since is None or brand.since.first <= period.last:
            yield replace(one, uid=brand.id)


def _of_rows(work: Work, one: One, paper: Paper, period: Period, _day: date) -> Iterator[One]:
    """The rows of the period, each with a print of its own."""
    if paper.ledger is not None:
        for row in keeping.oldest_first(work, paper.ledger):
            if row.within(paper.ledger, period):
                yield replace(one, uid=row.id)


def _of_ledger(work: Work, one: One, paper: Paper, period: Period, day: date) -> Iterator[One]:
    """Nothing of a ledger in which nothing was ever written."""
    if paper.ledger is not None and keeping.oldest_first(work, paper.ledger):
        yield from _of_periods(work, one, paper, period, day)


def _of_projects(work: Work, one: One, paper: Paper, period: Period, day: date) -> Iterator[One]:
    """Of the year, a paper for each group that has projects in it."""
    for each in _periods(paper, period, day):
        groups = groups_of(work, period.year) if paper.lengths else [None]
        title = one.chosen.title.removesuffix("台账")
        named = [group for group in groups if group and group == title]
        for group in named or groups:
            yield replace(one, period=each, group=group)


def _of_assessments(
    work: Work, one: One, _paper: Paper, period: Period, day: date
) -> Iterator[One]:
    """The self-checks of the period: of those that tell none, those made in it."""
    for found in work.of(ASSESSMENT).all():
        within = found.period is not None and found.period.first in period
        if within or (found.period is None and found.day in period and found.day <= day):
            yield replace(one, uid=found.id)


def _of_agreements(work: Work, one: One, _paper: Paper, period: Period, day: date) -> Iterator[One]:
    """Those whose term runs in the period."""
    for found in reversed(work.every(AGREEMENT)):
        if found.starts <= min(period.last, day) and found.ends >= period.first:
            yield replace(one, uid=found.id)


def _of_appraisals(work: Work, one: One, paper: Paper, period: Period, day: date) -> Iterator[One]:
    """Those held in the period or that rate it; of a result those that were counted."""
    for found in reversed(work.every(APPRAISAL)):
        within = found.held_on in period or found.period.first in period
        if within and found.held_on <= day and (paper.blank or found.counted):
            yield replace(one, uid=found.id)


def _of_groups(work: Work, one: One, paper: Paper, period: Period, day: date) -> Iterator[One]:
    """Of each month, a paper for each party group that there was."""
    for each in _periods(paper, period, day):
        last = day if each is None else min(each.last, day)
        for group in work.roster().on(last).groups:
            yield replace(one, period=each, group=group)


def _of_periods(_work: Work, one: One, paper: Paper, period: Period, day: date) -> Iterator[One]:
    for each in _periods(paper, period, day):
        yield replace(one, period=each)


_ONES = {
    MEETING: _of_sittings,
    PROJECT: _of_each_project,
    PROJECTS: _of_projects,
    BRAND: _of_brands,
    PRIORITY: _of_priorities,
    ROW: _of_rows,
    LEDGER: _of_ledger,
    AGREEMENT: _of_agreements,
    APPRAISAL: _of_appraisals,
    ASSESSMENT: _of_assessments,
    GROUP_MONTH: _of_groups,
}


def _periods(paper: Paper, period: Period, day: date) -> Iterator[Period | None]:
    """The period as the paper takes it: itself, its parts up to the day, or its year."""
    if not paper.lengths:
        yield None
    elif period.length in paper.lengths:
        yield period
    elif shorter := [length for length in paper.lengths if length < period.length]:
        yield from (part for part in period.split(max(shorter)) if part.first <= day)
    else:
        yield Period.around(period.first, min(paper.lengths))


def groups_of(work: Work, year: int) -> list[str | None]:
    """The groups that have projects in the year; each has a paper of its own."""
    known = categories_of(work)
    there = [known.group_of(each.category) for each in work.projects.all(ProjectFilter(year=year))]
    return [group.name for group in known.groups if group in there]
