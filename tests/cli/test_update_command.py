"""``dangjian update`` over a real installation of small versions."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from dangjian_desktop.cli import main
from dangjian_desktop.storage.file.connecting import raw
from dangjian_desktop.storage.tables import SCHEMA
from dangjian_desktop.storage.updating import trusted
from tests.installer.test_updating import PUBLISHER, a_package
from tests.installer.updates import a_program
from tests.installer.versions import lay, started

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the set-up of Linux")


@pytest.fixture(autouse=True)
def _keys(monkeypatch):
    monkeypatch.setattr(trusted, "built_in", lambda: PUBLISHER.keys)


def test_it_is_asked_for_on_the_command_line(tmp_path, monkeypatch, capfd):
    root = tmp_path / "程序"
    assert lay("put", root, a_program(tmp_path / "一", "0.1.0")).returncode == 0
    library = tmp_path / "支部.dangjian"
    monkeypatch.setattr(sys, "executable", str(root / "versions" / "0.1.0" / "dangjian"))
    file = a_package(tmp_path)

    def run(*words: object, code: int = 0):
        capfd.readouterr()
        assert main(["--library", str(library), "--json", *map(str, words)]) == code
        return json.loads(capfd.readouterr().out)

    assert main(["--library", str(library), "new", "--name", "甲支部"]) == 0
    told = run("update", file, "--check")
    assert (told["ok"], told["version"], told["now"], told["problems"]) == (
        *(True, "0.2.0", "0.1.0", []),
    )
    told = run("update", file)
    assert (told["version"], told["running"]) == ("0.2.0", "0.1.0")
    assert Path(told["copy"]).name.endswith("_更新前.dangjian")
    assert started(root, "a") == "0.2.0 a"
    told = run("update", "--back")
    assert (told["version"], Path(run("update", file)["copy"]).name in told["library"]) == (
        *("0.1.0", False),
    )
    assert "_更新前.dangjian" in told["library"]
    older = a_package(tmp_path, "0.0.9")
    assert "--older" in run("update", older, code=1)["error"]["remedy"]
    told = run("update", older, "--check", code=1)
    assert told["problems"] == ["这是较早的版本 0.0.9，已经装有 0.2.0。"]
    assert main(["update"]) == 2
    assert main(["update", str(file), "--back"]) == 2
    assert main(["update", "--back", "--older"]) == 2


def test_a_library_of_a_later_version_does_not_keep_the_program_back(tmp_path, monkeypatch, capfd):
    root, library = tmp_path / "程序", tmp_path / "支部.dangjian"
    assert lay("put", root, a_program(tmp_path / "一", "0.1.0")).returncode == 0
    monkeypatch.setattr(sys, "executable", str(root / "versions" / "0.1.0" / "dangjian"))
    assert main(["--library", str(library), "new", "--name", "甲支部"]) == 0
    with raw(library, write=True) as connection:
        connection.execute(f"PRAGMA user_version = {SCHEMA + 1}")
    capfd.readouterr()
    assert main(["--library", str(library), "--json", "update", str(a_package(tmp_path))]) == 0
    assert json.loads(capfd.readouterr().out)["copy"] is None
    assert started(root, "a") == "0.2.0 a"
