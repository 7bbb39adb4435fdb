"""Cases 26-30: backups that are cut off or spoiled, restoring, and texts that were not saved."""

from __future__ import annotations

import re
import time
from pathlib import Path
from random import Random

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from dangjian_desktop.cli.running import main
from dangjian_desktop.errors import BlockedError
from dangjian_desktop.services.desk import open_desk
from dangjian_desktop.storage.copies import checks
from dangjian_desktop.storage.copies.attachments import files_in
from dangjian_desktop.storage.copies.checks import verify
from dangjian_desktop.storage.copies.copies import Copy, backup, restore
from dangjian_desktop.storage.copies.kept import kept_copies
from dangjian_desktop.storage.copies.retention import NEWEST
from dangjian_desktop.storage.file.connecting import raw
from dangjian_desktop.ui.meetings.meetings import meetings_page
from dangjian_desktop.ui.records.editing import moment
from tests.faults.cases import WHOLE, Trial, many
from tests.faults.disk import watched
from tests.faults.driver import SECRETS, attach, save_one
from tests.faults.keyboard import a_shell, typed
from tests.faults.mounting import small_disk
from tests.faults.runs import Runs
from tests.faults.whole import copied, saved

LATEST, MOST = (5000, 60) if WHOLE else (1000, 40)
"""Milliseconds until a draft is kept, and characters that may be lost: a busy machine is slow."""


def fill(path: Path, *numbers: int, megabytes: int = 0) -> None:
    """Save these, and perhaps keep a file."""
    desk = open_desk(path)
    for number in numbers:
        save_one(desk, number)
    if megabytes:
        attach(desk, megabytes)
    desk._library.close()


def fill_and_copy(path: Path, *numbers: int) -> list[Copy]:
    """Save these, with a copy after each."""
    desk, made = open_desk(path), []
    for number in numbers:
        save_one(desk, number)
        made.append(backup(path))
    desk._library.close()
    return made


def contents(folder: Path) -> dict[str, bytes]:
    """Every file in the folder that has its final name."""
    found = files_in(folder).items()
    return {name: file.read_bytes() for name, file in found if not file.name.startswith(".")}


# ---- 26: cut off, or no room ------------------------------------------------------------------


@pytest.mark.case(26)
def test_a_killed_backup(path: Path, tmp_path: Path, runs: Runs, trial: Trial) -> None:
    fill(path, *range(1, 5), megabytes=1)
    wanted, chance, older = tmp_path / "U盘" / "备份.dangjian", Random(26), {}
    for _ in range(many(4, 100)):
        child = runs.start("copy", path, wanted)
        child.wait_for("made")
        time.sleep(chance.uniform(0, 0.15))
        child.kill()
        trial.tries += 1
        now = contents(wanted.parent)
        assert now.items() >= older.items()
        told = {line[5:] for line in child.text.splitlines() if line.startswith("made ")}
        trial.lost += len(told - now.keys())
        for name in now.keys() - older.keys():
            assert not name.endswith(".dangjian") or verify(wanted.parent / name) == ()
        older = now
    assert trial.lost == 0
    # An orphaned folder of attachments waits for the next backup that takes its name.
    backup(path, wanted)
    assert [*wanted.parent.rglob(".*.part*")] == []


@pytest.mark.case(26)
@pytest.mark.parametrize("when", ["write:ENOSPC:1+", "write:ENOSPC:40+", "write:EIO:40+"])
def test_the_disk_gets_full_in_a_backup(path: Path, trial: Trial, when: str) -> None:
    fill(path, 1, 2)
    older = backup(path).file
    before = contents(older.parent)
    with watched() as disk:
        disk.fail(when)
        with pytest.raises(BlockedError) as refused:
            backup(path)
        assert disk.failed
    if "ENOSPC" in when:
        assert re.search(r"磁盘已满.*还差约\d+MB", refused.value.message)
    assert refused.value.remedy
    assert contents(older.parent) == before
    assert list(older.parent.glob(".*")) == []
    trial.tries = 1


@pytest.mark.case(26)
def test_the_target_is_too_small(path: Path, tmp_path: Path, runs: Runs, trial: Trial) -> None:
    folder = tmp_path / "U盘"
    folder.mkdir()
    with small_disk(folder, 3):
        words = ("backup", "--library", path, "--to", folder / "备份.dangjian")
        assert runs.run(*words).end() == 0
        before = contents(folder)
        fill(path, megabytes=4)
        refused = runs.run(*words)
        assert refused.end() == 1
        assert re.search(r"磁盘已满.*还差约\d+MB", refused.text)
        assert contents(folder) == before
        assert verify(folder / "备份.dangjian") == ()
        trial.tries = 2


# ---- 27, 28: spoiled, and put back ------------------------------------------------------------


@pytest.mark.case(27)
def test_a_damaged_backup(
    path: Path, trial: Trial, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The newest is damaged, and in every second try the one before it too."""
    monkeypatch.setattr(checks, "PAUSE", 0)
    oldest, older, newest = fill_and_copy(path, 1, 2, 3)
    present, chance = path.read_bytes(), Random(27)
    whole = {copy.file: copy.file.read_bytes() for copy in (older, newest)}
    for number in range(many(4, 100)):
        for copy in (newest, older) if number % 2 else (newest,):
            spoiled = bytearray(whole[copy.file])
            bit = chance.randrange(len(spoiled) * 8)
            spoiled[bit // 8] ^= 1 << bit % 8
            copy.file.write_bytes(spoiled)
        assert main(["restore", str(newest.file), "--library", str(path)]) == 1
        said = "".join(capsys.readouterr())
        proposed = oldest if number % 2 else older
        at = proposed.at
        assert f"备份“{newest.file}”没有通过核对" in said
        assert f"“{proposed.file}”（{at.year}年{at.month}月{at.day}日{at:%H:%M}" in said
        assert not re.search(SECRETS, said)
        assert path.read_bytes() == present
        for file, content in whole.items():
            file.write_bytes(content)
        trial.tries += 1


@pytest.mark.case(28)
def test_restoring_keeps_the_present(path: Path, runs: Runs, trial: Trial) -> None:
    old = fill_and_copy(path, *range(1, NEWEST + 1))[0].file
    fill(path, NEWEST + 1)
    older = contents(old.parent)
    assert len(older) == NEWEST
    done = runs.run("restore", old, "--library", path)
    assert done.end() == 0, done.text
    assert saved(path) == {1}
    now = contents(old.parent)
    assert now.items() >= older.items()
    (present,) = now.keys() - older.keys()
    restore(old.parent / present, path)
    assert saved(path) == set(range(1, NEWEST + 2))
    assert contents(old.parent).items() >= now.items()
    assert kept_copies(path)[0].reason == "恢复前"
    trial.tries = 2


# ---- 29: beside a running writer --------------------------------------------------------------


@pytest.mark.case(29)
def test_backups_beside_a_running_writer(
    path: Path, tmp_path: Path, runs: Runs, trial: Trial
) -> None:
    """The writer ends when it is refused for having waited too long.

    The library is so large that a copy which holds the writer up nowhere takes in several saves,
    each of them in part.
    """
    with raw(path) as connection:
        connection.execute("PRAGMA query_only=OFF")
        connection.execute("CREATE TABLE padding AS SELECT zeroblob(24000000) AS room")
    writer = runs.start("save", path, "--forever")
    writer.wait_for("ack")
    made = []
    for number in range(many(4, 20)):
        before = len(writer.acknowledged)
        copy = backup(path, tmp_path / "外" / f"{number}.dangjian")
        made.append((before, copy.file, len(writer.acknowledged)))
    assert writer.process.is_alive(), writer.text
    writer.kill()
    for before, file, after in made:
        assert verify(file) == ()
        there = saved(file)
        assert there == set(range(1, len(there) + 1))
        # One more than was said may be there: the copy came between doing and saying.
        assert before <= len(there) <= after + 1
        trial.tries += 1
    assert made[-1][2] > made[0][0]


# ---- 30: what was typed -----------------------------------------------------------------------


@pytest.mark.case(30)
@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_killed_while_typing(
    begun: Path, tmp_path: Path, runs: Runs, trial: Trial, qtbot: QtBot, qapp: QApplication
) -> None:
    """At most 60 characters are gone, and none from before a pause; ``lost`` counts the tries that
    lost more. Some type at once, as it takes time to type."""
    chance, last = Random(30), 0
    for _ in range(many(1, 7)):
        typing = []
        for pausing in [False, True] * many(1, 3):
            last += 1
            (folder := tmp_path / str(last)).mkdir()
            path = copied(begun, folder)
            words = ["type", path, "--latest", LATEST, *(["--pausing"] if pausing else [])]
            typing.append((path, runs.start(*words)))
        # One of them is ended before anything was kept for certain.
        ends = sorted(chance.randint(1, many(MOST + 20, 150)) for _ in typing)
        for (_path, child), end in zip(typing, ends, strict=True):
            child.wait_for(f"typed {end}\n")
            time.sleep(chance.uniform(0, 0.1))
            child.kill()
            trial.tries += 1
        for path, child in typing:
            keys, thought = last_of(child.text, "typed"), last_of(child.text, "paused")
            kept = finished(path, qtbot, qapp)
            trial.lost += keys - kept > MOST or kept < thought
    assert trial.lost == 0


def last_of(text: str, word: str) -> int:
    """The number that was said last with this word."""
    lines = text.rpartition("\n")[0].splitlines()
    return max((int(line.split()[1]) for line in lines if line.startswith(word)), default=0)


def finished(path: Path, qtbot: QtBot, application: QApplication) -> int:
    """Go on with the draft that the page offers and save it; how long its text was. There may be
    none where the end came soon."""
    desk, shell = open_desk(path), a_shell(application, path)
    if not desk.drafts.all():
        desk._library.close()
        return 0
    (draft,) = desk.drafts.all()
    kept = str(draft.content["closing"] or "")
    assert kept == typed(len(kept))
    page = meetings_page(desk, shell)
    desk.announce = shell.changes.announce
    shell.changes.changed.connect(page.refresh)
    qtbot.addWidget(page)
    page.show()
    page.refresh(page.topics)
    offered = page.list.drafts
    qtbot.waitUntil(offered.isVisible, timeout=20_000)
    words = "".join(label.text() for label in offered.findChildren(QLabel))
    assert moment(draft.saved_at, desk.clock().date()) in words
    offered.findChild(QPushButton, "draft.resume").click()
    qtbot.waitUntil(lambda: bool(page.editor.state()), timeout=20_000)
    assert page.editor.state()["closing"] == kept
    page.editor.head.done.click()
    qtbot.waitUntil(lambda: not page.editing, timeout=20_000)
    qtbot.waitUntil(lambda: not shell.jobs.busy, timeout=20_000)
    assert shell.jobs.close()
    assert desk.meetings.one(draft.uid).closing == kept
    assert desk.drafts.all() == ()
    desk._library.close()
    return len(kept)
