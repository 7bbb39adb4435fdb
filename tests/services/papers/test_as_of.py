"""What is printed as of a day is the same bytes, whenever that is."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from types import SimpleNamespace
from zipfile import ZipFile

import docx
import pytest
from openpyxl import load_workbook

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.items.item import ItemKind
from dangjian_desktop.papers.catalogue import GROUP_MONTH, ITEM
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.library.demo import _subjects, make_demo_library
from dangjian_desktop.services.papers.offered import shipped_papers
from dangjian_desktop.services.papers.printing import Wanted
from dangjian_desktop.services.rendering import BOTH, Format, rendered

TASK = ItemKind.TASK
DAY, QUARTER = date(2025, 11, 30), Period(2025, 10, 3)
NOON = datetime(2025, 11, 30, 12, tzinfo=UTC)
MOMENTS = datetime.fromisoformat("2025-12-10T09:00"), datetime.fromisoformat("2027-08-01T17:45")
PAPERS = shipped_papers()
LOOKING_ALIKE = {(p.of, p.layout, bool(p.ledger)): p for p in PAPERS}
"""One paper of each subject and layout: the bytes depend on nothing but the document."""


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    made = make_demo_library(tmp_path_factory.mktemp("as of") / "示例.dangjian")
    yield made
    made.close()


def desk_at(library, moment):
    return Desk(library, lambda: moment)


@pytest.fixture
def packed_at(monkeypatch):
    """The clock that packers of zipped files read."""

    def set_to(moment):
        known = SimpleNamespace(time=moment.timestamp, localtime=time.localtime)
        monkeypatch.setattr("zipfile.time", known)

    return set_to


def printed(library, paper, moment, day=DAY):
    (uid, wanted), *_ = _subjects(library, paper)
    if wanted.period is not None and paper.of == GROUP_MONTH:
        wanted = replace(wanted, period=Period.around(DAY, 1))
    desk = desk_at(library, moment)
    if paper.of == ITEM:  # one that was there on the day
        uid = next(i.id for i in desk.shared["item"].all() if i.kind is TASK and i.found_on <= DAY)
    return desk.printing.document(paper.code, uid, replace(wanted, day=day))


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.code)
def test_a_paper_as_of_a_day_knows_no_clock(library, paper):
    one, other = (printed(library, paper, moment) for moment in MOMENTS)
    assert one == other
    assert one.made == NOON
    assert one.foot == "" or "按 2025-11-30 的情况打印" in one.foot


@pytest.mark.parametrize("paper", LOOKING_ALIKE.values(), ids=lambda paper: paper.code)
def test_its_files_are_the_same_bytes(library, paper, packed_at):
    made = []
    for moment in MOMENTS:
        packed_at(moment)
        made.append([rendered(printed(library, paper, moment), form) for form in BOTH])
    assert made[0] == made[1]
    about = docx.Document(BytesIO(made[0][0])).core_properties
    assert {about.created, about.modified} == {NOON}
    assert b"(D:20251130120000+00'00')" in made[0][1]


def test_without_a_day_it_tells_the_moment_of_its_printing(library):
    paper = next(p for p in PAPERS if p.code == "summary")
    document = printed(library, paper, MOMENTS[0], day=None)
    assert document.made == MOMENTS[0]
    assert "打印时间 2025-12-10 09:00" in document.foot


def test_a_summary_counts_as_of_the_day(library):
    def figures(moment, day=None):
        wanted = Wanted(period=QUARTER, day=day)
        return desk_at(library, moment).printing.sheet("summary", wanted=wanted).figures

    then = datetime.combine(DAY, MOMENTS[0].time())
    assert figures(MOMENTS[1], DAY) == figures(then) != figures(MOMENTS[1])


def attendance(desk, folder):
    table = desk.attendance.by_person(QUARTER, as_of=DAY)
    desk.attendance.export(table, folder, Format.DOCX)
    desk.attendance.export(table, folder, Format.PDF)
    desk.attendance.write_sheet(table, folder / "出勤情况.xlsx")


def ledger(desk, folder):
    desk.ledger_exports.export("training", folder / "培训.xlsx", as_of=DAY)


def roster(desk, folder):
    desk.exports.export(folder / "名册.xlsx", as_of=DAY)


@pytest.mark.parametrize("write", [attendance, ledger, roster])
def test_tables_as_of_a_day_are_the_same_bytes(library, tmp_path, write, packed_at):
    made = []
    for number, moment in enumerate(MOMENTS):
        packed_at(moment)
        write(desk_at(library, moment), tmp_path / str(number))
        made.append({f.name: f.read_bytes() for f in (tmp_path / str(number)).iterdir()})
    assert made[0] == made[1]
    for name, data in made[0].items():
        if name.endswith(".xlsx"):
            about = load_workbook(BytesIO(data)).properties
            assert {about.created, about.modified} == {NOON.replace(tzinfo=None)}


def test_a_table_without_a_day_tells_when_it_was_written(library, tmp_path):
    book, _ = desk_at(library, MOMENTS[0]).exports.export(tmp_path / "名册.xlsx")
    made = load_workbook(book).properties.modified.replace(tzinfo=UTC)
    assert abs(made - MOMENTS[0].astimezone(UTC)) < timedelta(seconds=1)
    assert {part.date_time[0] for part in ZipFile(book).infolist()} == {1980}
