"""The sample library: a made-up branch's year, and every document that can be printed from it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from dangjian_desktop import paths
from dangjian_desktop.documents.model import Layout
from dangjian_desktop.domain.branch import Branch
from dangjian_desktop.domain.checks.first_topic import RULE as FIRST_TOPIC
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
from dangjian_desktop.domain.plans.record import PLAN
from dangjian_desktop.domain.references import Link
from dangjian_desktop.domain.summaries.summaries import SummaryWords
from dangjian_desktop.domain.talks.record import HEART_TALK
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.errors import InputError
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.papers.catalogue import (
    AGREEMENT,
    APPRAISAL,
    ASSESSMENT,
    BRAND,
    CHECKS,
    GROUP_MONTH,
    ITEM,
    ITEMS,
    LEDGER,
    MEETING,
    PLANS,
    PLUS,
    PRIORITIES,
    PRIORITY,
    PROJECT,
    PROJECTS,
    ROW,
    SENT,
    TALK,
    TALKS,
    Paper,
    Wanted,
)
from dangjian_desktop.services.blank_forms.filling import BlankFormService, FormScope
from dangjian_desktop.services.checks.checks import CheckService
from dangjian_desktop.services.files import write_file
from dangjian_desktop.services.ledgers.declaring import LedgerStyles
from dangjian_desktop.services.ledgers.importing import LedgerImports
from dangjian_desktop.services.ledgers.ledgers import LedgerService
from dangjian_desktop.services.library import demo_items
from dangjian_desktop.services.library.branch import new_library
from dangjian_desktop.services.library.demo_agreements import fill_agreements
from dangjian_desktop.services.library.demo_assessments import fill_assessments
from dangjian_desktop.services.library.demo_fusion import fill_fusion
from dangjian_desktop.services.library.demo_packages import sent_packages
from dangjian_desktop.services.meetings.meetings import MeetingService
from dangjian_desktop.services.papers.printing import PrintingService
from dangjian_desktop.services.projects.projects import ProjectService
from dangjian_desktop.services.record_services import service_of
from dangjian_desktop.services.records.pinyin import initials, sort_key
from dangjian_desktop.services.summaries.summaries import SummaryService
from dangjian_desktop.storage.library import Library

NAME = "示例党支部.dangjian"
_YEAR = 2025
_END = date(_YEAR, 12, 31)
_MARCH = Period(_YEAR, 3, 1)
_FORMS = {"month": "上级空表-三会一课月报", "project": "上级空表-书记项目申报表"}
"""Blank forms of a superior: what the file is called here and there."""
_LAYOUTS = {Layout.OFFICIAL: "公文版式", Layout.FORM: "表格版式"}


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
        documents = tuple(_documents(library, folder))
        forms = tuple(_filled_forms(library, folder / "上级空表"))
        # Behind each blank stands what it is filled with.
        packages = sent_packages(library, folder / "报送包", forms[1::2])
        files = (*documents, *forms, *packages)
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
    folder = folder.absolute()
    if not folder.name:
        raise InputError("示例不能放在磁盘的最上层。", "请写出一个文件夹。")
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
    # Of its own accord, as this branch goes by it.
    CheckService(library).switch_rule(FIRST_TOPIC, enabled=True)
    ProjectService(library).import_json(_read("projects.json"))
    service_of(library, HEART_TALK.code).import_json(_read("talks.json"))
    fill_fusion(library, _read("fusion.json"))
    demo_items.import_items(library, _read("items.json"))
    service_of(library, PLAN.code).import_json(_read("plans.json"))
    fill_assessments(library, _read("assessments.json"))
    fill_agreements(library, _read("agreements.json"))
    service_of(library, APPRAISAL).import_json(_read("appraisals.json"))
    _fill_ledgers(library)
    summaries = SummaryService(library)
    for period, words in _read("summary.json").items():
        summaries.save_words(Period.parse(period), SummaryWords.from_json(words))


def _fill_ledgers(library: Library) -> None:
    """A year of rows of every ledger, one of them made as a branch makes its own."""
    LedgerStyles(library).import_file(paths.resources("demo", "ledger-no-violations.toml"))
    imports = LedgerImports(library)
    for code, rows in _read("ledgers.json").items():
        imports.run_json(code, rows, "ledgers.json", copy=False)


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
    """Every paper of the catalogue, for every record and period that it suits."""
    printing = PrintingService(library)
    for paper in printing.papers():
        for uid, wanted in _subjects(library, paper):
            where = folder / paper.folder
            if len(paper.layouts) > 1 and wanted.layout:
                where = folder / f"{paper.folder}（{_LAYOUTS[wanted.layout]}）"
            yield from printing.export(paper.code, where, uid, wanted)


def _filled_forms(library: Library, folder: Path) -> Iterator[Path]:
    """The superior's blank forms, and what they are filled with for March."""
    about = {"project": Link("project", ProjectService(library).all()[0].id)}
    for name, called in _FORMS.items():
        data = paths.resources("demo", "forms", f"{name}.docx").read_bytes()
        blank = write_file(folder, called, ".docx", data)
        asked = FormScope(about=about.get(name), period=_MARCH, as_of=_MARCH.last)
        yield from (blank, BlankFormService(library).fill(blank, asked, folder).file)


def _subjects(library: Library, paper: Paper) -> Iterable[tuple[str, Wanted]]:
    """What the paper is printed of: each record, each period of the year, as of the end of the
    year; of a project as of the day that the paper tells of.

    A ledger is printed of the whole year, its forms of its newest row.
    """
    for uid, wanted in _asked_for(library, paper):
        day = _END
        if paper.of == PROJECT:
            day = PrintingService(library).sheet(paper.code, uid, wanted).today
        yield uid, replace(wanted, day=day)


def _asked_for(library: Library, paper: Paper) -> Iterable[tuple[str, Wanted]]:
    if paper.of == MEETING:
        service = MeetingService(library)
        known = service.get(tuple(reversed(service.find(MeetingFilter()))))
        if paper.one_each:
            known = {"、".join(m.kinds): m for m in known.values()}
        held = [m for m in known.values() if not paper.part or getattr(m, paper.part) is not None]
        return [(m.id, Wanted(layout=layout)) for m in held for layout in paper.layouts]
    if paper.of == PROJECT:
        period = Period(_YEAR, 10, 1) if paper.lengths else None
        found = ProjectService(library).all()
        ready = [p for p in found if not paper.part or getattr(p, paper.part) is not None]
        return [(project.id, Wanted(period=period)) for project in ready]
    if paper.of == TALK:
        talks = service_of(library, TALK)
        newest = max(talks.all(), key=lambda talk: talk.day).id
        return [("", Wanted()), (newest, Wanted())]
    if paper.of in (ITEM, AGREEMENT, APPRAISAL, ASSESSMENT, PRIORITY, BRAND):
        return _of_each(library, paper)
    if paper.of == ROW and paper.ledger is not None:
        newest = LedgerService(library).of(paper.ledger.code).find()[:1]
        return [(uid, Wanted()) for uid in newest]
    return [("", wanted) for wanted in _of_the_year(library, paper)]


def _of_each(library: Library, paper: Paper) -> Iterable[tuple[str, Wanted]]:
    """Of items those of which the paper says something, of other shared records all."""
    if paper.of == ITEM:
        return [(uid, Wanted()) for uid in demo_items.printed(library, paper.code)]
    wanted = Wanted(period=Period(_YEAR, 1, 12) if paper.lengths else None)
    return [(uid, wanted) for uid in reversed(service_of(library, paper.of).find())]


def _of_the_year(library: Library, paper: Paper) -> Iterable[Wanted]:
    if paper.of == LEDGER:
        return [Wanted(period=paper.fitting(Period(_YEAR, 1, 12)))]
    if not paper.lengths:
        return [Wanted()]
    if paper.of in (CHECKS, SENT, TALKS, ITEMS, PRIORITIES, PLUS, PLANS):
        return [Wanted(period=Period(_YEAR, 1, 12))]
    if paper.of == GROUP_MONTH:
        with library.reading() as work:
            there = work.roster().on(_END).groups
        return [Wanted(period=Period(_YEAR, 12, 1), group=group) for group in there]
    if paper.of == PROJECTS:
        groups = ProjectService(library).categories().groups
        return [Wanted(period=Period(_YEAR, 1, 12), group=group.name) for group in groups]
    # What only a rule of the branch's own brings along has little in a month.
    lengths = paper.lengths[-1:] if paper.rule else paper.lengths
    starts = [(month, length) for length in lengths for month in range(1, 13, length)]
    return [Wanted(period=Period(_YEAR, month, length)) for month, length in starts]


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
