"""What an import of rows would do: which are known, which change one, which are new."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from typing import Any

from dangjian_desktop.domain.field_texts import value_text
from dangjian_desktop.domain.ledgers.ledger import Ledger
from dangjian_desktop.domain.ledgers.rows import LedgerRow
from dangjian_desktop.domain.ledgers.values import problems_of_row
from dangjian_desktop.domain.ledgers.words import title_of
from dangjian_desktop.errors import Issue
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.services.ledgers import keeping
from dangjian_desktop.storage.work import Work


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """What becomes of one row: ``before`` is None for a new one, ``row`` as the sheet counts."""

    row: int
    before: LedgerRow | None
    after: LedgerRow
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerImport:
    """What an import did, or would do while ``batch`` is None.

    Every row of the sheet is among ``added``, ``updated``, ``unchanged``, ``refused`` (by row) or
    ``skipped``; ``incomplete`` tells what could not be read of rows that were taken.
    """

    added: tuple[PlannedRow, ...]
    updated: tuple[PlannedRow, ...]
    unchanged: tuple[PlannedRow, ...]
    refused: tuple[Issue, ...]
    incomplete: tuple[Issue, ...] = ()
    warnings: tuple[Issue, ...] = ()
    skipped: tuple[Issue, ...] = ()
    untaken: tuple[str, ...] = ()
    mapping: Mapping[str, str] = field(default_factory=dict)
    sheet: str = ""
    header_row: int | None = None
    batch: str | None = None

    @property
    def refused_rows(self) -> int:
        """How many rows were refused, each perhaps for several reasons."""
        return len({issue.row for issue in self.refused})

    @property
    def rows(self) -> int:
        """Every row of the sheet that is not blank."""
        taken = len(self.added) + len(self.updated) + len(self.unchanged)
        return taken + self.refused_rows + len(self.skipped)

    def as_json(self) -> dict[str, Any]:
        """The JSON document of the contract."""
        return {
            "rows": self.rows,
            "added": len(self.added),
            "updated": len(self.updated),
            "unchanged": len(self.unchanged),
            "refused": [issue.as_json() for issue in self.refused],
            "incomplete": [issue.as_json() for issue in self.incomplete],
            "warnings": [issue.as_json() for issue in self.warnings],
            "skipped": [issue.as_json() for issue in self.skipped],
            "undecided": [],
            "absent": [],
            "untaken": list(self.untaken),
            "stated_total": None,
            "mapping": dict(self.mapping),
            "batch": self.batch,
            "ids": [each.after.id for each in (*self.added, *self.updated, *self.unchanged)],
            "sheet": self.sheet,
            "header_row": self.header_row,
        }


@dataclass(frozen=True, slots=True)
class Brought:
    """One row as it was brought: values that could be read, its problems.

    ``known`` tells that JSON gave its id; ``counted`` is the word by which its source counts.
    """

    number: int
    row: LedgerRow
    issues: tuple[Issue, ...]
    known: bool = False
    counted: str = "行"

    @property
    def place(self) -> str:
        """How a sentence about it begins."""
        return f"第{self.number}{self.counted}："


class _Matcher:
    """Finds the stored row that a brought one means; each stored row is found once."""

    def __init__(self, ledger: Ledger, stored: Sequence[LedgerRow]) -> None:
        self._ledger = ledger
        self._left = {row.id: row for row in stored}
        self._keys: dict[tuple[str, ...], list[str]] = {}
        for row in stored:
            self._keys.setdefault(self._key(row), []).append(row.id)

    def equal(self, row: LedgerRow) -> LedgerRow | None:
        """A stored row that says the same in every filled field."""
        for stored in self.alike(row):
            if all(stored.values.get(name) == value for name, value in row.values.items()):
                return self._take(stored)
        return None

    def alike(self, row: LedgerRow) -> list[LedgerRow]:
        """Stored rows that are equal in the fields of ``identity``; none where one is empty."""
        key = self._key(row)
        if not self._ledger.identity:
            return list(self._left.values())
        return [self._left[uid] for uid in self._keys.get(key, ()) if uid in self._left]

    def named(self, uid: str) -> LedgerRow | None:
        """The stored row of this id."""
        found = self._left.get(uid)
        return None if found is None else self._take(found)

    def same(self, row: LedgerRow) -> LedgerRow | None:
        """The only stored row of this identity, taken."""
        found = self.alike(row) if self._ledger.identity else []
        return self._take(found[0]) if len(found) == 1 else None

    def _take(self, row: LedgerRow) -> LedgerRow:
        del self._left[row.id]
        return row

    def _key(self, row: LedgerRow) -> tuple[str, ...]:
        """The texts of the identity; persons in any order."""
        found = []
        for name in self._ledger.identity:
            asked = self._ledger.named(name)
            text = "" if asked is None else value_text(asked, row.value(name))
            found.append("、".join(sorted(text.split("、"))))
        return tuple(found)


def planned(work: Work, ledger: Ledger, brought: Sequence[Brought]) -> LedgerImport:
    """What becomes of each row that was brought; nothing is written."""
    matcher = _Matcher(ledger, keeping.oldest_first(work, ledger))
    added: list[PlannedRow] = []
    updated: list[PlannedRow] = []
    unchanged: list[PlannedRow] = []
    refused: list[Issue] = []
    incomplete: list[Issue] = []
    warnings: list[Issue] = []
    waiting: list[Brought] = []
    for each in brought:
        wrong = _refusals(ledger, each)
        refused += wrong
        if wrong:
            continue
        for issue in each.issues:
            placed = replace(issue, row=each.number)
            (warnings if issue.code == "text_cleaned" else incomplete).append(placed)
        equal = None if each.known else matcher.equal(each.row)
        if equal is None:
            waiting.append(each)
        else:
            unchanged.append(_plan_of(ledger, each, equal, equal))
    for each in waiting:
        plan, warning = _settled(ledger, matcher, each)
        warnings += warning
        if plan.before is None:
            added.append(plan)
        else:
            (unchanged if plan.after == plan.before else updated).append(plan)
    return LedgerImport(
        added=tuple(added),
        updated=tuple(updated),
        unchanged=tuple(sorted(unchanged, key=lambda plan: plan.row)),
        refused=tuple(refused),
        incomplete=tuple(incomplete),
        warnings=tuple(sorted(warnings, key=lambda issue: issue.row or 0)),
    )


def _settled(ledger: Ledger, matcher: _Matcher, each: Brought) -> tuple[PlannedRow, list[Issue]]:
    """Whether a row that equals none changes one, or is new; perhaps the same as another."""
    row = each.row
    before = matcher.named(row.id) if each.known else matcher.same(row)
    if before is None:
        alike = matcher.alike(row) if ledger.identity else []
        return _plan_of(ledger, each, None, row), _maybe_same(ledger, each, alike)
    after = replace(
        before, values={**before.values, **row.values}, more={**before.more, **row.more}
    )
    return _plan_of(ledger, each, before, after), []


def _plan_of(
    ledger: Ledger, each: Brought, before: LedgerRow | None, after: LedgerRow
) -> PlannedRow:
    return PlannedRow(each.number, before, after, title_of(ledger, after))


def _maybe_same(ledger: Ledger, each: Brought, alike: Sequence[LedgerRow]) -> list[Issue]:
    if not alike:
        return []
    title = title_of(ledger, each.row)
    text = (
        f"{each.place}“{title}”可能与资料库中已有的{len(alike)}条是同一条，已作为新的一条，请核对。"
    )
    return [Issue(text, "possible_duplicate", None, each.number, title)]


def _refusals(ledger: Ledger, each: Brought) -> list[Issue]:
    """Why the row cannot be taken: a required field is empty or broken, a member is none."""
    hard = [
        issue
        for issue in each.issues
        if issue.code == "name_unknown" or issue.field is None or _required(ledger, issue.field)
    ]
    known = {issue.field for issue in each.issues if issue.code != "text_cleaned"}
    problems = [
        replace(issue, message=f"{each.place}{issue.message}", row=each.number)
        for issue in problems_of_row(ledger, each.row)
        # Of what is no row at all nothing more can be said.
        if issue.field not in known and None not in known
    ]
    named = [replace(issue, row=each.number) for issue in hard if issue.code != "text_cleaned"]
    return [*named, *problems]


def _required(ledger: Ledger, name: str) -> bool:
    asked = ledger.named(name)
    return asked is None or asked.required
