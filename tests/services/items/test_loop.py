"""The sentence of a decision is typed once and stands, the same, everywhere to its end."""

from __future__ import annotations

from datetime import date

import pytest
from openpyxl import load_workbook

from dangjian_desktop.documents.model import Role, Table
from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.items.carried import NOT_TOLD
from dangjian_desktop.domain.items.item import FollowUp, ItemKind, ItemState
from dangjian_desktop.domain.references import Person
from dangjian_desktop.papers.catalogue import ITEMS, PAPERS, Wanted
from dangjian_desktop.services.rendering import Format
from dangjian_desktop.ui.meetings.context import context_for_new
from tests.documents.reading import model_texts
from tests.services.items.items_world import a_task, asked, stored
from tests.services.make import a_meeting
from tests.services.talks.talks_world import a_desk

SENTENCE = "更衣室吹干机两台都要修好、贴上责任人姓名"
OTHER = "公布留岗名单"
YEAR, DAY = Period(2026, 1, 12), date(2026, 3, 31)


@pytest.fixture
def desk(tmp_path):
    with a_desk(tmp_path) as opened:
        yield opened


def committee(day, *actions, **more):
    """A sitting of the committee that decided this."""
    told = a_meeting(kinds=["committee_meeting"], date=day, **more)
    people = {"present": ["张三", "李四", "王五"], "video": [], "leave": []}
    told["attendance"] = people | {"absent": [], "excluded": []}
    told["agenda"], told["details"] = [{"topic": "服务职工", "actions": list(actions)}], {}
    return told


def decided(desk):
    """The meeting whose decisions are tasks, and the tasks."""
    first = {"what": SENTENCE, "responsible": "李四", "due": "2026-03-20"}
    first |= {"standard": "两台都能用", "checker": "张三"}
    told = committee("2026-02-12", first, {"what": OTHER, "responsible": "王五"})
    [uid] = desk.meetings.import_json([told])["ids"]
    return uid, desk.item_making.from_meeting(uid)


def printed(desk, code, uid="", **wanted):
    return "\n".join(model_texts(desk.printing.document(code, uid, Wanted(**wanted))))


def test_one_sentence_stands_everywhere(desk, tmp_path):
    meeting, (task, _other) = decided(desk)
    desk.items.follow([task.id], FollowUp(date(2026, 3, 2), Person("李四"), "电机到货"))
    places = {
        "minutes": printed(desk, "minutes", meeting),
        "task list": printed(desk, "item_tasks", period=YEAR),
        "duty list": printed(desk, "item_duties", period=YEAR),
        "all three": printed(desk, "item_three", period=YEAR),
        "ledger": printed(desk, "item_ledger", period=YEAR),
        "schedule": printed(desk, "item_schedule", period=YEAR),
        "roadmap": printed(desk, "item_roadmap", period=YEAR),
        "supervision": printed(desk, "item_supervision", task.id),
        "assignment": printed(desk, "item_assignment", task.id),
    }
    [planned] = desk.meetings.import_json([planned_meeting()])["ids"]
    places["next agenda"] = printed(desk, "agenda", planned)
    desk.items.take([task.id], asked(ItemState.REQUESTED, evidence="派工单"))
    desk.items.take([task.id], asked(ItemState.CLOSED, "2026-03-11"))
    places["closing"] = printed(desk, "item_closing", task.id)
    places["month"] = printed(desk, "summary", period=Period(2026, 3, 1))
    desk.shared["item"].export(tmp_path / "事项.xlsx")
    rows = load_workbook(tmp_path / "事项.xlsx").active.iter_rows(values_only=True)
    places["workbook"] = "\n".join(str(cell) for row in rows for cell in row)
    assert [name for name, text in places.items() if SENTENCE not in text] == []


def test_the_workbook_holds_what_is_told_to_people_alone(desk, tmp_path):
    _meeting, (task, _other) = decided(desk)
    assert task.source_key
    desk.shared["item"].export(tmp_path / "事项.xlsx")
    rows = load_workbook(tmp_path / "事项.xlsx").active.iter_rows(values_only=True)
    cells = [str(cell) for row in rows for cell in row]
    assert "来源记录" in cells
    assert "来源标记" not in cells
    assert task.source_key not in cells


def planned_meeting(day="2026-04-09"):
    told = a_meeting(kinds=["committee_meeting"], date=day)
    return told | {"attendance": {}, "agenda": [{"topic": "下一步"}], "details": {}}


def test_the_next_agenda_opens_with_what_became_of_the_last(desk):
    _meeting, (task, _other) = decided(desk)
    desk.items.follow([task.id], FollowUp(date(2026, 3, 2), Person("李四"), "电机到货"))
    [planned] = desk.meetings.import_json([planned_meeting()])["ids"]
    text = printed(desk, "agenda", planned)
    assert "上次议定事项落实情况：" in text
    assert f"1.{SENTENCE}（李四，2026-03-20）：3月2日电机到货" in text
    assert f"2.{OTHER}（王五）：\n" in text
    assert NOT_TOLD not in text


def test_a_decision_that_was_closed_is_told_once_more_and_then_no_more(desk):
    _meeting, (task, _other) = decided(desk)
    ready = asked(ItemState.REQUESTED, evidence="派工单")
    desk.items.take([task.id], ready)
    desk.items.take([task.id], asked(ItemState.CLOSED, "2026-03-11"))
    lines = desk.previous_items.lines(["committee_meeting"], None, DAY)
    assert f"{SENTENCE}（李四，2026-03-20）：已销号" in lines
    desk.meetings.import_json([committee("2026-03-12", start="09:00")])
    later = desk.previous_items.lines(["committee_meeting"], None, DAY)
    assert later == (f"{OTHER}（王五）：{NOT_TOLD}",)
    assert desk.previous_items.lines(["general_meeting"], None, DAY) == ()


def test_the_form_of_the_next_meeting_is_drafted(desk):
    decided(desk)
    state = context_for_new(desk, "committee_meeting").state
    text = state["details"]["previous_items"]
    assert text.splitlines()[0] == f"1. {SENTENCE}（李四，2026-03-20）：{NOT_TOLD}"
    assert len(state["agenda"]) == 1


def test_a_kind_without_a_place_of_its_own_for_it_opens_with_an_item(desk):
    told = a_meeting(date="2026-01-15")
    told["agenda"] = [{"topic": "报告工作", "actions": [{"what": SENTENCE}]}]
    [uid] = desk.meetings.import_json([told])["ids"]
    desk.item_making.from_meeting(uid)
    first, second = context_for_new(desk, "general_meeting").state["agenda"]
    assert first["topic"] == "上次议定事项落实情况"
    assert first["content"] == f"1. {SENTENCE}：{NOT_TOLD}"
    assert second["topic"] == ""


def test_a_list_is_named_under_the_branch_and_what_lacks_is_left_empty(desk):
    decided(desk)
    for code in ("item_three", "item_roadmap", "item_ledger"):
        name, title, *_rest = desk.printing.document(code, "", Wanted(period=YEAR)).blocks
        assert (name.role, title.role) == (Role.SUBTITLE, Role.TITLE)
        assert title.text.startswith("2026年")
        assert name.text not in title.text
    [table] = [
        b
        for b in desk.printing.document("item_three", "", Wanted(period=YEAR)).blocks
        if isinstance(b, Table)
    ]
    head = [cell.paragraphs[0].text for cell in table.rows[0].cells]
    measures = [row.cells[head.index("措施")].paragraphs[0].text for row in table.rows[1:]]
    assert measures == ["", ""]


def test_every_list_prints_on_both_ways(desk, tmp_path):
    decided(desk)
    problem = a_task("吹干机没人修", kind="problem", id="11111111-1111-4111-8111-111111111111")
    stored(
        desk,
        problem,
        a_task("修好", problem=problem["id"], responsible="张三"),
        a_task("每半年研究一次", kind="duty", responsible="张三"),
    )
    for paper in (each for each in PAPERS if each.of == ITEMS):
        files = desk.printing.export(paper.code, tmp_path, "", Wanted(period=YEAR))
        assert {file.suffix for file in files} == {f".{form}" for form in Format}


def test_a_list_tells_how_it_was_on_its_day(desk):
    _meeting, (task, _other) = decided(desk)
    desk.items.take([task.id], asked(ItemState.REQUESTED, evidence="派工单"))
    desk.items.take([task.id], asked(ItemState.CLOSED, "2026-03-11"))
    february = printed(desk, "item_tasks", period=Period(2026, 2, 1))
    assert "共2项，已销号0项" in february
    assert "共2项，已销号1项" in printed(desk, "item_tasks", period=Period(2026, 3, 1))


def test_the_lists_are_called_as_the_branch_calls_them(desk):
    decided(desk)
    desk.items.call_lists({ItemKind.TASK: "整改清单", ItemKind.DUTY: " "})
    assert "整改清单" in printed(desk, "item_tasks", period=YEAR)
    assert "责任清单" in printed(desk, "item_duties", period=YEAR)
    assert "问题、整改、责任清单" in printed(desk, "item_three", period=YEAR)


def test_what_nobody_told_is_not_printed_as_told(desk):
    [item] = stored(desk, a_task(SENTENCE))
    text = printed(desk, "item_supervision", item.id)
    assert "待明确" not in text
    assert "None" not in text
