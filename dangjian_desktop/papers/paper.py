"""What a paper is: its place in the catalogue, what it is about, what is wanted of one print."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, TypeAlias

from dangjian_desktop.documents.look import Look
from dangjian_desktop.documents.model import Document, Layout
from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.ledgers.ledger import Ledger
from dangjian_desktop.domain.levels import Level
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.late import Late

MEETING, PROJECT = "meeting", "project"
"""Papers about one record, by the record's code."""
MEMBERS, PROJECTS, PERIOD = "members", "projects", "period"
"""Papers about the roster of a day, the projects of a year, a month or longer."""
CHECKS = "checks"
"""Papers about what the rules say of a month or longer, or of all years."""
SENT = "sent"
"""Papers about what went up in a month or longer."""
ROW, LEDGER = "row", "ledger"
"""Papers about one row of a ledger, and about its rows of a period."""
AGREEMENT = "duty_agreement"
"""Papers about one 责任状."""
APPRAISAL = "fusion_appraisal"
"""Papers about one anonymous rating."""
ASSESSMENT = "assessment"
"""Papers about one self-check."""
GROUP_MONTH = "group_month"
"""Papers about a party group in a month."""
TALK, TALKS = "heart_talk", "heart_talks"
"""Papers about one talk, and about those of a year."""
ITEM, ITEMS = "item", "items"
"""Papers about one item that is followed, and about those of a month or longer."""
PLANS, PLUS, CASES = "plans", "plus", "cases"
"""Papers about the plan of a month or a year, about the projects of 党建+N of a year, and about
those that others are to learn from."""
BRAND = "brand"
"""Papers about one brand of the branch."""
PRIORITY, PRIORITIES = "priority", "priorities"
"""Papers about one business priority in a month or longer, and about all that hold then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is asked of one print; what is left out takes the usual value of the paper.

    ``people`` are the ids of those whom a roster names (all of the day unless told),
    ``masked`` covers numbers in it, ``public`` leaves masked fields of a ledger out and covers
    those of a project.
    ``look`` is the one that is kept for the paper unless given.
    """

    layout: Layout | None = None
    period: Period | None = None
    day: date | None = None
    group: str | None = None
    masked: bool = True
    people: tuple[str, ...] = ()
    public: bool = False
    look: Look | None = None


Compose: TypeAlias = Callable[[Any, Wanted], Document]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One paper: ``code`` for commands for ever, ``title`` for people, ``of`` what it is about.

    ``layouts`` are those it exists in, the usual one first; ``lengths`` the months of the periods
    it is made for. ``word`` names it among the papers of its record (申报). ``part`` is the field
    of the record that must be filled before it says anything, ``stage`` the state of the record
    whose day is that of the paper. ``numbered`` papers fix 第×次 when
    they are first printed; of ``one_each`` the sample year has one for each kind of its record.
    ``also`` are other names that superiors ask for it by; ``folder`` is where the sample year
    puts it. A print of a ledger has
    its ``ledger`` and its ``number`` there, counted from 0. A ``blank`` one may be printed without
    a record, to be filled in by hand. ``level`` tells how far it may go: of what is internal none
    is made for everybody, what is sensitive goes into no package. One of a ``rule`` is there for
    the branch that goes by it.
    """

    code: str
    title: str
    of: str
    compose: str
    layouts: tuple[Layout, ...]
    lengths: tuple[int, ...] = ()
    word: str = ""
    part: str = ""
    stage: str = ""
    numbered: bool = False
    one_each: bool = False
    also: tuple[str, ...] = ()
    folder: str = ""
    ledger: Ledger | None = None
    number: int = 0
    blank: bool = False
    level: Level = Level.PUBLIC
    rule: str = ""

    @property
    def layout(self) -> Layout:
        """The usual layout."""
        return self.layouts[0]

    def fitting(self, period: Period | None) -> Period | None:
        """What the paper takes where this period is meant: itself, its year, or none at all."""
        if period is None or not self.lengths or period.length in self.lengths:
            return period if self.lengths else None
        return Period.around(period.first, max(self.lengths))

    @property
    def composer(self) -> Compose:
        """The function that makes it; imported when it is first asked for."""
        found: Compose = Late(f"papers.{self.compose}").read()
        return found
