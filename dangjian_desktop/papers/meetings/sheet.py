"""One meeting with all that its papers need."""

from __future__ import annotations

from dataclasses import dataclass

from dangjian_desktop.domain.checks.facts import Facts
from dangjian_desktop.domain.meetings.meeting import Meeting
from dangjian_desktop.papers.meetings.sitting import Sitting
from dangjian_desktop.papers.stamp import Stamp


@dataclass(frozen=True, slots=True)
class MeetingSheet:
    """``facts`` are what the rules look at, so that papers say what the check finds."""

    meeting: Meeting
    facts: Facts
    stamp: Stamp

    @property
    def sitting(self) -> Sitting:
        """The meeting as the papers tell it."""
        return Sitting(self.meeting, self.facts)
