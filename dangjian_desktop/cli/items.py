"""Commands about items: which there are, their forms and lists."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from typing import Any

from dangjian_desktop.cli.grammar import WEEK
from dangjian_desktop.cli.output import Result
from dangjian_desktop.cli.papers import look_asked, period_asked, write
from dangjian_desktop.errors import InputError


def listed(options: argparse.Namespace) -> Result:
    """Items narrowed as the list of the window is: what is open first, by its day."""
    from dangjian_desktop.domain.items.record import ITEM
    from dangjian_desktop.services.items.items import ItemService
    from dangjian_desktop.services.library.opening import reading
    from dangjian_desktop.services.record_services import service_of

    with reading(options.library) as library:
        records = service_of(library, ITEM.code)
        rows = ItemService(library).listed(_wanted(options)).values()
        found = records.as_json([row.item for row in rows], records.day())
    lines = [
        "　".join(filter(None, (row.item.number, row.state, row.item.content, row.item.id)))
        for row in rows
    ]
    return Result({ITEM.plural: found}, (*lines, f"共 {len(found)} 项"))


def _wanted(options: argparse.Namespace) -> Any:
    from dangjian_desktop.domain.items.item import ItemKind, ItemState, Source
    from dangjian_desktop.domain.items.listing import PARTS, ItemFilter

    parts = [(code, words) for code, (words, _fits) in PARTS.items()]
    # 待核查 and 已销号 are states as well as parts: either finds the same.
    states = [each for each in ItemState.choices() if each[0] not in PARTS]
    asked = _code("状态", options.state, [*parts, *states])
    late, week = options.overdue, options.due == WEEK
    if late and week:
        raise InputError("已逾期的不会本周才到期。", "请去掉其中一个选项后重试。")
    kind, source = _code("列入", options.kind, ItemKind.choices()), options.source
    source = _code("来源", source, Source.choices())
    return ItemFilter(
        year=options.year,
        kind=ItemKind(kind) if kind else None,
        part=asked if asked in PARTS else "",
        due="late" if late else "week" if week else "",
        person=options.person or "",
        source=Source(source) if source else None,
        state=ItemState(asked) if asked and asked not in PARTS else None,
        due_by=None if options.due in (None, WEEK) else options.due,
    )


def _code(what: str, told: str | None, known: Iterable[tuple[str, str]]) -> str:
    """The code of what is told by code or word; raises ``InputError`` for neither."""
    for code, words in known:
        if told in (code, words):
            return code
    if told is None:
        return ""
    words = "、".join(f"{code}（{words}）" for code, words in known)
    raise InputError(f"没有名为 {told} 的{what}。", f"可用的{what}：{words}")


def printed(options: argparse.Namespace) -> Result:
    """A form of each of the items, or a list of those of a period."""
    from dangjian_desktop.papers.catalogue import ITEM, ITEMS
    from dangjian_desktop.services.library.opening import reading
    from dangjian_desktop.services.papers.printing import PAPERS, PrintingService, Wanted

    papers = [paper for paper in PAPERS if paper.of in (ITEM, ITEMS)]
    wanted = options.form.strip()
    found = next((p for p in papers if wanted in (p.word, p.title, p.code, *p.also)), None)
    if found is None:
        known = "、".join(paper.word for paper in papers)
        other = next((p for p in PAPERS if wanted in (p.title, p.code, *p.also)), None)
        words = f"{other.title}请用 paper print {other.code} 打印。" if other else ""
        raise InputError(f"没有名为“{wanted}”的表。", f"{words}可用的表：{known}。")
    if found.of == ITEM and not options.ids:
        raise InputError(f"{found.title}要写明是哪一项。", "请用 item list 查看编号。")
    if found.of == ITEMS and options.ids:
        raise InputError(f"{found.title}是一个时间段的清单，不按编号打印。", "请去掉编号后重试。")
    asked = Wanted(period=period_asked(options), day=options.as_of, look=look_asked(options))
    with reading(options.library) as library:
        prints = [(found.code, uid, asked) for uid in options.ids or [""]]
        return write(options, PrintingService(library), prints)
