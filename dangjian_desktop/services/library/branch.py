"""The branch's own record and settings, and making a new library."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from dangjian_desktop.domain.branch import NAMED, Branch, BranchHistory
from dangjian_desktop.domain.meetings.kinds import BUILT_IN, Expected
from dangjian_desktop.domain.meetings.meeting import MeetingFilter
from dangjian_desktop.domain.texts import clean
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.errors import InputError, Issue
from dangjian_desktop.services.library.branch_form import branch_values, entered
from dangjian_desktop.services.records.declaring import OWN_KINDS
from dangjian_desktop.storage.file.keys import Under
from dangjian_desktop.storage.library import Library
from dangjian_desktop.storage.records.records import to_plain
from dangjian_desktop.storage.records.settings import COPIES_FOLDER

SUFFIX = ".dangjian"
LONGEST_KIND = 50


def branch_json(history: BranchHistory, day: date) -> dict[str, Any]:
    """What holds on the day, and beside it every period and term, as the contract writes it."""
    branch = history.on(day)
    names = {name: getattr(branch, name) for name in (*NAMED, "founded", "theme_day")}
    term = {"start": branch.term_start, "years": branch.term_years, "end": branch.term_end}
    every = {"periods": history.periods, "terms": history.terms}
    found: dict[str, Any] = to_plain(names | {"term": term} | every)
    return found


def new_library(
    path: Path, branch: Branch, *, holder: str = "窗口", under: Under | None = None
) -> Library:
    """Make a library, perhaps with a password, and return it open; raises ``InputError`` or
    ``BlockedError``."""
    if path.suffix != SUFFIX:
        raise InputError(
            f"资料库文件名“{path.name}”应以 {SUFFIX} 结尾。", f"例如：{path.stem}{SUFFIX}"
        )
    values = branch_values(BranchHistory.of(branch))
    checked = entered(values, BranchHistory.of(Branch(name="")), date.max).on(date.max)
    return Library.create(path, checked, sample=branch.sample, holder=holder, under=under)


class BranchService:
    """Branch and settings of one library."""

    def __init__(self, library: Library, clock: Callable[[], datetime] = datetime.now) -> None:
        self._library = library
        self._clock = clock

    def get(self) -> Branch:
        """The branch as it is today."""
        return self.history().on(self._clock().date())

    def history(self) -> BranchHistory:
        """All that was true of it at any time."""
        with self._library.reading() as work:
            return work.branch.get()

    def enter(self, values: Mapping[str, Any]) -> BranchHistory:
        """Store what a form gives; raises ``InputError`` by field."""
        with self._library.changing(Topic.BRANCH) as work:
            made = entered(values, work.branch.get(), self._clock().date())
            return work.branch.save(made)

    def as_json(self, day: date | None = None) -> dict[str, Any]:
        """The branch of the day (today), as the contract writes it."""
        day = day or self._clock().date()
        return {"as_of": day.isoformat()} | branch_json(self.history(), day)

    def info(self) -> dict[str, Any]:
        """What the library holds, as the contract writes it."""
        with self._library.reading() as work:
            history, today = work.branch.get(), self._clock().date()
            roll = work.roster().on(today)
            meetings = len(work.meetings.ids(MeetingFilter()))
            projects = len(work.projects.ids())
        branch = branch_json(history, today)
        return {
            "branch": branch["name"],
            **{name: branch[name] for name in (*NAMED[1:], "periods", "terms")},
            "members": {
                "formal": len(roll.formal),
                "probationary": len(roll.probationary),
                "undecided": len(roll.undecided),
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

    def own_kinds(self) -> list[dict[str, str]]:
        """The branch's own kinds of meeting: code, title, expected."""
        with self._library.reading() as work:
            return list(work.settings.get(OWN_KINDS, []))

    def add_kind(self, title: str, expected: Expected) -> str:
        """Define a kind of meeting of the branch's own; returns its code."""
        name = clean(title)[0]
        if len(name) > LONGEST_KIND:
            raise InputError(f"会议类型名称超过{LONGEST_KIND}个字。", "请改短。")
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
