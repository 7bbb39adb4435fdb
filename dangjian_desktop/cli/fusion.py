"""Commands about indicators: what is known of each, with what its project tells of it."""

from __future__ import annotations

import argparse
from typing import Any

from dangjian_desktop.cli.output import Result


def listed(options: argparse.Namespace) -> Result:
    """Every indicator, with what is measured as of its year."""
    from dangjian_desktop.services.library.opening import reading

    with reading(options.library) as library:
        found, lines = _told(library, None)
    return Result({"records": found}, (*lines, f"共 {len(found)} 项"))


def show(options: argparse.Namespace) -> Result:
    """One indicator: as JSON, or the sentence of its effect."""
    from dangjian_desktop.services.library.opening import reading

    with reading(options.library) as library:
        [found], lines = _told(library, options.id)
    return Result({"record": found}, lines)


def _told(library: Any, uid: str | None) -> tuple[list[dict[str, Any]], tuple[str, ...]]:
    from dangjian_desktop.domain.dates import Period
    from dangjian_desktop.domain.fusion.effect import effect
    from dangjian_desktop.domain.fusion.record import INDICATOR, told
    from dangjian_desktop.services.fusion.indicators import IndicatorService
    from dangjian_desktop.services.record_services import service_of

    records, service = service_of(library, INDICATOR.code), IndicatorService(library)
    wanted = records.all() if uid is None else [records.one(uid)]
    rows = service.rows([each.id for each in wanted])
    shown = records.as_json(wanted, service.day())
    lines = []
    for each, plain in zip(wanted, shown, strict=True):
        row = rows[each.id]
        plain["measured"] = None if row.lost else told(row.target)
        year = service.day().year if each.year is None else each.year.year
        lost = f"{each.name}：所关联的项目指标已不在。"
        said = lost if row.lost else effect(row.target, Period(year, 1, 12))
        lines.append(f"{each.priority or '未定重点'}　{said}　{each.id}")
    return shown, tuple(lines)


def printed(options: argparse.Namespace) -> Result:
    """The fusion pages of a period: one for each business priority, and the overview."""
    from dangjian_desktop.cli.papers import look_asked, write
    from dangjian_desktop.errors import InputError
    from dangjian_desktop.services.fusion.pages import FusionService
    from dangjian_desktop.services.library.opening import reading
    from dangjian_desktop.services.papers.printing import PrintingService, Wanted
    from dangjian_desktop.services.summaries.summaries import read_period

    period = read_period(options.period)
    wanted = Wanted(period=period, look=look_asked(options))
    with reading(options.library) as library:
        priorities = FusionService(library).in_year(period.year)
        if not priorities:
            words = f"{period.year}年还没有业务重点。"
            raise InputError(words, "请先在窗口“业务重点”中新建，或用 priority import 导入。")
        prints = [("fusion_page", each.id, wanted) for each in priorities]
        prints.append(("fusion_overview", "", wanted))
        return write(options, PrintingService(library), prints)
