"""达标自评表: each standard with what is reached, what lacks, and what shows it, numbered."""

from __future__ import annotations

from collections.abc import Iterator

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
from dangjian_desktop.domain.assessments.assessment import (
    Assessment,
    Criterion,
    evidence_numbers,
    notes,
    reached,
    source_words,
)
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
    """A self-check; ``counted`` is what its sources tell, by the order of its standards."""

    assessment: Assessment
    branch: Branch
    stamp: Stamp
    counted: tuple[str, ...] = ()


def compose_self_check(sheet: AssessmentSheet, _wanted: Wanted) -> Document:
    """The table with its sums, and below it the list of what shows it."""
    found = sheet.assessment
    head = row([name for name, _ in _COLUMNS], Role.CELL_HEAD, header=True)
    told = sheet.counted or ("",) * len(found.criteria)
    lines = [
        _row(number, each, counted)
        for number, (each, counted) in enumerate(zip(found.criteria, told, strict=True), 1)
    ]
    when = f"{found.period.label}" if found.period else UNKNOWN
    about = f"自评时段：{when}　　自评日期：{chinese_date(found.day)}"
    about += f"　　依据：{found.source}" if found.source else ""
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


def _row(number: int, each: Criterion, counted: str) -> Row:
    evidence = "、".join(label for label, _ in evidence_numbers(each, number))
    return Row(
        (
            cell(str(number), Role.CELL_CENTER),
            cell(each.item, Role.CELL),
            cell(each.standard, Role.CELL),
            cell(each.band.label if each.band else "", Role.CELL_CENTER),
            cell(_number(each.weight), Role.CELL_CENTER),
            cell(reached(each, counted), Role.CELL),
            cell(_number(each.score), Role.CELL_CENTER),
            cell(each.gap, Role.CELL),
            cell(evidence, Role.CELL_CENTER),
        )
    )


def _number(value: object) -> str:
    return "" if value is None else number_text(value)  # type: ignore[arg-type]


def _total(found: Assessment) -> Row:
    weights = _number(found.weights) if found.weighted else ""
    texts = ["", "合计", "", "", weights, "", _number(found.scores), "", ""]
    return Row(tuple(cell(text, Role.CELL_CENTER) for text in texts), splittable=False)


def _notes(found: Assessment) -> Iterator[Block]:
    if words := "；".join(filter(None, (*notes(found), source_words(found)))):
        yield Paragraph(f"注：{words}。", Role.NOTE)


def _evidence(found: Assessment) -> Iterator[Block]:
    told = [
        f"{label}　{words}"
        for number, each in enumerate(found.criteria, 1)
        for label, words in evidence_numbers(each, number)
    ]
    if told:
        yield Paragraph("佐证材料目录", Role.FLUSH, keep_with_next=True)
        yield from (Paragraph(words, Role.FLUSH) for words in told)
