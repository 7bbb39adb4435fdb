"""One business priority in a period: what was planned, ordered and measured together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from datetime import date

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.fusion.indicator import Measured
from dangjian_desktop.domain.fusion.priority import Priority
from dangjian_desktop.domain.items.item import Item, ItemKind
from dangjian_desktop.domain.meetings.meeting import AgendaItem, Meeting
from dangjian_desktop.domain.projects.listing import ProjectRow
from dangjian_desktop.domain.projects.progress import contradicts
from dangjian_desktop.domain.references import Link, Person
from dangjian_desktop.frozen import dataclass

PRIORITY, INDICATOR, MEETING, ITEM = "priority", "indicator", "meeting", "item"


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """同谋划: an item of an agenda (a whole sitting where none is told), and its day."""

    meeting: Meeting
    item: AgendaItem | None = None

    @property
    def topic(self) -> str:
        """What was dealt with."""
        return self.meeting.title if self.item is None else self.item.topic

    @property
    def link(self) -> Link:
        """The item in its meeting."""
        return Link(MEETING, self.meeting.id, None if self.item is None else self.item.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ordered:
    """同部署: a task, who carries it and until when; ``place`` and ``uid`` say where it is kept,
    ``source`` is the item of an agenda that it comes from."""

    text: str
    person: Person | None
    due: date | None
    place: str
    uid: str
    state: str = ""
    source: Link | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """What lacks, as a sentence, and where it is mended: the word on the button, the place."""

    words: str
    act: str
    place: str
    uid: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FusionPage:
    """A priority in a period as of its end, or of today while it runs."""

    priority: Priority
    period: Period
    planned: tuple[Planned, ...]
    ordered: tuple[Ordered, ...]
    measured: tuple[Measured, ...]
    projects: tuple[ProjectRow, ...]
    gaps: tuple[Gap, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFacts:
    """What the pages of a period are made of: its meetings by id, the indicators of its year.
    ``sittings`` are the items of meetings that projects are linked to, by project."""

    period: Period
    meetings: Mapping[str, Meeting]
    projects: Mapping[str, ProjectRow]
    sittings: Mapping[str, Sequence[Link]]
    measured: Sequence[Measured]
    tasks: Sequence[Item] = ()


def page_of(priority: Priority, facts: PageFacts) -> FusionPage:
    """What belongs to the priority in the period."""
    linked = [row for link in priority.projects if (row := facts.projects.get(link.uid))]
    studied = (link for row in linked for link in facts.sittings.get(row.id, ()))
    links = tuple(dict.fromkeys((*priority.agenda, *studied)))
    planned = tuple(_planned(links, facts))
    ordered = tuple(_ordered({priority.link, *links}, planned, facts))
    measured = tuple(m for m in facts.measured if priority.named(m.indicator.priority))
    gaps = (*_empty(priority, planned, ordered, measured), *_lacking(measured, facts.period))
    return FusionPage(
        priority=priority,
        period=facts.period,
        planned=planned,
        ordered=ordered,
        measured=measured,
        projects=tuple(row for row in linked if row.touches(facts.period)),
        gaps=gaps,
    )


def _planned(links: Iterable[Link], facts: PageFacts) -> Iterator[Planned]:
    """Those of the items that were dealt with in the period, the oldest first."""
    found = []
    for link in links:
        meeting = facts.meetings.get(link.uid)
        if meeting is not None and meeting.date in facts.period and not meeting.deleted:
            each = next((i for i in meeting.agenda if i.id == link.item), None)
            if link.item is None or each is not None:
                found.append(Planned(meeting=meeting, item=each))
    order = {item.id: n for m in facts.meetings.values() for n, item in enumerate(m.agenda)}
    yield from sorted(
        found,
        key=lambda p: (p.meeting.date, p.meeting.id, -1 if p.item is None else order[p.item.id]),
    )


def _ordered(links: Set[Link], planned: Sequence[Planned], facts: PageFacts) -> Iterator[Ordered]:
    """Its tasks and what was agreed under its items and is no task yet, as they are due."""
    tasks = [task for task in facts.tasks if _belongs(task, links, facts.period)]
    # A decision that became a task is told once: by the task, whatever its words became.
    told = {(link, t.source_key or t.content) for t in tasks for link in t.source_ref}
    orders = [order for each in planned for order in _actions(each, told)]
    orders += map(_task, tasks)
    yield from sorted(orders, key=lambda order: (order.due or date.max, order.text))


def _task(task: Item) -> Ordered:
    return Ordered(
        text=task.content,
        person=task.responsible,
        due=task.due,
        place=ITEM,
        uid=task.id,
        state=task.state.label,
        source=next(iter(task.source_ref), None),
    )


def _belongs(task: Item, links: Set[Link], period: Period) -> bool:
    """A task that is linked to it or comes from one of its items, whenever that was dealt with,
    and was open in the period."""
    if task.kind is not ItemKind.TASK or task.deleted:
        return False
    if links.isdisjoint((*task.priority, *task.source_ref)):
        return False
    ended = task.closed_on
    return task.found_on <= period.last and (ended is None or ended >= period.first)


def _actions(planned: Planned, told: Set[tuple[Link, str]]) -> Iterator[Ordered]:
    """What was agreed under an item and is not told yet."""
    for action in () if planned.item is None else planned.item.actions:
        if {(planned.link, action.id), (planned.link, action.what)} & told:
            continue
        yield Ordered(
            text=action.what,
            person=action.responsible,
            due=action.due,
            place="meetings",
            uid=planned.meeting.id,
            source=planned.link,
        )


def _empty(
    priority: Priority,
    planned: Sequence[Planned],
    ordered: Sequence[Ordered],
    measured: Sequence[Measured],
) -> Iterator[Gap]:
    """The columns in which nothing stands, and tasks that nobody carries or that have no day."""
    edit = f"edit/{priority.id}"
    if not planned:
        words = "同谋划：没有选定研究过的议题。"
        yield Gap(words=words, act="选择议题", place=PRIORITY, uid=edit)
    if not ordered:
        words = "同部署：没有任务。"
        new = f"new/task/{PRIORITY}/{priority.id}"
        yield Gap(words=words, act="登记任务", place=ITEM, uid=new)
    for task in ordered:
        lacking = [
            word for word, told in (("责任人", task.person), ("完成时限", task.due)) if told is None
        ]
        if lacking:
            words = f"同部署：“{task.text}”没有{'和'.join(lacking)}。"
            yield Gap(words=words, act="补充", place=task.place, uid=task.uid)
    if not measured:
        words = "同考核：没有指标。"
        new = f"new/{priority.name}"
        yield Gap(words=words, act="新建指标", place=INDICATOR, uid=new)


def _lacking(measured: Iterable[Measured], period: Period) -> Iterator[Gap]:
    """What the indicators lack: what they are held against, a value in the period."""
    months = {str(month) for month in period.split(1)}
    for each in measured:
        name, target = each.whole.name, each.target
        edit = f"edit/{each.indicator.id}"
        if each.lost:
            words = f"同考核：指标“{name}”所关联的项目指标已不在。"
            yield Gap(words=words, act="编辑指标", place=INDICATOR, uid=edit)
            continue
        told = (("基准", target.baseline), ("目标值", target.target), ("数据来源", target.source))
        blank = [word for word, value in told if value in (None, "")]
        where = (INDICATOR, edit)
        if each.indicator.link is not None:
            where = ("projects", each.indicator.link.uid)
        if blank:
            words = f"同考核：指标“{name}”没有{'、'.join(blank)}。"
            yield Gap(words=words, act="补充", place=where[0], uid=where[1])
        if contradicts(target):
            words = f"同考核：指标“{name}”写明{target.direction.label}，目标值却比基准差。"
            yield Gap(words=words, act="核对", place=where[0], uid=where[1])
        if not months & target.values.keys():
            words = f"同考核：指标“{name}”{period.label}没有数值。"
            uid = f"months/{period.year}"
            yield Gap(words=words, act="填写数值", place=INDICATOR, uid=uid)
