"""What a source gives a blank: as papers write it, never more than is recorded."""

from __future__ import annotations

from datetime import date

import pytest

from dangjian_desktop.domain.blank_forms.form import Blank, BlankKind, Filled, make_form
from dangjian_desktop.domain.branch import Branch
from dangjian_desktop.domain.dates import PartialDate, Period
from dangjian_desktop.domain.references import Link
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.errors import InputError
from dangjian_desktop.services.blank_forms.filling import BlankFormService, FormScope
from dangjian_desktop.services.blank_forms.teller import Teller
from dangjian_desktop.services.library.branch import new_library
from dangjian_desktop.services.projects.projects import ProjectService
from tests.documents.blank_forms import forms
from tests.services.blank_forms.library import DAY, MARCH, a_full_library, telling
from tests.services.make import a_library, a_member, clock
from tests.services.projects.test_projects import a_project


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    opened = a_full_library(tmp_path_factory.mktemp("values"))
    yield opened
    opened.close()


def text_of(teller: Teller, key: str, unit: str = "") -> str | None:
    found = teller.value_of(key, Blank(key="k", label="", where="", unit=unit))
    return None if found is None else found.text


@pytest.mark.parametrize(
    ("key", "unit", "text"),
    [
        ("branch.name", "", "中共测试公司机关党支部"),
        ("branch.secretary", "", "张三"),
        ("branch.committee", "", "李四、王五、张三"),
        ("branch.superior", "", None),
        ("period", "", "2026年3月"),
        ("period.year", "", "2026年"),
        ("period.quarter", "", "2026年第一季度"),
        ("as_of", "", "2026年3月31日"),
        ("members.total", "人", "10"),
        ("members.probationary", "", "1"),
        ("general_meeting.held", "次", "1"),
        ("party_lecture.held", "次", "0"),
        # Due once in a quarter: of the month alone there is no number.
        ("due.general_meeting", "次", None),
        ("attendance.rate", "", "80.0%"),
        ("attendance.rate", "%", "80.0"),
        ("words.problems", "", "1. 学习不够\n2. 台账不齐"),
        ("words.plans", "", "上党课"),
        ("words.filled_by", "", "李四"),
        ("words.reviewed_by", "", None),
        ("ledger:awards:count", "", "1"),
        ("ledger.awards.rows", "", "1"),
        ("ledger:visits:count", "", None),
        ("meetings.told", "", "3月18日，2026年第一季度支部党员大会：讨论接收预备党员"),
        ("nothing.known", "", None),
        ("branch.name+branch.secretary", "", "中共测试公司机关党支部\n张三"),
        ("branch.name+nothing", "", None),
    ],
)
def test_branch_period_and_figures_as_papers_write_them(library, key, unit, text):
    with telling(library) as teller:
        assert text_of(teller, key, unit) == text


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("project.title", "减人提效"),
        ("project.span", "2026年1月1日至2026年12月31日"),
        ("project.secretary", "张三"),
        ("project.state", "推进"),
        ("project.measures", "1. 措施一\n2. 措施二"),
        ("project.why", "背景第一段\n第二段\n影响时间偏长"),
        ("project.team", "李四：统计\n王五：现场"),
        ("project.targets", "影响时间（小时）：基准值18.6，目标值12，数据来源：调度记录"),
        ("project.number", None),
        ("project.closing.grade", None),
        ("meeting.place", None),
    ],
)
def test_the_project_that_a_form_is_about(library, key, text):
    with telling(library, "project") as teller:
        assert text_of(teller, key) == text


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("meeting.when", "2026年3月18日14:30至16:05"),
        ("meeting.kinds", "支部党员大会"),
        ("meeting.expected", "10"),
        ("meeting.there", "8"),
        ("meeting.rate", "80.0%"),
        ("meeting.leave", "郑一（出差）"),
        ("meeting.absent", "冯二"),
        ("meeting.sat_in", "甲某（入党积极分子）"),
        ("meeting.topics", "讨论接收预备党员（乙某）"),
        ("meeting.resolutions", "同意接收乙某为中共预备党员。"),
        ("meeting.scrutineers", "赵六"),
        ("meeting.number", None),
    ],
)
def test_the_meeting_that_a_form_is_about(library, key, text):
    with telling(library, "meeting") as teller:
        assert text_of(teller, key) == text


def test_a_planned_meeting_tells_who_is_due_and_nothing_of_who_came(library):
    with telling(library, "meeting", record=1) as teller:
        told = {key: text_of(teller, f"meeting.{key}") for key in ("title", "expected", "there")}
        assert told == {"title": "四月党员大会", "expected": "10", "there": None}
        assert text_of(teller, "meeting.rate") is None


def test_the_member_as_of_the_day(library):
    with telling(library, "member") as teller:
        assert text_of(teller, "member.join_date") == "2010年7月1日"
        assert text_of(teller, "member.member_kind") == "正式党员"
        assert text_of(teller, "member.group") == "第一党小组"
        assert text_of(teller, "member.age") is None


def test_of_the_make_up_of_the_roster_nothing_is_told_while_one_fact_is_missing(library):
    with telling(library) as teller:
        for key in ("age.to_35", "age.mean", "minority", "education.bachelor"):
            assert text_of(teller, f"members.{key}") is None


def test_the_make_up_of_the_roster_is_counted_as_of_the_day(tmp_path):
    born = {"张三": 1985, "李四": 1990, "王五": 1991}
    facts = {"张三": ("汉族", "大学本科"), "李四": ("回族", "研究生"), "王五": ("汉族", "高中")}
    library = new_library(tmp_path / "支部.dangjian", Branch(name="甲党支部"))
    with library.changing(Topic.MEMBERS) as work:
        for name, (ethnicity, education) in facts.items():
            birth = PartialDate(born[name], 4, 1)
            known = {"birth_date": birth, "ethnicity": ethnicity, "education": education}
            work.members.save(a_member(name, **known))
    told = {
        "minority": "1",
        "han": "2",
        "age.to_35": "2",
        "age.36_45": "1",
        "age.from_60": "0",
        "age.mean": "36.3",
        "education.graduate": "1",
        "education.from_college": "2",
        "education.below_college": "1",
    }
    with telling(library) as teller:
        assert {key: text_of(teller, f"members.{key}") for key in told} == told
    library.close()


def test_the_words_of_a_project_are_those_of_the_very_period(tmp_path):
    library = a_library(tmp_path)
    entry = {"period": "2026-03", "done": "完成一项", "problems": "缺人"}
    ProjectService(library, clock).import_json(a_project(progress=[entry]))
    with telling(library, "project") as teller:
        assert text_of(teller, "project.entry.done") == "完成一项"
        assert text_of(teller, "project.entry.next") is None
    with telling(library, "project", period=Period(2026, 2, 1)) as teller:
        assert text_of(teller, "project.entry.done") is None
    with telling(library, "project", period=Period(2026, 1, 3)) as teller:
        assert text_of(teller, "project.entry.done") == "2026年3月：完成一项"
    library.close()


def test_boxes_are_ticked_by_their_words_and_not_at_all_where_none_is_meant(library):
    def ticked(teller: Teller, key: str, *choices: str) -> Filled | None:
        kind = BlankKind.BOXES
        return teller.value_of(key, Blank(key="k", label="", where="", kind=kind, choices=choices))

    with telling(library, "member") as teller:
        kinds = ticked(teller, "member.member_kind", "正式党员", "预备党员")
        assert kinds == Filled(chosen=("正式党员",))
        assert ticked(teller, "member.member_kind", "正式", "预备") == Filled(chosen=("正式",))
        assert ticked(teller, "member.member_kind", "是", "否") is None
        assert ticked(teller, "member.sex", "男", "女") is None


def rows_of(teller: Teller, key: str, *columns: str) -> tuple[tuple[str, ...], ...] | None:
    keys = tuple(map(str, range(len(columns))))
    blank = Blank(
        key="0", label="", where="", kind=BlankKind.ROWS, columns=columns, rows=(keys, keys)
    )
    found = teller.value_of(key, blank)
    return None if found is None else found.rows


def test_lists_are_rows_in_the_columns_of_the_form(library):
    with telling(library) as teller:
        named = rows_of(teller, "members[number,name,,party_post]", "序号", "姓名", "血型", "职务")
        assert named[-1] == ("10", "周九", "", "")
        assert ("7", "张三", "", "党支部书记") in named
        # By hand a map may name a list alone: its columns are found by the headings.
        assert rows_of(teller, "members:probationary", "姓名", "入党时间") == (
            ("钱七", "2026年1月8日"),
        )
        assert rows_of(teller, "meetings", "日期", "实到人数") == (("2026年3月18日", "8"),)
        awards = rows_of(teller, "ledger:awards[day,winners,honour]", "日期", "姓名", "称号")
        assert awards == (("2026年3月8日", "李四", "A&B <先锋> 岗"),)
        # A text is no list, and a list no text.
        assert rows_of(teller, "branch.name", "姓名") is None
        assert text_of(teller, "members[name]") is None


def test_a_period_without_records_says_nothing_of_sittings(library):
    with telling(library, period=Period(2026, 2, 1)) as teller:
        assert text_of(teller, "general_meeting.held") is None
        assert text_of(teller, "attendance.rate") is None
        assert text_of(teller, "members.total") == "10"
        assert rows_of(teller, "meetings[date]", "日期") == ()


def test_what_is_due_is_a_number_where_the_period_has_one(library):
    with telling(library, period=Period(2026, 1, 3)) as teller:
        assert text_of(teller, "due.general_meeting", "次") == "1"
        assert text_of(teller, "general_meeting.held", "次") == "1"


def test_of_a_period_to_come_nothing_is_known(library):
    with telling(library, period=Period(2026, 5, 1)) as teller:
        for key in ("general_meeting.held", "members.total", "ledger:awards:count"):
            assert text_of(teller, key) is None
        assert text_of(teller, "period") == "2026年5月"
        assert text_of(teller, "branch.secretary") == "张三"
        for key in ("meetings[date]", "projects[title]", "ledger:awards[day]"):
            assert rows_of(teller, key, "一") is None


def test_what_is_dated_behind_the_day_is_not_told(library):
    with telling(library, period=MARCH, day=date(2026, 3, 5)) as teller:
        assert text_of(teller, "general_meeting.held") is None
        assert rows_of(teller, "ledger:awards[day]", "日期") == ()


@pytest.mark.parametrize(("subject", "said"), [("project", "没有编号为"), ("nothing", "不是记录")])
def test_a_record_that_is_not_there_is_refused_in_words(library, subject, said):
    with library.reading() as work, pytest.raises(InputError, match=said):
        Teller(work, Link(subject, "none"), MARCH, DAY)


@pytest.mark.parametrize(
    ("key", "unit", "text"),
    [
        ("general_meeting.expected", "", "10"),
        ("general_meeting.present", "", "8"),
        ("general_meeting.rate", "%", "80.0"),
        ("committee_meeting.expected", "", None),
        ("month.3.general_meeting.held", "次", "1"),
        ("month.3.party_lecture.held", "次", "0"),
        ("month.2.general_meeting.held", "次", None),
        ("month.4.general_meeting.held", "次", None),
    ],
)
def test_statistics_by_kind_and_by_month(library, key, unit, text):
    with telling(library) as teller:
        assert text_of(teller, key, unit) == text


def test_who_did_not_come_is_told_whole_where_a_form_asks_once(library):
    with telling(library, "meeting") as teller:
        assert text_of(teller, "meeting.not_there") == "郑一（出差）、冯二"


def test_a_form_with_the_fields_of_one_record_wants_it(library):
    def wanted(about: str, *labels: str) -> str:
        blanks = [Blank(key=label, label=label, where="", name=label) for label in labels]
        with telling(library, about) as teller:
            return teller.wants(make_form("x", ".docx", "表", blanks))

    assert wanted("", "会议名称", "主持人", "记录人", "支部名称") == "会议"
    assert wanted("", "姓名", "民族", "学历") == "党员"
    assert wanted("", "党员总数", "支部书记", "填报人") == ""
    assert wanted("meeting", "会议名称", "主持人", "记录人") == ""


def test_what_has_not_come_is_refused(library, tmp_path):
    service = BlankFormService(library, clock)
    path = tmp_path / "表.docx"
    path.write_bytes(forms.a_form(*forms.STATISTICS))
    for scope in (FormScope(period=Period(2027, 1, 1)), FormScope(as_of=date(2027, 1, 1))):
        with pytest.raises(InputError, match="还没有到"):
            service.fill(path, scope, tmp_path / "出")
    assert not (tmp_path / "出").exists()
