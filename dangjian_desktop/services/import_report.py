"""What an import found and did, in numbers and line by line, whatever was imported."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from dangjian_desktop.domain.labelled import Labelled
from dangjian_desktop.errors import Issue
from dangjian_desktop.frozen import dataclass

_PLACED = re.compile(r"第\d+[行条]")


class LineKind(Labelled):
    """Sorts of lines, the gravest first; what is no person or no record has a word of its own."""

    REFUSED = "refused", "不能导入"
    INCOMPLETE = "incomplete", "信息待补"
    WARNING = "warning", "提示"
    UNDECIDED = "undecided", "身份未定"
    SKIPPED = "skipped", "未读作人员"
    NO_RECORD = "no_record", "未读作记录"
    ADDED = "added", "新增"
    UPDATED = "updated", "更新"
    UNCHANGED = "unchanged", "无变化"
    ABSENT = "absent", "表中没有"


PROBLEMS = (
    LineKind.REFUSED,
    LineKind.UNDECIDED,
    LineKind.INCOMPLETE,
    LineKind.SKIPPED,
    LineKind.NO_RECORD,
    LineKind.WARNING,
)
TO_LOOK_AT = (*PROBLEMS, LineKind.ABSENT)
"""What is printed and saved beside the numbers."""


@dataclass(frozen=True, slots=True)
class ImportLine:
    """One line: ``row`` as the sheet counts, nothing where it concerns the whole sheet; ``uid`` is
    the record that it is about, where the library has one."""

    kind: LineKind
    row: int | None
    name: str
    text: str
    uid: str = ""

    @property
    def told(self) -> str:
        """The line for itself, with its row and its name."""
        if self.row is None or _PLACED.match(self.text):
            return self.text
        return f"第{self.row}行{f' {self.name}' if self.name else ''}：{self.text}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """The result of one import: ``called`` is what was imported, ``one`` the heading over names.

    The first of ``numbers`` counts the rows met and is the sum of the next five, the last counts
    the columns that were not taken; ``units`` are those of what was taken and of what lies beside.
    """

    called: str
    one: str
    units: tuple[str, str]
    sheet: str
    header_row: int
    numbers: tuple[tuple[str, int], ...]
    untaken: tuple[str, ...]
    lines: tuple[ImportLine, ...]

    @property
    def words(self) -> str:
        """The balance as sentences; what is 0 beside the rows is left out."""
        (_, met), *rows = self.numbers
        taken, aside = self.units
        units = (taken, taken, taken, "行", "行")
        counts = zip(rows[:5], units, strict=True)
        words = "，".join(f"{what} {n} {unit}" for (what, n), unit in counts)
        words += f"（共 {met} 行）。"
        beside = "，".join(f"{what} {n} {aside}" for what, n in rows[5:-1] if n)
        words += f"{beside}。" if beside else ""
        untaken = "、".join(self.untaken)
        return words + (f"没有导入的列：{untaken}。" if untaken else "")


def issue_lines(
    kind: LineKind, issues: Sequence[Issue], ids: Callable[[Issue], str] = lambda _issue: ""
) -> Iterator[ImportLine]:
    """A line for each issue, without the row and the name that stand in columns of their own;
    ``ids`` gives the record that it is about."""
    for issue in issues:
        name = issue.name or ""
        text = issue.message
        for start in (f"第{issue.row}行 {name}：", f"第{issue.row}行：", f"第{issue.row}行"):
            text = text.removeprefix(start)
        yield ImportLine(kind, issue.row, name, text, ids(issue))
