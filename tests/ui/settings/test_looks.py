from __future__ import annotations

from PySide6.QtWidgets import QLineEdit


def line(form, name) -> QLineEdit:
    return form.findChild(QLineEdit, name)


def a_copy(qtbot, page, desk):
    """A look of the branch's own, open on its page."""
    page.looks.copy.click()
    qtbot.waitUntil(lambda: page.look_page.title.text().endswith("（自定）"))
    [own] = [code for code in desk.looks.all() if desk.looks.is_own(code)]
    return own


def test_a_paper_takes_the_look_that_is_chosen_for_it(qtbot, page, desk):
    page.looks.papers.editor("minutes").set_value("handbook")
    qtbot.waitUntil(lambda: desk.looks.chosen() == {"minutes": "handbook"})
    page.looks.papers.editor("minutes").set_value("standard")
    qtbot.waitUntil(lambda: desk.looks.chosen() == {})


def test_the_prints_of_a_ledger_take_the_look_that_is_chosen_for_it(qtbot, page, desk):
    assert "ledger:visits" not in page.looks.papers.cells
    page.looks.ledgers.click()
    qtbot.waitUntil(lambda: "ledger:visits" in page.looks.papers.cells)
    page.looks.papers.editor("ledger:visits").set_value("handbook")
    qtbot.waitUntil(lambda: desk.looks.chosen() == {"ledger:visits": "handbook"})
    for code, look in (("ledger:visits:2", "handbook"), ("ledger:awards:1", None)):
        made = desk.printing.document(code)
        assert (made.look and made.look.code) == look


def test_a_look_that_ships_is_shown_and_not_changed(qtbot, page):
    page.looks.open.click()
    qtbot.waitUntil(lambda: page.look_page.preview.pages == 1)
    assert not page.look_page.forms[""].isEnabled()
    page.look_page.leaving.click()
    assert page._stack.currentIndex() == 0


def test_a_copy_is_changed_with_the_page_beside_it(qtbot, page, desk):
    own = a_copy(qtbot, page, desk)
    qtbot.waitUntil(lambda: bool(page.look_page.preview.pdf))
    before = page.look_page.preview.pdf
    form = page.look_page.forms["official"]
    line(form, "top").setText("20")
    qtbot.waitUntil(lambda: desk.looks.one(own).official.top == 20)
    qtbot.waitUntil(lambda: page.look_page.preview.pdf != before)


def test_what_does_not_fit_is_told_at_its_field_and_not_kept(qtbot, page, desk):
    own = a_copy(qtbot, page, desk)
    form = page.look_page.forms["form"]
    line(form, "left").setText("110")
    line(form, "right").setText("110")
    note = form.cells["left"].note
    qtbot.waitUntil(lambda: "左右边距太大" in note.text())
    assert page.look_page.layouts.code() == "form"
    assert desk.looks.one(own).form.left == 25
    line(form, "left").setText("大")
    qtbot.waitUntil(lambda: "不是数字" in note.text())


def test_what_was_typed_last_is_kept_on_leaving(qtbot, page, desk):
    own = a_copy(qtbot, page, desk)
    line(page.look_page.forms[""], "title").setText("矿党委版式")
    page.look_page.leaving.click()
    qtbot.waitUntil(lambda: desk.looks.one(own).title == "矿党委版式")


def test_what_was_typed_last_is_kept_before_the_window_closes(qtbot, page, desk):
    own = a_copy(qtbot, page, desk)
    gone = []
    top = line(page.look_page.forms["official"], "top")
    top.setText("20")
    page.leave(lambda: gone.append(desk.looks.one(own).official.top))
    qtbot.waitUntil(lambda: gone == [20])
    top.setText("大")
    page.leave(lambda: gone.append("gone"))
    note = page.look_page.forms["official"].cells["top"].note
    qtbot.waitUntil(lambda: "不是数字" in note.text())
    assert gone == [20]
    page.leave(lambda: gone.append("gone"))
    assert gone == [20, "gone"]


def test_a_look_goes_out_as_a_file_and_comes_in_from_one(qtbot, page, desk, shell, tmp_path):
    with qtbot.waitSignal(shell.toasted):
        page.looks._give(tmp_path)
    [file] = tmp_path.glob("*.toml")
    page.looks._take(file)
    qtbot.waitUntil(lambda: any(desk.looks.is_own(code) for code in desk.looks.all()))


def test_an_old_word_file_gives_its_look_and_what_was_left_is_told(
    qtbot, page, desk, shell, tmp_path
):
    desk.printing.export("roster", tmp_path)
    [file] = tmp_path.glob("*.docx")
    page.looks._learn(file)
    qtbot.waitUntil(lambda: page.look_page.title.text().startswith(file.stem[:5]))


def test_a_look_is_taken_away_and_comes_back(qtbot, page, desk, shell):
    own = a_copy(qtbot, page, desk)
    page.look_page.leaving.click()
    qtbot.waitUntil(lambda: own in page.looks._read.looks)
    page.looks.chips.set_codes([own])
    page.looks._tell()
    with qtbot.waitSignal(shell.toasted) as toasted:
        page.looks.drop.click()
    assert own not in desk.looks.all()
    toasted.args[0].undo()
    qtbot.waitUntil(lambda: own in desk.looks.all())
