"""达标自评表: each standard with what is reached, what lacks, and what shows it, numbered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field

from dangjian_desktop.documents.model import (
    Block,
    Document,
    Layout,
    Paragraph,
    Role,
    Row,
    Table,
    cell,
    row,
)
from dangjian_desktop.domain.amounts import number_text
from dangjian_desktop.domain.assessments.assessment import Assessment, Criterion, weight_words
from dangjian_desktop.domain.branch import Branch
from dangjian_desktop.domain.dates import chinese_date
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.papers.blanks import UNKNOWN
from dangjian_desktop.papers.catalogue import Wanted
from dangjian_desktop.papers.ledgers.sheet import sign_line
from dangjian_desktop.papers.naming import branch_stem, paper_name
from dangjian_desktop.papers.stamp import Stamp

_COLUMNS = (
    ("序号", 12.0),
    ("项目", 34.0),
    ("标准", 64.0),
    ("类型", 14.0),
    ("分值", 14.0),
    ("完成情况", 50.0),
    ("得分", 14.0),
    ("差距", 40.0),
    ("佐证", 20.0),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentSheet:
    """A self-check; ``figures`` are the numbers of the program that it names, by their name."""

    assessment: Assessment
    branch: Branch
    stamp: Stamp
    figures: Mapping[str, str] = field(default_factory=dict)


def compose_self_check(sheet: AssessmentSheet, _wanted: Wanted) -> Document:
    """The table with its sums, and below it the list of what shows it."""
    found = sheet.assessment
    head = row([name for name, _ in _COLUMNS], Role.CELL_HEAD, header=True)
    lines = [_row(sheet, number, each) for number, each in enumerate(found.criteria, 1)]
    when = f"{found.period.label}" if found.period else UNKNOWN
    about = f"自评时段：{when}　　自评日期：{chinese_date(found.day)}　　依据：{found.source}"
    return Document(
        name=paper_name(sheet.branch, found.title, found.period or found.day),
        title=f"{sheet.branch.short}{found.title}",
        blocks=(
            Paragraph(branch_stem(sheet.branch.name), Role.SUBTITLE),
            Paragraph(found.title, Role.TITLE),
            Paragraph(about, Role.FLUSH, keep_with_next=True),
            Table((head, *lines, _total(found)), tuple(width for _, width in _COLUMNS)),
            *_notes(found),
            *_evidence(found),
            *sign_line(("填表人", "支部书记")),
        ),
        layout=Layout.LANDSCAPE,
        foot=sheet.stamp.foot,
        mark=sheet.stamp.mark,
    )


def _row(sheet: AssessmentSheet, number: int, each: Criterion) -> Row:
    evidence = "、".join(f"{number}-{n}" for n, _ in enumerate(each.evidence, 1))
    return Row(
        (
            cell(str(number), Role.CELL_CENTER),
            cell(each.item, Role.CELL),
            cell(each.standard, Role.CELL),
            cell(each.band.label if each.band else "", Role.CELL_CENTER),
            cell(_number(each.weight), Role.CELL_CENTER),
            cell(_done(sheet, each), Role.CELL),
            cell(_number(each.score), Role.CELL_CENTER),
            cell(each.gap, Role.CELL),
            cell(evidence, Role.CELL_CENTER),
        )
    )


def _number(value: object) -> str:
    return "" if value is None else number_text(value)  # type: ignore[arg-type]


def _done(sheet: AssessmentSheet, each: Criterion) -> str:
    """The number that the program counts, then what the branch says itself."""
    if not each.figure:
        return each.value
    counted = sheet.figures.get(each.figure)
    told = f"{each.figure}{counted}" if counted is not None else f"{each.figure}：没有这个统计数"
    return f"{told}；{each.value}" if each.value else told


def _total(found: Assessment) -> Row:
    texts = ["", "合计", "", "", number_text(found.weights), "", _number(found.scores), "", ""]
    return Row(tuple(cell(text, Role.CELL_CENTER) for text in texts), splittable=False)


def _notes(found: Assessment) -> Iterator[Block]:
    said = [weight_words(found)]
    if found.unscored:
        said.append(f"有分值的项目中{found.unscored}项还没有得分，得分合计只含已填的")
    if words := "；".join(filter(None, said)):
        yield Paragraph(f"注：{words}。", Role.NOTE)


def _evidence(found: Assessment) -> Iterator[Block]:
    told = [
        f"{number}-{n}　{words}"
        for number, each in enumerate(found.criteria, 1)
        for n, words in enumerate(each.evidence, 1)
    ]
    if told:
        yield Paragraph("佐证材料目录", Role.FLUSH, keep_with_next=True)
        yield from (Paragraph(words, Role.FLUSH) for words in told)
