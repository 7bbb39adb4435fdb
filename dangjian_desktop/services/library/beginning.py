"""The first steps in a new library, as long as they are not done."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from dangjian_desktop.storage.work import Work


class Step(StrEnum):
    """What a branch has to have before the program can count anything."""

    ROSTER = "roster"
    BRANCH = "branch"
    MEETING = "meeting"


def open_steps(work: Work) -> Iterator[Step]:
    """The steps that are not done, in their order."""
    if not work.members.ids():
        yield Step.ROSTER
    periods = work.branch.get().periods
    if not any(period.superior or period.unit_kind for period in periods):
        yield Step.BRANCH
    if not work.meetings.years():
        yield Step.MEETING
