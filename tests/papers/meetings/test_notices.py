"""会议通知 and 议程 are printed from the meeting's own facts before it takes place."""

from __future__ import annotations

from dangjian_desktop.documents.model import WriteLines
from dangjian_desktop.papers.catalogue import Wanted
from dangjian_desktop.papers.meetings.notices import compose_agenda, compose_notice
from dangjian_desktop.papers.meetings.sheet import MeetingSheet
from tests.papers.sample import STAMP, around, item, person, planned, said

ITEMS = (
    item(topic="讨论年度计划", reporter=person(1), minutes=20),
    item(topic="通报党费收缴", reporter=None),
)


def made(compose, sitting):
    return compose(MeetingSheet(sitting, around(sitting), STAMP), Wanted())


def test_a_notice_tells_when_where_who_and_what_about():
    document = made(compose_notice, planned(agenda=ITEMS, place="三楼会议室"))
    text = said(document)
    for words in (
        "机电队支部关于召开支部党员大会的通知",
        "全体党员：",
        "定于2026年3月18日召开三月会议，现将有关事项通知如下。",
        "一、时间：2026年3月18日（星期三）14:30至16:05",
        "二、地点：三楼会议室",
        f"四、列席人员：钱七（入党积极分子）|五、议程|1.讨论年度计划（{person(1).name}）|2.通报",
    ):
        assert words in text, text
    assert document.name.endswith("通知_20260318")


def test_an_agenda_tells_who_reports_and_how_long():
    text = said(made(compose_agenda, planned(agenda=ITEMS)))
    assert f"序号|内容|汇报人|时长|1|讨论年度计划|{person(1).name}|20分钟|2|通报党费收缴" in text
    assert "议程：" in text


def test_what_is_not_settled_is_left_to_be_written():
    bare = planned(agenda=(), place=None, host=None, start=None, end=None, observers=(), title="")
    for compose in (compose_notice, compose_agenda):
        document = made(compose, bare)
        text = said(document)
        assert "待明确" not in text
        assert "列席" not in text
        assert "时分" in text
    assert any(isinstance(block, WriteLines) for block in made(compose_notice, bare).blocks)


def test_one_item_has_no_number():
    text = said(made(compose_notice, planned(agenda=ITEMS[1:])))
    assert "议程：通报党费收缴" in text


def test_a_group_and_a_committee_call_their_own():
    assert "第二党小组党员：" in said(made(compose_notice, planned("group_meeting")))
    assert "支部委员：" in said(made(compose_notice, planned("committee_meeting")))
    assert "值学习篇目" in said(made(compose_agenda, planned("group_meeting")))


def test_what_only_the_sitting_can_tell_stands_in_neither():
    sitting = planned("group_meeting", "theme_day")
    for compose in (compose_notice, compose_agenda):
        assert "值向支部反映的意见" not in said(made(compose, sitting))
