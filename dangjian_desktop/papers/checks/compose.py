"""支部体检表: the verdicts of a period, rule by rule, on A4 laid across."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from dangjian_desktop.documents.model import (
    Document,
    Layout,
    Paragraph,
    Role,
    Row,
    Table,
    cell,
    row,
)
from dangjian_desktop.domain.branch import Branch
from dangjian_desktop.domain.checks.facts import RuleText
from dangjian_desktop.domain.checks.rules import CHECKS
from dangjian_desktop.domain.checks.selecting import State, counts
from dangjian_desktop.domain.dates import Period, chinese_date
from dangjian_desktop.domain.findings import Finding
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.papers.catalogue import Wanted
from dangjian_desktop.papers.naming import branch_stem, paper_name
from dangjian_desktop.papers.stamp import Stamp

TITLE = "支部体检表"
_COLUMNS = (("结论", 17.0), ("事项", 54.0), ("情况", 88.0), ("依据", 66.0), ("情况说明", 40.0))
_COUNTED = (State.OK, State.VIOLATION, State.UNKNOWN, State.NOTICE, State.WAIVED)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckSheet:
    """What the rules found of ``period`` (of all years without one) as of ``today``."""

    findings: Sequence[Finding]
    rules: Mapping[str, RuleText]
    branch: Branch
    stamp: Stamp
    today: date
    period: Period | None


def compose_check(sheet: CheckSheet, _wanted: Wanted) -> Document:
    """Each finding that is not in order, under its rule and what that found; in a last row every
    rule of which all is in order, with the count alone."""
    branch, when = sheet.branch, sheet.period.label if sheet.period else ""
    signed = f"　填表人：{'　' * 4}书记（签字）："
    return Document(
        name=paper_name(branch, TITLE, sheet.period or sheet.today),
        title=f"{branch.short}{when}{TITLE}",
        blocks=(
            Paragraph(branch_stem(branch.name) + when + TITLE, Role.TITLE),
            Paragraph(
                f"数据截至{chinese_date(sheet.today)}，共{len(sheet.findings)}条："
                f"{_counts(sheet.findings)}。{signed}",
                Role.FLUSH,
            ),
            Table(tuple(_rows(sheet)), tuple(width for _, width in _COLUMNS)),
        ),
        layout=Layout.LANDSCAPE,
        foot=sheet.stamp.foot,
        mark=sheet.stamp.mark,
    )


def _counts(findings: Sequence[Finding], *, found_only: bool = False) -> str:
    found = counts(findings)
    shown = [state for state in _COUNTED if found[state] or not found_only]
    return "，".join(f"{state.label}{found[state]}" for state in shown)


def _rows(sheet: CheckSheet) -> Iterator[Row]:
    yield row([title for title, _ in _COLUMNS], Role.CELL_HEAD, header=True)
    by_rule: dict[str, list[Finding]] = {}
    for finding in sheet.findings:
        by_rule.setdefault(finding.rule, []).append(finding)
    calm: list[str] = []
    for code in CHECKS:
        own = by_rule.get(code, [])
        if told := [f for f in own if not State.OK.holds(f)]:
            words = f"{sheet.rules[code].title}：{_counts(own, found_only=True)}"
            band = cell(words, Role.CELL_HEAD, columns=len(_COLUMNS))
            yield Row((band,), splittable=False, keep_with_next=True)
            yield from map(_row, told)
        elif own:
            calm.append(f"{sheet.rules[code].title}{len(own)}")
    if calm:
        words = f"{'其余' if len(calm) < len(by_rule) else ''}各项均符合：{'，'.join(calm)}。"
        yield Row((cell(words, columns=len(_COLUMNS)),))


def _row(finding: Finding) -> Row:
    fields = (
        cell(finding.verdict.label, Role.CELL_CENTER),
        *(cell(t) for t in (finding.subject, finding.message, finding.basis)),
        cell(finding.waiver or ""),
    )
    return Row(fields, splittable=False)
