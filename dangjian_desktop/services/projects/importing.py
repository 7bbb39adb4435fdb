"""Storing projects that come as JSON, all or none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from dangjian_desktop.domain.projects.project import Project, StateChange
from dangjian_desktop.errors import InputError, Issue
from dangjian_desktop.services.projects.categories import categories_of
from dangjian_desktop.services.projects.reading import ProjectReader
from dangjian_desktop.services.projects.writing import same_content
from dangjian_desktop.storage.work import Work

_REMEDY = "请按提示改正后重新操作，资料库没有改动。"


class ProjectImport:
    """One import inside one transaction, as of ``today``."""

    def __init__(self, work: Work, today: date) -> None:
        self._work = work
        self._today = today

    def run(self, data: Any) -> dict[str, list[str]]:
        """Store what is new or changed; raises ``InputError`` with every problem of all."""
        entries = data if isinstance(data, list) else [data]
        projects = self._read(entries)
        store: list[Project] = []
        unchanged: list[str] = []
        issues: list[Issue] = []
        names: set[tuple[str, date | None]] = set()
        ids: set[str] = set()
        for project in projects:
            place = f"项目“{project.title}”"
            stored = self._stored(project)
            ready = project if stored is None else _with_kept(project, stored)
            if (project.title, project.start) in names or project.id in ids:
                message = f"{place}：文件中有两个同名、同日开始或同编号的项目。"
                issues.append(Issue(message, "duplicate", "title"))
            elif stored is None:
                store.append(ready)
            elif same_content(stored, ready) and not stored.deleted:
                unchanged.append(stored.id)
            elif stored.id != project.id:
                issues.append(_exists(place, stored.id))
            else:
                issues += _lost_history(place, stored.history, ready.history)
                store.append(ready)
            names.add((project.title, project.start))
            ids.add(project.id)
        _refuse(issues)
        for project in store:
            self._work.projects.save(project, reason="导入")
        return {"ids": [p.id for p in store], "unchanged": unchanged}

    def _read(self, entries: Sequence[Any]) -> list[Project]:
        meetings = {m.id: m for m in self._work.meetings.all()}
        categories, members = categories_of(self._work), self._work.members.all()
        reader = ProjectReader(members, categories, meetings, self._today)
        projects: list[Project] = []
        issues: list[Issue] = []
        for number, entry in enumerate(entries, 1):
            place = "项目" if len(entries) == 1 else f"第{number}个项目"
            project, problems = reader.read(entry, place)
            issues += problems
            if project is not None:
                projects.append(project)
        _refuse(issues)
        return projects

    def _stored(self, project: Project) -> Project | None:
        """The stored project that is meant: by id, else by title and start."""
        by_id = self._work.projects.one(project.id)
        if by_id is not None:
            return by_id
        same = self._work.projects.same(project)
        return None if same is None else self._work.projects.one(same)


def _with_kept(project: Project, stored: Project) -> Project:
    """With what no JSON carries, and the decisions recorded so far where it brings none."""
    return replace(
        project,
        history=project.history or stored.history,
        stated_state=None if project.history else (project.stated_state or stored.stated_state),
        evidence=stored.evidence,
    )


def _lost_history(
    place: str, stored: tuple[StateChange, ...], brought: tuple[StateChange, ...]
) -> list[Issue]:
    if brought[: len(stored)] == stored:
        return []
    message = f"{place}：已有的状态记录不能改动或删去，请保留原有记录，在其后补充"
    return [Issue(f"{message}。", "history", "history")]


def _exists(place: str, uid: str) -> Issue:
    message = f"{place}：已有同名、同日开始的项目且内容不同；要修改请带上它的编号（id）"
    return Issue(f"{message} {uid}。", "exists", "title")


def _refuse(issues: Sequence[Issue]) -> None:
    if issues:
        raise InputError(f"有{len(issues)}处问题，没有导入。", _REMEDY, issues)
