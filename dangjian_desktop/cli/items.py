"""Commands about items: their forms and lists."""

from __future__ import annotations

import argparse

from dangjian_desktop.cli.output import Result
from dangjian_desktop.cli.papers import look_asked, period_asked, write
from dangjian_desktop.errors import InputError


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
        raise InputError(f"没有名为“{wanted}”的表。", f"可用的表：{known}。")
    if found.of == ITEM and not options.ids:
        raise InputError(f"{found.title}要写明是哪一项。", "请用 item list 查看编号。")
    if found.of == ITEMS and options.ids:
        raise InputError(f"{found.title}是一个时间段的清单，不按编号打印。", "请去掉编号后重试。")
    asked = Wanted(period=period_asked(options), day=options.as_of, look=look_asked(options))
    with reading(options.library) as library:
        prints = [(found.code, uid, asked) for uid in options.ids or [""]]
        return write(options, PrintingService(library), prints)
