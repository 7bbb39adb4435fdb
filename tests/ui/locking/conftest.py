"""The program over a library with a password."""

from __future__ import annotations

import pytest

from dangjian_desktop.services.desk import open_desk
from dangjian_desktop.services.library import passwords
from dangjian_desktop.storage.file.keys import let_go
from dangjian_desktop.ui.places import places
from tests.services.make import a_library, clock
from tests.ui.locking.world import OLD


@pytest.fixture
def program(a_program):
    return a_program(places=places, open=lambda library: open_desk(library, clock=clock))


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
