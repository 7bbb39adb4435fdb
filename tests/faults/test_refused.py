"""Cases 8-14, 18, 19: what cannot be opened, or not for writing, is refused in words."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import tempfile
import time
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from dangjian_desktop.storage.copies.checks import verify
from dangjian_desktop.storage.file import connecting
from dangjian_desktop.storage.file.connecting import raw
from dangjian_desktop.storage.file.lock import lock_file
from dangjian_desktop.storage.file.processes import this_host
from tests.faults.cases import Trial, many
from tests.faults.driver import NOBODY
from tests.faults.runs import Runs
from tests.faults.whole import saved

posix = pytest.mark.skipif(os.name == "nt", reason="rights of POSIX")


def content(folder: Path) -> dict[str, bytes]:
    """All files below a folder."""
    files = [file for file in folder.rglob("*") if file.is_file()]
    return {str(file.relative_to(folder)): file.read_bytes() for file in files}


@pytest.fixture
def ordinary(template: Path) -> Iterator[Path]:
    """A library that an ordinary user owns: to root nothing is read-only."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o777)
        place = Path(folder) / "资料"
        place.mkdir()
        path = Path(shutil.copy(template, place / "支部.dangjian"))
        if os.geteuid() == 0:
            for each in (place, path):
                os.chown(each, NOBODY, NOBODY)
        yield path
        place.chmod(0o755)


@posix
@pytest.mark.parametrize(
    ("number", "what", "rights"),
    [
        pytest.param(8, "file", 0o444, marks=pytest.mark.case(8)),
        pytest.param(9, "folder", 0o555, marks=pytest.mark.case(9)),
    ],
)
def test_what_is_read_only_is_shown_and_not_saved(
    ordinary: Path, trial: Trial, number: int, what: str, rights: int
) -> None:
    runs = Runs(ordinary.parents[1] / "runs", mode=0o777)
    (ordinary if what == "file" else ordinary.parent).chmod(rights)
    before = content(ordinary.parent)
    shown = runs.run("--as-nobody", "show", ordinary)
    assert shown.end() == 0, shown.text
    assert "只读：" in shown.text
    refused = runs.run("--as-nobody", "save", ordinary)
    assert refused.end() == 1, refused.text
    assert str(ordinary.parent) in refused.text
    assert "请" in refused.text
    assert refused.acknowledged == []
    assert content(ordinary.parent) == before
    runs.end()
    trial.tries = 2


@pytest.mark.case(10)
def test_a_folder_that_is_gone_is_said_and_not_made_anew(
    path: Path, runs: Runs, trial: Trial
) -> None:
    away = path.parent.rename(path.parent.with_name("搬走了"))
    for words in (("show", path), ("save", path), ("--library", path, "info")):
        run = runs.run(*words)
        assert run.end() == 1
        assert f"找不到资料库“{path}”" in run.text
        assert "查找" in run.text
        assert not path.parent.exists()
        trial.tries += 1
    away.rename(path.parent)
    assert verify(path) == ()


@pytest.mark.case(11)
def test_another_program_holds_the_file(
    path: Path, runs: Runs, trial: Trial, monkeypatch: pytest.MonkeyPatch
) -> None:
    patience = many(1, 5)
    with raw(path, write=True) as other:
        other.execute("BEGIN IMMEDIATE")
        begun = time.monotonic()
        waiting = runs.run("--patience", patience, "save", path)
        assert time.monotonic() - begun >= patience
        assert waiting.end() == 1
        assert "正被另一个程序写入" in waiting.text
        assert "请" in waiting.text
        # The window goes on reading meanwhile, and a save that waits gets its turn.
        assert runs.run("--library", path, "info").end() == 0
        patient = runs.start("--patience", 30, "save", path)
        time.sleep(0.2)
        other.execute("ROLLBACK")
    assert patient.end() == 0
    assert patient.acknowledged == [1]
    assert saved(path) == {1}
    assert connecting.BUSY_SECONDS == 5
    trial.tries = 3


@pytest.mark.case(12)
def test_a_second_start_is_told_who_is_first(path: Path, runs: Runs, trial: Trial) -> None:
    first = runs.start("serve", path)
    first.wait_for("serving")
    held = lock_file(path).read_bytes()
    second = runs.run("--patience", 0, "serve", path)
    assert second.end() == 1
    for words in (f"进程{first.process.pid}", this_host(), "窗口", "请先关闭"):
        assert words in second.text
    assert first.process.is_alive()
    assert lock_file(path).read_bytes() == held
    trial.tries = 1


@pytest.mark.case(13)
def test_the_lock_of_a_killed_process_asks_nothing(path: Path, runs: Runs, trial: Trial) -> None:
    for number in range(1, many(2, 20) + 1):
        first = runs.start("serve", path)
        first.wait_for("serving")
        first.kill()
        assert lock_file(path).exists()
        shown = runs.run("show", path)
        assert (shown.end(), shown.text.split()[1:]) == (0, _titles(number - 1))
        assert runs.run("save", path, "--from", number).acknowledged == [number]
        trial.tries += 1


def _titles(last: int) -> list[str]:
    return [f"第{number}次" for number in range(last, 0, -1)]


@pytest.mark.case(14)
def test_the_lock_of_another_computer_is_not_taken(path: Path, runs: Runs, trial: Trial) -> None:
    """The window asks before it opens for reading only: ``tests/ui/test_app.py``."""
    told = {"pid": 7, "host": "二楼办公室", "since": "2026-11-21T07:35:00+08:00"}
    lock_file(path).write_text(json.dumps(told), encoding="utf-8")
    before = content(path.parent)
    for patience in (0.2, 5)[: many(1, 2)]:
        refused = runs.run("--patience", patience, "save", path)
        assert refused.end() == 1
        assert "另一台电脑" in refused.text
        assert "二楼办公室" in refused.text
        assert f"请删除锁文件“{lock_file(path)}”" in refused.text
        assert content(path.parent) == before
        trial.tries += 1
    assert "只读：" in runs.run("--patience", 0.2, "show", path).text


FOREIGN = ("empty", "text", "zip", "random", "sqlite")


@pytest.mark.case(18)
@pytest.mark.parametrize("kind", FOREIGN)
def test_what_is_no_library_is_left_alone(
    tmp_path: Path, runs: Runs, trial: Trial, kind: str
) -> None:
    folder = tmp_path / "资料"
    folder.mkdir()
    path = folder / "支部.dangjian"
    _make_foreign(kind, path)
    before = content(folder)
    for words in (("show", path), ("save", path), ("--library", path, "verify")):
        refused = runs.run(*words)
        assert refused.end() == 1
        assert f"“{path}”不是本程序的支部资料库" in refused.text
        assert content(folder) == before
        trial.tries += 1


def _make_foreign(kind: str, path: Path) -> None:
    match kind:
        case "empty":
            path.touch()
        case "text":
            path.write_text("会议记录\n" * 500, encoding="utf-8")
        case "zip":
            with zipfile.ZipFile(path, "w") as archive:
                archive.writestr("a.txt", "x" * 9000)
        case "random":
            path.write_bytes(os.urandom(8192))
        case "sqlite":
            with closing(sqlite3.connect(path)) as connection:
                connection.execute("CREATE TABLE member (id INTEGER PRIMARY KEY)")


@pytest.mark.case(19)
@pytest.mark.parametrize(
    ("change", "readable"),
    [
        ("ALTER TABLE meeting ADD COLUMN newest TEXT", True),
        ("ALTER TABLE meeting RENAME COLUMN title TO heading", False),
        ("DROP TABLE waiver", False),
    ],
)
def test_a_newer_library_is_read_where_it_can_be_and_never_written(
    path: Path, runs: Runs, trial: Trial, change: str, readable: bool
) -> None:
    assert runs.run("save", path).acknowledged == [1]
    with raw(path, write=True) as connection:
        connection.execute(change)
        connection.execute("PRAGMA user_version = 99")
    path.with_name(path.name + "-journal").unlink(missing_ok=True)
    before = content(path.parent)
    refused = runs.run("save", path, "--from", 2)
    assert refused.end() == 1
    assert "更新版本" in refused.text
    assert "安装新版本的程序" in refused.text
    shown = runs.run("show", path)
    assert shown.end() == (0 if readable else 1)
    assert ("只读：" in shown.text) == readable
    assert ("第1次" in shown.text) == readable
    assert content(path.parent) == before
    trial.tries = 2
