"""上级空表 filled out of the sample year: what is proposed, kept, told and written."""

from __future__ import annotations

import shutil
from datetime import date, datetime
from pathlib import Path

import docx
import pytest

from dangjian_desktop.domain.blank_forms.form import LabelChange
from dangjian_desktop.domain.blank_forms.proposal import Certainty
from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.references import Link
from dangjian_desktop.errors import BlockedError, InputError
from dangjian_desktop.services.blank_forms.filling import BlankFormService, FormScope
from dangjian_desktop.services.library.demo import make_demo_library
from dangjian_desktop.storage.library import Library
from tests.documents.blank_forms import forms
from tests.spreadsheets.blank_forms.books import statistic

MARCH, APRIL = Period(2025, 3, 1), Period(2025, 4, 1)
DAY = date(2025, 4, 1)
MONTH = {
    "填报党支部": "branch.name",
    "填报月份": "period",
    "党员总数": "members.total",
    "其中预备党员": "members.probationary",
    "支部党员大会（次）": "general_meeting.held",
    "支部委员会（次）": "committee_meeting.held",
    "党小组会（次）": "group_meeting.held",
    "党课（次）": "party_lecture.held",
    "主题党日（次）": "theme_day.held",
    "党员平均出勤率": "attendance.rate",
    "主要内容": "meetings.told",
    "存在问题": "words.problems",
    "下月计划": "words.plans",
    "填报人": "words.filled_by",
    "审核人": "words.reviewed_by",
    "填报日期": "as_of",
}
PROJECT = {
    "申报党支部": "branch.name",
    "支部书记": "branch.secretary",
    "项目名称": "project.title",
    "项目类别": "project.category",
    "起止时间": "project.span",
    "协助责任人": "project.assistant",
    "联系电话": "project.phone",
    "立项背景及拟解决的问题": "project.why",
    "目标任务及量化指标": "project.targets",
    "推进措施及时间安排": "project.how",
    "预期成效": "project.expected_effect",
    "党支部意见": None,
    "上级党组织意见": None,
}
LETTER = {
    "现有党员": "members.total",
    "其中预备党员": "members.probationary",
    "本月召开党员大会": "general_meeting.held",
    "支委会": "committee_meeting.held",
    "联系人": None,
    "联系电话": None,
    "填报日期": "as_of",
}
ROSTER = {
    "序号、姓名、性别、民族、出生年月、入党时间、备注": (
        "members[number,name,sex,ethnicity,birth_date,join_date,note]"
    )
}
STATISTICS = {
    "党支部名称": "branch.name",
    "合计": "members.total",
    "正式党员": "members.formal",
    "预备党员": "members.probationary",
    "男": "members.men",
    "女": "members.women",
}
MATRIX = {
    "支部党员大会·召开次数": "general_meeting.held",
    "支部委员会·召开次数": "committee_meeting.held",
    "党课·召开次数": "party_lecture.held",
}
LEVELS = {
    "党支部名称": "branch.name",
    "总数（人）": "members.total",
    "正式党员（人）": "members.formal",
    "预备党员（人）": "members.probationary",
    "支部党员大会（次）": "general_meeting.held",
    "支部委员会（次）": "committee_meeting.held",
    "党小组会（次）": "group_meeting.held",
    "党课（次）": "party_lecture.held",
    "填报人": "words.filled_by",
}
PERSON = {
    "姓名": "member.name",
    "性别": "member.sex",
    "民族": "member.ethnicity",
    "出生年月": "member.birth_date",
    "入党时间": "member.join_date",
    "学历": "member.education",
    "党员类别": "member.member_kind",
    "联系电话": "member.phone",
    "党支部意见": None,
    "负责人签名": None,
    "日期": None,
}
FORMS = {
    "月报": (forms.MONTH, "", MONTH),
    "申报表": (forms.PROJECT, "project", PROJECT),
    "报告": (forms.LETTER, "", LETTER),
    "花名册": (forms.LEDGER, "", ROSTER),
    "党员统计": (forms.STATISTICS, "", STATISTICS),
    "会议统计": (forms.MATRIX, "", MATRIX),
    "情况表": (forms.LEVELS, "", LEVELS),
    "登记表": (forms.PERSON, "member", PERSON),
}
"""Where each form comes from, what it is about, and the right source of each blank."""


@pytest.fixture(scope="module")
def sample(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("sample")
    make_demo_library(folder / "示例.dangjian").close()
    return folder


@pytest.fixture
def library(sample, tmp_path):
    shutil.copytree(sample, tmp_path / "库")
    opened = Library.open(tmp_path / "库" / "示例.dangjian", write=True, holder="试")
    yield opened
    opened.close()


@pytest.fixture
def service(library):
    return BlankFormService(library, lambda: datetime.fromisoformat("2025-04-01T09:00"))


def the_file(name: str, folder: Path) -> Path:
    source = FORMS[name][0]
    path = folder / f"{name}.docx"
    path.write_bytes(source.read_bytes() if isinstance(source, Path) else forms.a_form(*source))
    return path


def asked(library, name: str, period: Period = MARCH) -> FormScope:
    about = FORMS[name][1]
    with library.reading() as work:
        found = {"member": work.members, "project": work.projects}.get(about)
        link = Link(about, found.all()[0].id) if found else None
    return FormScope(about=link, period=period, as_of=DAY)


def test_nine_of_ten_are_right_at_first_sight_and_none_is_wrong_without_a_mark(
    service, library, tmp_path
):
    wrong, missed, of = [], [], 0
    for name, (_, _, expected) in FORMS.items():
        view = service.open(the_file(name, tmp_path), asked(library, name))
        assert not view.kept
        for blank, source in expected.items():
            made = view.proposals.get(blank)
            of += source is not None
            if source is not None and (made is None or made.source != source):
                missed.append((name, blank, made))
            sure = made is not None and made.certainty is Certainty.SURE
            if sure and made.source not in (source, None):
                wrong.append((name, blank, made.source))
    assert wrong == []
    assert len(missed) <= 0.1 * of, missed


@pytest.mark.parametrize("name", FORMS)
def test_all_are_right_in_the_second_month(service, library, tmp_path, name):
    path, expected = the_file(name, tmp_path), FORMS[name][2]
    first = service.open(path, asked(library, name))
    service.confirm(first.form, expected)
    done = service.fill(path, asked(library, name, APRIL), tmp_path / "出")
    assert done.view.kept
    assert done.view.changes == ()
    assert {n: done.view.chosen[n] for n in expected} == expected
    keys = [b.key for b in done.view.blanks if b.name in done.view.values]
    assert forms.differences(path.read_bytes(), done.file.read_bytes(), keys) == []
    assert {*done.view.unknown} == {b.name for b in done.view.blanks} - {*done.view.values}


def test_the_monthly_form_of_march(service, library, tmp_path):
    path = the_file("月报", tmp_path)
    done = service.fill(path, asked(library, "月报"), tmp_path / "出")
    told = {name: value.text for name, value in done.view.values.items()}
    assert told["填报党支部"].endswith("机电运输队支部委员会")
    assert told["填报月份"] == "2025年3月"
    assert [told[name] for name in [*MONTH][2:10]] == ["34", "1", "1", "1", "3", "1", "1", "91.2%"]
    assert told["填报日期"] == "2025年4月1日"
    assert done.file.name == "机电运输队党支部_月报_202503.docx"
    file = docx.Document(done.file)
    assert file.tables[0].cell(1, 1).text == "34"
    assert file.paragraphs[1].text.startswith("填报人：苏珺  ")
    assert done.view.unknown == ("主要内容",)
    again = service.fill(path, asked(library, "月报"), tmp_path / "出")
    assert again.file.read_bytes() == done.file.read_bytes()
    assert again.file.name == "机电运输队党支部_月报_202503（2）.docx"


def test_the_form_of_a_project(service, library, tmp_path):
    path = the_file("申报表", tmp_path)
    view = service.fill(path, asked(library, "申报表"), tmp_path / "出").view
    assert view.values["项目名称"].text
    assert "党支部意见" in view.unknown
    assert view.proposals["党支部意见"].source is None
    with pytest.raises(InputError, match="没有编号为 x"):
        service.open(path, FormScope(about=Link("project", "x")))


def test_a_list_fills_as_many_rows_as_it_has(service, library, tmp_path):
    path = the_file("花名册", tmp_path)
    done = service.fill(path, asked(library, "花名册"), tmp_path / "出")
    rows = docx.Document(done.file).tables[0].rows
    assert len(rows) == 35
    assert [rows[n].cells[0].text for n in (1, 34)] == ["1", "34"]
    assert [cell.text for cell in rows[1].cells[4:6]] == ["1988年6月", "2016年12月8日"]


def test_the_next_edition_is_filled_as_the_last_and_its_changes_are_told(
    service, library, tmp_path
):
    path = the_file("月报", tmp_path)
    service.confirm(service.open(path, asked(library, "月报")).form, MONTH | {"存在问题": None})
    data = forms.with_part(path.read_bytes(), forms.MAIN, "下月计划", "下月的重点")
    path.write_bytes(forms.with_part(data, forms.MAIN, "填报日期：", "填报日期：    部门电话："))
    view = service.open(path, asked(library, "月报"))
    assert view.kept
    assert view.changes == (
        LabelChange(old="下月计划", new="下月的重点"),
        LabelChange(old="", new="部门电话"),
    )
    assert view.chosen["主要内容"] == "meetings.told"
    assert {"存在问题", "下月的重点", "部门电话"} <= {*view.unknown}
    service.confirm(view.form, {"下月的重点": "words.plans"})
    again = service.open(path, asked(library, "月报"))
    assert again.changes == ()
    assert again.chosen["下月的重点"] == "words.plans"
    assert again.chosen["主要内容"] == "meetings.told"


def test_a_map_names_blanks_by_label_unit_place_or_cell(service, library, tmp_path):
    rows = (("姓名", "", "姓名", ""), ("党课（次）", "", "", ""))
    path = tmp_path / "表.docx"
    path.write_bytes(forms.a_form(rows))
    wanted = {"姓名": "branch.secretary", "党课(次)": None, "t0.r1.c2": "period"}
    done = service.fill(path, FormScope(period=MARCH, as_of=DAY), tmp_path / "出", wanted)
    [table] = docx.Document(done.file).tables
    assert [c.text for c in table.rows[0].cells] == ["姓名", "周立峰"] * 2
    assert [c.text for c in table.rows[1].cells] == ["党课（次）", "", "2025年3月", ""]
    assert done.view.unknown == ("党课（次）",)
    service.confirm(done.view.form, done.view.given)
    again = service.open(path, FormScope(period=APRIL, as_of=DAY))
    assert again.values["t0.r1.c2"].text == "2025年4月"


def test_all_that_is_wrong_in_a_map_is_told_at_once_and_nothing_is_written(
    service, library, tmp_path
):
    path, out = the_file("月报", tmp_path), tmp_path / "出"
    with pytest.raises(InputError) as refused:
        service.fill(path, asked(library, "月报"), out, {"没有的": "period", "党员总数": "无此项"})
    assert [issue.field for issue in refused.value.issues] == ["没有的", "党员总数"]
    assert not out.exists()


def test_a_period_without_records_invents_nothing(service, library, tmp_path):
    path = the_file("月报", tmp_path)
    view = service.open(path, asked(library, "月报", Period(2024, 3, 1)))
    assert {"支部党员大会（次）", "党员平均出勤率", "存在问题", "填报人"} <= {*view.unknown}


def test_a_formula_is_kept_and_is_no_unknown_blank(service, tmp_path):
    file = docx.Document()
    table = forms.a_table(file, (("党员总数", ""), ("合计", "")))
    sum_ = f'<w:fldSimple {forms.nsdecls("w")} w:instr="=SUM(ABOVE)"/>'
    forms.inserted(table.cell(1, 1).paragraphs[0], sum_)
    path = tmp_path / "表.docx"
    path.write_bytes(forms.saved(file))
    done = service.fill(path, FormScope(period=MARCH), tmp_path / "出", {"合计": "period"})
    assert [*done.view.values] == ["党员总数"]
    assert done.view.unknown == ()
    assert 'w:instr="=SUM(ABOVE)"' in docx.Document(done.file).tables[0]._tbl.xml


def test_what_is_no_form_is_refused_in_words(service, tmp_path):
    for name, data, words in (
        ("表.doc", b"\xd0\xcf\x11\xe0", "另存为 .docx"),
        ("改名.docx", b"\xd0\xcf\x11\xe0" + b"x" * 600, "另存为"),
        ("工作簿.docx", statistic(), "以.xlsx结尾"),
        ("无空.docx", forms.a_form("通知", "各支部要认真落实。"), "没有填过的空表"),
        ("缺.docx", None, "检查文件名"),
    ):
        path = tmp_path / name
        if data is not None:
            path.write_bytes(data)
        with pytest.raises(InputError) as refused:
            service.open(path, FormScope())
        assert name in refused.value.message
        assert words in refused.value.remedy


def test_a_place_that_takes_no_file_leaves_nothing_behind(service, library, tmp_path):
    path, out = the_file("月报", tmp_path), tmp_path / "出"
    out.write_text("")
    with pytest.raises(BlockedError):
        service.fill(path, asked(library, "月报"), out)
    assert out.read_text() == ""
