"""Items of one library: lists, steps from 挂号 to 销号, follow-ups of several at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from dangjian_desktop.domain.items.duty import reported
from dangjian_desktop.domain.items.item import FollowUp, Item, ItemKind, ItemState, late
from dangjian_desktop.domain.items.listing import ItemFilter, asked_gaps, chosen, people_of
from dangjian_desktop.domain.items.record import ITEM
from dangjian_desktop.domain.items.steps import Asked, followed, step_problems, stepped
from dangjian_desktop.domain.record import Problem, problems_of
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.errors import InputError, Issue
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.services.items.lists import SETTING, list_titles
from dangjian_desktop.services.items.notices import notices
from dangjian_desktop.services.items.rules import own_tasks, problem_clashes
from dangjian_desktop.services.items.sources import origin_of
from dangjian_desktop.services.judged import judged_day
from dangjian_desktop.services.of_library import OfLibrary
from dangjian_desktop.services.records.declaring import facts_of
from dangjian_desktop.storage.stored import StoredFilter
from dangjian_desktop.storage.work import Work

_REMEDY = "请按提示改正后再试，没有改动任何事项。"

Problems = Callable[[Item, date], Iterable[Problem]]
Change = Callable[[Item], Item]


@dataclass(frozen=True, slots=True)
class ItemRow:
    """An item as a list shows it on a day; ``tasks`` and ``open_tasks`` are those of a problem."""

    item: Item
    today: date
    tasks: int = 0
    open_tasks: int = 0

    @property
    def late(self) -> int:
        """Days by which it is overdue."""
        return late(self.item, self.today)

    @property
    def state(self) -> str:
        """办理中 · 逾期12天."""
        word = self.item.state.label
        return f"{word} · 逾期{self.late}天" if self.late else word

    @property
    def gaps(self) -> str:
        """缺2项; of a problem how many of its tasks are left, of a duty whether it is reported."""
        if self.item.kind is ItemKind.PROBLEM:
            left = f"{self.open_tasks}项任务未销号" if self.open_tasks else "任务均已销号"
            return left if self.tasks else "没有任务"
        found = asked_gaps(self.item)
        told = f"缺{len(found)}项" if found else "齐全"
        if self.item.kind is ItemKind.DUTY:
            half = "已报告" if reported(self.item, self.today) else "未报告"
            return f"本半年{half}" + (f" · {told}" if found else "")
        return told


@dataclass(frozen=True, slots=True)
class ItemSheet:
    """What the card of an item says beside its fields; ``tasks`` are those of a problem, and
    ``reworded`` is it where its source says something else by now."""

    row: ItemRow
    notices: tuple[str, ...]
    tasks: tuple[Item, ...]
    reworded: bool = False


class ItemService(OfLibrary):
    """Asks about and works on the items of one library; ``clock`` tells the present time."""

    def day(self) -> date:
        """The day as of which is told: today; the end of its year in the sample."""
        with self._library.reading() as work:
            return judged_day(work, self._clock().date())

    def listed(self, wanted: ItemFilter, text: str = "") -> Mapping[str, ItemRow]:
        """The rows of those that fit, in the order of the list."""
        with self._library.reading() as work:
            day = judged_day(work, self._clock().date())
            if text:
                found = work.of(ITEM.code).ids(StoredFilter(text=text))
                wanted = replace(wanted, ids=frozenset(found))
            every = work.every(ITEM.code)
            return _rows(chosen(every, wanted, day), every, day)

    def rows(self, ids: Sequence[str]) -> Mapping[str, ItemRow]:
        """These items, also from the bin."""
        with self._library.reading() as work:
            day = judged_day(work, self._clock().date())
            found = work.of(ITEM.code).get(ids)
            return _rows(found.values(), work.every(ITEM.code), day)

    def sheet(self, uid: str) -> ItemSheet | None:
        """One item for its card; nothing where it is gone."""
        with self._library.reading() as work:
            day = judged_day(work, self._clock().date())
            item = work.of(ITEM.code).one(uid)
            if item is None or item.deleted:
                return None
            every = work.every(ITEM.code)
            row = _rows([item], every, day)[uid]
            tasks = tuple(own_tasks(every).get(uid, ()))
            reworded = not item.closed and origin_of(work, item).differs(item)
            return ItemSheet(row, tuple(notices(work, item, day)), tasks, reworded)

    def people(self) -> tuple[str, ...]:
        """Everybody who ever carried an item, those with most that are not closed first."""
        with self._library.reading() as work:
            every: Sequence[Item] = work.every(ITEM.code)
        going: Counter[str] = Counter()
        for item in every:
            going.update(dict.fromkeys(people_of(item), int(not item.closed)))
        return tuple(sorted(going, key=lambda name: (-going[name], name)))

    def left_words(self, uids: Collection[str]) -> str:
        """What is to be said of the items that stay when these records go: that were made from
        them, or are to mend these problems, and are not closed."""
        with self._library.reading() as work:
            every: Sequence[Item] = work.every(ITEM.code)
        left = sum(
            not item.closed
            and item.id not in uids
            and any(link.uid in uids for link in (*item.source_ref, *item.problem))
            for item in every
        )
        return f"；由此而来的{left}项没有销号，仍在“问题与任务”中" if left else ""

    def take(self, ids: Sequence[str], asked: Asked) -> tuple[Item, ...]:
        """The same step of several items, all or none; raises ``InputError`` with all that is in
        the way."""

        def problems(item: Item, today: date) -> Iterable[Problem]:
            return step_problems(item, asked, today)

        return self._changed(ids, problems, lambda item: stepped(item, asked))

    def follow(self, ids: Sequence[str], told: FollowUp) -> tuple[Item, ...]:
        """One follow-up for several items, all or none; raises ``InputError``."""

        def problems(item: Item, _today: date) -> Iterable[Problem]:
            if not told.text.strip():
                yield Problem("text", "请填写办理情况")
            if item.closed:
                yield Problem("on", f"“{item.content}”已销号，需要继续办理的请先重新挂号")

        return self._changed(ids, problems, lambda item: followed(item, told))

    def take_over(self, uid: str) -> Item | None:
        """Let the item say what its source says now; what it was before, nothing where it says so
        already."""
        with self._library.changing(Topic.RECORDS) as work:
            item: Item | None = work.of(ITEM.code).one(uid)
            origin = None if item is None or item.deleted else origin_of(work, item)
            if item is None or origin is None or origin.words is None or not origin.differs(item):
                return None
            work.of(ITEM.code).save(replace(item, content=origin.words.strip()))
            return item

    def put_back(self, items: Iterable[Item]) -> None:
        """Store these as they were: the undo of a step."""
        with self._library.changing(Topic.RECORDS) as work:
            for item in items:
                work.of(ITEM.code).save(item)

    def list_titles(self) -> Mapping[ItemKind, str]:
        """What the branch calls its three lists."""
        with self._library.reading() as work:
            return list_titles(work)

    def call_lists(self, names: Mapping[ItemKind, str]) -> None:
        """Call them so; an empty name stands for the usual one."""
        with self._library.changing(Topic.RECORDS) as work:
            work.settings.put(SETTING, {kind.value: name.strip() for kind, name in names.items()})

    def next_number(self, year: int) -> str:
        """The first free 登记号 of a year: 2026-12."""
        with self._library.reading() as work:
            return next_number(work, year)

    def _changed(self, ids: Sequence[str], problems: Problems, change: Change) -> tuple[Item, ...]:
        """What the items were before."""
        now = self._clock()
        with self._library.changing(Topic.RECORDS) as work:
            facts, found = facts_of(work, now), work.of(ITEM.code).get(ids)
            issues: list[Issue] = []
            after: list[Item] = []
            for item in found.values():
                wrong = [*problems(item, now.date())]
                if not wrong:
                    made = change(item)
                    wrong = [*problems_of(ITEM, made, facts), *problem_clashes(work, made)]
                    after.append(made)
                issues += _told(item, wrong, several=len(ids) > 1)
            if issues:
                raise InputError("没有办理。", _REMEDY, issues)
            for made in after:
                work.of(ITEM.code).save(made)
            return tuple(found.values())


def next_number(work: Work, year: int, taken: Collection[str] = ()) -> str:
    """The first free 登记号 of a year inside a transaction, that is not ``taken`` besides."""
    numbers = {item.number for item in work.every(ITEM.code)} | {*taken}
    place = 1
    while f"{year}-{place:02}" in numbers:
        place += 1
    return f"{year}-{place:02}"


def _told(item: Item, wrong: Iterable[Problem], *, several: bool) -> list[Issue]:
    start = f"“{item.content}”：" if several else ""
    return [Issue(f"{start}{p.words}。", p.code, p.place) for p in wrong]


def _rows(items: Iterable[Item], every: Sequence[Item], day: date) -> Mapping[str, ItemRow]:
    tasks = own_tasks(every)
    return {
        item.id: ItemRow(
            item,
            day,
            len(own := tasks.get(item.id, ())),
            sum(task.state is not ItemState.CLOSED for task in own),
        )
        for item in items
    }
