"""What papers of a 责任状 are about, and the parts that they share."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dangjian_desktop.domain.agreements.agreement import Agreement, Promise
from dangjian_desktop.domain.agreements.words import term_words
from dangjian_desktop.domain.amounts import shown
from dangjian_desktop.domain.branch import Branch
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.papers.blanks import DAY_BLANK
from dangjian_desktop.papers.stamp import Stamp


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementSheet:
    """One 责任状 with what its items and indicators tell, as signed where it is; an empty one
    where there is none. ``day`` is the one on which the branch had this name."""

    branch: Branch
    stamp: Stamp
    day: date
    agreement: Agreement | None = None


def term(agreement: Agreement | None) -> str:
    """2026年1月1日至2026年12月31日, or room to write it."""
    return f"{DAY_BLANK}至{DAY_BLANK}" if agreement is None else term_words(agreement)


def promise_cells(promise: Promise) -> Sequence[str]:
    """Name, unit, baseline, target, value and source; what is unknown is empty."""
    numbers = (promise.baseline, promise.target, promise.value)
    return (promise.name, promise.unit, *map(shown, numbers), promise.source)


def clause_lines(agreement: Agreement | None) -> list[str]:
    """The clauses as the branch wrote them, one a line."""
    text = "" if agreement is None else agreement.clauses
    return [line.strip() for line in text.split("\n") if line.strip()]
