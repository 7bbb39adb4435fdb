"""The page of items: what is shown, narrowed, done step by step, and undone."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from dangjian_desktop.domain.items.item import ItemState
from dangjian_desktop.domain.items.steps import Asked
from dangjian_desktop.ui.items.page import Items, items_page
from dangjian_desktop.ui.meetings.context import context_of, read_state
from tests.services.items.items_world import FOUR, a_task, stored
from tests.services.make import a_meeting
from tests.services.talks.talks_world import a_desk
from tests.ui.roster_world import held, quiet

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
PROBLEM = "11111111-1111-4111-8111-111111111111"


@pytest.fixture
def desk(tmp_path):
    with a_desk(tmp_path) as opened:
        stored(
            opened,
            a_task("更衣室吹干机没人修", kind="problem", id=PROBLEM),
            a_task(**FOUR, problem=PROBLEM),
            a_task("公布名单", responsible="李四", source="superior"),
        )
        yield opened


@pytest.fixture
def page(qtbot, desk, shell):
    return held(qtbot, desk, shell, items_page(desk, shell), (1300, 700))


@pytest.fixture
def toasts(shell):
    said = []
    shell.toasted.connect(said.append)
    return said


def contents(page):
    rows = map(page.table.model.record, page.table.model.ids)
    return [row.item.content if row else "" for row in rows]


def item(desk, content):
    return next(i for i in desk.shared["item"].all() if i.content == content)


def show(qtbot, page, desk, content):
    uid = item(desk, content).id
    page.focus_record(uid)
    qtbot.waitUntil(lambda: page.card.shown == uid and not page.card.waiting)


def buttons(page):
    found = page.card.findChildren(QPushButton)
    return [b.text().strip() for b in found if b.isVisible() and b.objectName() != "item.task"]


def press(qtbot, page, name):
    found = next(b for b in page.findChildren(QPushButton, name) if b.isVisible())
    qtbot.waitUntil(found.isEnabled)
    found.click()


def test_the_list_tells_state_and_gaps(qtbot, page):
    rows = {}
    for uid in page.table.model.ids:
        row = page.table.model.record(uid)
        rows[row.item.content] = (row.state, row.gaps)
    assert rows == {
        "修好更衣室吹干机": ("已挂号 · 逾期11天", "齐全"),
        "公布名单": ("已挂号", "缺3项"),
        "更衣室吹干机没人修": ("已挂号", "1项任务未销号"),
    }


def test_the_chips_narrow_by_state_person_and_source(qtbot, page, desk, shell):
    chips = page.findChild(Items).chips
    for name, code, left in (
        ("due", "late", ["修好更衣室吹干机"]),
        ("part", "doing", []),
        ("person", "李四", ["公布名单"]),
        ("source", "superior", ["公布名单"]),
    ):
        chips.choose(name, code)
        qtbot.waitUntil(lambda left=left: contents(page) == left)
        assert chips.chips[name].text().removesuffix(" ▾") == dict(chips.choices(name))[code]
        chips.choose(name, "")
        qtbot.waitUntil(lambda: len(contents(page)) == 3)


def test_a_state_and_a_day_narrow_together(qtbot, page, desk):
    chips = page.findChild(Items).chips
    chips.choose("part", "open")
    chips.choose("due", "late")
    qtbot.waitUntil(lambda: contents(page) == ["修好更衣室吹干机"])
    states = [words for _code, words in chips.choices("part")]
    assert {state.label for state in ItemState} < set(states)
    assert len(states) == len(set(states))


def test_the_card_offers_what_may_follow(qtbot, page, desk):
    show(qtbot, page, desk, "公布名单")
    told = buttons(page)
    assert {"登记进展…", "申请销号…"} <= set(told)
    assert not {"核查销号…", "退回办理…", "重新挂号…", "添加任务"} & set(told)
    assert "四个明确缺3项" in page.findChild(QLabel, "item.notes").text()
    show(qtbot, page, desk, "更衣室吹干机没人修")
    assert "添加任务" in buttons(page)
    task = page.findChild(QPushButton, "item.task")
    assert task.text() == "任务：修好更衣室吹干机（已挂号，张三）"
    task.click()
    wanted = item(desk, "修好更衣室吹干机").id
    qtbot.waitUntil(lambda: page.card.shown == wanted)


def test_a_step_is_taken_in_the_window_and_taken_back(qtbot, page, desk, shell, toasts):
    show(qtbot, page, desk, "修好更衣室吹干机")
    press(qtbot, page, "item.close_requested")
    view = page.findChild(Items).step("close_requested")
    qtbot.waitUntil(view.isVisible)
    view.form.fill({"on": "2026-03-10", "files": []})
    view.save.click()
    qtbot.waitUntil(lambda: "佐证材料" in told(view, "evidence"))
    view.form.fill({"on": "2026-03-10", "evidence": "派工单", "files": []})
    view.save.click()
    done = item(desk, "修好更衣室吹干机").id
    qtbot.waitUntil(lambda: desk.shared["item"].one(done).state is ItemState.REQUESTED)
    qtbot.waitUntil(lambda: page.views.at_home and page.card.shown == done)
    assert toasts[-1].text == "已申请销号：修好更衣室吹干机"
    toasts[-1].undo()
    qtbot.waitUntil(lambda: desk.shared["item"].one(done).state is ItemState.OPEN)
    quiet(qtbot, shell)


def test_who_closes_his_own_task_is_told_and_may_say_why(qtbot, page, desk, shell, toasts):
    found = item(desk, "修好更衣室吹干机")
    by = found.responsible
    day = date(2026, 3, 10)
    desk.items.take([found.id], Asked(state=ItemState.REQUESTED, on=day, by=by, evidence="单"))
    wanted = item(desk, "修好更衣室吹干机")

    def close(**more):
        page.findChild(Items).take("closed", [found.id])
        view = page.findChild(Items).step("closed")
        qtbot.waitUntil(lambda: view.isVisible() and found.content in view.about.text())
        view.form.fill({"on": "2026-03-10", "by": by.name, **more})
        before = len(toasts)
        view.save.click()
        qtbot.waitUntil(lambda: len(toasts) > before)
        return toasts[-1].text

    assert close() == "已核查销号：修好更衣室吹干机。核查销号的人就是责任人，还没有写明原因"
    desk.items.put_back([wanted])
    assert close(same_because="支部不设委员会") == "已核查销号：修好更衣室吹干机"
    assert desk.shared["item"].one(found.id).same_because == "支部不设委员会"
    quiet(qtbot, shell)


def told(view, name):
    cell = view.form.cells[name]
    return "".join(each.text() for each in cell.findChildren(QLabel))


def test_several_get_one_follow_up(qtbot, page, desk, shell):
    ids = [item(desk, name).id for name in ("修好更衣室吹干机", "公布名单")]
    page.findChild(Items).take("follow", ids)
    view = page.findChild(Items).step("follow")
    qtbot.waitUntil(lambda: view.isVisible() and "等2项" in view.about.text())
    view.form.fill({"on": "2026-03-10", "by": "张三", "text": "一并布置"})
    view.save.click()
    qtbot.waitUntil(lambda: page.views.at_home)
    for uid in ids:
        [follow] = desk.shared["item"].one(uid).follow_ups
        assert (follow.by.name, follow.text) == ("张三", "一并布置")
        assert follow.by.member_id is not None
    quiet(qtbot, shell)


def test_a_task_of_a_problem_begins_with_the_problem(qtbot, page, desk, shell):
    show(qtbot, page, desk, "更衣室吹干机没人修")
    press(qtbot, page, "item.add_task")
    qtbot.waitUntil(lambda: page.views.editing and bool(page.editor.uid))
    state = page.editor.body.state()
    assert (state["kind"], state["number"], state["problem"][0]["id"]) == (
        "task",
        "2026-01",
        PROBLEM,
    )
    assert not {"state", "history"} & page.editor.body.form.cells.keys()
    quiet(qtbot, shell)


def test_the_way_from_an_unsaved_step_leads_back_to_it(qtbot, page, desk, shell):
    uid = item(desk, "公布名单").id
    page.focus_record(f"step/{uid}/follow")
    view = page.findChild(Items).step("follow")
    qtbot.waitUntil(lambda: view.isVisible() and view.about.text() == "公布名单")
    quiet(qtbot, shell)


def test_the_lists_are_shown_as_they_print(qtbot, page, desk, shell):
    press(qtbot, page, "items.lists")
    view = page.findChild(Items).lists_view
    qtbot.waitUntil(view.isVisible)
    assert view.period.period.year == desk.today().year
    view.lists.chosen.emit("item_three")
    qtbot.waitUntil(lambda: view.lists.code() == "item_three")
    quiet(qtbot, shell)
    qtbot.waitUntil(lambda: view.pane.preview.pages > 0)


def test_what_is_handed_out_fits_what_it_is(qtbot, page, desk):
    show(qtbot, page, desk, "公布名单")
    offered = page.findChild(Items)._papers
    assert [paper.title for paper in offered()] == ["督办单", "销号单", "任务书"]
    show(qtbot, page, desk, "更衣室吹干机没人修")
    assert [paper.title for paper in offered()] == ["督办单", "销号单", "整改回执"]


def test_a_sentence_that_was_changed_in_the_minutes_is_taken_over(qtbot, page, desk, shell, toasts):
    told = a_meeting()
    told["agenda"] = [{"topic": "服务职工", "actions": [{"what": "贴上姓名"}]}]
    [meeting] = desk.meetings.import_json([told])["ids"]
    [task] = desk.item_making.from_meeting(meeting)
    context = context_of(desk, meeting)
    context.state["agenda"][0]["actions"][0]["what"] = "三月底前贴上姓名"
    desk.meetings.save(read_state(context.state, context).meeting)
    show(qtbot, page, desk, "贴上姓名")
    assert "已改为“三月底前贴上姓名”" in page.findChild(QLabel, "item.notes").text()
    places = []
    shell.place_asked.connect(lambda *where: places.append(where))
    press(qtbot, page, "item.source")
    assert places == [("meetings", meeting)]
    press(qtbot, page, "item.reworded")
    one = desk.shared["item"].one
    qtbot.waitUntil(lambda: one(task.id).content == "三月底前贴上姓名")
    qtbot.waitUntil(lambda: "采用改后的文字" not in buttons(page))
    toasts[-1].undo()
    qtbot.waitUntil(lambda: one(task.id).content == "贴上姓名")
    quiet(qtbot, shell)
