from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from dangjian_desktop.domain.branch import Branch, BranchHistory
from dangjian_desktop.domain.projects.project import ProjectState, StateChange
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.library.branch import new_library
from dangjian_desktop.ui.checks.verdicts import ReasonField
from dangjian_desktop.ui.home.gathering import MOST, Todo, load_home
from dangjian_desktop.ui.home.home import HomePage
from tests.services.make import NAMES, a_library, a_meeting, a_member, clock
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
    chip(page, "3月汇总报送").click()
    assert opened[-1] == ("summaries", "2026-03")


def test_a_card_leads_to_its_record_or_to_a_new_one_by_keyboard(qtbot, page, opened):
    cards = {card.card.code: card for card in page.cards.cards}
    qtbot.keyClick(cards["committee_meeting"], Qt.Key.Key_Return)
    assert opened[-1] == ("meetings", "new/committee_meeting/2026/")
    qtbot.keyClick(cards["group_meeting"], Qt.Key.Key_Return)
    assert opened[-1] == ("meetings", "new/group_meeting/2026/第一党小组")
    held = cards["general_meeting"]
    qtbot.mouseClick(held, Qt.MouseButton.LeftButton)
    assert opened[-1] == ("meetings", held.card.records[-1])


def test_unfinished_drafts_stand_first(qtbot, page, opened, desk):
    desk.drafts.put("project", "p-1", {"id": "p-1", "title": "安全攻坚"})
    page.refresh(frozenset({Topic.DRAFTS}))
    qtbot.waitUntil(lambda: "安全攻坚" in words(page.todos))
    chip(page, "安全攻坚").click()
    assert opened[-1] == ("projects", "edit/p-1")


def short_sittings(desk, *days):
    """Sittings with too few people, and nothing else wrong."""
    there = {"present": ["张三"], "video": [], "leave": [], "absent": [], "excluded": []}
    told = {"attendance": there, "agenda": [], "stated": None}
    many = [a_meeting(date=day, for_year=int(day[:4]), title="人数不足", **told) for day in days]
    return desk.meetings.import_json(many)["ids"]


def hint(page, words):
    return next(h for h in page._sheet.hints if words in h.words)


def test_one_finding_leads_to_where_it_is_settled_and_takes_a_reason_second(
    qtbot, page, desk, shell, opened
):
    [uid] = short_sittings(desk, "2026-02-18")
    page.refresh(frozenset({Topic.MEETINGS}))
    qtbot.waitUntil(lambda: any("2月18日" in h.words for h in page._sheet.hints))
    before, line = page._sheet.hinted, hint(page, "2月18日党员大会：")
    acts = [b for b in page.hints.findChildren(QPushButton) if line.words in b.accessibleName()]
    assert [b.objectName() for b in acts if not b.isHidden()][-2:] == ["hint.show", "hint.waive"]
    acts[-2].click()
    assert opened[-1][1].endswith(uid)
    acts[-1].click()
    asked = next(f for f in page.hints.findChildren(ReasonField) if not f.isHidden())
    asked.line.setText("上级另有安排")
    asked.keep.click()
    qtbot.waitUntil(lambda: not shell.jobs.busy)
    page.refresh(frozenset({Topic.WAIVERS}))
    qtbot.waitUntil(lambda: page._sheet.hinted == before - 1)
    assert line.words not in {h.words for h in page._sheet.hints}


def test_the_findings_of_a_rule_are_one_line_which_leads_to_them(qtbot, page, desk, opened):
    short_sittings(desk, "2026-01-20", "2026-02-18", "2026-03-02")
    page.refresh(frozenset({Topic.MEETINGS}))
    qtbot.waitUntil(lambda: any("3条" in h.words for h in page._sheet.hints))
    line = hint(page, "党员大会到会与表决 3条：")
    assert line.words.endswith("1月20日党员大会、2月18日党员大会等")
    assert line.alone is None
    page.hints.asked.emit(line)
    assert opened[-1] == ("checks", "rule/Q-GEN")
    page.hints.more.click()
    assert opened[-1] == ("checks", "open")


def test_what_is_told_is_of_now_and_dates_of_another_year_have_it(desk):
    december, _older = short_sittings(desk, "2025-12-31", "2016-05-09")
    told = load_home(desk).hints
    assert any(h.words.startswith("2025年12月31日党员大会：") for h in told)
    assert [h for h in told if december in h.uid]
    assert not [h for h in told if "2016" in h.words]


def test_nobody_is_read_for_the_name_of_a_sitting(desk, monkeypatch):
    [uid] = short_sittings(desk, "2026-02-18")
    desk.check.of_now()  # judging it reads who was there
    monkeypatch.setattr("dangjian_desktop.storage.meetings._there", lambda *_: pytest.fail("read"))
    assert [h for h in load_home(desk).hints if uid in h.uid]


def test_no_more_than_eight_lines_are_shown_and_each_has_an_act_of_its_own(qtbot, page, desk):
    short_sittings(desk, "2026-02-18")
    for number in range(12):
        desk.drafts.put("meeting", f"m-{number}", {"id": f"m-{number}", "title": f"第{number}次"})
    page.refresh(frozenset(Topic))
    qtbot.waitUntil(lambda: any("第11次" in todo.words for todo in page._sheet.todos))
    names = ("todo.go", "hint.show", "step.roster", "step.branch", "step.meeting")

    def shown():
        found = page.findChildren(QPushButton)
        return [b for b in found if b.isVisible() and b.objectName() in names]

    qtbot.waitUntil(lambda: len(shown()) == MOST)
    assert page.todos.more.text().startswith("显示其余")


def test_nothing_is_said_twice(qtbot, page, desk):
    """What a card tells of is no to-do, and what is still to come no finding."""
    titles = {card.card.code for card in page.cards.cards}
    assert {"committee_meeting", "group_meeting", "theme_day"} <= titles
    assert not [todo for todo in page._sheet.todos if todo.verb == "安排"]
    assert not [h for h in page._sheet.hints if "还有" in h.words or "最后一天" in h.words]
    said = [todo.words for todo in page._sheet.todos] + [h.words for h in page._sheet.hints]
    assert len(set(said)) == len(said)


def test_an_empty_library_guides_by_three_steps_which_go_as_they_are_done(
    qtbot, tmp_path, shell, opened
):
    branch = Branch(name="中共测试公司机关党支部")
    empty = Desk(new_library(tmp_path / "新.dangjian", branch), clock)
    page = HomePage(empty, shell)
    qtbot.addWidget(page)
    page.resize(1200, 700)
    page.show()

    def steps():
        found = page.steps.findChildren(QPushButton)
        return {b.objectName().removeprefix("step."): b for b in found if not b.isHidden()}

    def left(*names):
        page.refresh(frozenset(Topic))
        qtbot.waitUntil(lambda: page._sheet is not None and tuple(steps()) == names)

    left("roster", "branch", "meeting")
    assert not page.todos.isVisible()
    assert not page.hints.isVisible()
    assert not page.cards.isVisible()
    steps()["roster"].click()
    assert opened[-1] == ("roster", "/import")
    steps()["branch"].click()
    assert opened[-1] == ("settings", "branch")

    with empty._library.changing(Topic.MEMBERS) as work:
        for name in (*NAMES, "钱七"):
            work.members.save(a_member(name))
    left("branch", "meeting")
    assert page._sheet.cards == ()
    assert page._sheet.todos == ()
    empty.meetings.import_json(a_meeting())
    left("branch")
    assert page._sheet.cards
    with empty._library.changing(Topic.BRANCH) as work:
        work.branch.save(BranchHistory.of(replace(branch, superior="中共测试公司委员会")))
    left()
    assert not page.steps.isVisible()
    empty.close()


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
    page.todos.show_todos(todos, day, MOST)
    lines = [b for b in page.todos.findChildren(QPushButton, "todo.go") if not b.isHidden()]
    shown = [b for b in lines if "件" in b.accessibleName()]
    assert len(shown) == 8
    assert page.todos.more.text() == "显示后面 40 项，其余 992 项"

    shown[2].setFocus()
    page.todos.show_todos(list(todos), day, MOST)
    assert page.todos.focusWidget() is shown[2]
    page.todos.show_todos([*todos[:2], *todos[3:]], day, MOST)
    assert page.todos.focusWidget().accessibleName() == "去办理：第3件"

    page.todos.more.click()
    assert page.todos.more.text() == "显示后面 40 项，其余 951 项"


def test_the_first_of_home_is_what_is_begun_most_often(page):
    if (here := page.focusWidget()) is not None:  # of a window of its own, Qt gave it one
        here.clearFocus()
    page.focus_first()
    assert page.focusWidget() is page.new
