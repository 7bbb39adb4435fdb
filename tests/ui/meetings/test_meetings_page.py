from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from dangjian_desktop.domain.findings import Verdict
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.ui.meetings.listing import meeting_filter
from dangjian_desktop.ui.meetings.meetings import meetings_page
from dangjian_desktop.ui.records.subject import Narrowing
from tests.services.make import a_library, clock
from tests.ui.meetings_world import select

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def cell(page, row, column):
    model = page.table.model
    return model.index(row, column).data()


def test_the_newest_year_is_listed_with_counts_as_of_each_day(page):
    shown = [[cell(page, row, column) for column in range(5)] for row in range(3)]

    assert shown == [
        ["2026-04-20", "党员大会", "4月大会", "— / 10", "计划"],
        ["2026-03-18", "党员大会", "2026年第一季度支部党员大会", "8 / 10", "已召开"],
        ["2026-03-10", "支委会", "3月支委会", "2 / 3", "已召开 · 补录"],
    ]
    assert page.table.foot.text() == "共 3 次，其中计划 1 次"


def test_chips_narrow_by_kind_and_year(qtbot, page):
    page.list.parts.chip("committee_meeting").click()
    qtbot.waitUntil(lambda: len(page.table.model.ids) == 1)
    assert cell(page, 0, 2) == "3月支委会"

    actions = {action.text(): action for action in page.list.year_menu().actions()}
    assert list(actions) == ["2026年", "2025年", "全部年份"]
    page.list.parts.chip("").click()
    qtbot.waitUntil(lambda: len(page.table.model.ids) == 3)
    actions["全部年份"].trigger()
    qtbot.waitUntil(lambda: len(page.table.model.ids) == 4)
    assert cell(page, 3, 0) == "2025-12-20"
    assert page.list.year.text() == "全部年份 ▾"


def test_the_card_shows_what_the_rules_say_and_the_page_as_it_prints(qtbot, page, desk):
    select(qtbot, page, desk, "2026年第一季度支部党员大会")

    qtbot.waitUntil(lambda: page.detail.preview.pdf.startswith(b"%PDF"), timeout=10_000)
    assert "三楼会议室" in page.card.line.text()
    rules = {line.finding.rule for line in page.detail.verdicts.lines}
    assert "Q-ADM" in rules


def test_a_verdict_opens_the_card_of_its_article(qtbot, page, desk):
    select(qtbot, page, desk, "2026年第一季度支部党员大会")
    qtbot.waitUntil(lambda: bool(page.detail.verdicts.lines))
    line = page.detail.verdicts.lines[0]

    qtbot.keyClick(line, Qt.Key.Key_Return)

    text = desk.check.rules()[line.finding.rule].text
    labels = [child.text() for child in line.card.children() if hasattr(child, "text")]
    assert not line.card.isHidden()
    assert text in labels
    area = page.detail._verdict_area
    qtbot.waitUntil(lambda: area.height() >= min(line.height(), page.detail.height() * 0.4 - 1))


def test_a_reason_is_kept_with_the_verdict(qtbot, page, desk, toasts):
    uid = select(qtbot, page, desk, "3月支委会")
    qtbot.waitUntil(lambda: bool(page.detail.verdicts.lines))
    verdicts = page.detail.verdicts
    found = [line for line in verdicts.lines if line.finding.verdict is not Verdict.OK]
    verdicts.more.click()
    key = found[0].finding.key

    found[0].waive.click()
    verdicts.reason.keep.click()
    assert verdicts.reason.problem.text() == "请填写情况说明"
    verdicts.reason.line.setText("停电")
    qtbot.keyClick(verdicts.reason.line, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: bool(toasts))
    waived = {f.key: f.waiver for f in desk.check.of_meeting(uid)}
    assert waived[key] == "停电"
    toasts[-1].undo()
    qtbot.waitUntil(lambda: not {f.key: f.waiver for f in desk.check.of_meeting(uid)}[key])


def test_a_deleted_meeting_goes_to_the_bin_and_comes_back(qtbot, page, desk, toasts):
    uid = select(qtbot, page, desk, "3月支委会")

    qtbot.keyClick(page.table.view, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: uid not in page.table.model.ids)
    assert toasts[-1].text == "已移入回收站：3月支委会"

    toasts[-1].undo()
    qtbot.waitUntil(lambda: uid in page.table.model.ids)
    assert page.table.current() == uid


def test_a_hit_of_the_search_is_shown_whatever_the_chips_narrow_to(qtbot, page, desk):
    uid = desk.meetings.find(meeting_filter(Narrowing(2025)))[0]

    page.focus_record(uid)

    qtbot.waitUntil(lambda: page.table.current() == uid)
    assert page.list.year.text() == "2025年 ▾"


def test_the_kind_of_a_new_record_is_chosen_in_a_menu(qtbot, page):
    actions = {action.data(): action for action in page.list.new_menu().actions()}
    assert list(actions)[:3] == ["general_meeting", "committee_meeting", "group_meeting"]

    actions["committee_meeting"].trigger()

    qtbot.waitUntil(lambda: page.editor.body is not None)
    state = page.editor.state()
    assert page.editing
    assert (state["kinds"], state["date"]) == (["committee_meeting"], "2026-03-31")
    assert (state["place"], state["host"], state["recorder"]) == ("三楼会议室", "张三", "李四")
    assert state["title"] == "2026年3月支部委员会会议"


def test_an_empty_library_offers_the_first_step(qtbot, tmp_path, shell):
    folder = tmp_path / "空"
    folder.mkdir()
    library = a_library(folder)
    page = meetings_page(Desk(library, clock), shell)
    qtbot.addWidget(page)
    page.show()
    page.refresh(page.topics)

    qtbot.waitUntil(lambda: not shell.jobs.busy)
    texts = [button.text().strip() for button in page.table.findChildren(QPushButton)]
    assert "新建会议记录" in texts
    library.close()


def test_a_draft_is_offered_above_the_list_and_can_be_dropped_and_brought_back(
    qtbot, page, desk, toasts
):
    uid = select(qtbot, page, desk, "3月支委会")
    content = {"id": uid, "kinds": ["committee_meeting"], "title": "草稿题目", "date": "2026-03-10"}
    desk.drafts.put("meeting", uid, content)
    qtbot.waitUntil(page.list.drafts.isVisible)
    qtbot.waitUntil(lambda: cell(page, 2, 4) == "草稿 · 补录")

    page.list.drafts.findChild(QPushButton, "draft.drop").click()
    qtbot.waitUntil(lambda: desk.drafts.get("meeting", uid) is None)
    qtbot.waitUntil(lambda: bool(toasts))
    toasts[-1].undo()
    qtbot.waitUntil(lambda: desk.drafts.get("meeting", uid) is not None)
    qtbot.waitUntil(page.list.drafts.isVisible)

    page.list.drafts.findChild(QPushButton, "draft.resume").click()
    qtbot.waitUntil(lambda: page.editor.body is not None)
    assert page.editor.state()["title"] == "草稿题目"


def test_a_narrow_window_shows_the_detail_as_a_page_of_its_own(qtbot, page, desk):
    page.set_narrow(True)
    select(qtbot, page, desk, "3月支委会")
    assert not page.split.detail_shown

    qtbot.keyClick(page.table.view, Qt.Key.Key_Space)
    assert page.split.detail_shown
    assert page.back()
    assert not page.split.detail_shown
