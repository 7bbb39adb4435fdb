"""A big library is shown while it is looked at; nothing is saved in it before it was whole."""

from __future__ import annotations

import threading

import pytest

from dangjian_desktop.errors import BlockedError
from dangjian_desktop.services.desk import open_desk
from dangjian_desktop.services.library import passwords
from dangjian_desktop.storage import opening, postponed
from dangjian_desktop.storage.copies.copies import backup
from dangjian_desktop.storage.file.keys import let_go
from dangjian_desktop.storage.file.lock import left_over, lock_file
from dangjian_desktop.storage.library import Library
from dangjian_desktop.ui.checking import WHOLE
from dangjian_desktop.ui.places import places
from dangjian_desktop.ui.window.recovery import RecoveryWindow
from tests.services.make import a_library, clock
from tests.ui.locking.world import OLD, enter, page_of
from tests.ui.window.test_recovery import spoil


@pytest.fixture
def path(tmp_path):
    """A branch of ten, with a copy."""
    library = a_library(tmp_path)
    library.close()
    backup(library.path)
    return library.path


@pytest.fixture
def gate(path, monkeypatch):
    """Every library is a big one, and is looked at when this is set."""
    monkeypatch.setattr(opening, "BIG", 0)
    made, look = threading.Event(), postponed.make_ready

    def waited(path, *, unclean):
        assert made.wait(20)
        look(path, unclean=unclean)

    monkeypatch.setattr(postponed, "make_ready", waited)
    yield made
    made.set()


@pytest.fixture
def program(a_program, gate):
    made = a_program(places=places, open=lambda library: open_desk(library, clock=clock))
    made.toasts = []
    made.shell.toasted.connect(lambda toast: made.toasts.append(toast.text))
    yield made
    gate.set()


def shown(qtbot, program, path):
    program.start(path)
    qtbot.waitUntil(lambda: program.desk is not None and program.window.here == "home")
    program.shell.open("roster")
    qtbot.waitUntil(lambda: program.window.page("roster") is not None)
    qtbot.waitUntil(lambda: "张三" in rows(program))


def rows(program):
    page = program.window.page("roster")
    model = page.list.table.view.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def test_it_is_read_at_once_and_written_once_it_was_found_whole(qtbot, program, path, gate):
    shown(qtbot, program, path)
    page = program.window.page("roster")
    assert program.window.top.read_only.isVisible()
    assert page.list.new.isHidden()
    assert "正在核对" in program.said[-1].text
    qtbot.waitUntil(lambda: "正在核对资料库" in program.window.strip.text.text())
    with pytest.raises(BlockedError, match="核对"), program.desk._library.changing():
        pass
    gate.set()
    qtbot.waitUntil(lambda: WHOLE in program.toasts)
    assert program.window.here == "roster"
    qtbot.waitUntil(lambda: not program.jobs.busy)
    assert not program.window.top.read_only.isVisible()
    assert not program.window.page("roster").list.new.isHidden()
    assert program.window.banner.isHidden()
    with program.desk._library.changing() as work:
        work.settings.put("a", 1)


def test_a_damaged_one_leads_to_the_ways_back(qtbot, program, path, gate):
    spoil(path, path.stat().st_size - 3_000)
    shown(qtbot, program, path)
    before = path.read_bytes()
    gate.set()
    qtbot.waitUntil(
        lambda: isinstance(program.frame.centralWidget(), RecoveryWindow), timeout=15_000
    )
    assert program.desk is None
    assert program.recovering.window.damage.whole is not None
    assert path.read_bytes() == before
    assert not lock_file(path).exists()


def test_closed_meanwhile_it_waits_and_is_closed_whole(qtbot, program, path, gate):
    shown(qtbot, program, path)
    program.frame.close()
    qtbot.waitUntil(lambda: program._closing)
    gate.set()
    qtbot.waitUntil(lambda: program.frame.may_close)
    assert not lock_file(path).exists()
    assert program.said[1:] == []


@pytest.mark.usefixtures("quick_passwords")
def test_locked_meanwhile_it_stays_covered(qtbot, program, path, gate):
    passwords.set_password(path, passwords.new_secret(), OLD)
    let_go()
    program.start(path)
    enter(qtbot, page_of(qtbot, program), OLD)
    qtbot.waitUntil(lambda: program.desk is not None and program.window.here == "home")
    program.shell.lock_asked.emit()
    page = page_of(qtbot, program)
    gate.set()
    qtbot.waitUntil(lambda: not program.jobs.busy)
    assert program.frame.centralWidget() is page
    assert program.toasts == []
    enter(qtbot, page, OLD)
    qtbot.waitUntil(lambda: WHOLE in program.toasts)


def test_one_that_was_not_closed_is_looked_at_thoroughly_whenever(path, gate, monkeypatch):
    asked = []
    monkeypatch.setattr(postponed, "make_ready", lambda _path, *, unclean: asked.append(unclean))
    library = Library.open_as_can_be(path)
    assert library.postponed.pending
    assert not library.writable
    library.close()
    assert asked == []
    text = lock_file(path)
    library = Library.open_as_can_be(path)
    held = text.read_text("utf-8")
    library.close()
    text.write_text(held.replace('"started": "', '"started": "another'), "utf-8")
    assert left_over(path)
    Library.open_as_can_be(path).close()  # before it could be looked at
    assert asked == [True]


def test_whoever_does_not_wait_for_it_is_not_made_to(path, gate):
    """A command reads nothing that was not looked at: it waits; so does an older version."""
    gate.set()
    for write in (True, False):
        library = Library.open(path, write=write)
        assert library.postponed is None
        assert library.writable == write
        library.close()
    spoil(path, path.stat().st_size - 3_000)
    with pytest.raises(BlockedError, match="已损坏"):
        Library.open(path, write=False)
