"""What every test stands on: no screen, a data folder of its own, one fixed day."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import settings

from dangjian_desktop.storage import library
from dangjian_desktop.storage.file import migrating, slots
from dangjian_desktop.storage.file.connecting import raw
from dangjian_desktop.storage.file.keys import keys_of, let_go
from dangjian_desktop.sweeps import sweep_seldom, sweep_when_due

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

settings.register_profile("desk", deadline=None, max_examples=50)
settings.register_profile("ci", deadline=None, max_examples=100, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "desk")

CHECKOUT = Path(__file__).resolve().parent.parent
_WINDOWS = CHECKOUT / "tests" / "ui"


def pytest_collection_finish() -> None:
    """As in the program; the tests themselves stay and need no looking through either."""
    gc.collect()
    gc.freeze()
    sweep_seldom()


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(nextitem: pytest.Item | None) -> None:
    """What a window has left is swept on this thread, as in the program, and all of it before a
    test without one: that may start threads in which Python sweeps."""
    if gc.isenabled():
        return
    if nextitem is not None and _WINDOWS in nextitem.path.parents:
        sweep_when_due()
    else:
        gc.collect()
        gc.enable()


@pytest.fixture(autouse=True)
def _data_folder(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing a test does reaches the libraries or settings of whoever runs it."""
    monkeypatch.setenv("DANGJIAN_DATA", str(tmp_path_factory.mktemp("data")))
    for name in (
        "DANGJIAN_LIBRARY",
        "DANGJIAN_PASSWORD",
        "DANGJIAN_NEW_PASSWORD",
        "DANGJIAN_RECOVERY",
    ):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(autouse=True)
def _nothing_is_unlocked() -> Iterator[None]:
    """A password that one test has given opens nothing in the next."""
    yield
    let_go()


@pytest.fixture
def quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Trying a password costs nothing here; what it costs the program is tested by itself."""
    monkeypatch.setattr(slots, "MEMORY", 64)
    monkeypatch.setattr(slots, "_calibrated", lambda: 1)


@pytest.fixture
def today() -> date:
    return date(2026, 3, 31)


@pytest.fixture(scope="session")
def samples() -> Path:
    """The folder of rosters as real offices keep them."""
    return CHECKOUT / "tests" / "samples"


@pytest.fixture(autouse=True, scope="session")
def _tables_are_made_once() -> Iterator[None]:
    """Alembic makes the tables of the first new library; later ones get a copy of its file."""
    upgrade, made = migrating.upgrade, bytearray()

    def once(path: Path) -> None:
        with raw(path, write=False) as connection:
            (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if tables or keys_of(path) is not None or migrating.upgrade is not upgrade:
            migrating.upgrade(path)
            return
        if not made:
            upgrade(path)
            made.extend(path.read_bytes())
        path.write_bytes(made)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(library, "migrating", lambda: SimpleNamespace(upgrade=once))
        yield
