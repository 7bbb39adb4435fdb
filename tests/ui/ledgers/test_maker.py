"""A branch makes, changes and hands on its own ledgers, without ever seeing how they are kept."""

from __future__ import annotations

import re
from dataclasses import replace

import pypdfium2
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from dangjian_desktop.domain.fields import FieldType
from dangjian_desktop.domain.ledgers.reading import read_ledger
from dangjian_desktop.domain.ledgers.writing import write_ledger
from dangjian_desktop.services.ledgers import catalogue, declaring
from dangjian_desktop.services.ledgers.catalogue import shipped
from dangjian_desktop.storage import ledger_words
from tests.ui.ledger_world import (
    choose,
    declared,
    entered,
    field_row,
    fill_in,
    make_no_violations,
    opened,
    press,
    show_page,
)
from tests.ui.roster_world import Chosen, a_desk, quiet


def text_of(pdf):
    document = pypdfium2.PdfDocument(pdf)
    text = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return re.sub(r"\s", "", text)


def test_a_branch_makes_its_own_ledger_and_sees_its_paper_at_once(qtbot, page, desk, shell):
    editor = make_no_violations(qtbot, page, shell)
    qtbot.waitUntil(lambda: bool(editor.aside.preview.pdf), timeout=20_000)
    qtbot.waitUntil(lambda: "包保班组" in text_of(editor.aside.preview.pdf), timeout=20_000)
    assert "身边无三违" in text_of(editor.aside.preview.pdf)
    code = editor.uid
    editor.saver.save_and_leave()
    quiet(qtbot, shell)
    ledger = desk.ledgers.one_ledger(code).ledger
    assert re.fullmatch(r"own_[0-9a-f]{8}", code)
    assert (ledger.title, ledger.row, ledger.period) == ("身边无三违", "月度情况", "month")
    kinds = {f.label: (f.type, f.required, f.unit) for f in ledger.fields}
    assert kinds["月份"] == (FieldType.MONTH, True, "")
    assert kinds["党员"] == (FieldType.PERSON, True, "")
    assert kinds["身边三违"] == (FieldType.DECIMAL, False, "人次")
    assert ledger.named(ledger.day).label == "月份"
    assert ledger.ask.who == "members"
    assert ledger.label(ledger.ask.field) == "党员"
    assert [p.title for p in ledger.prints] == [
        "{branch}{period}身边无三违",
        "{branch}{period}党员身边无三违统计表",
    ]
    assert desk.drafts.all("ledger_style") == ()


def test_the_ledger_that_was_made_takes_rows_prints_and_counts(qtbot, page, desk, shell):
    code = declared(qtbot, page, shell)
    entered(qtbot, page, shell, code, 月份="2026-03", 党员="张三", 身边三违="2", 发现隐患="5")
    entered(qtbot, page, shell, code, 月份="2026-03", 党员="李四", 身边三违="1")
    rows = desk.ledgers.of(code).find()
    assert len(rows) == 2
    said = text_of(desk.printing.preview(f"ledger:{code}:1"))
    assert "张三" in said
    assert "身边三违（人次）" in said.replace("(", "（").replace(")", "）")
    shown = page.shown
    press(shown, "rows.grid")
    quiet(qtbot, shell)
    grid = shown.views.currentWidget()
    model = grid.model
    names = {model.index(r, 0).data(): r for r in range(model.rowCount())}
    assert model.index(names["张三"], 3).data() == "2"
    assert model.index(names["合计"], 3).data() == "3"
    assert model.index(names["合计"], 13).data() == "3"
    assert len(names) == 11


def test_everything_that_is_wrong_is_said_at_once_under_its_place(qtbot, page, shell):
    press(page, "ledgers.new")
    quiet(qtbot, shell)
    editor = page.all.editor
    qtbot.waitUntil(lambda: bool(editor.uid))
    body = editor.body
    press(body.table("fields"), "fields.add")
    choose(body.table("fields").rows[-1].cells["type"].editor.box, "单选")
    fill_in(body.table("fields").rows[1].cells["label"].editor.line, "日期")
    choose(body.cells["ask_who"].editor.box, "各党小组")
    editor.save()
    assert body.cells["title"].note.text() == "请填写台账名称"
    assert "重名" in body.table("fields").rows[1].cells["label"].note.text()
    assert "党小组" in body.cells["ask_who"].note.text()
    fill_in(body.table("fields").rows[-1].cells["label"].editor.line, "类别")
    editor.save()
    assert "选项" in body.table("fields").rows[-1].cells["choices"].note.text()
    said = " ".join(label.text() for label in page.findChildren(QLabel))
    assert not re.search(r"choices|own_|field|TOML|toml|字段", said)


def test_fields_move_by_keys_and_by_drag_and_the_paper_follows(qtbot, page, desk, shell):
    editor = make_no_violations(qtbot, page, shell)
    body = editor.body
    line = field_row(body, "发现隐患").cells["label"].editor.line
    line.setFocus()
    for _ in range(4):
        QTest.keyClick(line, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    row = field_row(body, "包保班组")
    above = field_row(body, "发现隐患")
    qtbot.waitUntil(lambda: above.y() < row.y())  # laid out in the new order
    QTest.mousePress(row.grip, Qt.MouseButton.LeftButton)
    QTest.mouseMove(row.grip, row.grip.mapFromGlobal(above.mapToGlobal(QPoint(5, 1))))
    QTest.mouseRelease(row.grip, Qt.MouseButton.LeftButton)
    code = editor.uid
    editor.saver.save_and_leave()
    quiet(qtbot, shell)
    ledger = desk.ledgers.one_ledger(code).ledger
    order = ["月份", "包保班组", "发现隐患", "党员"]
    assert [f.label for f in ledger.fields][:4] == order
    assert [ledger.label(n) for n, _ in ledger.prints[0].columns][:4] == order


def test_a_field_in_use_keeps_its_type_and_says_why(qtbot, page, desk, shell):
    code = declared(qtbot, page, shell)
    uid = entered(qtbot, page, shell, code, 月份="2026-03", 党员="张三", 包保班组="一班")
    page.to_all()
    quiet(qtbot, shell)
    page.all.edit(code)
    quiet(qtbot, shell)
    body = page.all.editor.body
    row = field_row(body, "包保班组")
    assert not row.cells["type"].editor.isEnabled()
    assert "已有记录" in row.cells["type"].editor.toolTip()
    assert "已有记录" in body.table("fields").stack.foot.text()
    press(row, "row.remove")
    press(body.table("fields"), "fields.add")
    assert body.table("fields").rows[-1].cells["type"].editor.isEnabled()
    page.all.editor.saver.save_and_leave()
    quiet(qtbot, shell)
    kept = desk.ledgers.of(code).one(uid)
    assert list(kept.more.values()) == ["一班"]
    shown = opened(qtbot, page, shell, code)
    qtbot.waitUntil(lambda: not shown.card.waiting)
    assert "一班" in [label.text() for label in shown.card.findChildren(QLabel)]


def test_a_built_in_ledger_is_changed_and_copied(qtbot, page, desk, shell):
    page.all.edit("training")
    quiet(qtbot, shell)
    body = page.all.editor.body
    fill_in(field_row(body, "证书号").cells["label"].editor.line, "证书编号")
    page.all.editor.saver.save_and_leave()
    quiet(qtbot, shell)
    entry = desk.ledgers.one_ledger("training")
    assert entry.changed
    assert entry.ledger.named("certificate").label == "证书编号"
    assert entry.ledger.figures == shipped()["training"].figures
    page.all.start_new("training")
    quiet(qtbot, shell)
    copy = page.all.editor.uid
    page.all.editor.saver.save_and_leave()
    quiet(qtbot, shell)
    made = desk.ledgers.one_ledger(copy).ledger
    assert copy.startswith("own_")
    assert made.title == "教育培训学时（副本）"
    assert made.fields == entry.ledger.fields


def test_a_style_goes_from_one_branch_to_another_as_a_file(
    qtbot, page, desk, shell, tmp_path, monkeypatch
):
    code = declared(qtbot, page, shell)
    out = tmp_path / "out"
    out.mkdir()
    monkeypatch.setattr(shell, "choosers", Chosen(out))
    page.all.table.select(code)
    page.all.acts.actions["export"].trigger()
    quiet(qtbot, shell)
    [file] = out.iterdir()
    assert file.name == "台账样式_身边无三违.toml"
    other = a_desk(tmp_path / "other")
    there = show_page(qtbot, other, shell)
    monkeypatch.setattr(shell, "choosers", Chosen(file))
    press(there, "styles.import")
    quiet(qtbot, shell)
    qtbot.waitUntil(lambda: code in there.all.table.model.ids)
    assert other.ledgers.one_ledger(code).ledger == read_ledger(file.read_text(encoding="utf-8"))
    changed = file.read_text(encoding="utf-8").replace("包保班组", "所在班组")
    file.write_text(changed, encoding="utf-8")
    press(there, "styles.import")
    quiet(qtbot, shell)
    card = there.all.detail
    qtbot.waitUntil(lambda: card.news.isVisibleTo(card))
    assert "改名为“所在班组”" in card.words.text()
    qtbot.waitUntil(lambda: not there.all.card.waiting)
    press(card, "ledger.adopt")
    quiet(qtbot, shell)
    labels = [f.label for f in other.ledgers.one_ledger(code).ledger.fields]
    assert "所在班组" in labels
    desk.announce = shell.changes.announce
    other._library.close()


def test_leaving_the_maker_keeps_a_draft_that_is_found_again(qtbot, page, desk, shell):
    editor = make_no_violations(qtbot, page, shell)
    code = editor.uid
    editor.go_back()
    quiet(qtbot, shell)
    [draft] = desk.drafts.all("ledger_style")
    assert draft.uid == code
    page.all.edit(code)
    quiet(qtbot, shell)
    assert field_row(page.all.editor.body, "发现隐患").cells["unit"].value() == "条"


def test_asking_is_switched_on_and_off_and_named_members_are_asked(qtbot, page, desk, shell):
    code = declared(qtbot, page, shell)
    page.all.edit(code)
    quiet(qtbot, shell)
    choose(page.all.editor.body.cells["ask_who"].editor.box, "指定的党员")
    page.all.editor.saver.save_and_leave()
    quiet(qtbot, shell)
    page.all.table.select(code)
    card = page.all.detail
    qtbot.waitUntil(lambda: page.all.card.shown == code)
    quiet(qtbot, shell)
    assert desk.ledgers.one_ledger(code).ask is None
    press(card, "ledger.asking")
    qtbot.waitUntil(lambda: card.lines.values["现在要求"].text() == "指定的党员每月1条")
    card.named.setFocus()
    card.named.set_names(["张三", "李四"])
    card.named.editingFinished.emit()
    quiet(qtbot, shell)
    asking = desk.ledgers.one_ledger(code).asking
    names = {m.id: m.name for m in desk.meetings.members()}
    assert [names[uid] for uid in asking.members] == ["张三", "李四"]
    assert {gap.name for gap in desk.ledger_counts.gaps()} == {"张三", "李四"}
    press(card, "ledger.asking")
    quiet(qtbot, shell)
    assert desk.ledgers.one_ledger(code).asking is None
    assert desk.ledger_counts.gaps() == ()


def test_a_ledger_without_rows_is_deleted_and_comes_back_others_are_refused(
    qtbot, page, desk, shell
):
    toasts, notices = [], []
    shell.toasted.connect(toasts.append)
    shell.messages.noticed.connect(notices.append)
    code = declared(qtbot, page, shell)
    page.all.table.select(code)
    page.all.acts.actions["delete"].trigger()
    quiet(qtbot, shell)
    qtbot.waitUntil(lambda: code not in page.all.table.model.ids)
    toasts[-1].undo()
    quiet(qtbot, shell)
    qtbot.waitUntil(lambda: code in page.all.table.model.ids)
    page.all.table.select("training")
    page.all.acts.actions["delete"].trigger()
    quiet(qtbot, shell)
    qtbot.waitUntil(lambda: bool(notices))
    assert "不能删除" in notices[-1].text


def test_a_copy_of_every_built_in_ledger_keeps_all_that_it_says(qtbot, page, desk, shell):
    for code, built_in in shipped().items():
        page.all.start_new(code)
        quiet(qtbot, shell)
        editor = page.all.editor
        qtbot.waitUntil(lambda editor=editor: bool(editor.uid) and editor.body is not None)
        copy = editor.uid
        fill_in(editor.body.cells["title"].editor.line, f"{built_in.title}二")
        editor.saver.save_and_leave()
        quiet(qtbot, shell)
        qtbot.waitUntil(lambda copy=copy: copy in page.all.table.model.ids)
        made = desk.ledgers.one_ledger(copy).ledger
        before = desk.ledger_styles.copy_of(code, f"{built_in.title}二")
        same = {"code": "own_00000000", "edition": 1}
        assert write_ledger(replace(made, **same)) == write_ledger(replace(before, **same))


def test_a_new_edition_is_taken_and_nothing_entered_is_lost(qtbot, page, desk, shell, monkeypatch):
    page.all.edit("training")
    quiet(qtbot, shell)
    body = page.all.editor.body
    fill_in(field_row(body, "培训名称").cells["label"].editor.line, "课程")
    press(body.table("fields"), "fields.add")
    fill_in(body.table("fields").rows[-1].cells["label"].editor.line, "带队人")
    own = body.table("fields").rows[-1].value()["name"]
    page.all.editor.saver.save_and_leave()
    quiet(qtbot, shell)
    plain = {"day": "2026-03-05", "topic": "党章学习", "form": "class", "organiser": "支部"}
    plain |= {"who": ["张三"], "hours": "2", "counts": True, own: "王班长"}
    row = desk.ledgers.save(desk.ledgers.read("training", plain))
    newer = replace(shipped()["training"], edition=99, row="培训班")
    for module in (catalogue, declaring, ledger_words):
        monkeypatch.setattr(module, "shipped", lambda: {**shipped(), "training": newer})
    page.all.reveal("training")
    quiet(qtbot, shell)
    qtbot.waitUntil(lambda: page.all.card.shown == "training")
    card = page.all.detail
    qtbot.waitUntil(lambda: card.news.isVisibleTo(card))
    assert "字段“课程”改名为“培训名称”。" in card.words.text()
    assert "带队人" not in card.words.text()
    press(card, "ledger.adopt")
    quiet(qtbot, shell)
    entry = desk.ledgers.one_ledger("training")
    assert entry.newest is None
    assert (entry.ledger.row, entry.ledger.label("topic")) == ("培训班", "培训名称")
    assert entry.ledger.label(own) == "带队人"
    kept = desk.ledgers.of("training").one(row.id)
    assert (kept.values, kept.more) == (row.values, {})


def test_in_a_narrow_window_the_form_comes_first_and_the_paper_by_its_button(qtbot, page, shell):
    page.set_narrow(True)
    page.all.start_new("training")
    quiet(qtbot, shell)
    editor = page.all.editor
    qtbot.waitUntil(lambda: editor.opened is not None)
    assert editor.leaf.form.isVisible()

    editor.head.preview.click()
    assert not editor.leaf.form.isVisible()
    page.set_narrow(False)
    assert editor.leaf.form.isVisible()
    assert editor.aside.isVisible()


def test_a_style_that_cannot_be_is_refused_with_every_reason_and_changes_nothing(
    qtbot, page, desk, shell, tmp_path, monkeypatch
):
    notices = []
    shell.messages.noticed.connect(notices.append)
    before = [entry.ledger for entry in desk.ledgers.all()]
    text = write_ledger(shipped()["training"])
    for was, becomes in (
        ('["who", 69]', '["nobody", 169]'),
        ('name = "rank"', 'name = "form"'),
        ('title = "教育培训学时"', 'title = "另一本"'),
    ):
        assert was in text
        text = text.replace(was, becomes)
    file = tmp_path / "样式.toml"
    file.write_text(text, encoding="utf-8")
    monkeypatch.setattr(shell, "choosers", Chosen(file))
    press(page, "styles.import")
    quiet(qtbot, shell)
    qtbot.waitUntil(lambda: bool(notices))
    told = notices[-1]
    said = told.text + str(told)
    assert "样式.toml" in said
    for words in ("nobody", "超过257毫米", "有两个字段都叫“form”"):
        assert words in said
    assert [entry.ledger for entry in desk.ledgers.all()] == before
