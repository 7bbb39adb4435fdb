"""The card of a row: what is masked, and what it is linked to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QLabel, QPushButton

from dangjian_desktop.domain.field_texts import COVERED
from dangjian_desktop.domain.ledgers.reading import read_ledger
from dangjian_desktop.domain.meetings.meeting import AgendaItem, Meeting
from dangjian_desktop.domain.topics import Topic
from tests.domain.ledgers.making import own
from tests.ui.ledger_world import entered, opened, press
from tests.ui.roster_world import quiet

VISIT = {
    "走访日期": "2026-03-05",
    "走访对象": ["赵大爷"],
    "对象类别": "in_need",
    "时机": "illness",
    "困难或诉求": "看病花费",
    "走访人": ["张三"],
    "方式": ["talk"],
}


def carded(qtbot, page, uid):
    """The card of this row, once it shows it."""
    qtbot.waitUntil(lambda: page.shown.card.shown == uid)
    return page.shown.detail


def said(card):
    return [each.text() for each in card.findChildren(QLabel) if each.isVisibleTo(card)]


def test_what_is_masked_is_shown_only_when_asked(qtbot, page, shell):
    uid = entered(qtbot, page, shell, "visits", **VISIT)
    card = carded(qtbot, page, uid)
    qtbot.waitUntil(lambda: COVERED in said(card))
    assert "看病花费" not in said(card)
    press(card, "row.trouble.show")
    assert "看病花费" in said(card)
    card.secrets["困难或诉求"].timer.timeout.emit()
    assert "看病花费" not in said(card)
    press(card, "row.trouble.show")
    page.to_all()
    qtbot.waitUntil(lambda: card.secrets["困难或诉求"].text.text() == COVERED)


def test_what_was_masked_is_covered_too_once_its_field_is_taken_away(qtbot, page, desk, shell):
    why = '{ name = "why", label = "困难", type = "text", mask = true },\n  { name = "told", '
    ledger = desk.ledger_styles.define(read_ledger(own('{ name = "told", ', why))).ledger
    month = {"month": "2026-03", "who": ["张三"], "why": "欠债三万"}
    uid = desk.ledgers.save(desk.ledgers.read(ledger.code, month)).id
    other = month | {"month": "2026-02", "why": None}
    other = desk.ledgers.save(desk.ledgers.read(ledger.code, other)).id
    kept = tuple(each for each in ledger.fields if each.name != "why")
    desk.ledger_styles.define(replace(ledger, fields=kept))
    rows = opened(qtbot, page, shell, ledger.code)
    for chosen, covered in ((uid, True), (other, False), (uid, True)):
        rows.table.select(chosen)
        card = carded(qtbot, page, chosen)
        month = "2026-03" if covered else "2026-02"
        qtbot.waitUntil(lambda card=card, month=month: month in said(card))
        assert (COVERED in said(card)) is covered
        assert ("其他内容：困难" in said(card)) is covered
        assert "欠债三万" not in said(card)
    press(card, "row.more.show")
    qtbot.waitUntil(lambda: "欠债三万" in said(card))


def test_a_row_names_an_item_of_an_agenda(qtbot, page, desk, shell):
    item = AgendaItem(id="item-2", topic="审议学习制度")
    agenda = (AgendaItem(id="item-1", topic="传达文件"), item)
    meeting = Meeting(
        id="m-1", title="支委会", date=date(2026, 3, 5), kinds=("committee_meeting",), agenda=agenda
    )
    with desk._library.changing(Topic.MEETINGS) as work:
        work.meetings.save(meeting)
    rows = opened(qtbot, page, shell, "regulations")
    rows.start_new()
    quiet(qtbot, shell)
    qtbot.waitUntil(lambda: bool(rows.editor.uid))
    form = rows.editor.body.form
    box = form.cells["meeting"].editor.box
    words = "2026-03-05 支委会　议题2：审议学习制度"
    box.setCurrentIndex(box.findText(words))
    box.activated.emit(box.currentIndex())
    for name, value in {
        "regulation": "学习制度",
        "kind": "education",
        "change": "made",
        "reason": "缺少制度",
        "responsible": ["张三"],
        "effective": "2026-04-01",
    }.items():
        form.cells[name].set_value(value)
    uid = rows.editor.uid
    rows.editor.saver.save_and_leave()
    quiet(qtbot, shell)
    [(_, link)] = desk.ledgers.of("regulations").one(uid).links(rows_ledger(desk))
    assert (link.subject, link.uid, link.item) == ("meeting", "m-1", "item-2")
    card = carded(qtbot, page, uid)
    qtbot.waitUntil(lambda: words in said(card))
    asked = []
    shell.place_asked.connect(lambda *where: asked.append(where))
    press(card, "row.meeting")
    assert asked == [("meetings", "m-1")]


def rows_ledger(desk):
    return desk.ledgers.one_ledger("regulations").ledger


def test_a_finding_becomes_a_problem_and_both_lead_to_each_other(qtbot, page, desk, shell):
    toasts, places = [], []
    shell.toasted.connect(toasts.append)
    shell.place_asked.connect(lambda *where: places.append(where))
    told = {"day": "2026-03-02", "visitors": "矿党委", "kind": "regular", "seen": "查阅台账"}
    row = desk.ledgers.read("superior_visits", told | {"problems": "记录缺签字"})
    uid = desk.ledgers.save(row).id
    page.focus_record(f"superior_visits/{uid}")
    card = carded(qtbot, page, uid)
    qtbot.waitUntil(lambda: bool(buttons(card, "row.make_item")))
    [make] = buttons(card, "row.make_item")
    assert make.text().strip() == "“发现的问题”转为问题"
    make.click()
    qtbot.waitUntil(lambda: bool(buttons(card, "row.made_item")))
    [item] = desk.shared["item"].all()
    assert "已转为问题：记录缺签字（已挂号）" in said(card)
    assert buttons(card, "row.make_item") == []
    press(card, "row.made_item")
    assert places == [("item", item.id)]
    toasts[0].undo()
    qtbot.waitUntil(lambda: bool(buttons(card, "row.make_item")))
    # Meanwhile somebody registered it elsewhere: asking opens that one.
    other, _new = desk.item_making.from_row("superior_visits", uid, "problems")
    card.made._make(uid, "problems")
    qtbot.waitUntil(lambda: places[-1] == ("item", other.id))
    quiet(qtbot, shell)


def buttons(card, name):
    return [b for b in card.findChildren(QPushButton, name) if b.isVisibleTo(card)]
