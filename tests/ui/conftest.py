from __future__ import annotations

import os

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from dangjian_desktop.ui.desk.changes import ChangeBus
from dangjian_desktop.ui.desk.choosers import Choosers
from dangjian_desktop.ui.desk.jobs import Jobs
from dangjian_desktop.ui.desk.messages import Messages
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.desk.store import SettingsStore
from dangjian_desktop.ui.look.theme import Mode, Theme
from tests.ui.program_world import Programs
from tests.ui.roster_world import a_desk


@pytest.fixture(autouse=True)
def own_data(tmp_path, monkeypatch):
    monkeypatch.setenv("DANGJIAN_DATA", str(tmp_path / "data"))


@pytest.fixture(autouse=True)
def no_dialog_stays(own_data):
    """What a test leaves open would take mouse and keys from every window after it."""
    yield
    if QApplication.instance() is None:
        return
    left = [QApplication.activeModalWidget(), QApplication.activePopupWidget()]
    told = [f"{type(each).__name__} {each.windowTitle()!r}" for each in left if each is not None]
    for each in filter(None, left):
        each.hide()
    assert told == [], "left open by this test"


def not_yet(done):
    """What `done` says; what it looks up and is not there yet is waited for, too."""
    try:
        return done()
    except LookupError as error:
        raise AssertionError(f"still not there: {error!r}") from error


@pytest.fixture
def qtbot(qtbot, monkeypatch):
    """Waits longer before it gives up: a busy machine is no fault of the program. What comes
    with what was waited for, as a widget that is shown by the next event, has come, too."""
    wait = qtbot.waitUntil

    def wait_until(done, *, timeout=20_000):
        wait(lambda: not_yet(done), timeout=timeout)
        QApplication.processEvents()

    monkeypatch.setattr(qtbot, "waitUntil", wait_until)
    return qtbot


@pytest.fixture(scope="session")
def look(qapp):
    theme = Theme(qapp, Mode.LIGHT)
    theme.apply()
    return theme


@pytest.fixture
def theme(look):
    yield look
    if (look.mode, look.points) != (Mode.LIGHT, 10.5):
        look.choose(mode=Mode.LIGHT, points=10.5)


@pytest.fixture
def settings(tmp_path):
    return SettingsStore(tmp_path / "window.ini")


@pytest.fixture
def messages(qapp):
    return Messages()


@pytest.fixture
def jobs(messages):
    made = Jobs(messages.report)
    yield made
    assert made.close()


@pytest.fixture
def desk(tmp_path):
    """Of ten members; whoever wants other records has a desk of his own."""
    made = a_desk(tmp_path / "library")
    yield made
    made._library.close()


@pytest.fixture
def a_program(qtbot, qapp, theme, settings, monkeypatch):
    """Called with doors of its own, it makes a program; what nobody has caught in it fails the
    test."""
    made = Programs(qtbot, qapp, theme, settings, monkeypatch)
    yield made
    made.end()


@pytest.fixture
def shell(jobs, messages, theme, settings):
    return Shell(
        jobs=jobs,
        messages=messages,
        theme=theme,
        settings=settings,
        changes=ChangeBus(),
        choosers=Choosers(settings),
    )
