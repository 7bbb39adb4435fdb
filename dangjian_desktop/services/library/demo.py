"""The sample library: a made-up branch's year, and every document that can be printed from it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from dangjian_desktop import paths
from dangjian_desktop.documents.model import Document, Layout
from dangjian_desktop.domain.branch import Branch
from dangjian_desktop.domain.dates import PartialDate, Period
from dangjian_desktop.domain.meetings.meeting import MeetingFilter
from dangjian_desktop.domain.members.member import (
    NORMAL,
    Member,
    MemberKind,
    Span,
    kinds_by_dates,
    new_id,
)
from dangjian_desktop.domain.projects.project import Project
from dangjian_desktop.domain.summaries.summaries import SummaryWords
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.services.library.branch import new_library
from dangjian_desktop.services.meetings.meetings import MeetingService
from dangjian_desktop.services.papers.printing import BOTH, PrintingService, write_document
from dangjian_desktop.services.projects.printing import ProjectForm, ProjectPrinting
from dangjian_desktop.services.projects.projects import ProjectService
from dangjian_desktop.services.records.pinyin import initials, sort_key
from dangjian_desktop.services.summaries.summaries import SummaryService
from dangjian_desktop.storage.library import Library

NAME = "示例党支部.dangjian"


@dataclass(frozen=True, slots=True)
class Demo:
    """The sample library and the documents made from it."""

    library: Path
    files: tuple[Path, ...]


def make_demo(folder: Path) -> Demo:
    """Make the sample library in the folder, and all its documents in folders beside it.

    A library that is there already stays: then a folder with a number is used instead.
    """
    folder = _free(folder)
    library = make_demo_library(folder / NAME)
    try:
        files = tuple(_documents(library, folder))
    finally:
        library.close()
    return Demo(folder / NAME, files)


def make_demo_library(path: Path) -> Library:
    """Make the sample library alone and return it open for writing."""
    library = new_library(path, _branch())
    try:
        _fill(library)
    except BaseException:
        library.close()
        raise
    return library


def _free(folder: Path) -> Path:
    number, found = 1, folder
    while (found / NAME).exists():
        number += 1
        found = folder.with_name(f"{folder.name}（{number}）")
    return found


def _read(name: str) -> Any:
    return json.loads(paths.resources("demo", name).read_text(encoding="utf-8"))


def _branch() -> Branch:
    data = _read("branch.json")
    return Branch(
        name=data["name"],
        short_name=data["short_name"],
        superior=data["superior"],
        founded=_day(data.get("founded")),
        term_start=_day(data.get("term_start")),
        theme_day=data.get("fixed_theme_day"),
        sample=True,
    )


def _fill(library: Library) -> None:
    with library.changing(Topic.MEMBERS) as work:
        for row in _read("roster.json"):
            work.members.save(_member(row))
    meetings = [
        meeting
        for file in sorted(paths.resources("demo").glob("meetings-*.json"))
        for meeting in json.loads(file.read_text(encoding="utf-8"))
    ]
    MeetingService(library).import_json(meetings)
    ProjectService(library).import_json(_read("projects.json"))
    summaries = SummaryService(library)
    for period, words in _read("summary.json").items():
        summaries.save_words(Period.parse(period), SummaryWords.from_json(words))


def _member(row: Mapping[str, Any]) -> Member:
    dates: dict[str, Any] = {
        name: PartialDate.parse(row[name]) if row.get(name) else None
        for name in ("birth_date", "join_date", "join_approved", "full_date", "full_approved")
    }
    kinds = kinds_by_dates(
        dates["join_approved"] or dates["join_date"],
        dates["full_approved"] or dates["full_date"],
        MemberKind(row["member_kind"]) if row.get("member_kind") else None,
    )
    texts = ("sex", "ethnicity", "id_number", "education", "work_post", "phone", "note")
    member = Member(
        id=new_id(),
        name=row["name"],
        sort_key=sort_key(row["name"]),
        initials=initials(row["name"]),
        kinds=kinds,
        standings=_standings(row),
        posts=tuple(Span(post) for post in (row.get("party_post") or "").split("、") if post),
        groups=(Span(row["group"]),) if row.get("group") else (),
    )
    known: dict[str, Any] = dates | {name: row.get(name) for name in texts}
    return replace(member, **known)


def _standings(row: Mapping[str, Any]) -> tuple[Span, ...]:
    since, until = row.get("member_since"), row.get("member_until")
    start = PartialDate.parse(since) if since else None
    end = PartialDate.parse(until) if until else None
    left = (Span("转出", end),) if end else ()
    return (Span(NORMAL, start, end), *left)


def _documents(library: Library, folder: Path) -> Iterator[Path]:
    yield from _project_papers(library, folder / "书记项目")
    printing, summaries = PrintingService(library), SummaryService(library)
    for uid in reversed(MeetingService(library).find(MeetingFilter())):
        yield from printing.export_minutes(uid, folder / "会议记录（公文版式）")
        yield from printing.export_minutes(uid, folder / "会议记录（表格版式）", layout=Layout.FORM)
        yield from _write(printing.signin(uid), folder / "签到表")
    yield from _write(printing.roster(date(2025, 12, 31)), folder / "名册")
    for text in ("2025", "2025-H1", "2025-H2", *(f"2025-Q{n}" for n in range(1, 5))):
        yield from _write(summaries.document(Period.parse(text)), folder / "汇总")
    for month in range(1, 13):
        yield from _write(summaries.document(Period(2025, month, 1)), folder / "汇总")


def _project_papers(library: Library, folder: Path) -> Iterator[Path]:
    printing, projects = ProjectPrinting(library), ProjectService(library)
    for project in projects.all():
        for form in ProjectForm:
            if form not in _made_before(project):
                continue
            period = Period(2025, 10, 1) if form.periodic else None
            yield from _write(printing.document(project.id, form, period), folder)
    for group in projects.categories().groups:
        yield from _write(printing.ledger(2025, group.name), folder)
    yield from _write(printing.claims(date(2025, 12, 31)), folder)


def _made_before(project: Project) -> frozenset[ProjectForm]:
    """The forms for which the project has gone far enough."""
    forms = {ProjectForm.DECLARATION, ProjectForm.APPROVAL, ProjectForm.PROGRESS, ProjectForm.PAGE}
    if project.midterm is not None:
        forms.add(ProjectForm.MIDTERM)
    if project.closing is not None:
        forms.add(ProjectForm.CLOSING)
    return frozenset(forms)


def _write(document: Document, folder: Path) -> list[Path]:
    return write_document(document, folder, BOTH)


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
