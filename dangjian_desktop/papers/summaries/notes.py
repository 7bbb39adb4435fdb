"""What was written for a period and for its months: paragraphs, problems, plans."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from dangjian_desktop.documents.model import (
    Block,
    Cell,
    Paragraph,
    Role,
    Row,
    Table,
    WriteLines,
    cell,
    row,
)
from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.summaries.gathered import Note, name_within
from dangjian_desktop.domain.summaries.summaries import SummaryWords, WorkSection
from dangjian_desktop.papers.summaries.sheet import PeriodSheet

_LINES = 3


def lines_of(text: str) -> list[str]:
    """The lines of a text that say something."""
    return [line.strip() for line in text.split("\n") if line.strip()]


def own_lines(words: SummaryWords, section: WorkSection) -> list[str]:
    """What the user wrote for a section."""
    return lines_of(words.work.get(section.value, ""))


def dated(notes: Iterable[Note], period: Period) -> Iterator[Block]:
    """The texts as paragraphs, each under the name of the period that it was written for."""
    for note in notes:
        lead = f"{_name(note.period, period)}："
        for line in lines_of(note.text):
            yield Paragraph(line, lead=lead)
            lead = ""


def problem_blocks(sheet: PeriodSheet) -> Iterator[Block]:
    """The period's own problems, then those of its months with what became of each."""
    own = [line for text in sheet.words.problems for line in lines_of(text)]
    noted = sheet.gathered.problems()
    yield from points(own) if own or noted else (WriteLines(_LINES),)
    if noted:
        yield from _noted_problems(sheet, noted)


def _noted_problems(sheet: PeriodSheet, noted: Sequence[Note]) -> Iterator[Block]:
    solved = sum(1 for note in noted if note.became)
    where = "各月及以前提出的问题" if sheet.longer else "以前提出的问题"
    yield Paragraph(f"{where}{len(noted)}个，记有解决情况的{solved}个：", keep_with_next=True)
    head = row(("序号", "提出时间", "问题", "解决情况"), Role.CELL_HEAD, header=True)
    rows = (
        (
            cell(str(number), Role.CELL_CENTER),
            cell(_name(note.period, sheet.period), Role.CELL_CENTER),
            cell(note.text),
            _became(note, sheet.period),
        )
        for number, note in enumerate(noted, 1)
    )
    yield Table((head, *(Row(fields, splittable=False) for fields in rows)), (0.9, 1.6, 4.4, 4.0))


def plan_blocks(sheet: PeriodSheet) -> Iterator[Block]:
    """The plans for the period and for its months with what became of each."""
    noted = sheet.gathered.plans()
    if not noted:
        yield WriteLines(2)
        return
    head: tuple[str, ...] = ("序号", f"{sheet.said.former}计划", "完成情况")
    widths: tuple[float, ...] = (0.8, 5.0, 4.2)
    if sheet.longer:
        head, widths = ("序号", "时间", "计划", "完成情况"), (0.9, 1.6, 4.4, 4.0)
    rows = (
        (
            cell(str(number), Role.CELL_CENTER),
            *([_planned_for(note, sheet)] if sheet.longer else []),
            cell(note.text),
            _became(note),
        )
        for number, note in enumerate(noted, 1)
    )
    heading = row(head, Role.CELL_HEAD, header=True)
    yield Table((heading, *(Row(fields, splittable=False) for fields in rows)), widths)


def _planned_for(note: Note, sheet: PeriodSheet) -> Cell:
    """The period that the plan was for; 本季度 where it is that of the paper."""
    own = note.became_in == sheet.period
    return cell(sheet.said.this if own else _name(note.became_in, sheet.period), Role.CELL_CENTER)


def coming_blocks(sheet: PeriodSheet) -> Iterator[Block]:
    """What is planned next: the period's own plans, else those that its last months made."""
    own = [line for text in sheet.words.plans for line in lines_of(text)]
    noted = sheet.gathered.coming()
    proposed = [f"{note.text}（{_name(note.period, sheet.period)}提出）" for note in noted]
    found = own or proposed
    yield from points(found) if found else (WriteLines(_LINES),)


def points(texts: Sequence[str]) -> Iterator[Block]:
    """Points, numbered where there are several."""
    if len(texts) == 1:
        yield Paragraph(texts[0])
    else:
        yield from (Paragraph(f"{n}. {text}") for n, text in enumerate(texts, 1))


def _became(note: Note, period: Period | None = None) -> Cell:
    """What became of it, or a line to write it on."""
    if not note.became.strip():
        return Cell((WriteLines(1),))
    if period is None or note.became_in in (None, period):
        return cell(note.became)
    return cell(f"{note.became}（{_name(note.became_in, period)}）")


def _name(part: Period | None, period: Period) -> str:
    return "" if part is None else name_within(part, period)
