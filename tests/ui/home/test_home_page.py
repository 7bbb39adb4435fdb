from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from dangjian_desktop.domain.projects.project import ProjectState, StateChange
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.ui.checks.verdicts import ReasonField
from dangjian_desktop.ui.home.gathering import Todo, load_home
from dangjian_desktop.ui.home.home import HomePage
from tests.services.make import NAMES, a_library, a_meeting, clock
from tests.ui.project_world import a_stored_project


@pytest.fixture
def desk(tmp_path):
    made = Desk(a_library(tmp_path), clock)
    made.meetings.import_json(a_meeting())
    yield made
    made.close()


@pytest.fixture
def opened(shell):
    asked = []
    shell.place_asked.connect(lambda place, uid: asked.append((place, uid)))
    return asked


@pytest.fixture
def page(qtbot, desk, shell):
    stored = a_stored_project(desk)
    for state in ("declared", "approved"):
        change = StateChange(
            state=ProjectState(state), on=date(2026, 1, 9), by="党委", paper="批复"
        )
        desk.projects.change_state(stored.id, change)
    made = HomePage(desk, shell)
    qtbot.addWidget(made)
    made.resize(1200, 700)
    made.show()
    made.refresh(frozenset(Topic))
    qtbot.waitUntil(lambda: made._sheet is not None)
    yield made
    qtbot.waitUntil(lambda: not shell.jobs.busy)


def words(widget):
    return " ".join(found.text() for found in widget.findChildren(QLabel) if not found.isHidden())


def chip(page, text):
    """The chip in the line of this text."""
    buttons = page.todos.findChildren(QPushButton, "todo.go")
    return next(b for b in buttons if text in b.accessibleName() and not b.isHidden())


def test_it_opens_with_the_date_and_the_cadence_of_the_month(page):
    assert page.date.text() == "3月31日　星期二"
    cards = {card.card.code: card for card in page.cards.cards}
    assert cards["general_meeting"].card.title == "第一季度党员大会"
    assert cards["general_meeting"].card.held == 1
    assert cards["general_meeting"].card.met
    assert cards["committee_meeting"].card.title == "本月支委会"
    assert not cards["committee_meeting"].card.met
    assert "今天是最后一天" in cards["committee_meeting"].card.words
    assert "第一党小组未开" in cards["group_meeting"].card.words


def test_what_is_due_leads_to_where_it_is_done(qtbot, page, opened, desk):
    project = desk.projects.years() and next(iter(desk.projects.all()))
    assert "试点" in words(page.todos)
    chip(page, "节点：试点").click()
    assert opened[-1] == ("projects", project.id)
    chip(page, "1月等2个月进展未填写").click()
    assert opened[-1] == ("projects", f"{project.id}/2026-01")
    chip(page, "支委会").click()
    assert opened[-1] == ("meetings", "new/committee_meeting")
    chip(page, "3月汇总报送").click()
    assert opened[-1] == ("summaries", "2026-03")


def test_a_card_leads_to_its_record_or_to_a_new_one_by_keyboard(qtbot, page, opened):
    cards = {card.card.code: card for card in page.cards.cards}
    qtbot.keyClick(cards["committee_meeting"], Qt.Key.Key_Return)
    assert opened[-1] == ("meetings", "new/committee_meeting")
    held = cards["general_meeting"]
    qtbot.mouseClick(held, Qt.MouseButton.LeftButton)
    assert opened[-1] == ("meetings", held.card.records[-1])


def test_unfinished_drafts_stand_first(qtbot, page, opened, desk):
    desk.drafts.put("project", "p-1", {"id": "p-1", "title": "安全攻坚"})
    page.refresh(frozenset({Topic.DRAFTS}))
    qtbot.waitUntil(lambda: "安全攻坚" in words(page.todos))
    chip(page, "安全攻坚").click()
    assert opened[-1] == ("projects", "edit/p-1")


def test_findings_are_the_worst_open_ones_and_take_a_reason(qtbot, page, desk, shell):
    open_before = page._sheet.hinted
    assert open_before
    finding = page._sheet.hints[0].finding
    reason = page.hints.findChildren(QPushButton, "hint.waive")
    reason[0].click()
    asked = next(f for f in page.hints.findChildren(ReasonField) if not f.isHidden())
    asked.line.setText("上级另有安排")
    asked.keep.click()
    qtbot.waitUntil(lambda: not shell.jobs.busy)
    page.refresh(frozenset({Topic.WAIVERS}))
    qtbot.waitUntil(lambda: page._sheet.hinted == open_before - 1)
    assert finding.key not in {hint.finding.key for hint in page._sheet.hints}


def test_a_hint_of_a_sitting_tells_its_day_and_kind_and_nobody_is_read_for_it(desk, monkeypatch):
    nobody = {"present": [], "video": [], "leave": [], "absent": [], "excluded": []}
    few = a_meeting(date="2026-02-18", title="人数不足", attendance=nobody, stated=None)
    uid = desk.meetings.import_json(few)["ids"][0]
    desk.check.findings()  # judging it reads who was there
    monkeypatch.setattr("dangjian_desktop.storage.meetings._there", lambda *_: pytest.fail("read"))
    told = [hint.words for hint in load_home(desk, most=100).hints if hint.uid == uid]
    kind = desk.meetings.kinds()[few["kinds"][0]].short
    assert told
    assert all(words.startswith(f"2月18日{kind}：") for words in told)


def test_hints_are_worded_as_many_as_are_wanted_and_all_are_counted(qtbot, page, desk):
    every = load_home(desk, most=1000)
    few = load_home(desk, most=1)
    assert few.hints == every.hints[:1]
    assert few.hinted == every.hinted == len(every.hints) > 1
    page._load_more(1)
    qtbot.waitUntil(lambda: len(page._sheet.hints) == 1)
    assert page.hints.more.text() == f"显示其余 {every.hinted - 1} 条"
    assert page.hints.heading.text() == f"体检提示　{every.hinted}"
    page.hints.more.click()
    qtbot.waitUntil(lambda: page._sheet.hints == every.hints)
    assert page.hints.more.isHidden()
    assert len(page.hints.findChildren(ReasonField)) >= every.hinted


def test_a_new_record_begins_with_its_kind(page, opened):
    menu = page.new_menu()
    next(a for a in menu.actions() if a.text() == "主题党日").trigger()
    assert opened[-1] == ("meetings", "new/theme_day")


def test_a_narrow_window_puts_the_lists_under_each_other(qtbot, page):
    qtbot.waitUntil(lambda: page.todos.x() < page.hints.x())
    page.set_narrow(True)
    qtbot.waitUntil(lambda: page.todos.y() < page.hints.y())
    assert page.todos.x() == page.hints.x()


def test_a_thousand_things_to_do_make_few_widgets_and_a_refresh_keeps_the_focus(qtbot, page):
    day = date(2026, 3, 1)
    todos = [Todo(day, f"第{n}件", "去办理", "projects", str(n)) for n in range(1000)]
    page.todos.show_todos(todos, day)
    lines = [b for b in page.todos.findChildren(QPushButton, "todo.go") if not b.isHidden()]
    shown = [b for b in lines if "件" in b.accessibleName()]
    assert len(shown) == 8
    assert page.todos.more.text() == "显示后面 40 条，其余 992 条"

    shown[2].setFocus()
    page.todos.show_todos(list(todos), day)
    assert page.todos.focusWidget() is shown[2]
    page.todos.show_todos([*todos[:2], *todos[3:]], day)
    assert page.todos.focusWidget().accessibleName() == "去办理：第3件"

    page.todos.more.click()
    assert page.todos.more.text() == "显示后面 40 条，其余 951 条"


def test_hints_of_older_years_follow_and_until_then_the_heading_says_so(
    qtbot, desk, shell, monkeypatch
):
    monkeypatch.setattr("dangjian_desktop.ui.home.home.REST", 10)
    there = {"present": ["张三"], "video": [], "leave": [], "absent": [], "excluded": []}
    older = {"date": "2024-03-18", "for_year": 2024, "title": "两年前", "agenda": []}
    desk.meetings.import_json(a_meeting(**older, attendance=there, stated=None))
    # Of whoever was at no sitting of this year the years before are asked at once.
    newer = {"date": "2026-03-25", "title": "本周", "agenda": [], "stated": None}
    everybody = there | {"present": [*NAMES, "钱七"]}
    desk.meetings.import_json(a_meeting(**newer, attendance=everybody))
    made = HomePage(desk, shell)
    qtbot.addWidget(made)
    seen = []
    show = made.hints.show_hints
    monkeypatch.setattr(
        made.hints,
        "show_hints",
        lambda hints, count, complete: (
            seen.append((count, complete)),
            show(hints, count, complete=complete),
        ),
    )
    made.refresh(frozenset(Topic))
    qtbot.waitUntil(lambda: len(seen) == 1)
    assert not seen[0][1]
    assert made.hints.heading.text() == f"体检提示　{seen[0][0]}（往年的还在检查）"
    qtbot.waitUntil(lambda: len(seen) == 2, timeout=10_000)
    assert seen[1][1]
    assert seen[1][0] > seen[0][0]
    assert made.hints.heading.text() == f"体检提示　{seen[1][0]}"
    qtbot.waitUntil(lambda: not shell.jobs.busy)
