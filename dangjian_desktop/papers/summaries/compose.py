"""The summary of a month, quarter, half-year or year: facts counted, judgements left to people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from dangjian_desktop.documents.model import (
    Block,
    Document,
    Layout,
    Paragraph,
    Role,
    WriteLines,
)
from dangjian_desktop.domain.dates import chinese_date
from dangjian_desktop.domain.summaries.summaries import SummaryWords, WorkSection
from dangjian_desktop.papers.blanks import DAY_BLANK
from dangjian_desktop.papers.catalogue import Wanted
from dangjian_desktop.papers.naming import full_title, names_of, paper_name
from dangjian_desktop.papers.numerals import numeral
from dangjian_desktop.papers.summaries.annex import (
    ABSENCES,
    LEDGERS,
    LOG,
    Annex,
    annex_pages,
    annexes,
    named,
    place_of,
)
from dangjian_desktop.papers.summaries.indicators import indicator_blocks
from dangjian_desktop.papers.summaries.items import item_lines
from dangjian_desktop.papers.summaries.notes import (
    coming_blocks,
    dated,
    own_lines,
    plan_blocks,
    problem_blocks,
)
from dangjian_desktop.papers.summaries.projects import project_blocks
from dangjian_desktop.papers.summaries.sheet import SITUATION, PeriodSheet
from dangjian_desktop.papers.summaries.tables import (
    absence_blocks,
    attendance_words,
    kinds_table,
    last_year_words,
)
from dangjian_desktop.papers.summaries.work import (
    sitting_lines,
    study_counts,
    study_lines,
    team_lines,
)

_SECTION_LINES = 2


def compose_summary(sheet: PeriodSheet, _wanted: Wanted) -> Document:
    """The summary of a period; where people have said nothing, lines to write on stand instead.

    A longer period gathers what its months say, each text with its month, and puts its log into
    annexes.
    """
    sheet = sheet.on_paper()
    facts, said, behind = sheet.facts, sheet.said, annexes(sheet)
    rest = f"{sheet.label}{said.paper}"
    blocks = (
        Paragraph(full_title(facts.branch, rest), Role.TITLE),
        Paragraph(f"（数据截止日：{sheet.until}）", Role.SUBTITLE),
        Paragraph("", Role.BLANK_LINE),
        *_situation(sheet, behind),
        *_work(sheet, behind),
        Paragraph("三、存在问题", Role.HEADING1),
        *problem_blocks(sheet),
        Paragraph(f"四、{said.following}计划", Role.HEADING1),
        *coming_blocks(sheet),
        *named(behind),
        *_foot(sheet.words, sheet.sent_on),
        *annex_pages(behind),
    )
    return Document(
        name=paper_name(facts.branch, said.paper, sheet.period),
        title=f"{facts.branch.short}{rest}",
        blocks=blocks,
        layout=Layout.OFFICIAL,
        foot=f"数据截止{sheet.until}　{sheet.stamp.foot}",
        mark=sheet.stamp.mark,
        names=names_of(facts.members) | _values(sheet),
    )


def _values(sheet: PeriodSheet) -> set[str]:
    """Values of targets with units such as 小时/月, which are torn as little as names."""
    return {f.text for name, f in sheet.figures.items() if name.startswith("project.")}


def situation_words(sheet: PeriodSheet) -> str:
    """How many members of which kind there are, and how many came and left."""
    figures = sheet.figures

    def count(name: str) -> str:
        return figures[name].text

    text = f"截至{sheet.until}，党支部共有党员{count('members.total')}，"
    text += f"其中正式党员{count('members.formal')}，预备党员{count('members.probationary')}；"
    text += f"男{count('members.men')}，女{count('members.women')}"
    if figures["members.sex_unknown"].value:
        text += f"，未登记性别{count('members.sex_unknown')}"
    text += "。"
    if figures["members.committee"].value:
        text += f"支部委员{count('members.committee')}。"
    if figures["groups.total"].value:
        text += f"设党小组{count('groups.total')}。"
    text += f"{sheet.said.this}增加党员{count('members.joined')}，"
    return text + f"减少党员{count('members.left')}。"


def _situation(sheet: PeriodSheet, behind: Sequence[Annex]) -> Iterator[Block]:
    yield Paragraph("一、基本情况", Role.HEADING1)
    lines = sheet.ledger_lines(SITUATION, place_of(LEDGERS, behind))
    yield from (Paragraph(text) for text in (situation_words(sheet), *lines))


def _work(sheet: PeriodSheet, behind: Sequence[Annex]) -> Iterator[Block]:
    told = _told(sheet, behind)
    yield Paragraph(f"二、{sheet.said.this}工作", Role.HEADING1)
    for number, section in enumerate(WorkSection, 1):
        yield Paragraph(f"（{numeral(number)}）{section.label}", Role.HEADING2)
        of_ledgers = sheet.ledger_lines(section.label, place_of(LEDGERS, behind))
        lines = (*told.get(section, ()), *of_ledgers)
        found = [*(Paragraph(text) for text in lines), *_written(sheet, section)]
        yield from found
        if section is WorkSection.ORGANISATION:
            yield from _attendance(sheet, behind)
        elif section is WorkSection.INTEGRATION:
            of_projects = (
                *project_blocks(sheet.projects, sheet.figures, sheet.period, sheet.facts.today),
                *indicator_blocks(sheet.facts, sheet.period),
            )
            yield from of_projects or (() if found else (WriteLines(_SECTION_LINES),))
        elif not found:
            yield WriteLines(_SECTION_LINES)
    former = "各项" if sheet.longer else sheet.said.former
    yield Paragraph(f"（{numeral(len(WorkSection) + 1)}）{former}计划完成情况", Role.HEADING2)
    yield from plan_blocks(sheet)


def _told(sheet: PeriodSheet, behind: Sequence[Annex]) -> Mapping[WorkSection, Iterable[str]]:
    """What the records tell of each section; of a longer period the log stands in an annex."""
    facts, period, place = sheet.facts, sheet.period, place_of(LOG, behind)
    team = team_lines(facts, period)
    if not sheet.longer:
        return {
            WorkSection.STUDY: study_lines(facts, period),
            WorkSection.ORGANISATION: (
                *sitting_lines(facts, period),
                *item_lines(facts, period),
            ),
            WorkSection.TEAM: team,
        }
    return {
        WorkSection.STUDY: study_counts(facts, period, place),
        WorkSection.ORGANISATION: item_lines(facts, period, named=False),
        WorkSection.TEAM: team,
    }


def _written(sheet: PeriodSheet, section: WorkSection) -> Iterator[Block]:
    """The user's own words for the section; where there are none, those of the months."""
    own = own_lines(sheet.words, section)
    yield from (Paragraph(text) for text in own)
    if not own:
        yield from dated(sheet.gathered.work(section.value), sheet.period)


def _attendance(sheet: PeriodSheet, behind: Sequence[Annex]) -> Iterator[Block]:
    facts, figures, period = sheet.facts, sheet.figures, sheet.period
    text = attendance_words(facts, figures, period) + last_year_words(sheet)
    if not sheet.longer:
        yield Paragraph(text, keep_with_next=True)
        yield kinds_table(sheet)
        yield from absence_blocks(facts, period)
        return
    places = ((LOG, "各次组织生活"), (ABSENCES, "缺席及补学情况"))
    text += "".join(f"{what}{place}。" for of, what in places if (place := place_of(of, behind)))
    yield Paragraph(text, keep_with_next=True)
    yield kinds_table(sheet)


def _foot(words: SummaryWords, sent_on: date | None) -> Iterator[Block]:
    filled = words.filled_by or "　" * 6
    yield Paragraph("", Role.BLANK_LINE, keep_with_next=True)
    yield Paragraph(f"填报人：{filled}　　审核人（书记）：{words.reviewed_by}", keep_with_next=True)
    day = chinese_date(sent_on) if sent_on else DAY_BLANK
    yield Paragraph(f"报送日期：{day}", keep_with_next=True)
    yield Paragraph("（盖章）", Role.SIGNATURE)
