"""A folder that one may not enter: a sentence with the place, for every command that goes there."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

import pytest

from dangjian_desktop.cli import main

NOBODY = 65534

pytestmark = pytest.mark.skipif(os.name == "nt", reason="rights of POSIX")


# An ordinary user may not read what belongs to root, the modules of Python among it.
for _name in (
    "library.demo",
    "library.copying",
    "members.roster",
    "library.branch",
    "library.opening",
):
    import_module(f"dangjian_desktop.services.{_name}")


@contextmanager
def closed_to(folder: Path) -> Iterator[None]:
    """As an ordinary user without rights on the folder: to root nothing is closed."""
    was = os.geteuid()
    folder.chmod(0)
    if was == 0:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(was)
        folder.chmod(0o755)


@pytest.mark.parametrize(
    "words",
    [
        ["new", "--name", "甲支部"],
        ["info"],
        ["verify"],
        ["backup"],
        ["roster", "list"],
        ["restore", "{folder}/副本.dangjian"],
        ["demo", "--out", "{folder}"],
        ["demo", "--out", "{folder}/示例"],
    ],
)
def test_a_closed_folder_is_named_and_no_bug_is_reported(tmp_path, capfd, words):
    folder = tmp_path / "不能进入"
    folder.mkdir()
    command = [word.replace("{folder}", str(folder)) for word in words]
    command = ["--json", "--library", str(folder / "支部.dangjian"), *command]
    with closed_to(folder):
        ended = main(command)
    error = json.loads(capfd.readouterr().out)["error"]
    assert ended == 1
    assert "没有权限" in error["message"]
    assert str(folder) in error["message"]
    assert error["remedy"]
