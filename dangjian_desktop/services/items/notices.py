"""What is to be said of one item beside what stands in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dangjian_desktop.domain.items.item import Item, ItemKind, ItemState, late, verifies_itself
from dangjian_desktop.domain.items.listing import asked_gaps
from dangjian_desktop.domain.items.record import ITEM
from dangjian_desktop.domain.meetings.record import MEETING
from dangjian_desktop.domain.references import Person
from dangjian_desktop.services.items.rules import tasks_of
from dangjian_desktop.services.items.sources import origin_of
from dangjian_desktop.storage.work import Work

_WHY = "没有其他人可以核查的（例如支部不设委员会），在“编辑”中写明原因。"
_SAME = f"核查人与责任人相同，请另定核查人；{_WHY}"
_SAME_CLOSED = f"核查销号的人就是责任人，可以重新挂号，改由其他人核查；{_WHY}"


def notices(work: Work, item: Item, today: date) -> Iterator[str]:
    """Sentences, each with what to do; of what is closed only that nobody
    else verified it and that its tasks go on."""
    if verifies_itself(item) and not item.same_because:
        yield _SAME_CLOSED if item.closed else _SAME
    if item.closed:
        yield from _goes_on(work, item)
        return
    if days := late(item, today):
        yield f"已逾期{days}天。"
    if found := asked_gaps(item):
        yield f"四个明确缺{len(found)}项：{'、'.join(found)}。销号前请在“编辑”中写明。"
    if item.kind is ItemKind.PROBLEM:
        yield from _of_tasks(work, item)
    for label, person in (("责任人", item.responsible), ("责任领导", item.leader)):
        if person is not None and _left(work, person, today):
            yield f"{label}{person.name}已不是本支部党员，请在“编辑”中明确新的{label}。"
    yield from _of_problem(work, item)
    yield from _of_source(work, item)


def _goes_on(work: Work, item: Item) -> Iterator[str]:
    going = sum(not task.closed for task in tasks_of(work, item))
    if going:
        yield f"这个问题已销号，但还有{going}项任务没有销号，请办结任务，或把问题重新挂号。"


def _of_problem(work: Work, item: Item) -> Iterator[str]:
    for link in item.problem:
        problem = work.of(ITEM.code).one(link.uid)
        if problem is None or problem.deleted:
            yield "所属问题已不在（在回收站中，或已彻底删除），任务仍照常办理。"
        elif problem.closed:
            yield "所属问题已销号，请把问题也重新挂号，或办结这项任务。"


def _of_tasks(work: Work, item: Item) -> Iterator[str]:
    tasks = tasks_of(work, item)
    going = [task for task in tasks if not task.closed]
    if not tasks:
        yield "还没有任务，请用“添加任务”写明措施、责任人和时限。"
    elif not going and item.state is not ItemState.REQUESTED:
        yield "任务已全部销号，这个问题可以申请销号。"


def _left(work: Work, person: Person, today: date) -> bool:
    if person.member_id is None:
        return False
    return person.member_id not in work.roster().on(today).by_id


def _of_source(work: Work, item: Item) -> Iterator[str]:
    """What the item was made from says something else now, or is gone."""
    for link in item.source_ref:
        source = work.of(link.subject).one(link.uid)
        if source is None or source.deleted:
            yield "来源记录已不在（在回收站中，或已彻底删除），事项的内容不受影响。"
            return
    origin = origin_of(work, item)
    if origin.known and origin.words is None:
        yield "来源记录中已没有这一项（可能删去了），请核对。"
    elif origin.words is not None and origin.differs(item):
        yield (
            f"来源记录中这一项已改为“{origin.words.strip()}”，与事项不一致，请核对；"
            "以改后的为准的，请用“采用改后的文字”。"
        )
    elif not origin.known:
        yield from _without_key(work, item)


def _without_key(work: Work, item: Item) -> Iterator[str]:
    """Of what was made from a sitting by hand nothing but the words can be looked for."""
    for link in item.source_ref:
        if link.item is not None and link.subject == MEETING.code:
            meeting = work.meetings.one(link.uid)
            agenda = meeting.agenda if meeting is not None else ()
            said = {a.what for each in agenda if each.id == link.item for a in each.actions}
            if item.content not in said:
                yield "会议记录中已没有这句议定事项（可能改过），请核对，两处应当一致。"
