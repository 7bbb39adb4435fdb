"""Items of the branch of ten, on 2026-03-31."""

from __future__ import annotations

from datetime import date

from dangjian_desktop.domain.items.item import ItemState
from dangjian_desktop.domain.items.steps import Asked
from dangjian_desktop.domain.references import Person

FOUR = {
    "responsible": "张三",
    "due": "2026-03-20",
    "standard": "两台都能用",
    "department": "支部委员会",
}


def a_task(content="修好更衣室吹干机", **more):
    """A task in the JSON of the contract."""
    return {"kind": "task", "content": content, "found_on": "2026-02-13", **more}


def stored(desk, *told):
    """The items that these are, in their order."""
    ids = desk.shared["item"].import_json([*told])["ids"]
    return [desk.shared["item"].one(uid) for uid in ids]


def asked(state, day="2026-03-10", **more):
    """A step by 张三."""
    return Asked(state=state, on=date.fromisoformat(day), by=Person("张三"), **more)


def closed_task(desk):
    """The id of a task of 01-13 that was due on 02-28 and closed on 03-02."""
    told = {**FOUR, "due": "2026-02-28", "found_on": "2026-01-13", "evidence": "派工单"}
    [item] = stored(desk, a_task(**told))
    desk.items.take([item.id], asked(ItemState.REQUESTED, "2026-02-26"))
    desk.items.take([item.id], asked(ItemState.CLOSED, "2026-03-02"))
    return item.id


def begun_anew():
    """The step that registers it anew on 03-20, due on 04-10."""
    return asked(ItemState.OPEN, "2026-03-20", note="又坏了", due=date(2026, 4, 10))
