"""What an import finds and does, in numbers and line by line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dangjian_desktop.domain.labelled import Labelled
from dangjian_desktop.domain.members.identity import masked, masked_phone
from dangjian_desktop.domain.members.importing.headings import LABELS
from dangjian_desktop.errors import Issue
from dangjian_desktop.services.members.roster_import import ImportResult, Planned


class LineKind(Labelled):
    """Sorts of lines, the gravest first."""

    REFUSED = "refused", "不能导入"
    INCOMPLETE = "incomplete", "信息待补"
    WARNING = "warning", "提示"
    UNDECIDED = "undecided", "身份未定"
    SKIPPED = "skipped", "未读作人员"
    ADDED = "added", "新增"
    UPDATED = "updated", "更新"
    UNCHANGED = "unchanged", "无变化"
    ABSENT = "absent", "表中没有"


PROBLEMS = (
    LineKind.REFUSED,
    LineKind.UNDECIDED,
    LineKind.INCOMPLETE,
    LineKind.SKIPPED,
    LineKind.WARNING,
)
TO_LOOK_AT = (*PROBLEMS, LineKind.ABSENT)
"""What is printed and saved beside the numbers."""


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
    yield from _issues(LineKind.UNDECIDED, result.plan.undecided)
    yield from _issues(LineKind.SKIPPED, result.reading.skipped)
    yield from _persons(LineKind.ADDED, result.plan.added)
    yield from _persons(LineKind.UPDATED, result.plan.updated)
    yield from _persons(LineKind.UNCHANGED, result.plan.unchanged)
    for member in result.plan.absent:
        yield ImportLine(LineKind.ABSENT, None, member.name, "名册中有，表中没有，保留不变")


def balance(result: ImportResult) -> tuple[tuple[str, int], ...]:
    """The balance of the sheet: the rows met, what each became, and what lies beside them.

    The first number is the sum of the next five.
    """
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


def balance_words(result: ImportResult) -> str:
    """The balance as sentences; what is 0 beside the rows is left out."""
    (_, met), *rows = balance(result)
    units = ("人", "人", "人", "行", "行")
    words = "，".join(f"{what} {n} {unit}" for (what, n), unit in zip(rows[:5], units, strict=True))
    words += f"（共 {met} 行）。"
    beside = "，".join(f"{what} {n} 人" for what, n in rows[5:8] if n)
    words += f"{beside}。" if beside else ""
    if result.reading.untaken:
        words += f"没有导入的列：{'、'.join(result.reading.untaken)}。"
    return words


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
