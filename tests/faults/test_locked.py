"""Cases 22 to 25: a library with a password, its slots and its recovery code."""

from __future__ import annotations

import json
import shutil
import time
from pathlib import Path
from random import Random

import pytest

from dangjian_desktop.services.library import passwords
from dangjian_desktop.services.library.passwords import WrongPasswordError
from dangjian_desktop.storage.copies.checks import verify
from dangjian_desktop.storage.copies.copies import backup
from dangjian_desktop.storage.copies.kept import kept_copies
from dangjian_desktop.storage.file.keys import has_password, let_go, slots_file
from dangjian_desktop.storage.library import Library
from tests.faults.cases import Trial, many
from tests.faults.driver import TEXT
from tests.faults.runs import Runs
from tests.faults.whole import lost, saved

pytestmark = pytest.mark.usefixtures("quick_passwords")
OLD, NEW = "支部的旧密码很长", "another word"


@pytest.fixture
def secret(path: Path) -> passwords.Secret:
    """The library, and a copy, under the old password."""
    backup(path)
    made = passwords.new_secret()
    passwords.set_password(path, made, OLD)
    let_go()
    return made


def code(secret: passwords.Secret) -> str:
    return "-".join(secret.groups)


def opens(path: Path, password: str) -> bool:
    """Whether the password opens the library and its copies, and all is whole."""
    let_go()
    try:
        passwords.unlock(path, password)
    except WrongPasswordError:
        return False
    Library.open(path, write=True, wait=0).close()
    assert verify(path) == ()
    for kept in kept_copies(path):
        assert not has_password(kept.file) or _unlocks(kept.file, password)
        assert verify(kept.file) == ()
    return _unlocks(path, password)


@pytest.mark.case(22)
def test_nothing_lies_in_clear_on_the_disk(
    path: Path, secret: passwords.Secret, tmp_path: Path, runs: Runs, trial: Trial
) -> None:
    """Names, numbers, minutes, drafts and files, also where a kill has left a journal and parts."""
    runs.given |= {"DANGJIAN_PASSWORD": OLD, "TMPDIR": str(tmp_path / "tmp")}
    (tmp_path / "tmp").mkdir()
    chance = Random(22)
    words = ["张三", "周1", "1101051980", "1380000", TEXT[:40], OLD, *secret.groups]
    words += [secret.master.hex(), "未存的草稿文字"]
    runs.run("draft", path, "未存的草稿文字")
    for number in range(many(5, 50)):
        passwords.unlock(path, OLD)
        before = saved(path)
        first = max(before, default=0) + 1
        given = ("--forever", "--from", first, "--attach", 1, "--draft")
        child = runs.start("--cache", 20, "save", path, *given)
        child.wait_for("ack")
        time.sleep(chance.uniform(0, 0.05))
        child.kill()
        trial.tries += 1
        picture = path.parent / "照片.jpg"
        data = [word.encode() for word in words]
        if len(seen := picture.read_bytes()[:64]) == 64:  # the kill may have come while it was made
            data.append(seen)
        picture.unlink()
        for file in (each for each in tmp_path.rglob("*") if each.is_file()):
            content = file.read_bytes()
            found = [word for word in data if word in content]
            assert not found, (number, file.name)
        assert len(list(path.parent.glob("*-journal"))) <= 1
        trial.lost += len(lost(path, before, child.acknowledged))
        if number % 5 == 4:
            runs.run("--library", path, "backup")
        let_go()
    assert trial.lost == 0


@pytest.mark.case(23)
def test_a_forgotten_password_is_set_anew_by_the_code(
    path: Path, secret: passwords.Secret, runs: Runs, trial: Trial
) -> None:
    copy = path.parent / "另一台电脑" / "改名.dangjian"
    copy.parent.mkdir()
    for source, target in ((path, copy), (slots_file(path), slots_file(copy))):
        shutil.copy(source, target)
    passwords.unlock(path, OLD)
    before = saved(path)
    for typed in (code(secret), code(secret).lower().replace("0", "o").replace("1", "l")):
        runs.given = {"DANGJIAN_RECOVERY": typed, "DANGJIAN_NEW_PASSWORD": NEW}
        assert runs.run("--library", copy, "password", "recover").end() == 0
        trial.tries += 1
        assert opens(copy, NEW)
        assert not opens(copy, OLD)
        assert opens(path, OLD)
    passwords.unlock(copy, NEW)
    assert saved(copy) == before
    wrong = "ZZZZZ" + code(secret)[5:]
    runs.given = {"DANGJIAN_RECOVERY": wrong, "DANGJIAN_NEW_PASSWORD": OLD}
    refused = runs.run("--library", copy, "password", "recover")
    assert refused.end() == 1
    assert "第1组不对" in refused.text
    assert opens(copy, NEW)


@pytest.mark.case(24)
@pytest.mark.parametrize("spoiled", [None, b"", b"\xff" * 300, b'{"format": 1, "slots": []}'])
def test_slots_that_are_lost_or_garbage_are_written_anew(
    path: Path, secret: passwords.Secret, runs: Runs, trial: Trial, spoiled: bytes | None
) -> None:
    slots_file(path).unlink()
    if spoiled is not None:
        slots_file(path).write_bytes(spoiled)
    content = path.read_bytes()
    runs.given = {"DANGJIAN_PASSWORD": OLD}
    refused = runs.run("--library", path, "info")
    assert refused.end() == 1
    assert "恢复码" in refused.text
    assert path.read_bytes() == content
    runs.given = {"DANGJIAN_RECOVERY": code(secret), "DANGJIAN_NEW_PASSWORD": NEW}
    assert runs.run("--library", path, "password", "recover").end() == 0
    trial.tries += 1
    assert opens(path, NEW)
    assert json.loads(slots_file(path).read_text("utf-8"))["format"] == 1


CHANGES = {
    "change": ({"PASSWORD": OLD, "NEW_PASSWORD": NEW}, ()),
    "new-code": ({"PASSWORD": OLD}, ("--new-code",)),
    "remove": ({"PASSWORD": OLD}, ()),
    "set": ({"NEW_PASSWORD": OLD}, ()),
    "recover": ({"NEW_PASSWORD": NEW}, ()),
}


@pytest.mark.case(25)
@pytest.mark.parametrize("change", CHANGES)
def test_killed_while_the_password_is_changed(
    path: Path, secret: passwords.Secret, tmp_path: Path, runs: Runs, trial: Trial, change: str
) -> None:
    """One whole library under one key, whenever it was; nothing of the other is left by opening."""
    given, more = CHANGES[change]
    verb = "change" if change == "new-code" else change
    runs.given = {f"DANGJIAN_{name}": value for name, value in given.items()}
    runs.given["DANGJIAN_RECOVERY"] = code(secret)
    if change == "set":
        passwords.remove_password(path, OLD)
        let_go()
    chance, took = Random(change), 0.0
    for number in range(many(6, 51)):
        folder = tmp_path / str(number)
        shutil.copytree(path.parent, folder)
        library = folder / path.name
        begun = time.monotonic()
        child = runs.start("--library", library, "password", verb, *more)
        if number == 0:
            assert child.end() == 0, child.text
            took = time.monotonic() - begun
        else:
            time.sleep(chance.uniform(0, took))
            child.kill()
        trial.tries += 1
        _one_truth(library, change, secret, done=number == 0)
        shutil.rmtree(folder)


def _one_truth(library: Path, change: str, secret: passwords.Secret, *, done: bool) -> None:
    let_go()
    if not has_password(library):
        assert change in ("set", "remove")
        assert not done or change == "remove"
        Library.open(library, write=True, wait=0).close()
        assert verify(library) == ()
        for kept in kept_copies(library):  # they follow; until then they open as before
            assert not has_password(kept.file) or _unlocks(kept.file, OLD)
            assert verify(kept.file) == ()
    else:
        worked = [word for word in (OLD, NEW) if _unlocks(library, word)]
        assert len(worked) == 1
        assert not done or worked == [NEW if change in ("change", "recover") else OLD]
        assert opens(library, worked[0])
        if change in ("change", "recover"):
            let_go()
            passwords.recover(library, code(secret), "third password")
            assert _unlocks(library, "third password")
            assert not _unlocks(library, worked[0])
    left = [file.name for file in library.parent.iterdir() if file.name.startswith(".")]
    assert left == []


def _unlocks(library: Path, word: str) -> bool:
    let_go()
    try:
        passwords.unlock(library, word)
    except WrongPasswordError:
        return False
    return True
