"""Where the heading is and what each column holds."""

from __future__ import annotations

import pytest

from dangjian_desktop.domain.members.importing.columns import find_columns, likely_headings
from dangjian_desktop.domain.members.importing.sheets import Sheet, column_letter
from dangjian_desktop.errors import InputError

NAMED = ["姓名", "性别", "入党时间"]


def a_sheet(*rows, **known):
    return Sheet("名册", tuple(map(tuple, rows)), **known)


def found(*rows, header_row=None, mapping=None):
    columns = find_columns(a_sheet(*rows), header_row, mapping)
    return (columns.header_row, columns.mapping()) if columns else None


def test_titles_above_the_heading_are_passed_over():
    rows = (["党员花名册", "", ""], ["填报单位：", "", "2026.1"], NAMED, ["张三", "男", "2019.06"])
    assert found(*rows) == (3, {"姓名": "name", "性别": "sex", "入党时间": "join_date"})


def test_a_heading_of_two_rows_without_merged_cells():
    rows = (
        ["序号", "姓名", "基本信息", "", "党内信息", ""],
        ["", "", "性别", "民族", "职务", "入党时间"],
        [1.0, "张三", "男", "汉", "书记", "2019.06"],
    )
    fields = {"姓名": "name", "性别": "sex", "民族": "ethnicity", "入党时间": "join_date"}
    assert found(*rows) == (2, fields | {"党内职务": "party_post"})


def test_a_label_broken_over_two_rows():
    assert found(["姓名", "入党"], ["", "时间"], ["张三", "2019.06"]) == (
        2,
        {"姓名": "name", "入党时间": "join_date"},
    )


@pytest.mark.parametrize(
    ("label", "field"),
    [
        ("姓  名", "name"),
        ("姓\n名", "name"),
        ("＊姓名", "name"),
        ("公民身份证号码", "id_number"),
        ("出生年月（档案）", "birth_date"),
        ("加入党组织日期", "join_date"),
        ("转为正式党员日期", "full_date"),
        ("手机号码", "phone"),
        ("文化程度", "education"),
        ("所在党小组", "group"),
        ("职务/党小组", "party_post/group"),
        ("职务及党小组", "party_post/group"),
        ("党内职务（党小组）", "party_post/group"),
        ("工作单位及职务", "work_post"),
        ("备  注", "note"),
    ],
)
def test_a_label_names_its_field_however_it_is_written(label, field):
    rows = (["党员姓名", label], ["张三", "甲"]) if field != "name" else ([label], ["张三"])
    assert list(found(*rows)[1].values())[-1] == field


def test_of_two_columns_of_one_field_the_better_named_is_taken():
    columns = find_columns(a_sheet(["姓名", "部门", "工作岗位"], ["张三", "一队", "班长"]))
    assert columns.mapping() == {"姓名": "name", "工作岗位": "work_post"}
    assert columns.untaken == ("部门",)


def test_a_column_headed_only_post_is_judged_by_what_stands_in_it():
    party = found(["姓名", "职务", "工作岗位"], ["张三", "党支部书记", "队长"])[1]
    work = found(["姓名", "职务"], ["张三", "采煤工"], ["李四", "党支部书记"], ["王五", "工人"])[1]
    assert party["职务"] == "party_post"
    assert work["职务"] == "work_post"


def test_a_mapping_goes_before_the_aliases():
    rows = (["人员", "甲", "姓名"], ["张三", "男", "无关"])
    assert found(*rows, mapping={"人员": "name", "B": "性别", "姓名": "ignore"}) == (
        1,
        {"人员": "name", "甲": "sex"},
    )


def test_a_mapping_to_nowhere_is_refused():
    with pytest.raises(InputError, match="“称呼”不认识"):
        found(NAMED, mapping={"姓名": "称呼"})
    with pytest.raises(InputError, match="“小名”"):
        found(NAMED, mapping={"小名": "note"})


def test_a_heading_row_can_be_told_by_either_of_its_rows():
    rows = (["姓名", "旧"], ["姓名", ""], ["", "性别"], ["张三", "男"])
    for told in (2, 3):
        assert found(*rows, header_row=told) == (3, {"姓名": "name", "性别": "sex"})


def test_without_a_column_of_names_nothing_is_found():
    sheet = a_sheet(["品名", "数量"], ["钢轨", 3.0])
    assert find_columns(sheet) is None
    assert likely_headings(sheet) == (1, ("品名", "数量"))


def test_columns_have_the_letters_of_the_screen():
    assert [column_letter(index) for index in (0, 25, 26, 701, 702)] == [
        "A",
        "Z",
        "AA",
        "ZZ",
        "AAA",
    ]
