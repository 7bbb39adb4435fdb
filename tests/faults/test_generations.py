"""Cases 26-29 of what came with the generations: large libraries, the second place, the stick."""

from __future__ import annotations

import re
import time
from pathlib import Path
from random import Random

import pytest

from dangjian_desktop.errors import BlockedError
from dangjian_desktop.services.desk import open_desk
from dangjian_desktop.services.library.copying import problems_of
from dangjian_desktop.storage.copies import snapshot
from dangjian_desktop.storage.copies.checks import verify
from dangjian_desktop.storage.copies.copies import backup
from dangjian_desktop.storage.copies.kept import in_folder, kept_copies
from dangjian_desktop.storage.file.connecting import raw
from tests.faults.cases import Trial, many
from tests.faults.driver import attach
from tests.faults.mounting import small_disk
from tests.faults.runs import Runs
from tests.faults.test_copies_and_drafts import contents, fill
from tests.faults.whole import saved


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "U盘"
    folder.mkdir()
    return folder


def choose(path: Path, stick: Path) -> None:
    """Let copies go there too."""
    desk = open_desk(path)
    desk.copies.choose_second(stick)
    desk._library.close()


def final(folder: Path) -> list[Path]:
    """The libraries in it that have their final name."""
    return [file for file in folder.glob("*.dangjian") if not file.name.startswith(".")]


# ---- 26: cut off, or no room ------------------------------------------------------------------


@pytest.mark.case(26)
def test_a_killed_backup_of_a_large_library(
    path: Path, tmp_path: Path, runs: Runs, trial: Trial
) -> None:
    fill(path, *range(1, 5), megabytes=1)
    wanted, chance = tmp_path / "U盘" / "备份.dangjian", Random(126)
    older: dict[str, bytes] = {}
    for _ in range(many(4, 40)):
        child = runs.start("copy", path, wanted, "--large")
        child.wait_for("made")
        time.sleep(chance.uniform(0, 0.15))
        child.kill()
        now = contents(wanted.parent)
        assert now.items() >= older.items()
        for name in now.keys() - older.keys():
            assert not name.endswith(".dangjian") or verify(wanted.parent / name) == ()
        older, trial.tries = now, trial.tries + 1


@pytest.mark.case(26)
@pytest.mark.parametrize("large", [False, True])
def test_killed_on_the_way_to_the_second_place(
    path: Path, stick: Path, runs: Runs, trial: Trial, large: bool
) -> None:
    fill(path, 1, 2, megabytes=1)
    choose(path, stick)
    chance = Random(226)
    for number in range(many(3, 40)):
        first = str(100 * (number + 1))
        child = runs.start("follow", path, "--from", first, *(["--large"] if large else []))
        child.wait_for("made")
        time.sleep(chance.uniform(0, 0.2))
        child.kill()
        for folder in (path.with_suffix(".copies"), stick):
            assert final(folder)
            assert [verify(file) for file in final(folder)] == [()] * len(final(folder))
        trial.tries += 1
    desk = open_desk(path)
    desk.copies.keep_up()
    assert desk.copies.second().current
    desk._library.close()
    assert saved(in_folder(path, stick)[0].file) == saved(path)
    assert [*stick.rglob(".*.part*")] == []


@pytest.mark.case(26)
def test_killed_while_a_library_goes_to_a_stick(
    path: Path, stick: Path, runs: Runs, trial: Trial
) -> None:
    """There is always a whole one under its name."""
    fill(path, 1, 2, megabytes=2)
    chance = Random(326)
    for _ in range(many(4, 40)):
        child = runs.start("carry", path, stick / "带走.zip")
        child.wait_for("made")
        time.sleep(chance.uniform(0, 0.15))
        child.kill()
        assert [file.name for file in stick.iterdir() if file.suffix == ".zip"] == ["带走.zip"]
        assert problems_of(stick / "带走.zip") == ()
        trial.tries += 1


@pytest.mark.case(26)
def test_a_stick_that_is_too_small(path: Path, stick: Path, trial: Trial) -> None:
    """The copy itself is made; what did not fit is told, leaves nothing and is made up for."""
    with small_disk(stick, 3):
        choose(path, stick)
        before = contents(stick)
        desk = open_desk(path)
        attach(desk, 4)
        desk.copies.backup()
        assert "磁盘已满" in desk.copies.second().failed
        assert contents(stick) == before
        with pytest.raises(BlockedError) as refused:
            desk.copies.carry(stick / "带走.zip")
        assert re.search(r"磁盘已满.*还差约\d+MB", refused.value.message)
        assert not (stick / "带走.zip").exists()
        assert all(verify(file) == () for file in final(stick))
        assert verify(kept_copies(path)[0].file) == ()
        desk._library.close()
        trial.tries = 2


# ---- 29: beside a running writer --------------------------------------------------------------


@pytest.mark.case(29)
def test_backups_of_a_large_library_beside_a_running_writer(
    path: Path, tmp_path: Path, runs: Runs, trial: Trial, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each is whole as of one moment; the writer is refused when a save waits longer than 1 s."""
    monkeypatch.setattr(snapshot, "LARGE", 0)
    packed: list[object] = []
    real = snapshot._packed
    monkeypatch.setattr(snapshot, "_packed", lambda *of: packed.append(of) or real(*of))
    with raw(path) as connection:
        connection.execute("PRAGMA query_only=OFF")
        connection.execute("CREATE TABLE padding AS SELECT zeroblob(24000000) AS room")
    writer = runs.start("--patience", 1, "save", path, "--forever")
    writer.wait_for("ack")
    for number in range(many(4, 20)):
        before = len(writer.acknowledged)
        file = backup(path, tmp_path / "外" / f"{number}.dangjian").file
        after = len(writer.acknowledged)
        assert writer.process.is_alive(), writer.text
        assert verify(file) == ()
        there = saved(file)
        assert there == set(range(1, len(there) + 1))
        assert before <= len(there) <= after + 1
        trial.tries += 1
    writer.kill()
    assert packed == []
