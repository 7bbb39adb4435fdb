"""Cases 1, 2, 20: killed while saving, and while an older library is upgraded."""

from __future__ import annotations

import shutil
import time
from pathlib import Path
from random import Random

import pytest

from dangjian_desktop.services.library.rebuilding import RebuildService
from dangjian_desktop.storage.copies.checks import verify
from dangjian_desktop.storage.copies.kept import kept_copies
from dangjian_desktop.storage.file.connecting import raw
from dangjian_desktop.storage.library import Library
from dangjian_desktop.storage.tables import SCHEMA
from tests.faults.cases import WHOLE, Trial, many
from tests.faults.runs import Runs
from tests.faults.whole import Shut, copied, lost, saved

GOLDEN = sorted((Path(__file__).parents[1] / "golden").glob("*/*.dangjian"))


@pytest.mark.case(1)
def test_killed_while_saving(begun: Path, tmp_path: Path, runs: Runs, trial: Trial) -> None:
    chance, slowest = Random(1), 0.0
    for number in range(many(10, 400)):
        # Ten kills of one library, then a new one: each look at it reads all that was saved.
        if number % 10 == 0:
            path = copied(begun, tmp_path)
        before = saved(path)
        child = runs.start("save", path, "--forever", "--from", max(before, default=0) + 1)
        child.wait_for("ack")
        time.sleep(chance.uniform(0, 0.03))
        child.kill()
        trial.tries += 1
        started = time.process_time()
        Library.open(path, write=True, wait=0).close()
        slowest = max(slowest, time.process_time() - started)
        trial.lost += len(lost(path, before, child.acknowledged))
    assert trial.lost == 0
    assert slowest < 1


@pytest.mark.case(2)
def test_killed_while_saving_with_files_and_a_small_cache(
    begun: Path, tmp_path: Path, runs: Runs, trial: Trial
) -> None:
    chance, size = Random(2), 20 if WHOLE else 2
    for number in range(many(10, 200)):
        folder = tmp_path / str(number)
        folder.mkdir()
        path = copied(begun, folder)
        child = runs.start("--cache", 20, "save", path, "--forever", "--attach", size)
        child.wait_for("ready")
        time.sleep(chance.uniform(0.05, 0.5))
        child.kill()
        trial.tries += 1
        trial.lost += len(lost(path, (), child.acknowledged))
        shutil.rmtree(folder)
    assert trial.lost == 0


def _version(path: Path) -> int:
    with raw(path) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])


OLDER = [file for file in GOLDEN if _version(file) < SCHEMA]
"""Those that are upgraded: a released version may have the tables of the present one."""


@pytest.mark.case(20)
@pytest.mark.parametrize("golden", OLDER, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_killed_while_an_older_library_is_upgraded(
    golden: Path, shut: Shut, tmp_path: Path, runs: Runs, trial: Trial
) -> None:
    """Either the old version as it was or the new one complete, and then with its copy."""
    first = shut(copied(golden, tmp_path))
    old, writings = _version(first), 0
    assert old < SCHEMA
    for number in range(many(4, 21)):
        folder = tmp_path / str(number)
        folder.mkdir()
        path = copied(first, folder)
        if number == 0:
            child = runs.start("serve", path)
            child.wait_for("serving")
            writings = int(child.text.split()[-1])
            child.kill()
        else:
            # Spread over the copying and every revision, however many are tried.
            at = 1 + int(writings * (number * 0.618 % 1))
            child = runs.run("serve", path, "--fail", f"write:KILL:{at}")
            assert "serving" not in child.text
        trial.tries += 1
        version = _version(path)
        assert version == (old if number else SCHEMA)
        assert verify(path) == ()
        copies = kept_copies(path)
        for copy in copies:
            assert (copy.reason, _version(copy.file), verify(copy.file)) == ("升级前", old, ())
        Library.open(path, write=True, wait=0).close()
        assert (_version(path), verify(path)) == (SCHEMA, ())
        assert copies or kept_copies(path)
        shutil.rmtree(folder)


def _states(path: Path) -> dict[tuple[str, str, int], str]:
    """Every state of every record, as history tells it."""
    library = Library.open(path, write=True, wait=0)
    with library.reading() as work:
        told = {
            (store.subject, uid, state.number): store.content_of(uid, state.number)
            for store in work.stores()
            for uid in store.ids()
            for state in store.revisions(uid)
        }
    library.close()
    return told


@pytest.mark.case(41)
def test_killed_while_states_are_packed_and_the_derived_is_made_anew(
    shut: Shut, tmp_path: Path, runs: Runs, trial: Trial
) -> None:
    """A library of 0.1.0 with whole revisions: no state is lost, whenever the end comes."""
    golden = next(file for file in GOLDEN if file.parent.name == "0.1.0" and "全" in file.stem)
    first = shut(copied(golden, tmp_path))
    before, writings = _states(first), 0
    for number in range(many(2, 60)):
        folder = tmp_path / str(number)
        folder.mkdir()
        path = copied(first, folder)
        if number == 0:
            child = runs.run("rebuild", path)
            writings = int(child.text.split()[-1])
        else:
            at = 1 + int(writings * (number * 0.618 % 1))
            child = runs.run("rebuild", path, "--fail", f"write:KILL:{at}")
            assert "rebuilt" not in child.text
        trial.tries += 1
        now = _states(path)
        trial.lost += len(before.items() - now.items())
        assert verify(path) == ()
        library = Library.open(path, write=True, wait=0)
        while library.tend_index():
            pass
        RebuildService(library).run()
        library.close()
        assert _states(path) == now
        assert verify(path) == ()
        shutil.rmtree(folder)
    assert trial.lost == 0
