"""The pictures that the style sheet reads from a folder are gone with the program."""

from __future__ import annotations

import os
import subprocess
import sys
import time

import pytest

from dangjian_desktop.children import surroundings


@pytest.mark.skipif(os.name == "nt", reason="asked to end by a signal")
def test_nothing_is_left_in_the_folder_of_temporary_files(tmp_path):
    rest, data = tmp_path / "rest", tmp_path / "data"
    rest.mkdir()
    own = {"TMPDIR": str(rest), "DANGJIAN_DATA": str(data), "QT_QPA_PLATFORM": "offscreen"}
    program = subprocess.Popen(
        [sys.executable, "-m", "dangjian_desktop"], env={**os.environ, **surroundings(), **own}
    )
    end = time.monotonic() + 60
    while not ([*rest.rglob("*.svg")] and (data / "logs" / "dangjian.log").exists()):
        assert time.monotonic() < end
        assert program.poll() is None
        time.sleep(0.05)
    program.terminate()
    assert program.wait(60) == 0
    assert [*rest.iterdir()] == []
