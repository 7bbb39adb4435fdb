"""What every editor of records promises: typing is kept, saving stays, leaving waits."""

from __future__ import annotations

import os
import stat

import pytest
from PySide6.QtGui import QKeySequence

from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.errors import BlockedError
from tests.ui.records.editors_world import a_case, opened

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
ERRORS = (
    BlockedError("磁盘已满。", "请腾出空间后再试。"),
    OSError("stick pulled"),
    RuntimeError("a bug"),
)


def told(signal):
    heard = []
    signal.connect(lambda *args: heard.append(args))
    return heard


def test_what_is_typed_is_kept_by_itself_and_found_again(qtbot, case, desk):
    case.write("写到一半")
    qtbot.waitUntil(lambda: desk.drafts.get(case.form, case.uid) is not None)
    qtbot.waitUntil(lambda: "已自动保存" in case.editor.head.state.text())
    opened(qtbot, case, case.other)
    assert case.written() != "写到一半"
    opened(qtbot, case, case.uid)
    assert case.written() == "写到一半"
    assert "自动保存的草稿" in case.editor.head.found_words.text()


def test_saving_stays_by_key_and_by_button(qtbot, case, desk):
    left = told(case.editor.left)
    case.write("改过的")
    qtbot.keySequence(case.editor, QKeySequence("Ctrl+S"))
    qtbot.waitUntil(lambda: case.kept() == "改过的")
    qtbot.waitUntil(lambda: case.editor.head.state.text().endswith("已保存"))
    assert desk.drafts.get(case.form, case.uid) is None
    case.write("又改过的")
    case.editor.head.save.click()
    qtbot.waitUntil(lambda: case.kept() == "又改过的")
    qtbot.waitUntil(lambda: not case.editor.saver.busy)
    assert left == []
    assert case.written() == "又改过的"


def test_the_other_button_saves_and_goes_back(qtbot, case):
    left = told(case.editor.left)
    case.write("改过的")
    case.editor.head.done.click()
    qtbot.waitUntil(lambda: left == [(case.uid,)])
    assert case.kept() == "改过的"


def test_what_no_paper_can_print_is_told_after_saving(qtbot, case, toasts):
    if case.form == "made_up":
        pytest.skip("it is saved by the test itself, not by a service that cleans")
    case.write("改过\u202e的\x08")
    case.editor.head.save.click()
    qtbot.waitUntil(lambda: case.kept() == "改过的")
    qtbot.waitUntil(lambda: any("已去掉不能显示的字符：" in each.text for each in toasts))


def test_a_draft_that_was_given_up_comes_back(qtbot, case, desk, toasts):
    before = case.written()
    case.write("写到一半")
    qtbot.waitUntil(case.editor.head.drop.isVisible)
    case.editor.head.drop.click()
    qtbot.waitUntil(lambda: case.editor.uid == case.uid)
    assert case.written() == before
    assert desk.drafts.get(case.form, case.uid) is None
    assert toasts[-1].text == "已放弃草稿"
    toasts[-1].undo()
    qtbot.waitUntil(lambda: bool(case.editor.uid) and case.written() == "写到一半")
    assert desk.drafts.get(case.form, case.uid) is not None


def test_a_removed_row_comes_back_and_the_focus_stays_in_the_table(qtbot, case, toasts):
    rows = case.rows()
    before = rows.value()
    assert len(before) >= 2
    rows.rows[0].start().setFocus()
    rows.rows[0].remove.click()
    assert rows.value() == before[1:]
    assert rows.isAncestorOf(case.editor.focusWidget())
    toasts[-1].undo()
    assert rows.value() == before


def test_a_row_is_added_and_moved_by_keys(qtbot, case):
    rows = case.rows()
    before = rows.value()
    rows.rows[0].start().setFocus()
    qtbot.keySequence(case.editor.focusWidget(), QKeySequence("Alt+Down"))
    assert rows.value()[:2] == [before[1], before[0]]
    assert rows.rows[1].isAncestorOf(case.editor.focusWidget())
    count = len(rows.rows)
    rows.stack.add.click()
    assert len(rows.rows) == count + 1
    assert rows.isAncestorOf(case.editor.focusWidget())
    assert len(rows.value()) == count


def test_a_row_does_not_come_back_into_another_record(qtbot, case, toasts):
    rows = case.rows()
    rows.rows[0].remove.click()
    undo = toasts[-1].undo
    opened(qtbot, case, case.other)
    before = case.editor.state()
    undo()
    assert case.editor.state() == before
    assert "已经关闭" in toasts[-1].text


@pytest.mark.parametrize("error", ERRORS, ids=lambda e: type(e).__name__)
def test_a_failed_write_holds_the_text_and_tries_again_by_itself(qtbot, case, desk, disk, error):
    disk["error"] = error
    case.editor.keeper._again.setInterval(50)
    case.write("不能丢")
    qtbot.waitUntil(case.editor.unkept.isVisible)
    assert "自动再试" in case.editor.unkept.words.text()
    assert not case.editor.keeper.safe
    disk["error"] = None
    qtbot.waitUntil(lambda: desk.drafts.get(case.form, case.uid) is not None)
    qtbot.waitUntil(lambda: not case.editor.unkept.isVisible())
    assert case.written() == "不能丢"


@pytest.mark.parametrize("error", ERRORS, ids=lambda e: type(e).__name__)
def test_nobody_leaves_before_the_text_is_kept(qtbot, case, desk, disk, error):
    gone = []
    left = told(case.editor.left)
    disk["error"] = error
    case.write("不能丢")
    case.editor.keep_then(lambda: gone.append(1))
    qtbot.waitUntil(case.editor.unkept.isVisible)
    case.editor.open(case.other)
    case.editor.head.back.click()
    qtbot.waitUntil(lambda: not case.editor._shell.jobs.busy)
    assert (gone, left, case.editor.uid) == ([], [], case.uid)
    assert case.written() == "不能丢"
    disk["error"] = None
    case.editor.unkept.again.click()
    qtbot.waitUntil(lambda: left == [(case.uid,)])
    assert desk.drafts.get(case.form, case.uid) is not None


def test_typing_on_takes_the_wish_to_leave_back(qtbot, case, disk):
    gone = []
    disk["error"] = ERRORS[0]
    case.write("不能丢")
    case.editor.keep_then(lambda: gone.append(1))
    qtbot.waitUntil(case.editor.unkept.isVisible)
    case.write("写下去")
    case.editor.settle()
    disk["error"] = None
    case.editor.unkept.again.click()
    qtbot.waitUntil(lambda: case.editor.keeper.safe)
    assert gone == []


def test_what_cannot_be_kept_is_put_elsewhere_for_its_owner_alone(
    qtbot, case, disk, shell, tmp_path
):
    file = tmp_path / "别处.txt"

    class Chooser:
        def save_file(self, _parent, _title, suggested, _patterns, then, *, purpose):
            assert suggested.endswith("（没有存进资料库）.txt")
            then(file)

    shell.choosers = Chooser()
    gone = []
    disk["error"] = ERRORS[0]
    case.write("不能丢")
    case.editor.keep_then(lambda: gone.append(1))
    qtbot.waitUntil(case.editor.unkept.isVisible)
    case.editor.unkept.aside.click()
    qtbot.waitUntil(lambda: gone == [1])
    people, _, program = file.read_text("utf-8").partition("════")
    assert "不能丢" in people
    assert "不能丢" in program
    if os.name == "posix":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_giving_up_lets_go_and_can_be_taken_back(qtbot, case, desk, disk, toasts):
    gone = []
    disk["error"] = ERRORS[0]
    case.write("不能丢")
    case.editor.keep_then(lambda: gone.append(1))
    qtbot.waitUntil(case.editor.unkept.isVisible)
    case.editor.unkept.drop.click()
    assert gone == [1]
    disk["error"] = None
    toasts[-1].undo()
    qtbot.waitUntil(lambda: desk.drafts.get(case.form, case.uid) is not None)
    qtbot.waitUntil(lambda: case.editor.uid == case.uid)
    assert case.written() == "不能丢"


def test_giving_up_while_staying_shows_the_stored_record(qtbot, case, disk):
    before = case.written()
    disk["error"] = ERRORS[0]
    case.write("不能丢")
    qtbot.waitUntil(case.editor.unkept.isVisible)
    case.editor.unkept.drop.click()
    qtbot.waitUntil(lambda: case.editor.uid == case.uid and case.written() == before)


def test_a_newer_record_is_said_before_it_is_replaced_and_the_user_chooses(qtbot, case, desk):
    head = case.editor.head
    case.write("这里的")
    case.editor.settle()
    case.elsewhere("别处的")
    case.editor.save()
    qtbot.waitUntil(head.keep_mine.isVisible)
    assert case.kept() == "别处的"
    assert "别处保存过" in head.found_words.text()
    head.keep_mine.click()
    qtbot.waitUntil(lambda: "替换" in head.found_words.text())
    case.editor.save()
    qtbot.waitUntil(lambda: case.kept() == "这里的")


def test_the_newer_record_can_be_taken_and_the_own_text_comes_back(qtbot, case, desk, toasts):
    head = case.editor.head
    case.write("这里的")
    case.editor.settle()
    case.elsewhere("别处的")
    case.editor.save()
    qtbot.waitUntil(head.theirs.isVisible)
    head.theirs.click()
    qtbot.waitUntil(lambda: bool(case.editor.uid) and case.written() == "别处的")
    toasts[-1].undo()
    qtbot.waitUntil(lambda: bool(case.editor.uid) and case.written() == "这里的")


def test_a_draft_older_than_the_record_is_told_on_opening(qtbot, case, desk):
    case.write("这里的")
    qtbot.waitUntil(lambda: desk.drafts.get(case.form, case.uid) is not None)
    draft = desk.drafts.get(case.form, case.uid)
    opened(qtbot, case, case.other)
    case.elsewhere("别处的")
    put_back(desk, draft)
    opened(qtbot, case, case.uid)
    assert case.written() == "这里的"
    assert case.editor.head.keep_mine.isVisible()
    assert "此后记录又保存过" in case.editor.head.found_words.text()
    case.editor.save()
    qtbot.waitUntil(lambda: "别处保存过" in case.editor.head.found_words.text())
    assert case.kept() == "别处的"


def put_back(desk, draft):
    """As it was, with the saved state that it began from."""
    with desk._library.changing(Topic.DRAFTS) as work:
        work.drafts.put(draft)


def test_an_untouched_form_follows_what_is_saved_elsewhere(qtbot, case):
    case.elsewhere("别处的")
    case.editor.hear(frozenset(Topic))
    qtbot.waitUntil(lambda: bool(case.editor.uid) and case.written() == "别处的")
    case.write("这里的")
    case.editor.settle()
    case.elsewhere("又是别处的")
    case.editor.hear(frozenset(Topic))
    qtbot.waitUntil(case.editor.head.keep_mine.isVisible)
    assert case.written() == "这里的"


def test_what_the_library_refuses_stands_under_its_field(qtbot, desk, shell, disk):
    case = a_case("made_up", desk, shell)
    qtbot.addWidget(case.editor)
    case.editor.show()
    opened(qtbot, case, case.uid)
    case.write("")
    case.editor.save()
    assert case.editor.body.form.cells["title"].note.text() == "请填写名称"
    case.write("不行")
    rows = case.rows()
    rows.rows[0].cells["due"].editor.inner.setText("月底")
    case.editor.save()
    assert "第1行期限" in case.editor.body.form.cells["rows"].note.text()
    rows.rows[0].cells["due"].editor.inner.setText("3.5")
    case.editor.save()
    qtbot.waitUntil(lambda: "不能是" in case.editor.body.form.cells["title"].note.text())
    assert "有 1 处需要改正" in case.editor.head.state.text()
    assert case.kept() == "第一件"


def test_a_record_of_declared_fields_alone_has_a_whole_editor(qtbot, desk, shell, disk):
    case = a_case("made_up", desk, shell)
    qtbot.addWidget(case.editor)
    case.editor.show()
    case.editor.start_new()
    qtbot.waitUntil(lambda: bool(case.editor.uid))
    form = case.editor.body.form
    wanted = {
        "title": "第三件",
        "day": "2026-03-05",
        "month": "2026-03",
        "amount": "2.5",
        "grade": "b",
        "marks": ["y"],
        "text": "一\n二",
        "one": {"what": "好", "money": 3},
        "rows": [{"what": "立案", "due": "2026-04-01"}],
    }
    form.fill(wanted)
    case.editor.save()
    qtbot.waitUntil(lambda: case.editor.head.state.text().endswith("已保存"))
    opened(qtbot, case, case.uid)
    opened_again = case.editor
    assert opened_again.state()["title"] == "第一件"
    assert form.values()["rows"][1] == {"what": "结案", "money": "12.5"}
