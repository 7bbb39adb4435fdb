"""The page of a record that is only declared: through list, card and editor, as a person does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from dangjian_desktop.domain.references import Link, Person
from dangjian_desktop.ui.home.gathering import load_home
from dangjian_desktop.ui.look.lines import Lines
from dangjian_desktop.ui.shared_page import shared_page
from tests.letters import LETTER, Letter, declare_letters
from tests.services.make import a_meeting
from tests.ui.roster_world import Chosen, a_desk, held, quiet

UID = "11111111-1111-4111-8111-111111111111"


@pytest.fixture
def desk(tmp_path, monkeypatch):
    declare_letters(monkeypatch)
    made = a_desk(tmp_path)
    yield made
    made.close()


@pytest.fixture
def page(qtbot, desk, shell):
    return held(qtbot, desk, shell, shared_page(LETTER, desk, shell))


def a_letter(desk, **changes) -> Letter:
    member = desk.meetings.members()[0]
    letter = Letter(
        id=UID,
        day=date(2026, 3, 5),
        person=Person("李四方"),
        matter="井口候车室没有暖气",
        handlers=(Person(member.name, member.id),),
        phone="13800001234",
    )
    return replace(letter, **changes)


def cell(page, name):
    return page.editor.body.form.cells[name]


def test_a_letter_is_written_in_the_editor_and_stands_in_the_list(qtbot, desk, shell, page):
    page.start_new()
    qtbot.waitUntil(lambda: bool(page.editor.uid))
    assert cell(page, "day").value() == "2026-03-31"
    cell(page, "person").set_value("李四方")
    cell(page, "matter").editor.focusProxy().setFocus()
    QTest.keyClicks(cell(page, "matter").editor.focusProxy(), "road")
    page.editor.saver.save_and_leave()
    quiet(qtbot, shell)
    qtbot.waitUntil(lambda: len(page.table.model.ids) == 1)
    [letter] = desk.shared["letter"].all()
    assert (letter.person, letter.matter) == (Person("李四方"), "road")
    qtbot.waitUntil(lambda: page.card.title.text() == "李四方来信")


def test_files_are_added_in_the_form_and_stay_with_the_letter(qtbot, desk, shell, page, tmp_path):
    scan = tmp_path / "来信.pdf"
    scan.write_bytes(b"%PDF-1.4 scan")
    shell.choosers = Chosen(scan)
    desk.shared["letter"].save(a_letter(desk))
    page.edit(UID)
    qtbot.waitUntil(lambda: page.editor.uid == UID)
    page.editor.body.findChild(QPushButton, "scans").click()
    qtbot.waitUntil(lambda: bool(cell(page, "scans").value()))
    page.editor.saver.save_and_leave()
    qtbot.waitUntil(lambda: not page.editing)
    [letter] = desk.shared["letter"].all()
    assert letter.scans[0].name == "来信.pdf"
    handed = desk.record_files.hand_out(letter.scans[0], tmp_path / "取出")
    assert handed.read_bytes() == b"%PDF-1.4 scan"
    page.edit(UID)
    quiet(qtbot, shell)
    assert [each["title"] for each in cell(page, "scans").value()] == ["来信.pdf"]
    chips = cell(page, "scans").findChildren(QPushButton, "picked")
    next(chip for chip in chips if not chip.isHidden()).click()
    page.editor.saver.save_and_leave()
    qtbot.waitUntil(lambda: not page.editing)
    assert desk.shared["letter"].all()[0].scans == ()


def test_what_is_missing_is_said_at_its_field_and_the_draft_is_kept(qtbot, desk, shell, page):
    page.start_new()
    qtbot.waitUntil(lambda: bool(page.editor.uid))
    cell(page, "matter").set_value("路")
    page.editor.save()
    quiet(qtbot, shell)
    assert page.editor.body.form.cells["person"].note.text() == "请填写来信人"
    assert desk.shared["letter"].all() == ()
    [draft] = desk.drafts.all("letter")
    assert draft.content["matter"] == "路"
    assert "来信来访草稿" in str(load_home(desk))


def test_a_stored_letter_is_opened_changed_and_its_link_stays(qtbot, desk, shell, page):
    [meeting] = desk.meetings.import_json(a_meeting())["ids"]
    desk.shared["letter"].save(a_letter(desk, meetings=(Link("meeting", meeting),)))
    qtbot.waitUntil(lambda: [*page.table.model.ids] == [UID])
    page.edit(UID)
    qtbot.waitUntil(lambda: page.editor.uid == UID)
    assert cell(page, "meetings").value()[0]["title"].startswith("2026-03-18")
    cell(page, "group").set_value("一组")
    cell(page, "answered").set_value("2026-03-20")
    page.editor.saver.save_and_leave()
    quiet(qtbot, shell)
    letter = desk.shared["letter"].one(UID)
    assert letter.answered == date(2026, 3, 20)
    assert letter.meetings == (Link("meeting", meeting),)
    assert letter.handlers == a_letter(desk).handlers
    shown = page.findChild(Lines)
    qtbot.waitUntil(lambda: "2026-03-18" in shown.values["研究的会议"].text())


def test_a_link_to_what_is_gone_says_so_and_stays_what_it_was(qtbot, desk, shell, page):
    gone = Link("meeting", "22222222-2222-4222-8222-222222222222")
    desk.shared["letter"].save(a_letter(desk, meetings=(gone,)))
    quiet(qtbot, shell)
    page.edit(UID)
    qtbot.waitUntil(lambda: page.editor.uid == UID)
    assert cell(page, "meetings").value()[0]["title"] == "（已不存在）"
    cell(page, "group").set_value("一组")
    page.editor.saver.save_and_leave()
    quiet(qtbot, shell)
    assert desk.shared["letter"].one(UID).meetings == (gone,)


def test_the_list_covers_what_is_masked_narrows_and_deletes_with_undo(qtbot, desk, shell, page):
    desk.shared["letter"].save(a_letter(desk))
    qtbot.waitUntil(lambda: page.table.model.rowCount() == 1)
    columns = [column.code for column in page.table.model.columns]
    shown = page.table.model.index(0, columns.index("phone")).data()
    assert "1380" not in str(shown)
    page.list.filter.setText("没有这个")
    qtbot.waitUntil(lambda: page.table.model.rowCount() == 0)
    page.list.filter.clear()
    qtbot.waitUntil(lambda: page.table.model.rowCount() == 1)
    page.table.select(UID)
    quiet(qtbot, shell)
    QTest.keyClick(page.table.view, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: page.table.model.rowCount() == 0)
    assert desk.shared["letter"].find() == []


def test_a_record_is_revealed_whatever_the_list_is_narrowed_to(qtbot, desk, shell, page):
    desk.shared["letter"].save(a_letter(desk))
    old = a_letter(desk, id=UID.replace("1111-4", "2222-4"), day=date(2020, 1, 2))
    desk.shared["letter"].save(old)
    quiet(qtbot, shell)
    page.focus_record(old.id)
    qtbot.waitUntil(lambda: page.table.current() == old.id)
    QTest.keyClick(page.table.view, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.editor.uid == old.id)
