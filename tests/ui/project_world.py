"""A library with one project for the tests of its page, and a shell whose choosers are doubles."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from dangjian_desktop.domain.members.member import PostRole, new_id
from dangjian_desktop.domain.members.roll import Roll
from dangjian_desktop.domain.projects.project import Milestone, Project, Target, TeamMember
from dangjian_desktop.domain.references import Person
from dangjian_desktop.services.desk import Desk
from tests.services.make import NOW


def person(desk: Desk, name: str) -> Person:
    """A member of the library."""
    return next(Person(m.name, m.id) for m in desk.meetings.members() if m.name == name)


def secretary(desk: Desk) -> Person:
    """Who is secretary at the present."""
    roll = Roll(desk.meetings.members(), NOW.date())
    return next(Person(m.name, m.id) for m in roll.with_role(PostRole.SECRETARY))


def a_stored_project(desk: Desk, **fields: object) -> Project:
    """A project of 2026 with three milestones and one target, stored."""
    made = Project(
        id=new_id(),
        title="减人提效",
        category="党建+业务",
        secretary=secretary(desk),
        team=(TeamMember(person(desk, "李四"), "统计"),),
        start=date(2026, 1, 1),
        end=date(2026, 12, 31),
        declared_on=date(2026, 1, 5),
        background="人多活少。",
        problem="单进水平低。",
        measures=("每周分析",),
        expected_effect="单进提高。",
        milestones=(
            Milestone(
                id=new_id(),
                what="摸底",
                weight=Decimal(30),
                planned=date(2026, 2, 1),
                actual=date(2026, 2, 3),
            ),
            Milestone(id=new_id(), what="试点", weight=Decimal(30), planned=date(2026, 3, 15)),
            Milestone(id=new_id(), what="推广", weight=Decimal(40), planned=date(2026, 11, 1)),
        ),
        targets=(
            Target(
                id=new_id(),
                indicator="单进水平",
                unit="米/月",
                baseline=Decimal(180),
                target=Decimal(200),
                values={"2026-01": Decimal(185)},
            ),
        ),
    )
    return desk.projects.save(replace(made, **fields))


class ChoosersDouble:
    """Answers every question for a file or folder with ``answer``."""

    def __init__(self) -> None:
        self.answer = None

    def open_file(self, parent, title, patterns, then, *, purpose):
        then(self.answer)

    def folder(self, parent, title, then, *, purpose):
        then(self.answer)
