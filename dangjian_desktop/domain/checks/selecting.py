"""Which findings are looked at: by the period that they tell of, by rule and by state."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.findings import Finding, Verdict
from dangjian_desktop.domain.labelled import Labelled

SETTLED_BY = 3
"""The month by whose end what was due last year is done: 31 March is the last day for its
组织生活会."""


class State(Labelled):
    """What is still open, each verdict that is, what a reason was written for, what is in order."""

    OPEN = "open", "待处理"
    VIOLATION = "violation", "不符合"
    UNKNOWN = "unknown", "无法判断"
    NOTICE = "notice", "提示"
    WAIVED = "waived", "已说明情况"
    OK = "ok", "符合"

    def holds(self, finding: Finding) -> bool:
        """Whether the finding is in this state."""
        return _HOLDS[self](finding)


_HOLDS: Mapping[State, Callable[[Finding], bool]] = {
    State.OPEN: lambda f: f.open,
    State.VIOLATION: lambda f: f.open and f.verdict is Verdict.VIOLATION,
    State.UNKNOWN: lambda f: f.open and f.verdict is Verdict.UNKNOWN,
    State.NOTICE: lambda f: f.open and f.verdict is Verdict.NOTICE,
    State.WAIVED: lambda f: f.verdict is not Verdict.OK and not f.open,
    State.OK: lambda f: f.verdict is Verdict.OK,
}


def told_of(findings: Iterable[Finding], period: Period | None) -> Iterator[Finding]:
    """Those that tell of the period: of its sittings, and of duties that end and begin in it.

    What is due in a year is not told of one of its months. Without a period all of them.
    """
    for finding in findings:
        if period is None or (finding.span is not None and all(d in period for d in finding.span)):
            yield finding


def counts(findings: Iterable[Finding]) -> Mapping[State, int]:
    """How many are in each state; what is open counts under its verdict as well."""
    found = dict.fromkeys(State, 0)
    for finding in findings:
        for state in State:
            found[state] += state.holds(finding)
    return found


def of_now(findings: Iterable[Finding], today: date) -> Iterator[Finding]:
    """The open ones of the present year, and until the end of March what ended with the last
    one."""
    ended = date(today.year - 1, 12, 31)
    for finding in findings:
        if finding.open and finding.span is not None:
            last = finding.span[1]
            if last > ended or (last == ended and today.month <= SETTLED_BY):
                yield finding
