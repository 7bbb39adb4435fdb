"""What papers of an anonymous rating are about."""

from __future__ import annotations

from datetime import date

from dangjian_desktop.domain.appraisals.appraisal import FusionAppraisal
from dangjian_desktop.domain.branch import Branch
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.papers.stamp import Stamp


@dataclass(frozen=True, slots=True, kw_only=True)
class AppraisalSheet:
    """One rating; where there is none, ``items`` are what an empty sheet may ask about."""

    branch: Branch
    stamp: Stamp
    day: date
    items: tuple[str, ...]
    appraisal: FusionAppraisal | None = None

    @property
    def when(self) -> str:
        """2026年上半年; nothing on a sheet of no rating."""
        return "" if self.appraisal is None else self.appraisal.period.label
