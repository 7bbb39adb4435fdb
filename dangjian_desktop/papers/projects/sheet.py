"""One project with all that its papers need, and the words they have in common."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field
from datetime import date
from decimal import Decimal

from dangjian_desktop.documents.model import Block, Document, Layout
from dangjian_desktop.domain.amounts import number_text
from dangjian_desktop.domain.branch import Branch
from dangjian_desktop.domain.dates import Period, chinese_date
from dangjian_desktop.domain.meetings.kinds import Kinds
from dangjian_desktop.domain.meetings.meeting import Meeting
from dangjian_desktop.domain.projects.progress import finished, percent_complete, time_gone
from dangjian_desktop.domain.projects.project import Milestone, Project, Target
from dangjian_desktop.domain.references import Person
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.papers.blanks import UNKNOWN
from dangjian_desktop.papers.naming import names_of, paper_name, short_words
from dangjian_desktop.papers.stamp import Stamp

NONE = "—"
SECRETARY_PROJECT = "书记项目"
_MOST_PLACES = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectSheet:
    """A project as of ``today``, the day of the stage that a paper is about.

    ``group`` names the kind of project (书记项目, 党员项目, 党建+N). ``category`` is the word for
    its category where the record keeps a code. ``meetings`` are those linked to the project, named
    by ``kinds``.
    """

    project: Project
    branch: Branch
    stamp: Stamp
    today: date
    group: str = SECRETARY_PROJECT
    category: str = ""
    meetings: tuple[Meeting, ...] = ()
    kinds: Kinds = field(default_factory=Kinds)

    @property
    def category_words(self) -> str:
        """The category as people call it."""
        return self.category or self.project.category

    @property
    def upto(self) -> Period:
        """The month up to which values count."""
        return Period.around(self.today, 1)

    @property
    def responsible(self) -> str:
        """What the responsible person is called on the forms of the group."""
        return "支部书记" if self.group == SECRETARY_PROJECT else "项目负责人"

    def document(self, what: str, when: date | Period, layout: Layout, *blocks: Block) -> Document:
        """A paper about the project, named by branch, paper, project and day."""
        return Document(
            name=paper_name(self.branch, f"{self.group}{what}_{self.project.title}", when),
            title=f"{self.project.title}{what}",
            blocks=blocks,
            layout=layout,
            foot=self.stamp.foot,
            mark=self.stamp.mark,
            names=names_of(m.person for m in self.project.team)
            | ({self.project.number} if self.project.number else set()),
        )

    def complete_words(self, on: date | None = None) -> str:
        """完成率 by the weights of finished milestones."""
        if not self.project.milestones:
            return UNKNOWN
        return f"{percent_complete(self.project, on)}%"

    def time_words(self, on: date) -> str:
        """时序进度 as of a day."""
        gone = time_gone(self.project, on)
        return UNKNOWN if gone is None else f"{gone}%"

    def meeting_words(self, meeting: Meeting) -> str:
        """2026年3月18日党员大会（讨论……）: the topics that belong to the project."""
        items = {link.item_id for link in self.project.meetings if link.meeting_id == meeting.id}
        topics = [item.topic for item in meeting.agenda if item.id in items and item.topic]
        name = short_words(self.kinds.of(meeting.kinds))
        about = f"（{'；'.join(topics)}）" if topics else ""
        return f"{chinese_date(meeting.date)}{name}{about}"

    def evidence(self, period: Period | None = None) -> Iterator[str]:
        """佐证 up to the day (of a period where one is given): meetings, milestones; files."""
        for meeting in sorted(self.meetings, key=lambda found: found.date):
            if meeting.date <= self.today and (period is None or meeting.date in period):
                yield self.meeting_words(meeting)
        for milestone in self.project.milestones:
            done = milestone.actual
            if done is not None and done > self.today:
                continue
            if milestone.evidence and (period is None or (done is not None and done in period)):
                yield f"{milestone.what}：{milestone.evidence}"
        for file in self.project.evidence:
            yield f"{file.name}（{file.note}）" if file.note else file.name


def name_of(person: Person | None) -> str:
    """A name, or nothing, to be written by hand."""
    return "" if person is None else person.name


def day_of(day: date | None, otherwise: str = "") -> str:
    """2026年3月5日."""
    return otherwise if day is None else chinese_date(day)


def short_day(day: date | None, otherwise: str = "") -> str:
    """2026.3.5, for narrow columns."""
    return otherwise if day is None else f"{day.year}.{day.month}.{day.day}"


def span_words(project: Project, otherwise: str = "") -> str:
    """起止时间 with the extension that was granted."""
    if project.start is None and project.end is None:
        return otherwise
    words = f"{day_of(project.start, UNKNOWN)}至{day_of(project.end, UNKNOWN)}"
    last = project.last_day
    return words if last is None or last == project.end else f"{words}（延期至{day_of(last)}）"


def amount(value: Decimal | None, otherwise: str = UNKNOWN) -> str:
    """A number; what was computed with more than four places is rounded to two."""
    if value is None:
        return otherwise
    return number_text(value if value == round(value, _MOST_PLACES) else round(value, 2))


def yuan(value: Decimal | None) -> str:
    """A sum of money."""
    return UNKNOWN if value is None else f"{value:f}元"


def percent(value: Decimal | None, otherwise: str = UNKNOWN) -> str:
    """A number with the sign of per cent."""
    return otherwise if value is None else f"{value}%"


def indicator_words(target: Target) -> str:
    """The indicator with its unit and direction: 单进水平（米/月，越高越好）."""
    return target.indicator + _unit_words(target)


def indicator_lines(target: Target) -> str:
    """The same on two lines, as a narrow field has it."""
    return f"{target.indicator}\n{_unit_words(target)}"


def _unit_words(target: Target) -> str:
    inside = "，".join(part for part in (target.unit, target.direction.label) if part)
    return f"（{inside}）"


def milestone_state(milestone: Milestone, on: date) -> str:
    """按期完成, 逾期完成, 逾期12天 or 未到期, as of a day."""
    if finished(milestone, on):
        on_time = milestone.actual is not None and milestone.actual <= milestone.planned
        return "按期完成" if on_time else "逾期完成"
    days = (on - milestone.planned).days
    return f"逾期{days}天" if days > 0 else "未到期"


def actual_day(milestone: Milestone, on: date) -> str:
    """The day on which a milestone was done, nothing while it is open on the day."""
    return short_day(milestone.actual) if finished(milestone, on) else ""
