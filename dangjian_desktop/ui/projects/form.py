"""A project between the form (plain JSON, as typed) and the domain; knows no widget."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import date

from dangjian_desktop.domain.members.member import Member, new_id
from dangjian_desktop.domain.members.roll import Roll
from dangjian_desktop.domain.projects.project import Project
from dangjian_desktop.domain.projects.record import PROJECT
from dangjian_desktop.domain.record import Declared
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.services.records.names import NameFinder
from dangjian_desktop.services.records.reading import RecordReader
from dangjian_desktop.services.records.writing import State, to_state
from dangjian_desktop.ui.month_cells import wrong_cell

ELSEWHERE = ("stated_state", "progress", "meetings", "history", "evidence")
"""What other pages keep."""


@dataclass(frozen=True, slots=True)
class Reading:
    """``project`` where everything could be read, else ``problems`` by the place of the field.

    A place is the name of a field, or ``milestones.2.planned`` for the third row.
    """

    project: Project | None
    problems: Mapping[str, str] = field(default_factory=dict)


def new_state(today: date, secretary: str = "", phone: str = "", known: str | None = None) -> State:
    """An empty form; declared today, one year from the next month on."""
    return {
        "id": new_id(),
        "title": "",
        "secretary": secretary,
        "phone": phone,
        "declared_on": today.isoformat(),
        "known": {secretary: known} if secretary and known else {},
    }


def state_of(project: Project) -> State:
    """The form of a stored project."""
    return to_state(PROJECT, project, ELSEWHERE)


def months_between(start: date | None, end: date | None) -> tuple[str, ...]:
    """The months of a period as ``YYYY-MM``; at most ten years, none while a border is missing."""
    if start is None or end is None or end < start or end.year - start.year > 10:
        return ()
    return Project(id="", title="", start=start, end=end).months()


def read(state: State, stored: Project | None, members: Sequence[Member], today: date) -> Reading:
    """The project that the form means; what other pages keep (history, links) is taken over."""
    names = NameFinder([Roll(members, today)], members, state.get("known"))
    declared = Declared((PROJECT,))
    reader = RecordReader(PROJECT, declared, lambda _values: names, today=today, but=ELSEWHERE)
    reading = reader.read(state, stored)
    problems = {p: _in_cell(state, p) or words for p, words in reading.places.items()}
    return Reading(None if problems else reading.value, problems)


def _in_cell(state: State, place: str) -> str:
    """The sentence about a cell of the grid, which shows no place of its own."""
    part, *rest = place.split(".")
    if part != "targets" or len(rest) != 3:
        return ""
    row = state["targets"][int(rest[0])]
    return wrong_cell(row.get("indicator") or "", rest[2], row["values"][rest[2]])
