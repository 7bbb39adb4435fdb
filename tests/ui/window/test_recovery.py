"""A library that cannot be opened leads to a window with the ways back, never to an empty one."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLabel, QPushButton

from dangjian_desktop.papers.catalogue import Wanted
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.storage.copies.kept import kept_copies
from dangjian_desktop.storage.file.connecting import raw
from tests.services.make import a_library, a_meeting, clock
from tests.ui.program_world import one_place
from tests.ui.roster_world import Chosen


@pytest.fixture
def library(tmp_path):
    """A library with a sitting, printed, and two copies, the newer without the last change."""
    folder = tmp_path / "资料"
    folder.mkdir()
    desk = Desk(a_library(folder), clock)
    desk.copies.backup()
    desk.meetings.import_json(a_meeting())
    desk.printing.export("minutes", tmp_path / "出", desk.meetings.find()[0], Wanted())
    desk.copies.backup(reason="关闭时")
    desk._library.close()
    return desk.path


@pytest.fixture
def program(a_program, monkeypatch):
    monkeypatch.setattr("dangjian_desktop.storage.copies.checks.PAUSE", 0)
    return a_program(places=one_place)


def spoil(file, at: int = 9000) -> None:
    content = bytearray(file.read_bytes())
    content[at] ^= 1
    file.write_bytes(content)


def recovery(qtbot, program):
    qtbot.waitUntil(lambda: program.recovering.window is not None and not program.jobs.busy)
    return program.recovering.window


def said(window) -> str:
    return "\n".join(each.text() for each in window.findChildren(QLabel) if not each.isHidden())


def press(window, name: str) -> None:
    found = window.findChild(QPushButton, name)
    assert found.isEnabled()
    assert not found.isHidden()
    found.click()


def agree(program, monkeypatch) -> list[str]:
    asked: list[str] = []

    def ask(question, detail, verb, then, *, parent=None, otherwise=None):
        asked.append(f"{question}{detail}{verb}")
        then()

    monkeypatch.setattr(program.messages, "ask", ask)
    return asked


def test_a_damaged_library_shows_its_copies_and_is_restored(
    qtbot, program, library, monkeypatch
) -> None:
    spoil(library)
    damaged = library.read_bytes()
    program.start(library)
    window = recovery(qtbot, program)
    assert program.desk is None
    words = said(window)
    assert "资料库已损坏" in words
    assert str(library) in words
    assert "没有写入任何内容" in words
    assert [c.copy.reason for c in window.damage.choices] == ["关闭时", "手工"]
    assert all(choice.whole for choice in window.damage.choices)
    assert window.damage.choices[0].records == {"党员": 10, "会议": 1}
    assert window.table.current() == str(window.damage.whole.copy.file)
    assert window.rebuild.isHidden()
    assert library.read_bytes() == damaged
    asked = agree(program, monkeypatch)
    press(window, "recovery.restore")
    qtbot.waitUntil(lambda: program.desk is not None and not program.jobs.busy)
    assert "原样另存" in asked[0]
    assert len(program.desk.meetings.find()) == 1
    (as_it_was,) = (c for c in kept_copies(library) if c.reason == "恢复前原样")
    assert as_it_was.file.read_bytes() == damaged


def test_rows_that_are_gone_without_a_trace_lead_there_too(qtbot, program, library) -> None:
    with raw(library, write=True) as connection:
        connection.execute("DELETE FROM revision WHERE id = (SELECT max(id) FROM revision)")
    program.start(library)
    window = recovery(qtbot, program)
    assert "与上次关闭时对不上" in said(window)
    assert window.damage.whole.copy.reason == "关闭时"


def test_the_older_one_is_proposed_where_the_newest_is_damaged_too(qtbot, program, library) -> None:
    spoil(library)
    spoil(kept_copies(library)[0].file)
    program.start(library)
    window = recovery(qtbot, program)
    assert window.damage.whole.copy.reason == "手工"
    assert window.table.current() == str(window.damage.whole.copy.file)
    window.table.select(str(window.damage.choices[0].copy.file))
    assert not window.restore.isEnabled()
    assert "也已损坏" in window.since.text()


def test_what_came_after_the_copy_is_told_as_far_as_it_can_be_read(
    qtbot, program, library, monkeypatch
) -> None:
    spoil(library, library.stat().st_size - 2000)
    program.start(library)
    window = recovery(qtbot, program)
    assert "还能读出并核对无误：党员" in said(window)
    window.table.select(str(window.damage.choices[1].copy.file))
    assert "会议新增 1" in window.since.text()
    asked = []
    monkeypatch.setattr(program.messages, "ask", lambda *given, **_: asked.append(given[1]))
    press(window, "recovery.restore")
    program.shell.choosers = Chosen(window.damage.choices[1].copy.file)
    press(window, "recovery.elsewhere")
    qtbot.waitUntil(lambda: len(asked) > 1)
    assert all("会议新增 1" in each for each in asked)
    window.table.select(str(window.damage.choices[0].copy.file))
    assert "这份备份里都有" in window.since.text()


def test_a_missing_library_is_never_made_empty(qtbot, program, library, monkeypatch) -> None:
    library.unlink()
    program.start(library)
    window = recovery(qtbot, program)
    assert "资料库文件不见了" in said(window)
    assert "不会在原处新建空的资料库" in said(window)
    assert not library.exists()
    agree(program, monkeypatch)
    press(window, "recovery.restore")
    qtbot.waitUntil(lambda: program.desk is not None and not program.jobs.busy)
    assert len(program.desk.meetings.find()) == 1


def test_without_a_whole_copy_it_is_made_anew_of_what_is_left(
    qtbot, program, library, monkeypatch
) -> None:
    for copy in kept_copies(library):
        copy.file.write_bytes(b"nothing" * 5000)
    library.write_bytes(b"nothing" * 5000)
    program.start(library)
    window = recovery(qtbot, program)
    assert window.damage.whole is None
    assert "没有一份完好" in said(window)
    assert "打印时另存的会议记录（1 份）" in said(window)
    assert not window.restore.isEnabled()
    asked = agree(program, monkeypatch)
    press(window, "recovery.rebuild")
    qtbot.waitUntil(lambda: program.desk is not None and not program.jobs.busy)
    assert "逐项核对" in asked[0]
    assert len(program.desk.meetings.find()) == 1
    qtbot.waitUntil(lambda: not program.window.banner.isHidden())
    assert "会议 1" in program.window.banner.text.text()


def test_a_copy_from_elsewhere_is_taken(qtbot, program, library, tmp_path, monkeypatch) -> None:
    desk = Desk(program._doors.open(library)._library, clock)
    carried = desk.copies.carry(tmp_path / "带走.zip").file
    desk._library.close()
    for copy in kept_copies(library):
        copy.file.unlink()
    library.unlink()
    program.start(library)
    window = recovery(qtbot, program)
    program.shell.choosers = Chosen(carried)
    asked = agree(program, monkeypatch)
    press(window, "recovery.elsewhere")
    qtbot.waitUntil(lambda: program.desk is not None and not program.jobs.busy)
    assert "里面有：党员 10，会议 1。" in asked[0]
    assert len(program.desk.meetings.find()) == 1


def test_its_other_ways_lead_where_they_say(qtbot, program, library, tmp_path, monkeypatch) -> None:
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    (tmp_path / "别的").mkdir()
    other = a_library(tmp_path / "别的")
    other.close()
    spoil(library)
    program.start(library)
    window = recovery(qtbot, program)
    press(window, "recovery.folder")
    assert opened == [str(library.parent)]
    press(window, "recovery.leave")
    qtbot.waitUntil(lambda: program.first is not None)
    assert program.frame.centralWidget() is program.first
    program.recovering.window = None
    program.open(library)
    window = recovery(qtbot, program)
    program.shell.choosers = Chosen(other.path)
    press(window, "recovery.other")
    qtbot.waitUntil(lambda: program.desk is not None and not program.jobs.busy)
    assert program.desk.path == other.path


def test_a_copy_that_cannot_be_restored_leaves_the_window_as_it_is(
    qtbot, program, library, tmp_path, monkeypatch
) -> None:
    spoil(library)
    damaged = library.read_bytes()
    program.start(library)
    window = recovery(qtbot, program)
    (tmp_path / "坏.dangjian").write_bytes(b"x" * 9000)
    program.shell.choosers = Chosen(tmp_path / "坏.dangjian")
    agree(program, monkeypatch)
    with qtbot.waitSignal(program.messages.noticed):
        press(window, "recovery.elsewhere")
    qtbot.waitUntil(window.isEnabled)
    assert not window.banner.isHidden()
    assert library.read_bytes() == damaged


def test_what_is_no_library_is_refused_as_before(qtbot, program, tmp_path) -> None:
    strange = tmp_path / "别的.dangjian"
    strange.write_bytes(b"x" * 9000)
    with qtbot.waitSignal(program.messages.noticed) as noticed:
        program.start(strange)
    assert "不是本程序的支部资料库" in noticed.args[0].text
    assert program.recovering.window is None
