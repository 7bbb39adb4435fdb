"""Persons out of sheets, and what is said about each row."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from dangjian_desktop.domain.dates import PartialDate
from dangjian_desktop.domain.members.importing.sheet import read_roster
from dangjian_desktop.domain.members.importing.sheets import Sheet, Special
from dangjian_desktop.domain.members.member import MemberKind
from dangjian_desktop.errors import InputError

TODAY = date(2026, 3, 1)
GOOD = "110101198001010010"
OTHER = "650101197602291023"


def a_sheet(*rows, **known):
    width = max(map(len, rows))
    filled = tuple(tuple(row) + ("",) * (width - len(row)) for row in rows)
    return Sheet(known.pop("name", "名册"), filled, **known)


def read(*rows, sheets=(), **known):
    how = {k: known.pop(k) for k in ("sheet", "header_row", "mapping") if k in known}
    return read_roster((a_sheet(*rows, **known), *sheets), today=TODAY, **how)


def codes(issues):
    return [(issue.row, issue.field, issue.code) for issue in issues]


def said(field, value):
    """The issues of one person with one more field."""
    reading = read(["姓名", "入党时间", "转正时间", field], ["张三", "2010.7", "2011.7", value])
    return [issue.code for issue in (*reading.incomplete, *reading.warnings)]


def test_a_good_row_is_read_without_a_word():
    reading = read(
        ["姓名", "性别", "身份证号", "出生日期", "入党时间", "转正时间", "人员类别"],
        ["张三", "男", GOOD, "1980-01-01", "2010-07-01", "2011-07-01", "正式党员"],
    )
    [row] = reading.rows
    assert (row.row, row.name, row.id_number) == (2, "张三", GOOD)
    assert (row.kind, row.declared) == (MemberKind.FORMAL, True)
    assert reading.refused == reading.incomplete == reading.warnings == ()


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("身份证号", 4.301111972082337e17, "id_lost_digits"),
        ("身份证号", "1.10101E+17", "id_lost_digits"),
        ("身份证号", "110101198001010011", "id_checksum"),
        ("身份证号", "1101011980010100", "id_length"),
        ("身份证号", "", "id_missing"),
        ("身份证号", "110101800101001", "text_cleaned"),
        ("身份证号", Special.UNCOMPUTED, "formula_uncomputed"),
        ("出生日期", "1980-13-01", "date_unparsed"),
        ("出生日期", 1980.1, "date_unparsed"),
        ("出生日期", "2030-01-01", "date_order"),
        ("出生日期", "1995-01-01", "join_age"),
        ("性别", "M", "value_unknown"),
        ("民族", "汉汉", "value_unknown"),
        ("民族", "#N/A", "value_unknown"),
        ("人员类别", "预备党员", "date_order"),
        ("联系电话", "12345", "phone_format"),
        ("联系电话", "１３８００１３８０００", "text_cleaned"),
        ("备注", "好\x07的", "text_cleaned"),
        ("学历", Special.UNCOMPUTED, "formula_uncomputed"),
    ],
)
def test_what_is_wrong_in_a_cell_has_its_code(field, value, code):
    assert said(field, value) == [code]


@pytest.mark.parametrize("blank", ["", " ", "无", "—", "/", "——"])
def test_a_cell_that_says_nothing_is_blank(blank):
    assert said("学历", blank) == []
    assert said("联系电话", blank) == []


def test_a_formula_in_the_place_of_an_id_number_leaves_the_person_incomplete():
    reading = read(["姓名", "身份证号"], ["张三", Special.UNCOMPUTED])
    assert [issue.code for issue in reading.incomplete] == ["formula_uncomputed"]


@pytest.mark.parametrize(
    ("join", "full", "code"),
    [
        ("2010-07-01", "2011-07-01", None),
        ("2010.07", "2011-07-15", None),
        ("2010-07-01", "2012-01-01", None),
        ("2010-07-01", "2012-07-01", None),
        ("2010-07-01", "2009-07-01", "date_order"),
        ("2010-07-01", "2011-06-01", "date_order"),
        ("2010-07-01", "2011-09-01", "date_order"),
        ("2010-07-01", "2013-07-01", "date_order"),
        ("1975-07-01", "1975-07-01", None),
        ("2030-07-01", "", "date_order"),
        ("2025-07-01", "2026-07-01", "date_order"),
    ],
)
def test_the_order_of_admission_and_regularisation(join, full, code):
    reading = read(["姓名", "入党时间", "转正时间", "人员类别"], ["张三", join, full, "正式党员"])
    found = {issue.code for issue in reading.warnings}
    assert found == ({code} if code else set())


def test_the_id_number_is_held_against_the_card():
    reading = read(["姓名", "性别", "身份证号", "出生日期"], ["张三", "女", GOOD, "1981-01-01"])
    found = {issue.code for issue in reading.warnings}
    assert found >= {"birth_mismatch", "sex_mismatch"}
    assert reading.rows[0].birth_date == PartialDate(1981, 1, 1)


def test_a_month_of_birth_that_fits_the_number_is_no_mismatch():
    reading = read(
        ["姓名", "身份证号", "出生年月", "人员类别"], ["张三", GOOD, "1980.01", "预备党员"]
    )
    assert reading.warnings == ()


def test_a_date_in_the_future_is_not_kept():
    reading = read(["姓名", "入党时间"], ["张三", "2052-07-01"])
    assert reading.rows[0].join_date is None


@pytest.mark.parametrize(
    ("join", "full", "kind", "warned"),
    [
        ("2025-11-26", "", MemberKind.PROBATIONARY, False),
        ("2025.11", "预备", MemberKind.PROBATIONARY, False),
        ("2024-01-01", "", MemberKind.PROBATIONARY, True),
        ("1989.07", "", MemberKind.FORMAL, True),
        ("", "", None, False),
    ],
)
def test_without_a_day_of_regularisation_the_kind_is_told_by_admission(join, full, kind, warned):
    reading = read(["姓名", "入党时间", "转正时间"], ["张三", join, full])
    assert (reading.rows[0].kind, bool(reading.warnings)) == (kind, warned)


def test_who_is_no_member_is_named_and_not_read():
    reading = read(["姓名", "人员类别"], ["张三", "入党积极分子"], ["李四", "正式党员"])
    assert codes(reading.skipped) == [(2, "member_kind", "not_a_member")]
    assert [row.name for row in reading.rows] == ["李四"]


def test_a_list_of_names_alone_makes_nobody_a_member():
    reading = read(["姓名"], ["张三"], ["李四"])
    assert [(row.kind, bool(row.undecided), row.kinds()) for row in reading.rows] == [
        (None, True, ())
    ] * 2


def test_a_row_without_a_name_is_refused():
    reading = read(["姓名", "性别", "学历"], ["张三", "男", ""], ["", "女", "大专"])
    assert codes(reading.refused) == [(3, "name", "name_missing")]
    assert len(reading.rows) == 1


def test_a_second_row_of_one_person_is_refused_without_showing_the_number():
    reading = read(["姓名", "身份证号"], ["张三", GOOD], ["李四", OTHER], ["张　三", GOOD])
    assert codes(reading.refused) == [(4, "id_number", "id_duplicate")]
    assert "第2行" in reading.refused[0].message
    assert GOOD not in reading.refused[0].message


def test_two_of_one_name_whom_no_number_tells_apart_are_pointed_out():
    rows = (
        ["姓名", "出生日期"],
        ["张三", "1980-01-01"],
        ["张三", "1980-01-01"],
        ["张三", "1990.1"],
    )
    found = [issue.row for issue in read(*rows).warnings if issue.code == "possible_duplicate"]
    assert found == [3]


def test_blank_total_and_remark_rows_are_no_persons():
    reading = read(
        ["序号", "姓名", "性别"],
        [1.0, "张三", "男"],
        ["", " ", ""],
        [2.0, "", ""],
        ["小  计", 1.0, ""],
        ["序号", "姓名", "性别"],
        [3.0, "李四", "女"],
        ["合计", "2人", "制表人：王五"],
        ["注：以上属实", "", ""],
        ["制表人：王五", "", "审核人："],
    )
    assert [row.name for row in reading.rows] == ["张三", "李四"]
    assert (reading.stated_total, reading.refused) == (2, ())


@pytest.mark.parametrize(
    ("foot", "total"),
    [
        (["合计", "36人"], 36),
        (["合计：36人"], 36),
        (["合计", 36.0], 36),
        (["总计", "", "共36名党员"], 36),
        (["合计", "正式党员34人", "预备党员2人"], 36),
        (["合计", "36人（正式党员34人，预备党员2人）"], 36),
        (["合计", "", "制表人：张三", "2026.1.5"], None),
        (["填报日期：2026.1.5"], None),
    ],
)
def test_the_total_of_the_sheet_itself(foot, total):
    assert read(["姓名", "性别"], ["张三", "男"], foot).stated_total == total


def test_a_total_that_differs_is_said_at_its_row():
    reading = read(["姓名", "人员类别"], ["张三", "正式党员"], ["合计", "2人"])
    assert (3, None, "total_mismatch") in codes(reading.warnings)


def test_headings_of_party_groups_give_their_group():
    reading = read(
        ["姓名", "性别"],
        ["第一党小组", ""],
        ["张三", "男"],
        ["二、第二党小组（3人）", ""],
        ["李四", "女"],
    )
    assert [(row.name, row.group) for row in reading.rows] == [
        ("张三", "第一党小组"),
        ("李四", "第二党小组"),
    ]


def test_a_name_merged_over_two_rows_is_one_person():
    reading = read(
        ["姓名", "学历"], ["张三", "本科"], ["张三", "大专"], from_above=frozenset({(2, 0)})
    )
    assert [(row.row, row.education) for row in reading.rows] == [(2, "大学本科")]
    assert codes(reading.skipped) == [(3, None, "not_a_person")]


def test_what_was_filled_in_from_the_left_is_not_read_twice():
    reading = read(
        ["姓名", "学历", "备注"], ["张三", "高中", "高中"], from_left=frozenset({(1, 2)})
    )
    assert reading.rows[0].note is None


def test_in_a_text_table_a_month_of_one_may_be_ten():
    rows = (["姓名", "入党时间"], ["张三", "2019.1"])
    assert read(*rows, typed=False).rows[0].join_date == PartialDate(2019)
    assert read(*rows).rows[0].join_date == PartialDate(2019, 1)
    shown = (*rows, ["李四", "2018.10"])
    assert read(*shown, typed=False).rows[0].join_date == PartialDate(2019, 1)


def test_the_sheet_with_most_columns_is_read_and_the_others_named():
    fuller = a_sheet(["姓名", "性别", "民族", "学历"], ["李四", "女", "汉", "大专"], name="二")
    best = a_sheet(
        ["姓名", "性别", "民族", "学历", "电话"], ["王五", "男", "汉", "", ""], name="三"
    )
    reading = read(["姓名"], ["张三"], sheets=(fuller, best), name="一")
    assert reading.sheet == "三"
    assert "二" in next(i for i in reading.warnings if i.code == "other_sheets").message
    assert read(["姓名"], ["张三"], sheets=(fuller,), name="一", sheet="一").sheet == "一"


def test_a_hidden_sheet_is_read_only_when_named():
    hidden = a_sheet(["姓名", "性别"], ["李四", "女"], name="旧", hidden=True)
    assert read(["姓名"], ["张三"], sheets=(hidden,)).sheet == "名册"
    assert read(["姓名"], ["张三"], sheets=(hidden,), sheet="旧").sheet == "旧"


def test_a_sheet_that_does_not_exist_is_refused_with_those_that_do():
    with pytest.raises(InputError) as caught:
        read(["姓名"], ["张三"], sheet="没有")
    assert "名册" in caught.value.remedy


def test_without_names_the_likely_heading_is_quoted_and_the_way_out_told():
    with pytest.raises(InputError) as caught:
        read(["品名", "数量"], ["钢轨", 3.0])
    assert "“品名”、“数量”" in caught.value.message
    assert "--mapping" in caught.value.remedy


def test_a_heading_without_persons_is_refused():
    with pytest.raises(InputError, match="没有人员"):
        read(["姓名", "性别"], ["合计", "0人"])


def test_rows_not_read_are_reported():
    reading = read(["姓名", "人员类别"], ["张三", "正式党员"], rows_left_out=4)
    assert codes(reading.warnings)[-1] == (3, None, "rows_left_out")


def test_no_message_ever_shows_an_id_number_or_a_phone():
    rows = [["姓名", "性别", "身份证号", "联系电话", "民族", "入党时间"]]
    wrong = GOOD[:-1] + "1"
    rows += [[GOOD, "13800138000", wrong, "138001380001", GOOD, "13800138000"]]
    reading = read(*rows)
    issues = (*reading.incomplete, *reading.warnings)
    assert len(issues) >= 5
    for issue in issues:
        assert "1380013" not in issue.message + (issue.name or "")
        assert "1101011980" not in issue.message + (issue.name or "")


def test_times_and_other_cells_do_not_break_the_reading():
    moment = datetime.fromisoformat("2019-06-01T08:30")
    values = [moment, moment.time(), True, 3.5, Special.UNCOMPUTED, date(2019, 6, 1)]
    for value in values:
        reading = read(
            ["姓名", "性别", "民族", "学历", "职务", "备注", "电话"], ["张三", *[value] * 6]
        )
        assert len(reading.rows) == 1
