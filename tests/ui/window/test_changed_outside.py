"""What was changed past the program is said as soon as the library is shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from dangjian_desktop.domain.branch import Branch
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.storage.file.connecting import raw
from dangjian_desktop.storage.file.keys import Under, hold
from dangjian_desktop.storage.file.sealing import keys_from
from dangjian_desktop.storage.library import Library
from dangjian_desktop.ui import opened
from dangjian_desktop.ui.window.main_window import MainWindow
from tests.services.make import clock
from tests.storage.chain.changing import a_meeting
from tests.ui.roster_world import quiet


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """One sitting, in a library with a password."""
    keys = keys_from(bytes(range(20)))
    hold(keys)
    under = Under(keys, lambda _path: None)
    made = Library.create(tmp_path / "支部.dangjian", Branch(name="中共甲支部"), under=under)
    with made.changing() as work:
        work.meetings.save(a_meeting("甲会"))
    return made


@pytest.mark.parametrize("changed", [False, True])
def test_it_is_said_when_the_library_is_shown(qtbot, shell, library, monkeypatch, changed) -> None:
    said = []
    shell.messages.noticed.connect(said.append)
    monkeypatch.setattr(opened, "WARN_AFTER_MS", 0)
    if changed:
        with raw(library.path, write=True) as connection:
            connection.execute("UPDATE revision SET reason = '假'")
    desk = Desk(library, clock)
    window = MainWindow(shell)
    qtbot.addWidget(window)
    opened.begin(shell, desk, window, lambda _path: None)
    qtbot.wait(20)
    quiet(qtbot, shell)
    desk.close()
    told = [notice for notice in said if "绕过本程序改动" in notice.text]
    assert bool(told) == changed
    if changed:
        assert "备份" in told[0].remedy
        assert len(told[0].details) == 1
        assert "第1次保存" in told[0].details[0]
