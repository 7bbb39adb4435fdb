"""Items out of what a meeting decided or found: the sentence of the minutes, not typed again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from dangjian_desktop.domain.items.item import Item, ItemKind, Source, Step
from dangjian_desktop.domain.items.item import ItemState as State
from dangjian_desktop.domain.items.record import ITEM
from dangjian_desktop.domain.meetings.kinds import RECTIFICATION
from dangjian_desktop.domain.meetings.meeting import Action, AgendaItem, Meeting
from dangjian_desktop.domain.members.member import new_id
from dangjian_desktop.domain.members.roll import Rolls
from dangjian_desktop.domain.record import problems_of
from dangjian_desktop.domain.references import Link
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.errors import InputError, Issue
from dangjian_desktop.services.items.items import next_number
from dangjian_desktop.services.of_library import OfLibrary
from dangjian_desktop.services.records.declaring import facts_of
from dangjian_desktop.services.records.names import NameFinder
from dangjian_desktop.storage.work import Work

MEETING = "meeting"


class ItemMaking(OfLibrary):
    """Makes the items that other records lead to."""

    def from_meeting(self, uid: str) -> tuple[Item, ...]:
        """Register every decision of a meeting that is no task yet; raises ``InputError`` with all
        that cannot be one."""
        with self._library.changing(Topic.RECORDS) as work:
            meeting = work.meetings.one(uid)
            if meeting is None or meeting.deleted:
                raise InputError("这次会议已不在，没有登记任务。", "请刷新列表后再试。")
            made = [*new_items(work, meeting)]
            facts = facts_of(work, self._clock())
            issues = [
                Issue(f"“{task.content}”：{problem.words}。", problem.code, problem.place)
                for task in made
                for problem in problems_of(ITEM, task, facts)
            ]
            if issues:
                remedy = "请先在会议记录中改正议定事项，再登记任务。没有登记任何一项。"
                raise InputError("议定事项不能登记为任务。", remedy, issues)
            for task in made:
                work.of(ITEM.code).save(task)
            return tuple(made)

    def take_back(self, tasks: Iterable[Item]) -> None:
        """Put what was just made into the bin."""
        with self._library.changing(Topic.RECORDS) as work:
            for task in tasks:
                work.of(ITEM.code).mark_deleted(task.id, reason="撤销登记")


def decisions(meeting: Meeting) -> Iterator[tuple[AgendaItem, Action]]:
    """Everything agreed, with the item of the agenda under which it was."""
    return ((item, action) for item in meeting.agenda for action in item.actions)


def to_register(meeting: Meeting) -> bool:
    """Whether a sitting decided anything, or found anything to be mended."""
    return any(True for _ in decisions(meeting)) or bool(meeting.details.get(RECTIFICATION))


def new_items(work: Work, meeting: Meeting) -> Iterator[Item]:
    """A task for each decision, a problem with its task for each 整改事项, that is none yet; what
    was agreed without 时限 or 标准 lacks it here too."""
    every = work.every(ITEM.code)
    known = {(item.source_ref, item.content) for item in every}
    taken: set[str] = set()
    for item in (*_decided(meeting), *_found(meeting, work.roster())):
        if (item.source_ref, item.content) not in known:
            number = next_number(work, meeting.date.year, taken)
            taken.add(number)
            yield replace(item, number=number)


def _decided(meeting: Meeting) -> Iterator[Item]:
    return (task_of(meeting, agenda, action, "") for agenda, action in decisions(meeting))


def _found(meeting: Meeting, members: Rolls) -> Iterator[Item]:
    """Each 整改事项 as a problem, and below it its measure as a task."""
    names = NameFinder([members.on(meeting.date)], members)
    for row in meeting.details.get(RECTIFICATION) or ():
        told = {name: str(row.get(name) or "").strip() for name in ("problem", "measure")}
        begun = Item(
            id=new_id(),
            kind=ItemKind.PROBLEM,
            content=told["problem"],
            found_on=meeting.date,
            source=Source.ORG_LIFE,
            source_ref=(Link(MEETING, meeting.id),),
            history=(Step(State.OPEN, meeting.date),),
        )
        if told["problem"]:
            yield begun
        if told["measure"]:
            yield replace(
                begun,
                id=new_id(),
                kind=ItemKind.TASK,
                content=told["measure"],
                problem=(Link(ITEM.code, begun.id),) if told["problem"] else (),
                responsible=names.anyone(row["responsible"]) if row.get("responsible") else None,
                due=date.fromisoformat(row["due"]) if row.get("due") else None,
            )


def task_of(meeting: Meeting, agenda: AgendaItem, action: Action, number: str) -> Item:
    """The task that a decision is; who was to check it is the 考核部门 and verifies it."""
    return Item(
        id=new_id(),
        kind=ItemKind.TASK,
        number=number,
        content=action.what,
        found_on=meeting.date,
        source=Source.MEETING,
        source_ref=(Link(MEETING, meeting.id, agenda.id),),
        responsible=action.responsible,
        due=action.due,
        standard=action.standard or "",
        department=action.checker.name if action.checker else "",
        verifier=action.checker,
        history=(Step(State.OPEN, meeting.date),),
    )
