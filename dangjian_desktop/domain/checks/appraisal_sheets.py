"""Q-SUM: whether the sheets of a 民主评议 agree with the counts that stand on them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from dangjian_desktop.domain.checks.facts import Facts, subject_of
from dangjian_desktop.domain.findings import Finding, Judgement, Verdict
from dangjian_desktop.domain.meetings.kinds import GRADE_COUNTS
from dangjian_desktop.domain.meetings.meeting import Meeting
from dangjian_desktop.domain.tallies import SHEETS, row_words, sheet_problems


def appraisal_sheet_findings(facts: Facts) -> Iterator[Finding]:
    """Do the sheets and the counts of everybody agree; silent where no sheets are told."""
    for meeting in facts.own(facts.appraising):
        sheets: Mapping[str, Any] = meeting.details.get("ballots") or {}
        counts = [sheets.get(field.name) for field in SHEETS]
        if any(count is not None for count in counts):
            judgement = _judged(meeting, counts)
            subject = f"{subject_of(meeting, facts.kinds)} 测评票"
            yield facts.judged("Q-SUM", judgement, subject, (meeting.id,))


def _judged(meeting: Meeting, counts: list[int | None]) -> Judgement:
    wrong = [problem.words for problem in sheet_problems(*counts)]
    for row in meeting.details.get("grades") or ():
        rated = [row.get(name) for name in GRADE_COUNTS]
        wrong += filter(None, [row_words(row.get("name") or "", rated, counts[-1])])
    if wrong:
        return Judgement(Verdict.NOTICE, f"测评票数不一致：{'；'.join(wrong)}。")
    return Judgement(Verdict.OK, "测评票数相互一致。")
