"""The editor of a member's card: fields, periods, drafts, problems under their fields."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton

from dangjian_desktop.domain.dates import PartialDate
from dangjian_desktop.domain.members.member import MemberKind, Span, kinds_by_dates
from dangjian_desktop.services.members.member_form import Change, entered, identity_says, plain
from dangjian_desktop.ui.look.cover import Cover
from tests.services.make import a_member
from tests.ui.roster_world import choose, names, quiet, show_page

ID = "110101198001010010"
TODAY = date(2026, 3, 31)


def member(desk, name):
    [uid] = desk.roster.find(name)
    return desk.roster.get([uid])[uid]


def editing(qtbot, page, shell, name):
    page.edit(choose(page, name))
    qtbot.waitUntil(lambda: bool(page.editor.uid))
    quiet(qtbot, shell)
    return page.editor


def adding(qtbot, page, shell):
    page.list.new.click()
    quiet(qtbot, shell)
    return page.editor


def line(editor, name):
    return editor.findChild(QLineEdit, name)


def save(qtbot, page, shell):
    page.editor.saver.save_and_leave()
    quiet(qtbot, shell)


def test_a_new_member_is_entered_and_stands_in_the_list(qtbot, page, desk, shell):
    editor = adding(qtbot, page, shell)
    line(editor, "name").insert("卫某")
    QTest.keyClicks(line(editor, "id_number"), ID)
    assert line(editor, "birth_date").text() == "1980-01-01"
    assert editor.body.person.values()["sex"] == "男"
    line(editor, "join_date").setText("2005.7")
    line(editor, "full_date").setText("2006.7")
    editor.body.changes["member_kind"].editor.set_value("formal")
    editor.body.changes["group"].editor.set_value("第一党小组")
    save(qtbot, page, shell)
    qtbot.waitUntil(lambda: "卫某" in names(page))
    stored = member(desk, "卫某")
    assert not page.editing
    assert page.table.current() == stored.id
    assert (stored.id_number, stored.birth_date) == (ID, PartialDate(1980, 1, 1))
    join, full = PartialDate(2005, 7), PartialDate(2006, 7)
    assert stored.kinds == kinds_by_dates(join, full, MemberKind.FORMAL)
    assert stored.groups == (Span("第一党小组"),)
    assert stored.standings == (Span("正常"),)


def test_what_is_missing_is_said_under_its_field(qtbot, page, shell):
    editor = adding(qtbot, page, shell)
    editor.save()
    assert editor.body.person.cells["name"].note.text() == "请填写姓名"
    assert editor.body.changes["member_kind"].note.text() == "请选择人员类别。"
    assert "有 2 处需要改正" in editor.head.state.text()
    assert page.editing


def test_a_wrong_number_is_said_under_the_field_and_blocks_no_typing(qtbot, page, desk, shell):
    editor = editing(qtbot, page, shell, "张三")
    field = line(editor, "id_number")
    QTest.keyClicks(field, "110101198001010011")
    cell = editor.body.person.cells["id_number"]
    assert cell.note.text() == "身份证号校验不符，请对照证件核对。"
    assert "1101" not in cell.note.text()
    QTest.keyClick(field, Qt.Key.Key_Backspace)
    assert cell.note.text() == ""
    QTest.keyClicks(field, "1")
    save(qtbot, page, shell)
    said = [w.text() for w in editor.body.person.findChildren(QLabel) if "校验不符" in w.text()]
    assert said == [cell.note.text()]
    # It can be read as long as it is wrong, and is covered once it is not.
    line(editor, "name").setFocus()
    assert field.echoMode() is QLineEdit.EchoMode.Normal
    field.setText(ID)
    assert field.echoMode() is QLineEdit.EchoMode.Password
    assert member(desk, "张三").id_number is None


def test_a_number_of_somebody_else_is_refused_by_the_library(qtbot, page, desk, shell):
    desk.roster.save(replace(member(desk, "李四"), id_number=ID))
    editor = editing(qtbot, page, shell, "张三")
    QTest.keyClicks(line(editor, "id_number"), ID)
    save(qtbot, page, shell)
    assert editor.body.person.cells["id_number"].note.text() == "身份证号与李四的相同，请核对。"


def test_numbers_are_covered_while_the_cursor_is_elsewhere(qtbot, page, desk, shell):
    desk.roster.save(replace(member(desk, "张三"), id_number=ID, phone="13800138000"))
    editor = editing(qtbot, page, shell, "张三")
    for name in ("id_number", "phone"):
        field = line(editor, name)
        assert field.echoMode() is QLineEdit.EchoMode.Password
        page.window().activateWindow()
        field.setFocus()
        qtbot.waitUntil(lambda f=field: f.echoMode() is QLineEdit.EchoMode.Normal)
        line(editor, "name").setFocus()
        qtbot.waitUntil(lambda f=field: f.echoMode() is QLineEdit.EchoMode.Password)


def test_a_change_of_group_asks_from_which_day_and_keeps_the_past(qtbot, page, desk, shell):
    editor = editing(qtbot, page, shell, "李四")
    group = editor.body.changes["group"]
    assert group.day.isHidden() or not group.day.isVisible()
    group.editor.set_value("第二党小组")
    assert group.day.isVisible()
    assert group.day.text() == "2026-03-31"
    group.day.setText("2026-03-01")
    save(qtbot, page, shell)
    first = PartialDate(2026, 3, 1)
    assert member(desk, "李四").groups == (
        Span("第一党小组", None, first),
        Span("第二党小组", first),
    )


def test_an_error_of_entry_is_corrected_throughout(qtbot, page, desk, shell):
    editor = editing(qtbot, page, shell, "李四")
    group = editor.body.changes["group"]
    group.editor.set_value("第二党小组")
    group.always.click()
    assert not group.day.isEnabled()
    save(qtbot, page, shell)
    assert member(desk, "李四").groups == (Span("第二党小组"),)


def test_a_change_without_its_day_is_not_saved(qtbot, page, desk, shell):
    editor = editing(qtbot, page, shell, "李四")
    group = editor.body.changes["group"]
    group.editor.set_value("第二党小组")
    group.day.clear()
    editor.save()
    assert group.note.text() == "请填写从哪一天起，或选用“更正（一直如此）”。"


def test_full_membership_begins_with_its_approval(qtbot, page, desk, shell):
    editor = editing(qtbot, page, shell, "钱七")
    line(editor, "full_date").setText("2026-03-08")
    line(editor, "full_approved").setText("2026-03-20")
    kind = editor.body.changes["member_kind"]
    kind.editor.set_value("formal")
    assert kind.day.text() == "2026-03-20"
    save(qtbot, page, shell)
    stored = member(desk, "钱七")
    assert stored.kind_on(date(2026, 3, 19)) is MemberKind.PROBATIONARY
    assert stored.kind_on(date(2026, 3, 20)) is MemberKind.FORMAL


def test_who_leaves_stays_among_the_former(qtbot, page, desk, shell):
    editor = editing(qtbot, page, shell, "赵六")
    status = editor.body.changes["status"]
    status.editor.set_value("转出")
    status.day.setText("2026-03-15")
    save(qtbot, page, shell)
    qtbot.waitUntil(lambda: page.list.parts.code() == "former")
    assert names(page) == ["赵六"]
    assert member_of_day(desk, "赵六", date(2026, 3, 14))
    assert not member_of_day(desk, "赵六", date(2026, 3, 15))


def member_of_day(desk, name, day):
    return any(m.name == name for m in desk.roster.roll(day).members)


def test_posts_have_their_own_time(qtbot, page, desk, shell):
    editor = editing(qtbot, page, shell, "赵六")
    posts = editor.body.posts.editor("posts")
    posts.set_value([{"value": "纪检委员", "start": "2026-01-10"}, {"value": "青年委员"}])
    save(qtbot, page, shell)
    stored = member(desk, "赵六")
    assert stored.posts == (Span("青年委员"), Span("纪检委员", PartialDate(2026, 1, 10)))


def test_the_table_of_periods_corrects_them_and_says_what_cannot_be(qtbot, page, desk, shell):
    editor = editing(qtbot, page, shell, "李四")
    editor.body.more.click()
    groups = editor.body.history.editor("groups")
    assert groups.isVisible()
    groups.set_value(
        [
            {"value": "第三党小组", "end": "2025-06-01"},
            {"value": "第一党小组", "start": "2025-06-01", "end": "2024-01-01"},
        ]
    )
    editor.save()
    assert (
        editor.body.history.cells["groups"].note.text() == "第2行：结束日期早于开始日期，请核对。"
    )
    groups.set_value(
        [
            {"value": "第三党小组", "end": "2025-06-01"},
            {"value": "第二党小组", "start": "2025-06-01"},
        ]
    )
    assert editor.body.changes["group"].editor.value() == "第二党小组"
    save(qtbot, page, shell)
    border = PartialDate(2025, 6, 1)
    assert member(desk, "李四").groups == (
        Span("第三党小组", None, border),
        Span("第二党小组", border),
    )


def test_a_draft_is_kept_by_itself_and_found_again_after_a_kill(qtbot, page, desk, shell):
    editor = editing(qtbot, page, shell, "李四")
    line(editor, "work_post").insert("电工")
    editor.body.changes["group"].editor.set_value("第二党小组")
    assert editor.keeper._idle.interval() == 1_000
    assert editor.keeper._latest.interval() == 5_000
    with qtbot.waitSignal(editor.keeper.kept, timeout=3_000):
        pass
    assert "已自动保存" in editor.head.state.text()
    again = show_page(qtbot, desk, shell)
    qtbot.waitUntil(again.list.drafts.isVisible)
    assert "李四" in again.list.drafts.findChild(QLabel).text()
    again.list.drafts.findChild(QPushButton, "draft.resume").click()
    qtbot.waitUntil(lambda: bool(again.editor.uid))
    quiet(qtbot, shell)
    found = again.editor
    assert line(found, "work_post").text() == "电工"
    assert found.body.changes["group"].editor.value() == "第二党小组"
    save(qtbot, again, shell)
    assert member(desk, "李四").work_post == "电工"
    assert desk.drafts.all("member") == ()


def test_a_person_never_saved_comes_back_from_the_draft_as_the_same_record(
    qtbot, page, desk, shell
):
    editor = adding(qtbot, page, shell)
    line(editor, "name").insert("卫某")
    uid = editor.uid
    assert page.back()
    quiet(qtbot, shell)
    qtbot.waitUntil(page.list.drafts.isVisible)
    page.list.drafts.findChild(QPushButton, "draft.resume").click()
    qtbot.waitUntil(lambda: bool(page.editor.uid))
    quiet(qtbot, shell)
    assert page.editor.uid == uid
    page.editor.body.changes["member_kind"].editor.set_value("probationary")
    save(qtbot, page, shell)
    assert member(desk, "卫某").id == uid


def test_a_draft_can_be_given_up(qtbot, page, desk, shell):
    editor = editing(qtbot, page, shell, "李四")
    line(editor, "work_post").insert("电工")
    editor.keep()
    qtbot.waitUntil(editor.head.drop.isVisible)
    editor.head.drop.click()
    quiet(qtbot, shell)
    assert not line(editor, "work_post").text()
    assert desk.drafts.all("member") == ()
    assert member(desk, "李四").work_post is None


def test_a_character_that_no_face_has_is_said_at_the_name(qtbot, page, shell):
    editor = adding(qtbot, page, shell)
    note = editor.body.person.findChild(QLabel, "name.note")
    line(editor, "name").setText("王\U000323af")
    qtbot.waitUntil(lambda: "没有“\U000323af”" in note.text(), timeout=20_000)
    line(editor, "name").setText("王𠮷")
    qtbot.waitUntil(lambda: note.text() == "", timeout=20_000)


def test_what_the_form_shows_of_a_member_comes_back_as_the_same_member():
    stored = replace(
        a_member("王五", id_number=ID, phone="13800138000", note="一\n二"),
        posts=(Span("组织委员", PartialDate(2024, 5), PartialDate(2025)), Span("宣传委员")),
        waived=(Span("长期患病", PartialDate(2025, 1, 2)),),
    )
    again = entered(stored.id, stored, plain(stored), {}, TODAY)
    assert replace(again, posts=()) == replace(stored, posts=())
    assert set(again.posts) == set(stored.posts)


def test_kinds_follow_corrected_dates_of_admission():
    stored = a_member("王五")
    values = plain(stored) | {"full_date": "2011-08-01"}
    again = entered(stored.id, stored, values, {}, TODAY)
    assert again.kind_on(date(2011, 7, 15)) is MemberKind.PROBATIONARY
    assert again.kind_on(date(2011, 8, 1)) is MemberKind.FORMAL


def test_a_correction_touches_the_present_period_alone():
    border = PartialDate(2025, 1, 1)
    spans = (Span("第一党小组", None, border), Span("第二党小组", border))
    assert Change("第三党小组").applied(spans, TODAY) == (spans[0], Span("第三党小组", border))
    assert Change(None).applied(spans, TODAY) == (spans[0],)


def test_a_number_says_birth_and_sex_and_an_empty_one_nothing():
    assert identity_says(ID).birth == "1980-01-01"
    assert identity_says(ID).sex == "男"
    assert identity_says("") == identity_says("  ")
    assert identity_says("123").problem == "身份证号应为18位，请核对。"


def test_a_new_person_of_a_known_name_is_asked_about(qtbot, page, desk, shell):
    editor = adding(qtbot, page, shell)
    note = editor.findChild(QLabel, "name.same")
    line(editor, "name").setText("张 三")
    assert "可能是同一人" in note.text()
    assert note.isVisibleTo(editor)
    line(editor, "name").setText("张三丰")
    assert not note.isVisibleTo(editor)


def test_a_reading_that_is_typed_sorts_and_finds_the_name(qtbot, page, desk, shell):
    editor = editing(qtbot, page, shell, "张三")
    line(editor, "pinyin").setText("zang sān")
    save(qtbot, page, shell)
    assert member(desk, "张三").sort_key == "zang san1"
    assert desk.roster.find("zangs") == [member(desk, "张三").id]


def test_a_number_is_covered_after_a_minute_in_which_nobody_typed(qtbot, page, desk, shell):
    desk.roster.save(replace(member(desk, "张三"), id_number=ID))
    editor = editing(qtbot, page, shell, "张三")
    field, mode = line(editor, "id_number"), QLineEdit.EchoMode
    page.window().activateWindow()
    field.setFocus()
    qtbot.waitUntil(lambda: field.echoMode() is mode.Normal)
    [cover] = field.findChildren(Cover)
    assert (cover.timer.interval(), cover.timer.isActive()) == (60_000, True)
    cover.timer.timeout.emit()
    assert field.echoMode() is mode.Password
    QTest.keyClick(field, Qt.Key.Key_Left)
    assert field.echoMode() is mode.Normal
    cover.timer.timeout.emit()
    QTest.mouseClick(field, Qt.MouseButton.LeftButton)
    assert (field.echoMode(), cover.timer.isActive()) == (mode.Normal, True)
    line(editor, "name").setFocus()
    qtbot.waitUntil(lambda: not cover.timer.isActive())
