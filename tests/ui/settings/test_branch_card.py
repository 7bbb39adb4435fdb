"""支部信息 in the window: a new name asks from which day, a typo is put right, rows of the past."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtWidgets import QLineEdit, QPushButton

from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.ui.settings.branch import BranchCard
from tests.services.make import a_library, clock

OLD, NEW = "中共测试公司机关党支部", "中共测试公司总部党支部"
SINCE = date(2025, 7, 1)


@pytest.fixture
def desk(tmp_path, shell):
    made = Desk(a_library(tmp_path), clock)
    made.branch.enter({"superior": "中共测试公司委员会", "term_start": "2021-07-01"})
    made.announce = shell.changes.announce
    yield made
    made.close()


@pytest.fixture
def card(qtbot, desk, shell, jobs):
    made = BranchCard(desk, shell)
    qtbot.addWidget(made)
    made.resize(1000, 900)
    made.show()
    made.load()
    qtbot.waitUntil(lambda: line(made, "name").text() == OLD)
    yield made
    qtbot.waitUntil(lambda: not jobs.busy)


def line(card, name) -> QLineEdit:
    return card.findChild(QLineEdit, name)


def answer(card, name) -> QPushButton:
    return card.findChild(QPushButton, name)


def saved(qtbot, card, shell):
    with qtbot.waitSignal(shell.toasted):
        card.save.click()
    assert card.state.text() == ""


def since_of(card) -> QLineEdit:
    return card.change.cells["since"].editor.focusProxy()


def test_a_new_name_asks_from_which_day_and_keeps_the_old_one(qtbot, card, desk, shell):
    assert card.change.isHidden()
    line(card, "name").setText(NEW)
    assert card.change.isVisible()
    card.save.click()
    note = card.change.cells["change"].note
    qtbot.waitUntil(lambda: "从某一天起" in note.text())
    assert desk.branch.get().name == OLD
    answer(card, "change.from").click()
    card.save.click()
    qtbot.waitUntil(lambda: "从哪一天起" in card.change.cells["since"].note.text())
    since_of(card).setText("2025.7.1")
    with qtbot.waitSignal(shell.branch_named) as named:
        saved(qtbot, card, shell)
    assert named.args == [NEW]
    periods = [(p.name, p.superior, p.since) for p in desk.branch.history().periods]
    superior = "中共测试公司委员会"
    assert periods == [(OLD, superior, None), (NEW, superior, SINCE)]
    assert card.change.isHidden()
    assert answer(card, "change.from").isChecked() is False


def test_a_typo_is_put_right_on_every_day(qtbot, card, desk, shell):
    line(card, "name").setText(NEW)
    answer(card, "change.fix").click()
    saved(qtbot, card, shell)
    assert [(p.name, p.since) for p in desk.branch.history().periods] == [(NEW, None)]


def test_the_question_goes_with_what_asked_it(card):
    line(card, "name").setText(NEW)
    answer(card, "change.fix").click()
    answer(card, "change.from").click()
    assert not answer(card, "change.fix").isChecked()
    line(card, "name").setText(OLD)
    assert card.change.isHidden()
    assert card.values()["change"] is None


def test_a_new_term_is_told_from_a_correction(qtbot, card, desk, shell):
    start = card.term.cells["term_start"].editor.focusProxy()
    start.setText("2024-07-01")
    assert card.term_change.isVisible()
    answer(card, "term_change.new").click()
    saved(qtbot, card, shell)
    assert [str(t.start) for t in desk.branch.history().terms] == ["2021-07-01", "2024-07-01"]


def test_the_past_stands_in_rows_that_can_be_put_right(qtbot, card, desk, shell):
    desk.branch.enter({"name": NEW, "change": "from", "since": "2025-07-01"})
    card.load()
    qtbot.waitUntil(lambda: line(card, "name").text() == NEW)
    assert card.earlier.isHidden()
    card.more.click()
    assert card.earlier.isVisible()
    [row] = card.earlier.editor("earlier").rows
    assert row.value() == {
        "until": "2025-07-01",
        "name": OLD,
        "superior": "中共测试公司委员会",
    }
    row.cells["until"].set_value("2025-08-01")
    saved(qtbot, card, shell)
    assert desk.branch.history().periods[-1].since == date(2025, 8, 1)
    card.more.click()
    row = card.earlier.editor("earlier").rows[0]
    row.cells["until"].set_value("2026-08-01")
    card.save.click()
    qtbot.waitUntil(lambda: "晚于今天" in row.cells["until"].note.text())
    assert card.earlier.isVisible(), "the cell that is wrong can be seen"
    assert desk.branch.history().periods[-1].since == date(2025, 8, 1)


def test_what_is_taken_away_from_the_rows_comes_back(qtbot, card, desk, shell):
    desk.branch.enter({"name": NEW, "change": "from", "since": "2025-07-01"})
    card.load()
    qtbot.waitUntil(lambda: line(card, "name").text() == NEW)
    rows = card.earlier.editor("earlier")
    with qtbot.waitSignal(shell.toasted) as told:
        rows.rows[0].remove.click()
    assert rows.value() == []
    told.args[0].undo()
    assert rows.value()[0]["name"] == OLD
    assert card.topics == {Topic.BRANCH}
