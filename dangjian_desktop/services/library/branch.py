"""The branch's own record and settings, and making a new library."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from dangjian_desktop.domain.branch import Branch
from dangjian_desktop.domain.fields import Bounds, Field, FieldType, missing_fields
from dangjian_desktop.domain.meetings.kinds import BUILT_IN, Expected
from dangjian_desktop.domain.meetings.meeting import MeetingFilter
from dangjian_desktop.domain.texts import clean
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.errors import InputError, Issue
from dangjian_desktop.services.records.declaring import OWN_KINDS
from dangjian_desktop.storage.library import Library
from dangjian_desktop.storage.records.settings import COPIES_FOLDER

SUFFIX = ".dangjian"
LONGEST_TERM = 10
FIELDS = (
    Field("name", "党支部全称", required=True, hint="例如 中共××公司综采一队支部委员会"),
    Field("short_name", "简称", hint="列表和窗口中使用，不填则用全称"),
    Field("superior", "上级党组织全称", hint="例如 中共××公司委员会"),
    Field("founded", "成立日期", FieldType.DATE),
    Field("term_start", "本届任期起始日", FieldType.DATE),
    Field("term_years", "任期年数（年）", FieldType.INTEGER, required=True),
    Field(
        "theme_day",
        "主题党日固定日（每月几日）",
        FieldType.INTEGER,
        hint="不固定则不填",
        bounds=Bounds(least=Decimal(1), most=Decimal(31)),
    ),
)
"""What is asked of the branch, with the plain values of a form."""


def branch_values(branch: Branch) -> dict[str, Any]:
    """The branch as a form shows it."""
    return {
        "name": branch.name,
        "short_name": branch.short_name or None,
        "superior": branch.superior or None,
        "founded": branch.founded and branch.founded.isoformat(),
        "term_start": branch.term_start and branch.term_start.isoformat(),
        "term_years": branch.term_years,
        "theme_day": branch.theme_day,
    }


def checked_branch(branch: Branch) -> Branch:
    """The branch with cleaned names; raises ``InputError`` by field."""
    issues = []
    if not branch.name.strip():
        issues.append(Issue("请填写党支部全称。", "name_missing", "name"))
    if not 1 <= branch.term_years <= LONGEST_TERM:
        issues.append(Issue(f"任期年数应为1至{LONGEST_TERM}。", "invalid", "term_years"))
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

    def enter(self, values: Mapping[str, Any]) -> Branch:
        """Store what a form gives; raises ``InputError`` by field."""
        branch = _entered(values, self.get())
        late = [
            Issue("日期晚于今天，请核对。", "date_in_future", name)
            for name in ("founded", "term_start")
            if (day := getattr(branch, name)) is not None and day > self._clock().date()
        ]
        if late:
            raise InputError("支部信息有需要改正的内容。", "请按提示改正。", late)
        return self.save(branch)

    def info(self) -> dict[str, Any]:
        """What the library holds, as the contract writes it."""
        with self._library.reading() as work:
            branch = work.branch.get()
            roll = work.roster().on(self._clock().date())
            meetings = len(work.meetings.ids(MeetingFilter()))
            projects = len(work.projects.ids())
        return {
            "branch": branch.name,
            "short_name": branch.short_name,
            "superior": branch.superior,
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


def _entered(values: Mapping[str, Any], present: Branch) -> Branch:
    """The branch of the plain values; raises ``InputError`` for what cannot be read."""
    issues = [
        Issue(f"{text}。", "invalid", name) for name, text in missing_fields(FIELDS, values).items()
    ]
    read: dict[str, Any] = {name: values.get(name) or "" for name in _TEXTS}
    for name, (reader, wanted) in _READERS.items():
        text = str(values.get(name) or "").strip()
        try:
            read[name] = reader(text) if text else None
        except ValueError:
            issues.append(Issue(wanted, "invalid", name))
    if issues:
        raise InputError("支部信息有需要改正的内容。", "请按提示改正。", issues)
    return replace(present, **read)


_TEXTS = ("name", "short_name", "superior")
_DAY, _NUMBER = "请填写年、月、日，例如 2024-07-01。", "请填写整数。"
_READERS: Mapping[str, tuple[Callable[[str], Any], str]] = {
    "founded": (date.fromisoformat, _DAY),
    "term_start": (date.fromisoformat, _DAY),
    "term_years": (int, _NUMBER),
    "theme_day": (int, _NUMBER),
}
