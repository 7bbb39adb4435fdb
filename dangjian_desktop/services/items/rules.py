"""What an item cannot be beside the other records of its library."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from dangjian_desktop.domain.items.item import ENDING, Item, ItemKind, lacking_fields
from dangjian_desktop.domain.items.record import ITEM
from dangjian_desktop.domain.record import Problem
from dangjian_desktop.domain.references import Link
from dangjian_desktop.storage.work import Work


def own_tasks(items: Iterable[Item]) -> Mapping[str, Sequence[Item]]:
    """The tasks of each problem, by its id."""
    found: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        for link in item.problem:
            found[link.uid].append(item)
    return found


def problems_of_items(work: Work) -> frozenset[str]:
    """The ids of the problems, which a task may belong to."""
    return frozenset(i.id for i in work.every(ITEM.code) if i.kind is ItemKind.PROBLEM)


def item_clashes(work: Work, item: Item) -> Iterator[Problem]:
    """Another item's number, a task of what is no problem, a source that lies in the bin. What
    stood there already stays as it is, what came along with it is not known yet."""
    stored = work.of(ITEM.code).one(item.id)
    if item.number and (stored is None or stored.number != item.number):
        other = next((o for o in work.every(ITEM.code) if o.number == item.number), None)
        if other is not None and other.id != item.id:
            yield Problem("number", f"登记号{item.number}已用于“{other.content}”，请改用其他号")
    if stored is None or stored.problem != item.problem:
        yield from _of_problem(work, item)
    if stored is None or stored.source_ref != item.source_ref:
        yield from _of_source(work, item)


def ending_clashes(work: Work, item: Item, along: Sequence[Item] = ()) -> Iterator[Problem]:
    """A problem that comes to its end before its tasks, as they will be with what comes along."""
    stored = work.of(ITEM.code).one(item.id)
    if stored is None or stored.state is not item.state:
        yield from _going_tasks(work, item, along)


def problem_clashes(work: Work, item: Item) -> Iterator[Problem]:
    """A problem is closed by its tasks, or where it has none by its own 四个明确."""
    if item.kind is not ItemKind.PROBLEM or item.state not in ENDING:
        return
    going = [*_going_tasks(work, item)]
    yield from going
    if not going and not tasks_of(work, item) and lacking_fields(item):
        words = "这个问题还没有任务，也没有四个明确，请先添加任务，或在问题中写明四个明确"
        yield Problem("state", words)


def tasks_of(work: Work, problem: Item) -> Sequence[Item]:
    """The tasks that are to mend a problem."""
    return own_tasks(work.every(ITEM.code)).get(problem.id, ())


def _going_tasks(work: Work, item: Item, along: Sequence[Item] = ()) -> Iterator[Problem]:
    if item.kind is ItemKind.PROBLEM and item.state in ENDING:
        coming = {each.id: each for each in along}
        going = sum(not coming.get(task.id, task).closed for task in tasks_of(work, item))
        if going:
            yield Problem("state", f"这个问题还有{going}项任务没有销号，请先办结")


def found_later(work: Work, links: Iterable[Link], day: date) -> Iterator[Problem]:
    """What of the items that a 责任状 names nobody had found or decided yet on the day that it is
    signed."""
    for item in work.of(ITEM.code).get(link.uid for link in links).values():
        if not item.deleted and item.found_on > day:
            said = f"责任事项“{item.content}”是{item.found_on}提出的"
            yield Problem("items", f"{said}，晚于签订日期，请去掉这一项或改签订日期")


def _of_problem(work: Work, item: Item) -> Iterator[Problem]:
    for link in item.problem:
        problem = work.of(ITEM.code).one(link.uid)
        if problem is not None and problem.kind is not ItemKind.PROBLEM:
            yield Problem("problem", "所选的不是问题，请选择列入“问题”的事项")
        elif problem is not None and problem.deleted:
            yield Problem("problem", "所选的问题在回收站中，请先恢复，或改选其他问题")


def _of_source(work: Work, item: Item) -> Iterator[Problem]:
    for link in item.source_ref:
        source = work.of(link.subject).one(link.uid)
        if source is not None and source.deleted:
            words = "来源记录在回收站中，请先到“设置→回收站”恢复，或不填来源记录"
            yield Problem("source_ref", words)
