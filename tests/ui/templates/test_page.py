"""Word 模板: the list, what a template asks for, its filled document, Word and back, all fields."""

from __future__ import annotations

from io import BytesIO

import docx
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.ui.templates import page as page_module
from dangjian_desktop.ui.templates.page import Templates, templates_page
from tests.documents.templates.test_templates import a_template
from tests.services.make import a_library, a_meeting, clock
from tests.ui.dropping import drop
from tests.ui.roster_world import Chosen, quiet


@pytest.fixture
def desk(tmp_path, monkeypatch):
    monkeypatch.setenv("DANGJIAN_DATA", str(tmp_path / "data"))
    made = Desk(a_library(tmp_path), clock)
    made.meetings.import_json(a_meeting())
    yield made
    made.close()


def shown(qtbot, desk, shell):
    made = templates_page(desk, shell)
    qtbot.addWidget(made)
    made.resize(1200, 700)
    desk.announce = shell.changes.announce
    shell.changes.changed.connect(made.refresh)
    made.show()
    made.refresh(frozenset(Topic))
    settle(qtbot, shell, made)
    return made


@pytest.fixture
def page(qtbot, desk, shell):
    made = shown(qtbot, desk, shell)
    yield made
    quiet(qtbot, shell)


@pytest.fixture
def said(shell, monkeypatch):
    found = []
    monkeypatch.setattr(shell.messages, "report", lambda error: found.append(str(error)))
    monkeypatch.setattr(shell.jobs, "_report", lambda error: found.append(str(error)))
    monkeypatch.setattr(shell.messages, "notice", lambda *words: found.append("".join(words)))
    shell.toasted.connect(lambda toast: found.append(toast.text))
    return found


@pytest.fixture
def in_word(monkeypatch):
    """What was handed to the system's program."""
    opened = []
    monkeypatch.setattr(page_module, "open_path", opened.append)
    return opened


def settle(qtbot, shell, page):
    for _round in range(3):
        qtbot.waitUntil(lambda: not shell.jobs.busy and not page.card.waiting)


def titles(page):
    model = page.table.model
    return [model.record(uid).template.title for uid in model.ids]


def select(qtbot, shell, page, title):
    model = page.table.model
    page.table.select(next(u for u in model.ids if model.record(u).template.title == title))
    settle(qtbot, shell, page)


def act(page, code):
    page.acts.actions[code].trigger()


def there(page, code):
    return page.acts.actions[code].isVisible()


def pick(page, title):
    box = page.detail.scope.about
    box.setCurrentIndex(next(n for n in range(box.count()) if title in box.itemText(n)))
    box.activated.emit(box.currentIndex())


def a_file(path, *texts):
    path.write_bytes(a_template(*texts))
    return path


def test_the_list_stands_by_sections_and_shows_the_filled_document(qtbot, shell, page):
    assert titles(page)[:2] == ["会议通知", "组织生活情况表"]
    select(qtbot, shell, page, "情况报告")
    card = page.detail
    assert card.view.made is not None
    assert card.pane.preview.pages is not None
    assert "存在问题" in card.unknown.text()
    assert card.wrong.isHidden()
    rows = card.fields.model
    assert {rows.record(uid).field.path for uid in rows.ids} >= {"branch.name", "members.total"}
    assert "（18）" in card.parts.chip("fields").text()
    card.parts.chip("fields").click()
    assert card.fields.isVisible()
    page.list.parts.chip("党员").click()
    settle(qtbot, shell, page)
    assert titles(page) == ["党员情况证明", "党员名单"]
    page.list.filter.setText("dymd")
    settle(qtbot, shell, page)
    assert titles(page) == ["党员名单"]


def test_a_template_about_a_record_asks_of_which_and_is_filled_when_told(qtbot, shell, page):
    select(qtbot, shell, page, "会议通知")
    assert "请先选定关于哪一条会议记录" in page.detail.wrong.text()
    pick(page, "第一季度")
    settle(qtbot, shell, page)
    assert page.detail.wrong.isHidden()
    assert b"word/document.xml" in page.detail.view.made


@pytest.mark.parametrize(("button", "suffix"), [("word", ".docx"), ("pdf", ".pdf")])
def test_the_filled_document_is_exported(qtbot, shell, page, tmp_path, said, button, suffix):
    select(qtbot, shell, page, "情况报告")
    shell.choosers = Chosen(tmp_path / "出")
    getattr(page.detail.pane, button).click()
    settle(qtbot, shell, page)
    [file] = (tmp_path / "出").iterdir()
    assert file.suffix == suffix
    assert "情况报告" in file.name
    assert file.name in said[-1]


def test_a_dropped_template_is_added_and_what_it_misspells_is_said(
    qtbot, desk, shell, page, tmp_path, said
):
    page.list.parts.chip("支部").click()
    settle(qtbot, shell, page)
    drop(page, a_file(tmp_path / "慰问信.docx", "标题", "{{ branch.nmae }}"))
    qtbot.waitUntil(lambda: "慰问信" in titles(page))
    settle(qtbot, shell, page)
    assert page.card.title.text() == "慰问信"
    assert page.detail.row.template.section == "支部"
    assert page.detail.wrong.text().startswith(
        "第2段：没有“branch.nmae”这项内容，是不是“branch.name”"
    )
    assert page.detail.view.made is None
    drop(page, tmp_path / "慰问信.doc")
    assert "旧格式（.doc）请先另存" in said[-1]
    (tmp_path / "坏.docx").write_bytes(b"PK\x03\x04")
    drop(page, tmp_path / "坏.docx")
    settle(qtbot, shell, page)
    assert "已损坏" in said[-1]


def test_the_button_and_ctrl_n_ask_for_a_file(qtbot, shell, page, tmp_path):
    shell.choosers = Chosen(a_file(tmp_path / "甲.docx", "甲"))
    page.list.new.click()
    qtbot.waitUntil(lambda: "甲" in titles(page))
    settle(qtbot, shell, page)
    shell.choosers = Chosen(a_file(tmp_path / "乙.docx", "乙"))
    QTest.keyClick(page.table.view, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: "乙" in titles(page))
    settle(qtbot, shell, page)
    assert page.views._editor is None  # what is new is a file, not a form


def test_a_template_goes_to_word_and_comes_back_and_is_reset(
    qtbot, desk, shell, page, said, in_word
):
    select(qtbot, shell, page, "情况报告")
    assert not there(page, "take")
    assert not there(page, "reset")
    assert not there(page, "versions")
    act(page, "word")
    settle(qtbot, shell, page)
    [copy] = in_word
    copy.write_bytes(a_template("改成这样{{ branch.name }}"))
    page.detail.changeEvent(QEvent(QEvent.Type.ActivationChange))
    qtbot.waitUntil(lambda: there(page, "take"))
    assert not page.detail.waits.isHidden()
    assert page.card.state.text() == "待取回"
    act(page, "take")
    qtbot.waitUntil(lambda: page.card.state.text() == "已修改")
    settle(qtbot, shell, page)
    assert there(page, "versions")
    assert "改成这样" in docx.Document(_stored(page)).paragraphs[0].text
    act(page, "reset")
    qtbot.waitUntil(lambda: page.card.state.text() == "程序自带")
    settle(qtbot, shell, page)
    assert not there(page, "reset")


def test_resetting_can_be_undone_and_changes_in_word_can_be_given_up(
    qtbot, desk, shell, page, in_word, monkeypatch
):
    toasts = []
    shell.toasted.connect(toasts.append)
    select(qtbot, shell, page, "情况报告")
    uid = page.table.current()
    act(page, "word")
    settle(qtbot, shell, page)
    in_word[0].write_bytes(a_template("改"))
    page.refresh(frozenset(Topic))
    qtbot.waitUntil(lambda: there(page, "drop"))
    monkeypatch.setattr(shell.messages, "ask", lambda *words, parent: words[3]())
    act(page, "drop")
    qtbot.waitUntil(lambda: not there(page, "drop"))
    settle(qtbot, shell, page)
    assert not in_word[0].exists()
    act(page, "word")
    settle(qtbot, shell, page)
    in_word[1].write_bytes(a_template("改"))
    desk.word_edits.take_back(uid)
    qtbot.waitUntil(lambda: there(page, "reset"))
    settle(qtbot, shell, page)
    act(page, "reset")
    qtbot.waitUntil(lambda: not desk.templates.one(uid).edited)
    settle(qtbot, shell, page)
    toasts[-1].undo()
    qtbot.waitUntil(lambda: desk.templates.one(uid).edited)
    settle(qtbot, shell, page)


def test_a_template_is_renamed_grouped_removed_and_brought_back(qtbot, desk, shell, page):
    toasts = []
    shell.toasted.connect(toasts.append)
    select(qtbot, shell, page, "情况报告")
    uid = page.table.current()
    QTest.keyClick(page.table.view, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.editing and page.editor.opened is not None)
    cells = page.editor.body.form
    assert set(cells.cells) == {"title", "section", "note"}
    cells.editor("title").set_value("本支部情况")
    cells.editor("section").set_value("月报")
    page.editor.saver.save_and_leave()
    qtbot.waitUntil(lambda: not page.editing)
    settle(qtbot, shell, page)
    assert "本支部情况" in titles(page)
    assert "月报" in [code for code, _title in page.list.listing.parts]
    assert desk.templates.file_of(desk.templates.one(uid)).data
    page.table.select(uid)
    settle(qtbot, shell, page)
    QTest.keyClick(page.table.view, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: "本支部情况" not in titles(page))
    settle(qtbot, shell, page)
    toasts[-1].undo()
    qtbot.waitUntil(lambda: "本支部情况" in titles(page))
    settle(qtbot, shell, page)


def test_a_title_that_is_taken_is_said_at_its_field(qtbot, desk, shell, page):
    select(qtbot, shell, page, "情况报告")
    page.edit(page.table.current())
    qtbot.waitUntil(lambda: page.editing and page.editor.opened is not None)
    page.editor.body.form.editor("title").set_value("会议通知")
    page.editor.save()
    settle(qtbot, shell, page)
    qtbot.waitUntil(
        lambda: any("已有名为" in w.text() for w in page.editor.findChildren(type(page.card.line)))
    )
    assert desk.templates.one(page.editor.uid).title == "情况报告"


def test_all_fields_are_found_and_copied_as_word_takes_them(qtbot, shell, page, said):
    page.findChild(Templates).all_fields.click()
    settle(qtbot, shell, page)
    view = page.findChild(Templates).fields
    assert view.isVisible()
    assert QApplication.focusWidget() is view.filter
    view.filter.setText("支部书记")
    [uid] = [u for u in view.table.model.ids if view.table.model.record(u).label == "支部书记"]
    view.table.select(uid)
    QTest.keyClick(view.table.view, Qt.Key.Key_Return)
    assert QGuiApplication.clipboard().text() == "{{ branch.secretary }}"
    assert "已复制：支部书记" in said[-1]
    view.filter.setText("rows.members")
    model = view.table.model
    view.table.select(next(u for u in model.ids if model.record(u).columns))
    view.copy.click()
    data = QGuiApplication.clipboard().mimeData()
    assert "<table" in data.html()
    assert "{%tr for r in rows.members %}" in data.text()
    assert "{{ r.name }}" in data.text()
    page.back()
    assert page.views.at_home


def test_the_template_itself_is_exported(qtbot, desk, shell, page, tmp_path):
    select(qtbot, shell, page, "党员名单")
    shell.choosers = Chosen(tmp_path / "出")
    act(page, "write")
    settle(qtbot, shell, page)
    file = tmp_path / "出" / "党员名单.docx"
    assert file.read_bytes() == desk.templates.file_of(desk.templates.named("党员名单")).data


def test_a_library_that_is_read_shows_and_fills_but_changes_nothing(
    qtbot, desk, shell, tmp_path, said, monkeypatch
):
    monkeypatch.setattr(type(desk), "read_only", property(lambda _self: "只能查看。"))
    page = shown(qtbot, desk, shell)
    assert set(page.acts.acts) == {"write", "versions"}
    assert page.list.new.isHidden()
    select(qtbot, shell, page, "情况报告")
    assert page.detail.view.made is not None
    drop(page, a_file(tmp_path / "甲.docx", "甲"))
    settle(qtbot, shell, page)
    assert "没有放进来" in said[-1]


def test_a_file_that_is_gone_is_told_and_the_page_lives(qtbot, desk, shell, page, tmp_path, said):
    kept = desk.templates.add(a_file(tmp_path / "甲.docx", "甲"))
    for file in desk.path.with_suffix(".files").rglob("*"):
        if file.is_file():
            file.unlink()
    page.reveal(kept.id)
    qtbot.waitUntil(lambda: any("文件不见了" in words for words in said))
    page.reveal(desk.templates.named("情况报告").id)
    qtbot.waitUntil(lambda: page.card.title.text() == "情况报告")


def _stored(page):
    return BytesIO(page.detail._loaded.file.data)
