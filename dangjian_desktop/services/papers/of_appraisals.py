"""What papers of an anonymous rating are about."""

from __future__ import annotations

from dangjian_desktop.domain.appraisals.appraisal import FusionAppraisal
from dangjian_desktop.domain.appraisals.record import FUSION_APPRAISAL
from dangjian_desktop.papers.appraisals.sheet import AppraisalSheet
from dangjian_desktop.services.fusion.pages import in_order
from dangjian_desktop.services.papers.sheets import Asked
from dangjian_desktop.storage.work import Work


def of_appraisal(work: Work, asked: Asked) -> AppraisalSheet:
    """One rating; where there is none, a sheet about the business priorities of the year."""
    found: FusionAppraisal | None = asked.record
    if found is None:
        day = asked.today
        items = tuple(each.name for each in in_order(work, day.year))
        branch = work.branch.on(day)
        return AppraisalSheet(branch=branch, stamp=asked.stamp(work), day=day, items=items)
    version = work.of(FUSION_APPRAISAL.code).revision_number(found.id) or None
    return AppraisalSheet(
        branch=work.branch.on(found.held_on),
        stamp=asked.stamp(work, version),
        day=found.held_on,
        items=tuple(each.name for each in found.ratings),
        appraisal=found,
    )
