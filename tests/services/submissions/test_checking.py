"""The delivery check on real files: ours pass, and each damaged one is told with its place."""

from __future__ import annotations

import shutil
from pathlib import Path
from zipfile import ZipFile

import docx
import openpyxl
import pytest

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.submissions.asked import AskedMaterial
from dangjian_desktop.domain.submissions.delivery import Code
from dangjian_desktop.domain.submissions.package import Profile
from dangjian_desktop.errors import InputError
from dangjian_desktop.services.meetings.meetings import MeetingService
from dangjian_desktop.services.papers.printing import PrintingService, Wanted
from dangjian_desktop.services.submissions.checking import DeliveryService
from dangjian_desktop.services.submissions.ordering import Order
from dangjian_desktop.services.submissions.packages import PackageService
from tests.services.make import a_library, a_meeting, clock

MARCH = Period.parse("2026-03")


@pytest.fixture
def library(tmp_path):
    library = a_library(tmp_path)
    MeetingService(library, clock).import_json(a_meeting(host="上级来人"))
    yield library
    library.close()


@pytest.fixture
def folder(library, tmp_path) -> Path:
    """Minutes and the month's report as the program makes them."""
    place = tmp_path / "报送 材料"
    printing = PrintingService(library, clock)
    (uid,) = MeetingService(library, clock).find()
    printing.export("minutes", place / "会议", uid)
    printing.export("summary", place, wanted=Wanted(period=MARCH))
    return place


@pytest.fixture
def checked(library):
    def check(place: Path, period: Period | None = MARCH) -> list[tuple[str, Code, str]]:
        found = DeliveryService(library, clock).check(place, period)
        return [(one.file, one.code, one.where) for one in found]

    return check


def a_word(place: Path, *texts: str) -> Path:
    file = docx.Document()
    for text in texts:
        file.add_paragraph(text)
    place.parent.mkdir(parents=True, exist_ok=True)
    file.save(str(place))
    return place


def test_what_the_program_makes_passes(folder, checked):
    assert {path.suffix for path in folder.rglob("*.*")} == {".docx", ".pdf"}
    assert checked(folder) == []


def test_word_pdf_and_sheets_are_read_with_their_places(folder, checked):
    a_word(folder / "月报.docx", "2026年2月月报", "填报人：路人甲", "正文。")
    book = openpyxl.Workbook()
    book.active.title = "月报"
    book.active.append(["所属期", "2025年"])
    book.active.append(["填报人", "王五"])
    book.save(folder / "表.xlsx")
    assert checked(folder) == [
        ("月报.docx", Code.WRONG_PERIOD, "第1段"),
        ("月报.docx", Code.FOREIGN_NAME, "第2段"),
        ("表.xlsx", Code.WRONG_PERIOD, "月报第1行"),
    ]


def test_a_host_from_above_is_known_by_the_minutes_of_the_period_only(folder, checked, tmp_path):
    place = tmp_path / "别处"
    a_word(place / "记录.docx", "会议记录", "主持人：上级来人", "正文。")
    assert checked(place) == []
    assert checked(place, Period.parse("2026-01")) == [("记录.docx", Code.FOREIGN_NAME, "第2段")]


def test_tables_of_word_are_read_once_for_merged_cells(checked, tmp_path):
    file = docx.Document()
    file.add_paragraph("月报")
    table = file.add_table(2, 4)
    for cell, text in zip(table.rows[0].cells, ("填报人", "张三", "审核人", "路人"), strict=True):
        cell.text = text
    table.cell(1, 0).text = "主要内容"
    table.cell(1, 1).merge(table.cell(1, 3))
    (tmp_path / "表").mkdir()
    file.save(str(tmp_path / "表" / "月报.docx"))
    assert checked(tmp_path / "表") == [
        ("月报.docx", Code.FOREIGN_NAME, "表1第1行"),
        ("月报.docx", Code.EMPTY_BODY, "表1第2行"),
    ]


def test_files_that_do_not_open_are_told_each_and_the_others_are_read(folder, checked):
    whole = next(folder.rglob("*.pdf")).read_bytes()
    (folder / "半截.pdf").write_bytes(whole[: len(whole) // 3])
    (folder / "不是.docx").write_bytes(b"<html>")
    (folder / "空.jpg").write_bytes(b"")
    (folder / "旧.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    told = checked(folder)
    assert {(name, code) for name, code, _ in told} == {
        ("半截.pdf", Code.UNREADABLE),
        ("不是.docx", Code.UNREADABLE),
        ("空.jpg", Code.UNREADABLE),
        ("旧.doc", Code.UNREADABLE),
    }


def test_a_zip_is_read_as_its_folder_is(folder, checked, tmp_path):
    a_word(folder / "月报.docx", "2026年2月月报", "正文。")
    packed = Path(shutil.make_archive(str(tmp_path / "包"), "zip", folder))
    assert checked(packed) == checked(folder) == [("月报.docx", Code.WRONG_PERIOD, "第1段")]


def test_a_zip_reaches_nothing_outside_of_its_folder(checked, tmp_path):
    packed = tmp_path / "包.zip"
    with ZipFile(packed, "w") as file:
        file.writestr("../../外面.txt", "x")
    checked(packed)
    assert not list(tmp_path.rglob("外面.txt"))


def test_what_is_no_folder_is_refused_in_words(checked, tmp_path):
    with pytest.raises(InputError, match="没有文件夹“没有”"):
        checked(tmp_path / "没有")
    (tmp_path / "坏.zip").write_bytes(b"PK")
    with pytest.raises(InputError, match="打不开"):
        checked(tmp_path / "坏.zip")


def test_leftovers_of_office_programs_are_no_material(folder, checked):
    (folder / "~$月报.docx").write_bytes(b"x")
    (folder / "Thumbs.db").write_bytes(b"x")
    assert checked(folder) == []


def test_a_package_that_was_changed_after_it_was_made_is_told(library, checked, tmp_path):
    order = Order(period=MARCH, recipient="矿党委", profile=Profile.FULL, papers=("党员名册",))
    done = PackageService(library, clock).make(order, tmp_path / "包")
    folder = done.manifest.parent
    assert checked(folder) == []
    [word] = folder.glob("*名册*.docx")
    a_word(word, "2026年3月党员名册", "改过的正文。")
    [pdf] = folder.glob("*名册*.pdf")
    pdf.unlink()
    assert {(name, code) for name, code, _ in checked(folder)} == {
        (word.name, Code.CHANGED),
        (pdf.name, Code.MISSING),
    }


def test_a_folder_is_held_against_a_list(library, folder):
    asked = [AskedMaterial("党员名册"), AskedMaterial("工作月报", ("docx", "xlsx"))]
    found = DeliveryService(library, clock).check(folder, MARCH, asked)
    told = [(one.code, one.file) for one in found]
    assert told[:2] == [(Code.MISSING, "党员名册"), (Code.MISSING, "工作月报")]
    assert {code for code, _ in told[2:]} == {Code.SURPLUS}
    assert all("会议记录" in name for _, name in told[2:])
