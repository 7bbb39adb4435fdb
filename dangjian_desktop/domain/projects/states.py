"""From 草稿 to 归档: which change of state can be, and what a state still lacks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from dangjian_desktop.domain.findings import Finding
from dangjian_desktop.domain.projects.project import Project, ProjectState, StateChange
from dangjian_desktop.domain.projects.rules import lacking_for
from dangjian_desktop.errors import Issue

ALLOWED: Mapping[ProjectState, tuple[ProjectState, ...]] = {
    ProjectState.DRAFT: (ProjectState.DECLARED,),
    ProjectState.DECLARED: (ProjectState.REVIEWED, ProjectState.APPROVED, ProjectState.DRAFT),
    ProjectState.REVIEWED: (ProjectState.APPROVED, ProjectState.DRAFT),
    ProjectState.APPROVED: (ProjectState.RUNNING,),
    ProjectState.RUNNING: (ProjectState.MIDTERM, ProjectState.CLOSING, ProjectState.EXTENDED),
    ProjectState.MIDTERM: (ProjectState.CLOSING, ProjectState.EXTENDED),
    ProjectState.CLOSING: (ProjectState.ACCEPTED, ProjectState.EXTENDED, ProjectState.FAILED),
    ProjectState.EXTENDED: (ProjectState.RUNNING, ProjectState.CLOSING),
    ProjectState.ACCEPTED: (ProjectState.ARCHIVED, ProjectState.PROMOTED),
    ProjectState.FAILED: (ProjectState.CLOSING, ProjectState.ARCHIVED),
    ProjectState.ARCHIVED: (ProjectState.PROMOTED,),
    ProjectState.PROMOTED: (ProjectState.ARCHIVED,),
}
"""What may follow on each state, the usual step first; 不予立项 leads back to the draft."""


def next_states(state: ProjectState) -> tuple[ProjectState, ...]:
    """The states that may follow, the usual one first."""
    return ALLOWED[state]


def usual_next(state: ProjectState) -> ProjectState | None:
    """The state that usually follows; nothing after 归档 and 推广."""
    over = state in (ProjectState.ARCHIVED, ProjectState.PROMOTED)
    return None if over else next(iter(ALLOWED[state]), None)


def promoted_on(project: Project, day: date) -> date | None:
    """When the project was promoted by a day (推广), by the decision that stands last."""
    told = [c.on for c in project.standing if c.state is ProjectState.PROMOTED and c.on <= day]
    return told[-1] if told else None


def missing_for(
    project: Project, next_state: ProjectState | None, today: date
) -> tuple[Finding, ...]:
    """What the project still lacks for the state, in sentences; each can be waived with a reason.

    Without a state what it lacks for the usual next one; nothing for an archived project.
    """
    wanted = next_state or usual_next(project.state)
    return () if wanted is None else tuple(lacking_for(project, wanted, today))


def refusals(project: Project, change: StateChange, today: date) -> tuple[Issue, ...]:
    """Why the change of state cannot be; empty when it can. Fields are those of the change."""
    return tuple(_refusals(project, change, today))


def changed(project: Project, change: StateChange) -> Project:
    """The project after the decision; ask ``refusals`` first."""
    declared = project.declared_on
    if change.state is ProjectState.DECLARED and declared is None:
        declared = change.on
    return replace(project, history=(*project.history, change), declared_on=declared)


def taken_back(project: Project, on: date, because: str) -> Project:
    """The project with its last standing decision taken back, which stays in the history.

    Raises ``ValueError`` when there is no decision to take back.
    """
    standing = project.standing
    if not standing:
        raise ValueError(project.id)
    last = standing[-1]
    position = max(n for n, c in enumerate(project.history) if c is last)
    undone = replace(last, taken_back=True, taken_back_on=on, taken_back_because=because)
    history = (*project.history[:position], undone, *project.history[position + 1 :])
    return replace(project, history=history)


def history_problems(history: tuple[StateChange, ...], today: date) -> tuple[Issue, ...]:
    """Why this history, brought from elsewhere, cannot be; each sentence names its place."""
    found: list[Issue] = []
    so_far = Project(id="", title="")
    for number, change in enumerate(history, 1):
        if change.taken_back:
            continue
        if change.state is ProjectState.DRAFT and not so_far.history:
            continue
        found += (
            replace(issue, message=f"第{number}条状态记录：{issue.message}")
            for issue in _refusals(so_far, change, today)
        )
        so_far = replace(so_far, history=(*so_far.history, change))
    return tuple(found)


def _refusals(project: Project, change: StateChange, today: date) -> Iterator[Issue]:
    wanted = change.state
    yield from _out_of_order(project, wanted)
    if not change.by.strip():
        yield Issue("没有写明由谁决定，请填写作出决定的组织或会议。", "missing", "by")
    if not change.paper.strip():
        yield Issue("没有写明依据的文件，请填写批复、通知或会议记录的名称。", "missing", "paper")
    if change.on > today:
        yield Issue(f"决定日期{change.on}还没有到，请填写实际决定的日期。", "future", "on")
    standing = project.standing
    if standing and change.on < standing[-1].on:
        before = standing[-1]
        yield Issue(
            f"决定日期{change.on}早于上一次“{before.state.label}”的日期{before.on}，请核对。",
            "date_order",
            "on",
        )
    if wanted is ProjectState.DRAFT and not (change.reason or "").strip():
        yield Issue("退回草稿须写明原因。", "missing", "reason")
    if change.until is not None:
        yield from _extension_refusals(project, change)


def _out_of_order(project: Project, wanted: ProjectState) -> Iterator[Issue]:
    """A state that cannot follow; what others are to learn from was accepted once."""
    accepted = any(change.state is ProjectState.ACCEPTED for change in project.standing)
    if wanted not in ALLOWED[project.state]:
        yield Issue(_not_from_here(project.state, wanted), "state_order", "state")
    elif wanted is ProjectState.PROMOTED and not accepted:
        yield Issue("没有通过验收的项目不能推广，请先记录验收。", "state_order", "state")


def _extension_refusals(project: Project, change: StateChange) -> Iterator[Issue]:
    if change.state is not ProjectState.EXTENDED:
        yield Issue("只有延期才能改变完成期限，请删去新的期限。", "value_unknown", "until")
    last = project.last_day
    if change.until is not None and last is not None and change.until <= last:
        yield Issue(
            f"延期后的期限{change.until}须晚于原来的期限{last}，请核对。", "date_order", "until"
        )


def _not_from_here(now: ProjectState, wanted: ProjectState) -> str:
    if now is wanted:
        return f"项目已经是“{now.label}”状态，不用再改。"
    following = "、".join(f"“{state.label}”" for state in ALLOWED[now])
    if not following:
        return f"项目已经归档，不能改为“{wanted.label}”；确有错误请撤回上一次状态变更。"
    return f"“{now.label}”之后只能是{following}，不能直接改为“{wanted.label}”。"
