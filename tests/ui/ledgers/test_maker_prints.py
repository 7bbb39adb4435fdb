"""Prints of every kind, numbers, due dates and the line of the report, made by clicks."""

from __future__ import annotations

from dangjian_desktop.domain.ledgers.ledger import SummaryLine, kind_of
from dangjian_desktop.services.ledgers.style_form import ledger_of, state_of
from dangjian_desktop.ui.ledgers.maker_editors import PlaceBox
from tests.ui.ledger_world import choose, fill_in, press
from tests.ui.roster_world import quiet


def added(body, name):
    """A new row of this table."""
    press(body, f"{name}.add")
    return body.table(name).rows[-1]


def print_of(qtbot, body, kind, title):
    """A new print of this kind."""
    row = added(body, "prints")
    choose(row.cells["kind"].editor.box, kind)
    fill_in(row.cells["title"].editor.line, title)
    wanted = {"分类汇总表": "down", "一条一张的登记表": "lines", "一条一张的文稿": "text"}
    wanted |= {"一条一张的公示": "about"}
    qtbot.waitUntil(lambda: row.cells[wanted[kind]].isVisibleTo(row))
    return row


def picked(qtbot, box, words):
    """Choose from a box that puts its entry elsewhere, as soon as it is offered."""
    qtbot.waitUntil(lambda: box.findText(words) > 0)
    box.activated.emit(box.findText(words))


def begun(qtbot, page, shell):
    """设备点检 with a class and a second date, not saved yet."""
    press(page, "ledgers.new")
    quiet(qtbot, shell)
    editor = page.all.editor
    qtbot.waitUntil(lambda: bool(editor.uid))
    body = editor.body
    fill_in(body.cells["title"].editor.line, "设备点检")
    for label, kind, more in (("类别", "单选", "日检、周检"), ("复检日期", "日期", "")):
        row = added(body, "fields")
        fill_in(row.cells["label"].editor.line, label)
        choose(row.cells["type"].editor.box, kind)
        if more:
            fill_in(row.cells["choices"].editor.line, more)
    return editor


def kept(qtbot, page, desk, shell):
    """What the editor saved."""
    editor = page.all.editor
    code = editor.uid
    editor.saver.save_and_leave()
    quiet(qtbot, shell)
    qtbot.waitUntil(lambda: code in page.all.table.model.ids)
    made = desk.ledgers.one_ledger(code).ledger
    assert state_of(ledger_of(state_of(made))) == state_of(made)
    return made


def test_sums_forms_and_letters_are_made_by_clicks(qtbot, page, desk, shell):
    body = begun(qtbot, page, shell).body
    pivot = print_of(qtbot, body, "分类汇总表", "汇总")
    qtbot.waitUntil(lambda: pivot.cells["down"].editor.box.findText("类别") > 0)
    choose(pivot.cells["down"].editor.box, "类别")
    card = print_of(qtbot, body, "一条一张的登记表", "登记表")
    assert not card.cells["columns"].isVisibleTo(card)
    press(card, "lines.all")
    lines = card.cells["lines"].editor
    assert lines.rows[0].value().keys() == {"part1", "part2"}
    press(lines.rows[-1], "row.remove")
    sheet = print_of(qtbot, body, "一条一张的文稿", "通知")
    area = sheet.cells["text"].editor.area
    area.insertPlainText("请于")
    picked(qtbot, sheet.findChild(PlaceBox), "复检日期")
    area.insertPlainText("前复检。")
    made = kept(qtbot, page, desk, shell)
    assert [kind_of(each) for each in made.prints] == ["table", "table", "card", "sheet"]
    assert made.label(made.prints[1].pivot.rows) == "类别"
    assert [[made.label(n) for n in line] for line in made.prints[2].rows] == [["日期", "内容"]]
    again = next(f.name for f in made.fields if f.label == "复检日期")
    assert made.prints[3].text == (f"请于{{{again}}}前复检。",)


def test_a_public_notice_is_made_by_clicks(qtbot, page, desk, shell):
    body = begun(qtbot, page, shell).body
    notice = print_of(qtbot, body, "一条一张的公示", "公示")
    assert not notice.cells["columns"].isVisibleTo(notice)
    for name, label in (("begins", "日期"), ("closes", "复检日期"), ("result", "内容")):
        box = notice.cells[name].editor.box
        qtbot.waitUntil(lambda box=box, label=label: box.findText(label) > 0)
        choose(box, label)
    area = notice.cells["text"].editor.area
    area.insertPlainText("现予公示：")
    picked(qtbot, notice.findChild(PlaceBox), "内容")
    made = kept(qtbot, page, desk, shell).prints[-1]
    assert kind_of(made) == "notice"
    assert made.from_field
    assert made.until_field
    assert made.text == (f"现予公示：{{{made.result}}}",)


def test_numbers_dates_and_the_line_of_the_report_are_made_by_clicks(qtbot, page, desk, shell):
    editor = begun(qtbot, page, shell)
    body = editor.body
    figure = added(body, "figures")
    fill_in(figure.cells["label"].editor.line, "日检次数")
    figure.more.click()
    picked(qtbot, figure.cells["where"].editor.box, "类别：日检")
    due = added(body, "due")
    qtbot.waitUntil(lambda: due.cells["field"].editor.box.findText("复检日期") > 0)
    choose(due.cells["field"].editor.box, "复检日期")
    fill_in(due.cells["words"].editor.line, "复检〔内容〕")
    choose(body.cells["summary_section"].editor.box, "基本情况")
    editor.save()
    assert body.cells["summary_line"].note.text() == "请写明汇总里的一句话"
    fill_in(body.cells["summary_line"].editor.line, "〔日期〕点检。")
    picked(qtbot, body.cells["listed"].editor.box, "类别")
    made = kept(qtbot, page, desk, shell)
    [counted], [awaited] = made.figures, made.due
    assert [(made.label(name), len(codes)) for name, codes in counted.where] == [("类别", 1)]
    assert (made.label(awaited.field), awaited.text) == ("复检日期", "复检{content}")
    assert made.summary == SummaryLine("基本情况", "{day}点检。")
    assert [made.label(name) for name in made.listed] == ["类别"]


def test_what_was_picked_has_its_room_however_the_form_was_laid_out(qtbot, page, shell):
    page.all.start_new("regulations")
    quiet(qtbot, shell)
    editor = page.all.editor
    qtbot.waitUntil(lambda: bool(editor.uid))
    for name in ("listed", "people", "identity"):
        cell = editor.body.cells[name]
        least = editor.body.cells["day"].sizeHint().height()
        qtbot.waitUntil(lambda cell=cell: cell.height() == cell.heightForWidth(cell.width()))
        assert cell.height() > least
