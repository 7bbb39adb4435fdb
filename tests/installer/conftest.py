"""One prefix of Wine and one set of programs for all that rehearse Windows."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.installer.setups import Desk, make_setups
from tests.installer.windows import MISSING, Made, Place, Wine


@pytest.fixture(scope="session")
def made(tmp_path_factory) -> Made:
    if sys.platform != "linux" or MISSING:
        pytest.skip(f"缺少 {'、'.join(MISSING)}")
    return Made(tmp_path_factory.mktemp("made"))


@pytest.fixture(scope="session")
def wine(tmp_path_factory, made) -> Iterator[Wine]:
    try:
        prefix = Wine(tmp_path_factory.mktemp("wine"))
    except subprocess.TimeoutExpired:
        pytest.skip("Wine 没有准备好")
    yield prefix
    prefix.end()


@pytest.fixture
def place(wine, made, tmp_path) -> Place:
    return Place(wine, made, tmp_path)


@pytest.fixture
def screen() -> Iterator[str]:
    """A screen on which windows and boxes are shown."""
    if shutil.which("Xvfb") is None:
        pytest.skip("缺少 Xvfb")
    read, write = os.pipe()
    call = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1366x768x24"]
    server = subprocess.Popen(call, pass_fds=[write], stderr=subprocess.DEVNULL)
    os.close(write)
    with os.fdopen(read) as told:
        display = f":{told.readline().strip()}"
    yield display
    server.terminate()
    server.wait(20)


@pytest.fixture(scope="session")
def setups(made) -> dict[str, Path]:
    return make_setups(made)


@pytest.fixture(scope="session")
def empty(wine, setups, tmp_path_factory) -> Path:
    return Desk(wine, setups).kept(tmp_path_factory.mktemp("empty"))


@pytest.fixture
def desk(wine, setups, empty) -> Desk:
    made = Desk(wine, setups)
    made.begin_with(empty)
    (wine.told / "let-go").unlink(missing_ok=True)
    return made
