"""What every page of records does alike, whatever the record."""

from __future__ import annotations

import csv

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QPushButton

from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.ui.look.widgets import column_of
from dangjian_desktop.ui.records.record_table import RecordTable
from dangjian_desktop.ui.window.keys import Keyed
from tests.ui.records.hands import act, columns_of, menu_of, right_click, settle
from tests.ui.records.worlds import WORLDS, emptied

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def toasts(shell):
    said = []
    shell.toasted.connect(said.append)
    return said


def by_button(qtbot, page):
    qtbot.mouseClick(act(page, "delete"), Qt.MouseButton.LeftButton)


def by_menu(_qtbot, page):
    next(a for a in right_click(page).actions() if a.text().startswith("删除")).trigger()


def by_key(qtbot, page):
    qtbot.keyClick(page.table.view, Qt.Key.Key_Delete)


def test_the_menu_has_every_act_and_every_button_is_in_it(page):
    opened = right_click(page)
    menu = [a.text() for a in opened.actions() if a.text() and a.menu() is None]
    assert columns_of(opened) == [column.title for column in page.table.model.columns]
    buttons = [act(page, code).text().strip() for code in page.acts.acts]
    assert menu == buttons
    assert {"编辑", "删除"} <= set(menu)


def test_shift_f10_opens_the_menu_of_whatever_has_the_focus(qtbot, page):
    window = Keyed()
    qtbot.addWidget(window)
    column_of(page, on=window)
    window.resize(page.size())
    window.show()
    view = page.table.view
    by_hand = [action.text() for action in right_click(page).actions()]
    for focus in (view, *([page.list.filter] if page.list.filter.isVisible() else [])):
        focus.setFocus()

        def ask(focus=focus):
            qtbot.keyClick(focus, Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)

        shown = [action.text() for action in menu_of(ask).actions()]
        assert (shown == by_hand) == (focus is view)
    page.setParent(None)


@pytest.mark.parametrize("way", [by_button, by_menu, by_key])
def test_a_record_goes_to_the_bin_by_mouse_and_keys_and_comes_back(qtbot, page, shell, toasts, way):
    uid = page.table.model.ids[1]
    page.table.select(uid)
    settle(qtbot, page, shell)
    title = page.card.title.text()

    way(qtbot, page)

    qtbot.waitUntil(lambda: uid not in page.table.model.ids)
    assert toasts[-1].text == f"已移入回收站：{title}"
    settle(qtbot, page, shell)
    assert page.table.current() == page.table.model.ids[1]
    toasts[-1].undo()
    qtbot.waitUntil(lambda: page.table.current() == uid)


def test_several_are_deleted_at_once_and_come_back_at_once(qtbot, page, shell, toasts):
    first, second = page.table.model.ids[:2]
    page.table.select(first)
    qtbot.keyClick(page.table.view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert page.table.selected() == (first, second)
    assert act(page, "delete").text().strip() == "删除（2）"
    assert not act(page, "edit").isEnabled()

    act(page, "delete").click()

    qtbot.waitUntil(lambda: not {first, second} & set(page.table.model.ids))
    assert toasts[-1].text == "已移入回收站：2 条记录"
    toasts[-1].undo()
    qtbot.waitUntil(lambda: {first, second} <= set(page.table.model.ids))


def test_what_is_chosen_stays_chosen_and_a_refresh_moves_no_focus(qtbot, page, shell):
    uid = page.table.model.ids[1]
    page.table.select(uid)
    settle(qtbot, page, shell)
    button = act(page, "edit")
    button.setFocus()

    page.refresh(frozenset(Topic))
    settle(qtbot, page, shell)

    assert page.table.current() == uid
    assert page.table.selected() == (uid,)
    assert button.hasFocus()


def test_chips_keep_the_focus_when_the_list_is_made_anew(qtbot, page, shell):
    chips = page.list.parts.findChildren(QPushButton)
    if not chips:
        pytest.skip("nothing to narrow by")
    chips[0].setFocus()
    page.refresh(frozenset(Topic))
    settle(qtbot, page, shell)
    assert chips[0].hasFocus()


def test_a_heading_sorts_both_ways_and_gives_the_usual_order_back(qtbot, page, shell, world):
    usual = page.table.model.ids
    codes = [column.code for column in page.table.model.columns]
    header = page.table.view.horizontalHeader()
    place = codes.index(world.sorts)
    where = QPoint(header.sectionViewportPosition(place) + 8, header.height() // 2)
    orders = []
    for _click in range(3):
        qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=where)
        settle(qtbot, page, shell)
        orders.append(page.table.model.ids)
    up, down, again = orders
    assert again == usual
    assert up == tuple(reversed(down))
    assert set(up) == set(usual)


def test_unknown_values_come_last_whichever_way(qtbot, show, tmp_path, shell):
    page = show(WORLDS["visits"](tmp_path, shell))
    for descending, order in ((False, ("v3", "v1", "v2")), (True, ("v1", "v3", "v2"))):
        page.list.narrow(order="yuan", descending=descending)
        settle(qtbot, page, shell)
        assert page.table.model.ids == order


def test_the_order_is_kept_for_the_next_time(qtbot, page, shell, world):
    header = page.table.view.horizontalHeader()
    codes = [column.code for column in page.table.model.columns]
    header.setSortIndicator(codes.index(world.sorts), Qt.SortOrder.DescendingOrder)
    settle(qtbot, page, shell)
    again = RecordTable(page.table.model, shell.theme, shell.settings, name=page._subject.place)
    qtbot.addWidget(again)
    assert page.list.listing.shown.order == world.sorts
    assert again.headings.order == (world.sorts, True)


def test_chosen_rows_are_copied_with_their_headings_as_they_are_seen(qtbot, page, toasts):
    QGuiApplication.clipboard().clear()
    page.list.table.all.click()
    assert len(page.table.selected()) == len(page.table.model.ids)
    qtbot.keyClick(page.table.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(toasts))

    headings, *rows = csv.reader(QGuiApplication.clipboard().text().split("\n"), "excel-tab")
    shown, model = page.table.headings.visible(), page.table.model
    assert headings == [model.columns[place].title for place in shown]
    seen = [[str(model.index(n, place).data()) for place in shown] for n in range(len(model.ids))]
    assert rows == seen
    assert toasts[-1].text == f"已复制 {len(rows)} 行，可粘贴到 Excel"


def test_enter_opens_and_escape_comes_back_to_the_same_record(qtbot, page, shell):
    uid = page.table.model.ids[2]
    page.table.select(uid)
    qtbot.keyClick(page.table.view, Qt.Key.Key_Return)
    assert page.editing
    assert not page.renewable
    settle(qtbot, page, shell)
    assert page.back()
    settle(qtbot, page, shell)
    assert not page.editing
    assert page.renewable
    assert page.table.current() == uid
    assert page.focusWidget() is page.table.view


def test_ctrl_n_begins_a_record_wherever_the_focus_is(qtbot, page, shell, world):
    for place in (page.table.view, act(page, "delete"), page.list.new):
        place.setFocus()
        with qtbot.waitSignal(page.list.new_asked) if not world.new_kinds else _Menu(page):
            qtbot.keyClick(place, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
        if page.editing:
            page.back()
            settle(qtbot, page, shell)


class _Menu:
    """Ctrl+N opens the menu of kinds."""

    def __init__(self, page):
        self.list = page.list

    def __enter__(self):
        self.before = set(self.list.findChildren(QMenu))

    def __exit__(self, *_error):
        [menu] = set(self.list.findChildren(QMenu)) - self.before
        assert menu.isVisible()
        menu.close()


def test_the_focus_begins_in_the_list(page):
    assert page.focusWidget() is page.table.view


@pytest.mark.parametrize("name", WORLDS)
def test_an_empty_list_says_what_it_is_for_and_its_first_step_has_the_focus(
    show, tmp_path, shell, name
):
    page = show(emptied(name, tmp_path, shell))
    assert page.table._empty_text.isVisible()
    assert page.table._empty_text.text().startswith("这里")
    assert page.table._empty_step.hasFocus()
    assert not page.card.uid


def test_what_may_not_be_deleted_stays_and_the_rest_goes(qtbot, show, tmp_path, shell, toasts):
    world = WORLDS["visits"](tmp_path, shell)
    world.page._subject.records.rows["v2"]["yuan"] = 0
    page = show(world)
    page.table.view.selectAll()
    with qtbot.waitSignal(shell.messages.noticed) as said:
        act(page, "delete").click()
    assert said.args[0].text == "李四的走访已报出。"
    qtbot.waitUntil(lambda: page.table.model.ids == ("v2",))
    assert toasts[-1].text == "已移入回收站：2 条记录"


def test_columns_and_lines_follow_from_the_declaration(qtbot, show, tmp_path, shell):
    world = WORLDS["visits"](tmp_path, shell)
    world.page._subject.records.rows["v1"]["plight"] = "住院"
    page = show(world)
    view, model = page.table.view, page.table.model
    titles = [column.title for column in model.columns]
    assert titles == ["日期", "走访对象", "金额（元）", "困难或诉求"]
    assert [view.isColumnHidden(n) for n in range(4)] == [False, False, False, True]
    assert model.index(0, 3).data() == "＊＊＊"
    assert page.card.title.text() == "王五"
    shown = {title: value.text() for title, value in page.detail.values.items()}
    assert shown["金额（元）"] == "300"
    page.table.select("v2")
    qtbot.waitUntil(lambda: page.card.title.text() == "李四")
    assert page.detail.values["金额（元）"].text() == "—"


def test_a_declared_record_is_edited_saved_and_found_again_in_its_list(
    qtbot, show, tmp_path, shell
):
    page = show(WORLDS["visits"](tmp_path, shell))
    page.edit("v2")
    qtbot.waitUntil(lambda: page.editor.opened is not None)
    page.editor.body.form.editor("yuan").set_value("120")
    page.editor.save()
    qtbot.waitUntil(lambda: page.editor.pristine and not shell.jobs.busy)
    assert page.back()
    settle(qtbot, page, shell)
    assert page.table.current() == "v2"
    assert page.card.title.text() == "李四"
    assert page.detail.values["金额（元）"].text() == "120"
