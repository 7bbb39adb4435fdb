"""One meeting with all that its papers need."""

from __future__ import annotations

from dataclasses import dataclass

from dangjian_desktop.domain.branch import Branch
from dangjian_desktop.domain.meetings.kinds import Kinds
from dangjian_desktop.domain.meetings.meeting import Meeting
from dangjian_desktop.domain.members.roll import Roll
from dangjian_desktop.papers.meetings.sitting import Sitting
from dangjian_desktop.papers.stamp import Stamp


@dataclass(frozen=True, slots=True)
class MeetingSheet:
    """``roll`` is the roster of the day of the meeting."""

    meeting: Meeting
    roll: Roll
    kinds: Kinds
    branch: Branch
    stamp: Stamp

    @property
    def sitting(self) -> Sitting:
        """The meeting as the papers tell it."""
        return Sitting(self.meeting, self.roll, self.kinds, self.branch)
