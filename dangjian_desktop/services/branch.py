"""The branch's own record and settings, and making a new library."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from dangjian_desktop.domain.branch import Branch
from dangjian_desktop.domain.meeting_kinds import BUILT_IN, Expected
from dangjian_desktop.domain.meetings import MeetingFilter
from dangjian_desktop.domain.roll import Roll
from dangjian_desktop.domain.texts import clean
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.errors import InputError, Issue
from dangjian_desktop.services.gathering import OWN_KINDS
from dangjian_desktop.storage.library import Library
from dangjian_desktop.storage.settings import COPIES_FOLDER

SUFFIX = ".dangjian"


def checked_branch(branch: Branch) -> Branch:
    """The branch with cleaned names; raises ``InputError`` by field."""
    issues = []
    if not branch.name.strip():
        issues.append(Issue("请填写党支部全称。", "name_missing", "name"))
    if branch.theme_day is not None and not 1 <= branch.theme_day <= 31:
        issues.append(Issue("固定日应为1至31之间的数字。", "invalid", "theme_day"))
    if branch.founded and branch.term_start and branch.term_start < branch.founded:
        issues.append(Issue("本届任期起始日早于党支部成立日期。", "date_order", "term_start"))
    if issues:
        raise InputError("支部信息有需要改正的内容。", "请按提示改正。", issues)
    return Branch(
        name=clean(branch.name)[0],
        short_name=clean(branch.short_name)[0],
        superior=clean(branch.superior)[0],
        founded=branch.founded,
        term_start=branch.term_start,
        term_years=branch.term_years,
        theme_day=branch.theme_day,
        sample=branch.sample,
    )


def new_library(path: Path, branch: Branch, *, holder: str = "窗口") -> Library:
    """Make a library and return it open; raises ``InputError`` or ``BlockedError``."""
    if path.suffix != SUFFIX:
        raise InputError(
            f"资料库文件名“{path.name}”应以 {SUFFIX} 结尾。", f"例如：{path.stem}{SUFFIX}"
        )
    return Library.create(path, checked_branch(branch), sample=branch.sample, holder=holder)


class BranchService:
    """Branch and settings of one library."""

    def __init__(self, library: Library, clock: Callable[[], datetime] = datetime.now) -> None:
        self._library = library
        self._clock = clock

    def get(self) -> Branch:
        """The branch."""
        with self._library.reading() as work:
            return work.branch.get()

    def save(self, branch: Branch) -> Branch:
        """Store names and dates; raises ``InputError`` by field."""
        ready = checked_branch(branch)
        with self._library.changing(Topic.BRANCH) as work:
            return work.branch.save(ready)

    def info(self) -> dict[str, Any]:
        """What the library holds, as the contract writes it."""
        with self._library.reading() as work:
            branch = work.branch.get()
            roll = Roll(work.members.all(), self._clock().date())
            meetings = len(work.meetings.ids(MeetingFilter()))
            projects = len(work.projects.ids())
        return {
            "branch": branch.name,
            "short_name": branch.short_name,
            "superior": branch.superior,
            "members": {
                "formal": len(roll.formal),
                "probationary": len(roll.probationary),
            },
            "meetings": meetings,
            "projects": projects,
            "schema": self._library.schema,
            "size_bytes": self._library.path.stat().st_size,
            "library": str(self._library.path),
        }

    def copies_folder(self) -> Path | None:
        """Where copies go; nothing means beside the library."""
        with self._library.reading() as work:
            chosen = work.settings.get(COPIES_FOLDER)
        return Path(chosen) if chosen else None

    def set_copies_folder(self, folder: Path | None) -> None:
        """Choose where copies go."""
        with self._library.changing(Topic.SETTINGS) as work:
            work.settings.put(COPIES_FOLDER, None if folder is None else str(folder))

    def own_kinds(self) -> list[dict[str, str]]:
        """The branch's own kinds of meeting: code, title, expected."""
        with self._library.reading() as work:
            return list(work.settings.get(OWN_KINDS, []))

    def add_kind(self, title: str, expected: Expected) -> str:
        """Define a kind of meeting of the branch's own; returns its code."""
        name = clean(title)[0]
        with self._library.changing(Topic.SETTINGS) as work:
            own = list(work.settings.get(OWN_KINDS, []))
            taken = {k.title for k in BUILT_IN} | {k.short for k in BUILT_IN}
            if not name or name in taken | {k["title"] for k in own}:
                words = "请填写会议类型名称。" if not name else f"已有名为“{name}”的会议类型。"
                raise InputError(words, "请换一个名称。", [Issue(words, "invalid", "title")])
            code = f"own_{len(own) + 1}"
            work.settings.put(
                OWN_KINDS, [*own, {"code": code, "title": name, "expected": expected.value}]
            )
        return code
