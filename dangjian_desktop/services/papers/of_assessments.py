"""What the paper of a self-check is about."""

from __future__ import annotations

from dangjian_desktop.domain.assessments.assessment import Assessment
from dangjian_desktop.domain.assessments.record import ASSESSMENT
from dangjian_desktop.papers.assessments.self_check import AssessmentSheet
from dangjian_desktop.services.assessments.sources import counted_in
from dangjian_desktop.services.papers.sheets import Asked
from dangjian_desktop.storage.work import Work


def of_assessment(work: Work, asked: Asked) -> AssessmentSheet:
    """The self-check with the numbers that it names, as they are counted for its period."""
    found: Assessment = asked.record
    day = min(asked.today, found.period.last) if found.period else found.day
    version = work.of(ASSESSMENT.code).revision_number(found.id) or None
    return AssessmentSheet(
        assessment=found,
        branch=work.branch.on(day),
        stamp=asked.stamp(work, version),
        counted=counted_in(work, found, asked.today),
    )
