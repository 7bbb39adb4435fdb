from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QCoreApplication, QDate, QEvent, QLocale, Qt
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QCalendarWidget, QLabel, QMenu, QToolButton, QVBoxLayout, QWidget

from dangjian_desktop.domain.references import Person
from dangjian_desktop.ui.fields.inputs import DateField, MonthField, PartialDateField, TimeField
from dangjian_desktop.ui.fields.names import Candidate, NameField

# The offscreen platform says so whenever a drop-down is shown.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support raise", extend=True)
TODAY = date(2026, 3, 5)
PEOPLE = (
    Candidate("王芳", "wf", "1"),
    Candidate("王强", "wq", "2"),
    Candidate("张伟", "zw", "3", "第一党小组"),
    Candidate("张伟", "zw", "4", "第二党小组"),
    Candidate("周丽凤", "zlf", "5", sort_key="zhou1 li4 feng4"),
)


@pytest.fixture
def day(qtbot, theme):
    field = DateField(theme, today=lambda: TODAY)
    qtbot.addWidget(field)
    return field


def leave(field):
    QCoreApplication.sendEvent(field, QFocusEvent(QEvent.Type.FocusOut))


@pytest.mark.parametrize(
    ("typed", "shown"), [("11.12", "2026-11-12"), ("+7", "2026-03-12"), ("今天", "2026-03-05")]
)
def test_a_day_is_shown_in_full_when_left(qtbot, day, typed, shown):
    day.setText(typed)
    leave(day)
    assert day.text() == shown


def test_what_cannot_be_read_stays_and_is_known(day):
    day.setText("月底")
    leave(day)
    assert day.text() == "月底"
    assert not day.readable
    assert day.day() is None


def test_arrows_move_by_a_day(qtbot, day):
    qtbot.keyClick(day, Qt.Key.Key_Up)
    assert day.day() == TODAY
    qtbot.keyClick(day, Qt.Key.Key_Down)
    assert day.day() == date(2026, 3, 4)


def test_the_calendar_gives_its_day(day):
    day._pick(QDate(2026, 5, 1))
    assert day.text() == "2026-05-01"


def test_a_month_known_alone_stays_so(qtbot, theme):
    field = PartialDateField(theme, today=lambda: TODAY)
    qtbot.addWidget(field)
    field.setText("1998.7")
    leave(field)
    assert field.text() == "1998-07"
    qtbot.keyClick(field, Qt.Key.Key_Up)
    assert field.text() == "1998-07"


def test_a_time_is_normalised_and_stepped(qtbot):
    field = TimeField()
    qtbot.addWidget(field)
    field.setText("1430")
    leave(field)
    assert field.text() == "14:30"
    qtbot.keyClick(field, Qt.Key.Key_Up)
    assert field.text() == "14:35"


def test_a_month_is_normalised_and_stepped(qtbot):
    field = MonthField(today=lambda: TODAY)
    qtbot.addWidget(field)
    field.setText("上月")
    leave(field)
    assert field.text() == "2026-02"
    qtbot.keyClick(field, Qt.Key.Key_Down)
    assert field.text() == "2026-01"


@pytest.fixture
def names(qtbot):
    field = NameField(lambda: PEOPLE, several=True)
    qtbot.addWidget(field)
    field.show()
    return field


def test_enter_takes_the_first_whose_initials_fit(qtbot, names):
    with qtbot.waitSignal(names.taken) as taken:
        qtbot.keyClicks(names, "wq")
        qtbot.keyClick(names, Qt.Key.Key_Return)
    assert taken.args == [Person("王强", "2")]
    qtbot.keyClicks(names, "wf")
    qtbot.keyClick(names, Qt.Key.Key_Return)
    assert names.people() == (Person("王强", "2"), Person("王芳", "1"))


def test_arrows_choose_among_namesakes(qtbot, names):
    qtbot.keyClicks(names, "zw")
    qtbot.keyClick(names, Qt.Key.Key_Down)
    qtbot.keyClick(names, Qt.Key.Key_Return)
    assert names.people() == (Person("张伟", "4"),)


def test_a_typed_namesake_is_not_guessed(names):
    names.set_names(["张伟"])
    assert names.people() == (Person("张伟", None),)


def test_a_stranger_is_kept_where_free_and_not_taken_where_not(qtbot, names):
    names.set_names(["公司党委李书记"])
    assert names.people() == (Person("公司党委李书记"),)
    strict = NameField(lambda: PEOPLE, free=False)
    qtbot.addWidget(strict)
    strict.setText("李四")
    with qtbot.assertNotEmitted(strict.taken):
        qtbot.keyClick(strict, Qt.Key.Key_Return)


def test_esc_closes_the_list_of_names_and_stays_where_it_is(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    field = NameField(lambda: PEOPLE)
    field.setParent(window)
    left = []
    QShortcut(QKeySequence("Esc"), window).activated.connect(lambda: left.append(1))
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    qtbot.keyClicks(field, PEOPLE[0].initials[:1])
    assert field._list.isVisible()
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert not field._list.isVisible()
    assert left == []
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert left == [1]


def commit(field, text, preedit=""):
    """What an input method sends."""
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(text)
    QCoreApplication.sendEvent(field, event)


def listed(field):
    return [field._list.item(row).text() for row in range(field._list.count())]


@pytest.mark.parametrize("typed", ["周李凤", "周丽凤", "zhouli"])
def test_what_the_input_method_commits_brings_the_name(qtbot, typed):
    strict = NameField(lambda: PEOPLE, free=False)
    qtbot.addWidget(strict)
    strict.show()
    commit(strict, typed)
    assert strict._list.isVisible()
    assert listed(strict) == ["周丽凤"]
    qtbot.keyClick(strict, Qt.Key.Key_Return)
    assert strict.people() == (Person("周丽凤", "5"),)


def test_a_guest_whose_name_only_sounds_alike_stays_who_he_is(qtbot):
    field = NameField(lambda: PEOPLE)
    qtbot.addWidget(field)
    field.show()
    commit(field, "周李凤")
    with qtbot.waitSignal(field.taken) as taken:
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert taken.args == [Person("周李凤")]
    assert not field._list.isVisible()
    commit(field, "", "")
    field.clear()
    commit(field, "周李凤")
    qtbot.keyClick(field, Qt.Key.Key_Down)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.people() == (Person("周丽凤", "5"),)


def test_the_list_gives_way_to_the_candidates_of_the_input_method(qtbot, names):
    commit(names, "w")
    assert names._list.isVisible()
    commit(names, "", "fang")
    assert not names._list.isVisible()
    commit(names, "f")
    assert listed(names) == ["王芳"]


def test_the_list_follows_its_field(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    above, holder, field = QLabel("新出现的字段"), QWidget(), NameField(lambda: PEOPLE)
    above.setFixedHeight(60)
    above.hide()
    QVBoxLayout(holder).addWidget(field)
    column = QVBoxLayout(window)
    column.addWidget(above)
    column.addWidget(holder)
    window.resize(400, 300)
    window.show()
    qtbot.waitExposed(window)
    commit(field, "w")

    def below():
        corner = field.mapToGlobal(field.rect().bottomLeft())
        return (corner.x(), corner.y() + 3, field.width())

    def stands():
        return (field._list.x(), field._list.y(), field._list.width())

    for change in (above.show, lambda: window.resize(500, 420), above.hide):
        before = below()
        change()
        qtbot.waitUntil(lambda before=before: below() != before)
        qtbot.waitUntil(lambda: stands() == below())


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_the_calendar_is_chinese_whatever_the_locale(qtbot, theme):
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))
    try:
        field = DateField(theme, today=lambda: date(2026, 11, 9))
        qtbot.addWidget(field)
        field.show()
        field._show_calendar()
        calendar = field.findChild(QCalendarWidget)
        month = calendar.findChild(QToolButton, "qt_calendar_monthbutton")
        assert month.text() == "十一月"
        field.findChild(QMenu).close()
    finally:
        QLocale.setDefault(before)
