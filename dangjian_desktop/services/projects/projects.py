"""What a user does with projects."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from dangjian_desktop.domain.findings import Finding
from dangjian_desktop.domain.members.member import Member, new_id
from dangjian_desktop.domain.projects.categories import Categories
from dangjian_desktop.domain.projects.checks import project_problems
from dangjian_desktop.domain.projects.listing import ProjectRow
from dangjian_desktop.domain.projects.project import (
    ProgressEntry,
    Project,
    ProjectFilter,
    ProjectState,
    StateChange,
)
from dangjian_desktop.domain.projects.states import changed, missing_for, refusals, taken_back
from dangjian_desktop.domain.texts import clean
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.errors import InputError, Issue
from dangjian_desktop.services.checks.checks import CheckService
from dangjian_desktop.services.projects.categories import OWN_CATEGORIES, categories_of
from dangjian_desktop.services.projects.importing import ProjectImport
from dangjian_desktop.services.projects.writing import computed_json, project_json
from dangjian_desktop.storage.library import Library
from dangjian_desktop.storage.records.revisions import Revision
from dangjian_desktop.storage.work import Work

Clock = Callable[[], datetime]
Values = Mapping[str, Decimal | None]
"""Values by month (``YYYY-MM``); None where there is none."""


class ProjectService:
    """Projects of one library; ``clock`` tells the present time."""

    def __init__(self, library: Library, clock: Clock = datetime.now) -> None:
        self._library = library
        self._clock = clock

    def day(self) -> date:
        """The day as of which is told: today; the end of its year in the sample."""
        return CheckService(self._library, self._clock).judged_on()

    def categories(self) -> Categories:
        """All categories of the library, by group."""
        with self._library.reading() as work:
            return categories_of(work)

    def add_category(self, group: str, name: str) -> None:
        """Add a category of the branch's own to a group; raises ``InputError``."""
        wanted = clean(name)[0]
        with self._library.changing(Topic.SETTINGS) as work:
            categories = categories_of(work)
            if not wanted or categories.named(wanted) or categories.group(group) is None:
                words = f"已有类别“{wanted}”。" if wanted else "请填写类别名称。"
                raise InputError(words, "请换一个名称。", [Issue(words, "invalid", "category")])
            own = work.settings.get(OWN_CATEGORIES, [])
            work.settings.put(OWN_CATEGORIES, [*own, {"group": group, "name": wanted}])

    def find(self, wanted: ProjectFilter) -> list[str]:
        """Ids of the matching projects, those without a start first, then the newest."""
        with self._library.reading() as work:
            return work.projects.ids(wanted)

    def listed(self, wanted: ProjectFilter) -> tuple[ProjectRow, ...]:
        """The lines of the matching projects, in the order of ``find``; no project is read."""
        with self._library.reading() as work:
            return work.projects.listed(wanted)

    def rows(self, ids: Sequence[str]) -> Mapping[str, ProjectRow]:
        """The lines of these projects, for a table that asks when it draws."""
        with self._library.reading() as work:
            return work.projects.rows(ids)

    def get(self, ids: Sequence[str]) -> Mapping[str, Project]:
        """Projects by id; ids that are gone are left out."""
        with self._library.reading() as work:
            return work.projects.get(ids)

    def one(self, uid: str) -> Project:
        """The project of this id; raises ``InputError`` where there is none."""
        with self._library.reading() as work:
            return _one(work, uid)

    def all(self, wanted: ProjectFilter | None = None) -> tuple[Project, ...]:
        """Whole projects, for papers and figures."""
        with self._library.reading() as work:
            return work.projects.all(wanted)

    def as_json(self, wanted: ProjectFilter) -> list[dict[str, Any]]:
        """PROJECTs of the contract with what is computed, in the order of ``find``."""
        today = self.day()
        with self._library.reading() as work:
            projects, tails = work.projects.all(wanted), _tails(work.members.all())
        return [project_json(p, tails) | computed_json(p, today) for p in projects]

    def years(self) -> tuple[int, ...]:
        """Years that projects touch, newest first."""
        with self._library.reading() as work:
            return work.projects.years()

    def revision(self, uid: str) -> int:
        """How many different states were saved; 0 for a project that was never saved."""
        with self._library.reading() as work:
            return work.projects.revision_number(uid)

    def revisions(self, uid: str) -> tuple[Revision, ...]:
        """Every saved state, oldest first."""
        with self._library.reading() as work:
            return work.projects.revisions(uid)

    def problems(self, project: Project) -> list[Issue]:
        """What cannot be in a project as it stands in the editor, by field."""
        with self._library.reading() as work:
            return self._problems(work, project)

    def missing(self, project: Project, state: ProjectState | None = None) -> tuple[Finding, ...]:
        """What it lacks for the state (or the usual next one), with the reasons of the waived."""
        found = missing_for(project, state, self.day())
        with self._library.reading() as work:
            waivers = work.waivers.all()
        return tuple(
            replace(f, waiver=waivers[f.key].reason) if f.key in waivers else f for f in found
        )

    def save(self, project: Project) -> Project:
        """Store what was entered; its draft goes in the same transaction.

        State changes and evidence files have methods of their own: what is stored of them stays.
        Raises ``InputError`` for what cannot be; what is only lacking is stored as it is.
        """
        with self._library.changing(Topic.PROJECTS, Topic.DRAFTS) as work:
            stored = work.projects.one(project.id)
            ready = replace(
                project,
                history=stored.history if stored else (),
                evidence=stored.evidence if stored else (),
                stated_state=stored.stated_state if stored else None,
            )
            return self._store(work, ready)

    def import_json(self, data: Any) -> dict[str, list[str]]:
        """Store one PROJECT or a list of them, all or none; ``ids`` and ``unchanged``.

        Raises ``InputError`` with every problem of every project.
        """
        with self._library.changing(Topic.PROJECTS) as work:
            return ProjectImport(work, self._clock().date()).run(data)

    def change_state(self, uid: str, change: StateChange) -> Project:
        """Record a decision; raises ``InputError`` by field for one that cannot be."""
        with self._library.changing(Topic.PROJECTS) as work:
            project = _one(work, uid)
            issues = refusals(project, change, self._clock().date())
            if issues:
                raise InputError("状态没有改变。", "请按提示改正后再试。", issues)
            return work.projects.save(changed(project, change), reason=change.state.label)

    def take_back(self, uid: str, because: str) -> Project:
        """Take the last decision back; it stays in the history with day and reason."""
        with self._library.changing(Topic.PROJECTS) as work:
            project = _one(work, uid)
            if not because.strip():
                message = "撤回状态变更须写明原因。"
                raise InputError(message, "请填写原因后再试。", [Issue(message, "", "because")])
            if not project.standing:
                raise InputError("还没有可以撤回的状态变更。", "项目现在是草稿，可以直接修改。")
            undone = taken_back(project, self._clock().date(), because.strip())
            return work.projects.save(undone, reason=f"撤回：{because.strip()}")

    def add_progress(self, uid: str, entry: ProgressEntry) -> Project:
        """Write the entry of a month or quarter, in place of one of the same period."""
        return self._change(uid, lambda project: _with_entry(project, entry))

    def set_values(self, uid: str, target_id: str, values: Values) -> Project:
        """Set monthly values of one target; None takes the value of a month away."""
        return self._change(uid, lambda project: _with_values(project, {target_id: values}))

    def write_month(self, uid: str, entry: ProgressEntry, values: Mapping[str, Values]) -> Project:
        """The entry and the values of a month (by target id) together, all or none."""
        return self._change(uid, lambda p: _with_values(_with_entry(p, entry), values))

    def finish_milestone(self, uid: str, milestone_id: str, actual: date | None) -> Project:
        """Say when a milestone was really done; None opens it again."""

        def written(project: Project) -> Project:
            steps = tuple(
                replace(step, actual=actual) if step.id == milestone_id else step
                for step in project.milestones
            )
            return replace(project, milestones=steps)

        return self._change(uid, written)

    def delete(self, uid: str, reason: str = "") -> None:
        """Mark as deleted; ``bring_back`` undoes it."""
        with self._library.changing(Topic.PROJECTS) as work:
            work.projects.mark_deleted(uid, reason=reason)

    def bring_back(self, uid: str) -> None:
        """Undo a deletion."""
        with self._library.changing(Topic.PROJECTS) as work:
            work.projects.unmark(uid)

    def _change(self, uid: str, written: Callable[[Project], Project]) -> Project:
        with self._library.changing(Topic.PROJECTS) as work:
            return self._store(work, written(_one(work, uid)))

    def _store(self, work: Work, project: Project) -> Project:
        issues = self._problems(work, project)
        if issues:
            raise InputError("项目有不能保存的内容。", "请按提示改正，草稿仍在。", issues)
        return work.projects.save(project)

    def _problems(self, work: Work, project: Project) -> list[Issue]:
        today, categories = self._clock().date(), categories_of(work)
        return project_problems(project, categories, work.members.all(), today, "本项目")


def _with_entry(project: Project, entry: ProgressEntry) -> Project:
    others = [e for e in project.progress if e.period != entry.period]
    ordered = sorted((*others, entry), key=lambda e: e.period)
    return replace(project, progress=tuple(ordered))


def _with_values(project: Project, values: Mapping[str, Values]) -> Project:
    if not set(values) <= {target.id for target in project.targets}:
        raise InputError("这项目标已不在项目中。", "请重新打开项目后再填写。")
    targets = []
    for target in project.targets:
        found: Values = {**target.values, **values.get(target.id, {})}
        kept = {month: value for month, value in sorted(found.items()) if value is not None}
        targets.append(replace(target, values=kept))
    return replace(project, targets=tuple(targets))


def new_project(title: str = "") -> Project:
    """An empty project with a fresh id."""
    return Project(id=new_id(), title=title)


def _one(work: Work, uid: str) -> Project:
    found = work.projects.one(uid)
    if found is None or found.deleted:
        raise InputError(f"没有编号为 {uid} 的项目。", "请用 project list 查看项目编号。")
    return found


def _tails(members: Sequence[Member]) -> dict[str, str]:
    """Last four digits of members whose name somebody else has too."""
    named = Counter(member.name for member in members)
    return {m.id: m.id_number[-4:] for m in members if m.id_number and named[m.name] > 1}
