from __future__ import annotations

import threading
from datetime import date, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QToolButton, QVBoxLayout, QWidget
from shiboken6 import isValid

from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.errors import BlockedError
from dangjian_desktop.ui.desk.page import SEARCH, Hit, Page, Place
from dangjian_desktop.ui.records.splitpage import SplitPage
from dangjian_desktop.ui.window.frame import Frame
from dangjian_desktop.ui.window.main_window import MainWindow
from dangjian_desktop.ui.window.search_box import ALL
from dangjian_desktop.ui.window.top_bar import day_and_time

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support raise", extend=True)


class Sample(Page):
    topics = frozenset({Topic.MEMBERS})

    def __init__(self):
        super().__init__()
        self.refreshed, self.focused, self.narrow = [], [], None
        self.may_leave, self.steps, self.busy = True, 0, False
        QVBoxLayout(self).addWidget(QLineEdit())

    @property
    def renewable(self):
        return super().renewable and not self.busy

    def refresh(self, topics):
        self.refreshed.append(topics)

    def focus_record(self, uid):
        self.focused.append(uid)

    def leave(self, go):
        self.go = go
        if self.may_leave:
            go()

    def back(self):
        self.steps -= 1
        return self.steps >= 0

    def set_narrow(self, narrow):
        self.narrow = narrow


@pytest.fixture
def window(qtbot, shell):
    made = MainWindow(shell)
    qtbot.addWidget(made)
    made.set_places(
        [
            Place("roster", "党员", "users", Sample),
            Place("meetings", "组织生活", "calendar-check", Sample),
            Place("settings", "设置", "settings", Sample, at_foot=True),
        ]
    )
    made.resize(1366, 768)
    made.show()
    return made


def test_other_pages_are_made_anew_when_the_type_size_changed(window, theme):
    seen, kept = window.page("roster"), window.page("roster").renewable
    window.go("meetings")
    open_one = window.page("meetings")
    window.go("settings")
    window.page("meetings").busy = True
    theme.choose(points=12)
    assert kept
    assert not isValid(seen)
    assert window.page("roster") is None
    assert window.page("meetings") is open_one
    assert window.page("settings") is window.stack.currentWidget()
    window.go_back()
    window.go("roster")
    assert window.page("roster").refreshed == [frozenset(Topic)]


def test_a_page_is_made_when_it_is_first_shown(window):
    assert window.here == "roster"
    assert window.page("meetings") is None
    window.findChild(QToolButton, "place.meetings").click()
    assert window.here == "meetings"
    assert window.page("meetings").refreshed == [frozenset(Topic)]
    assert window.findChild(QToolButton, "place.meetings").isChecked()


class Part:
    """What a page is made of; there once the library's thread has read it."""

    def __init__(self):
        self.ready = False

    def prepare(self):
        assert threading.current_thread() is not threading.main_thread()
        self.ready = True
        return []


def test_a_page_that_is_not_imported_yet_is_waited_for_behind_its_place(qtbot, window, shell):
    part = Part()
    window.set_places([Place("ledgers", "清单台账", "clipboard-list", Sample, parts=(part,))])
    window.go("ledgers", "42")
    assert (window.here, window.page("ledgers")) == ("ledgers", None)
    assert window.findChild(QToolButton, "place.ledgers").isChecked()
    assert window.stack.currentWidget().text() == "正在打开清单台账……"
    # Asked for twice: as the first of the places, and for a record.
    qtbot.waitUntil(lambda: getattr(window.page("ledgers"), "focused", None) == ["42"])
    assert window.stack.currentWidget() is window.page("ledgers")
    window.go_back()
    assert window.here == "roster"


def test_who_has_gone_elsewhere_meanwhile_stays_there(qtbot, window, shell):
    window.set_places([Place("ledgers", "清单台账", "clipboard-list", Sample, parts=(Part(),))])
    window.go("ledgers")
    window.go("meetings")
    qtbot.waitUntil(lambda: not shell.jobs.busy)
    assert (window.here, window.page("ledgers")) == ("meetings", None)
    assert window.stack.currentWidget() is window.page("meetings")


def test_a_page_asks_again_only_for_what_it_shows_and_when_it_is_seen(qtbot, window, shell):
    window.go("meetings")
    roster = window.page("roster")
    for topics in ({Topic.DRAFTS}, {Topic.MEMBERS, Topic.BRANCH}):
        with qtbot.waitSignal(shell.changes.changed):
            shell.changes.announce(frozenset(topics))
    assert len(roster.refreshed) == 1
    window.go("roster")
    assert roster.refreshed[1:] == [frozenset({Topic.MEMBERS})]
    window.go("meetings")
    window.go("roster")
    assert len(roster.refreshed) == 2


def test_a_page_that_must_not_be_left_keeps_the_user(window):
    window.page("roster").may_leave = False
    window.go("meetings", "42")
    assert window.here == "roster"
    assert window.findChild(QToolButton, "place.roster").isChecked()
    window.page("roster").go()
    assert (window.here, window.page("meetings").focused) == ("meetings", ["42"])


def test_the_program_ends_only_after_every_page_has_kept_its_words(window):
    window.go("meetings")
    window.page("roster").may_leave = window.page("meetings").may_leave = False
    ended = []
    window.leave_all(lambda: ended.append(1))
    window.page("meetings").go()
    assert ended == []
    window.page("roster").go()
    assert ended == [1]


def test_escape_goes_back_in_the_page_and_then_to_the_place_before(qtbot, window):
    window.go("meetings")
    window.page("meetings").steps = 1
    window.go_back()
    assert window.here == "meetings"
    window.go_back()
    assert window.here == "roster"
    window.go_back()
    assert window.here == "roster"


def test_a_record_is_opened_from_anywhere(window, shell):
    shell.open("meetings", "42")
    assert window.here == "meetings"
    assert window.page("meetings").focused == ["42"]


def test_narrow_windows_say_so(window):
    assert window.page("roster").narrow is False
    window.resize(1100, 700)
    assert window.page("roster").narrow is True
    window.resize(1300, 700)
    window._shell.theme.choose(points=14)
    assert window.page("roster").narrow is True


def test_the_search_drops_down_by_kind_and_opens_a_hit(qtbot, window):
    asked = []
    window.set_search(lambda text, show: (asked.append(text), show(HITS)))
    search = window.top.search
    search.start()
    qtbot.keyClicks(search, "m")
    qtbot.waitUntil(lambda: asked == ["m"])
    shown = [search.results.item(n).text() for n in range(search.results.count())]
    assert shown == [ALL, "党员", "马磊　宣传委员", "会议", "支委会　2026-03-05"]
    qtbot.keyClick(search, Qt.Key.Key_Down)
    qtbot.keyClick(search, Qt.Key.Key_Down)
    qtbot.keyClick(search, Qt.Key.Key_Return)
    assert (window.here, window.page("meetings").focused) == ("meetings", ["9"])
    assert search.text() == ""


HITS = (
    Hit("党员", "roster", "1", "马磊", "宣传委员"),
    Hit("会议", "meetings", "9", "支委会", "2026-03-05"),
)


def test_enter_asks_for_all_hits_and_the_text_stays(qtbot, window):
    window.set_places([Place(SEARCH, "搜索结果", "", Sample)])
    window.go("roster")
    kept = []
    window.set_search(lambda text, show: kept.append(show))
    search = window.top.search
    qtbot.keyClicks(search, "m")
    qtbot.waitUntil(lambda: len(kept) == 1)
    qtbot.keyClick(search, Qt.Key.Key_Return)
    assert (window.here, window.page(SEARCH).focused) == (SEARCH, ["m"])
    kept[0](HITS)
    assert (search.text(), search.results.count()) == ("m", 0)
    entries = window.side.findChildren(QToolButton)
    assert not [
        entry for entry in entries if entry.isChecked() or entry.text().strip() == "搜索结果"
    ]
    window.go_back()
    assert window.here == "roster"
    assert [entry.text().strip() for entry in entries if entry.isChecked()] == ["党员"]


def test_the_first_line_below_the_field_leads_to_all_hits(qtbot, window):
    window.set_places([Place(SEARCH, "搜索结果", "", Sample)])
    window.set_search(lambda text, show: show(HITS))
    search = window.top.search
    qtbot.keyClicks(search, "m")
    qtbot.waitUntil(search.results.isVisible)
    search.results.itemClicked.emit(search.results.item(0))
    assert window.page(SEARCH).focused == ["m"]


def test_late_hits_for_another_text_are_not_shown(qtbot, window):
    kept = []
    window.set_search(lambda text, show: kept.append(show))
    qtbot.keyClicks(window.top.search, "m")
    qtbot.waitUntil(lambda: len(kept) == 1)
    window.top.search.setText("别的")
    kept[0](HITS)
    assert window.top.search.results.count() == 0


def test_nothing_found_is_said_with_a_hint(window):
    window.top.search.setText("无")
    window.top.search.show_hits("无", ())
    assert "拼音首字母" in window.top.search.results.item(0).text()


def test_what_blocks_is_a_banner(qtbot, window, messages):
    with qtbot.waitSignal(messages.noticed):
        messages.report(BlockedError("资料文件被占用", "请关闭另一个窗口"))
    assert window.banner.isVisible()
    assert window.banner.text.text() == "资料文件被占用"
    assert window.banner.remedy.text() == "请关闭另一个窗口"
    window.banner.clear()
    assert not window.banner.isVisible()


def test_a_deletion_can_be_taken_back(window, shell):
    undone = []
    shell.toast("已移入回收站", lambda: undone.append(1))
    assert window.toast.isVisible()
    window.toast.button.click()
    assert undone == [1]
    assert not window.toast.isVisible()
    window.toast.take_back()
    assert undone == [1]


def test_an_export_offers_its_file_and_its_folder_and_ctrl_z_opens_neither(window, shell):
    opened = []
    shell.toast(
        "已导出",
        lambda: opened.append("夹"),
        label="打开文件夹",
        more=("打开文件", lambda: opened.append("件")),
    )
    window.toast.take_back()
    assert opened == []
    window.toast.more.click()
    window.toast.button.click()
    assert opened == ["件", "夹"]
    shell.toast("已保存")
    assert not window.toast.more.isVisible()


def test_the_top_bar_says_what_is_saved(window, shell):
    now = datetime.now().astimezone().replace(hour=14, minute=2)
    shell.set_saved(now)
    assert window.top.state.text() == "已保存 14:02　·　尚无备份"
    shell.set_copied(now - timedelta(days=1))
    assert window.top.state.text() == "已保存 14:02　·　备份 昨天 14:02"


def test_days_are_said_shortly():
    when = datetime(2025, 12, 31, 8, 31).astimezone()
    assert day_and_time(when, date(2025, 12, 31)) == "今天 08:31"
    assert day_and_time(when, date(2025, 12, 30)) == "12月31日 08:31"
    assert day_and_time(when, date(2026, 3, 1)) == "2025年12月31日 08:31"


def test_closing_asks_the_program(qtbot):
    frame = Frame()
    qtbot.addWidget(frame)
    frame.show()
    with qtbot.waitSignal(frame.closing):
        frame.close()
    assert frame.isVisible()
    frame.may_close = True
    assert frame.close()


def test_a_narrow_page_shows_one_half_at_a_time(qtbot, theme, settings):
    first, detail = QWidget(), QWidget()
    page = SplitPage(theme, settings, name="sample")
    page.hold(first, detail)
    qtbot.addWidget(page)
    page.show()
    assert first.isVisible()
    assert detail.isVisible()
    page.set_narrow(True)
    assert (first.isVisible(), detail.isVisible()) == (True, False)
    page.show_detail()
    assert (first.isVisible(), detail.isVisible()) == (False, True)
    assert page.back()
    assert not page.back()
    assert first.isVisible()
    page.set_narrow(False)
    assert (first.isVisible(), detail.isVisible()) == (True, True)
