"""Packages with one fault each: every kind is found in its place, and a right one is not blamed."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest
from docx.enum.text import WD_BREAK
from PIL import Image
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from dangjian_desktop.domain.submissions.asked import AskedMaterial
from dangjian_desktop.domain.submissions.delivery import Code
from dangjian_desktop.services.submissions.checking import DeliveryService
from tests.services.submissions.sending_world import MARCH, NOW, ORDER

BRANCH = "中共测试公司机关支部委员会"
RIGHT = ("2026年3月工作总结", BRANCH, "全体党员学习了文件，开展了主题党日。", "填报人：张三")
NAME = "工作总结_202603"


def word(folder: Path, *texts: str, name: str = NAME) -> None:
    file = docx.Document()
    for text in texts:
        before, _, behind = text.partition("\f")
        paragraph = file.add_paragraph(before)
        if behind:
            paragraph.add_run().add_break(WD_BREAK.PAGE)
            paragraph.add_run(behind)
    file.save(str(folder / f"{name}.docx"))


def pdf(folder: Path, *pages: tuple[str, ...]) -> None:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    canvas = Canvas(str(folder / f"{NAME}.pdf"))
    for lines in pages:
        canvas.setFont("STSong-Light", 12)
        for number, line in enumerate(lines):
            canvas.drawString(60, 760 - 20 * number, line)
        canvas.showPage()
    canvas.save()


def texts(**other: str) -> Callable[[Path], None]:
    """The right paper with one text instead of another, by its place in it."""
    told = [other.get(f"t{number}", text) for number, text in enumerate(RIGHT)]
    return lambda folder: word(folder, *told)


def cut(folder: Path) -> None:
    pdf(folder, RIGHT)
    file = folder / f"{NAME}.pdf"
    file.write_bytes(file.read_bytes()[:200])


def no_word(folder: Path) -> None:
    (folder / f"{NAME}.docx").write_bytes(b"PK\x03\x04" + b"\0" * 60)


def table(label: str, value: str) -> Callable[[Path], None]:
    def make(folder: Path) -> None:
        file = docx.Document()
        for text in RIGHT[:3]:
            file.add_paragraph(text)
        cells = file.add_table(1, 2).rows[0].cells
        cells[0].text, cells[1].text = label, value
        file.save(str(folder / f"{NAME}.docx"))

    return make


@dataclass(frozen=True)
class Fault:
    code: Code
    where: str
    make: Callable[[Path], None]


SIGNS = (BRANCH + "（盖章）", "书记：张三", "2026年3月31日")
FAULTS = {
    "the wrong month": Fault(Code.WRONG_PERIOD, "第1段", texts(t0="2026年2月工作总结")),
    "the wrong year": Fault(Code.WRONG_PERIOD, "第1段", texts(t0="2025年3月工作总结")),
    "a name of another month": Fault(
        Code.WRONG_PERIOD, "文件名", lambda folder: word(folder, *RIGHT, name="工作总结_202602")
    ),
    "another branch": Fault(Code.WRONG_BRANCH, "第2段", texts(t1="中共测试公司综采一队支部委员会")),
    **{
        f"an unknown {label}": Fault(Code.FOREIGN_NAME, "第4段", texts(t3=f"{label}：路人甲"))
        for label in ("书记", "主持人", "记录人", "填报人", "审核人")
    },
    "an unknown name in a table": Fault(Code.FOREIGN_NAME, "表1第1行", table("审核人", "路人甲")),
    "an unknown name in a PDF": Fault(
        Code.FOREIGN_NAME, "第1页", lambda folder: pdf(folder, (*RIGHT[:3], "审核人 路人甲"))
    ),
    "a day before the period": Fault(Code.WRONG_PERIOD, "第4段", texts(t3="时间：2026年2月13日")),
    "a signature before the period": Fault(
        Code.WRONG_PERIOD, "第4段", texts(t3="2026 年 2 月 28 日")
    ),
    "another branch without 中共": Fault(
        Code.WRONG_BRANCH, "第1段", texts(t0="综采一队党支部2026年3月工作总结")
    ),
    "another branch at the end": Fault(Code.WRONG_BRANCH, "第4段", texts(t3="综采一队党支部")),
    "an unknown name before a day": Fault(
        Code.FOREIGN_NAME, "第4段", texts(t3="审核人：路人甲　2026年3月31日")
    ),
    "an unknown host with a short label": Fault(
        Code.FOREIGN_NAME, "第4段", texts(t3="主持：路人甲")
    ),
    "a line to write on": Fault(Code.LEFT_OVER, "第3段", texts(t2="本月召开会议____次。")),
    "words that wait": Fault(Code.LEFT_OVER, "第3段", texts(t2="（待补充）")),
    "title and signature alone": Fault(
        Code.EMPTY_BODY, "", lambda folder: word(folder, *RIGHT[:2], "2026年3月31日")
    ),
    "crosses": Fault(Code.LEFT_OVER, "第3段", texts(t2="开展了××××主题党日。")),
    "words of a template": Fault(Code.LEFT_OVER, "第3段", texts(t2="到会{{ 人数 }}人。")),
    "what a template asks for": Fault(Code.LEFT_OVER, "第3段", texts(t2="（此处填写主要内容）")),
    "a title alone": Fault(Code.EMPTY_BODY, "", lambda folder: word(folder, RIGHT[0])),
    "no text": Fault(Code.EMPTY_BODY, "", word),
    "an empty cell": Fault(Code.EMPTY_BODY, "表1第1行", table("主要内容", "　")),
    "signatures alone in Word": Fault(
        Code.SIGNATURE_ALONE, "第6段", lambda f: word(f, *RIGHT, "\f" + SIGNS[0], *SIGNS[1:2])
    ),
    "signatures alone in a PDF": Fault(
        Code.SIGNATURE_ALONE, "第2页", lambda folder: pdf(folder, RIGHT, SIGNS)
    ),
    "half a PDF": Fault(Code.UNREADABLE, "", cut),
    "no Word": Fault(Code.UNREADABLE, "", no_word),
}


@pytest.fixture
def check(library):
    def look(place: Path, *asked: AskedMaterial) -> list[tuple[str, Code, str]]:
        found = DeliveryService(library, NOW).check(place, MARCH, asked)
        return [(one.file, one.code, one.where) for one in found]

    return look


@pytest.fixture
def package(service, tmp_path) -> Path:
    """A folder with a package in one of its own."""
    service.make(ORDER, tmp_path / "报" / "包")
    return tmp_path / "报"


def test_a_right_package_is_not_blamed(check, package):
    word(package, *RIGHT)
    pdf(package, RIGHT, ("会后组织了讨论。", *SIGNS))
    plan = ("2026年4月工作计划", BRANCH, "与综采一队党支部共建，检修3×4米巷道，规格5××型。")
    word(package, *plan, "记录：张　三", "2026年4月2日", name="工作计划_202604")
    told = ("2025年度先进个人公示", BRANCH, "全体党员提名。", "主持：会前学习")
    word(package, *told, name="公示_2025年度先进个人_20260310")
    assert check(package) == []
    asked = ("会议记录", "党员名册", "党员花名册", "工作月报", "工作总结", "工作计划")
    asked += ("公示",)
    assert check(package, *map(AskedMaterial, asked)) == []


@pytest.mark.parametrize("name", FAULTS)
def test_each_fault_is_found_in_its_place(check, package, name):
    fault = FAULTS[name]
    fault.make(package)
    [(file, code, where)] = check(package)
    assert (code, where, file.startswith("工作总结")) == (fault.code, fault.where, True)


def test_files_are_counted_against_the_list(check, package):
    asked = [
        AskedMaterial("会议记录"),
        AskedMaterial("述职报告"),
        AskedMaterial("党员名册", ("pdf",)),
    ]
    word(package, *RIGHT)
    told = {(file, code) for file, code, _ in check(package, *asked)}
    assert ("述职报告", Code.MISSING) in told
    assert (f"{NAME}.docx", Code.SURPLUS) in told
    assert not any("会议记录" in file for file, _ in told)


def test_what_is_packed_in_a_folder_is_looked_through_and_an_archive_of_others_is_said(
    check, package, tmp_path
):
    word(package, *RIGHT[:2], "××××")
    place = tmp_path / "待报"
    place.mkdir()
    shutil.make_archive(str(place / "包"), "zip", package)
    (place / "照片.rar").write_bytes(b"Rar!")
    with ZipFile(place / "两层.zip", "w") as file:
        file.write(place / "包.zip", "里面.zip")
    assert check(place) == [
        ("两层.zip/里面.zip", Code.UNREADABLE, ""),
        (f"包.zip/{NAME}.docx", Code.LEFT_OVER, "第3段"),
        ("照片.rar", Code.UNREADABLE, ""),
    ]


def test_names_that_windows_packed_are_read(check, tmp_path):
    word(tmp_path, *RIGHT[:2], "××××")
    packed = tmp_path / "包.zip"
    with ZipFile(packed, "w") as file:
        file.write(tmp_path / f"{NAME}.docx", "a" * len(f"{NAME}.docx".encode("gbk")))
    name = f"{NAME}.docx".encode("gbk")
    packed.write_bytes(packed.read_bytes().replace(b"a" * len(name), name))
    assert check(packed) == [(f"{NAME}.docx", Code.LEFT_OVER, "第3段")]


def test_each_of_several_packages_is_held_against_its_own_manifest(check, service, tmp_path):
    for number in (1, 2):
        service.make(ORDER, tmp_path / "两个" / f"第{number}个")
    [lost, *_] = sorted((tmp_path / "两个" / "第2个").glob("*.pdf"))
    lost.unlink()
    assert check(tmp_path / "两个") == [(f"第2个/{lost.name}", Code.MISSING, "")]


def test_what_was_put_into_a_package_later_is_told(check, package):
    word(package / "包", *RIGHT)
    assert check(package) == [(f"包/{NAME}.docx", Code.SURPLUS, "")]


def test_a_scan_is_said_to_be_one_and_a_broken_picture_to_be_broken(check, tmp_path):
    place = tmp_path / "扫描"
    place.mkdir()
    file = docx.Document()
    Image.new("RGB", (20, 20)).save(tmp_path / "图.png")
    file.add_picture(str(tmp_path / "图.png"))
    file.save(str(place / "扫描.docx"))
    shutil.copy(tmp_path / "图.png", place)
    (place / "坏.jpg").write_bytes(b"x" * 90)
    assert check(place) == [("坏.jpg", Code.UNREADABLE, ""), ("扫描.docx", Code.UNREADABLE, "")]


def test_one_file_answers_every_line_that_means_it_and_copies_are_counted(check, package, tmp_path):
    asked = ["支部党员大会会议记录", "三会一课记录", "党员名册", "党员花名册", "工作月报"]
    assert check(package, *map(AskedMaterial, asked)) == []
    place = tmp_path / "散"
    place.mkdir()
    for name in ("1月支委会记录", "支委会记录2"):
        word(place, "支委会会议记录", *RIGHT[1:], name=name)
    found = check(place, AskedMaterial("支部委员会会议记录", count=2))
    assert [code for _, code, _ in found if code is not Code.WRONG_PERIOD] == []
    [lacking] = check(place, AskedMaterial("支部委员会会议记录", count=3))
    assert lacking == ("支部委员会会议记录", Code.MISSING, "")
