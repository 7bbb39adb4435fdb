"""The program over a library with a password."""

from __future__ import annotations

import sys
import threading
from dataclasses import replace

import pytest

from dangjian_desktop.app import doors
from dangjian_desktop.services.desk import open_desk
from dangjian_desktop.services.library import passwords
from dangjian_desktop.storage.file.keys import let_go
from dangjian_desktop.ui.places import places
from dangjian_desktop.ui.program import Program
from dangjian_desktop.ui.window.frame import Frame
from tests.services.make import a_library, clock
from tests.ui.locking.world import OLD


@pytest.fixture
def program(qtbot, qapp, theme, settings, monkeypatch):
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    frame = Frame()
    qtbot.addWidget(frame)
    frame.show()
    own = replace(doors(), places=places, open=lambda library: open_desk(library, clock=clock))
    made = Program(qapp, frame, settings, own)
    left = []
    monkeypatch.setattr(made._application, "quit", lambda: left.append(1), raising=False)
    made.left = left
    said = made.said = []
    made.messages.noticed.connect(said.append)
    yield made
    made.locking.let_through()
    if made.desk is not None:
        made.jobs.close()
        made.desk._library.close()
    assert made.jobs.close()
    made.frame.may_close = True
    made.deleteLater()
    theme.apply()


@pytest.fixture
def secret(tmp_path):
    """A branch of ten under the old password, locked."""
    library = a_library(tmp_path)
    library.close()
    made = passwords.new_secret()
    passwords.set_password(library.path, made, OLD)
    let_go()
    return made


@pytest.fixture
def path(tmp_path, secret):
    return tmp_path / "支部.dangjian"
