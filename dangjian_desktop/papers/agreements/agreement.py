"""责任状: parties, term, what is answered for, the branch's own clauses, and room to sign."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

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
from dangjian_desktop.domain.agreements.agreement import Agreement
from dangjian_desktop.domain.agreements.record import AGREEMENT
from dangjian_desktop.domain.agreements.words import day_words, party_words
from dangjian_desktop.domain.dates import chinese_date
from dangjian_desktop.papers.agreements.sheet import (
    AgreementSheet,
    clause_lines,
    promise_cells,
    term,
)
from dangjian_desktop.papers.blanks import DAY_BLANK
from dangjian_desktop.papers.catalogue import Wanted
from dangjian_desktop.papers.naming import full_title, names_of, paper_name

_ITEMS = (
    *(("序号", 10.0), ("责任事项", 50.0), ("工作标准", 40.0)),
    *(("责任人", 19.0), ("完成时限", 20.0), ("考核部门", 22.0)),
)
_INDICATORS = (
    *(("序号", 10.0), ("指标", 42.0), ("单位", 20.0), ("基准", 18.0)),
    *(("目标值", 18.0), ("现值", 18.0), ("数据来源", 35.0)),
)
_READ = ("责任事项", "工作标准", "指标", "数据来源")
_EMPTY_ROWS, _ROOM_MM = 2, 32.0


def compose_agreement(sheet: AgreementSheet, _wanted: Wanted) -> Document:
    """In the order in which it is read out and signed; what nobody told is room to write."""
    agreement = sheet.agreement
    title = AGREEMENT.title if agreement is None else agreement.title
    people = [p for p in (agreement.issuer, agreement.signer) if p] if agreement else []
    what = f"{AGREEMENT.title}（空表）" if agreement is None else AGREEMENT.title
    return Document(
        name=paper_name(sheet.branch, what, sheet.day),
        title=f"{sheet.branch.short}{title}",
        blocks=(
            Paragraph(full_title(sheet.branch, title), Role.TITLE),
            Paragraph("", Role.BLANK_LINE),
            *_parties(agreement),
            *_terms(agreement),
            *_clauses(agreement),
            *_signatures(agreement),
        ),
        layout=Layout.OFFICIAL,
        foot="" if agreement is None else sheet.stamp.foot,
        mark=sheet.stamp.mark,
        names=sheet.stamp.names | names_of(people),
    )


def _parties(agreement: Agreement | None) -> Iterator[Block]:
    issuer = party_words(agreement.issuer, agreement.issuer_post) if agreement else ""
    signer = party_words(agreement.signer, agreement.signer_post) if agreement else ""
    yield Paragraph(issuer, Role.LABELLED, "下达人：")
    yield Paragraph(signer, Role.LABELLED, "责任人：")
    yield Paragraph(term(agreement), Role.LABELLED, "期限：")


def _terms(agreement: Agreement | None) -> Iterator[Block]:
    items = agreement.signed_items if agreement else ()
    promises = agreement.signed_indicators if agreement else ()
    yield Paragraph("一、责任事项", Role.HEADING1)
    yield _table(
        _ITEMS,
        [(i.content, i.standard, i.responsible, day_words(i.due), i.department) for i in items],
    )
    yield Paragraph("二、指标", Role.HEADING1)
    yield _table(_INDICATORS, [promise_cells(promise) for promise in promises])


def _clauses(agreement: Agreement | None) -> Iterator[Block]:
    yield Paragraph("三、承诺条款", Role.HEADING1)
    lines = clause_lines(agreement)
    yield from (Paragraph(line) for line in lines)
    if not lines:
        yield Table((Row((cell(""),), min_height_mm=_ROOM_MM, splittable=False),), (1.0,))


def _signatures(agreement: Agreement | None) -> Iterator[Block]:
    signed = agreement.signed_on if agreement else None
    day = DAY_BLANK if signed is None else chinese_date(signed)
    yield Paragraph("", Role.BLANK_LINE, keep_with_next=True)
    yield Paragraph(f"下达人（签字）：{'　' * 6}责任人（签字）：", keep_with_next=True)
    yield Paragraph("", Role.BLANK_LINE, keep_with_next=True)
    yield Paragraph(f"签订日期：{day.strip('　') if signed else day}")


def _table(columns: Sequence[tuple[str, float]], lines: Sequence[Sequence[str]]) -> Table:
    names = [name for name, _ in columns]
    told = lines or [("",) * (len(columns) - 1)] * _EMPTY_ROWS
    rows = (_row(n if lines else 0, names, texts) for n, texts in enumerate(told, 1))
    head = row(names, Role.CELL_HEAD, header=True)
    return Table((head, *rows), tuple(width for _, width in columns))


def _row(number: int, names: Sequence[str], texts: Sequence[str]) -> Row:
    """A row of room to write where it has no number."""
    fields = (str(number or ""), *texts)
    cells = (
        cell(text, Role.CELL if name in _READ else Role.CELL_CENTER)
        for name, text in zip(names, fields, strict=True)
    )
    return Row(tuple(cells), min_height_mm=0.0 if number else 9.0, splittable=False)
