"""What an import finds and does, line by line, for the screen and as a workbook."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from dangjian_desktop.domain.members.identity import masked, masked_phone
from dangjian_desktop.domain.members.importing.columns import LABELS
from dangjian_desktop.errors import Issue
from dangjian_desktop.services.files import write_file
from dangjian_desktop.services.members.roster_import import ImportResult, Planned
from dangjian_desktop.spreadsheets.writing import Column, workbook


class LineKind(StrEnum):
    """Sorts of lines, the gravest first."""

    REFUSED = "refused"
    INCOMPLETE = "incomplete"
    WARNING = "warning"
    ADDED = "added"
    UPDATED = "updated"
    UNCHANGED = "unchanged"

    @property
    def label(self) -> str:
        """The word for people."""
        return _LABELS[self]


_LABELS = {
    LineKind.REFUSED: "不能导入",
    LineKind.INCOMPLETE: "信息待补",
    LineKind.WARNING: "提示",
    LineKind.ADDED: "新增",
    LineKind.UPDATED: "更新",
    LineKind.UNCHANGED: "无变化",
}
PROBLEMS = (LineKind.REFUSED, LineKind.INCOMPLETE, LineKind.WARNING)


@dataclass(frozen=True, slots=True)
class ImportLine:
    """One line: ``row`` as the sheet counts, nothing where it concerns the whole sheet."""

    kind: LineKind
    row: int | None
    name: str
    text: str


def lines_of(result: ImportResult) -> tuple[ImportLine, ...]:
    """Every problem, then every person."""
    return tuple(_lines(result))


def _lines(result: ImportResult) -> Iterator[ImportLine]:
    yield from _issues(LineKind.REFUSED, result.refused)
    yield from _issues(LineKind.INCOMPLETE, result.incomplete)
    yield from _issues(LineKind.WARNING, result.warnings)
    yield from _persons(LineKind.ADDED, result.plan.added)
    yield from _persons(LineKind.UPDATED, result.plan.updated)
    yield from _persons(LineKind.UNCHANGED, result.plan.unchanged)


def _issues(kind: LineKind, issues: Sequence[Issue]) -> Iterator[ImportLine]:
    for issue in issues:
        name = issue.name or ""
        text = issue.message
        for start in (f"第{issue.row}行 {name}：", f"第{issue.row}行：", f"第{issue.row}行"):
            text = text.removeprefix(start)
        yield ImportLine(kind, issue.row, name, text)


def _persons(kind: LineKind, planned: Sequence[Planned]) -> Iterator[ImportLine]:
    for each in planned:
        if kind is LineKind.UPDATED:
            text = "；".join(_change(c.field, c.before, c.after) for c in each.changes)
        else:
            text = kind.label
        yield ImportLine(kind, each.row, each.after.name, text or kind.label)


def _change(field: str, before: str, after: str) -> str:
    hide = {"id_number": masked, "phone": masked_phone}.get(field, str)
    return f"{LABELS.get(field, field)}：{hide(before) or '空'} → {hide(after) or '空'}"


def write_problems(result: ImportResult, file: Path) -> Path:
    """The problems as an .xlsx beside which the roster can be mended; raises BlockedError."""
    lines = [line for line in lines_of(result) if line.kind in PROBLEMS]
    rows = [("" if n.row is None else str(n.row), n.name, n.kind.label, n.text) for n in lines]
    data = workbook(
        title="花名册导入问题清单",
        remark=f"工作表：{result.reading.sheet}；行号为原表行号",
        columns=(
            Column("行号", 6),
            Column("姓名", 12),
            Column("类别", 10),
            Column("说明", 80, centred=False),
        ),
        rows=rows,
    )
    return write_file(file.parent, file.stem, ".xlsx", data, force=True)
