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
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from dangjian_desktop.domain.submissions.asked import AskedMaterial
from dangjian_desktop.domain.submissions.delivery import Code
from dangjian_desktop.services.submissions.checking import DeliveryService
from dangjian_desktop.services.submissions.packages import PackageService
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
    service.make(ORDER, tmp_path / "包")
    return tmp_path / "包"


def test_a_right_package_is_not_blamed(check, package):
    word(package, *RIGHT)
    pdf(package, RIGHT, ("会后组织了讨论。", *SIGNS))
    assert check(package) == []
    asked = ("会议记录", "党员名册", "党员花名册", "工作月报", "工作总结")
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


def test_each_of_several_packages_is_held_against_its_own_manifest(check, service, tmp_path):
    for number in (1, 2):
        service.make(ORDER, tmp_path / "两个" / f"第{number}个")
    [lost, *_] = sorted((tmp_path / "两个" / "第2个").glob("*.pdf"))
    lost.unlink()
    assert check(tmp_path / "两个") == [(f"第2个/{lost.name}", Code.MISSING, "")]
    assert isinstance(service, PackageService)
