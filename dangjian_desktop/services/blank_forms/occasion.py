"""What a form is filled for: the record it is about, the period, the day; each read once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Any

from dangjian_desktop.domain.branch import Branch
from dangjian_desktop.domain.checks.facts import Facts
from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.meetings.meeting import Meeting, MeetingFilter
from dangjian_desktop.domain.members.roll import Roll
from dangjian_desktop.domain.projects.project import ProjectFilter
from dangjian_desktop.domain.record import Declared, Record
from dangjian_desktop.domain.references import Link
from dangjian_desktop.domain.summaries.counting import cutoff, figures, sittings
from dangjian_desktop.domain.summaries.figure import Figure
from dangjian_desktop.domain.summaries.summaries import SummaryWords
from dangjian_desktop.errors import InputError
from dangjian_desktop.papers.meetings.sitting import Sitting
from dangjian_desktop.services.checks.gathering import gather, of_year
from dangjian_desktop.services.declared import all_declared
from dangjian_desktop.services.ledgers.counting import report_figures, reported_in
from dangjian_desktop.services.summaries.words import words_of
from dangjian_desktop.storage.work import Work


class Occasion:
    """One library seen for one form, valid as long as the transaction of ``work``.

    ``about`` names the record that the form is about, None the branch. Raises ``InputError``
    where there is no such record.
    """

    def __init__(self, work: Work, about: Link | None, period: Period, as_of: date) -> None:
        self.work, self.period, self.as_of = work, period, as_of
        self.about = about
        self.kind: Record | None = None if about is None else _kind(self.declared, about)
        self.record: Any = None if about is None else _record(work, about, self.kind)

    @cached_property
    def declared(self) -> Declared:
        """Every kind of record of the library."""
        return all_declared(self.work)

    @property
    def begun(self) -> bool:
        """Whether the period has begun: of a later one nothing can be known."""
        return self.period.first <= self.as_of

    @property
    def day(self) -> date:
        """数据截止日: as of this day branch and members are told."""
        return cutoff(self.period, self.as_of) if self.begun else self.as_of

    @cached_property
    def branch(self) -> Branch:
        """The branch of the day."""
        return self.work.branch.on(self.day)

    @cached_property
    def roll(self) -> Roll:
        """The roster of the day."""
        return self.work.roster().on(self.day)

    @cached_property
    def facts(self) -> Facts:
        """What figures look at: the sittings of the year and its projects."""
        wanted = ProjectFilter(year=self.period.year)
        return gather(self.work, self.as_of, of_year(self.period.year), wanted)

    @cached_property
    def figures(self) -> Mapping[str, Figure]:
        """The figures of the period, by their names in the contract."""
        told = reported_in(self.work, self.period, self.as_of)
        return figures(self.facts, self.period, report_figures(told, self.period, self.as_of))

    @cached_property
    def said(self) -> SummaryWords:
        """The user's own words for the period."""
        return words_of(self.work, self.period)

    @cached_property
    def sittings(self) -> tuple[Sitting, ...]:
        """The sittings of the period, in order of time."""
        return tuple(Sitting(m, self.facts) for m in sittings(self.facts, self.period))

    def sitting(self, meeting: Meeting) -> Sitting:
        """A meeting with the roster of its day."""
        only = MeetingFilter(first=meeting.date, last=meeting.date)
        return Sitting(meeting, gather(self.work, max(meeting.date, self.as_of), only))


def _kind(declared: Declared, about: Link) -> Record:
    if about.subject not in declared:
        raise InputError(
            f"表格所关于的“{about.subject}”不是记录的种类。",
            "请写成 project:编号、meeting:编号 或 member:编号。",
        )
    return declared[about.subject]


def _record(work: Work, about: Link, kind: Record | None) -> Any:
    found = work.of(about.subject).one(about.uid)
    if found is None or found.deleted:
        title = kind.title if kind else "记录"
        raise InputError(
            f"没有编号为 {about.uid} 的{title}。", f"请用 {about.subject} list 查看编号。"
        )
    return found
