"""What the card of a 责任状 says: what was signed, else what is linked now."""

from __future__ import annotations

from collections.abc import Iterator

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
from dangjian_desktop.domain.field_texts import GONE, Titles

NONE = "—"


def agreement_lines(agreement: Agreement, titles: Titles) -> Iterator[tuple[str, str]]:
    """Labels and texts; what was taken back stands there only where it was."""
    if agreement.signed_on is None:
        items = [titles.get(link, GONE) for link in agreement.items]
        promises = [titles.get(link, GONE) for link in agreement.indicators]
    else:
        items = [item_words(each) for each in agreement.signed_items]
        promises = [promise_words(each) for each in agreement.signed_indicators]
    files = "、".join(file.name for file in agreement.files)
    told = (
        ("下达人", party_words(agreement.issuer, agreement.issuer_post)),
        ("责任人", party_words(agreement.signer, agreement.signer_post)),
        ("期限", term_words(agreement)),
        ("签订日期", day_words(agreement.signed_on)),
        ("责任事项", "\n".join(numbered(items))),
        ("指标", "\n".join(numbered(promises))),
        ("承诺条款", agreement.clauses),
        ("签字扫描件", files),
        ("公开地点", agreement.public_place),
        ("公开时间", public_words(agreement)),
        ("备注", agreement.note),
    )
    yield from ((label, text or NONE) for label, text in told)
    for each in agreement.withdrawals:
        days = f"{day_words(each.on)}撤回{day_words(each.signed_on)}的签订"
        yield "撤回签订", f"{days}：{each.reason}"
