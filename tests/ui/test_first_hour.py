"""The first hour of a branch with the program: one story, from nothing to the papers of the next
meeting; each step can be left and is found again, and nothing on the way blames anybody."""

from __future__ import annotations

import re
from contextlib import closing
from datetime import datetime

import pytest
from openpyxl import load_workbook
from pypdfium2 import PdfDocument
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QPushButton

from dangjian_desktop.domain.branch import Branch
from dangjian_desktop.domain.members.member import MemberKind
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.library.branch import new_library
from dangjian_desktop.ui.members.deciding import DecideBar
from dangjian_desktop.ui.members.importing import ImportSteps

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
NAME = "中共甲公司综采一队支部委员会"
CODE = re.compile(r"\b[A-Z]{1,4}-[A-Z0-9]+\b")


def clock():
    return datetime.fromisoformat("2026-11-20T09:00")


def a_new_desk(file, name, superior):
    return Desk(new_library(file, Branch(name=name, superior=superior)), clock)


class Chosen:
    """Answers a file chooser with one path."""

    def __init__(self, path):
        self.path = path

    def folder(self, _parent, _title, then, *, purpose):
        then(self.path)


class Hour:
    """The running program as somebody sees it: what can be read, pressed and typed into."""

    def __init__(self, qtbot, program):
        self.qtbot, self.program, self.sent = qtbot, program, []

    @property
    def shown(self):
        return self.program.window or self.program.first

    def quiet(self):
        for _ in range(2):
            self.qtbot.waitUntil(lambda: not self.program.jobs.busy)

    def until(self, done):
        self.qtbot.waitUntil(done)
        self.quiet()

    def find(self, kind, name):
        return [w for w in self.shown.findChildren(kind, name) if w.isVisible()]

    def press(self, name):
        self.qtbot.waitUntil(lambda: bool(self.find(QPushButton, name)))
        self.find(QPushButton, name)[0].click()
        self.quiet()

    def words(self):
        kinds = (QLabel, QPushButton)
        return "\n".join(w.text() for k in kinds for w in self.shown.findChildren(k) if seen(w))

    def reads(self, *wanted):
        self.qtbot.waitUntil(lambda: all(words in self.words() for words in wanted))
        self.nobody_is_blamed()

    def nobody_is_blamed(self):
        labels = [w for w in self.shown.findChildren(QLabel) if seen(w) and w.text()]
        assert [w.text() for w in labels if w.property("look") in ("problem", "bad")] == []
        assert CODE.findall(self.words()) == []
        assert "说明情况" not in self.words()

    def go(self, place, uid=""):
        self.program.window.go(place, uid)
        self.until(lambda: self.program.window.page(place) is not None)
        return self.program.window.page(place)

    def home(self):
        page = self.go("home")
        self.until(lambda: page._sheet is not None)
        return page


def seen(widget):
    return widget.isVisible()


@pytest.fixture
def hour(qtbot, a_program):
    program = a_program(new=a_new_desk)
    program.frame.setMinimumSize(1366, 768)
    program.start(None)
    return Hour(qtbot, program)


def the_roster(samples, folder):
    """The messy roster, and one more person of whom it does not say what he is."""
    book = load_workbook(samples / "花名册-混乱.xlsx")
    sheet = book.active
    assert sheet.cell(46, 2).value is None
    sheet.cell(46, 2, "卫某")
    sheet.cell(46, 9, "第一党小组")
    file = folder / "花名册.xlsx"
    book.save(file)
    return file


def drop(page, file):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    how = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton)
    none = Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(page, QDragEnterEvent(QPoint(5, 5), *how, none))
    QApplication.sendEvent(page, QDropEvent(QPointF(5, 5), *how, none))


def text_of(pdf):
    with closing(PdfDocument(pdf)) as document:
        return "".join(page.get_textpage().get_text_range() for page in document)


def shows(hour, preview, words):
    """Wait for a page on which these words stand."""

    def there():
        # Two threads must not read papers at once.
        still = not hour.program.jobs.busy and preview.pdf.startswith(b"%PDF")
        return still and words in text_of(preview.pdf)

    hour.until(there)


def begin(hour, folder):
    """What the program is, and a new library."""
    hour.reads("不联网", "涉及国家秘密的内容，请勿录入", "一个支部一个文件")
    hour.program.shell.choosers = Chosen(folder)
    hour.press("new")
    hour.program.first.new.name.insert(NAME)
    hour.press("first.back")
    hour.press("new")
    assert hour.program.first.new.name.text() == NAME
    hour.program.first.new.superior.insert("中共甲公司委员会")
    hour.press("choose_place")
    hour.reads("涉及国家秘密的内容，请勿录入", f"备份在 {folder / NAME}.copies")
    hour.press("make")
    hour.until(lambda: hour.program.desk is not None)
    places = hour.program.window._places
    hour.until(lambda: bool(places) and all(place.ready for place in places.values()))
    hour.reads("先做好这几步", "党员名册", "支部信息", "第一次会议")
    assert (folder / f"{NAME}.dangjian").is_file()


def take_the_roster(hour, file):
    """Dropped, left, found again, imported; the undecided decided; printed."""
    hour.press("step.roster")
    page = hour.program.window.page("roster")
    steps = page.findChild(ImportSteps)
    drop(page, file)
    hour.until(lambda: steps.step == 1)
    hour.home()
    hour.press("step.roster")
    hour.until(lambda: steps.step == 1)
    assert "将新增 37 人" in steps.found.summary.text()
    hour.press("import.next")
    [consent] = hour.find(QCheckBox, "import.partly")
    assert not steps.agree.run.isEnabled()
    consent.click()
    hour.press("import.run")
    hour.until(lambda: steps.step == 3)
    assert "新增 37 人" in steps.done.words.text()
    assert "（共 39 行）" in steps.done.words.text()
    hour.press("import.decide")
    bar = page.findChild(DecideBar)
    hour.until(bar.isVisible)
    bar.everybody.click()
    bar.buttons[MemberKind.FORMAL].click()
    hour.until(lambda: not bar.isVisible())
    hour.press("roster.paper")
    paper = page.findChild(QPushButton, "paper.back").parent()
    shows(hour, paper.pane.preview, "卫某")
    hour.press("paper.back")
    hour.nobody_is_blamed()


def confirm_the_branch(hour):
    """Its kind of unit, and the committee and groups as the roster has them."""
    hour.home()
    hour.press("step.branch")
    page = hour.program.window.page("settings")
    hour.until(lambda: not page.parts.waiting)
    card = page.composition
    hour.until(lambda: bool(card.findChildren(QPushButton, "composition.person")))
    told = [w.text() for k in (QLabel, QPushButton) for w in card.findChildren(k)]
    for words in ("党支部书记", "邓涛", "党支部副书记", "高玉珍", "第一党小组", "14人，组长"):
        assert words in told
    page.branch.dates.editor("unit_kind").focusProxy().setCurrentIndex(1)
    hour.press("branch.save")
    hour.press("composition.confirm")
    hour.until(lambda: "2026年11月20日已核对" in card.state.text())
    home = hour.home()
    hour.until(lambda: not home.findChildren(QPushButton, "step.branch"))


def type_into(hour, body, name, text):
    line = body.head.cells[name].editor.focusProxy()
    line.setFocus()
    line.clear()
    hour.qtbot.keyClicks(line, text)
    hour.qtbot.keyClick(line, Qt.Key.Key_Tab)


def a_new_meeting(hour, kind):
    page = hour.go("meetings", f"new/{kind}")
    hour.until(lambda: page.editing and page.editor.body is not None)
    return page


def write_minutes(hour):
    """Last week's 支委会 by initials, left and found again, the page beside it, printed."""
    page = a_new_meeting(hour, "committee_meeting")
    body = page.editor.body
    type_into(hour, body, "date", "11.13")
    type_into(hour, body, "start", "1500")
    for name, initials in (("host", "dt"), ("recorder", "mxy")):
        line = body.head.cells[name].editor.focusProxy()
        hour.qtbot.keyClicks(line, initials)
        hour.qtbot.keyClick(line, Qt.Key.Key_Return)
    names = body.attendance.names
    for initials in ("dt", "gyz", "hj", "ml", "mxy"):
        hour.qtbot.keyClicks(names, initials)
        hour.qtbot.keyClick(names, Qt.Key.Key_Return)
    item = body.agenda.cards[0]
    item.topic.editor.line.insert("研究十一月主题党日安排")
    if not page.editor.aside.isVisible():
        hour.press("editor.preview")
    shows(hour, page.editor.aside.preview, "研究十一月")
    hour.home()
    hour.reads("会议记录草稿")
    hour.press("todo.go")
    hour.until(lambda: page.editing and page.editor.body is not None)
    item = page.editor.body.agenda.cards[0]
    assert item.topic.editor.line.text() == "研究十一月主题党日安排"
    item.content.editor.area.setPlainText("讨论主题党日的时间、地点和内容。")
    hour.press("editor.done")
    hour.until(lambda: not page.editing)
    page.split.show_detail()
    shows(hour, page.detail.preview, "研究十一月")
    page.detail.papers.printer.ask = lambda pdfs, title: hour.sent.append(title)
    hour.press("meeting.print")
    hour.until(lambda: hour.sent == ["会议记录"])
    hour.nobody_is_blamed()
    return page


def prepare_the_next(hour):
    """The next 党员大会: notice, agenda and sign-in sheet before it."""
    page = a_new_meeting(hour, "general_meeting")
    body = page.editor.body
    type_into(hour, body, "date", "11.27")
    type_into(hour, body, "start", "1430")
    body.head.cells["place"].editor.focusProxy().setText("三楼会议室")
    body.agenda.cards[0].topic.editor.line.insert("通报年度工作")
    hour.press("editor.done")
    hour.until(lambda: not page.editing)
    page.split.show_detail()
    for code, title, words in (
        ("notice", "会议通知", "三楼会议室"),
        ("agenda", "议程", "通报年度工作"),
        ("signin", "签到表", "卫某"),
    ):
        page.detail.layouts.chip(code).click()
        shows(hour, page.detail.preview, words)
        hour.press("meeting.print")
        hour.until(lambda title=title: hour.sent[-1] == title)
    hour.nobody_is_blamed()


def test_the_first_hour(hour, samples, tmp_path):
    begin(hour, tmp_path)
    take_the_roster(hour, the_roster(samples, tmp_path))
    confirm_the_branch(hour)
    write_minutes(hour)
    prepare_the_next(hour)
    hour.home()
    hour.reads(f"备份在 {tmp_path / NAME}.copies", "本月还差2项")
