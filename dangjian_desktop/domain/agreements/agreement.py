"""责任状: parties, term, what is answered for, and the words of it, frozen once it is signed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from dangjian_desktop.domain.items.item import left_before
from dangjian_desktop.domain.record import Facts, Problem
from dangjian_desktop.domain.references import KeptFile, Link, Person
from dangjian_desktop.frozen import dataclass

SIGNED = "signed_on"
"""The field of the day from which on the rest stays as it is."""
SEALED = (
    *("title", "issuer", "issuer_post", "signer", "signer_post", "starts", "ends"),
    *("items", "indicators", "clauses", SIGNED, "signed_items", "signed_indicators"),
)
"""The fields that stay as they were signed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Undertaking:
    """What an item said on the day of signing."""

    content: str
    standard: str = ""
    responsible: str = ""
    due: date | None = None
    department: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """What was known of an indicator on the day of signing; ``value`` had been reached by then."""

    name: str
    unit: str = ""
    baseline: Decimal | None = None
    target: Decimal | None = None
    value: Decimal | None = None
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """A signing (``signed_on``) that was taken back ``on`` a day, and why."""

    on: date
    signed_on: date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """``clauses`` are the branch's own words, the program has none. ``signed_items`` and
    ``signed_indicators`` are what ``items`` and ``indicators`` told when it was signed, in their
    order. ``public_place`` is where it hung or stood, from ``public_from`` to ``public_until``."""

    id: str
    title: str
    signer: Person
    starts: date
    ends: date
    issuer: Person | None = None
    issuer_post: str = ""
    signer_post: str = ""
    items: tuple[Link, ...] = ()
    indicators: tuple[Link, ...] = ()
    clauses: str = ""
    signed_on: date | None = None
    signed_items: tuple[Undertaking, ...] = ()
    signed_indicators: tuple[Promise, ...] = ()
    withdrawals: tuple[Withdrawal, ...] = ()
    files: tuple[KeptFile, ...] = ()
    public_place: str = ""
    public_from: date | None = None
    public_until: date | None = None
    note: str = ""
    deleted: bool = False


def agreement_problems(agreement: Agreement, facts: Facts) -> Iterator[Problem]:
    """Days in the wrong order, a signer who had left, a signing without what was signed."""
    if agreement.ends < agreement.starts:
        yield Problem("ends", f"期限止早于期限起（{agreement.starts}）", "date_order")
    first, last = agreement.public_from, agreement.public_until
    if last is not None and first is None:
        yield Problem("public_from", "填写了公开止，请填写公开起", "missing")
    elif first is not None and last is not None and last < first:
        yield Problem("public_until", f"公开止早于公开起（{first}）", "date_order")
    for name in ("issuer", "signer"):
        person = getattr(agreement, name)
        if person is not None and left_before(person, agreement.starts, facts):
            words = f"{person.name}在{agreement.starts}已不是本支部党员，请填写现在负责的人"
            yield Problem(name, words)
    yield from _signed(agreement, facts.today)


def _signed(agreement: Agreement, today: date) -> Iterator[Problem]:
    counts = {
        "items": (len(agreement.items), len(agreement.signed_items)),
        "indicators": (len(agreement.indicators), len(agreement.signed_indicators)),
    }
    if agreement.signed_on is None:
        if agreement.signed_items or agreement.signed_indicators:
            yield Problem(SIGNED, "写了签订时的内容，请写明签订日期", "missing")
    elif agreement.signed_on > today:
        yield Problem(SIGNED, "签订日期在今天以后", "future")
    elif wrong := [name for name, (asked, said) in counts.items() if asked != said]:
        words = "缺少签订时的内容：请先不写签订日期，导入后再办理签订"
        yield Problem(f"signed_{wrong[0]}", words, "missing")


def withdrawn(before: Agreement, after: Agreement) -> bool:
    """Whether the later one is the earlier one with its signing taken back, and why."""
    added = after.withdrawals[len(before.withdrawals) :]
    told = [each.signed_on for each in added] == [before.signed_on]
    return after.signed_on is None and told


def sealed_problems(before: Agreement | None, after: Agreement) -> Iterator[Problem]:
    """What was changed though it is signed; a signing that was taken back stays told."""
    if before is None:
        return
    kept = after.withdrawals[: len(before.withdrawals)]
    if kept != before.withdrawals:
        yield Problem("withdrawals", "撤回签订的记录不能改动或删去，请保留原有记录")
    if before.signed_on is None or withdrawn(before, after):
        return
    day = before.signed_on
    for name in SEALED:
        if getattr(before, name) != getattr(after, name):
            words = f"责任状已于{day}签订，这里不能改动；要改动请先撤回签订并写明原因，或另立一份"
            yield Problem(name, words, "sealed")
