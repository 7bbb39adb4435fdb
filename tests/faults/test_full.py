"""Cases 6, 7: the disk gets full, or is."""

from __future__ import annotations

import contextlib
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dangjian_desktop.errors import BlockedError
from dangjian_desktop.services.desk import open_desk
from dangjian_desktop.storage.file import reserve
from tests.faults.cases import Trial
from tests.faults.disk import watched
from tests.faults.driver import save_one
from tests.faults.mounting import mounted, small_disk
from tests.faults.runs import Runs
from tests.faults.whole import lost, saved

MISSING = re.compile(r"磁盘已满.*还差约\d+MB")


@pytest.fixture
def small(tmp_path: Path, template: Path) -> Iterator[tuple[Path, Callable[[], object]]]:
    """A library on a disk of 4 MB, and what makes that disk larger."""
    folder = tmp_path / "小盘"
    folder.mkdir()
    with small_disk(folder, 4):
        path = Path(shutil.copy(template, folder / "支部.dangjian"))
        yield path, lambda: mounted("-o", "remount,size=16m", folder)


def _fill(folder: Path) -> Path:
    """Write until nothing more goes in."""
    filling = folder / "别的文件"
    with contextlib.suppress(OSError), filling.open("wb", buffering=0) as out:
        while True:
            out.write(bytes(4096))
    return filling


@pytest.mark.case(6)
def test_the_disk_gets_full_while_saving(small, runs: Runs, trial: Trial) -> None:
    path, enlarge = small
    first = runs.run("save", path, "--forever")
    assert first.end() == 1
    assert MISSING.search(first.text)
    assert "让出预留的2MB" in first.text
    assert not reserve.reserve_of(path).exists()
    more = runs.run("save", path, "--forever", "--from", len(first.acknowledged) + 1)
    assert more.end() == 1
    assert len(more.acknowledged) >= 5
    assert MISSING.search(more.text)
    assert "让出" not in more.text
    told = [*first.acknowledged, *more.acknowledged]
    enlarge()
    trial.lost = len(lost(path, (), told))
    again = runs.run("save", path, "--from", len(told) + 1)
    assert again.acknowledged == [len(told) + 1]
    trial.tries = len(told) + 3
    assert trial.lost == 0


@pytest.mark.case(7)
def test_the_disk_is_full_at_the_start(small, runs: Runs, trial: Trial) -> None:
    path, _enlarge = small
    assert runs.run("save", path).acknowledged == [1]
    kept = reserve.reserve_of(path)
    filling = _fill(path.parent)
    shown = runs.run("show", path)
    assert shown.end() == 0
    assert "第1次" in shown.text
    assert re.search(r"只读：磁盘已满.*还差约2MB", shown.text)
    refused = runs.run("save", path, "--from", 2)
    assert refused.end() == 1
    assert f"动用预留的2MB（删除“{kept}”）" in refused.text
    desk = open_desk(path)
    assert desk.offers_room
    desk.make_room()
    desk.close()
    assert runs.run("save", path, "--from", 2).acknowledged == [2]
    filling.unlink()
    assert saved(path) == {1, 2}
    assert kept.stat().st_size == reserve.SIZE
    trial.tries = 4


@pytest.mark.case(6)
@pytest.mark.parametrize("when", ["write:ENOSPC:1+", "write:ENOSPC:90+"])
def test_room_is_kept_and_given_up_in_need(
    path: Path, trial: Trial, when: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a small disk of its own: it is said to be small, and said to be full."""
    monkeypatch.setattr(reserve, "SCARCE", 1 << 60)
    kept = reserve.reserve_of(path)
    with watched() as disk:
        desk = open_desk(path)
        assert kept.stat().st_size == reserve.SIZE
        disk.fail(when)
        with pytest.raises(BlockedError, match=MISSING) as refused:
            save_one(desk, 1)
        assert "再保存一次" in refused.value.remedy
        assert not kept.exists()
        disk.failing = ""
        save_one(desk, 1)
        desk._library.close()
    assert kept.exists()
    assert saved(path) == {1}
    trial.tries = 1


@pytest.mark.case(7)
def test_no_room_is_kept_where_there_is_plenty(path: Path, trial: Trial) -> None:
    free = shutil.disk_usage(path.parent).free
    desk = open_desk(path)
    desk._library.close()
    assert reserve.reserve_of(path).exists() == (reserve.SIZE * 1.5 <= free < reserve.SCARCE)
    trial.tries = 1
