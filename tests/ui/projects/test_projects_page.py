from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import pairwise
from time import monotonic

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QPushButton

from dangjian_desktop.domain.projects.project import ProjectFilter, ProjectState, StateChange
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.ui.projects.board import Board
from dangjian_desktop.ui.projects.category import CategoryChip
from dangjian_desktop.ui.projects.claims import ClaimsView
from dangjian_desktop.ui.projects.projects import projects_page
from dangjian_desktop.ui.projects.timeline import words_of
from dangjian_desktop.ui.records.page import RecordPage
from tests.services.make import a_library, a_meeting, clock
from tests.ui.project_world import ChoosersDouble, a_stored_project
from tests.ui.records.hands import menu_of

TODAY = clock().date()


@pytest.fixture
def desk(tmp_path):
    made = Desk(a_library(tmp_path), clock)
    yield made
    made.close()


@pytest.fixture
def open_page(qtbot, desk, shell):
    pages = []

    def opened() -> RecordPage:
        page = projects_page(desk, shell)
        pages.append(page)
        qtbot.addWidget(page)
        page.resize(1300, 800)
        page.show()
        desk.announce = shell.changes.announce
        shell.changes.changed.connect(page.refresh)
        page.refresh(frozenset(Topic))
        settle(qtbot, page, shell)
        return page

    yield opened
    qtbot.waitUntil(lambda: not shell.jobs.busy)


def settle(qtbot, page, shell):
    """Until nothing runs and the card shows the project under the cursor."""

    def quiet() -> bool:
        return not shell.jobs.busy and not page.card.waiting

    qtbot.waitUntil(quiet)
    qtbot.waitUntil(quiet)


def press(qtbot, root, name):
    found = root.findChild(QPushButton, name)
    assert found is not None, name
    qtbot.mouseClick(found, Qt.MouseButton.LeftButton)


def decide(qtbot, page, shell, state, *, on="2026-03-30", by="公司党委", paper="批复"):
    """Press the button of the state, fill in the panel and confirm."""
    page.detail.next.buttons[state].click()
    form = page.detail.panel.form
    form.editor("on").set_value(on)
    form.editor("by").set_value(by)
    form.editor("paper").set_value(paper)
    press(qtbot, page.detail.panel, "step.confirm")
    qtbot.waitUntil(lambda: page.detail.detail.project.state is state)
    settle(qtbot, page, shell)


def test_an_empty_page_says_what_it_is_for_and_offers_the_first_step(qtbot, open_page):
    page = open_page()
    assert page.list.table._empty_step.text() == "新建项目"
    page.list.table._empty_step.click()
    assert page.editing


def test_the_list_shows_state_share_time_and_what_is_late(open_page, desk):
    a_stored_project(desk)
    model = open_page().list.table.model
    shown = [model.index(0, column).data() for column in range(5)]
    assert shown[0] == "减人提效"
    assert shown[1] == "草稿"
    assert shown[2] == "30%"
    assert shown[3].endswith("%")
    assert shown[4] == "1"


def test_a_project_goes_from_new_to_closing_in_the_window(qtbot, open_page, desk, shell):
    page = open_page()
    press(qtbot, page.list, "projects.new")
    qtbot.waitUntil(lambda: page.editor.body is not None)
    body = page.editor.body
    body.head.editor("title").set_value("减人提效")
    body.head.editor("category").set_value("党建+业务")
    body.head.editor("start").set_value("2026-01-01")
    body.head.editor("end").set_value("2026-12-31")
    body.tables["milestones"].set_value(
        [{"what": "摸底", "weight": "100", "planned": "2026-02-01", "actual": "2026-02-01"}]
    )
    page.editor.head.done.click()
    qtbot.waitUntil(lambda: not page.editing)
    settle(qtbot, page, shell)
    assert page.detail.detail.project.title == "减人提效"
    assert page.detail.detail.project.secretary.name == "张三"
    assert page.detail.overview.verdicts.lines
    for state in ("declared", "reviewed", "approved", "running", "midterm", "closing", "accepted"):
        decide(qtbot, page, shell, ProjectState(state))
    stored = desk.projects.get(desk.projects.find(ProjectFilter()))
    assert [c.state.value for p in stored.values() for c in p.history][-1] == "accepted"
    assert {c.by for p in stored.values() for c in p.history} == {"公司党委"}


def test_a_decision_without_its_paper_or_in_the_future_is_refused_at_its_field(
    qtbot, open_page, desk, shell
):
    a_stored_project(desk)
    page = open_page()
    page.detail.next.buttons[ProjectState.DECLARED].click()
    panel = page.detail.panel
    press(qtbot, panel, "step.confirm")
    assert panel.form.cells["paper"].note.text() == "请填写依据文件"
    panel.form.editor("by").set_value("支委会")
    panel.form.editor("paper").set_value("会议记录")
    panel.form.editor("on").set_value("2027-01-01")
    press(qtbot, panel, "step.confirm")
    qtbot.waitUntil(lambda: "还没有到" in panel.form.cells["on"].note.text())
    assert page.detail.detail.project.state is ProjectState.DRAFT
    assert page.back()
    assert panel.isHidden()


def test_a_decision_is_taken_back_with_a_reason_and_stays_in_the_history(
    qtbot, open_page, desk, shell
):
    a_stored_project(desk)
    page = open_page()
    decide(qtbot, page, shell, ProjectState.DECLARED)
    press(qtbot, page.detail.next, "step.back")
    press(qtbot, page.detail.panel, "step.confirm")
    assert page.detail.panel.form.cells["because"].note.text()
    page.detail.panel.form.editor("because").set_value("填错了项目")
    press(qtbot, page.detail.panel, "step.confirm")
    qtbot.waitUntil(lambda: page.detail.detail.project.state is ProjectState.DRAFT)
    change = page.detail.detail.project.history[0]
    assert change.taken_back
    assert change.taken_back_because == "填错了项目"


def test_what_is_lacking_is_waived_with_a_written_reason(qtbot, open_page, desk, shell):
    a_stored_project(desk, background="")
    page = open_page()
    line = page.detail.overview.verdicts.lines[0]
    line.waive.click()
    reason = page.detail.overview.verdicts.reason
    reason.line.setText("上级未要求")
    reason.keep.click()
    qtbot.waitUntil(
        lambda: any(f.waiver for f in page.detail.detail.lacking[ProjectState.DECLARED])
    )
    assert "已说明情况" in page.detail.overview.verdicts.lines[-1].words.text()


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_the_board_has_a_column_for_each_state_and_is_walked_with_arrows(
    qtbot, open_page, desk, shell
):
    first = a_stored_project(desk)
    second = a_stored_project(desk, title="安全攻坚", category="安全生产")
    change = StateChange(
        state=ProjectState.DECLARED, on=date(2026, 1, 8), by="支委会", paper="记录"
    )
    desk.projects.change_state(second.id, change)
    page = open_page()
    page.list.findChild(QPushButton, "chip.board").click()
    columns = page.findChild(Board).columns
    assert [[card.uid for card in column] for column in columns] == [[first.id], [second.id]]
    columns[0][0].setFocus()
    qtbot.keyClick(columns[0][0], Qt.Key.Key_Right)
    settle(qtbot, page, shell)
    assert page.detail.detail.project.title == "安全攻坚"
    card = columns[1][0]
    asked = QContextMenuEvent(
        QContextMenuEvent.Reason.Keyboard, card.rect().center(), card.mapToGlobal(QPoint(4, 4))
    )
    menu = menu_of(lambda: QApplication.sendEvent(card, asked))
    assert [a.text() for a in menu.actions()] == [a.text() for a in page.acts.actions.values()]
    qtbot.keyClick(card, Qt.Key.Key_Return)
    assert page.editing


def test_groups_and_categories_narrow_the_list(qtbot, open_page, desk, shell):
    a_stored_project(desk)
    a_stored_project(desk, title="修旧利废", category="创效节约")
    page = open_page()
    page.list.parts.chip("党员项目").click()
    qtbot.waitUntil(lambda: len(page.list.table.model.ids) == 1)
    settle(qtbot, page, shell)
    assert page.detail.detail.project.title == "修旧利废"
    menu = page.findChild(CategoryChip).menu()
    next(a for a in menu.actions() if a.text() == "党建+业务").trigger()
    settle(qtbot, page, shell)
    assert page.detail.detail.project.title == "减人提效"
    assert page.findChild(CategoryChip).chip.text() == "党建+业务 ▾"


def test_the_words_and_values_of_a_month_are_saved_together(qtbot, open_page, desk, shell):
    stored = a_stored_project(desk)
    page = open_page()
    page.focus_record(f"{stored.id}/2026-02")
    settle(qtbot, page, shell)
    form = page.detail.progress.form
    assert form.period == "2026-02"
    form.form.editor("done").set_value("完成摸底")
    form.values[stored.targets[0].id].set_value("1,92")
    press(qtbot, form, "entry.save")
    assert "不是数字" in form.note.text()
    form.values[stored.targets[0].id].set_value("１９２.5")
    press(qtbot, form, "entry.save")
    qtbot.waitUntil(lambda: bool(desk.projects.one(stored.id).progress))
    kept = desk.projects.one(stored.id)
    assert kept.progress[0].done == "完成摸底"
    assert kept.targets[0].values["2026-02"] == Decimal("192.5")
    qtbot.waitUntil(lambda: not desk.drafts.all("progress"))


def test_unsaved_words_of_a_month_come_back(qtbot, open_page, desk, shell):
    stored = a_stored_project(desk)
    page = open_page()
    page.focus_record(f"{stored.id}/2026-03")
    settle(qtbot, page, shell)
    page.detail.progress.form.form.editor("problems").set_value("人手不够")
    page.leave(lambda: None)
    qtbot.waitUntil(lambda: bool(desk.drafts.all("progress")))
    again = open_page()
    again.focus_record(f"{stored.id}/2026-03")
    settle(qtbot, again, shell)
    assert again.detail.progress.form.form.editor("problems").value() == "人手不够"


def test_a_milestone_is_finished_from_the_card(qtbot, open_page, desk, shell):
    stored = a_stored_project(desk)
    for state in ("declared", "approved"):
        change = StateChange(
            state=ProjectState(state), on=date(2026, 1, 9), by="党委", paper="批复"
        )
        desk.projects.change_state(stored.id, change)
    page = open_page()
    assert "试点" in page.detail.overview.finish.words.text()
    page.detail.overview.finish.day.setText("3.20")
    press(qtbot, page.detail.overview, "finish.done")
    qtbot.waitUntil(lambda: desk.projects.one(stored.id).milestones[1].actual == date(2026, 3, 20))


def test_the_timeline_tells_the_same_in_words(open_page, desk):
    stored = a_stored_project(desk)
    words = words_of(stored, TODAY)
    assert "摸底：计划2026-02-01，2026-02-03完成" in words
    assert "试点：计划2026-03-15，已逾期" in words
    assert "推广：计划2026-11-01，未完成" in words
    assert open_page().detail.overview.timeline.accessibleDescription() == words


def test_meetings_and_files_are_linked_as_evidence(qtbot, open_page, desk, shell, tmp_path):
    stored = a_stored_project(desk)
    desk.meetings.import_json(a_meeting())
    shell.choosers = ChoosersDouble()
    page = open_page()
    page.detail.show_tab("evidence")
    press(qtbot, page.detail.evidence, "evidence.link")
    choice = page.detail.evidence.choice
    qtbot.waitUntil(lambda: choice.box.count() >= 2)
    assert "议题" in choice.box.itemText(1)
    choice.box.setCurrentIndex(1)
    press(qtbot, choice, "evidence.confirm")
    qtbot.waitUntil(lambda: bool(desk.projects.one(stored.id).meetings))
    assert desk.projects.one(stored.id).meetings[0].item_id is not None
    shell.choosers.answer = tmp_path / "验收单.txt"
    shell.choosers.answer.write_text("已验收", encoding="utf-8")
    press(qtbot, page.detail.evidence, "evidence.add")
    qtbot.waitUntil(lambda: bool(desk.projects.one(stored.id).evidence))
    settle(qtbot, page, shell)
    out = tmp_path / "出"
    out.mkdir()
    shell.choosers.answer = out
    qtbot.waitUntil(
        lambda: page.detail.evidence.findChild(QPushButton, "evidence.另存") is not None
    )
    press(qtbot, page.detail.evidence, "evidence.另存")
    qtbot.waitUntil((out / "验收单.txt").exists)
    assert (out / "验收单.txt").read_text(encoding="utf-8") == "已验收"
    kept = desk.projects.one(stored.id).evidence
    toasts = []
    shell.toasted.connect(toasts.append)
    press(qtbot, page.detail.evidence, "evidence.移除")
    qtbot.waitUntil(lambda: any(toast.undo and "移除" in toast.text for toast in toasts))
    assert desk.projects.one(stored.id).evidence == ()
    toasts[-1].undo()
    qtbot.waitUntil(lambda: desk.projects.one(stored.id).evidence == kept)


def test_every_paper_is_shown_and_written(qtbot, open_page, desk, shell, tmp_path):
    a_stored_project(desk)
    shell.choosers = ChoosersDouble()
    shell.choosers.answer = tmp_path / "出"
    page = open_page()
    page.detail.show_tab("papers")
    papers = page.detail.papers
    for code in (paper.code for paper in desk.printing.papers("project")):
        papers.forms.chip(code).click()
        qtbot.waitUntil(lambda: not shell.jobs.busy)
        assert papers.pane.preview.pages >= 1, code
    press(qtbot, papers, "project.word")
    qtbot.waitUntil(lambda: bool(list((tmp_path / "出").glob("*.docx"))))


def test_charts_arrive_with_their_words(qtbot, open_page, desk, shell):
    stored = a_stored_project(desk)
    page = open_page()
    page.detail.show_tab("targets")
    chart = page.detail.targets.charts[stored.targets[0].id]
    qtbot.waitUntil(lambda: chart.shown)
    assert "达成率 25%" in chart.accessibleName()


def test_who_carries_what_is_counted_and_listed(qtbot, open_page, desk, shell):
    stored = a_stored_project(desk)
    change = StateChange(
        state=ProjectState.DECLARED, on=date(2026, 1, 8), by="支委会", paper="记录"
    )
    desk.projects.change_state(stored.id, change)
    page = open_page()
    press(qtbot, page.list, "projects.claims")
    claims = page.findChild(ClaimsView)
    qtbot.waitUntil(lambda: "覆盖率" in claims.words.text() and not shell.jobs.busy)
    assert "承担项目的 2 人，覆盖率 20%" in claims.words.text()
    assert claims.pane.preview.pages >= 1
    assert page.back()
    assert page.views.at_home


def test_a_project_goes_to_the_bin_and_comes_back(qtbot, open_page, desk, shell):
    stored = a_stored_project(desk)
    page = open_page()
    toasts = []
    shell.toasted.connect(toasts.append)
    qtbot.keyClick(page.list.table.view, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: bool(toasts))
    qtbot.waitUntil(lambda: not page.list.table.model.ids)
    toasts[0].undo()
    qtbot.waitUntil(lambda: page.list.table.model.ids == (stored.id,))


def test_the_branch_adds_a_category_of_its_own(qtbot, open_page, desk, shell):
    a_stored_project(desk)
    page = open_page()
    menu = page.findChild(CategoryChip).menu()
    next(a for a in menu.actions() if a.text() == "添加支部自己的类别").trigger()
    own = page.findChild(CategoryChip).own
    own.group.setCurrentText("党建+N")
    own.name.setText("制度建设")
    press(qtbot, own, "category.add")
    qtbot.waitUntil(lambda: "已有类别" in own.note.text())
    own.name.setText("班组建设")
    press(qtbot, own, "category.add")
    qtbot.waitUntil(lambda: "班组建设" in list(desk.projects.categories()))
    qtbot.waitUntil(own.isHidden)


def test_the_window_is_never_held_up_by_a_long_list(qtbot, open_page, desk, shell):
    for number in range(60):
        a_stored_project(desk, title=f"项目{number:03}")
    page = open_page()
    beats = []
    timer = QTimer()
    timer.setInterval(1)
    timer.timeout.connect(lambda: beats.append(monotonic()))
    timer.start()
    page.refresh(frozenset(Topic))
    settle(qtbot, page, shell)
    timer.stop()
    waits = [after - before for before, after in pairwise(beats)]
    assert max(waits) < 0.25
    assert len(page.list.table.model.ids) == 60
