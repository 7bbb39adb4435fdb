"""What a user does with projects."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from dangjian_desktop.domain.findings import Finding
from dangjian_desktop.domain.projects.categories import Categories
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
from dangjian_desktop.services.projects.importing import PROJECTS
from dangjian_desktop.services.records.service import RecordService
from dangjian_desktop.storage.library import Library
from dangjian_desktop.storage.work import Work

LONGEST_CATEGORY = 50
Clock = Callable[[], datetime]
Values = Mapping[str, Decimal | None]
"""Values by month (``YYYY-MM``); None where there is none."""


class ProjectService:
    """Projects of one library; ``clock`` tells the present time."""

    def __init__(self, library: Library, clock: Clock = datetime.now) -> None:
        self._library = library
        self._clock = clock
        self.records = records = RecordService[Project](library, PROJECTS, clock)
        self.find, self.get, self.one = records.find, records.get, records.one
        self.all, self.years, self.revision = records.all, records.years, records.revision
        self.problems = records.problems
        self.import_json, self.delete = records.import_json, records.delete
        self.bring_back = records.bring_back

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
            if len(wanted) > LONGEST_CATEGORY:
                words = f"类别名称有{len(wanted)}个字，太长。"
                raise InputError(words, f"请缩短到{LONGEST_CATEGORY}个字以内。")
            if not wanted or categories.named(wanted) or categories.group(group) is None:
                words = f"已有类别“{wanted}”。" if wanted else "请填写类别名称。"
                raise InputError(words, "请换一个名称。", [Issue(words, "invalid", "category")])
            own = work.settings.get(OWN_CATEGORIES, [])
            work.settings.put(OWN_CATEGORIES, [*own, {"group": group, "name": wanted}])

    def listed(self, wanted: ProjectFilter) -> tuple[ProjectRow, ...]:
        """The lines of the matching projects, in the order of ``find``; no project is read."""
        with self._library.reading() as work:
            return work.projects.listed(wanted)

    def rows(self, ids: Sequence[str]) -> Mapping[str, ProjectRow]:
        """The lines of these projects, for a table that asks when it draws."""
        with self._library.reading() as work:
            return work.projects.rows(ids)

    def as_json(self, wanted: ProjectFilter) -> list[dict[str, Any]]:
        """PROJECTs of the contract with what is computed, in the order of ``find``."""
        return self.records.as_json(self.records.all(wanted), self.day())

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
            return self.records.put(work, ready)

    def change_state(self, uid: str, change: StateChange) -> Project:
        """Record a decision; raises ``InputError`` by field for one that cannot be."""
        with self._library.changing(Topic.PROJECTS) as work:
            project = self.records.stored(work, uid)
            issues = refusals(project, change, self._clock().date())
            if issues:
                raise InputError("状态没有改变。", "请按提示改正后再试。", issues)
            return work.projects.save(changed(project, change), reason=change.state.label)

    def take_back(self, uid: str, because: str) -> Project:
        """Take the last decision back; it stays in the history with day and reason."""
        with self._library.changing(Topic.PROJECTS) as work:
            project = self.records.stored(work, uid)
            if not because.strip():
                message = "撤回状态变更须写明原因。"
                raise InputError(message, "请填写原因后再试。", [Issue(message, "", "because")])
            if not project.standing:
                raise InputError("还没有可以撤回的状态变更。", "项目现在是草稿，可以直接修改。")
            undone = taken_back(project, self._clock().date(), because.strip())
            return work.projects.save(undone, reason=f"撤回：{because.strip()}")

    def set_values(self, uid: str, target_id: str, values: Values) -> Project:
        """Set monthly values of one target; None takes the value of a month away."""
        return self._change(uid, lambda project: _with_values(project, {target_id: values}))

    def put_values(self, work: Work, uid: str, values: Mapping[str, Values]) -> Project:
        """The values of several targets (by id) inside a transaction."""
        return self.records.put(work, _with_values(self.records.stored(work, uid), values))

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

    def _change(self, uid: str, written: Callable[[Project], Project]) -> Project:
        with self._library.changing(Topic.PROJECTS) as work:
            return self.records.put(work, written(self.records.stored(work, uid)))


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
