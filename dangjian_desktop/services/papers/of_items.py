"""What papers of items are about: one of them, or those of a period."""

from __future__ import annotations

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.items.as_of import in_period, item_on
from dangjian_desktop.domain.items.item import Item, ItemKind
from dangjian_desktop.domain.items.record import ITEM
from dangjian_desktop.errors import InputError
from dangjian_desktop.papers.followed import CLOSING
from dangjian_desktop.papers.items.sheet import ItemSheet, ItemsSheet
from dangjian_desktop.services.items.lists import list_titles
from dangjian_desktop.services.items.rules import own_tasks
from dangjian_desktop.services.links import link_titles
from dangjian_desktop.services.papers.sheets import Asked
from dangjian_desktop.storage.work import Work


def of_item(work: Work, asked: Asked) -> ItemSheet:
    """The item as it stood on the day."""
    item: Item = asked.record
    day = asked.today
    if asked.wanted.day is not None and day < item.found_on:
        words = f"{day}还没有这个事项，它是{item.found_on}提出的。"
        raise InputError(words, "请选提出日期或以后的日期。")
    if item.kind is ItemKind.DUTY and asked.paper.code == CLOSING:
        raise InputError(
            "常态责任只按时报告，不销号，没有销号单。", "可以打印主体责任清单落实情况。"
        )
    titles = link_titles(work, item.source_ref)
    problems = [work.of(ITEM.code).one(link.uid) for link in item.problem]
    tasks = own_tasks(work.every(ITEM.code)).get(item.id, ())
    return ItemSheet(
        item=item_on(item, day),
        branch=work.branch.on(day),
        stamp=asked.stamp(work, work.of(ITEM.code).revision_number(item.id) or None),
        today=day,
        source="".join(titles.values()),
        problem=next((problem for problem in problems if problem is not None), None),
        tasks=tuple(item_on(task, day) for task in tasks if task.found_on <= day),
    )


def of_items(work: Work, asked: Asked) -> ItemsSheet:
    """The items of the period (this year unless told), as of its end or of the day."""
    period = asked.wanted.period or Period(asked.today.year, 1, 12)
    day = min(asked.today, period.last)
    every: tuple[Item, ...] = work.every(ITEM.code)
    return ItemsSheet(
        items=in_period(every, period, day),
        problems={item.id: item.content for item in every if item.kind is ItemKind.PROBLEM},
        branch=work.branch.on(day),
        stamp=asked.stamp(work),
        today=day,
        period=period,
        titles=list_titles(work),
    )
