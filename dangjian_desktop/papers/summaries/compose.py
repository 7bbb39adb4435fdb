"""The summary of a month, quarter, half-year or year: facts counted, judgements left to people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from dangjian_desktop.documents.model import (
    Block,
    Document,
    Layout,
    Paragraph,
    Role,
    WriteLines,
)
from dangjian_desktop.domain.branch import Branch
from dangjian_desktop.domain.checks.facts import Facts
from dangjian_desktop.domain.dates import Period, chinese_date
from dangjian_desktop.domain.projects.project import Project
from dangjian_desktop.domain.summaries.counting import cutoff
from dangjian_desktop.domain.summaries.figure import Figure
from dangjian_desktop.domain.summaries.summaries import SummaryWords, WorkSection
from dangjian_desktop.papers.catalogue import Wanted
from dangjian_desktop.papers.naming import full_title, paper_name
from dangjian_desktop.papers.numerals import numeral
from dangjian_desktop.papers.stamp import Stamp
from dangjian_desktop.papers.summaries.projects import project_blocks
from dangjian_desktop.papers.summaries.tables import (
    absence_blocks,
    attendance_words,
    kinds_table,
    plans_table,
)
from dangjian_desktop.papers.summaries.work import (
    period_words,
    sitting_lines,
    study_lines,
    team_lines,
)

SITUATION = "基本情况"
"""The section in which a ledger may have its line beside those of the work."""
_LINES = 3
_SECTION_LINES = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodSheet:
    """A period with the ``figures`` counted for it.

    ``words`` are the user's own for the period, ``before`` those for the period before it: its
    plans are listed with what became of them. Where there are ``projects``, ``figures`` hold
    those of them too. ``lines`` are those of the ledgers, by the name of their section. With
    ``sent_on`` it is the paper that is sent on that day.
    """

    facts: Facts
    figures: Mapping[str, Figure]
    words: SummaryWords
    before: SummaryWords
    period: Period
    stamp: Stamp
    projects: Sequence[Project] = ()
    lines: Mapping[str, Sequence[str]] = field(default_factory=dict)
    sent_on: date | None = None

    @property
    def branch(self) -> Branch:
        """The branch as of the end of the period."""
        return self.facts.branch


def compose_summary(sheet: PeriodSheet, _wanted: Wanted) -> Document:
    """The summary of a period; where people have said nothing, lines to write on stand instead."""
    facts, figures, period = sheet.facts, sheet.figures, sheet.period
    words, said = sheet.words, period_words(period)
    day = chinese_date(cutoff(period, facts.today))
    label = f"{period.year}年度" if period.length == 12 else period.label
    rest = f"{label}{said.paper}"
    blocks = (
        Paragraph(full_title(facts.branch, rest), Role.TITLE),
        Paragraph(f"（数据截止日：{day}）", Role.SUBTITLE),
        Paragraph("", Role.BLANK_LINE),
        *_situation(facts, figures, period),
        *(Paragraph(line) for line in sheet.lines.get(SITUATION, ())),
        *_work(sheet),
        *_points("三、存在问题", words.problems),
        *_points(f"四、{said.following}计划", words.plans),
        *_foot(words, sheet.sent_on),
    )
    return Document(
        name=paper_name(facts.branch, said.paper, period),
        title=f"{facts.branch.short}{rest}",
        blocks=blocks,
        layout=Layout.OFFICIAL,
        foot=f"数据截止{day}　{sheet.stamp.foot}",
        mark=sheet.stamp.mark,
    )


def _situation(facts: Facts, figures: Mapping[str, Figure], period: Period) -> Iterator[Block]:
    def count(name: str) -> str:
        return figures[name].text

    day = chinese_date(cutoff(period, facts.today))
    text = f"截至{day}，党支部共有党员{count('members.total')}，"
    text += f"其中正式党员{count('members.formal')}，预备党员{count('members.probationary')}；"
    text += f"男{count('members.men')}，女{count('members.women')}"
    if figures["members.sex_unknown"].value:
        text += f"，性别待明确{count('members.sex_unknown')}"
    text += "。"
    if figures["members.committee"].value:
        text += f"支部委员{count('members.committee')}。"
    if figures["groups.total"].value:
        text += f"设党小组{count('groups.total')}。"
    text += f"{period_words(period).this}增加党员{count('members.joined')}，"
    text += f"减少党员{count('members.left')}。"
    yield Paragraph("一、基本情况", Role.HEADING1)
    yield Paragraph(text)


def _work(sheet: PeriodSheet) -> Iterator[Block]:
    facts, figures, period = sheet.facts, sheet.figures, sheet.period
    words, before, projects = sheet.words, sheet.before, sheet.projects
    said = period_words(period)
    told: Mapping[WorkSection, Iterable[str]] = {
        WorkSection.STUDY: study_lines(facts, period),
        WorkSection.ORGANISATION: sitting_lines(facts, period),
        WorkSection.TEAM: team_lines(facts, period),
    }
    yield Paragraph(f"二、{said.this}工作", Role.HEADING1)
    for number, section in enumerate(WorkSection, 1):
        yield Paragraph(f"（{numeral(number)}）{section.label}", Role.HEADING2)
        lines = sheet.lines.get(section.label, ())
        texts = [*told.get(section, ()), *lines, *_own(words, section)]
        yield from (Paragraph(text) for text in texts)
        if section is WorkSection.ORGANISATION:
            yield Paragraph(attendance_words(facts, figures, period), keep_with_next=True)
            yield kinds_table(facts, figures, words, period)
            yield from absence_blocks(facts, period)
        elif section is WorkSection.INTEGRATION:
            told_of = (*project_blocks(projects, figures, period, facts.today),)
            yield from told_of or (() if texts else (WriteLines(_SECTION_LINES),))
        elif not texts:
            yield WriteLines(_SECTION_LINES)
    yield Paragraph(f"（七）{said.former}计划完成情况", Role.HEADING2)
    if before.plans:
        yield plans_table(before.plans, words.plan_results, said.former)
    else:
        note = f"（{said.former}计划未录入，请手工填写。）"
        yield Paragraph(note, keep_with_next=True)
        yield WriteLines(_SECTION_LINES)


def _own(words: SummaryWords, section: WorkSection) -> list[str]:
    return _lines(words.work.get(section.value, ""))


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def _points(heading: str, points: Sequence[str]) -> Iterator[Block]:
    """The user's own points, numbered where there are several; lines to write on for none."""
    yield Paragraph(heading, Role.HEADING1)
    said = [line for point in points for line in _lines(point)]
    if len(said) == 1:
        yield Paragraph(said[0])
    elif said:
        yield from (Paragraph(f"{n}. {text}") for n, text in enumerate(said, 1))
    else:
        yield WriteLines(_LINES)


def _foot(words: SummaryWords, sent_on: date | None) -> Iterator[Block]:
    filled = words.filled_by or "　" * 6
    yield Paragraph("", Role.BLANK_LINE, keep_with_next=True)
    yield Paragraph(f"填报人：{filled}　　审核人（书记）：{words.reviewed_by}", keep_with_next=True)
    day = chinese_date(sent_on) if sent_on else "　　　　年　　月　　日"
    yield Paragraph(f"报送日期：{day}", keep_with_next=True)
    yield Paragraph("（盖章）", Role.SIGNATURE)
