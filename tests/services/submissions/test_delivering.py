"""A package that is killed on its way out leaves nothing to be seen, and then nothing at all."""

from __future__ import annotations

import subprocess
import sys

import pytest

from dangjian_desktop.services.submissions.delivering import delivered

KILLED = """
import os, signal, sys
from pathlib import Path
from dangjian_desktop.services.submissions.delivering import delivered

def step(name):
    if name == "三":
        os.kill(os.getpid(), signal.SIGKILL)

files = dict.fromkeys("一二三四", b"x" * 1000)
with delivered(Path(sys.argv[1]), "报送包", files, step, packed=sys.argv[2] == "zip") as place:
    place()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="a process is killed by a signal")
@pytest.mark.parametrize("way", ["folder", "zip"])
@pytest.mark.parametrize("before", ["no folder", "an empty one", "one with a file"])
def test_what_a_kill_left_is_swept_by_the_next_one(tmp_path, way, before):
    out = tmp_path / "出"
    if before != "no folder":
        out.mkdir()
    if before == "one with a file":
        (out / "我的.txt").write_text("我的")
    run = subprocess.run([sys.executable, "-c", KILLED, str(out), way], check=False)
    assert run.returncode < 0
    left = {path.name for path in tmp_path.rglob("*")} - {"出", "我的.txt"}
    assert any(name.endswith(".part") for name in left)
    assert {path.name for path in out.iterdir() if not path.name.startswith(".")} <= {"我的.txt"}
    with delivered(out, "报送包", {"一": b"1"}, lambda _name: None, packed=way == "zip") as place:
        placed = place()
    assert all(path.is_file() for path in placed)
    assert not [path for path in tmp_path.rglob("*") if path.name.endswith(".part")]
    assert (placed[0].parent == out) == (before != "one with a file" or way == "zip")
