"""A copy in which something was changed past the program is told of, asked about and put back."""

from __future__ import annotations

from pathlib import Path

import pytest

from dangjian_desktop.domain.branch import Branch
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.storage.copies.copies import backup
from dangjian_desktop.storage.file.keys import Under, hold
from dangjian_desktop.storage.library import Library
from dangjian_desktop.ui.settings.copies import CopiesCard
from tests.services.make import clock
from tests.storage.chain.changing import KEYS, a_meeting, knowing, run
from tests.ui.program_world import one_place
from tests.ui.roster_world import Chosen, quiet
from tests.ui.window.test_recovery import agree, press, recovery, spoil

CHANGED = run("UPDATE meeting SET date = '2026-03-19' WHERE title = '甲会'")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A library with a password, in which a sitting was changed; its one copy has the same."""
    hold(KEYS)
    under = Under(KEYS, lambda _path: None)
    made = Library.create(tmp_path / "支部.dangjian", Branch(name="中共甲支部"), under=under)
    with made.changing() as work:
        work.meetings.save(a_meeting("甲会"))
    made.close()
    knowing(made.path, CHANGED)
    backup(made.path)
    return made.path


@pytest.fixture
def program(a_program, monkeypatch):
    monkeypatch.setattr("dangjian_desktop.storage.copies.checks.PAUSE", 0)
    return a_program(places=one_place)


def test_the_recovery_window_tells_and_asks(qtbot, program, path, monkeypatch) -> None:
    spoil(path)
    program.start(path)
    window = recovery(qtbot, program)
    (choice,) = window.damage.choices
    assert not choice.whole
    window.table.select(str(choice.copy.file))
    assert "不是本程序保存的样子" in window.since.text()
    assert "甲会" in window.since.text()
    assert not window.rebuild.isHidden(), "there is no copy in which all is as it was saved"
    asked = agree(program, monkeypatch)
    press(window, "recovery.restore")
    qtbot.waitUntil(lambda: program.desk is not None and not program.jobs.busy)
    assert "照样恢复" in asked[-1]
    assert "甲会" in asked[-1]
    assert len(program.desk.meetings.find()) == 1


def test_one_from_elsewhere_is_asked_about_once_more(
    qtbot, program, path, tmp_path, monkeypatch
) -> None:
    (tmp_path / "别处").mkdir()
    copy = backup(path, tmp_path / "别处").file
    spoil(path)
    program.start(path)
    window = recovery(qtbot, program)
    program.shell.choosers = Chosen(copy)
    asked = agree(program, monkeypatch)
    press(window, "recovery.elsewhere")
    qtbot.waitUntil(lambda: program.desk is not None and not program.jobs.busy)
    assert [("甲会" in each, "照样恢复" in each) for each in asked] == [
        (False, False),
        (True, True),
    ]


@pytest.fixture
def card(qtbot, shell, path):
    desk = Desk(Library.open(path, write=True), clock)
    made = CopiesCard(desk, shell)
    qtbot.addWidget(made)
    made.resize(1000, 800)
    made.show()
    made.load()
    quiet(qtbot, shell)
    yield made
    quiet(qtbot, shell)
    desk.close()


def test_the_settings_tell_before_they_restore(qtbot, card, shell, messages) -> None:
    asked = []
    messages.ask = lambda question, detail, verb, then, **_more: (
        asked.append((detail, verb)),
        then(),
    )
    card.table.select(card.table.model.ids[0])
    with qtbot.waitSignal(shell.restore_asked) as wanted:
        card.restore.click()
    assert asked[0][1] == "照样恢复"
    assert "甲会" in asked[0][0]
    assert any("甲会" in line for line in wanted.args[1])


def test_who_has_looked_at_it_is_written_down(qtbot, card, shell) -> None:
    assert card.changed.isHidden()
    card.verify.click()
    qtbot.waitUntil(card.changed.isVisible)
    quiet(qtbot, shell)
    assert card.changed.known.isHidden()
    assert "甲会" in card.verified.text
    card.changed.accept.click()
    assert card.changed.form.problems(), "nobody is named yet"
    card.changed.form.fill({"by": "张三", "note": "与纸质记录一致"})
    card.changed.accept.click()
    qtbot.waitUntil(card.changed.known.isVisible)
    quiet(qtbot, shell)
    assert "由张三核对过，说明：与纸质记录一致" in card.changed.known.text()
    assert "甲会" in card.changed.known.text()
    assert card.verified.text.startswith("✓")
    assert not card.changed.accept.isVisible()
