"""Projects of the branch: what is promised, done, measured and decided (书记项目)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from decimal import Decimal

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.labelled import Labelled
from dangjian_desktop.domain.references import Person
from dangjian_desktop.frozen import dataclass


class ProjectState(Labelled):
    """Where a project stands between declaration and archive."""

    DRAFT = "draft", "草稿"
    DECLARED = "declared", "申报"
    REVIEWED = "reviewed", "评审"
    APPROVED = "approved", "立项"
    RUNNING = "running", "推进"
    MIDTERM = "midterm", "中期"
    CLOSING = "closing", "结项申请"
    ACCEPTED = "accepted", "验收"
    EXTENDED = "extended", "延期"
    FAILED = "failed", "未通过"
    ARCHIVED = "archived", "归档"
    PROMOTED = "promoted", "推广"

    @property
    def over(self) -> bool:
        """Whether nothing is due any more: 验收, 未通过, 归档, 推广."""
        return self in _OVER

    @property
    def under_way(self) -> bool:
        """Whether work goes on, so that progress is due: from 立项 until 结项申请."""
        return self in _UNDER_WAY


_OVER = frozenset(
    {
        ProjectState.ACCEPTED,
        ProjectState.FAILED,
        ProjectState.ARCHIVED,
        ProjectState.PROMOTED,
    }
)
_UNDER_WAY = frozenset(
    {
        ProjectState.APPROVED,
        ProjectState.RUNNING,
        ProjectState.MIDTERM,
        ProjectState.EXTENDED,
    }
)


class Direction(Labelled):
    """Whether more or less of an indicator is better."""

    UP = "up", "越高越好"
    DOWN = "down", "越低越好"


class Counting(Labelled):
    """How the monthly values of a target become the value that is held against it."""

    LATEST = "latest", "取最近值"
    SUM = "sum", "逐月累计"
    MEAN = "mean", "逐月平均"


@dataclass(frozen=True, slots=True)
class TeamMember:
    """Somebody of the roster who carries the project, and with what task."""

    person: Person
    task: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One quantified target. ``id`` is a UUID, ``values`` are by month (``YYYY-MM``).

    ``reason`` says why there is no value, or why the target is not attained. ``counting`` says
    how the values add up; the degree of attainment is computed, never stored.
    """

    id: str
    indicator: str
    unit: str = ""
    direction: Direction = Direction.UP
    baseline: Decimal | None = None
    target: Decimal | None = None
    source: str = ""
    values: Mapping[str, Decimal] = field(default_factory=dict)
    reason: str | None = None
    counting: Counting = Counting.LATEST


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """One step (节点): its share of the whole (``weight``), when planned, when really done."""

    id: str
    what: str
    weight: Decimal
    planned: date
    actual: date | None = None
    evidence: str | None = None


@dataclass(frozen=True, slots=True)
class Fund:
    """One line of the budget, in yuan."""

    item: str
    planned: Decimal | None = None
    used: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressEntry:
    """The secretary's own words for a month (``YYYY-MM``) or a quarter (``YYYY-Qn``)."""

    period: str
    done: str = ""
    problems: str = ""
    coordination: str = ""
    next: str = ""


@dataclass(frozen=True, slots=True)
class MeetingLink:
    """A meeting that dealt with the project, perhaps in one agenda item."""

    meeting_id: str
    item_id: str | None = None


@dataclass(frozen=True, slots=True)
class EvidenceFile:
    """A file kept with the library; ``size`` in bytes, ``name`` as the user knows it."""

    uid: str
    name: str
    sha256: str
    size: int
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StateChange:
    """A decision: which state, on which day, by whom, on which paper; kept for good.

    ``until`` is the new last day that an extension (延期) grants. A change taken back stays,
    with the day and the reason of that.
    """

    state: ProjectState
    on: date
    by: str
    paper: str
    reason: str | None = None
    taken_back: bool = False
    taken_back_on: date | None = None
    taken_back_because: str | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MidtermReport:
    """中期: what is done, why it deviates, what is adjusted."""

    done: str = ""
    deviation: str = ""
    adjustment: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosingReport:
    """结项: in the secretary's words; ``acceptance`` and ``grade`` are the superior's, as told."""

    done: str = ""
    effect: str = ""
    experience: str = ""
    shortcomings: str = ""
    results: str = ""
    self_score: Decimal | None = None
    acceptance: str = ""
    grade: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """One project. ``id`` is a UUID; ``number`` is 编号.

    ``secretary`` is the one responsible person: the secretary of the branch on the day for a
    书记项目, a member for the other groups. ``stated_state`` is what an import told without
    the decisions behind it; any decision recorded stands before it.
    """

    id: str
    title: str
    category: str = ""
    secretary: Person | None = None
    assistant: Person | None = None
    phone: str = ""
    team: tuple[TeamMember, ...] = ()
    start: date | None = None
    end: date | None = None
    declared_on: date | None = None
    number: str | None = None
    background: str = ""
    problem: str = ""
    measures: tuple[str, ...] = ()
    targets: tuple[Target, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    funds: tuple[Fund, ...] = ()
    expected_effect: str = ""
    progress: tuple[ProgressEntry, ...] = ()
    meetings: tuple[MeetingLink, ...] = ()
    evidence: tuple[EvidenceFile, ...] = ()
    history: tuple[StateChange, ...] = ()
    closing: ClosingReport | None = None
    midterm: MidtermReport | None = None
    stated_state: ProjectState | None = None
    deleted: bool = False

    @property
    def standing(self) -> tuple[StateChange, ...]:
        """The decisions that were not taken back, oldest first."""
        return tuple(change for change in self.history if not change.taken_back)

    @property
    def state(self) -> ProjectState:
        """The state after the last standing decision; a draft where there is none."""
        standing = self.standing
        return standing[-1].state if standing else (self.stated_state or ProjectState.DRAFT)

    def state_on(self, day: date) -> ProjectState:
        """The state on a day, for a paper about the past; a draft before the first decision."""
        decided = [change for change in self.standing if change.on <= day]
        if decided:
            return decided[-1].state
        told = None if self.standing else self.stated_state
        return told or ProjectState.DRAFT

    @property
    def last_day(self) -> date | None:
        """The end of the period, moved by the last extension that stands."""
        granted = [change.until for change in self.standing if change.until is not None]
        return granted[-1] if granted else self.end

    @property
    def year(self) -> int | None:
        """The year under which it is listed: that of its start, else of its declaration."""
        day = self.start or self.declared_on
        return None if day is None else day.year

    @property
    def reference_day(self) -> date | None:
        """The day whose roster counts for its people: declaration, else start."""
        return self.declared_on or self.start

    def months(self) -> tuple[str, ...]:
        """The months of its period as ``YYYY-MM``; none while a border is missing."""
        last = self.last_day
        if self.start is None or last is None:
            return ()
        found, month = [], Period(self.start.year, self.start.month, 1)
        while month.first <= last:
            found.append(str(month))
            month = month.next()
        return tuple(found)

    def entry(self, period: Period | str) -> ProgressEntry | None:
        """The progress written for exactly this month or quarter."""
        return next((e for e in self.progress if e.period == str(period)), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectFilter:
    """Which projects are wanted; everything left out narrows nothing.

    ``year`` means a project whose period touches the year; ``categories`` are those of a group.
    """

    year: int | None = None
    category: str | None = None
    categories: tuple[str, ...] = ()
    state: ProjectState | None = None
    text: str = ""
    deleted: bool = False
