"""对标自评 in the window: a table read, its paper drawn, done again without what was found."""

from __future__ import annotations

import openpyxl

from dangjian_desktop.ui.assessments.page import _COLUMNS, Assessments
from tests.ui.roster_world import held, quiet


def a_table(folder):
    book = openpyxl.Workbook()
    for row in (("项目", "标准", "分值"), ("三会一课", "每季度一次", 60), ("融合", "有数据", 30)):
        book.active.append(row)
    file = folder / "达标.xlsx"
    book.save(file)
    return file


def test_what_cannot_be_read_is_asked_about_and_nothing_is_stored_before(
    qtbot, desk, shell, messages, tmp_path
):
    book = openpyxl.Workbook()
    for row in (("项目", "标准", "分值"), ("三会一课", "每季度一次", "六十分"), ("融合", "有", 40)):
        book.active.append(row)
    file = tmp_path / "达标.xlsx"
    book.save(file)
    made = Assessments(desk, shell)
    page = held(qtbot, desk, shell, made.page)
    asked = []
    messages.ask = lambda *words: asked.append(words)
    made.take(file)
    qtbot.waitUntil(lambda: bool(asked))
    question, told, yes, again = asked[0]
    assert question == "“达标.xlsx”里有1处读不出，没有读入。"
    assert "第2行的分值“六十分”不是数字" in told
    assert yes == "照样读入"
    assert desk.shared["assessment"].all() == ()
    again()
    qtbot.waitUntil(lambda: len(page.table.model.ids) == 1)
    quiet(qtbot, shell)


def test_the_card_is_a_table_that_ends_with_the_self_check(qtbot, desk, shell, messages):
    rows = [
        {"item": "三会一课", "standard": "每季度一次", "band": "bottom", "weight": "60"}
        | {"score": "50", "figure": "党员大会", "gap": "缺一次", "evidence": ["记录", "签到"]},
        {"item": "融合", "weight": "40", "value": "两项"},
    ]
    told = {"title": "达标表", "day": "2026-03-30", "year": 2026, "span": "q1", "criteria": rows}
    desk.shared["assessment"].import_json(told)
    made = Assessments(desk, shell)
    page = held(qtbot, desk, shell, made.page)
    qtbot.waitUntil(lambda: made.card.table.rowCount() == 2)
    texts = [made.card.table.item(0, at).text() for at in range(6)]
    counted = f"党员大会{desk.assessments.sheet(page.table.model.ids[0]).counted[0][4:]}"
    number = "1 三会一课\n底线"
    assert texts == [number, "每季度一次", "50/60", counted, "缺一次", "1-1 记录\n1-2 签到"]
    assert made.card.sums.text() == "共2项（底线1项）　得分50/100　差距1项　佐证2件"
    assert "1项还没有得分" in made.card.notes.text()
    assert made.card.counted.text() == "自评还没有完成，来源数字随记录变动"
    page.acts.actions["finish"].trigger()
    qtbot.waitUntil(lambda: made.card.finished)
    qtbot.waitUntil(lambda: not page.acts.actions["finish"].isVisible())
    assert page.acts.actions["reopen"].isVisible()
    assert "完成自评时的" in made.card.counted.text()
    page.acts.actions["problems"].trigger()
    qtbot.waitUntil(lambda: "【问题" in made.card.table.item(0, 4).text())
    page.acts.actions["reopen"].trigger()
    qtbot.waitUntil(lambda: not made.card.finished)
    quiet(qtbot, shell)


def test_an_indicator_is_chosen_in_the_row_of_a_standard(qtbot, desk, shell, messages):
    number = {"name": "材料消耗", "year": "2026", "unit": "元/吨", "values": {"2026-01": "0.41"}}
    desk.shared["indicator"].import_json(number)
    told = {"title": "达标表", "day": "2026-03-30", "year": 2026, "span": "q1"}
    desk.shared["assessment"].import_json(told | {"criteria": [{"item": "降本"}]})
    page = held(qtbot, desk, shell, Assessments(desk, shell).page)
    qtbot.waitUntil(lambda: len(page.table.model.ids) == 1)
    [uid] = page.table.model.ids
    page.edit(uid)
    qtbot.waitUntil(lambda: page.editor.body is not None and page.editor.body.isVisible())
    [row] = page.editor.body.parts["criteria"].editor.rows
    assert not {"id", "counted"} & row.cells.keys(), "no form asks for what a service fills in"
    box = row.cells["indicator"].editor.box
    assert [box.itemText(place) for place in range(box.count())] == ["2026年 材料消耗"]
    box.activated.emit(0)
    page.editor.head.done.click()
    qtbot.waitUntil(lambda: bool(desk.shared["assessment"].one(uid).criteria[0].indicator))
    qtbot.waitUntil(lambda: page.views.at_home)
    page.edit(uid)
    qtbot.waitUntil(page.editor.body.isVisible)
    qtbot.waitUntil(lambda: "title" in str(page.editor.body.state()["criteria"]))
    assert "材料消耗" in page.editor.body.state()["criteria"][0]["indicator"][0]["title"]
    page.editor.head.done.click()
    qtbot.waitUntil(lambda: page.views.at_home)
    quiet(qtbot, shell)


def test_a_table_is_read_and_done_again(qtbot, desk, shell, messages, tmp_path):
    made = Assessments(desk, shell)
    page = held(qtbot, desk, shell, made.page)
    told = []
    messages.noticed.connect(lambda *words: told.append(" ".join(map(str, words))))
    made.take(a_table(tmp_path))
    qtbot.waitUntil(lambda: len(page.table.model.ids) == 1)
    qtbot.waitUntil(lambda: bool(told))
    assert "各项分值合计为90，不是100" in told[0]
    [uid] = page.table.model.ids
    qtbot.waitUntil(lambda: page.table.model.record(uid) is not None)
    shown = [column.text(page.table.model.record(uid)) for column in _COLUMNS]
    assert shown[1:] == ["", ""], "no score is known, nothing lacks"
    page.start_new(uid)
    qtbot.waitUntil(lambda: page.editor.body is not None and page.editor.body.isVisible())
    criteria = page.editor.body.state()["criteria"]
    assert [each["item"] for each in criteria] == ["三会一课", "融合"]
    page.editor.head.done.click()
    qtbot.waitUntil(lambda: len(desk.shared["assessment"].all()) == 2)
    quiet(qtbot, shell)
