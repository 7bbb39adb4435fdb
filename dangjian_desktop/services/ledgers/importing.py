"""Rows of a ledger from spreadsheets or JSON: read, plan, write in one transaction, take back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from dangjian_desktop.domain.field_values import clean_plain, removed_from
from dangjian_desktop.domain.ledgers.ledger import Ledger
from dangjian_desktop.domain.ledgers.nameless import named_in, nameless_fields
from dangjian_desktop.domain.ledgers.rows import LedgerRow
from dangjian_desktop.domain.ledgers.sheets import SheetReading, read_sheet
from dangjian_desktop.domain.members.member import Member, new_id
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.errors import InputError, Issue
from dangjian_desktop.services.ledgers import keeping
from dangjian_desktop.services.ledgers.catalogue import kind_of, ledger_of
from dangjian_desktop.services.ledgers.matching import Brought, LedgerImport, planned
from dangjian_desktop.services.ledgers.reading import RowReader, row_plain
from dangjian_desktop.services.of_library import OfLibrary
from dangjian_desktop.services.undoing import take_back
from dangjian_desktop.spreadsheets.reading import read_tables
from dangjian_desktop.storage.copies import copies
from dangjian_desktop.storage.records.batches import Batch, Touched
from dangjian_desktop.storage.work import Work

_REASON = "导入台账"


class LedgerImports(OfLibrary):
    """Imports into one library; ``clock`` tells the present time."""

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
        """What importing would do; nothing is written.

        Raises ``BlockedError`` where no row can be entered.
        """
        with self._library.reading() as work:
            return self._plan(work, self._open(work, code), reading)

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

        def plan(work: Work, ledger: Ledger) -> LedgerImport:
            found = planned(work, ledger, list(self._of_json(work, ledger, listed)))
            found = _closed(work, ledger, found, "条")
            return replace(found, warnings=(*found.warnings, *_named(work, ledger, found, "条")))

        if dry_run:
            with self._library.reading() as work:
                return plan(work, self._open(work, code))
        return self._write(code, plan, file_name, accept_partial=accept_partial, copy=copy)

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
        plan = planned(work, ledger, list(self._of_sheet(work, ledger, reading)))
        plan = _closed(work, ledger, plan, "行")
        return replace(
            plan,
            warnings=(*reading.warnings, *plan.warnings, *_named(work, ledger, plan, "行")),
            skipped=reading.skipped,
            untaken=reading.untaken,
            mapping=reading.mapping,
            sheet=reading.sheet,
            header_row=reading.header_row,
        )

    def _of_sheet(self, work: Work, ledger: Ledger, reading: SheetReading) -> Iterator[Brought]:
        reader = self._reader(work, ledger)
        for each in reading.rows:
            row, issues = reader.read(each.values, place=f"第{each.row}行：")
            yield Brought(each.row, row, (*each.issues, *issues))

    def _of_json(self, work: Work, ledger: Ledger, rows: Sequence[Any]) -> Iterator[Brought]:
        reader = self._reader(work, ledger)
        for number, data in enumerate(rows, 1):
            try:
                plain, more, uid = row_plain(data)
            except ValueError as wrong:
                issue = Issue(f"第{number}条{wrong}。", "invalid", None, number)
                bare = LedgerRow(id=new_id(), ledger=ledger.code)
                yield Brought(number, bare, (issue,), counted="条")
                continue
            place = f"第{number}条："
            row, issues = reader.read(plain, uid, place=place)
            issues += (
                Issue(f"{place}{words}", "text_cleaned", field.name)
                for field, words in removed_from(ledger.all_fields, plain)
            )
            whole = replace(row, more=clean_plain(more))
            yield Brought(number, whole, tuple(issues), known=bool(uid), counted="条")

    def _open(self, work: Work, code: str) -> Ledger:
        """The ledger, where rows of it can be entered."""
        ledger = ledger_of(work, code)
        keeping.require_open(self._library.path, ledger)
        return ledger

    def _reader(self, work: Work, ledger: Ledger) -> RowReader:
        members: Sequence[Member] = work.members.all()
        return RowReader(ledger, members, self._clock().date())

    def _write(
        self,
        code: str,
        plan_of: Callable[[Work, Ledger], LedgerImport],
        file_name: str,
        *,
        accept_partial: bool,
        copy: bool = True,
    ) -> LedgerImport:
        if copy:
            with self._library.reading() as work:
                _require_whole(plan_of(work, self._open(work, code)), accept_partial=accept_partial)
            copies.backup(self._library.path, reason=copies.BEFORE_IMPORT)
        with self._library.changing(Topic.LEDGERS) as work:
            ledger = self._open(work, code)
            plan = plan_of(work, ledger)
            _require_whole(plan, accept_partial=accept_partial)
            touched = [each.after for each in (*plan.added, *plan.updated)]
            if not touched:
                return plan
            for row in touched:
                kept = keeping.with_sensitive(work, ledger, row)
                keeping.save(work, ledger, kept, _REASON)
            batch = _batch(work, code, touched, file_name, self._clock().date())
        return replace(plan, batch=batch)


def _closed(work: Work, ledger: Ledger, plan: LedgerImport, counted: str) -> LedgerImport:
    """The import without the rows that bring what only a password may keep: these are refused."""
    if work.protected:
        return plan
    told = {
        each.row: [
            replace(issue, message=f"第{each.row}{counted}：{issue.message}", row=each.row)
            for issue in keeping.sensitive_issues(ledger, each.after, each.before)
        ]
        for each in (*plan.added, *plan.updated)
    }
    return replace(
        plan,
        added=tuple(each for each in plan.added if not told[each.row]),
        updated=tuple(each for each in plan.updated if not told[each.row]),
        refused=(*plan.refused, *(issue for issues in told.values() for issue in issues)),
    )


def _named(work: Work, ledger: Ledger, plan: LedgerImport, counted: str) -> Iterator[Issue]:
    """Names of the roster in texts that shall have none: said, and taken all the same."""
    if not nameless_fields(ledger):
        return
    names = {member.name for member in work.members.all() if not member.deleted}
    for each in (*plan.added, *plan.updated):
        for field, words in named_in(ledger, each.after.values, names).items():
            start = f"第{each.row}{counted}：{ledger.label(field)}中"
            yield Issue(f"{start}{words.removeprefix('其中的')}。", "name_noticed", field, each.row)


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
