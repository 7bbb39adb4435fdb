"""What the 支部体检 found as a workbook, in the order in which it was looked at."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from dangjian_desktop.domain.checks.facts import RuleText
from dangjian_desktop.domain.dates import Period, chinese_date
from dangjian_desktop.domain.findings import Finding, Verdict
from dangjian_desktop.services.checks.checks import rules_of
from dangjian_desktop.services.judged import judged_day
from dangjian_desktop.services.of_library import OfLibrary
from dangjian_desktop.services.workbooks import Workbook, covers
from dangjian_desktop.spreadsheets.columns import Column

_COLUMNS = (
    Column("序号", 5),
    Column("结论", 10),
    Column("时间", 15),
    Column("规则", 20, centred=False),
    Column("事项", 28, centred=False),
    Column("情况", 60, centred=False),
    Column("依据", 32, centred=False),
    Column("情况说明", 28, centred=False),
)


class CheckExports(OfLibrary):
    """Findings of one library on their way to other programs."""

    def write_sheet(
        self, findings: Sequence[Finding], about: str, path: Path, *, force: bool = False
    ) -> Path:
        """These findings as .xlsx, in their order; ``about`` is the period that they are of.

        Raises ``InputError`` for another kind of file, ``BlockedError`` where it cannot be
        written.
        """
        covers(path, "full", "检查结果")
        now = self._clock()
        with self._library.reading() as work:
            day, rules = judged_day(work, now.date()), rules_of(work)
            branch = work.branch.on(day)
        book = Workbook(
            columns=_COLUMNS,
            rows=[_row(n, each, rules[each.rule]) for n, each in enumerate(findings, 1)],
            title=f"{branch.name}支部体检结果",
            remark=f"{about}，数据截至{chinese_date(day)}，共{len(findings)}条",
            name="支部体检",
            made=now,
        )
        return book.write(path, force=force)


def verdict_words(finding: Finding) -> str:
    """不符合, or 已说明 where a reason was written."""
    explained = finding.verdict is not Verdict.OK and not finding.open
    return "已说明" if explained else finding.verdict.label


def when_words(finding: Finding) -> str:
    """2026-03-18 of one day, 2026年第一季度 of a period; empty where neither is known."""
    if finding.span is None:
        return ""
    first, last = finding.span
    if first == last:
        return first.isoformat()
    return Period(first.year, first.month, last.month - first.month + 1).label


def _row(number: int, finding: Finding, rule: RuleText) -> tuple[str, ...]:
    return (
        str(number),
        verdict_words(finding),
        when_words(finding),
        rule.title,
        finding.subject,
        finding.message,
        finding.basis,
        finding.waiver or "",
    )
