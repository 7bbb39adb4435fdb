"""The list of a superior, as superiors write it, and which papers it means."""

from __future__ import annotations

from datetime import date

import pytest

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.submissions.asked import AskedMaterial, asked_in
from dangjian_desktop.domain.submissions.branches import branches_in, foreign_branches
from dangjian_desktop.domain.submissions.matching import Offered, match, plain_title
from dangjian_desktop.domain.submissions.naming import (
    named_by,
    pattern_problem,
    period_words,
    without_period,
)

TODAY = date(2026, 4, 1)


def test_lines_of_a_text_with_numbers_brackets_notes_and_empty_lines():
    lines = [
        "2026年第一季度上报材料清单：",
        "1. 党员名册（Excel，4月5日前）",
        "",
        "2、三会一课会议记录 （Word、PDF）",
        "（3）季度工作总结",
        "1. 党员名册",
        "请于2026年4月10日前报组织部，联系人张三。",
    ]
    due = date(2026, 4, 10)
    assert asked_in([[line] for line in lines], TODAY) == (
        AskedMaterial("党员名册", ("xlsx",), date(2026, 4, 5)),
        AskedMaterial("三会一课会议记录", ("docx", "pdf"), due),
        AskedMaterial("季度工作总结", (), due),
    )


def test_columns_are_found_by_their_headings_wherever_they_stand():
    rows = [
        ["第一季度材料清单", "", "", ""],
        ["序号", "报送时限", "材料名称（盖章）", "格式"],
        ["1", "2026-04-05", "党员花名册", "xlsx"],
        ["", "", "", ""],
        ["2", "4月8日", "工作总结（2026年第一季度）", "Word和PDF"],
        ["3", "", "书记项目推进表", "电子版"],
        ["备注：联系人张三", "", "", ""],
    ]
    assert asked_in(rows, TODAY) == (
        AskedMaterial("党员花名册", ("xlsx",), date(2026, 4, 5)),
        AskedMaterial("工作总结（2026年第一季度）", ("docx", "pdf"), date(2026, 4, 8)),
        AskedMaterial("书记项目推进表"),
    )


@pytest.mark.parametrize("rows", [[], [[""], ["", ""]], [["请于4月5日前报送。"]]])
def test_what_asks_for_nothing_asks_for_nothing(rows):
    assert asked_in(rows, TODAY) == ()


def test_rows_without_headings_take_the_words_beside_their_number():
    rows = [["1", "月报", "PDF", "4月3日前"], ["2", "签到表", "", ""]]
    assert asked_in(rows, TODAY) == (
        AskedMaterial("月报", ("pdf",), date(2026, 4, 3)),
        AskedMaterial("签到表"),
    )


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("材料名称\n\n党员名册\n\n说明材料", ["党员名册", "说明材料"]),
        ("问题清单\n整改台账", ["问题清单", "整改台账"]),
        ("第一季度清单\n材料名称（盖章）\n党员名册", ["党员名册"]),
        (
            "请示报告\n联系点工作记录\n各党小组会议记录",
            ["请示报告", "联系点工作记录", "各党小组会议记录"],
        ),
        (
            "1、党员花名册\n联系电话：0912-6123456\n逾期不报的，通报批评。\n机关党委\n2025年3月20日",
            ["党员花名册"],
        ),
        ("一、组织建设\n1、党员花名册\n二、组织生活\n2、会议记录", ["党员花名册", "会议记录"]),
        ("一、党员花名册\n二、会议记录", ["党员花名册", "会议记录"]),
        ("一、党员花名册\n二、会议记录\n签到表", ["党员花名册", "会议记录", "签到表"]),
        ("1. 月报\n五、党员花名册（Excel）\n6、签到表", ["月报", "党员花名册", "签到表"]),
        (
            "9 书记项目推进表\n1、1月三会一课月报\n1.1 会议记录\n2.3月月报",
            ["书记项目推进表", "1月三会一课月报", "会议记录", "3月月报"],
        ),
        ("月报\n请于4月5日前报\n各支部请盖章\n说明：一式两份\n备注\n联系人：张三", ["月报"]),
    ],
)
def test_headings_and_notes_are_left_out_and_no_material_that_begins_like_one(text, titles):
    found = asked_in([[line] for line in text.splitlines()], TODAY)
    assert [each.title for each in found] == titles


def test_a_telephone_number_is_no_day_and_a_day_of_january_is_one_of_the_next():
    told = asked_in([["1、花名册"], ["联系电话：0912-6123456"]], TODAY)
    assert [each.due for each in told] == [None]
    told = asked_in([["情况报告（1月5日前报）"]], date(2025, 12, 28))
    assert [each.due for each in told] == [date(2026, 1, 5)]
    told = asked_in([["情况报告（3月5日前报）"]], TODAY)
    assert [each.due for each in told] == [date(2026, 3, 5)]


def test_the_same_title_twice_is_asked_for_in_both_forms_and_copies_are_counted():
    rows = [["材料名称", "格式"], ["花名册", "Word"], ["花名册", "Excel"], ["记录（3份）", ""]]
    assert asked_in([*rows, ["总结（一式两份）", ""]], TODAY) == (
        AskedMaterial("花名册", ("docx", "xlsx")),
        AskedMaterial("记录", count=3),
        AskedMaterial("总结（一式两份）"),
    )


def test_forms_and_days_stand_behind_a_title_without_brackets_and_over_the_list():
    lines = [
        "报送截止：2026年4月8日的清单：",
        "1、花名册：Word、PDF各一份",
        "2、总结 4月5日前",
        "合计",
    ]
    assert asked_in([[line] for line in lines], TODAY) == (
        AskedMaterial("花名册", ("docx", "pdf"), date(2026, 4, 8)),
        AskedMaterial("总结", due=date(2026, 4, 5)),
    )


def test_a_heading_in_other_words_beside_numbers_is_a_heading():
    rows = [["序号", "需报送的材料", "数量", "备注"], ["1", "党员花名册", "1", "Excel"]]
    assert asked_in(rows, TODAY) == (AskedMaterial("党员花名册", ("xlsx",)),)


OFFERED = (
    Offered("minutes", "会议记录", ("三会一课会议记录",)),
    Offered("summary", "工作汇总", ("总结", "工作总结")),
    Offered("month_sheet", "月报表", ("月报", "工作月报")),
    Offered("roster", "党员名册", ("党员花名册",)),
    Offered("roster.xlsx", "党员名册（Excel）", ("党员名册", "党员花名册")),
    Offered("minutes", "支委会记录", ("支委会会议记录", "支委会"), kind="committee_meeting"),
    Offered("ledger:visits:1", "走访慰问登记表"),
    Offered("ledger:visits:2", "走访慰问台账"),
)


@pytest.mark.parametrize(
    ("title", "codes", "sure"),
    [
        ("2026年3月党支部工作月报（电子版）", ["month_sheet"], True),
        ("机关党支部2026年第一季度工作总结", ["summary"], True),
        ("《党员花名册》一式两份", ["roster", "roster.xlsx"], True),
        ("支委会会议记录", ["minutes"], True),
        ("党员花名册复印件（盖章）", ["roster", "roster.xlsx"], True),
        ("第一季度走访慰问台账", ["ledger:visits:2"], True),
        ("党员花名册及分组情况", ["roster", "roster.xlsx"], False),
        ("走访慰问情况", [], False),
        ("述职报告", [], False),
        ("2026年", [], False),
    ],
)
def test_titles_mean_papers_and_say_when_they_are_not_sure(title, codes, sure):
    found = match(title, OFFERED, ["中共测试公司机关党支部", "机关党支部"])
    assert ([each.code for each in found.offered], found.sure) == (codes, sure)


def test_the_narrower_paper_of_one_kind_is_meant_by_its_own_words():
    assert match("支委会会议记录", OFFERED).offered[0].kind == "committee_meeting"
    assert match("会议记录", OFFERED).offered[0].kind == ""


def test_marks_periods_and_copies_are_no_part_of_a_title():
    assert plain_title("报送：《2026年度 党支部 工作总结》（电子版）") == "工作总结"


def test_a_reply_to_another_branch_is_told_by_its_names():
    ours = ["中共测试公司机关党支部", "机关党支部"]
    text = "收到综采一队党支部2026年第一季度材料，希望各党支部加强党支部建设。"
    assert branches_in(text) == ("综采一队党支部",)
    assert foreign_branches(text, ours) == ("综采一队党支部",)
    assert foreign_branches("机关党支部：请参照综采一队党支部修改。", ours) == ()
    mine = ["中共某矿机电运输队支部委员会", "机电运输队党支部"]
    assert foreign_branches("运输队党支部：材料退回。", mine) == ("运输队党支部",)
    assert foreign_branches("某矿机电运输队党支部：材料退回。", mine) == ()
    assert foreign_branches("会议记录第3页缺签字，推动党支部工作。", ours) == ()


@pytest.mark.parametrize(
    ("pattern", "wrong"),
    [
        ("{支部}_{材料}_{时间}", ""),
        ("{序号}{材料}", ""),
        ("{支部}", "没有{材料}"),
        ("{材料}{名称}", "“{名称}”无法识别"),
        ("{材料}{", "没有配对"),
    ],
)
def test_a_pattern_that_is_none_says_why(pattern, wrong):
    found = pattern_problem(pattern)
    assert wrong in found if wrong else found == ""


def test_what_is_too_long_is_cut_but_never_the_time():
    words = {"支部": "中" * 40, "材料": "会议记录" * 5, "时间": "202603"}
    name = named_by("{支部}_{材料}_{时间}", words, 56)
    assert len(name) == 56
    assert name.endswith("_202603")
    assert named_by("{材料}", {"材料": "月报"}, 56) == "月报"


def test_a_month_is_told_in_digits_and_longer_periods_in_words():
    told = [period_words(Period.parse(text)) for text in ("2026-03", "2026-Q1", "2026-H1", "2026")]
    assert told == ["202603", "2026年第一季度", "2026年上半年", "2026年"]


def test_a_file_is_called_without_the_time_behind_its_name():
    names = (
        "月报_2026年3月",
        "月报_202603",
        "总结_2026年",
        "季报_2026年第一季度",
        "2026",
        "月报_1",
    )
    told = ["月报", "月报", "总结", "季报", "2026", "月报_1"]
    assert [without_period(name) for name in names] == told


@pytest.mark.parametrize(
    ("line", "title", "formats"),
    [
        ("月报（每月25日前）", "月报", ()),
        ("季报 3月底前", "季报", ()),
        ("《会议记录》【PDF】", "《会议记录》", ("pdf",)),
        ("花名册：电子表格", "花名册", ("xlsx",)),
        ("决议 扫描件", "决议", ("pdf",)),
        ("党员花名册（含预备党员）（Excel）", "党员花名册（含预备党员）", ("xlsx",)),
    ],
)
def test_forms_and_times_behind_a_title_are_no_part_of_it(line, title, formats):
    [found] = asked_in([[line]], date(2026, 3, 1))
    assert (found.title, found.formats) == (title, formats)


def test_a_heading_of_projects_tells_the_titles_and_a_sum_is_none():
    rows = [["序号", "报送项目", "形式"], ["1", "党员花名册", "Excel"], ["合计", "5项", ""]]
    [found] = asked_in(rows, date(2026, 3, 1))
    assert (found.title, found.formats) == ("党员花名册", ("xlsx",))
