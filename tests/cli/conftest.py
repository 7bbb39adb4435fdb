"""The command line as a script sees it: run in a process of its own where that matters."""

from __future__ import annotations

import json
import shutil
from functools import cache
from pathlib import Path

import pytest

from dangjian_desktop.cli import main, running
from dangjian_desktop.cli.parsing import parser

_PARSER = cache(parser)


class Shell:
    """Runs commands on one library and reads what they print."""

    def __init__(self, library: Path, capfd: pytest.CaptureFixture[str]) -> None:
        self.library = library
        self._capfd = capfd

    def __call__(self, *words: object, code: int = 0) -> tuple[str, str]:
        """Standard output and error of a command that ends with the code."""
        self._capfd.readouterr()
        ended = main(["--library", str(self.library), *map(str, words)])
        out, err = self._capfd.readouterr()
        assert ended == code, (out, err)
        return out, err

    def json(self, *words: object, code: int = 0) -> dict:
        """The one JSON document of a command."""
        out, err = self(*words, "--json", code=code)
        told = json.loads(out)
        # What was refused is said in Chinese beside it, whatever the program reads.
        assert ("error" in told) == bool(err)
        return told


@pytest.fixture(autouse=True)
def _parser_is_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a process of its own, but once for all: making it takes longer than most commands."""
    monkeypatch.setattr(running, "parser", _PARSER)


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What names no folder is written where the command is given, not into the project."""
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def shell(tmp_path, capfd) -> Shell:
    return Shell(tmp_path / "资料 库" / "支部.dangjian", capfd)


@pytest.fixture(scope="session")
def _made(tmp_path_factory, samples) -> Path:
    """The folder of ``branch``, made once: each test takes a copy."""
    folder = tmp_path_factory.mktemp("made")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("DANGJIAN_DATA", str(tmp_path_factory.mktemp("data")))
        for words in (
            ("new", "--name", "中共某矿综采三队支部委员会", "--short-name", "综采三队党支部"),
            ("roster", "import", str(samples / "花名册-规范.xlsx"), "--as-of", "2026-01-05"),
        ):
            assert main(["--library", str(folder / "支部.dangjian"), *words]) == 0
    return folder


@pytest.fixture
def branch(shell, _made) -> Shell:
    """A library with the roster of the tidy sample."""
    shutil.copytree(_made, shell.library.parent)
    return shell
