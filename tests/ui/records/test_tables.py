from __future__ import annotations

import csv
from io import StringIO
from threading import get_ident

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester

from dangjian_desktop.ui.desk.clipboard import copied
from dangjian_desktop.ui.look.fitting import READ
from dangjian_desktop.ui.records.record_table import RecordTable
from dangjian_desktop.ui.records.tables import Column, PagedModel, in_order

COLUMNS = (
    Column(code="name", title="姓名", text=lambda row: row[0], width=-1),
    Column(code="age", title="党龄（年）", text=lambda row: str(row[1]), right=True, width=80),
)
IDS = [str(number) for number in range(1000)]
KEYS = {"0": "wf", "1": "zs", "2": "wq", "3": "lm"}


class Records:
    def __init__(self):
        self.asked = []

    def fetch(self, ids):
        self.asked.append(tuple(ids))
        return {uid: (f"党员{uid}", int(uid)) for uid in ids if uid != "7"}


@pytest.fixture
def records():
    return Records()


@pytest.fixture
def model(records):
    return PagedModel(COLUMNS, records.fetch)


@pytest.fixture
def table(qtbot, model, theme, settings):
    made = RecordTable(model, theme, settings, name="members", title="党员")
    qtbot.addWidget(made)
    made.show_ids(IDS[:4], foot="共 4 人", keys=KEYS)
    made.show()
    return made


def test_the_model_is_a_proper_model(qapp, model):
    tester = QAbstractItemModelTester(model)
    model.show(IDS)
    model.show([])
    assert tester.model() is model


def test_rows_are_read_a_page_at_a_time_when_drawn(model, records):
    model.show(IDS)
    assert records.asked == []
    assert model.data(model.index(150, 0)) == "党员150"
    assert model.data(model.index(199, 1)) == "199"
    assert records.asked == [tuple(IDS[100:200])]


def test_a_vanished_record_draws_blank_and_is_not_asked_again(model, records):
    model.show(IDS)
    assert [model.data(model.index(7, 0)) for _ in range(3)] == ["", "", ""]
    assert len(records.asked) == 1


def test_numbers_stand_at_the_right(model):
    model.show(IDS)
    assert (
        model.data(model.index(0, 1), Qt.ItemDataRole.TextAlignmentRole)
        & Qt.AlignmentFlag.AlignRight
    )


def test_rows_that_come_later_are_drawn_when_they_come(qtbot, records, jobs):
    model = PagedModel(COLUMNS, records.fetch, ask=jobs.library)
    model.show(IDS)
    with qtbot.waitSignal(model.dataChanged):
        assert model.data(model.index(0, 0)) == ""
    assert model.data(model.index(0, 0)) == "党员0"


def test_rows_of_an_older_list_do_not_disturb(records):
    asked = []
    model = PagedModel(COLUMNS, records.fetch, ask=lambda work, done: asked.append((work, done)))
    model.show(IDS)
    model.data(model.index(0, 0))
    work, done = asked[0]
    model.show(["5"])
    done(work())
    assert model.record("0") is None


def test_selection_is_kept_by_id(qtbot, table):
    table.select("2")
    with qtbot.assertNotEmitted(table.chosen):
        table.show_ids(["9", "2", "1"])
    assert table.current() == "2"
    with qtbot.waitSignal(table.chosen) as chosen:
        table.show_ids(["9"])
    assert chosen.args == [""]


@pytest.mark.parametrize(
    ("key", "signal"),
    [
        (Qt.Key.Key_Return, "opened"),
        (Qt.Key.Key_Space, "previewed"),
    ],
)
def test_keys_act_on_the_current_record(qtbot, table, key, signal):
    table.select("3")
    with qtbot.waitSignal(getattr(table, signal)) as told:
        qtbot.keyClick(table.view, key)
    assert told.args == ["3"]


def test_letters_go_to_the_name_with_these_initials(qtbot, table):
    table.select("1")
    qtbot.keyClicks(table.view, "wq")
    assert table.current() == "2"


def test_an_empty_list_offers_its_first_step(qtbot, table):
    table.set_empty("这里列出党员。可以从现有名册导入。", "导入名册")
    table.show_ids([])
    assert not table.view.isVisible()
    with qtbot.waitSignal(table.step_asked):
        table._empty_step.click()


def test_shown_columns_are_remembered(qtbot, table, model, theme, settings):
    actions = table.headings.menu(table).actions()
    actions[1].trigger()
    again = RecordTable(model, theme, settings, name="members", title="党员")
    qtbot.addWidget(again)
    assert again.view.isColumnHidden(1)
    assert not again.headings.menu(table).actions()[0].isEnabled()


def test_rows_grow_with_the_type(table, theme):
    theme.choose(points=14)
    assert table.view.verticalHeader().defaultSectionSize() == theme.px(34)


def test_ten_thousand_rows_are_copied_beside_the_window(qtbot, jobs, theme, settings):
    threads = set()

    def text(row):
        threads.add(get_ident())
        return row

    columns = (Column(code="id", title="公民身份号码", text=text),)
    model = PagedModel(columns, lambda ids: {uid: uid for uid in ids}, ask=jobs.library)
    table = RecordTable(model, theme, settings, name="many", several=True)
    qtbot.addWidget(table)
    table.show_ids([f"11010119900307{number:04}" for number in range(10_000)])
    table.view.selectAll()
    with qtbot.waitSignal(table.copied) as told:
        qtbot.keyClick(table.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)

    assert told.args == [10_000]
    assert len(QGuiApplication.clipboard().text().split("\n")) == 10_001
    assert threads - {get_ident()}
    assert get_ident() not in threads


def test_a_sheet_takes_text_as_text_and_numbers_as_numbers():
    rows = [
        ["号码", "金额", "到会", "日期"],
        ["110101199003070012", "12.50", "1 / 2", "2026-03-18"],
    ]
    text, html = copied([*rows, ["=1+1", "约3", "a\tb\nc", ""]], [False, True, True, False])

    assert [*csv.reader(StringIO(text), "excel-tab")][2] == ["=1+1", "约3", "a\tb\nc", ""]
    assert '<td sdnum="1033;0;@">110101199003070012</td><td class="n">12.50</td>' in html
    assert '<td sdnum="1033;0;@">1 / 2</td><td class="d">2026-03-18</td>' in html
    assert '<td sdnum="1033;0;@">=1+1</td><td sdnum="1033;0;@">约3</td>' in html
    assert 'td {white-space:nowrap; mso-number-format:"\\@"}' in html


def test_chinese_is_sorted_by_its_sound_and_unknown_comes_last():
    column = Column(code="what", title="事项", text=str)
    words = {word: word for word in ("鑫源", "", "淼", "安全", "单位", "重庆")}
    up = in_order(tuple(words), words, column, descending=False)
    assert up == ("安全", "重庆", "单位", "淼", "鑫源", "")
    assert in_order(tuple(words), words, column, descending=True) == (*up[4::-1], "")


WIDE = (
    Column(code="name", title="名称", text=lambda row: row[0], width=-1),
    Column(code="who", title="负责", text=lambda _row: "张三", width=200),
    Column(code="state", title="状态", text=lambda _row: "办理中", width=200),
    Column(code="source", title="来源", text=lambda _row: "党员大会审议通过的工作计划", width=110),
)


@pytest.fixture
def wide(qtbot, theme, settings, records):
    made = RecordTable(PagedModel(WIDE, records.fetch), theme, settings, name="wide", title="表")
    qtbot.addWidget(made)
    rows = dict.fromkeys(IDS[:3], ("更衣室吹干机坏了没有人修", 1))
    made.show_ids(IDS[:3], rows=rows)
    made.show()
    return made


def fits(qtbot, table, wide):
    """The widths of the columns that are shown once the table is as wide as told."""
    table.resize(wide, 300)
    qtbot.waitUntil(lambda: not table.headings.fitting.soon.isActive())
    header = table.view.horizontalHeader()
    return {p: header.sectionSize(p) for p in table.headings.visible()}


def scrolls(table):
    return table.view.horizontalScrollBar().maximum() > 0


def test_columns_give_way_where_their_contents_need_less(qtbot, wide, theme):
    spacious = fits(qtbot, wide, 1200)
    assert spacious[1] == spacious[2] == theme.px(200)
    assert spacious[3] > theme.px(110)  # what is cut takes room that nothing else needs
    close = fits(qtbot, wide, 480)
    assert close[0] >= theme.px(110)
    assert close[1] < theme.px(200) > close[2]
    assert set(close) == {0, 1, 2, 3}
    assert not scrolls(wide)


def test_a_column_that_nobody_asked_for_waits_until_there_is_room(qtbot, wide, settings):
    assert set(fits(qtbot, wide, 330)) == {0, 1, 2}
    assert not scrolls(wide)
    assert set(fits(qtbot, wide, 800)) == {0, 1, 2, 3}
    assert not settings.knows("columns/wide")


def test_the_words_of_a_row_are_read_before_its_last_column_is_shown(qtbot, wide, theme):
    widths = [fits(qtbot, wide, room) for room in range(330, 810, 30)]
    assert {3 in shown for shown in widths} == {False, True}
    assert all(shown[0] >= theme.px(READ) for shown in widths if 3 in shown)
    assert fits(qtbot, wide, 660)[0] > theme.px(READ)  # the others do not need all that is usual


def test_a_column_that_somebody_asked_for_stays_and_the_table_scrolls(qtbot, wide, theme):
    fits(qtbot, wide, 330)
    wide.headings.menu(wide).actions()[3].trigger()
    shown = fits(qtbot, wide, 330)
    assert set(shown) == {0, 1, 2, 3}
    assert shown[0] >= theme.px(110)
    assert scrolls(wide)


def test_a_width_that_was_dragged_stays(qtbot, wide):
    before = fits(qtbot, wide, 900)
    header = wide.view.horizontalHeader()
    edge = QPoint(header.sectionViewportPosition(1) + before[1] - 1, header.height() // 2)
    qtbot.mousePress(header.viewport(), Qt.MouseButton.LeftButton, pos=edge)
    qtbot.mouseMove(header.viewport(), edge + QPoint(20, 0))
    qtbot.mouseMove(header.viewport(), edge + QPoint(60, 0))
    qtbot.mouseRelease(header.viewport(), Qt.MouseButton.LeftButton, pos=edge + QPoint(60, 0))
    dragged = header.sectionSize(1)
    assert dragged > before[1]
    assert fits(qtbot, wide, 700)[1] == dragged
