"""What ledgers add to the things to do: dates of rows, and what is asked and missing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.ledgers.asking import BRANCH, Gap
from dangjian_desktop.domain.summaries.due import AHEAD, DueItem, DueKind
from dangjian_desktop.services.ledgers.catalogue import entries
from dangjian_desktop.services.ledgers.counting import dues_in, gaps_in
from dangjian_desktop.storage.work import Work

_NAMED_AT_MOST = 3


def due_in_ledgers(work: Work, day: date) -> Iterator[DueItem]:
    """Everything due in the rows up to ``AHEAD`` days on, and each period that lacks something."""
    for due in dues_in(work, day + timedelta(days=AHEAD)):
        late = (day - due.day).days
        behind = f"，已逾期{late}天" if late > 0 else ""
        yield DueItem(DueKind.ROW, due.day, due.text + behind, due.row, due.ledger)
    lacking: dict[tuple[str, Period], list[Gap]] = {}
    for gap in gaps_in(work, day):
        lacking.setdefault((gap.ledger, gap.period), []).append(gap)
    titles = {entry.ledger.code: entry.ledger.title for entry in entries(work)} if lacking else {}
    for (code, period), gaps in lacking.items():
        words = f"{titles[code]}（{period.label}）：{_who(gaps)}"
        yield DueItem(DueKind.ASKED, period.last, words, code=code)


def _who(gaps: list[Gap]) -> str:
    """还没有登记 of the branch; else the first names and how many there are."""
    if gaps[0].subject == BRANCH:
        return "还没有登记" if not gaps[0].rows else "登记不足"
    names = "、".join(gap.name for gap in gaps[:_NAMED_AT_MOST])
    return f"{names}等{len(gaps)}个未登记" if len(gaps) > _NAMED_AT_MOST else f"{names}未登记"
