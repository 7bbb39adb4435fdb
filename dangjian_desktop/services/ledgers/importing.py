"""Rows of a ledger from spreadsheets or JSON: read, plan, write in one transaction, take back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from dangjian_desktop.domain.ledgers.ledger import Ledger
from dangjian_desktop.domain.ledgers.rows import LedgerRow
from dangjian_desktop.domain.ledgers.sheets import SheetReading, read_sheet
from dangjian_desktop.domain.ledgers.values import problems_of_row
from dangjian_desktop.domain.ledgers.words import title_of, value_text
from dangjian_desktop.domain.members.member import Member, new_id
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.errors import InputError, Issue
from dangjian_desktop.services.ledgers import keeping
from dangjian_desktop.services.ledgers.catalogue import kind_of, ledger_of
from dangjian_desktop.services.ledgers.reading import RowReader, row_plain
from dangjian_desktop.services.library.undoing import take_back
from dangjian_desktop.spreadsheets.reading import read_tables
from dangjian_desktop.storage.copies import copies
from dangjian_desktop.storage.library import Library
from dangjian_desktop.storage.records.batches import Batch, Touched
from dangjian_desktop.storage.work import Work

_REASON = "导入台账"


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
            "refused": [_issue_json(issue) for issue in self.refused],
            "incomplete": [_issue_json(issue) for issue in self.incomplete],
            "warnings": [_issue_json(issue) for issue in self.warnings],
            "skipped": [_issue_json(issue) for issue in self.skipped],
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


def _issue_json(issue: Issue) -> dict[str, Any]:
    names = ("row", "name", "field", "code", "message")
    return {name: getattr(issue, name) for name in names}


@dataclass(frozen=True, slots=True)
class _Brought:
    """One row as it was brought: values that could be read, its id in JSON, its problems."""

    number: int
    row: LedgerRow
    issues: tuple[Issue, ...]
    known: bool = False


class LedgerImports:
    """Imports into one library; ``clock`` tells the present time."""

    def __init__(self, library: Library, clock: Callable[[], datetime] = datetime.now) -> None:
        self._library = library
        self._clock = clock

    def read(
        self,
        code: str,
        path: Path,
        *,
        sheet: str | None = None,
        header_row: int | None = None,
        mapping: Mapping[str, str] | None = None,
    ) -> SheetReading:
        """The rows in a spreadsheet; nothing is written. Raises ``InputError``."""
        with self._library.reading() as work:
            ledger = ledger_of(work, code)
        return read_sheet(
            read_tables(path),
            ledger,
            self._clock().date(),
            sheet=sheet,
            header_row=header_row,
            mapping=mapping,
        )

    def plan(self, code: str, reading: SheetReading) -> LedgerImport:
        """What importing would do; nothing is written."""
        with self._library.reading() as work:
            return self._plan(work, ledger_of(work, code), reading)

    def run(
        self,
        code: str,
        path: Path,
        *,
        dry_run: bool = False,
        accept_partial: bool = False,
        **reading: Any,
    ) -> LedgerImport:
        """Read a spreadsheet and import it (``reading`` as in ``read``), or only say what would be.

        Raises ``InputError`` with the refused rows unless ``accept_partial``.
        """
        found = self.read(code, path, **reading)
        if dry_run:
            return self.plan(code, found)
        return self.apply(code, found, path.name, accept_partial=accept_partial)

    def apply(
        self, code: str, reading: SheetReading, file_name: str, *, accept_partial: bool = False
    ) -> LedgerImport:
        """Import what was read, in one transaction; a verified copy is made before."""
        return self._write(
            code,
            lambda work, ledger: self._plan(work, ledger, reading),
            file_name,
            accept_partial=accept_partial,
        )

    def run_json(
        self,
        code: str,
        data: Any,
        file_name: str,
        *,
        dry_run: bool = False,
        accept_partial: bool = False,
        copy: bool = True,
    ) -> LedgerImport:
        """Import ROWs of the contract: one, a list, or what ``ledger show`` gives.

        Without ``copy`` no verified copy is made before: for a library that is just being made.
        """
        rows = data["rows"] if isinstance(data, Mapping) and "rows" in data else data
        listed = rows if isinstance(rows, list) else [rows]

        def planned(work: Work, ledger: Ledger) -> LedgerImport:
            brought = list(self._of_json(work, ledger, listed))
            return _planned(work, ledger, brought)

        if dry_run:
            with self._library.reading() as work:
                return planned(work, ledger_of(work, code))
        return self._write(code, planned, file_name, accept_partial=accept_partial, copy=copy)

    def undo(self, batch: str) -> tuple[int, int]:
        """Take an import back: how many rows were removed, how many are as they were before.

        Raises ``InputError`` for an unknown import, or naming what was changed since.
        """
        with self._library.changing(Topic.LEDGERS) as work:
            found = work.batches.get(batch)
            if found is not None and any(
                not t.subject.startswith("ledger:") for t in found.touched
            ):
                raise InputError("这不是台账的导入批次。", "撤销名册的导入请用 roster undo。")
            return take_back(work, batch)

    def _plan(self, work: Work, ledger: Ledger, reading: SheetReading) -> LedgerImport:
        brought = list(self._of_sheet(work, ledger, reading))
        planned = _planned(work, ledger, brought)
        return replace(
            planned,
            warnings=(*reading.warnings, *planned.warnings),
            skipped=reading.skipped,
            untaken=reading.untaken,
            mapping=reading.mapping,
            sheet=reading.sheet,
            header_row=reading.header_row,
        )

    def _of_sheet(self, work: Work, ledger: Ledger, reading: SheetReading) -> Iterator[_Brought]:
        reader = self._reader(work, ledger)
        for each in reading.rows:
            row, issues = reader.read(each.values, place=f"第{each.row}行：")
            yield _Brought(each.row, row, (*each.issues, *issues))

    def _of_json(self, work: Work, ledger: Ledger, rows: Sequence[Any]) -> Iterator[_Brought]:
        reader = self._reader(work, ledger)
        for number, data in enumerate(rows, 1):
            try:
                plain, more, uid = row_plain(data)
            except ValueError as wrong:
                issue = Issue(f"第{number}条{wrong}。", "invalid", None, number)
                yield _Brought(number, LedgerRow(id=new_id(), ledger=ledger.code), (issue,))
                continue
            row, issues = reader.read(plain, uid, place=f"第{number}条：")
            yield _Brought(number, replace(row, more=dict(more)), tuple(issues), known=bool(uid))

    def _reader(self, work: Work, ledger: Ledger) -> RowReader:
        members: Sequence[Member] = work.members.all()
        return RowReader(ledger, members, self._clock().date())

    def _write(
        self,
        code: str,
        planned: Callable[[Work, Ledger], LedgerImport],
        file_name: str,
        *,
        accept_partial: bool,
        copy: bool = True,
    ) -> LedgerImport:
        if copy:
            with self._library.reading() as work:
                _require_whole(planned(work, ledger_of(work, code)), accept_partial=accept_partial)
            copies.backup(self._library.path, reason=copies.BEFORE_IMPORT)
        with self._library.changing(Topic.LEDGERS) as work:
            ledger = ledger_of(work, code)
            keeping.require_open(self._library.path, ledger)
            plan = planned(work, ledger)
            _require_whole(plan, accept_partial=accept_partial)
            touched = [each.after for each in (*plan.added, *plan.updated)]
            if not touched:
                return plan
            for row in touched:
                keeping.save(work, ledger, row, _REASON)
            batch = _batch(work, code, touched, file_name, self._clock().date())
        return replace(plan, batch=batch)


def _require_whole(plan: LedgerImport, *, accept_partial: bool) -> None:
    if plan.refused and not accept_partial:
        raise InputError(
            f"有{plan.refused_rows}行不能导入，本次没有导入任何内容。",
            "请改正这些行后重新导入；也可以只导入其余各行（命令行用 --accept-partial）。",
            plan.refused,
        )


def _batch(work: Work, code: str, rows: Sequence[LedgerRow], file_name: str, day: date) -> str:
    store, kind = keeping.store_of(work, code), kind_of(code)
    touched = tuple(Touched(kind, row.id, store.revision_number(row.id)) for row in rows)
    return work.batches.add(Batch(new_id(), file_name, day, touched), _REASON).id


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


def _planned(work: Work, ledger: Ledger, brought: Sequence[_Brought]) -> LedgerImport:
    matcher = _Matcher(ledger, keeping.oldest_first(work, ledger))
    added: list[PlannedRow] = []
    updated: list[PlannedRow] = []
    unchanged: list[PlannedRow] = []
    refused: list[Issue] = []
    incomplete: list[Issue] = []
    warnings: list[Issue] = []
    waiting: list[_Brought] = []
    for each in brought:
        wrong = _refusals(ledger, each)
        refused += wrong
        if wrong:
            continue
        warnings += [issue for issue in each.issues if issue.code == "text_cleaned"]
        incomplete += [issue for issue in each.issues if issue.code != "text_cleaned"]
        equal = None if each.known else matcher.equal(each.row)
        if equal is None:
            waiting.append(each)
        else:
            unchanged.append(_plan_of(ledger, each, equal, equal))
    for each in waiting:
        planned, warning = _settled(ledger, matcher, each)
        warnings += warning
        if planned.before is None:
            added.append(planned)
        else:
            (unchanged if planned.after == planned.before else updated).append(planned)
    return LedgerImport(
        added=tuple(added),
        updated=tuple(updated),
        unchanged=tuple(sorted(unchanged, key=lambda planned: planned.row)),
        refused=tuple(refused),
        incomplete=tuple(incomplete),
        warnings=tuple(sorted(warnings, key=lambda issue: issue.row or 0)),
    )


def _settled(ledger: Ledger, matcher: _Matcher, each: _Brought) -> tuple[PlannedRow, list[Issue]]:
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
    ledger: Ledger, each: _Brought, before: LedgerRow | None, after: LedgerRow
) -> PlannedRow:
    return PlannedRow(each.number, before, after, title_of(ledger, after))


def _maybe_same(ledger: Ledger, each: _Brought, alike: Sequence[LedgerRow]) -> list[Issue]:
    if not alike:
        return []
    title = title_of(ledger, each.row)
    text = (
        f"第{each.number}行：“{title}”可能与资料库中已有的{len(alike)}条是同一条，"
        "已作为新的一条，请核对。"
    )
    return [Issue(text, "possible_duplicate", None, each.number, title)]


def _refusals(ledger: Ledger, each: _Brought) -> list[Issue]:
    """Why the row cannot be taken: a required field is empty or broken, a member is none."""
    hard = [
        issue
        for issue in each.issues
        if issue.code == "name_unknown" or issue.field is None or _required(ledger, issue.field)
    ]
    known = {issue.field for issue in each.issues}
    problems = [
        replace(issue, message=f"第{each.number}行：{issue.message}", row=each.number)
        for issue in problems_of_row(ledger, each.row)
        if issue.field not in known
    ]
    named = [replace(issue, row=each.number) for issue in hard if issue.code != "text_cleaned"]
    return [*named, *problems]


def _required(ledger: Ledger, name: str) -> bool:
    asked = ledger.named(name)
    return asked is None or asked.required
