"""融合成效测评 of one library: what a new one asks about."""

from __future__ import annotations

from dangjian_desktop.domain.appraisals.appraisal import FusionAppraisal
from dangjian_desktop.domain.appraisals.record import FUSION_APPRAISAL
from dangjian_desktop.services.fusion.pages import in_order
from dangjian_desktop.services.judged import judged_day
from dangjian_desktop.services.of_library import OfLibrary
from dangjian_desktop.services.records.writing import State


class AppraisalService(OfLibrary):
    """Asks about the ratings of one library; ``clock`` tells the present time."""

    def begun(self, which: str) -> State:
        """What a new one begins with: the items of an earlier one, by its id, without what was
        found; else the business priorities of the year."""
        with self._library.reading() as work:
            year = judged_day(work, self._clock().date()).year
            known: FusionAppraisal | None = work.of(FUSION_APPRAISAL.code).one(which or "")
            names = [each.name for each in in_order(work, year)]
        if known is not None:
            names = [each.name for each in known.ratings]
        ratings = [{"name": name} for name in names]
        return {"year": year, "title": f"{year}年度融合成效测评", "ratings": ratings}
