"""The files against the superior's list, and against the manifest of a package."""

from __future__ import annotations

import pytest

from dangjian_desktop.domain.submissions.asked import AskedMaterial
from dangjian_desktop.domain.submissions.delivered import Delivered, FileKind
from dangjian_desktop.domain.submissions.delivery import Code
from dangjian_desktop.domain.submissions.listed import Told, against_list, against_manifest

OURS = ("中共测试公司机关党支部", "机关党支部")


def files(*names: str, sha: str = "") -> list[Delivered]:
    return [Delivered(name=name, kind=FileKind.OTHER, sha256=sha) for name in names]


def compared(asked: list[AskedMaterial], *names: str, titles=None) -> list[tuple[str, Code]]:
    found = against_list(asked, files(*names), OURS, titles)
    return [(one.file, one.code) for one in found]


@pytest.mark.parametrize(
    "name",
    [
        "机关党支部_工作月报_202603.docx",
        "《工作月报》.pdf",
        "1月/机关党支部2026年3月工作月报（盖章）.docx",
        "工作月报_2026-03-31.docx",
    ],
)
def test_a_file_is_known_by_its_title(name):
    assert compared([AskedMaterial("工作月报")], name) == []


def test_what_is_missing_and_what_nobody_asked_for_are_told():
    asked = [AskedMaterial("1月工作月报"), AskedMaterial("党员名册")]
    assert compared(asked, "工作月报.docx", "照片.jpg") == [
        ("党员名册", Code.MISSING),
        ("照片.jpg", Code.SURPLUS),
    ]


def test_a_form_that_is_asked_for_and_lacks_is_told():
    asked = [AskedMaterial("工作月报", ("docx", "pdf"))]
    [one] = against_list(asked, files("工作月报.docx"), OURS)
    assert one.code is Code.MISSING
    assert "缺PDF" in one.message
    assert compared(asked, "工作月报.docx", "工作月报.pdf") == []


def test_the_longest_words_decide_where_several_fit():
    asked = [AskedMaterial("会议记录"), AskedMaterial("支部党员大会会议记录")]
    assert compared(asked, "支部党员大会会议记录_20260318.docx") == [("会议记录", Code.MISSING)]


def test_the_titles_of_a_manifest_go_before_names():
    assert (
        compared([AskedMaterial("党员名册")], "甲.xlsx", titles={"甲.xlsx": Told("党员名册", "")})
        == []
    )


def test_the_list_of_a_package_is_no_surplus():
    assert compared([AskedMaterial("党员名册")], "党员名册.xlsx", "清单.xlsx") == []


def test_what_was_packed_must_be_there_and_as_it_was():
    told = {"甲.docx": Told("甲", "1"), "乙.docx": Told("乙", "1"), "丙.docx": Told("丙", "2")}
    found = against_manifest(told, files("甲.docx", "丙.docx", sha="1"))
    assert [(one.file, one.code) for one in found] == [
        ("乙.docx", Code.MISSING),
        ("丙.docx", Code.CHANGED),
    ]
    found = against_manifest(
        {"包/甲.docx": Told("甲", "1")}, files("包/甲.docx", "外.docx", sha="1")
    )
    assert list(found) == []
    [one] = against_manifest({"甲.docx": Told("甲", "1")}, files("甲.docx", "外.docx", sha="1"))
    assert (one.file, one.code) == ("外.docx", Code.SURPLUS)
