"""Which words make a member, which do not, and which leave it open: every word, every place."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dangjian_desktop.domain.dates import PartialDate
from dangjian_desktop.domain.members.importing.membership import (
    Over,
    belonging,
    section_of,
    title_of,
    told_by,
)
from dangjian_desktop.domain.members.importing.sheet import read_roster
from dangjian_desktop.domain.members.importing.sheets import Sheet
from dangjian_desktop.domain.members.member import STATUSES, MemberKind
from dangjian_desktop.errors import InputError

TODAY = date(2026, 3, 1)
FORMAL = [
    "正式",
    "正式党员",
    "中共正式党员",
    "党员（正式）",
    "中共党员(正式)",
    "已转正",
    "按期转正",
    "在册正式党员",
]
PROBATIONARY = [
    "预备",
    "预备党员",
    "中共预备党员",
    "党员(预备)",
    "预备期",
    "未转正",
    "预备党员（延长）",
    "延长预备期",
    "候补党员",
]
OUTSIDE = [
    "发展对象",
    "重点发展对象",
    "党员发展对象",
    "入党积极分子",
    "积极分子",
    "申请人",
    "入党申请人",
    "群众",
    "团员",
    "共青团员",
    "群众（已递交申请）",
    "民盟盟员",
    "民建会员",
    "农工党党员",
    "致公党党员",
    "九三学社社员",
    "民革党员",
    "台盟盟员",
    "无党派",
    "无党派人士",
    "非党员",
    "非中共党员",
    "民主党派",
]
OPEN = [
    "领导",
    "挂起",
    "拟转出",
    "正式党员？",
    "原预备党员",
    "待定",
    "不详",
    "取消预备党员资格",
    "党员家属",
    "非正常",
    "解除留党察看",
    "正式/预备",
    "团员、正式党员",
    "未失联",
]
KIND, STATUS = "人员类别", "党籍状态"


def read(column: str, word: str):
    rows = (("姓名", column), ("李四", "正式党员"), ("张三", word))
    return read_roster([Sheet("Sheet1", rows)], today=TODAY)


@pytest.mark.parametrize("column", [KIND, STATUS])
@pytest.mark.parametrize("word", FORMAL + PROBATIONARY)
def test_a_kind_is_a_kind_in_either_column(column, word):
    kind = MemberKind.FORMAL if word in FORMAL else MemberKind.PROBATIONARY
    row = read(column, word).rows[1]
    assert (row.kind, row.undecided, row.standing()) == (kind, "", "正常")


@pytest.mark.parametrize("column", [KIND, STATUS])
@pytest.mark.parametrize("word", OUTSIDE)
def test_who_is_no_member_is_named_and_not_read(column, word):
    reading = read(column, word)
    assert [row.name for row in reading.rows] == ["李四"]
    assert [(i.row, i.name, i.code) for i in reading.skipped] == [(3, "张三", "not_a_member")]


@pytest.mark.parametrize("column", [KIND, STATUS])
@pytest.mark.parametrize("word", OPEN)
def test_words_that_do_not_tell_leave_the_person_undecided(column, word):
    row = read(column, word).rows[1]
    assert (row.kind, row.kinds(), bool(row.undecided)) == (None, (), True)


@pytest.mark.parametrize("column", [KIND, STATUS])
@pytest.mark.parametrize("word", OPEN)
def test_dates_do_not_speak_for_words_that_nobody_understands(column, word):
    rows = (("姓名", column, "入党时间", "转正时间"), ("张三", word, "2010.7", "2011.7"))
    [row] = read_roster([Sheet("Sheet1", rows)], today=TODAY).rows
    assert (row.kind, bool(row.undecided)) == (None, True)


@pytest.mark.parametrize("status", STATUSES, ids=lambda status: status.word)
def test_every_status_and_its_other_words_are_that_status(status):
    for word in (status.word, *status.words):
        if told_by(word).outside:
            continue
        for text in (word, f"已{word}", f"{word}（2024年）"):
            found = told_by(text)
            assert found.status == status or (text == f"已{word}" and found.status == status), text


@pytest.mark.parametrize("word", ["正常党籍", "在籍", "离退休", "留党察看", "失联", "正式党员"])
def test_a_status_that_is_no_end_of_membership_keeps_the_member(word):
    rows = (("姓名", "党籍状态", "入党时间", "转正时间"), ("张三", word, "2010.7", "2011.7"))
    [row] = read_roster([Sheet("Sheet1", rows)], today=TODAY).rows
    assert row.kind is MemberKind.FORMAL
    assert next(s for s in STATUSES if s.word == row.standing()).member


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("一、正式党员（2人）", MemberKind.FORMAL),
        ("二、预备党员：", MemberKind.PROBATIONARY),
        ("（三）预备党员1名", MemberKind.PROBATIONARY),
        ("正式党员名单", MemberKind.FORMAL),
    ],
)
def test_a_section_line_sets_the_kind(line, kind):
    assert section_of(line).kind is kind


@pytest.mark.parametrize("text", ["第一党小组", "机关", "二车间", "2026年6月30日", "说明"])
def test_other_lines_set_nothing(text):
    assert section_of(text) is None


@pytest.mark.parametrize(
    ("title", "outside", "kind"),
    [
        ("2026年入党积极分子培训班报名表", True, None),
        ("发展对象名册", True, None),
        ("正式党员花名册", False, MemberKind.FORMAL),
        ("预备党员名册", False, MemberKind.PROBATIONARY),
        ("党员花名册", False, None),
        ("党员、入党积极分子名册", False, None),
        ("党员发展工作台账", False, None),
    ],
)
def test_a_title_says_it_of_everybody_below(title, outside, kind):
    found = title_of([title])
    assert (bool(found.outside), found.kind) == (outside, kind)


def test_dates_decide_where_words_are_silent_and_never_against_them():
    full = PartialDate(2011, 7, 1)
    assert belonging([], Over(), None, full, TODAY).kind is MemberKind.FORMAL
    assert belonging([told_by("群众")], Over(), None, full, TODAY).doubt
    assert belonging([], Over(told_by("发展对象")), None, full, TODAY).doubt
    young = PartialDate(2024, 7, 1)
    assert belonging([], Over(asks_full=False), young, None, TODAY).doubt
    assert belonging([], Over(), None, None, TODAY).doubt
    assert belonging([told_by("中共党员")], Over(), None, None, TODAY).doubt
    politics = Over(politics=True)
    assert belonging([told_by("中共党员")], politics, None, None, TODAY).kind is MemberKind.FORMAL


@given(
    st.text(
        st.sampled_from("正式预备党员积极分子发展对象申请群众团非已未转拟原失联停止、（）"),
        max_size=8,
    )
)
def test_nobody_becomes_a_member_by_words_that_do_not_say_so(text):
    try:
        rows = read(KIND, text).rows
    except InputError:
        return
    for row in rows[1:]:
        if row.kind is MemberKind.FORMAL:
            assert "正式" in text or "转正" in text
        if row.kind is MemberKind.PROBATIONARY:
            assert "预备" in text or "未转正" in text
        assert bool(row.kind) != bool(row.undecided)


@pytest.mark.parametrize(
    ("joined", "asked"),
    [
        ("1969-04-13", True),
        ("1969-04-14", False),
        ("1975", False),
        ("1977-08-11", False),
        ("1977-08-12", True),
        ("1977", True),
    ],
)
def test_nobody_who_joined_without_probation_is_asked_for_its_end(joined, asked):
    sheet = Sheet("Sheet1", (("姓名", "入党时间"), ("张三", joined)))
    reading = read_roster([sheet], today=date(2026, 3, 1))
    assert reading.rows[0].kind is MemberKind.FORMAL
    assert ("full_date_missing" in {issue.code for issue in reading.warnings}) is asked
