"""What all papers of a library share: the foot, the mark of the sample, the names on the roster."""

from __future__ import annotations

from datetime import date, datetime

from dangjian_desktop.papers.naming import names_of
from dangjian_desktop.papers.stamp import Stamp
from dangjian_desktop.storage.work import Work


def stamped(work: Work, version: int | None, now: datetime, day: date | None = None) -> Stamp:
    """The stamp of a paper made now, or as of the ``day`` that is asked for.

    ``version`` is that of its record, where it has one.
    """
    return Stamp(version, now, work.branch.get().sample, names_of(work.roster()), day)
