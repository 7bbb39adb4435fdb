"""上次议定事项落实情况: what earlier sittings of a kind decided, as their tasks stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from dangjian_desktop.domain.items.as_of import item_on
from dangjian_desktop.domain.items.item import Item
from dangjian_desktop.domain.items.rounds import told_of
from dangjian_desktop.frozen import dataclass

NOT_TOLD = "未登记进展"


@dataclass(frozen=True, slots=True)
class Carried:
    """One decision: its sentence, who carries it and until when, and how far it is (``told``,
    empty where nobody has said)."""

    content: str
    who: str
    due: date | None
    told: str

    @property
    def head(self) -> str:
        """公布名单（韩振邦，2025-01-17）, as far as both are known."""
        known = [self.who, self.due.isoformat() if self.due else ""]
        words = "，".join(filter(None, known))
        return f"{self.content}（{words}）" if words else self.content

    @property
    def line(self) -> str:
        """The same with how far it is, for the screen."""
        return f"{self.head}：{self.told or NOT_TOLD}"


def carried(
    items: Iterable[Item], sittings: frozenset[str], last: date, before: date
) -> Iterator[Carried]:
    """The tasks that these sittings (by id) decided and that were open on the day of the last of
    them or later, as they stood before a day."""
    for item in items:
        if not sittings.isdisjoint(link.uid for link in item.source_ref):
            found = item_on(item, before)
            if found.closed_on is None or found.closed_on >= last:
                yield _carried(found)


def _carried(item: Item) -> Carried:
    told = [f"{each.on.month}月{each.on.day}日{each.text}" for each in told_of(item)[-1:]]
    told += [item.state.label] if item.closed else []
    who = item.responsible.name if item.responsible is not None else ""
    return Carried(item.content, who, item.due, "，".join(told))
