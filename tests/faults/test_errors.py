"""Cases 4, 5, 21: the disk fails in writing, in syncing, in reading."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest

from dangjian_desktop.services.library.drafts import DraftService
from dangjian_desktop.services.library.opening import changing, reading
from dangjian_desktop.storage.copies import checks
from dangjian_desktop.storage.copies.checks import verify
from dangjian_desktop.storage.file.failures import DiskError
from tests.faults.cases import WHOLE, Trial
from tests.faults.disk import watched
from tests.faults.driver import closing_of, uid_of
from tests.faults.runs import Runs
from tests.faults.whole import copied, lost, saved

FAILING = {
    4: ("write:EIO", "write:ENOSPC", "truncate:EIO"),
    5: ("sync:EIO",),
}
QUICK = (1, 30, 90, 200)


@pytest.mark.parametrize(
    ("case", "told"),
    [
        pytest.param(number, told, marks=pytest.mark.case(number), id=told)
        for number, kinds in FAILING.items()
        for told in kinds
    ],
)
def test_the_disk_fails_while_saving(
    begun: Path, tmp_path: Path, runs: Runs, trial: Trial, case: int, told: str
) -> None:
    """At the n-th call, once and from then on, until so many calls are no more made."""
    refused = 0
    for when in ("", "+"):
        for number in range(1, 200) if WHOLE else QUICK:
            tried = copied(begun, tmp_path)
            run = runs.run("save", tried, "--draft", "--fail", f"{told}:{number}{when}")
            trial.tries += 1
            trial.lost += len(lost(tried, (), run.acknowledged))
            if run.acknowledged:
                assert run.end() == 0
                break
            refused += 1
            assert run.end() == 1, run.text
            assert "资料库" in run.text
            assert "请" in run.text
            # The sync after the last step failed: it is saved, though nobody could promise it.
            assert drafted(tried) == closing_of(1) or saved(tried) == {1}
    assert refused >= 2
    assert trial.lost == 0


def drafted(path: Path) -> str | None:
    """The text that was typed and not saved."""
    with reading(path) as library:
        found = DraftService(library).get("meeting", uid_of(1))
    return found.content["closing"] if found else None


@pytest.mark.case(21)
@pytest.mark.parametrize("look", ["verify", "read", "write"])
def test_a_passing_read_error_is_no_damage(
    path: Path, trial: Trial, look: str, monkeypatch
) -> None:
    """Whichever reading fails: verified it is whole, and nothing else calls it damaged."""
    monkeypatch.setattr(checks, "PAUSE", 0)
    act = {"verify": verified, "read": read, "write": written}[look]
    with watched() as disk:
        disk.fail("read:EIO:1000000")
        act(path)
        asked = disk.calls
        for number in range(1, asked + 1, 1 if WHOLE else max(1, asked // 10)):
            disk.fail(f"read:EIO:{number}")
            act(path)
            trial.tries += 1
            assert disk.failed == trial.tries


def verified(path: Path) -> None:
    assert verify(path) == ()


def read(path: Path) -> None:
    with contextlib.suppress(DiskError), reading(path) as library, library.reading() as work:
        assert work.members.ids()


def written(path: Path) -> None:
    with contextlib.suppress(DiskError), changing(path) as library, library.changing() as work:
        work.settings.put("x", work.settings.get("x"))
