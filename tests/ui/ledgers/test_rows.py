"""The rows of a ledger: entered, found, imported, taken back, printed; few widgets for many."""

from __future__ import annotations

from dataclasses import replace

import openpyxl
from PySide6.QtWidgets import QComboBox, QPushButton, QWidget

from dangjian_desktop.domain.levels import Level
from dangjian_desktop.domain.members.member import new_id
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.services.ledgers import keeping
from dangjian_desktop.services.ledgers.catalogue import shipped
from dangjian_desktop.ui.home.gathering import load_home
from dangjian_desktop.ui.members.gathering import load_sheet
from dangjian_desktop.ui.members.rows import rows_of
from dangjian_desktop.ui.paper.unsaved import UnsavedPaper
from dangjian_desktop.ui.places import search
from tests.documents.reading import pdf_texts
from tests.ui.dropping import drop
from tests.ui.ledger_world import choose, declared, entered, opened, press
from tests.ui.roster_world import Chosen, quiet

NAMED = {
    "day": "2026-03-02",
    "form": "集中培训",
    "organiser": "矿党委",
    "who": "张三、李四",
    "hours": "8",
    "counts": "是",
}
TRAINING = {
    "开始日期": "2026-03-05",
    "培训名称": "党章学习",
    "类别": "class",
    "主办单位": "支部",
    "参训党员": ["张三", "李四"],
    "学时": "2.5",
    "计入集中学习培训": True,
}


def a_sheet(folder, *rows):
    book = openpyxl.Workbook()
    head = ("开始日期", "培训名称", "类别", "主办单位", "参训党员", "学时", "集中否")
    for row in (head, *rows):
        book.active.append(row)
    file = folder / "培训.xlsx"
    book.save(file)
    return file


ROWS = (
    ("2026-03-02", "安全规程", "集中培训", "矿党委", "张三、李四", 8, "是"),
    ("2026-03-09", "党章学习", "自学", "支部", "王五", 2, "否"),
)


def test_a_row_without_what_is_required_says_so_and_keeps_the_draft(qtbot, page, desk, shell):
    rows = opened(qtbot, page, shell, "training")
    rows.start_new()
    quiet(qtbot, shell)
    form = rows.editor.body.form
    form.cells["topic"].set_value("党章学习")
    form.cells["hours"].set_value("二点五")
    rows.editor.save()
    quiet(qtbot, shell)
    assert form.cells["organiser"].note.text() == "请填写主办单位"
    assert "数字" in form.cells["hours"].note.text()
    assert form.cells["who"].note.text() == "请填写参训党员"
    assert desk.ledgers.of("training").find() == []
    rows.editor.go_back()
    quiet(qtbot, shell)
    [draft] = desk.drafts.all("ledger:training")
    rows.edit(draft.uid)
    quiet(qtbot, shell)
    assert rows.editor.body.form.values()["topic"] == "党章学习"


def test_a_row_is_entered_changed_deleted_and_brought_back(qtbot, page, desk, shell):
    toasts = []
    shell.toasted.connect(toasts.append)
    uid = entered(qtbot, page, shell, "training", **TRAINING)
    row = desk.ledgers.of("training").one(uid)
    assert [p.member_id is not None for p in row.persons("who")] == [True, True]
    rows = page.shown
    qtbot.waitUntil(lambda: rows.table.model.ids == (uid,))
    line = [rows.table.model.index(0, c).data() for c in range(8)]
    assert line == ["1", "2026-03-05", "党章学习", "集中培训", "支部", "2.5", "是", "张三、李四"]
    rows.edit(uid)
    quiet(qtbot, shell)
    rows.editor.body.form.cells["hours"].set_value("3")
    rows.editor.saver.save_and_leave()
    quiet(qtbot, shell)
    assert str(desk.ledgers.of("training").one(uid).value("hours")) == "3"
    assert desk.ledgers.of("training").revision(uid) == 2
    rows.acts.actions["delete"].trigger()
    quiet(qtbot, shell)
    qtbot.waitUntil(lambda: rows.table.model.ids == ())
    toasts[-1].undo()
    quiet(qtbot, shell)
    qtbot.waitUntil(lambda: rows.table.model.ids == (uid,))


def test_a_notice_is_read_beside_its_form_while_it_is_typed(qtbot, page, shell):
    rows = opened(qtbot, page, shell, "notices")
    rows.start_new()
    quiet(qtbot, shell)
    qtbot.waitUntil(lambda: bool(rows.editor.uid))
    editor = rows.editor
    editor.head.preview.setChecked(True)
    for name, words in (("matter", "拟聘任人选"), ("content", "拟聘任张三。")):
        editor.body.form.cells[name].set_value(words)
    [paper] = editor.findChildren(UnsavedPaper)
    assert paper.layouts.code() == "ledger:notices:1"

    def told():
        said = "".join(pdf_texts(paper.preview.pdf)) if paper.preview.pdf else ""
        return "关于拟聘任人选的公示" in said and "拟聘任张三。" in said

    qtbot.waitUntil(told, timeout=20_000)


def test_a_row_is_copied_as_a_new_one_of_today_without_what_closed_it(qtbot, page, desk, shell):
    plain = {"material": "月报", "kind": "monthly", "for_period": "3月", "sent_to": "矿党委"}
    plain |= {"due_day": "2026-03-05", "sent_on": "2026-03-04", "senders": ["张三"]}
    first = desk.ledgers.save(desk.ledgers.read("submissions", plain)).id
    rows = opened(qtbot, page, shell, "submissions")
    qtbot.waitUntil(lambda: rows.table.model.ids == (first,))
    rows.table.select(first)
    rows.acts.actions["copy"].trigger()
    quiet(qtbot, shell)
    qtbot.waitUntil(lambda: bool(rows.editor.uid))
    uid = rows.editor.uid
    rows.editor.saver.save_and_leave()
    quiet(qtbot, shell)
    row = desk.ledgers.of("submissions").one(uid)
    assert uid != first
    assert row.value("due_day") == desk.clock().date()
    assert (row.value("material"), row.value("sent_on")) == ("月报", None)
    assert row.value("senders") == desk.ledgers.of("submissions").one(first).value("senders")


def map_to(qtbot, shell, view, heading, title):
    """Choose what a column of the sheet is, once the choice for it can be seen."""

    def boxes():
        return [b for b in view.findChildren(QComboBox, heading) if b.isVisible()]

    qtbot.waitUntil(lambda: len(boxes()) == 1)
    [box] = boxes()
    box.setCurrentIndex(box.findText(title))
    quiet(qtbot, shell)


def test_the_same_sheet_twice_changes_nothing_and_is_taken_back(
    qtbot, page, desk, shell, tmp_path, monkeypatch
):
    rows = opened(qtbot, page, shell, "training")
    monkeypatch.setattr(shell, "choosers", Chosen(a_sheet(tmp_path, *ROWS)))
    press(rows, "rows.import")
    view = rows.views.currentWidget()
    press(view, "import.choose")
    quiet(qtbot, shell)
    assert "不能导入 2 行，未读作记录 0 行（共 2 行）" in view.words.text()
    map_to(qtbot, shell, view, "集中否", "计入集中学习培训")
    assert "将新增 2 条" in view.words.text()
    press(view, "import.run")
    quiet(qtbot, shell)
    assert "已新增 2 条" in view.words.text()
    assert len(desk.ledgers.of("training").find()) == 2
    press(view, "import.choose")
    quiet(qtbot, shell)
    map_to(qtbot, shell, view, "集中否", "计入集中学习培训")
    assert "新增 0 条，更新 0 条，无变化 2 条" in view.words.text()
    assert not view.run.isEnabled()


def test_an_import_is_undone(qtbot, page, desk, shell, tmp_path, monkeypatch):
    rows = opened(qtbot, page, shell, "training")
    file = a_sheet(tmp_path, *ROWS)
    press(rows, "rows.import")
    view = rows.views.currentWidget()
    view._mapping = {"集中否": "counts"}
    view._read(file)
    quiet(qtbot, shell)
    press(view, "import.run")
    quiet(qtbot, shell)
    press(view, "import.undo")
    quiet(qtbot, shell)
    assert "移除 2 条" in view.words.text()
    assert desk.ledgers.of("training").find() == []


def test_many_rows_are_ids_and_no_widget_each(qtbot, page, desk, shell, monkeypatch):
    ledger = shipped()["training"]
    plain = {
        "topic": "党章学习",
        "form": "class",
        "organiser": "支部",
        "who": ["张三"],
        "hours": "2",
        "counts": True,
    }
    row = desk.ledgers.read("training", plain | {"day": "2026-03-05"})
    with desk._library.changing(Topic.LEDGERS) as work:
        for _ in range(320):
            keeping.save(work, ledger, replace(row, id=new_id()))
    asked = []
    shown = desk.ledgers.shown
    desk.ledgers.shown = lambda code, ids, names: asked.append(len(ids)) or shown(code, ids, names)
    monkeypatch.setattr("dangjian_desktop.ui.ledgers.rows.TYPE_AHEAD", 50)
    rows = opened(qtbot, page, shell, "training")
    qtbot.waitUntil(lambda: len(rows.table.model.ids) == 320)
    qtbot.waitUntil(lambda: bool(asked))
    quiet(qtbot, shell)
    assert len(rows.findChildren(QWidget)) < 250
    assert max(asked) <= 100


def test_a_sensitive_ledger_refuses_rows_and_says_why(qtbot, page, desk, shell):
    notices = []
    shell.messages.noticed.connect(notices.append)
    desk.ledger_styles.define(replace(shipped()["training"], level=Level.SENSITIVE))
    rows = opened(qtbot, page, shell, "training")
    rows.start_new()
    quiet(qtbot, shell)
    qtbot.waitUntil(lambda: bool(notices))
    assert "没有密码" in notices[-1].text
    assert rows.views.at_home


def test_what_is_masked_is_covered_in_the_list(qtbot, page, desk, shell):
    plain = {
        "day": "2026-03-05",
        "visited": ["老王"],
        "reason": "住院",
    }
    ledger = shipped()["visits"]
    masked = [f for f in ledger.fields if f.masked]
    assert masked
    listed = replace(ledger, listed=(*ledger.listed, masked[0].name))
    desk.ledger_styles.define(listed)
    values = {f.name: plain.get(f.name) for f in ledger.fields}
    for asked in ledger.fields:
        if asked.choices and asked.required:
            codes = [asked.choices[0][0]]
            values[asked.name] = codes if asked.type.several else codes[0]
        elif asked.type.value in ("people", "person") and asked.required:
            values[asked.name] = ["张三"]
        elif asked.required and asked.type.value == "date":
            values[asked.name] = "2026-03-05"
    values[masked[0].name] = "家中有难处"
    desk.ledgers.save(
        desk.ledgers.read("visits", {n: v for n, v in values.items() if v is not None})
    )
    rows = opened(qtbot, page, shell, "visits")
    columns = rows.table.model.columnCount()
    line = [rows.table.model.index(0, c).data() for c in range(columns)]
    assert "家中有难处" not in line
    assert "＊＊＊" in line


def test_hits_dues_gaps_and_the_members_card_lead_to_the_row(qtbot, page, desk, shell):
    code = declared(qtbot, page, shell)
    uid = entered(qtbot, page, shell, code, 月份="2026-03", 党员="张三", 包保班组="皮带一班")
    hits = []
    search(desk, shell, "皮带一班", lambda found, _indexed: hits.extend(found))
    quiet(qtbot, shell)
    assert [(h.place, h.uid) for h in hits] == [("ledgers", f"{code}/{uid}")]
    page.to_all()
    quiet(qtbot, shell)
    page.focus_record(hits[0].uid)
    quiet(qtbot, shell)
    qtbot.waitUntil(lambda: page.shown is not page.all and page.shown.table.current() == uid)
    desk.ledger_styles.ask(code, on=True)
    todos = [t for t in load_home(desk).todos if t.place == "ledgers"]
    assert [t.uid for t in todos] == [f"{code}/"]
    assert todos[0].words.startswith("身边无三违（2026年3月）：")
    page.to_all()
    quiet(qtbot, shell)
    page.focus_record(todos[0].uid)
    quiet(qtbot, shell)
    qtbot.waitUntil(lambda: page.shown is not page.all)
    [member] = [m for m in desk.meetings.members() if m.name == "张三"]
    sheet = load_sheet(desk, rows_of([member], desk.clock().date())[member.id])
    assert [(r.ledger, r.row) for r in sheet.named] == [(code, uid)]


def test_the_card_prints_the_row_and_the_year(qtbot, page, desk, shell):
    entered(qtbot, page, shell, "training", **TRAINING)
    rows = page.shown
    card = rows.detail
    qtbot.waitUntil(lambda: rows.card.shown != "")
    chips = [b for b in card.chips.findChildren(QPushButton) if "培训台账" in b.text()]
    chips[0].click()
    qtbot.waitUntil(lambda: bool(card.pane.preview.pdf), timeout=20_000)
    assert card.pane.preview.pages == 1


def test_another_sheet_of_the_workbook_is_chosen(qtbot, page, desk, shell, tmp_path, monkeypatch):
    file = a_sheet(tmp_path, *ROWS)
    book = openpyxl.load_workbook(file)
    other = book.create_sheet("二季度")
    other.append(("表头", "没有用"))
    for row in (
        ("开始日期", "培训名称", "类别", "主办单位"),
        ("2026-05-02", "安全", "自学", "支部"),
    ):
        other.append(row)
    book.create_sheet("说明").append(("填表说明",))
    book.save(file)
    rows = opened(qtbot, page, shell, "training")
    monkeypatch.setattr(shell, "choosers", Chosen(file))
    press(rows, "rows.import")
    view = rows.views.currentWidget()
    press(view, "import.choose")
    quiet(qtbot, shell)
    assert "工作表“Sheet”" in view.words.text()
    sheets = [view.where.sheets.itemText(n) for n in range(view.where.sheets.count())]
    assert sheets == ["Sheet", "二季度", "说明"]
    choose(view.where.sheets, "说明")
    view.where.sheets.activated.emit(view.where.sheets.currentIndex())
    quiet(qtbot, shell)
    assert not view.run.isEnabled()
    assert view.lines.table.model.ids == ()
    choose(view.where.sheets, "二季度")
    view.where.sheets.activated.emit(view.where.sheets.currentIndex())
    quiet(qtbot, shell)
    assert "工作表“二季度”，表头在第2行" in view.words.text()


def test_a_sheet_dropped_on_a_ledger_begins_its_import(qtbot, page, desk, shell, tmp_path):
    rows = opened(qtbot, page, shell, "training")
    drop(rows, a_sheet(tmp_path, *ROWS))
    quiet(qtbot, shell)
    view = rows.views.currentWidget()
    qtbot.waitUntil(view.run.isVisible)
    assert view.lines.table.model.ids


def test_rows_with_something_unknown_are_found_by_a_chip(qtbot, page, desk, shell):
    service = {
        "活动日期": "2026-03-05",
        "主题": "义务劳动",
        "类别": "safety",
        "参加党员": ["张三"],
        "每人时长": "2",
        "服务内容": "清扫站台",
    }
    whole = entered(qtbot, page, shell, "volunteering", **service, 地点="东站台")
    gap = entered(qtbot, page, shell, "volunteering", **service | {"主题": "清淤"})
    rows = opened(qtbot, page, shell, "volunteering")
    assert set(rows.table.model.ids) == {whole, gap}
    rows.list.parts.chip("gaps").click()
    qtbot.waitUntil(lambda: rows.table.model.ids == (gap,))
    rows.focus_record(whole)
    qtbot.waitUntil(lambda: rows.table.current() == whole)


def test_rows_and_ledgers_are_found_as_a_name_is(qtbot, page, desk, shell):
    ids = {}
    for title in ("安全规程培训", "党史学习"):
        row = desk.ledgers.read("training", NAMED | {"topic": title})
        ids[title] = desk.ledgers.save(row).id
    styles = page.all.table.model
    for typed in ("教育培训", "jiaoyup", "jypx", "叫玉培训"):
        page.all.list.filter.clear()
        qtbot.waitUntil(lambda: len(styles.ids) > 1)
        page.all.list.filter.setText(typed)
        qtbot.waitUntil(lambda: styles.ids == ("training",))
    rows = opened(qtbot, page, shell, "training")
    for typed in ("安全规程", "anquang", "aqgc", "安全归城"):
        rows.list.filter.clear()
        qtbot.waitUntil(lambda: len(rows.table.model.ids) == len(ids))
        rows.list.filter.setText(typed)
        qtbot.waitUntil(lambda: rows.table.model.ids == (ids["安全规程培训"],))
        assert rows.table.foot.text() == "共 1 条"
    rows.list.filter.setText("没有这样的")
    qtbot.waitUntil(lambda: rows.table.model.ids == ())
