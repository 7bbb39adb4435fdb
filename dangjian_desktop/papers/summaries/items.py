"""What became of problems and tasks in a period, for its report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dangjian_desktop.domain.checks.facts import Facts
from dangjian_desktop.domain.dates import Period, chinese_date
from dangjian_desktop.domain.items.item import Item, late
from dangjian_desktop.domain.summaries.counting import cutoff
from dangjian_desktop.domain.summaries.of_items import closed_in, items_on, registered_in
from dangjian_desktop.papers.summaries.work import period_words


def item_lines(facts: Facts, period: Period, *, named: bool = True) -> Iterator[str]:
    """How many were registered, closed, are open and overdue; where ``named`` also which."""
    day = cutoff(period, facts.today)
    known = items_on(facts, day)
    new, closed = registered_in(known, period), closed_in(known, period)
    going = [item for item in known if not item.closed]
    if not (new or closed or going):
        return
    overdue = [item for item in going if late(item, day)]
    counts = f"挂号问题和任务{len(new)}项，销号{len(closed)}项"
    rest = f"截至{chinese_date(day)}未销号{len(going)}项，其中逾期{len(overdue)}项"
    yield f"{period_words(period).this}{counts}；{rest}。"
    if named and closed:
        yield f"已销号：{_named(closed)}。"
    if named and overdue:
        yield f"逾期未办结：{_named(overdue)}。"


def _named(items: Sequence[Item]) -> str:
    return "；".join(
        f"{item.content.rstrip('。；')}（{item.responsible.name}）"
        if item.responsible is not None
        else item.content.rstrip("。；")
        for item in items
    )
