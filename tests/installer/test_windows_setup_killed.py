"""The set-up of Windows killed anywhere: ``sh installer/windows/rehearse.sh``."""

from __future__ import annotations

import time

import pytest

from tests.installer.setups import UNINSTALL, Desk
from tests.installer.windows import PATIENCE, WHOLE

pytestmark = pytest.mark.skipif(not WHOLE, reason="sh installer/windows/rehearse.sh")
POINTS = 11


def killed(desk: Desk, version: str, seconds: float) -> None:
    """Its set-up, and everything of Wine, killed after this time."""
    begun = desk.wine.begin(desk.setups[version], "/S")
    time.sleep(seconds)
    desk.wine.end()
    begun.communicate(timeout=PATIENCE)


def measured(desk: Desk, version: str) -> float:
    desk.wine.end()
    since = time.monotonic()
    desk.install(version)
    return time.monotonic() - since


def spread(length: float) -> list[float]:
    return [length * (number + 1) / POINTS for number in range(POINTS)]


def test_killed_anywhere_a_first_set_up_leaves_nothing_or_a_whole_version(desk, empty):
    length = measured(desk, "0.1.0")
    seen = set()
    for seconds in spread(length):
        desk.begin_with(empty)
        killed(desk, "0.1.0", seconds)
        seen.add(there := (desk.root / "current").exists())
        if there:
            assert desk.is_one_whole_version() == "0.1.0"
        elif (desk.root / "dangjian.exe").exists():
            assert "没有装好" in desk.started()
        if desk.menu.exists():
            assert there
        desk.install("0.1.0")
        desk.is_right("0.1.0")
    assert False in seen
    desk.take_off()
    desk.is_gone()


def test_killed_anywhere_an_update_leaves_one_whole_version(desk, tmp_path):
    desk.install("0.1.0")
    begun = desk.kept(tmp_path / "begun")
    length = measured(desk, "0.2.0")
    seen = set()
    for seconds in spread(length):
        desk.begin_with(begun)
        killed(desk, "0.2.0", seconds)
        seen.add(version := desk.is_one_whole_version())
        assert desk.menu.exists()
        assert desk.desk.exists()
        assert desk.value(UNINSTALL, "DisplayVersion") == version
        desk.install("0.2.0")
        desk.is_right("0.2.0")
    assert "0.1.0" in seen
    desk.take_off()
    desk.is_gone()
