"""Every paper of the catalogue, of a day before and of one after the branch was renamed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest
from openpyxl import load_workbook

from dangjian_desktop import paths
from dangjian_desktop.domain.agreements.agreement import Agreement
from dangjian_desktop.domain.appraisals.appraisal import FusionAppraisal
from dangjian_desktop.domain.assessments.assessment import Assessment
from dangjian_desktop.domain.branch import BranchHistory, BranchPeriod
from dangjian_desktop.domain.dates import PartialDate, Period
from dangjian_desktop.domain.fusion.priority import Priority
from dangjian_desktop.domain.items.item import Item, ItemKind
from dangjian_desktop.domain.ledgers.ledger import TablePrint
from dangjian_desktop.domain.projects.project import ProjectState, StateChange
from dangjian_desktop.domain.references import Person
from dangjian_desktop.papers.catalogue import (
    AGREEMENT,
    APPRAISAL,
    ASSESSMENT,
    BRAND,
    CASES,
    CHECKS,
    GROUP_MONTH,
    ITEM,
    ITEMS,
    LEDGER,
    MEETING,
    MEMBERS,
    PERIOD,
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
from dangjian_desktop.papers.stamp import made_at
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.papers.offered import shipped_papers
from dangjian_desktop.services.rendering import BOTH, write_document
from tests.documents.reading import pdf_texts, squeezed, word_texts
from tests.domain.ledgers.making import a_row
from tests.papers import project_sample
from tests.services.make import a_library, a_meeting, clock

SINCE = date(2025, 7, 1)
WHO = Person("张三")
OLD, NEW = "中共测试公司旧名队支部委员会", "中共测试公司新名队支部委员会"
SHORT = {OLD: "旧名队党支部", NEW: "新名队党支部"}
STEM = {OLD: "旧名队", NEW: "新名队"}
SUPERIORS = ("旧上级", "新上级", "旧再上级", "新再上级")
DAYS = {OLD: date(2025, 5, 20), NEW: date(2025, 9, 10)}
"""A day on which the branch had each name; both lie far before the day of printing."""
PERIODS = {
    1: {OLD: "2025-05", NEW: "2025-08"},
    3: {OLD: "2025-Q2", NEW: "2025-Q3"},
    6: {OLD: "2025-H1", NEW: "2025-H2"},
    12: {OLD: "2024", NEW: "2025"},
}
ROWS = json.loads(paths.resources("demo", "ledgers.json").read_text(encoding="utf-8"))
PAPERS = {paper.code: paper for paper in shipped_papers()}
HISTORY = BranchHistory(
    periods=(
        BranchPeriod(
            name=OLD, short_name=SHORT[OLD], superior="旧上级", further_superiors=("旧再上级",)
        ),
        BranchPeriod(
            name=NEW,
            short_name=SHORT[NEW],
            superior="新上级",
            further_superiors=("新再上级",),
            since=SINCE,
        ),
    )
)
ELECTION = {
    "topic": "选举支部委员会委员",
    "matter": "election",
    "seats": 1,
    "candidates": [{"name": "张三"}, {"name": "李四"}],
}


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    made = Desk(a_library(tmp_path_factory.mktemp("renamed")), clock)
    with made._library.changing() as work:
        work.branch.save(HISTORY)
    plain = a_meeting(kinds=["general_meeting", "election"], agenda=[ELECTION], details={})
    made.meetings.import_json(plain | {"stated": None})
    yield made
    made.close()


def the_meeting(desk: Desk, day: date):
    [uid] = desk.meetings.find()
    return replace(desk.meetings.one(uid), date=day)


def the_project(paper: Paper, day: date):
    """Nothing of it lies on a day of the other name but what the paper is not about."""
    states = [ProjectState(paper.stage)] if paper.stage else []
    history = tuple(StateChange(state=state, on=day, by="", paper="") for state in states)
    return project_sample.project(history=history, declared_on=None, progress=())


def the_row(paper: Paper, day: date):
    ledger = paper.ledger
    row = a_row(ledger, ROWS[ledger.code][0]["values"])
    was = row.values[ledger.day]
    values: Mapping[type, object] = {
        date: day,
        Period: Period.around(day, 1),
        PartialDate: PartialDate.of(day),
        int: day.year if day > SINCE else day.year - 1,
    }
    return replace(row, values=dict(row.values) | {ledger.day: values[type(was)]})


def bare_records(day: date):
    """One of each of these kinds, of the day."""
    return {
        ITEM: Item(id="i", kind=ItemKind.TASK, content="修好更衣室", found_on=day),
        ASSESSMENT: Assessment(id="a", title="某达标表", day=day),
        AGREEMENT: Agreement(
            id="a", title="责任状", signer=WHO, starts=day, ends=day, signed_on=day
        ),
        APPRAISAL: FusionAppraisal(id="a", title="测评", held_on=day, year=day.year),
    }


def printed(desk: Desk, paper: Paper, name: str, period: str = ""):
    """The paper of the day on which the branch had this name."""
    day, printing = DAYS[name], desk.printing
    wanted = Wanted(period=Period.parse(period) if period else None)
    if paper.of == MEETING:
        return printing.of_record(paper.code, the_meeting(desk, day), wanted)
    if paper.of == PROJECT:
        wanted = wanted if paper.stage or period else Wanted(day=day)
        return printing.of_record(paper.code, the_project(paper, day), wanted)
    if paper.of in (bare := bare_records(day)):
        return printing.of_record(paper.code, bare[paper.of], Wanted(day=day))
    if paper.of == PRIORITY:
        return printing.of_record(paper.code, Priority(id="p", name="安全"), wanted)
    if paper.of == ROW:
        return printing.of_record(paper.code, the_row(paper, day), wanted)
    in_force = paper.of == LEDGER and isinstance(
        layout := paper.ledger.prints[paper.number], TablePrint
    )
    if paper.of == MEMBERS or not paper.lengths or (in_force and layout.in_force):
        wanted = Wanted(day=day)
    return printing.document(paper.code, wanted=wanted)


UNNAMED = {"project_progress"}
"""What names its project alone; the branch stands in the name of the file."""


def asked() -> list[tuple[str, int]]:
    """Every paper, and those of periods for every length that they come in."""
    return [(code, n) for code, p in PAPERS.items() for n in (p.lengths or (0,))]


@pytest.mark.parametrize(("code", "length"), asked())
def test_a_paper_bears_the_name_of_its_day_and_no_other(desk, tmp_path, code, length):
    paper = PAPERS[code]
    for name, other in ((OLD, NEW), (NEW, OLD)):
        document = printed(desk, paper, name, PERIODS[length][name] if length else "")
        # That both say the same is held elsewhere, for every print of a ledger.
        formats = BOTH if paper.ledger is None and length < 3 else BOTH[:1]
        files = write_document(document, tmp_path, formats)
        # A title that stands in no document property would go unseen.
        texts = [document.title, *(file.stem for file in files)]
        for file in files:
            read = word_texts if file.suffix == ".docx" else pdf_texts
            texts += read(file.read_bytes())
        said = squeezed("".join(texts))
        assert code in UNNAMED or any(STEM[name] in text for text in texts[1 + len(files) :])
        assert all(STEM[name] in file.stem for file in files)
        assert STEM[other] not in said
        assert document.author == SHORT[name]
        assert document.made in (clock(), made_at(DAYS[name], clock()))
        assert not [superior for superior in SUPERIORS if superior in said], "printed uninvited"


@pytest.mark.parametrize("name", [OLD, NEW])
def test_workbooks_bear_the_name_of_their_day(desk, tmp_path, name):
    roster, _ = desk.exports.export(tmp_path / "名册.xlsx", as_of=DAYS[name])
    period = Period.parse(PERIODS[1][name])
    ledger, _ = desk.ledger_exports.export("visits", tmp_path / "台账.xlsx", period=period)
    for file in (roster, ledger):
        sheet = load_workbook(file).active
        said = "".join(str(cell.value) for row in sheet.iter_rows() for cell in row)
        assert name in said
        assert STEM[NEW if name == OLD else OLD] not in said


def test_papers_about_everything_are_among_them():
    assert {paper.of for paper in PAPERS.values()} == {
        *(ITEM, ITEMS, AGREEMENT, APPRAISAL, ASSESSMENT, GROUP_MONTH),
        *(BRAND, CASES, PLANS, PLUS, PRIORITY, PRIORITIES),
        *(CHECKS, MEETING, MEMBERS, PERIOD, PROJECT, PROJECTS, ROW, LEDGER, SENT, TALK, TALKS),
    }
