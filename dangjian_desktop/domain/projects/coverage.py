"""认领表: which member carries which project, and how many members carry one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from dangjian_desktop.domain.members.member import Member
from dangjian_desktop.domain.members.roll import Roll
from dangjian_desktop.domain.projects.project import Project, ProjectState
from dangjian_desktop.frozen import dataclass

_LEFT_OUT = frozenset({ProjectState.DRAFT, ProjectState.FAILED})


@dataclass(frozen=True, slots=True)
class Carried:
    """One project that a member carries: ``role`` is 负责人, 协助责任人 or 成员."""

    project: Project
    role: str
    task: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """One member of the day and what they carry; perhaps nothing."""

    member: Member
    carried: tuple[Carried, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """All members of a day with their projects, in order of the roster."""

    claims: tuple[Claim, ...]

    @property
    def total(self) -> int:
        """How many members there are."""
        return len(self.claims)

    @property
    def covered(self) -> int:
        """How many of them carry at least one project."""
        return sum(1 for claim in self.claims if claim.carried)

    @property
    def percent(self) -> Decimal | None:
        """覆盖率, per cent with one decimal; None without members."""
        if not self.claims:
            return None
        return round(Decimal(self.covered * 100) / self.total, 1)


def coverage(projects: Iterable[Project], roll: Roll) -> Coverage:
    """Who carries what, for the members of the day of the roll.

    Drafts, projects that were not accepted and deleted ones do not count.
    """
    counted = [p for p in projects if not p.deleted and p.state not in _LEFT_OUT]
    found: dict[str, list[Carried]] = {}
    for project in counted:
        for member_id, carried in _carriers(project):
            found.setdefault(member_id, []).append(carried)
    return Coverage(tuple(Claim(m, tuple(found.get(m.id, ()))) for m in roll.members))


def _carriers(project: Project) -> Iterator[tuple[str, Carried]]:
    """Each member once for a project, in the first of their roles; the task of the team shown."""
    tasks = {m.person.member_id: m.task for m in project.team}
    named = [(project.secretary, "负责人"), (project.assistant, "协助责任人")]
    named += [(member.person, "成员") for member in project.team]
    seen: set[str] = set()
    for person, role in named:
        uid = person.member_id if person else None
        if uid is not None and uid not in seen:
            seen.add(uid)
            yield uid, Carried(project, role, tasks.get(uid, ""))
