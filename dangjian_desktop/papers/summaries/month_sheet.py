"""月报表: the month on one page as a ruled form, beside the running text of its summary."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from dangjian_desktop.documents.model import Document, Layout, Paragraph, Role, Row
from dangjian_desktop.domain.dates import chinese_date
from dangjian_desktop.domain.summaries.summaries import WorkSection
from dangjian_desktop.papers.blanks import DAY_BLANK
from dangjian_desktop.papers.catalogue import Wanted
from dangjian_desktop.papers.naming import paper_name
from dangjian_desktop.papers.ruled_form import (
    GRID,
    LABEL,
    band,
    form_table,
    line,
    numbered,
    running,
    wide,
)
from dangjian_desktop.papers.summaries.sheet import PeriodSheet
from dangjian_desktop.papers.summaries.tables import kinds_rows

_COUNTS = (
    *("members.total", "members.formal", "members.probationary"),
    *("members.joined", "members.left", "groups.total"),
)
_LABELS = {WorkSection.INTEGRATION: "党建与\n业务融合"}
_ROW_MM, _BLANK_MM = 7.2, 11.0
_RATES = ("attendance.expected", "attendance.present", "attendance.rate")


def compose_month_sheet(sheet: PeriodSheet, _wanted: Wanted) -> Document:
    """Counts from the records, the user's own words beside room to write where there are none."""
    sheet = sheet.on_paper()
    words, facts, figures = sheet.words, sheet.facts, sheet.figures
    title = f"{sheet.label}工作月报表"
    rows = (
        line(("填报单位", facts.branch.name, 20)),
        *_in_threes([(figures[name].label, figures[name].text) for name in _COUNTS]),
        *_sittings(sheet),
        *_in_threes([(figures[name].label, figures[name].text) for name in _RATES]),
        *(
            wide(
                _LABELS.get(section, section.label),
                running(words.work.get(section.value, "")),
                blank_mm=_BLANK_MM,
            )
            for section in WorkSection
        ),
        wide(f"{sheet.said.former}计划\n完成情况", tuple(_plans(sheet)), blank_mm=_BLANK_MM),
        wide("存在问题", numbered(words.problems), blank_mm=_BLANK_MM),
        wide(f"{sheet.said.following}计划", numbered(words.plans), blank_mm=_BLANK_MM),
        line(
            ("填报人", words.filled_by, 3),
            ("审核人\n（书记）", words.reviewed_by, 3),
            ("报送日期", chinese_date(sheet.sent_on) if sheet.sent_on else DAY_BLANK.strip(), 6),
        ),
    )
    return Document(
        name=paper_name(facts.branch, "工作月报表", sheet.period),
        title=f"{facts.branch.short}{title}",
        blocks=(
            Paragraph(title, Role.TITLE),
            form_table([_low(each) for each in rows]),
            Paragraph(f"注：数据截止日为{sheet.until}。　　　　　　　　（盖章）", Role.NOTE),
        ),
        layout=Layout.BRIEF,
        foot=f"数据截止{sheet.until}　{sheet.stamp.foot}",
        mark=sheet.stamp.mark,
    )


def _in_threes(pairs: list[tuple[str, str]]) -> Iterator[Row]:
    for start in range(0, len(pairs), 3):
        yield line(*((label, text, 4) for label, text in pairs[start : start + 3]))


def _sittings(sheet: PeriodSheet) -> Iterator[Row]:
    held = sheet.figures
    kinds = [k for k in sheet.facts.kinds if not k.yearly or held[f"{k.code}.held"].value]
    head, rows, _widths = kinds_rows(sheet, kinds)
    *of_kinds, (_all, *sums) = rows
    first, count = 4, 3
    last = GRID - LABEL - first - count * (len(head) - 2)
    widths = (first, *(count,) * (len(head) - 2), last)
    yield from band("组织生活", head, (*of_kinds, ("合计", *sums)), widths)


def _low(found: Row) -> Row:
    """Room for one line where there is room to write in it all the same."""
    low = found.min_height_mm < _BLANK_MM
    return replace(found, min_height_mm=min(found.min_height_mm, _ROW_MM)) if low else found


def _plans(sheet: PeriodSheet) -> Iterator[Paragraph]:
    noted = sheet.gathered.plans()
    for number, note in enumerate(noted, 1):
        several = f"{number}. " if len(noted) > 1 else ""
        yield Paragraph(f"{several}{note.text}　完成情况：{note.became}", Role.CELL)
