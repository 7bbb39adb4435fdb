"""Case 42: killed while the bin is purged."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from dangjian_desktop.storage.copies.attachments import folder_of
from dangjian_desktop.storage.copies.checks import verify
from dangjian_desktop.storage.copies.kept import kept_copies
from dangjian_desktop.storage.library import Library
from tests.faults.cases import Trial, many
from tests.faults.driver import TEXT
from tests.faults.runs import Runs
from tests.services.library.history_world import a_desk, put_meeting
from tests.services.library.purging_world import below, put_spread
from tests.storage.pages import clear_pages

NUMBERS = range(1, 9)


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    """A bin of eight sittings with their files, and one sitting that stays."""
    desk = a_desk(tmp_path / "first")
    put_meeting(desk, date="2026-02-03", closing=TEXT)
    for number in NUMBERS:
        put_spread(desk, tmp_path, number)
    while desk._library.tend_index():
        pass
    desk._library.close()
    return desk.path


@pytest.mark.case(42)
def test_killed_while_purging_all_is_there_or_nothing(
    filled: Path, tmp_path: Path, runs: Runs, trial: Trial
) -> None:
    writings, seen = 0, set()
    for number in range(many(8, 200)):
        folder = tmp_path / str(number)
        path = Path(shutil.copytree(filled.parent, folder)) / filled.name
        if number == 0:
            child = runs.run("purge", path)
            writings = int(child.text.split()[-1])
        else:
            # Spread over the copy, the one transaction and the clearing, however many are tried.
            at = 1 + int(writings * (number * 0.618 % 1))
            child = runs.run("purge", path, "--fail", f"write:KILL:{at}")
            assert "purged" not in child.text
        trial.tries += 1
        assert verify(path) == ()
        library = Library.open(path, write=True, wait=0)
        with library.reading() as work:
            binned, acts = len(work.thrown()), work.purges.acts()
            attached = len(work.meetings.ids())
        library.close()
        assert (binned, len(acts)) in ((len(NUMBERS), 0), (0, 1))
        assert attached == 1
        assert verify(path) == ()
        whole = "这几句话".encode() in clear_pages(path)
        files = len(below(folder_of(path)))
        assert (whole, files) == ((True, len(NUMBERS)) if binned else (False, 0))
        assert binned or [kept for kept in kept_copies(path) if kept.reason == "清除前"]
        seen.add(bool(binned))
        shutil.rmtree(folder)
    assert seen == {True, False}
