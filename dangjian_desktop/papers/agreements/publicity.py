"""责任状公示: who answers for what, and where and how long that is shown to everybody."""

from __future__ import annotations

from collections.abc import Iterator

from dangjian_desktop.documents.model import (
    Cell,
    Document,
    Layout,
    Paragraph,
    Role,
    Row,
    Table,
    cell,
)
from dangjian_desktop.domain.agreements.agreement import Agreement
from dangjian_desktop.domain.agreements.words import (
    day_words,
    item_words,
    numbered,
    party_words,
    promise_words,
    public_words,
    term_words,
)
from dangjian_desktop.papers.agreements.sheet import (
    AgreementSheet,
    clause_lines,
)
from dangjian_desktop.papers.blanks import DAY_BLANK
from dangjian_desktop.papers.catalogue import Wanted
from dangjian_desktop.papers.naming import full_title, names_of, paper_name

TITLE = "责任状公示"
_WIDTHS = (26.0, 130.0)


def compose_publicity(sheet: AgreementSheet, _wanted: Wanted) -> Document:
    """The words of the 责任状 itself, on one sheet for the wall."""
    agreement = sheet.agreement
    assert agreement is not None
    people = [person for person in (agreement.issuer, agreement.signer) if person]
    return Document(
        name=paper_name(sheet.branch, TITLE, agreement.public_from or sheet.day),
        title=f"{sheet.branch.short}{TITLE}",
        blocks=(
            Paragraph(full_title(sheet.branch, TITLE), Role.TITLE),
            Paragraph("", Role.BLANK_LINE),
            Paragraph(f"现将《{agreement.title}》公示如下。"),
            Table(tuple(_told(agreement)), _WIDTHS),
            Paragraph("", Role.BLANK_LINE, keep_with_next=True),
            Paragraph(sheet.branch.short, Role.SIGNATURE, keep_with_next=True),
            Paragraph(day_words(agreement.public_from) or DAY_BLANK, Role.DATE_LINE),
        ),
        layout=Layout.OFFICIAL,
        foot=sheet.stamp.foot,
        mark=sheet.stamp.mark,
        names=sheet.stamp.names | names_of(people),
    )


def _told(agreement: Agreement) -> Iterator[Row]:
    """What is not told has no row; place and time of the 公示 are asked for in any case."""
    asked = ("公示地点", "公示时间")
    rows = {
        "责任人": [party_words(agreement.signer, agreement.signer_post)],
        "下达人": [party_words(agreement.issuer, agreement.issuer_post)],
        "期限": [term_words(agreement)],
        "签订日期": [day_words(agreement.signed_on)],
        "责任事项": numbered([item_words(each) for each in agreement.signed_items]),
        "指标": numbered([promise_words(each) for each in agreement.signed_indicators]),
        "承诺条款": clause_lines(agreement),
        "公示地点": [agreement.public_place],
        "公示时间": [public_words(agreement)],
    }
    for label, lines in rows.items():
        if any(lines) or label in asked:
            told = Cell(tuple(Paragraph(line, Role.CELL) for line in lines))
            yield Row((cell(label, Role.CELL_HEAD), told), min_height_mm=10.0)
