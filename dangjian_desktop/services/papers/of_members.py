"""What the roster is about."""

from __future__ import annotations

from dangjian_desktop.papers.members.roster import RosterSheet
from dangjian_desktop.services.papers.sheets import Asked
from dangjian_desktop.storage.work import Work


def of_members(work: Work, asked: Asked) -> RosterSheet:
    """The members on a day."""
    day = asked.day
    return RosterSheet(work.roster().on(day), work.branch.on(day), asked.stamp(work))
