"""What the sample branch sent up: a quarter, and a month that was returned and sent again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.services.submissions.following import FollowUpService
from dangjian_desktop.services.submissions.packages import Order, PackageService
from dangjian_desktop.storage.library import Library

_TO = "矿党委组织部"
_QUARTER = Order(
    period=Period(2025, 1, 3),
    recipient=_TO,
    papers=("summary", "month_sheet", "roster", "roster.xlsx", "project_progress"),
    as_of=date(2025, 4, 2),
)
_MONTH = Order(
    period=Period(2025, 4, 1), recipient=_TO, papers=("month_sheet",), as_of=date(2025, 5, 4)
)
_RETURNED, _AGAIN = date(2025, 5, 7), date(2025, 5, 8)
_REASON = "4月应到人数与名册不符"


def sent_packages(library: Library, folder: Path, forms: Sequence[Path]) -> Iterator[Path]:
    """Make them, the filled forms among what went up with the quarter."""
    service = PackageService(library)
    yield from service.make(replace(_QUARTER, files=tuple(forms)), folder / "第一季度").files
    first = service.make(_MONTH, folder / "4月")
    yield from first.files
    follow = FollowUpService(library)
    follow.answer(first.package.id, returned=_RETURNED, reason=_REASON)
    yield from service.make(replace(_MONTH, as_of=_AGAIN), folder / "4月（重报）").files
