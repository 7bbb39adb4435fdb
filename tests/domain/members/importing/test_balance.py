"""Every filled row below the heading ends as a person, refused, or skipped with its reason."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dangjian_desktop.domain.members.importing.sheet import read_roster
from dangjian_desktop.domain.members.importing.sheets import Sheet
from dangjian_desktop.errors import InputError

TODAY = date(2026, 3, 1)
HEAD = ("序号", "党内职务", "姓名", "性别", "入党时间", "转正时间")
PERSON = (1.0, "", "张三", "男", "2010-07-01", "2011-07-01")
FIRST_CELLS = [
    "党支部书记（兼）",
    "负责人",
    "审核员",
    "编制内",
    "填报员",
    "制表员",
    "合计员",
    "小计",
    "备注员",
    "注册会计师",
    "说明员",
    "共青团书记",
    "经办人",
    "总支书记",
    "本页",
    "以上",
]
ROWS = (
    PERSON,
    (2.0, "书记", "李四", "", "2011.7", ""),
    ("", "", "王五", "", "", ""),
    ("", "", "", "男", "2010", ""),
    ("", "", "第一党小组", "", "", ""),
    ("一、正式党员（2人）", "", "", "", "", ""),
    ("", "", "三、入党积极分子", "", "", ""),
    ("合计", "", "36人", "", "", ""),
    ("制表人：", "", "赵六", "", "", ""),
    ("", "", "党支部（盖章）", "", "", ""),
    ("", "", "2026年6月30日", "", "", ""),
    HEAD,
    (3.0, "", "", "", "", ""),
    ("", "", "", "", "", "备注文字"),
    ("负责人", "", "钱七", "女", "", ""),
    ("", "", "张三1", "男", "", ""),
    ("", "", " ", "", "", ""),
    ("", "", "", "", "", ""),
)


def read(*rows):
    return read_roster([Sheet("Sheet1", (HEAD, *rows))], today=TODAY)


@given(st.lists(st.sampled_from(ROWS), max_size=8))
def test_no_row_is_dropped_without_a_word(rows):
    reading = read(PERSON, *rows)
    filled = [
        place
        for place, row in enumerate((PERSON, *rows), start=2)
        if any(str(cell).strip() for cell in row)
    ]
    ended = [row.row for row in reading.rows]
    ended += [issue.row for issue in (*reading.refused, *reading.skipped)]
    assert sorted(ended) == filled
    assert reading.met == len(filled)
    assert all(issue.message and issue.code for issue in reading.skipped)


@pytest.mark.parametrize("first", FIRST_CELLS)
@pytest.mark.parametrize("column", [0, 1])
def test_a_person_is_one_whatever_stands_in_the_first_cell(first, column):
    row = list(PERSON)
    row[0], row[column] = "", first
    assert [person.name for person in read(tuple(row)).rows] == ["张三"]


def test_two_halves_side_by_side_are_both_read_row_by_row():
    half = ("序号", "姓名", "性别", "入党时间", "转正时间")
    rows = (
        ("党员名册", *[""] * 9),
        half * 2,
        (1.0, "张三", "男", "2010.7", "2011.7", 3.0, "王五", "男", "2012.7", "2013.7"),
        (2.0, "李四", "女", "2011.7", "2012.7", "", "", "", "", ""),
    )
    reading = read_roster([Sheet("Sheet1", rows)], today=TODAY)
    assert [(row.name, row.row, row.kind.value) for row in reading.rows] == [
        ("张三", 3, "formal"),
        ("李四", 4, "formal"),
        ("王五", 3, "formal"),
    ]
    assert reading.met == 3
    assert "blocks_read" in {issue.code for issue in reading.warnings}


def test_the_name_of_somebody_else_begins_no_second_block():
    rows = (("姓名", "性别", "入党介绍人姓名"), ("张三", "男", "李四"))
    reading = read_roster([Sheet("Sheet1", rows)], today=TODAY)
    assert ([row.name for row in reading.rows], reading.untaken) == (["张三"], ("入党介绍人姓名",))
    assert "column_untaken" in {issue.code for issue in reading.warnings}
    above = (
        ("姓名", "性别", "介绍人", "介绍人"),
        ("", "", "姓名", "职务"),
        ("张三", "男", "李四", "书记"),
    )
    reading = read_roster([Sheet("Sheet1", above)], today=TODAY)
    assert [(row.name, row.posts) for row in reading.rows] == [("张三", ())]


@pytest.mark.parametrize(
    "rows",
    [
        (("姓名", "张三", "李四"), ("性别", "男", "女"), ("入党时间", "2010.7", "2011.7")),
        (("党员登记表", "", "", ""), ("姓名", "张三", "性别", "男"), ("民族", "汉", "学历", "本科"),
         ("入党时间", "2010.7", "转正时间", "2011.7")),
        (("姓名", "张三"), ("性别", "男")),
    ],
)  # fmt: skip
def test_a_sheet_with_one_person_a_column_is_refused_and_said(rows):
    with pytest.raises(InputError) as refused:
        read_roster([Sheet("Sheet1", rows)], today=TODAY)
    assert [issue.code for issue in refused.value.issues] == ["sideways"]
    assert "转置" in refused.value.remedy


def test_groups_written_once_are_filled_down_and_told():
    head = ("党小组", "姓名", "人员类别")
    kind = "正式党员"
    rows = (
        head,
        ("一组", "张三", kind),
        ("", "李四", kind),
        ("二组", "王五", kind),
        ("", "赵六", kind),
    )
    reading = read_roster([Sheet("Sheet1", rows)], today=TODAY)
    assert [row.group for row in reading.rows] == ["一组", "一组", "二组", "二组"]
    assert [i.row for i in reading.warnings if i.code == "group_from_above"] == [3, 5]
    again = (*rows, ("一组", "孙七", kind))
    reading = read_roster([Sheet("Sheet1", again)], today=TODAY)
    assert [row.group for row in reading.rows] == ["一组", None, "二组", None, "一组"]
    assert "有2人没有党小组" in reading.warnings[0].message


def test_a_filled_column_without_a_heading_is_named():
    rows = (("姓名", "人员类别", "", "编号"), ("张三", "正式党员", "甲", "7"))
    assert read_roster([Sheet("Sheet1", rows)], today=TODAY).untaken == ("C列（没有表头）",)


NARROW = ("姓名", "民族", "入党时间", "性别", "人员类别")
SHUFFLED = ("序号", "转正时间", "姓名", "入党时间", "党内职务", "性别")


@pytest.mark.parametrize("second", [HEAD, SHUFFLED, NARROW, ("姓名", "性别", "入党时间")])
def test_a_second_heading_says_how_the_rows_below_it_are_read(second):
    facts = {"姓名": "李四", "性别": "女", "入党时间": "2012-05-01", "转正时间": "2013-05-01"}
    below = tuple(facts.get(label, "") for label in second)
    reading = read(PERSON, second, below)
    first, other = reading.rows
    assert (first.name, other.name) == ("张三", "李四")
    assert (other.sex, str(other.join_date)) == ("女", "2012-05-01")
    assert not any(issue.code == "value_unknown" for issue in reading.warnings)
    assert [issue.row for issue in reading.skipped] == [3]
    assert len(reading.rows) + len(reading.skipped) == 3
    assert reading.mapping["性别"] == "sex"
