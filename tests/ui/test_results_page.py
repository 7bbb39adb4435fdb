"""The page of all hits, on real libraries, in the window."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.summaries.summaries import SummaryWords
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.ui import places
from dangjian_desktop.ui.desk.page import NOT_INDEXED, SEARCH
from dangjian_desktop.ui.window.main_window import MainWindow
from dangjian_desktop.ui.window.search_box import ALL
from tests.services.make import a_library, a_meeting, a_member, clock
from tests.ui.project_world import a_stored_project
from tests.ui.roster_world import quiet

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support raise", extend=True)
NUMBER = "110101199001010010"


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """A branch with the word 巷道 in records of every kind, and in two years."""
    desk = Desk(a_library(tmp_path_factory.mktemp("found")), clock)
    for title, day in (("巷道整治专题", "2025-03-18"), ("甲", "2026-03-18"), ("乙", "2026-02-18")):
        told = a_meeting(title=title, date=day)
        told["attendance"]["video"] = []
        told["closing"] = f"会议要求抓好巷道维修，联系人证号{NUMBER}。"
        desk.meetings.import_json(told)
    a_stored_project(desk, background="三采区巷道失修。", phone="13912345678")
    desk.summaries.save_words(Period(2026, 3, 1), SummaryWords(plans=("下月完成巷道清淤",)))
    with desk._library.changing(Topic.MEMBERS) as work:
        work.members.save(a_member("何一", work_post="巷道工", id_number=NUMBER))
    yield desk
    desk.close()


@pytest.fixture
def desk(kept, shell):
    kept.announce = shell.changes.announce
    return kept


@pytest.fixture
def window(qtbot, desk, shell):
    made = MainWindow(shell)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    wanted = ("meetings", "roster", "projects", "summaries", SEARCH)
    known = {place.code: place for place in places.places(desk, shell)}
    made.set_places([known[code] for code in wanted])
    made.set_search(lambda _text, _show: None)
    quiet(qtbot, shell)
    yield made
    qtbot.waitUntil(lambda: not shell.jobs.busy)


def look_for(qtbot, shell, window, text):
    """Type it into the field and press Enter."""
    window.top.search.setText(text)
    qtbot.keyClick(window.top.search, Qt.Key.Key_Return)
    settled(qtbot, shell, window)
    return window.page(SEARCH)


def settled(qtbot, shell, window):
    qtbot.waitUntil(lambda: window.page(SEARCH) is not None)
    page = window.page(SEARCH)

    def drawn():
        page.table.view.grab()
        ids = page.table.model.ids[:20]
        return not shell.jobs.busy and all(map(page.table.model.record, ids))

    qtbot.waitUntil(drawn)


def hits(page):
    return [page.table.model.record(uid) for uid in page.table.model.ids]


def test_enter_lists_all_kinds_with_the_words_around_and_counts(qtbot, shell, window):
    page = look_for(qtbot, shell, window, "巷道")
    found = hits(page)
    kinds = ["member", "meeting", "meeting", "meeting", "project", "summary"]
    assert [hit.type for hit in found] == kinds
    assert all("巷道" in hit.snippet for hit in found)
    assert page.table.foot.text() == "共 6 条"
    chips = [page.list.parts.chip(code).text() for code in ("", "党员", "会议", "项目", "汇总")]
    assert chips == ["全部 6", "党员 1", "会议 3", "项目 1", "汇总 1"]
    text = found[0].snippet
    assert [text[a:b] for a, b in page.marks.marked(text)] == ["巷道"]
    assert page.table.view.hasFocus()
    assert page.table.view.accessibleName() == "搜索结果"


def test_kind_and_year_narrow_and_tell_how_many_are_left(qtbot, shell, window):
    page = look_for(qtbot, shell, window, "巷道")
    page.list.parts.chip("会议").click()
    assert page.table.foot.text() == "共 3 条（全部结果 6 条）"
    [only] = [act for act in page.list.year_menu().actions() if act.text() == "2025年"]
    only.trigger()
    settled(qtbot, shell, window)
    assert [hit.title for hit in hits(page)] == ["巷道整治专题"]
    assert page.list.parts.chip("会议").text() == "会议 1"
    page.list.parts.chip("汇总").click()
    assert page.table.model.ids == ()
    assert shown_words(page, "请换一个类别或年份")


def shown_words(page, words):
    return [w for w in page.findChildren(QWidget) if words in getattr(w, "text", str)()]


@pytest.mark.parametrize("back", [Qt.Key.Key_Escape, Qt.Key.Key_Left])
def test_what_was_found_is_as_it_was_when_one_comes_back(qtbot, shell, window, back):
    page = look_for(qtbot, shell, window, "巷道")
    page.list.parts.chip("会议").click()
    page.table.view.setFocus()
    qtbot.keyClick(page.table.view, Qt.Key.Key_Down)
    key = page.table.current()
    qtbot.keyClick(page.table.view, Qt.Key.Key_Return)
    there = window.page("meetings")
    qtbot.waitUntil(lambda: there.table.current() == key.partition("/")[2])
    assert window.here == "meetings"
    alt = Qt.KeyboardModifier.AltModifier if back == Qt.Key.Key_Left else Qt.KeyboardModifier(0)
    qtbot.keyClick(QApplication.focusWidget() or there, back, alt)
    qtbot.waitUntil(lambda: window.here == SEARCH)
    assert page.list.parts.code() == "会议"
    assert page.table.current() == key
    assert page.table.view.hasFocus()
    assert window.top.search.text() == "巷道"


@pytest.mark.parametrize(("kind", "place"), [("summary", "summaries"), ("project", "projects")])
def test_each_hit_opens_where_it_lies(qtbot, shell, window, kind, place):
    page = look_for(qtbot, shell, window, "巷道")
    [key] = [key for key in page.table.model.ids if key.startswith(kind)]
    page.table.select(key)
    qtbot.keyClick(page.table.view, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.here == place)
    quiet(qtbot, shell)


def test_numbers_that_are_covered_stand_in_no_snippet(qtbot, shell, window):
    for text in ("证号", NUMBER, "199001", "13912345678", "何一"):
        page = look_for(qtbot, shell, window, text)
        told = " ".join(f"{hit.title}{hit.snippet}" for hit in hits(page))
        assert hits(page)
        assert NUMBER not in told
        assert "13912345678" not in told


def test_what_changed_meanwhile_is_asked_again_and_the_cursor_stays(qtbot, desk, shell, window):
    page = look_for(qtbot, shell, window, "巷道")
    page.list.parts.chip("会议").click()
    first, second, _third = page.table.model.ids
    page.table.select(second)
    desk.meetings.delete(first.partition("/")[2])
    qtbot.waitUntil(lambda: first not in page.table.model.ids)
    assert page.table.current() == second
    assert page.list.parts.code() == "会议"
    desk.meetings.bring_back(first.partition("/")[2])
    qtbot.waitUntil(lambda: first in page.table.model.ids)
    quiet(qtbot, shell)


def test_nothing_found_says_what_to_try_and_leads_to_the_field(qtbot, shell, window):
    page = look_for(qtbot, shell, window, "没有这样的话")
    assert shown_words(page, "少写几个字")
    step = page.findChild(QPushButton, "search.step")
    assert step.hasFocus()
    qtbot.keyClick(step, Qt.Key.Key_Return)
    assert window.top.search.hasFocus()


def test_an_empty_field_says_how_to_search_and_asks_nothing(qtbot, shell, window):
    qtbot.keyClick(window.top.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.page(SEARCH) is not None)
    page = window.page(SEARCH)
    assert page.table.model.ids == ()
    assert shown_words(page, "按回车列出全部结果")
    assert page.renewable


def test_two_hundred_characters_are_found_as_they_stand(qtbot, desk, shell, window):
    long = "巷" * 150 + "道" * 50
    desk.summaries.save_words(Period(2024, 1, 1), SummaryWords(problems=(f"前{long}后",)))
    page = look_for(qtbot, shell, window, long)
    [hit] = hits(page)
    assert hit.snippet == f"前{long}后"
    desk.summaries.save_words(Period(2024, 1, 1), SummaryWords())


def test_without_the_index_it_says_so_answers_and_says_when_it_is_there(qtbot, desk, shell, window):
    with desk._library.changing() as work:
        work.doubt_index()
    page = look_for(qtbot, shell, window, "巷道")
    assert len(page.table.model.ids) == 6
    qtbot.waitUntil(lambda: desk.search.indexed and not page.notice.isVisible())
    quiet(qtbot, shell)


def test_what_drops_down_without_the_index_says_so_first_and_is_complete(
    qtbot, desk, shell, window
):
    window.set_search(partial(places.search, desk, shell))
    search = window.top.search
    with desk._library.changing() as work:
        work.doubt_index()

    def dropped(text):
        search.clear()
        typed = QInputMethodEvent()
        typed.setCommitString(text)
        QApplication.sendEvent(search, typed)
        qtbot.waitUntil(search.results.isVisible)
        return [search.results.item(n).text() for n in range(search.results.count())]

    [first, *read] = dropped("巷道")
    assert first == NOT_INDEXED
    assert search.results.currentItem().text() == ALL
    qtbot.waitUntil(lambda: desk.search.indexed)
    assert dropped("巷道") == read
    quiet(qtbot, shell)
