"""Annexes of a longer summary: the log of its sittings, absences, what months wrote beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dangjian_desktop.documents.model import Block, PageBreak, Paragraph, Role, Table, row
from dangjian_desktop.domain.summaries.counting import sittings
from dangjian_desktop.domain.summaries.summaries import WorkSection
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.papers.summaries.notes import dated, own_lines
from dangjian_desktop.papers.summaries.sheet import SITUATION, PeriodSheet
from dangjian_desktop.papers.summaries.tables import absence_blocks, middle_row
from dangjian_desktop.papers.summaries.work import (
    content_words,
    headcount,
    short_day,
    sitting_name,
)

LOG, ABSENCES, LEDGERS = "组织生活情况一览表", "缺席及补学情况", "台账登记情况"
_WRITTEN = "各月填写的工作情况"


@dataclass(frozen=True, slots=True)
class Annex:
    """One annex with its title."""

    title: str
    blocks: Sequence[Block]


def annexes(sheet: PeriodSheet) -> tuple[Annex, ...]:
    """Those that have anything to tell; a month has none."""
    if not sheet.longer:
        return ()
    facts, period = sheet.facts, sheet.period
    made = (
        Annex(LOG, tuple(_log(sheet))),
        Annex(ABSENCES, tuple(absence_blocks(facts, period))),
        Annex(LEDGERS, tuple(_of_ledgers(sheet))),
        Annex(_WRITTEN, tuple(_written(sheet))),
    )
    return tuple(annex for annex in made if annex.blocks)


def named(found: Sequence[Annex]) -> Iterator[Block]:
    """附件说明 below the text."""
    if not found:
        return
    yield Paragraph("", Role.BLANK_LINE, keep_with_next=True)
    lead = "附件："
    for number, annex in enumerate(found, 1):
        several = f"{number}. " if len(found) > 1 else ""
        text = f"{lead}{several}{annex.title}"
        yield Paragraph(text, keep_with_next=number < len(found))
        lead = "　" * len(lead)


def place_of(title: str, found: Sequence[Annex]) -> str:
    """见附件1: where the text points to it; empty where there is no such annex."""
    for number, annex in enumerate(found, 1):
        if annex.title == title:
            return f"见附件{number if len(found) > 1 else ''}"
    return ""


def annex_pages(found: Sequence[Annex]) -> Iterator[Block]:
    """Each annex on a page of its own."""
    for number, annex in enumerate(found, 1):
        yield PageBreak()
        several = str(number) if len(found) > 1 else ""
        yield Paragraph("", Role.FLUSH, f"附件{several}", keep_with_next=True)
        yield Paragraph("", Role.CENTER, annex.title, keep_with_next=True)
        yield from annex.blocks


def _log(sheet: PeriodSheet) -> Iterator[Block]:
    """Each sitting with its day, kinds, content and counts."""
    facts = sheet.facts
    rows = [
        middle_row(
            (
                short_day(meeting.date),
                sitting_name(facts, meeting),
                content_words(facts, meeting),
                headcount(facts, meeting),
            ),
            read=(2,),
        )
        for meeting in sittings(facts, sheet.period)
    ]
    if rows:
        head = row(("日期", "组织生活", "内容", "实到／应到"), Role.CELL_HEAD, header=True)
        yield Table((head, *rows), (1.4, 2.1, 6.2, 1.4))


def _of_ledgers(sheet: PeriodSheet) -> Iterator[Block]:
    """Every line of the ledgers that tell more than stands in the text."""
    for section in (SITUATION, *(section.label for section in WorkSection)):
        for told in sheet.lines.get(section, ()):
            if sheet.logged(told):
                yield Paragraph(told.title, Role.HEADING2)
                rows = (middle_row(pair, read=(1,)) for pair in _numbered(told.texts))
                head = row(("序号", "内容"), Role.CELL_HEAD, header=True)
                yield Table((head, *rows), (1.0, 9.0))


def _written(sheet: PeriodSheet) -> Iterator[Block]:
    """What months wrote where the longer period has words of its own."""
    for section in WorkSection:
        noted = sheet.gathered.work(section.value)
        if noted and own_lines(sheet.words, section):
            yield Paragraph(section.label, Role.HEADING2)
            yield from dated(noted, sheet.period)
    if sheet.words.plans and (coming := sheet.gathered.coming()):
        yield Paragraph("计划", Role.HEADING2)
        yield from dated(coming, sheet.period)


def _numbered(texts: Sequence[str]) -> Iterator[tuple[str, str]]:
    return ((str(number), text) for number, text in enumerate(texts, 1))
