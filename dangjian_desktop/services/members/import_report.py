"""What an import of a roster finds and does, in numbers and line by line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from dangjian_desktop.domain.members.identity import masked, masked_phone
from dangjian_desktop.domain.members.importing.headings import LABELS
from dangjian_desktop.errors import Issue
from dangjian_desktop.services.import_report import (
    ImportLine,
    ImportReport,
    LineKind,
    issue_lines,
)
from dangjian_desktop.services.members.roster_import import ImportResult, Planned


def report_of(result: ImportResult) -> ImportReport:
    """The result to be told, printed and saved."""
    reading = result.reading
    return ImportReport(
        called="花名册",
        one="姓名",
        units=("人", "人"),
        sheet=reading.sheet,
        header_row=reading.header_row,
        numbers=_balance(result),
        untaken=tuple(reading.untaken),
        lines=tuple(_lines(result)),
    )


def _lines(result: ImportResult) -> Iterator[ImportLine]:
    """Every problem, then every person."""
    plan = result.plan
    known = (*(plan.added if result.batch else ()), *plan.updated, *plan.unchanged)
    rows = {each.row: each.after.id for each in known}
    # Of a row that was not taken the person may be known from another one.
    named = {each.after.name: each.after.id for each in known}

    def about(issue: Issue) -> str:
        return rows.get(issue.row or 0) or named.get(issue.name or "", "")

    problems = (
        (LineKind.REFUSED, result.refused),
        (LineKind.INCOMPLETE, result.incomplete),
        (LineKind.WARNING, result.warnings),
        (LineKind.UNDECIDED, plan.undecided),
        (LineKind.SKIPPED, result.reading.skipped),
    )
    for kind, issues in problems:
        yield from issue_lines(kind, issues, about)
    yield from _persons(LineKind.ADDED, plan.added, rows)
    yield from _persons(LineKind.UPDATED, plan.updated, rows)
    yield from _persons(LineKind.UNCHANGED, plan.unchanged, rows)
    for member in plan.absent:
        words = "名册中有，表中没有，保留不变"
        yield ImportLine(LineKind.ABSENT, None, member.name, words, member.id)


def _balance(result: ImportResult) -> tuple[tuple[str, int], ...]:
    return (
        ("读取行数", result.reading.met),
        ("新增", result.added),
        ("更新", result.updated),
        ("无变化", result.unchanged),
        ("不能导入", len(result.refused)),
        ("未读作人员", len(result.reading.skipped)),
        ("信息待补", len(result.incomplete)),
        ("身份未定", len(result.plan.undecided)),
        ("表中没有的党员", len(result.plan.absent)),
        ("没有导入的列", len(result.reading.untaken)),
    )


def _persons(
    kind: LineKind, planned: Sequence[Planned], rows: Mapping[int, str]
) -> Iterator[ImportLine]:
    for each in planned:
        if kind is LineKind.UPDATED:
            text = "；".join(_change(c.field, c.before, c.after) for c in each.changes)
        else:
            text = kind.label
        yield ImportLine(
            kind, each.row, each.after.name, text or kind.label, rows.get(each.row, "")
        )


def _change(field: str, before: str, after: str) -> str:
    hide = {"id_number": masked, "phone": masked_phone}.get(field, str)
    return f"{LABELS.get(field, field)}：{hide(before) or '空'} → {hide(after) or '空'}"
