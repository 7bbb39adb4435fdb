"""The list of members, the card beside it, export, print and delete."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton

from dangjian_desktop.domain.branch import Branch
from dangjian_desktop.domain.dates import PartialDate
from dangjian_desktop.domain.members.member import Span, changed_from
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.library.branch import new_library
from dangjian_desktop.services.members.listing import GROUP
from dangjian_desktop.ui.members.importing import ImportSteps
from dangjian_desktop.ui.members.paper import RosterPaper
from tests.services.make import a_meeting, a_member, clock
from tests.ui.dropping import drop
from tests.ui.roster_world import Chosen, choose, names, quiet, show_page

ID = "110101198001010010"


@pytest.fixture
def page(qtbot, desk, shell):
    return show_page(qtbot, desk, shell)


def member(desk, name):
    [uid] = desk.roster.find(name)
    return desk.roster.get([uid])[uid]


def test_the_list_shows_the_members_by_pinyin_and_counts_them(page):
    expected = ["冯二", "李四", "钱七", "孙八", "王五", "吴十", "张三", "赵六", "郑一", "周九"]
    assert names(page) == expected
    assert page.table.foot.text() == "在册 10 人，正式 9，预备 1，男 0，女 0，性别待补 10"


def test_typing_initials_or_a_name_narrows_the_list(qtbot, page):
    QTest.keyClicks(page.list.filter, "zs")
    qtbot.waitUntil(lambda: names(page) == ["张三"])
    page.list.filter.setText("五")
    qtbot.waitUntil(lambda: names(page) == ["王五"])
    page.list.filter.setText("没有此人")
    qtbot.waitUntil(lambda: names(page) == [])


def test_chips_show_parts_of_the_roster(qtbot, page, desk, shell):
    qtbot.mouseClick(page.list.parts.chip("probationary"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: names(page) == ["钱七"])
    assert "本列表 1 人" in page.table.foot.text()
    qtbot.mouseClick(page.list.parts.chip(GROUP + "第一党小组"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(names(page)) == 10)
    left = (Span("正常", None, PartialDate(2026, 3, 1)), Span("转出", PartialDate(2026, 3, 1)))
    desk.roster.save(replace(member(desk, "赵六"), standings=left))
    qtbot.waitUntil(lambda: "赵六" not in names(page))
    qtbot.mouseClick(page.list.parts.chip("former"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: names(page) == ["赵六"])


def test_the_roster_of_an_earlier_day_shows_what_held_then(qtbot, page, desk, shell):
    moved = replace(
        member(desk, "李四"),
        groups=changed_from((Span("第一党小组"),), "第二党小组", date(2026, 2, 1)),
    )
    desk.roster.save(moved)
    uid = choose(page, "李四")
    qtbot.waitUntil(lambda: "第二党小组" in page.card.line.text())
    day = page.list.findChild(QLineEdit, "roster.day")
    day.setText("2026-01-31")
    qtbot.waitUntil(lambda: "第一党小组" in page.card.line.text())
    assert page.table.current() == uid
    day.setText("2026-01-07")
    qtbot.waitUntil(lambda: "钱七" not in names(page))


def test_personal_numbers_are_masked_and_uncovered_for_a_minute(qtbot, page, desk):
    desk.roster.save(replace(member(desk, "张三"), id_number=ID, phone="13800138000"))
    choose(page, "张三")
    secret = page.detail.id_number
    qtbot.waitUntil(lambda: secret.text.text() == "110101********0010")
    assert page.detail.phone.text.text() == "138****8000"
    qtbot.mouseClick(secret.show_button, Qt.MouseButton.LeftButton)
    assert secret.text.text() == ID
    assert secret.timer.interval() == 60_000
    secret.timer.timeout.emit()
    assert secret.text.text() == "110101********0010"
    qtbot.mouseClick(secret.show_button, Qt.MouseButton.LeftButton)
    left = []
    page.leave(lambda: left.append(1))
    assert left == [1]
    assert secret.text.text() == "110101********0010"


def test_the_card_lists_the_talks_of_the_member_and_leads_to_them(qtbot, page, desk, shell):
    by_name = {name: member(desk, name) for name in ("张三", "赵六", "孙八")}
    fact = {"place": "会议室"}
    talk = {"day": "2026-03-05", "talkers": [{"name": "张三"}], "partners": [{"name": "赵六"}]}
    more = {"day": "2026-03-06", "occasion": "illness", "follow_by": {"name": "孙八"}} | fact
    desk.shared["heart_talk"].import_json([talk, talk | more])
    asked = []
    page.detail.asked.connect(lambda place, uid: asked.append((place, uid)))

    def lines():
        shown = page.detail.findChildren(QPushButton, "card.heart_talk")
        return [line.toolTip() for line in shown if line.isVisibleTo(page.detail)]

    choose(page, "赵六")
    talks = ["2026-03-06　与张三　生病住院", "2026-03-05　与张三"]
    qtbot.waitUntil(lambda: lines() == talks)
    page.detail.findChildren(QPushButton, "card.heart_talk")[-1].click()
    page.detail.talk.click()
    first = next(t.id for t in desk.shared["heart_talk"].all() if t.day.day == 5)
    zhao = by_name["赵六"]
    assert asked == [("heart_talk", first), ("heart_talk", f"new//赵六/{zhao.id}")]
    choose(page, "张三")
    qtbot.waitUntil(lambda: lines() == [line.replace("张三", "赵六") for line in talks])
    choose(page, "孙八")
    qtbot.waitUntil(lambda: lines() == [])
    quiet(qtbot, shell)


def test_columns_with_personal_numbers_are_hidden_until_asked_for(page):
    codes = [column.code for column in page.table.model.columns]
    for code in ("phone", "id_number"):
        assert page.table.view.isColumnHidden(codes.index(code))
    assert not page.table.view.isColumnHidden(codes.index("groups"))


def test_what_is_missing_is_marked_and_named(qtbot, page):
    uid = choose(page, "张三")
    row = page.table.model.record(uid)
    assert row.missing == ("身份证号", "性别", "民族", "出生日期", "学历")
    words = "待补：身份证号、性别、民族、出生日期、学历"
    qtbot.waitUntil(lambda: page.detail.missing.text() == words)
    page.list.parts.chip("wanting").click()
    qtbot.waitUntil(lambda: "本列表" in page.table.foot.text() or len(names(page)) == 10)


def test_the_card_tells_changes_and_the_last_sittings(qtbot, page, desk, shell):
    desk.meetings.import_json(a_meeting())
    choose(page, "郑一")
    card = page.detail
    # The change is told too, and the card made anew: the lines before it go with the next event.
    qtbot.waitUntil(lambda: len(card.findChildren(QPushButton, "card.meetings")) == 1)
    [line] = card.findChildren(QPushButton, "card.meetings")
    assert line.text() == "2026-03-18　支部党员大会　请假（出差）"
    assert "2011-07-01 起　正式党员" in card.past.text()
    with qtbot.waitSignal(shell.place_asked) as asked:
        line.click()
    assert asked.args[0] == "meetings"


def test_a_member_named_in_minutes_is_not_deleted_and_the_reason_is_said(qtbot, page, desk, shell):
    desk.meetings.import_json(a_meeting())
    choose(page, "张三")
    with qtbot.waitSignal(shell.messages.noticed) as said:
        page.card.findChild(QPushButton, "member.delete").click()
    assert "已登记在1次会议中" in said.args[0].text
    assert "张三" in names(page)


def test_a_member_entered_by_mistake_is_deleted_and_brought_back(qtbot, page, shell):
    toasts = []
    shell.toasted.connect(toasts.append)
    choose(page, "张三")
    QTest.keyClick(page.table.view, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: "张三" not in names(page))
    qtbot.waitUntil(lambda: bool(toasts))
    assert toasts[0].text == "已移入回收站：张三"
    toasts[0].undo()
    qtbot.waitUntil(lambda: "张三" in names(page))


@pytest.mark.parametrize(("masked", "shown"), [(True, "110101********0010"), (False, ID)])
def test_the_roster_goes_to_excel_with_or_without_numbers(
    qtbot, page, desk, shell, tmp_path, masked, shown
):
    desk.roster.save(replace(member(desk, "张三"), id_number=ID))
    shell.choosers = Chosen(tmp_path / "名册.xlsx")
    with qtbot.waitSignal(shell.toasted) as said:
        page.findChild(QPushButton, "roster.excel").menu().actions()[0 if masked else 1].trigger()
    assert said.args[0].text == "已导出 10 人：名册.xlsx"
    assert shell.choosers.suggested == ["党员名册（2026-03-31）.xlsx"]
    sheet = load_workbook(tmp_path / "名册.xlsx").active
    assert shown in {cell.value for row in sheet.iter_rows() for cell in row}


def test_import_and_paper_are_made_when_they_are_wanted(qtbot, desk, shell, monkeypatch):
    made = []
    for kind in (ImportSteps, RosterPaper):
        make = partial(_told, made, kind)
        monkeypatch.setattr(f"dangjian_desktop.ui.members.roster.{kind.__name__}", make)
    page = show_page(qtbot, desk, shell)
    assert made == []
    page.findChild(QPushButton, "roster.import").click()
    assert made == [ImportSteps]
    assert page.back()
    page.findChild(QPushButton, "roster.paper").click()
    assert made == [ImportSteps, RosterPaper]
    quiet(qtbot, shell)


def _told(made, kind, *given):
    made.append(kind)
    return kind(*given)


def test_the_roster_is_previewed_and_written_as_word_and_pdf(qtbot, page, shell, tmp_path):
    page.findChild(QPushButton, "roster.paper").click()
    paper = page.findChild(RosterPaper)
    qtbot.waitUntil(lambda: paper.pane.preview.pdf.startswith(b"%PDF"), timeout=20_000)
    shell.choosers = Chosen(tmp_path / "out")
    for each, suffix in ((paper.pane.word, ".docx"), (paper.pane.pdf, ".pdf")):
        with qtbot.waitSignal(shell.toasted, timeout=20_000):
            each.click()
        assert [f.suffix for f in (tmp_path / "out").iterdir()].count(suffix) == 1
    assert page.back()
    assert page.table.isVisible()
    quiet(qtbot, shell)


def test_a_record_found_elsewhere_is_shown_even_among_the_former(qtbot, page, desk):
    left = (Span("正常", None, PartialDate(2026, 3, 1)), Span("转出", PartialDate(2026, 3, 1)))
    gone = desk.roster.save(a_member("卫某", standings=left))
    page.focus_record(gone.id)
    qtbot.waitUntil(lambda: page.table.current() == gone.id)
    assert page.list.parts.code() == "former"


def test_the_first_step_of_a_new_library_opens_the_import(qtbot, page):
    page.focus_record("/import")
    qtbot.waitUntil(lambda: page.findChild(ImportSteps) is not None)
    qtbot.waitUntil(lambda: page.findChild(ImportSteps).isVisible())


def test_a_file_dropped_on_the_page_begins_an_import(qtbot, page, shell, samples):
    drop(page, samples / "花名册-规范.xlsx")
    importing = page.findChild(ImportSteps)
    qtbot.waitUntil(lambda: importing.step == 1)
    assert importing.isVisible()


def test_an_empty_roster_offers_the_import(qtbot, shell, tmp_path):
    library = new_library(tmp_path / "空.dangjian", Branch(name="中共测试公司机关党支部"))
    desk = Desk(library, clock)
    page = show_page(qtbot, desk, shell)
    step = next(b for b in page.table.findChildren(QPushButton) if "导入花名册" in b.text())
    assert step.isVisible()
    step.click()
    assert page.findChild(ImportSteps).isVisible()
    quiet(qtbot, shell)
    library.close()


def test_the_first_member_is_shown_at_once_and_the_usual_columns_fit(page):
    assert page.card.uid == page.table.model.ids[0]
    view = page.table.view
    shown = [c.title for n, c in enumerate(page.table.model.columns) if not view.isColumnHidden(n)]
    assert shown[4:] == ["人员类别", "党小组", "党内职务", "入党时间"]
    assert view.horizontalScrollBar().maximum() == 0
