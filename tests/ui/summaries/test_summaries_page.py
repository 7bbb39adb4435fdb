from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.summaries.summaries import SummaryWords
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.errors import BlockedError
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.ui.desk import keeper
from dangjian_desktop.ui.look.tab_order import in_order
from dangjian_desktop.ui.paper.preview import PdfPages
from dangjian_desktop.ui.summaries.summaries import SummariesPage
from tests.services.make import a_library, a_meeting, clock

MARCH, FEBRUARY = Period(2026, 3, 1), Period(2026, 2, 1)
WORDS = SummaryWords(
    work={"study": "学习<b>条例</b>。\n第二段。"},
    problems=("记录不及时",),
    plans=("开好组织生活会", "核对名册"),
    filled_by="李四",
)


@pytest.fixture
def desk(tmp_path):
    made = Desk(a_library(tmp_path), clock)
    made.meetings.import_json(a_meeting())
    made.summaries.save_words(FEBRUARY, SummaryWords(plans=("走访困难党员", "讲一次党课")))
    yield made
    made.close()


@pytest.fixture
def page(qtbot, desk, shell, monkeypatch):
    monkeypatch.setattr(keeper, "AFTER_LAST_KEY", 40)
    made = SummariesPage(desk, shell)
    qtbot.addWidget(made)
    made.resize(1300, 700)
    made.show()
    made.refresh(frozenset(Topic))
    qtbot.waitUntil(lambda: made.words.isEnabled() and not shell.jobs.busy)
    yield made
    made.leave(lambda: None)
    qtbot.waitUntil(lambda: not shell.jobs.busy)


def write(page, name, text):
    page.words.findChild(QPlainTextEdit, name).setPlainText(text)


def test_it_begins_with_the_newest_month_that_has_meetings(page):
    assert page.period.period == MARCH
    assert page.period.month.text() == "2026-03"
    pages = PdfPages(page.pane.preview.pdf)
    assert len(pages.sizes) >= 2
    pages.close()


def test_a_month_typed_before_the_newest_is_known_stays(qtbot, desk, shell):
    made = SummariesPage(desk, shell)
    qtbot.addWidget(made)
    made.show()
    made.focus_first()
    made.refresh(frozenset(Topic))
    assert made.period.month.selectedText() == "2026-03"
    qtbot.keyClicks(made.period.month, "2026-01")
    qtbot.waitUntil(lambda: made.words.isEnabled() and not shell.jobs.busy)
    assert (made.period.month.text(), made.period.period) == ("2026-01", Period(2026, 1, 1))


def test_without_meetings_it_begins_with_the_present_month(tmp_path):
    desk = Desk(a_library(tmp_path), clock)
    assert desk.summaries.newest() == MARCH
    desk.close()


def test_nothing_is_filled_in_that_nobody_wrote(page):
    assert page.words.words() == SummaryWords()


def test_what_is_written_is_saved_by_itself_and_the_paper_is_made_anew(qtbot, page, desk):
    before = page.pane.preview.pdf
    write(page, "problems", "记录不及时\n\n学习不深入")
    qtbot.waitUntil(lambda: page.state.text().startswith("已保存"))
    assert desk.summaries.words(MARCH).problems == ("记录不及时", "学习不深入")
    qtbot.waitUntil(lambda: page.pane.preview.pdf != before)


def test_every_field_comes_back_as_it_was_written(qtbot, page, desk, shell):
    desk.summaries.save_words(Period(2026, 1, 1), WORDS)
    page.period.before.click()
    page.period.before.click()
    qtbot.waitUntil(lambda: page.words.words() == WORDS)
    page.leave(lambda: None)
    qtbot.waitUntil(lambda: not shell.jobs.busy)
    assert desk.summaries.words(Period(2026, 1, 1)) == WORDS


def test_plans_of_the_former_month_are_asked_for_and_reasons_of_kinds_not_held(qtbot, page, desk):
    page.words.findChild(QLineEdit, "result.2").setText("3月18日已讲")
    page.words.findChild(QLineEdit, "reason.theme_day").setText("停产检修")
    page.leave(lambda: None)
    qtbot.waitUntil(lambda: not page._shell.jobs.busy)
    kept = desk.summaries.words(MARCH)
    assert kept.plan_results == {"讲一次党课": "3月18日已讲"}
    assert kept.reasons == {"theme_day": "停产检修"}
    assert page.words.findChild(QLineEdit, "reason.general_meeting") is None


def test_leaving_and_another_month_save_what_was_typed_last(qtbot, page, desk):
    write(page, "plans", "核对名册")
    page.period.before.click()
    qtbot.waitUntil(lambda: page.words.isEnabled() and not page._shell.jobs.busy)
    assert desk.summaries.words(MARCH).plans == ("核对名册",)
    assert desk.summaries.words(FEBRUARY).plans == ("走访困难党员", "讲一次党课")
    write(page, "problems", "缺一份签到表")
    page.leave(lambda: None)
    qtbot.waitUntil(lambda: desk.summaries.words(FEBRUARY).problems == ("缺一份签到表",))


def test_typing_goes_on_while_something_else_changes(qtbot, page, desk, shell):
    area = page.words.findChild(QPlainTextEdit, "study")
    area.setPlainText("写到一半 ")
    cursor = area.textCursor()
    cursor.setPosition(2)
    area.setTextCursor(cursor)
    page.refresh(frozenset({Topic.MEETINGS}))
    qtbot.waitUntil(lambda: not shell.jobs.busy)
    shown = page.words.findChild(QPlainTextEdit, "study")
    assert shown.toPlainText() == "写到一半 "
    assert shown.textCursor().position() == 2


def test_what_could_not_be_saved_is_owed_to_its_own_month(qtbot, page, desk, monkeypatch):
    disk, save = {"full": True}, desk.summaries.save_words

    def save_or_refuse(*args):
        if disk["full"]:
            raise BlockedError("磁盘已满。", "请腾出空间。")
        return save(*args)

    monkeypatch.setattr(desk.summaries, "save_words", save_or_refuse)
    write(page, "plans", "核对名册")
    qtbot.waitUntil(page.unkept.isVisible)
    assert "磁盘已满" in page.unkept.words.text()
    assert page.state.text().startswith("没有保存成功")
    disk["full"] = False
    page.period.before.click()
    qtbot.waitUntil(lambda: desk.summaries.words(MARCH).plans == ("核对名册",))


def test_the_period_is_chosen_by_chip_arrow_and_month_but_never_yet_to_come(qtbot, page):
    page.period.chips.chip("3").click()
    assert page.period.period == Period(2026, 1, 3)
    assert page.period.said.text() == "2026年第一季度"
    assert not page.period.after.isEnabled()
    page.period.before.click()
    assert page.period.period == Period(2025, 10, 3)
    page.period.chips.chip("1").click()
    assert page.period.period.length == 1
    page.period.month.setText("2026-05")
    qtbot.keyClick(page.period.month, Qt.Key.Key_Return)
    assert "还没有到" in page.period.problem.text()
    assert page.period.period.first <= clock().date()
    page.period.month.setText("1月")
    qtbot.keyClick(page.period.month, Qt.Key.Key_Return)
    assert page.period.period == Period(2026, 1, 1)
    assert not page.period.problem.text()


def test_every_number_leads_to_its_records(qtbot, page, desk, shell):
    page.tabs.setCurrentIndex(1)
    table = page.figures.table
    assert set(table.model.ids) == set(desk.summaries.figures(MARCH))
    columns = {column.code: column for column in table.model.columns}
    heads = [columns["group"].text(name) for name in table.model.ids]
    groups = [page.figures._figures[name].group.label for name in table.model.ids]
    runs = [group for group, before in zip(groups, ["", *groups], strict=False) if group != before]
    assert [head for head in heads if head] == runs
    labels = [columns["item"].text(name) for name in table.model.ids]
    assert len(set(labels)) == len(labels)
    table.select("general_meeting.held")
    qtbot.keyClick(table.view, Qt.Key.Key_Return)
    qtbot.waitUntil(page.figures.records.isVisible)
    uid = page.figures.records.model.ids[0]
    assert "党员大会" in page.figures.records.model.record(uid).title
    with qtbot.waitSignal(shell.place_asked) as asked:
        qtbot.keyClick(page.figures.records.view, Qt.Key.Key_Return)
    assert asked.args == ["meetings", uid]
    assert page.back()
    assert table.isVisible()
    assert not page.back()


def test_a_click_on_a_member_opens_the_roster(qtbot, page, shell):
    page.tabs.setCurrentIndex(1)
    page.figures.table.select("members.total")
    page.figures.behind.click()
    qtbot.waitUntil(page.figures.records.isVisible)
    records = page.figures.records
    assert len(records.model.ids) == 10
    where = records.view.visualRect(records.model.index(1, 1)).center()
    with qtbot.waitSignal(shell.place_asked) as asked:
        qtbot.mouseClick(records.view.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert asked.args == ["roster", records.model.ids[1]]


def test_a_number_without_records_offers_none(page):
    page.figures.table.select("due.committee_meeting")
    assert not page.figures.behind.isEnabled()
    page.figures.show_records("due.committee_meeting")
    assert not page.figures.back()


@pytest.mark.parametrize(("tool", "suffix"), [("word", ".docx"), ("pdf", ".pdf")])
def test_exports_hold_what_was_typed_a_moment_ago(qtbot, page, desk, shell, tmp_path, tool, suffix):
    target = tmp_path / "out"

    class Chooser:
        def folder(self, _parent, _title, then, *, purpose):
            assert purpose == "export"
            then(target)

    shell.choosers = Chooser()
    write(page, "problems", "最后一刻写下的问题")
    with qtbot.waitSignal(shell.toasted) as told:
        getattr(page.pane, tool).click()
    file = next(iter(target.iterdir()))
    assert file.suffix == suffix
    assert file.name in told.args[0].text
    assert desk.summaries.words(MARCH).problems == ("最后一刻写下的问题",)
    assert file.stat().st_size > 1000


def test_print_sends_the_paper_with_the_last_words(qtbot, page, desk):
    sent = []
    page.pane.printer.ask = lambda pdfs, title: sent.append((*pdfs, title))
    write(page, "problems", "打印前写下")
    page.pane.paper.click()
    qtbot.waitUntil(lambda: bool(sent))
    assert sent[0][1] == "2026年3月汇总"
    assert sent[0][0].startswith(b"%PDF")
    assert desk.summaries.words(MARCH).problems == ("打印前写下",)


def test_at_the_latest_after_five_seconds_typing_is_kept(page):
    assert page.keeper._latest.interval() == 5000
    page.keeper.touch()
    assert page.keeper._latest.isActive()
    began = page.keeper._latest.timerId()
    page.keeper.touch()
    assert page.keeper._latest.timerId() == began
    page.keeper.flush()
    assert not page.keeper._latest.isActive()


def test_in_a_narrow_window_the_paper_is_a_page_of_its_own(page):
    page.set_narrow(True)
    assert not page.pane.isVisible()
    page.to_paper.click()
    assert page.pane.isVisible()
    assert page.back()
    assert not page.pane.isVisible()


def test_what_no_paper_can_print_is_not_kept(desk):
    desk.summaries.save_words(
        MARCH, SummaryWords(work={"study": "甲\x00乙\u202e"}, plans=("\x01",))
    )
    assert desk.summaries.words(MARCH) == SummaryWords(work={"study": "甲乙"})


def test_the_newest_period_is_never_yet_to_come(tmp_path):
    desk = Desk(a_library(tmp_path), clock)
    planned = {"attendance": None, "stated": None, "agenda": [], "details": {}, "closing": None}
    desk.meetings.import_json(a_meeting(date="2026-05-10", observers=[], **planned))
    assert desk.summaries.newest() == MARCH
    desk.close()


def test_tab_goes_through_the_form_and_then_to_the_paper(page):
    order = ["period.month", "study", "result.1", "problems", "reviewed_by", "summary.word"]
    names = [widget.objectName() for widget in in_order(page)]
    assert sorted(order, key=names.index) == order


def test_a_problem_of_an_earlier_month_is_asked_for_until_it_is_solved(qtbot, page, desk):
    desk.summaries.save_words(FEBRUARY, SummaryWords(problems=("灯坏了",)))
    page.refresh(frozenset(Topic))
    qtbot.waitUntil(lambda: page.words.findChild(QLineEdit, "solved.1") is not None)
    page.words.findChild(QLineEdit, "solved.1").setText("换了")
    qtbot.waitUntil(lambda: desk.summaries.words(MARCH).solved == {"灯坏了": "换了"})


def test_the_sheet_of_the_month_is_one_click_away_and_of_a_month_alone(qtbot, page):
    assert page.papers.code() == "summary"
    before = page.pane.preview.pdf
    page.papers.chip("month_sheet").click()
    qtbot.waitUntil(lambda: page.pane.preview.pdf != before)
    assert page.papers.code() == "month_sheet"
    page.focus_record("2026-Q1")
    qtbot.waitUntil(lambda: not page.papers.isVisible())
    assert page.papers.code() == "summary"
