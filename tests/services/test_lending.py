"""What lies in clear for a while: in a folder of the owner's, gone afterwards and after a kill."""

from __future__ import annotations

import gc
import signal
import stat
import subprocess
import sys
from pathlib import Path

from dangjian_desktop.paths import lent_folder
from dangjian_desktop.services.lending import Lent, lent
from dangjian_desktop.storage.library import Library
from tests.services.make import a_library
from tests.test_architecture import program

_KILLED = """
import os, signal
from dangjian_desktop.services.lending import Lent
lent = Lent()
(lent.folder() / "a.txt").write_text("x")
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_it_is_the_owners_alone_and_gone_with_the_block():
    with lent() as folder:
        (folder / "a.txt").write_text("x", encoding="utf-8")
        assert folder.parent == lent_folder()
        assert stat.S_IMODE(lent_folder().stat().st_mode) == 0o700
    assert list(lent_folder().iterdir()) == []


def test_one_is_kept_until_whoever_has_it_goes():
    made = Lent()
    folder = made.folder()
    assert made.folder() == folder
    del made
    gc.collect()
    assert not folder.exists()


def test_after_a_kill_the_next_opening_takes_it_away(tmp_path: Path):
    library = a_library(tmp_path)
    library.close()
    ended = subprocess.run([sys.executable, "-c", _KILLED], check=False)
    assert ended.returncode == -signal.SIGKILL
    assert [file.name for file in lent_folder().rglob("*.txt")] == ["a.txt"]
    with lent() as mine:  # another program's that still runs stays
        Library.open(library.path, write=True, wait=0).close()
        assert list(lent_folder().iterdir()) == [mine]


def test_nothing_of_a_record_goes_through_the_folder_of_all_programs():
    """What unpacks, lends or converts asks for such a folder."""
    asked = ("import tempfile", "from tempfile import", "QTemporaryDir()", "QTemporaryFile(")
    users = {source.place for source in program() if any(each in source.text for each in asked)}
    # Compiled names of the binding, and pictures of the look.
    assert users == {"ui/window/binding_kept.py", "ui/look/theme.py"}
