"""A tracked item: a problem, a task or a standing duty, and what cannot be in one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from dangjian_desktop.domain.labelled import Labelled
from dangjian_desktop.domain.record import Facts, Problem
from dangjian_desktop.domain.references import KeptFile, Link, Person
from dangjian_desktop.domain.sparse import sparse
from dangjian_desktop.domain.texts import normal_name
from dangjian_desktop.frozen import dataclass


class ItemKind(Labelled):
    """What an item is; a duty stands for ever, is reported half-yearly and never closed."""

    PROBLEM = "problem", "问题"
    TASK = "task", "任务"
    DUTY = "duty", "责任"


class ItemState(Labelled):
    """Where an item stands between 挂号 and 销号; 逾期 is a mark beside it, no state."""

    OPEN = "open", "已挂号"
    DOING = "doing", "办理中"
    REQUESTED = "close_requested", "待核查"
    RETURNED = "returned", "退回办理"
    CLOSED = "closed", "已销号"


ENDING = (ItemState.REQUESTED, ItemState.CLOSED)
NEXT: Mapping[ItemState, tuple[ItemState, ...]] = {
    ItemState.OPEN: (ItemState.DOING, ItemState.REQUESTED),
    ItemState.DOING: (ItemState.REQUESTED,),
    ItemState.REQUESTED: (ItemState.CLOSED, ItemState.RETURNED),
    ItemState.RETURNED: (ItemState.REQUESTED,),
    ItemState.CLOSED: (ItemState.OPEN,),
}
"""What may follow each state; from 已销号 only 重新挂号."""


class Source(Labelled):
    """Where an item comes from."""

    MEETING = "meeting", "会议议定"
    INSPECTION = "inspection", "监督检查"
    SELF_CHECK = "self_check", "自查"
    ORG_LIFE = "org_life", "组织生活会"
    SUPERIOR = "superior", "上级部署"
    TALK = "talk", "谈心谈话"
    YEARLY = "yearly", "年度重点"
    OTHER = "other", "其他"


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What was done by a day, and who said so."""

    on: date
    by: Person | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """A change of state; ``note`` is why something went back or began anew, ``was_due`` the
    完成时限 that a 重新挂号 found."""

    state: ItemState
    on: date
    by: Person | None = None
    note: str = ""
    was_due: date | None = sparse(None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """``content`` is the sentence as it was decided or found, and stands so on every paper.

    ``source_ref``, ``problem`` and ``priority`` are one link or none: what it comes from, the
    problem that the task is to mend, the business priority that it serves. ``due``,
    ``responsible``, ``standard`` and ``department`` are the 四个明确. ``source_key`` is the id of
    the decision or row of its source that it was made from, whatever the words became.
    ``same_because`` says why who carries it also verifies it. ``history`` are all steps.
    """

    id: str
    kind: ItemKind
    content: str
    found_on: date
    number: str = ""
    source: Source | None = None
    source_ref: tuple[Link, ...] = ()
    problem: tuple[Link, ...] = ()
    category: str = ""
    priority: tuple[Link, ...] = sparse(())
    measure: str = ""
    leader: Person | None = None
    responsible: Person | None = None
    due: date | None = None
    standard: str = ""
    department: str = ""
    verifier: Person | None = None
    same_because: str = ""
    source_key: str = sparse("")
    state: ItemState = ItemState.OPEN
    follow_ups: tuple[FollowUp, ...] = ()
    evidence: str = ""
    files: tuple[KeptFile, ...] = ()
    no_evidence_because: str = ""
    history: tuple[Step, ...] = ()
    deleted: bool = False

    @property
    def closed(self) -> bool:
        """Whether it is 已销号."""
        return self.state is ItemState.CLOSED

    def carried_by(self, person: Person | None) -> bool:
        """Whether this is who is responsible for it."""
        mine = self.responsible
        if person is None or mine is None:
            return False
        if person.member_id and mine.member_id:
            return person.member_id == mine.member_id
        return normal_name(person.name) == normal_name(mine.name)

    @property
    def handed_in(self) -> bool:
        """Whether the work is done as far as who carries it is concerned: 待核查, 已销号."""
        return self.state in ENDING

    @property
    def closed_on(self) -> date | None:
        """The day of its 销号; None where it is not closed, or nobody wrote the day down."""
        return self.history[-1].on if self.closed and self.history else None


ONE = ("source_ref", "problem", "priority")
"""Links of which there is one or none."""
FOUR = {
    "due": "完成时限",
    "responsible": "责任主体",
    "standard": "工作标准",
    "department": "考核部门",
}
"""四个明确, by field."""


def lacking_fields(item: Item) -> tuple[str, ...]:
    """The fields of the 四个明确 in which nothing stands yet; a duty is asked for no day."""
    asked = [name for name in FOUR if name != "due" or item.kind is not ItemKind.DUTY]
    return tuple(name for name in asked if not getattr(item, name))


def gaps(item: Item) -> tuple[str, ...]:
    """What of the 四个明确 lacks, in words."""
    return tuple(FOUR[name] for name in lacking_fields(item))


def late(item: Item, today: date) -> int:
    """Days by which it is overdue; 0 where it is closed or its day has not passed. What waits for
    who verifies it is as late as it was handed in."""
    if item.closed or item.due is None:
        return 0
    waiting = item.state is ItemState.REQUESTED and item.history
    return max(0, ((item.history[-1].on if waiting else today) - item.due).days)


def verifies_itself(item: Item) -> bool:
    """核查人 = 责任人; of what is closed also where who carried it closed it."""
    who = [item.verifier, item.history[-1].by if item.closed and item.history else None]
    return any(map(item.carried_by, who))


def item_problems(item: Item, facts: Facts) -> Iterator[Problem]:
    """A day before the item, a 销号 without what it takes, somebody who was no member by then."""
    yield from _days(item, facts.today)
    yield from _steps(item, facts.today)
    if item.state in ENDING:
        yield from ending_problems(item)
    if item.history and item.history[-1].state is not item.state:
        yield Problem("state", "与办理过程的最后一步不一致")
    yield from _replaced(item)
    if item.problem and item.kind is not ItemKind.TASK:
        yield Problem("problem", "只有任务可以属于一个问题")
    for name in ONE:
        if len(getattr(item, name)) > 1:
            yield Problem(name, "只能选一条记录")
    for name in ("leader", "responsible", "verifier"):
        person = getattr(item, name)
        if person is not None and left_before(person, item.found_on, facts):
            words = f"{person.name}在{item.found_on}已不是本支部党员，请填写现在负责的人"
            yield Problem(name, words)


def ending_problems(item: Item) -> Iterator[Problem]:
    """What 申请销号 and 销号 still lack: the 四个明确 of a task, evidence or why there is none."""
    if item.kind is ItemKind.DUTY:
        yield Problem("state", "常态责任只按时报告，不销号")
        return
    if item.kind is ItemKind.TASK:
        for name in lacking_fields(item):
            yield Problem(name, f"销号前请明确{FOUR[name]}")
    if not (item.evidence or item.files or item.no_evidence_because):
        words = "销号要有佐证材料；没有书面佐证的，请填写无书面佐证的原因"
        yield Problem("evidence", words)


def left_before(person: Person, day: date, facts: Facts) -> bool:
    """Whether who is named was a member of the branch once, and no longer on that day."""
    roll = facts.roll(day)
    wanted = normal_name(person.name)
    if person.member_id in roll.by_id or any(normal_name(m.name) == wanted for m in roll.members):
        return False
    known = (m for m in facts.members if normal_name(m.name) == wanted)
    return any(person.member_id in (None, member.id) for member in known)


def _days(item: Item, today: date) -> Iterator[Problem]:
    if item.found_on > today:
        yield Problem("found_on", "提出日期在今天以后")
    if item.due is not None and item.due < item.found_on:
        yield Problem("due", f"完成时限早于提出日期（{item.found_on}）")
    for number, each in enumerate(item.follow_ups):
        if each.on > today:
            yield Problem(f"follow_ups.{number}.on", "办理情况的日期在今天以后")
        elif each.on < item.found_on:
            yield Problem(f"follow_ups.{number}.on", "办理情况的日期早于提出日期")


def _steps(item: Item, today: date) -> Iterator[Problem]:
    """Steps that cannot have followed each other. The first ones may lack: of what was followed
    on paper before, often no more than the last day is known."""
    before, day = None, item.found_on
    for number, step in enumerate(item.history):
        place, words = f"history.{number}", f"办理过程第{number + 1}步“{step.state.label}”"
        if step.on > today:
            yield Problem(f"{place}.on", f"{words}的日期在今天以后")
        elif step.on < day:
            told = "上一步" if number else "提出日期"
            yield Problem(f"{place}.on", f"{words}的日期早于{told}（{day}）")
        if before is not None and step.state not in NEXT[before]:
            told = f"不能接在“{before.label}”之后，请补上中间的步骤"
            yield Problem(f"{place}.state", f"{words}{told}")
        before, day = step.state, max(day, step.on)


def _replaced(item: Item) -> Iterator[Problem]:
    for number, step in enumerate(item.history):
        if step.was_due is not None and not (number and step.state is ItemState.OPEN):
            yield Problem(f"history.{number}.was_due", "只有重新挂号的一步才有原完成时限")
