"""报送登记: what a package writes into the ledger of what went up."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from dangjian_desktop.domain.dates import Period, chinese_date
from dangjian_desktop.domain.ledgers.ledger import Ledger
from dangjian_desktop.domain.ledgers.rows import LedgerRow
from dangjian_desktop.domain.members.member import new_id
from dangjian_desktop.domain.submissions.matching import plain_title
from dangjian_desktop.domain.submissions.package import Package
from dangjian_desktop.domain.texts import squeeze
from dangjian_desktop.errors import UserError
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.papers.catalogue import MEETING, PERIOD, PROJECT, PROJECTS
from dangjian_desktop.services.ledgers import keeping
from dangjian_desktop.services.ledgers.catalogue import ledger_of
from dangjian_desktop.services.records.service import KeptService
from dangjian_desktop.services.submissions.ordering import Meant, Order
from dangjian_desktop.services.submissions.pieces import FILE
from dangjian_desktop.storage.work import Work

LEDGER = "submissions"
_KINDS = {MEETING: "meetings", PROJECT: "project", PROJECTS: "project"}
_OF_PERIOD = {1: "monthly", 3: "quarterly", 6: "half_yearly", 12: "yearly"}
_OTHER = "other"
_BY_WORDS = {
    "三会一课": "meetings",
    "会议记录": "meetings",
    "党费": "dues",
    "发展党员": "development",
    "书记项目": "project",
    "统计": "statistics",
    "请示": "request",
    "整改": "receipt",
    "月报": "monthly",
    "季报": "quarterly",
}
"""Kinds by the words of a title that say them."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One material of a package: what the superior calls it, its ``kind`` in the ledger, the other
    names that it goes by, when it was due, where that is known, and whether it was ``sent``."""

    material: str
    kind: str = _OTHER
    also: tuple[str, ...] = ()
    due: date | None = None
    sent: bool = True


def kind_of(subject: str, period: Period) -> str:
    """In which kind of the ledger a paper about such a subject is registered."""
    return _OF_PERIOD[period.length] if subject == PERIOD else _KINDS.get(subject, _OTHER)


def kind_in_words(title: str) -> str:
    """The kind that the title of a file says first."""
    said = {at: kind for word, kind in _BY_WORDS.items() if (at := title.find(word)) >= 0}
    return said[min(said)] if said else _OTHER


def entries_of(meant: Meant, package: Package, titles: Collection[str]) -> list[Entry]:
    """A row for each material that went up: those of these ``titles``, and files."""
    period, found = Period.parse(package.period), dict[str, Entry]()
    for each in meant.chosen:
        offered, known = each.offered, found.get(each.title)
        also = (*(known.also if known else ()), offered.plain_title, *offered.words)
        kind = kind_of(offered.of, period) if known is None else known.kind
        due = each.due or (known.due if known else None)
        found[each.title] = Entry(each.title, kind, also, due)
    given = dict.fromkeys(file.title for file in package.files if file.paper == FILE)
    more = (Entry(title, kind_in_words(title)) for title in given if title not in found)
    return [*(entry for title, entry in found.items() if title in titles), *more]


def awaited(order: Order, package: Package) -> list[Entry]:
    """A row, not sent yet, for each material that a day was told for and that was not there."""
    due = {asked.title: asked.due for asked in order.asked if asked.due is not None}
    lacking = (title for title in package.missing if title in due)
    return [Entry(title, kind_in_words(title), due=due[title], sent=False) for title in lacking]


def register(
    work: Work,
    rows: KeptService[LedgerRow],
    package: Package,
    entries: Sequence[Entry],
    ours: Iterable[str],
) -> list[str]:
    """Write a row for each material, or fill that which is there; what could not be, in words.

    What a person wrote stays; a day by which it was due is never made up.
    """
    ledger, names = ledger_of(work, LEDGER), tuple(ours)
    known = _of_package(work, ledger, package)
    refused = []
    for entry in entries:
        row = _known(known, entry, names) or LedgerRow(
            id=new_id(), ledger=ledger.code, edition=ledger.edition
        )
        values = {n: v for n, v in _values(row, package, entry).items() if ledger.named(n)}
        try:
            rows.put(work, replace(row, values={**row.values, **values}))
        except UserError as error:
            why = "".join(issue.message for issue in error.issues) or error.message
            refused.append(f"“{entry.material}”没有记入报送登记：{why}")
    return refused


def register_return(
    work: Work, rows: KeptService[LedgerRow], package: Package, ours: Iterable[str]
) -> None:
    """Write the day and the reason of a return into the rows of the package's materials."""
    ledger = ledger_of(work, LEDGER)
    titles = {plain_title(file.title, ours) for file in package.files}
    for row in _of_package(work, ledger, package):
        material = plain_title(str(row.value("material")), ours)
        if material in titles or row.value("version") == package.version:
            told: dict[str, Any] = {"returned": package.returned, "resent": None}
            told["return_reason"] = _reason(row, package)
            values = {**row.values, **{n: v for n, v in told.items() if ledger.named(n)}}
            rows.put(work, replace(row, values=values))


def _reason(row: LedgerRow, package: Package) -> str:
    """Why it was returned; for what an earlier version was, when, and when it was sent again,
    stays above it."""
    before, reason = str(row.value("return_reason") or ""), package.return_reason
    day, resent = row.value("returned"), row.value("resent")
    if day in (None, package.returned):
        return reason
    # What stands above is whole already; only the last one is told with its days.
    *above, last = before.split("\n") if before else [""]
    again = f"，{chinese_date(resent)}重报" if resent else ""
    told = f"{chinese_date(day)}退回{again}{f'：{last}' if last else ''}"
    return "\n".join((*above, told, f"第{package.version}版：{reason}"))


def _of_package(work: Work, ledger: Ledger, package: Package) -> list[LedgerRow]:
    """The rows of the same period and recipient."""
    period = Period.parse(package.period)
    periods = {squeeze(period.label), package.period}
    return [
        row
        for row in keeping.oldest_first(work, ledger)
        if squeeze(str(row.value("for_period") or "")) in periods
        and squeeze(str(row.value("sent_to") or "")) == squeeze(package.recipient)
    ]


def _known(rows: Sequence[LedgerRow], entry: Entry, ours: tuple[str, ...]) -> LedgerRow | None:
    """The row of the material: in its very words, else by another name that it goes by."""
    plain = {row.id: plain_title(str(row.value("material") or ""), ours) for row in rows}
    for words in ((entry.material,), entry.also):
        wanted = {plain_title(each, ours) for each in words}
        found = next((row for row in rows if plain[row.id] in wanted), None)
        if found is not None:
            return found
    return None


def _values(row: LedgerRow, package: Package, entry: Entry) -> Mapping[str, Any]:
    values: dict[str, Any] = {"version": package.version} if entry.sent else {}
    fixed = {
        "material": entry.material,
        "kind": entry.kind,
        "for_period": Period.parse(package.period).label,
        "sent_to": package.recipient,
        "due_day": entry.due,
        "sent_on": package.day if entry.sent else None,
    }
    values |= {n: v for n, v in fixed.items() if v is not None and not row.filled(n)}
    sent, returned = row.value("sent_on"), row.value("returned")
    again = sent != package.day if returned is None else returned <= package.day
    if entry.sent and sent is not None and again:
        values["resent"] = package.day
    return values
