"""党建与业务融合页: one priority, what was planned, ordered and measured beside each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from dangjian_desktop.documents.model import (
    Cell,
    Document,
    Layout,
    Paragraph,
    Role,
    Row,
    Table,
    row,
)
from dangjian_desktop.domain.dates import Period, chinese_date
from dangjian_desktop.domain.fusion.effect import (
    amount_words,
    counts_more,
    effect,
    present_words,
)
from dangjian_desktop.domain.fusion.indicator import Measured
from dangjian_desktop.domain.fusion.page import FusionPage, Ordered, Planned
from dangjian_desktop.domain.projects.progress import reached_value, value_in
from dangjian_desktop.domain.references import Link
from dangjian_desktop.papers.catalogue import Wanted
from dangjian_desktop.papers.fusion.sheet import FusionSheet
from dangjian_desktop.papers.naming import branch_stem, paper_name, short_words

TITLE = "党建与业务融合页"
COLUMNS = ("同谋划", "同部署", "同考核")
# Who does it until when, and how it stands, fits on one line of the column in the middle.
_WIDTHS = (0.9, 1.42, 0.88)
NO_GAPS = "各栏均已填写。"


def compose_page(sheet: FusionSheet, _wanted: Wanted) -> Document:
    """One page for a priority; what is empty is printed empty, and said under the table."""
    [page] = sheet.pages
    name, period = page.priority.name, page.period
    return Document(
        name=paper_name(sheet.branch, f"{TITLE}（{name}）", period),
        title=f"{sheet.branch.short}{period.label}{TITLE}（{name}）",
        blocks=(
            Paragraph(branch_stem(sheet.branch.name), Role.SUBTITLE),
            Paragraph(f"{period.label}{TITLE}", Role.TITLE),
            *(Paragraph(line, Role.FLUSH) for line in _head(sheet, page)),
            _table(sheet, page),
            *_effects(page, sheet.period),
            *_gaps(page),
        ),
        layout=Layout.BRIEF,
        foot=sheet.stamp.foot,
        mark=sheet.stamp.mark,
        names=sheet.stamp.names | {project.title for project in page.projects},
    )


def _head(sheet: FusionSheet, page: FusionPage) -> Iterator[str]:
    """业务重点：成本　　截至2025年12月31日, below it 目标要求：……, 有关项目：……."""
    day = chinese_date(min(sheet.today, page.period.last))
    yield f"业务重点：{page.priority.name}　　截至{day}"
    if page.priority.wanted:
        yield f"目标要求：{page.priority.wanted}"
    if page.projects:
        yield f"有关项目：{'、'.join(project.title for project in page.projects)}"


def _table(sheet: FusionSheet, page: FusionPage) -> Table:
    """Each column counts and runs for itself, from the same line down."""
    places = {each.link: number for number, each in enumerate(page.planned, 1)}
    columns = (
        [_planned(sheet, each) for each in page.planned],
        [_ordered(each, places, page.period) for each in page.ordered],
        [_measured(each, page.period) for each in page.measured],
    )
    fields = tuple(Cell(tuple(_numbered(lines))) for lines in columns)
    head = row(COLUMNS, Role.CELL_HEAD, header=True)
    return Table((head, Row(fields, min_height_mm=30.0, top=True)), _WIDTHS)


def _numbered(entries: Sequence[str]) -> Iterator[Paragraph]:
    """Each line of an entry by itself: Word would stretch one that a break ends."""
    for number, entry in enumerate(entries, 1):
        yield from (Paragraph(line, Role.CELL) for line in f"{number}. {entry}".split("\n"))


def _planned(sheet: FusionSheet, each: Planned) -> str:
    """通报1月主运系统影响时间, below it 2月13日，支委会."""
    kinds = sheet.kinds.of(each.meeting.kinds)
    held = short_words(kinds) if kinds else each.meeting.title
    return f"{each.topic}\n　{_day(each.meeting.date, sheet.period)}，{held}"


def _ordered(each: Ordered, places: Mapping[Link, int], period: Period) -> str:
    """做好……, below it 张三，3月10日前，办理中（议题2）; what is unknown is left out."""
    told = [] if each.person is None else [each.person.name]
    told += [] if each.due is None else [f"{_day(each.due, period)}前"]
    told += [each.state] if each.state else []
    number = None if each.source is None else places.get(each.source)
    source = "" if number is None else f"（议题{number}）"
    below = "，".join(told) + source
    return f"{each.text}\n　{below}" if below else each.text


def _day(day: date, period: Period) -> str:
    """3月10日, with its year where that is another than the period's."""
    return f"{day.month}月{day.day}日" if day.year == period.year else chinese_date(day)


def _measured(each: Measured, upto: Period) -> str:
    """材料消耗, below it 目标0.42元/吨 and 现值0.41元/吨（1月至11月平均）; before it the value of
    the period alone where it is another; what is unknown is left out."""
    target = each.target
    told = [f"目标{amount_words(target.target, target)}"] if target.target is not None else []
    alone = value_in(target, upto)
    if alone is not None and counts_more(target, upto):
        told.append(f"本期{amount_words(alone, target)}")
    whole = present_words(target, upto)
    told += [whole] if whole else []
    return "\n　".join((each.indicator.name, *told))


def _effects(page: FusionPage, upto: Period) -> Iterator[Paragraph]:
    """What became of the indicators, one sentence each, of those that have a value."""
    told = [each for each in page.measured if reached_value(each.target, upto) is not None]
    for number, each in enumerate(told):
        lead = "成效：" if number == 0 else ""
        yield Paragraph(effect(each.target, upto), Role.FLUSH, lead)


def _gaps(page: FusionPage) -> Iterator[Paragraph]:
    """What lacks, one sentence each."""
    if not page.gaps:
        yield Paragraph(NO_GAPS, Role.NOTE, "缺项：")
    for number, gap in enumerate(page.gaps):
        yield Paragraph(gap.words, Role.NOTE, "缺项：" if number == 0 else "")
