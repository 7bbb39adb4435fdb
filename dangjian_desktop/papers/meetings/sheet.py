"""One meeting with all that its papers need."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dangjian_desktop.domain.branch import Branch
from dangjian_desktop.domain.checks.facts import Facts
from dangjian_desktop.domain.items.carried import Carried
from dangjian_desktop.domain.meetings.meeting import Meeting
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.papers.meetings.sitting import Sitting
from dangjian_desktop.papers.stamp import Stamp


@dataclass(frozen=True, slots=True)
class MeetingSheet:
    """``facts`` are what the rules look at, so that papers say what the check finds.

    ``strokes`` puts names in the order of 姓氏笔画; without it they stay as they were entered.
    ``carried`` are the decisions of earlier sittings that an agenda opens with.
    """

    meeting: Meeting
    facts: Facts
    stamp: Stamp
    strokes: Callable[[Sequence[str]], Sequence[str]] | None = None
    carried: tuple[Carried, ...] = ()

    def by_strokes(self, names: Sequence[str]) -> Sequence[str]:
        """The names in the order of a ballot."""
        return names if self.strokes is None else self.strokes(names)

    @property
    def branch(self) -> Branch:
        """The branch as of the day of the meeting."""
        return self.facts.branch

    @property
    def sitting(self) -> Sitting:
        """The meeting as the papers tell it."""
        return Sitting(self.meeting, self.facts)
