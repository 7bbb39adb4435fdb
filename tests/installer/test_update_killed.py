"""An update that is killed at any point leaves one whole version, and the next one is done."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from dangjian_desktop.services.updating.updating import status, update
from dangjian_desktop.storage.updating import trusted
from tests.faults.cases import WHOLE
from tests.installer.test_updating import PUBLISHER, a_package, left, names, nothing
from tests.installer.updates import a_program, place_of
from tests.installer.versions import COUNTED, TOOLS, lay, started, whole
from tests.test_setup import ROOT

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the set-up of Linux")


@pytest.fixture(autouse=True)
def _keys(monkeypatch):
    monkeypatch.setattr(trusted, "built_in", lambda: PUBLISHER.keys)


DRIVER = """
import os, sys
sys.executable = os.environ["PROGRAM"]
os.environ["DRIVER"] = str(os.getpid())
from dangjian_desktop.services.updating import updating
from dangjian_desktop.storage.updating import reading, signing, trusted
trusted.built_in = lambda: trusted.keys_of(*os.environ["KEYS"].split())
seen, at = [0], int(os.environ["AT"])
def hook(event, given):
    if event not in ("open", "os.mkdir", "os.rename", "os.chmod", "os.remove", "os.rmdir"):
        return
    if os.environ["ROOT"] not in str(given[0]):
        return
    seen[0] += 1
    if seen[0] == at:
        os.kill(os.getpid(), 9)
sys.addaudithook(hook)
from pathlib import Path
done = updating.update(Path(sys.argv[1]), lambda: None)
print(done.version, seen[0])
"""
SHIM = (
    COUNTED
    + """
[ "$count" != "$KILL" ] || { kill -s KILL "$DRIVER"; kill -s KILL 0; sleep 9; }
exec "%s" "$@"
"""
)


class Killed:
    """Updates that are killed: the program at its n-th change of a file, or at the n-th tool that
    the layer calls, both then."""

    def __init__(self, folder: Path) -> None:
        self.tools, self.count = folder / "tools", folder / "count"
        self.tools.mkdir()
        for name in TOOLS:
            (self.tools / name).write_text(SHIM % shutil.which(name), encoding="utf-8")
            (self.tools / name).chmod(0o755)

    def update(self, root: Path, file: Path, *, at: int = 0, tool: int = 0) -> str:
        """What it said; nothing where it was killed."""
        self.count.unlink(missing_ok=True)
        keys = f"{PUBLISHER.keys.in_use} {PUBLISHER.keys.reserve}"
        own = {"PROGRAM": str(root / "versions" / "0.1.0" / "dangjian"), "ROOT": str(root)}
        own |= {"AT": str(at), "KILL": str(tool), "KEYS": keys, "COUNT": str(self.count)}
        done = subprocess.run(
            [sys.executable, "-c", DRIVER, str(file)],
            check=False,
            cwd=ROOT,
            env={**os.environ, **own, "PATH": f"{self.tools}:/usr/bin:/bin"},
            capture_output=True,
            encoding="utf-8",
        )
        assert done.returncode in (0, -9), done.stderr
        return done.stdout


@pytest.mark.slow
def test_killed_anywhere_one_whole_version_starts_and_the_next_update_is_done(tmp_path):
    killed, file = Killed(tmp_path), a_package(tmp_path)
    first = a_program(tmp_path / "一", "0.1.0")
    measured = tmp_path / "量"
    lay("put", measured, first)
    _, own = killed.update(measured, file).split()
    tools = int(killed.count.read_text())
    points = [{"at": n} for n in range(1, int(own) + 1)]
    points += [{"tool": n} for n in range(1, tools + 1)]
    points = points if WHOLE else points[:: len(points) // 22]
    assert len(points) >= 20
    seen = set()
    for number, point in enumerate(points):
        root = tmp_path / str(number)
        lay("put", root, first)
        assert killed.update(root, file, **point) == "", point
        seen.add(started(root, "a"))
        assert whole(root), point
        again = place_of(root)
        if status(again).next == "0.1.0":
            update(file, nothing, place=again)
        assert started(root, "a") == "0.2.0 a"
        assert whole(root)
        lay("sweep", root)
        assert len(names(root)) == 1
        assert left(root) == []
    assert seen == {"0.1.0 a", "0.2.0 a"}
