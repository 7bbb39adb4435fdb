"""Versions of a record of any kind: listed, told, compared, brought back as a new version."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

import pytest

from dangjian_desktop.domain.dates import PartialDate
from dangjian_desktop.domain.field_texts import COVERED
from dangjian_desktop.domain.members.member import MemberKind, Span
from dangjian_desktop.domain.projects.project import ProjectState, StateChange
from dangjian_desktop.errors import BlockedError, InputError
from dangjian_desktop.storage.stored import Stored
from tests.services.library.history_world import (
    TRAINING,
    a_desk,
    everything,
    put_meeting,
    put_member,
    put_project,
    put_row,
    put_style,
    style_uid,
)

NUMBER, OTHER_NUMBER = "110101199003070011", "110101198501020012"


@pytest.fixture
def desk(tmp_path):
    made = a_desk(tmp_path)
    yield made
    made._library.close()


def told(differences) -> dict[str, tuple[str, str]]:
    return {d.label: (d.before, d.after) for d in differences}


def texts(desk, uid, number) -> dict[str, str]:
    return {line.label: line.text for line in desk.versions.lines(uid, number)}


def agenda(desk, uid, **changes):
    meeting = desk.meetings.one(uid)
    item = replace(meeting.agenda[0], **changes)
    return desk.meetings.save(replace(meeting, agenda=(item, *meeting.agenda[1:])))


def test_every_kind_has_versions_and_the_first_is_told(desk):
    for thing in everything(desk):
        history = desk.versions.history(thing.uid)
        assert (history.kind, history.title) == (thing.kind, thing.title)
        assert [v.number for v in history.versions] == [1]
        assert history.versions[0].reason in ("新建", "导入")
        assert thing.title in "\n".join(texts(desk, thing.uid, 1).values())
        assert json.dumps(desk.versions.as_json(thing.uid, 1), ensure_ascii=False)
        thing.delete("误录")
        after = desk.versions.history(thing.uid)
        assert after.deleted
        assert [v.reason for v in after.versions][1:] in (["误录"], ["删除台账"])
        assert told(desk.versions.compare(thing.uid, 1, 2)) == {"所在位置": ("", "回收站")}
        with pytest.raises(InputError, match="在回收站里"):
            desk.versions.restore(thing.uid, 1)
        desk.bin.restore([thing.uid])
        assert desk.versions.history(thing.uid).versions[-1].reason == "恢复"
        assert desk.versions.compare(thing.uid, 1, 3) == ()


def test_only_what_differs_is_told_with_old_and_new_text(desk):
    uid = put_meeting(desk)
    desk.meetings.save(replace(desk.meetings.one(uid), place="二楼会议室"))
    agenda(
        desk, uid, resolution="同意接收乙某。", content=("支部委员会介绍审查情况。", "没有意见。")
    )
    assert told(desk.versions.compare(uid, 1, 2)) == {"地点": ("三楼会议室", "二楼会议室")}
    assert told(desk.versions.compare(uid, 2, 3)) == {
        "议题1·决议": ("同意接收乙某为中共预备党员。", "同意接收乙某。"),
        "议题1·研究情况": ("介绍人发表意见。", "没有意见。"),
    }
    assert set(told(desk.versions.compare(uid, 1, 3))) == {"地点", "议题1·决议", "议题1·研究情况"}


def test_people_read_words_not_codes(desk):
    shown = texts(desk, put_meeting(desk), 1)
    assert shown["会议类型"] == "支部党员大会"
    assert shown["议题1·事项类别"] == "接收预备党员"
    assert shown["议题1·表决·表决方式"] == "无记名投票"
    assert shown["议题1·表决·赞成"] == "6票"
    assert "general_meeting" not in "".join(shown.values())
    assert "姓名：郑一；到会情况：请假；原因：出差" in shown["出席情况"]


def test_of_many_people_only_those_who_differ_are_told(desk):
    uid = put_meeting(desk)
    meeting = desk.meetings.one(uid)
    there = tuple(
        replace(a, reason="学习") if a.person.name == "郑一" else a for a in meeting.attendance
    )
    desk.meetings.save(replace(meeting, attendance=there))
    [found] = desk.versions.compare(uid, 1, 2)
    assert found.label == "出席情况"
    assert "张三" not in found.before + found.after
    assert ("出差" in found.before, "学习" in found.after) == (True, True)


def test_what_is_masked_is_covered_in_both(desk):
    member = put_member(desk, id_number=NUMBER, phone="13800138000")
    desk.roster.save(replace(member, id_number=OTHER_NUMBER, phone="13900138000"))
    found = told(desk.versions.compare(member.id, 1, 2))
    assert found == {
        "身份证号": ("110101********0011", "110101********0012"),
        "联系电话": ("138****8000", "139****8000"),
    }
    shown = repr(desk.versions.lines(member.id, 1))
    assert NUMBER not in shown
    assert "13800138000" not in shown


def test_a_number_that_looks_the_same_when_covered_is_told_as_changed(desk):
    member = put_member(desk, phone="13800138000")
    desk.roster.save(replace(member, phone="13811118000"))
    found = told(desk.versions.compare(member.id, 1, 2))
    assert found == {"联系电话": ("138****8000", "138****8000（有改动）")}


def test_spans_outside_the_present_are_told(desk):
    member = put_member(desk)
    posts = (Span("组织委员", PartialDate(2015), PartialDate(2018)),)
    desk.roster.save(replace(member, posts=posts))
    [found] = desk.versions.compare(member.id, 1, 2)
    assert (found.label, found.before) == ("党内职务", "")
    assert "组织委员" in found.after
    assert "2015" in found.after
    assert "2018" in found.after


def test_a_row_of_a_ledger_is_told_by_its_declaration(desk):
    row = put_row(desk)
    desk.ledgers.save(replace(row, values={**row.values, "hours": Decimal(4)}))
    assert set(told(desk.versions.compare(row.id, 1, 2)).values()) == {("8", "4")}
    assert desk.versions.restore(row.id, 1) == 3
    assert desk.ledgers.of("training").get([row.id])[row.id].value("hours") == 8
    with desk._library.reading() as work:
        words = work.records("ledger:training").words([row.id])
        assert any("安全规程" in text for text in words[row.id])


def test_a_masked_field_of_a_ledger_is_covered(desk):
    code = put_style(desk)
    ledger = desk.ledgers.one_ledger(code).ledger
    fields = tuple(replace(f, masked=f.name == "content") for f in ledger.fields)
    desk.ledger_styles.define(replace(ledger, fields=fields))
    plain = {"day": "2026-03-01", "content": "不宜外传"}
    row = desk.ledgers.save(desk.ledgers.read(code, plain))
    desk.ledgers.save(replace(row, values={**row.values, "content": "另一句话"}))
    [found] = desk.versions.compare(row.id, 1, 2)
    assert (found.before, found.after) == (COVERED, f"{COVERED}（有改动）")
    assert "不宜外传" not in repr(desk.versions.lines(row.id, 1))


def test_a_version_comes_back_as_a_new_one_and_history_stays(desk):
    uid = put_meeting(desk)
    desk.meetings.save(replace(desk.meetings.one(uid), place="二楼会议室"))
    first, second = (desk.versions.as_json(uid, n) for n in (1, 2))
    assert desk.versions.restore(uid, 1) == 3
    assert [v.reason for v in desk.versions.history(uid).versions] == [
        "新建",
        "修改",
        "恢复到第1版",
    ]
    assert [desk.versions.as_json(uid, n) for n in (1, 2, 3)] == [first, second, first]
    assert desk.meetings.one(uid).place == "三楼会议室"
    assert desk.versions.restore(uid, 2) == 4


def test_a_member_with_a_number_that_another_has_by_now_is_refused(desk):
    member = put_member(desk, id_number=NUMBER)
    desk.roster.save(replace(member, id_number=None))
    put_member(desk, name="何拾壹", id_number=NUMBER)
    with pytest.raises(InputError) as caught:
        desk.versions.restore(member.id, 1)
    [issue] = caught.value.issues
    assert "身份证号与何拾壹的相同" in issue.message
    assert len(desk.versions.history(member.id).versions) == 2


def test_a_version_that_names_a_member_in_the_bin_is_refused(desk):
    uid, member = put_meeting(desk), put_member(desk)
    meeting = desk.meetings.one(uid)
    person = replace(meeting.host, name=member.name, member_id=member.id)
    desk.meetings.save(replace(meeting, host=person))
    desk.meetings.save(meeting)
    desk.roster.delete(member.id, "误录")
    with pytest.raises(InputError) as caught:
        desk.versions.restore(uid, 2)
    assert "其中的何十一在回收站里，请先恢复何十一。" in [i.message for i in caught.value.issues]
    assert desk.meetings.one(uid) == meeting


def test_a_draft_is_not_lost_to_a_version(desk):
    uid = put_meeting(desk)
    desk.meetings.save(replace(desk.meetings.one(uid), place="二楼会议室"))
    desk.drafts.put("meeting", uid, {"title": "草稿"})
    with pytest.raises(InputError, match="草稿"):
        desk.versions.restore(uid, 1)
    assert desk.drafts.get("meeting", uid) is not None
    assert desk.meetings.one(uid).place == "二楼会议室"


def test_what_is_so_already_or_never_was_is_said(desk):
    uid = put_meeting(desk)
    with pytest.raises(InputError, match="就是现在的内容"):
        desk.versions.restore(uid, 1)
    for ask in (desk.versions.lines, desk.versions.restore):
        with pytest.raises(InputError, match="没有第7版"):
            ask(uid, 7)
    with pytest.raises(InputError, match="没有编号为 x 的记录"):
        desk.versions.history("x")


def test_decisions_about_a_project_stay_whatever_version_comes_back(desk):
    uid = put_project(desk)
    before = desk.projects.one(uid)
    desk.projects.save(replace(before, background="另一个背景"))
    change = StateChange(
        state=ProjectState.MIDTERM, on=desk.clock().date(), by="公司党委", paper="通知"
    )
    decided = desk.projects.change_state(uid, change)
    assert desk.versions.history(uid).staying == ("状态记录", "状态", "佐证文件")
    desk.versions.restore(uid, 1)
    now = desk.projects.one(uid)
    assert (now.background, now.history) == (before.background, decided.history)


def test_a_ledger_goes_back_to_an_older_style_and_its_rows_stay(desk):
    code = put_style(desk)
    plain = {"day": "2026-03-01", "content": "第一条"}
    row = desk.ledgers.save(desk.ledgers.read(code, plain))
    ledger = desk.ledgers.one_ledger(code).ledger
    desk.ledger_styles.define(replace(ledger, title="身边无违章"))
    desk.ledger_styles.switch(code, shown=False)
    found = told(desk.versions.compare(code, 1, 3))
    assert found["台账名称"] == ("身边无三违", "身边无违章")
    assert found["在清单台账中"] == ("显示", "不显示")
    assert "栏目" not in found
    assert desk.versions.history(style_uid(desk, code)).id == desk.versions.history(code).id
    desk.versions.restore(code, 1)
    entry = desk.ledgers.one_ledger(code)
    assert (entry.ledger.title, entry.shown) == ("身边无三违", True)
    assert desk.ledgers.of(code).get([row.id])[row.id].value("content") == "第一条"


def test_a_change_of_a_style_that_its_rows_forbid_is_refused(desk):
    code = put_style(desk)
    ledger = desk.ledgers.one_ledger(code).ledger
    kind = type(ledger.fields[1].type)
    numbers = replace(ledger.fields[1], type=kind.DECIMAL)
    desk.ledger_styles.define(replace(ledger, fields=(ledger.fields[0], numbers)))
    desk.ledgers.save(desk.ledgers.read(code, {"day": "2026-03-01", "content": "3"}))
    with pytest.raises(InputError) as caught:
        desk.versions.restore(code, 1)
    assert "类型不能从" in "".join(i.message for i in caught.value.issues)


def test_a_record_whose_kind_is_unknown_is_told_and_brought_back(desk):
    kept = Stored(id="u-1", title="别处的记录", body={"values": {"a": "甲"}})
    with desk._library.changing() as work:
        work.records("ledger:from_elsewhere").save(kept)
        work.records("ledger:from_elsewhere").save(replace(kept, body={"values": {"a": "乙"}}))
    assert told(desk.versions.compare("u-1", 1, 2)) == {"其他内容：values": ("甲", "乙")}
    desk.versions.restore("u-1", 1)
    assert desk.versions.as_json("u-1", 3)["values"] == {"a": "甲"}


def test_a_damaged_version_is_said_and_the_record_is_still_read(desk):
    uid = put_meeting(desk)
    desk.meetings.save(replace(desk.meetings.one(uid), place="二楼会议室"))
    with desk._library.changing() as work:
        work._connection.exec_driver_sql(
            "UPDATE revision SET checksum = 'x' WHERE delta IS NOT NULL"
        )
    with pytest.raises(BlockedError, match="与保存时的内容不一致"):
        desk.versions.compare(uid, 1, 2)
    assert desk.versions.history(uid).title


def test_the_kind_of_a_member_is_told_in_words(desk):
    member = put_member(desk)
    assert MemberKind.FORMAL.label in texts(desk, member.id, 1)["人员类别"]
    assert TRAINING["topic"] in texts(desk, put_row(desk).id, 1).values()
