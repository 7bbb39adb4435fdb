"""融合成效测评结果: how many sheets say what of each item, and what was written on them."""

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
from dangjian_desktop.domain.appraisals.appraisal import FusionAppraisal, Grade, Rating
from dangjian_desktop.domain.dates import chinese_date
from dangjian_desktop.papers.appraisals.sheet import AppraisalSheet
from dangjian_desktop.papers.catalogue import Wanted
from dangjian_desktop.papers.ledgers.sheet import sign_line
from dangjian_desktop.papers.naming import branch_stem, paper_name

TITLE = "融合成效测评结果"
_WIDTHS = (10.0, 66.0, *(17.0 for _ in Grade), 14.0)
_SHEETS = (("发出测评表", "issued"), ("收回", "returned"), ("有效", "valid"))


def compose_result(sheet: AppraisalSheet, _wanted: Wanted) -> Document:
    """The counts as they are, in the order of the sheet: nothing is ranked or made a score."""
    found = sheet.appraisal
    assert found is not None
    title = f"{sheet.when}{TITLE}"
    grades = [grade.label for grade in Grade]
    head = row(("序号", "测评事项", *grades, "未评"), Role.CELL_HEAD, header=True)
    rows = (_row(number, each) for number, each in enumerate(found.ratings, 1))
    return Document(
        name=paper_name(sheet.branch, TITLE, sheet.day),
        title=f"{sheet.branch.short}{title}",
        blocks=(
            Paragraph(branch_stem(sheet.branch.name), Role.SUBTITLE),
            Paragraph(title, Role.TITLE),
            Paragraph(_sheets(found), Role.FLUSH, keep_with_next=True),
            Table((head, *rows), _WIDTHS),
            *_opinions(found),
            *sign_line(("监票人", "计票人", "支部书记")),
        ),
        layout=Layout.FORM,
        foot=sheet.stamp.foot,
        mark=sheet.stamp.mark,
        names=sheet.stamp.names,
    )


def _sheets(found: FusionAppraisal) -> str:
    """测评日期：2026年12月20日　　发出测评表31张　收回31张　有效30张."""
    counts = (f"{word}{_count(getattr(found, name))}张" for word, name in _SHEETS)
    return f"测评日期：{chinese_date(found.held_on)}　　{'　'.join(counts)}"


def _count(number: int | None) -> str:
    """A count, or room to write it."""
    return "　　" if number is None else str(number)


def _row(number: int, each: Rating) -> Row:
    counts = ("" if count is None else str(count) for count in each.counts)
    cells = (cell(text, Role.CELL_CENTER) for text in counts)
    middle = cell(str(number), Role.CELL_CENTER), cell(each.name)
    return Row((*middle, *cells), min_height_mm=9.0, splittable=False)


def _opinions(found: FusionAppraisal) -> Iterator[Block]:
    told = [(each.name, each.opinions) for each in found.ratings]
    told = [(name, text) for name, text in (*told, ("其他", found.opinions)) if text.strip()]
    if told:
        yield Paragraph("意见建议", Role.FLUSH, keep_with_next=True)
    for name, text in told:
        lines = [line.strip() for line in text.split("\n") if line.strip()]
        yield from (Paragraph(f"{name}：{line}", Role.FLUSH) for line in lines)
