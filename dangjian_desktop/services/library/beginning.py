"""The first steps in a new library, as long as they are not done."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from dangjian_desktop.storage.work import Work

CONFIRMED = "composition.confirmed"
"""Setting: the day on which committee and groups were found right, as text."""


class Step(StrEnum):
    """What a branch has to have before the program can count anything."""

    ROSTER = "roster"
    BRANCH = "branch"
    MEETING = "meeting"


def open_steps(work: Work) -> Iterator[Step]:
    """The steps that are not done, in their order."""
    if not work.members.ids():
        yield Step.ROSTER
    periods, met = work.branch.get().periods, work.meetings.years()
    named = any(period.superior or period.unit_kind for period in periods)
    # Who already keeps minutes is not asked any more who the committee is.
    if not named or not (met or work.settings.get(CONFIRMED)):
        yield Step.BRANCH
    if not met:
        yield Step.MEETING
