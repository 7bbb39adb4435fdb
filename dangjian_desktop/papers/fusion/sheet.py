"""What papers of business priorities are about."""

from __future__ import annotations

from datetime import date

from dangjian_desktop.domain.branch import Branch
from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.fusion.brand import Brand
from dangjian_desktop.domain.fusion.indicator import Measured
from dangjian_desktop.domain.fusion.page import FusionPage
from dangjian_desktop.domain.meetings.kinds import Kinds
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.papers.stamp import Stamp


@dataclass(frozen=True, slots=True, kw_only=True)
class FusionSheet:
    """The pages of a period as of ``today``: of one priority, or of all that hold in its year;
    ``unplaced`` are the indicators of the year that belong to none of them."""

    branch: Branch
    stamp: Stamp
    period: Period
    today: date
    kinds: Kinds
    pages: tuple[FusionPage, ...]
    unplaced: tuple[Measured, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BrandSheet:
    """One brand as of ``today`` with its indicators and the titles of its projects; without one
    the form is empty."""

    branch: Branch
    stamp: Stamp
    today: date
    secretary: str = ""
    brand: Brand | None = None
    measured: tuple[Measured, ...] = ()
    projects: tuple[str, ...] = ()
