"""What SQLAlchemy names for servers is imported when somebody asks for it; each in a process."""

from __future__ import annotations

import os
import subprocess
import sys

from dangjian_desktop.domain.branch import Branch
from dangjian_desktop.services.library.branch import new_library
from dangjian_desktop.storage.unasked import stood_for

OPENED = """
import sys
from pathlib import Path
from dangjian_desktop.services.desk import open_desk
desk = open_desk(Path(sys.argv[1]) / "a.dangjian")
print(desk.first_page.branch())
desk.close()
print([n for n in ("asyncio", "ssl", "email", "importlib.metadata") if n in sys.modules])
"""
ASKED = """
from dangjian_desktop.storage import library
from sqlalchemy import create_engine, exc, text
from sqlalchemy.util import concurrency
with create_engine("sqlite://").connect() as connection:
    try:
        connection.execute(text("nonsense"))
    except exc.OperationalError as error:
        print(type(error).__name__)
import asyncio.events
import importlib
print(concurrency.is_exit_exception(asyncio.CancelledError()), asyncio.run(asyncio.sleep(0, "甲")))
print(importlib.metadata.version("sqlalchemy").partition(".")[0], asyncio.events.__name__)
from importlib import metadata
print(metadata.__spec__.name)
"""
BEFORE = f"import asyncio, importlib.metadata\nkept = asyncio\n{ASKED}\nprint(kept is asyncio)"


def told(code, folder):
    environment = {**os.environ, "DANGJIAN_DATA": str(folder)}
    done = subprocess.run(
        [sys.executable, "-c", code, str(folder)],
        capture_output=True,
        text=True,
        env=environment,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_a_library_is_opened_without_what_is_for_servers(tmp_path):
    new_library(tmp_path / "a.dangjian", Branch(name="中共测试支部")).close()
    assert told(OPENED, tmp_path) == ["中共测试支部", "[]"]


def test_who_asks_for_it_gets_it(tmp_path):
    wanted = ["OperationalError", "True 甲", "2 asyncio.events", "importlib.metadata"]
    assert told(ASKED, tmp_path) == wanted
    assert told(BEFORE, tmp_path) == [*wanted, "True"]


def test_asked_meanwhile_it_is_there_as_well(monkeypatch):
    monkeypatch.delitem(sys.modules, "colorsys", raising=False)
    with stood_for("colorsys", known="甲"):
        import colorsys as stand

        assert stand.known == "甲"
        assert stand.rgb_to_hsv(0, 0, 0) == (0.0, 0.0, 0)
    import colorsys

    assert colorsys is not stand
    assert stand.rgb_to_hsv is colorsys.rgb_to_hsv
