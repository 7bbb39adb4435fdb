"""What an import into a ledger finds and does, in numbers and line by line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from dangjian_desktop.services.import_report import (
    ImportLine,
    ImportReport,
    LineKind,
    issue_lines,
)
from dangjian_desktop.services.ledgers.matching import LedgerImport, PlannedRow


def report_of(called: str, plan: LedgerImport) -> ImportReport:
    """The result of an import from a sheet, to be told, printed and saved."""
    return ImportReport(
        called=called,
        one="记录",
        units=("条", "处"),
        sheet=plan.sheet,
        header_row=plan.header_row or 1,
        numbers=(
            ("读取行数", plan.rows),
            ("新增", len(plan.added)),
            ("更新", len(plan.updated)),
            ("无变化", len(plan.unchanged)),
            ("不能导入", plan.refused_rows),
            ("未读作记录", len(plan.skipped)),
            ("信息待补", len(plan.incomplete)),
            ("没有导入的列", len(plan.untaken)),
        ),
        untaken=plan.untaken,
        lines=tuple(_lines(plan)),
    )


def _lines(plan: LedgerImport) -> Iterator[ImportLine]:
    """Problems first, with the record that they are about, then what becomes of each row."""
    known = (*(plan.added if plan.batch else ()), *plan.updated, *plan.unchanged)
    ids = {each.row: each.after.id for each in known}
    titles = {each.row: each.title for each in (*plan.added, *plan.updated, *plan.unchanged)}
    for kind, issues in (
        (LineKind.REFUSED, plan.refused),
        (LineKind.INCOMPLETE, plan.incomplete),
        (LineKind.WARNING, plan.warnings),
    ):
        for line in issue_lines(kind, issues, lambda issue: ids.get(issue.row or 0, "")):
            yield replace(line, name=line.name or titles.get(line.row or 0, ""))
    yield from _rows(LineKind.ADDED, plan.added, ids)
    yield from _rows(LineKind.UPDATED, plan.updated, ids)
    yield from issue_lines(LineKind.NO_RECORD, plan.skipped)
    yield from _rows(LineKind.UNCHANGED, plan.unchanged, ids)


def _rows(
    kind: LineKind, planned: Sequence[PlannedRow], ids: Mapping[int, str]
) -> Iterator[ImportLine]:
    for each in planned:
        yield ImportLine(kind, each.row, each.title, kind.label, ids.get(each.row, ""))
