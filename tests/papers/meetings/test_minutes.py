from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from dangjian_desktop.documents.model import HEADINGS, Layout, Paragraph, Role, Table, WriteLines
from dangjian_desktop.domain.checks.facts import StatedRoster
from dangjian_desktop.domain.dates import PartialDate
from dangjian_desktop.domain.meetings.meeting import (
    Attendance,
    Candidate,
    LateEntry,
    Presence,
    Stated,
    VoteMethod,
)
from dangjian_desktop.domain.members.member import Span
from dangjian_desktop.domain.references import Person
from dangjian_desktop.papers.catalogue import Wanted
from dangjian_desktop.papers.meetings.compose import compose_minutes
from dangjian_desktop.papers.meetings.sheet import MeetingSheet
from dangjian_desktop.papers.stamp import Stamp
from tests.papers.sample import (
    DAY,
    KINDS,
    MEMBERS,
    RARE,
    STAMP,
    TRAPS,
    admission,
    around,
    everybody_but,
    exclusion,
    item,
    meeting,
    minutes,
    person,
    planned,
    present,
    said,
    shown,
    vote,
)

BOTH = (Layout.OFFICIAL, Layout.FORM)
CODES = tuple(kind.code for kind in KINDS)


def in_order(text: str, *words: str) -> None:
    place = 0
    for word in words:
        found = text.find(word, place)
        assert found >= 0, (word, text[place:])
        place = found + len(word)


@pytest.mark.parametrize("layout", BOTH)
@pytest.mark.parametrize("code", CODES)
def test_minutes_of_every_kind_tell_the_sitting_in_order(code, layout):
    text = said(minutes(meeting(code), layout))
    of_group = code == "group_meeting"
    everybody = "10人（正式党员8人，" if of_group else "20人（正式党员18人，"
    in_order(
        text,
        "三月会议",
        "2026年3月18日（星期三）14:30至16:05",
        "三楼会议室",
        "党支部书记",
        "宣传委员",
        f"{everybody}预备党员2人）",
        "钱七（入党积极分子）",
        f"讨论工作安排{RARE}",
        "汇报的第一段" + "".join(TRAPS.split()),
        f"我的意见是{RARE}",
        "同意上述安排。",
        "落实安排",
        "2026年4月10日",
        "主持人讲了三点。",
    )
    assert f"张{RARE[4]}：请假，原因：出差；补学：3月20日自学" in text


@pytest.mark.parametrize("layout", BOTH)
@pytest.mark.parametrize("code", CODES)
def test_every_declared_field_of_every_kind_prints_with_its_label(code, layout):
    ballots = (item(vote=vote(16)),)
    text = said(minutes(meeting(code, agenda=ballots), layout))
    for field in KINDS[code].fields:
        assert "".join(field.label.split()) in text
        for column in field.columns:
            assert column.label in text
        for words in shown(field):
            assert words in text, field.name


@pytest.mark.parametrize("layout", BOTH)
@pytest.mark.parametrize("code", CODES)
def test_a_planned_sitting_prints_as_an_agenda_without_counts(code, layout):
    text = said(minutes(planned(code), layout))
    assert "议程" in text
    assert "参加人员" in text
    for word in ("实到", "签字", "第3次", "缺席", "散会", "＿＿＿次"):
        assert word not in text


def test_the_form_keeps_the_order_that_an_inspection_accepts():
    sitting = meeting(
        excluded=(exclusion(),),
        attendance=everybody_but(4, 5, 6),
        agenda=(admission(vote=vote(15, abstain=1)),),
    )
    in_order(
        said(minutes(sitting, Layout.FORM)),
        *("党组织", "会议名称", "2026年度第3次", "时间", "地点", "主持人", "记录人"),
        *("党员总数", "应到实到", "其中有表决权", "缺席人员、原因、补学", "不计入应到人员及依据"),
        *("列席人员、单位职务", "议题", "汇报或传达", "讨论发言", "表决", "决议（决定）"),
        *("议定事项", "责任人", "时限", "主持人小结", "附件", "主持人签字", "记录人签字"),
        "以下空白",
    )


@pytest.mark.parametrize("layout", BOTH)
def test_a_general_meeting_counts_members_and_voters_apart(layout):
    text = said(minutes(meeting(attendance=everybody_but(4, 5, 19)), layout))
    assert "应到20人，实到17人" in text
    assert "应到18人，实到16人" in text


def test_the_form_says_attendance_twice_in_short():
    text = said(minutes(meeting(), Layout.FORM))
    assert "到会18/20；有表决权16/18" in text


@pytest.mark.parametrize("layout", BOTH)
def test_an_excluded_member_leaves_the_voters_and_is_named_with_both_facts(layout):
    sitting = meeting(excluded=(exclusion(),), attendance=everybody_but(4, 6))
    text = said(minutes(sitting, layout))
    assert "应到17人，实到16人" in text
    excluded = f"张{RARE[6]}：长期患病、生活不能自理（上级同意：上级党委批复；"
    assert f"{excluded}2026年3月18日经党员大会通过）" in text


@pytest.mark.parametrize("layout", BOTH)
def test_a_joint_sitting_prints_what_each_kind_expects(layout):
    text = said(minutes(meeting("general_meeting", "committee_meeting"), layout))
    assert "党员大会：应到20人，实到18人" in text
    assert "支委会：应到委员3人，实到3人" in text


@pytest.mark.parametrize("layout", BOTH)
def test_stated_counts_stand_beside_the_computed_ones_only_where_they_differ(layout):
    differing = said(minutes(meeting(stated=Stated(34, 31)), layout))
    assert "记录应到34人，按名册计算20人；记录实到31人，按名册计算18人" in differing
    for agreeing in (Stated(20, 18), Stated(18, 16), Stated(None, 18)):
        assert "按名册计算" not in said(minutes(meeting(stated=agreeing), layout))


@pytest.mark.parametrize("layout", BOTH)
def test_late_entry_is_marked_with_day_and_reason(layout):
    late = LateEntry(date(2026, 4, 2), "记录人出差", paper_original=True)
    text = said(minutes(meeting(late_entry=late), layout))
    assert "补录（录入日期：2026年4月2日，原因：记录人出差）（有纸质原件）" in text
    assert "补录" not in said(minutes(meeting(), layout))


@pytest.mark.parametrize("layout", BOTH)
def test_what_is_not_known_is_said_to_be_unknown(layout):
    bare = meeting(place=None, host=None, recorder=None, start=None, end=None, closing=None)
    text = said(minutes(bare, layout))
    assert text.count("＿＿＿") >= 4
    assert "起止时间＿＿＿" in text


@pytest.mark.parametrize("layout", BOTH)
def test_video_and_missing_entries_are_told(layout):
    there = (*present(*range(16)), Attendance(person(16), Presence.VIDEO))
    text = said(minutes(meeting(attendance=there), layout))
    assert "实到17人（其中视频参会1人）" in text
    assert "未登记到会情况：李丁、李戊、李己" in text


@pytest.mark.parametrize("layout", BOTH)
def test_a_secret_ballot_is_printed_in_counts_alone(layout):
    sitting = meeting(agenda=(admission(vote=vote(14, no=1, abstain=1), speeches=()),))
    text = said(minutes(sitting, layout))
    assert "采取无记名投票方式。有表决权应到18人，实到16人。" in text
    assert "发出选票16张，收回16张，有效票16张，无效票0张。赞成14票，不赞成1票，弃权1票。" in text
    assert "赞成人数超过应到会有表决权党员的半数，达到规定人数。" in text
    vote_at = text.index("无记名投票")
    counted = text[vote_at : text.index("同意接收", vote_at)]
    assert not any(f"张{c}" in counted for c in RARE)


def test_written_opinions_count_for_an_admission_and_are_told_apart():
    ballots = vote(9, no=7, written_yes=1, written_no=0, written_abstain=0)
    text = said(minutes(meeting(agenda=(admission(vote=ballots),))))
    assert "另有会前书面意见1份，其中赞成1份" in text
    assert "达到规定人数" in text
    assert "同意接收孙八同志" in text


@pytest.mark.parametrize("layout", BOTH)
def test_an_admission_that_is_not_carried_prints_no_agreement(layout):
    sitting = meeting(agenda=(admission(vote=vote(9, no=7)),))
    document = minutes(sitting, layout)
    text = said(document)
    assert "赞成人数未超过应到会有表决权党员的半数，未达到规定人数" in text
    assert "同意接收" not in text
    assert "不一致，未予印出" in text
    assert write_lines(document) >= 2


def test_a_refusal_that_is_not_carried_prints_as_it_is():
    refused = admission(vote=vote(3, no=13), resolution="不同意接收孙八同志为中共预备党员。")
    text = said(minutes(meeting(agenda=(refused,))))
    assert "不同意接收孙八同志" in text


@pytest.mark.parametrize("layout", BOTH)
def test_an_unknown_count_is_not_guessed(layout):
    unknown = vote(None, no=None, abstain=None, issued=None, returned=None, void=None)
    text = said(minutes(meeting(agenda=(admission(vote=unknown),)), layout))
    assert "赞成票数＿＿＿" in text
    assert "规定人数" not in text
    assert "发出" not in text


@pytest.mark.parametrize("layout", BOTH)
def test_a_missing_resolution_leaves_lines_to_write_on(layout):
    open_ = minutes(meeting(agenda=(admission(vote=vote(16), resolution=None),)), layout)
    assert "同意接收" not in said(open_)
    closed = minutes(meeting(agenda=(admission(vote=vote(16)),)), layout)
    assert write_lines(open_) == write_lines(closed) + 2


def test_all_votes_are_all_voters_not_all_present():
    everyone_there = said(minutes(meeting(agenda=(admission(vote=vote(16)),))))
    assert "实到全票赞成" in everyone_there
    assert "全票通过" not in everyone_there
    whole = meeting(
        attendance=everybody_but(), agenda=(admission(vote=vote(18, issued=18, returned=18)),)
    )
    text = said(minutes(whole))
    assert "，全票赞成。" in text
    assert "实到全票赞成" not in text
    claimed = item(vote=vote(16), resolution="大会全票通过。")
    assert "不等于应到会有表决权人数" in said(minutes(meeting(agenda=(claimed,))))


def said_of_vote(**more) -> str:
    """What both papers and the check say of an admission voted on by 16 of 18."""
    sitting = meeting(agenda=(admission(vote=vote(**{"yes": 15, "no": 1, **more})),))
    return said(minutes(sitting))


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ({}, "达到规定人数"),
        ({"yes": 9, "no": 7}, "未达到规定人数"),
        ({"issued": 19, "returned": 19, "yes": 18}, None),
        ({"issued": 15, "returned": 15, "yes": 14}, None),
        ({"no": None}, None),
        ({"written_yes": 3}, None),
        ({"written_yes": 2}, "达到规定人数"),
        ({"method": VoteMethod.OPEN_BALLOT}, None),
        ({"method": None}, None),
        ({"yes": 5, "no": 7}, None),
    ],
)
def test_what_a_vote_reaches_is_said_only_where_every_finding_of_it_is_ok(counts, words):
    text = said_of_vote(**counts)
    assert ("规定人数" in text.replace("未达到规定人数，记录中", "")) is (words is not None)
    assert words is None or f"，{words}" in text
    assert "有表决权应到18人，实到16人" in text


@pytest.mark.parametrize("layout", BOTH)
def test_a_member_whom_the_roster_lacks_leaves_the_counts_alone(layout):
    sitting = meeting(agenda=(admission(vote=vote(16)),))
    for total, said_so in ((20, True), (21, False)):
        known = around(sitting, stated_roster=StatedRoster(total, sitting.date))
        sheet = MeetingSheet(sitting, known, STAMP)
        text = said(compose_minutes(sheet, Wanted(layout=layout)))
        assert ("达到规定人数" in text) is said_so


def test_hands_are_counted_in_persons():
    hands = vote(16, method=VoteMethod.HANDS, issued=None, returned=None, void=None)
    text = said(minutes(meeting(agenda=(item(vote=hands),))))
    assert "举手表决。有表决权应到18人，实到16人。赞成16人，不赞成0人，弃权0人。" in text


@pytest.mark.parametrize("layout", BOTH)
def test_candidates_stand_in_a_table_with_results(layout):
    candidates = (
        Candidate(name="丁一", yes=15, no=1, abstain=0, elected=True),
        Candidate(name="王二", yes=6, no=9, abstain=None, elected=False),
        Candidate(name="马三", yes=None),
    )
    electing = item(vote=vote(None, no=None, abstain=None), candidates=candidates)
    text = said(minutes(meeting("general_meeting", "election", agenda=(electing,)), layout))
    assert "候选人|赞成|不赞成|弃权|结果|丁一|15|1|0|当选|王二|6|9|—|未当选" in text
    assert "马三|—|—|—|＿＿＿" in text
    assert "赞成票数＿＿＿" not in text


@pytest.mark.parametrize("layout", BOTH)
def test_delegation_and_group_leader_are_named(layout):
    sitting = meeting(host=person(1), delegated_by=person(0))
    assert f"张{RARE[1]}（组织委员，受张{RARE[0]}委托）" in said(minutes(sitting, layout))
    group = said(minutes(meeting("group_meeting"), layout))
    assert "第二党小组" in group
    assert "李甲" in group


def test_titles_join_the_branch_and_the_kind():
    def title(*kinds: str, **more) -> str:
        blocks = minutes(meeting(*kinds, **more)).blocks
        return next(b.text for b in blocks if isinstance(b, Paragraph) and b.role is Role.TITLE)

    stem = "中共示例煤业有限公司机电队支部"
    assert title("general_meeting").replace("\n", "") == f"{stem}党员大会会议记录"
    assert title("committee_meeting").replace("\n", "") == f"{stem}委员会会议记录"
    assert title("group_meeting").replace("\n", "") == f"{stem}第二党小组会会议记录"
    assert title("theme_day").replace("\n", "") == f"{stem}主题党日活动记录"
    assert title("party_lecture").replace("\n", "") == f"{stem}党课记录"
    joint = title("general_meeting", "party_lecture", "theme_day").replace("\n", "")
    assert joint == f"{stem}党员大会、党课暨主题党日会议记录"
    for line in title("general_meeting", "theme_day").split("\n"):
        assert 5 <= len(line) <= 20


def test_name_foot_and_mark_tell_which_print_it_is():
    document = minutes(meeting())
    assert document.name == "机电队党支部_支部党员大会会议记录_20260318"
    assert document.foot == "第3版　打印时间 2026-11-21 14:02"
    assert document.mark == ""
    stamp = Stamp(None, datetime(2026, 1, 2, 3, 4), sample=True)  # noqa: DTZ001
    assert (stamp.foot, stamp.mark) == ("打印时间 2026-01-02 03:04", "示例")


@pytest.mark.parametrize("layout", BOTH)
@pytest.mark.parametrize("code", CODES)
def test_no_heading_is_last_and_tables_are_full(code, layout):
    document = minutes(meeting(code, agenda=(item(vote=vote(16)),)), layout)
    last = document.blocks[-1]
    assert not (isinstance(last, Paragraph) and last.role in HEADINGS)
    for table in (b for b in document.blocks if isinstance(b, Table)):
        assert_full(table)


def assert_full(table: Table) -> None:
    """Every row fills the grid, fields reaching down from above included."""
    above: list[tuple[int, int]] = []
    for row in table.rows:
        width = sum(field.columns for field in row.cells) + sum(columns for columns, _ in above)
        assert width == len(table.widths)
        above = [(columns, left - 1) for columns, left in above if left > 1]
        above += [(field.columns, field.rows - 1) for field in row.cells if field.rows > 1]


def write_lines(document) -> int:
    count = 0
    for block in document.blocks:
        if isinstance(block, WriteLines):
            count += block.count
        elif isinstance(block, Table):
            fields = (f for row in block.rows for f in row.cells)
            count += sum(p.count for f in fields for p in f.paragraphs if isinstance(p, WriteLines))
    return count


def test_a_sitting_without_attendance_says_so():
    sitting = meeting(attendance=())
    text = said(minutes(sitting))
    assert "应到20人，实到＿＿＿" in text
    assert "缺席情况：＿＿＿" in text


def test_the_roster_of_the_day_decides_not_that_of_today():
    later = (Span("probationary", None, PartialDate(2026, 6)), Span("formal", PartialDate(2026, 6)))
    members = tuple(replace(m, kinds=later) if m.id == "m18" else m for m in MEMBERS)
    old = said(minutes(meeting(), members=members))
    new = said(minutes(meeting(date=date(2026, 7, 1)), members=members))
    assert "正式党员18人，预备党员2人" in old
    assert "正式党员19人，预备党员1人" in new


def test_free_text_hosts_are_printed_as_they_are():
    text = said(minutes(meeting(host=Person("上级同志"), date=DAY)))
    assert "主持人：上级同志" in text
