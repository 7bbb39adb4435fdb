"""Items out of what a meeting decided or found: the sentence of the minutes, not typed again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain
from typing import Any

from dangjian_desktop.domain.fusion.priority import Priority, in_turn
from dangjian_desktop.domain.fusion.record import PRIORITY
from dangjian_desktop.domain.items.item import Item, ItemKind, Source, Step
from dangjian_desktop.domain.items.item import ItemState as State
from dangjian_desktop.domain.items.record import ITEM
from dangjian_desktop.domain.meetings.decided import decisions, findings, identified
from dangjian_desktop.domain.meetings.meeting import Action, AgendaItem, Meeting
from dangjian_desktop.domain.members.member import new_id
from dangjian_desktop.domain.members.roll import Rolls
from dangjian_desktop.domain.record import problems_of
from dangjian_desktop.domain.references import Link
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.errors import InputError, Issue
from dangjian_desktop.services.items.items import next_number
from dangjian_desktop.services.items.sources import Leading, leading, made_from, makes_items
from dangjian_desktop.services.judged import judged_day
from dangjian_desktop.services.ledgers import keeping
from dangjian_desktop.services.ledgers.catalogue import code_of, kind_of, ledger_of
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

    def from_row(self, code: str, uid: str, field: str) -> tuple[Item, bool]:
        """The problem that a field of a ledger's row tells of, registered now unless it is one
        already, and whether it is new; raises ``InputError`` for what cannot be one."""
        with self._library.changing(Topic.RECORDS) as work:
            link = Link(kind_of(code), uid, field)
            if known := made_from(work, link):
                return known[0], False
            item = _of_row(work, link, judged_day(work, self._clock().date()))
            wrong = problems_of(ITEM, item, facts_of(work, self._clock()))
            if wrong:
                issues = [Issue(f"{each.words}。", each.code, each.place) for each in wrong]
                raise InputError("不能转为问题。", "请先改正这条记录，再转为问题。", issues)
            return work.of(ITEM.code).save(item), True

    def of_row(self, code: str, uid: str) -> tuple[Leading, ...]:
        """The fields of a ledger's row that lead to items, with those they led to."""
        with self._library.reading() as work:
            return tuple(leading(work, code, uid))

    def take_back(self, tasks: Iterable[Item]) -> None:
        """Put what was just made into the bin."""
        with self._library.changing(Topic.RECORDS) as work:
            for task in tasks:
                work.of(ITEM.code).mark_deleted(task.id, reason="撤销登记")


def _of_row(work: Work, link: Link, today: date) -> Item:
    """The item that a field of a row declares; of a row without a day it is found today."""
    ledger = ledger_of(work, code_of(link.subject) or "")
    made = next((each for each in makes_items(ledger) if each.field == link.item), None)
    field = ledger.named(link.item or "")
    if made is None or field is None or field.covered:
        raise InputError(f"“{ledger.title}”的这一项不能转为问题。", "请在问题与任务中新建。")
    row = keeping.one(work, ledger, link.uid)
    words = str(row.value(made.field) or "").strip()
    if not words:
        label = ledger.label(made.field)
        raise InputError(f"“{label}”没有填写，不能转为问题。", f"请先在记录中填写“{label}”。")
    day = min(row.first_day(ledger) or today, today)
    return Item(
        id=new_id(),
        kind=ItemKind.PROBLEM,
        number=next_number(work, day.year),
        content=words,
        found_on=day,
        source=Source(made.source) if made.source else None,
        source_ref=(link,),
        due=row.value(made.due) if made.due else None,
        history=(Step(State.OPEN, day),),
    )


def to_register(meeting: Meeting) -> bool:
    """Whether a sitting decided anything, or found anything to be mended."""
    return any(True for _ in chain(decisions(meeting), findings(meeting)))


def new_items(work: Work, meeting: Meeting) -> Iterator[Item]:
    """A task for each decision, a problem with its task for each 整改事项, that is none yet; what
    was agreed without 时限 or 标准 lacks it here too. What is one stays one when it is reworded."""
    whole, known, taken = identified(meeting), set[Any](), set[str]()
    for item in work.every(ITEM.code):
        known.add(_mark(item) if item.source_key else (item.source_ref, item.content))
    problems = _registered(work, meeting)
    for item in (*_decided(work, whole), *_found(whole, work.roster(), problems)):
        if not known & {_mark(item), (item.source_ref, item.content)}:
            number = next_number(work, meeting.date.year, taken)
            taken.add(number)
            yield replace(item, number=number)


def _mark(item: Item) -> tuple[Any, ...]:
    """What tells an item of a sitting apart: a row leads to a problem and to a task."""
    return item.kind, *(link.uid for link in item.source_ref), item.source_key


def _registered(work: Work, meeting: Meeting) -> Mapping[str, str]:
    """The problems that rows of the sitting became already, by the id of the row."""
    found = made_from(work, Link(MEETING, meeting.id))
    return {item.source_key: item.id for item in found if item.kind is ItemKind.PROBLEM}


def _decided(work: Work, meeting: Meeting) -> Iterator[Item]:
    served = _priorities(work, meeting)
    for agenda, action in decisions(meeting):
        task, priority = task_of(meeting, agenda, action, ""), served.get(agenda.id)
        if priority is not None:
            task = replace(task, category=priority.name, priority=(priority.link,))
        yield task


def _priorities(work: Work, meeting: Meeting) -> Mapping[str, Priority]:
    """The business priority that an item of the agenda belongs to, by the id of the item."""
    every: Sequence[Priority] = sorted(work.every(PRIORITY.code), key=in_turn, reverse=True)
    return {
        link.item: priority
        for priority in every
        for link in priority.agenda
        if link.uid == meeting.id and link.item is not None
    }


def _found(meeting: Meeting, members: Rolls, known: Mapping[str, str]) -> Iterator[Item]:
    """Each 整改事项 as a problem, and below it its measure as a task; ``known`` are the problems
    that there are already, by the id of their row."""
    names = NameFinder([members.on(meeting.date)], members)
    for row in findings(meeting):
        told = {name: str(row.get(name) or "").strip() for name in ("problem", "measure")}
        begun = Item(
            id=known.get(row["id"]) or new_id(),
            kind=ItemKind.PROBLEM,
            content=told["problem"],
            found_on=meeting.date,
            source=Source.ORG_LIFE,
            source_ref=(Link(MEETING, meeting.id),),
            source_key=row["id"],
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
        source_key=action.id,
        responsible=action.responsible,
        due=action.due,
        standard=action.standard or "",
        department=action.checker.name if action.checker else "",
        verifier=action.checker,
        history=(Step(State.OPEN, meeting.date),),
    )
