"""The empty window that the program's is held against is made where the release was made."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.test_setup import INSTALLER

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="proved on Linux")
CALL = """set -eu
here=$1 proof=$2
say() { echo "$@"; }
stop() { echo "stop: $*"; exit 1; }
root=$3
. "$4"
middle() { median=0.50; echo "middle $*"; }
against_bare_qt
"""
OLD_ROOT = """from pathlib import Path
class OldRoot:
    tree = Path(__file__).parents[1] / "build" / "root-old"
    def inside(self, command):
        make = 'mkdir -p "$0/release/bare/bare" && echo "$@" >"$0/release/bare/bare/bare"'
        return ["sh", "-c", make, str(self.tree), *command]
"""
ENV = "release/source/build/release/env/bin"


@pytest.fixture
def checkout(tmp_path) -> Path:
    """A checkout, and a system where a version is laid."""
    (tmp_path / "checkout" / "installer").mkdir(parents=True)
    (tmp_path / "checkout" / "installer" / "old_root.py").write_text(OLD_ROOT, encoding="ascii")
    (tmp_path / "proof").mkdir()
    laid = tmp_path / "root" / "opt" / "dangjian-desktop"
    (laid / "versions" / "9.9.9").mkdir(parents=True)
    (laid / "current").write_text("9.9.9\n", encoding="ascii")
    (tmp_path / "root" / "mnt" / "other").mkdir(parents=True)
    return tmp_path / "checkout"


def against_bare_qt(checkout: Path) -> str:
    place = checkout.parent
    given = [str(each) for each in (checkout, place / "proof", place / "root")]
    call = ["sh", "-c", CALL, "sh", *given, str(INSTALLER / "first_window.sh")]
    return subprocess.run(call, check=True, capture_output=True, text=True, timeout=60).stdout


def test_after_a_release_in_the_old_system_it_is_made_there(checkout):
    env = checkout / "build" / "root-old" / ENV
    env.mkdir(parents=True)
    (env / "python").symlink_to("/opt/python/that/lies/inside")
    told = against_bare_qt(checkout)
    assert "middle 空窗口 /mnt/other/bare/bare" in told
    assert "是空窗口的 1.00 倍" in told
    made = (checkout.parent / "proof" / "bare" / "bare" / "bare").read_text("utf-8")
    assert made.startswith(f"/{ENV}/python -m PyInstaller")
    assert "/release/source/installer/bare_window.spec" in made


def test_after_a_release_on_this_system_its_own_environment_makes_it(checkout):
    env = checkout / "build" / "release" / "env" / "bin"
    env.mkdir(parents=True)
    script = '#!/bin/sh\nmkdir -p bare/bare && echo "$PWD" >bare/bare/bare\n'
    (env / "python").write_text(script, encoding="ascii")
    (env / "python").chmod(0o755)
    assert "是空窗口的 1.00 倍" in against_bare_qt(checkout)


def test_without_a_release_it_is_left_out_in_words(checkout):
    assert "没有做过发布" in against_bare_qt(checkout)
