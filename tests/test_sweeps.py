"""What stays to the end is not looked through for garbage; in processes of their own."""

from __future__ import annotations

import subprocess
import sys

IMPORTED = """
import gc
before = gc.get_freeze_count()
import dangjian_desktop.storage
print(before, gc.get_freeze_count() > 10_000, gc.isenabled())
"""
ENDED = """
import atexit, gc
atexit.register(lambda: print(gc.get_freeze_count() > 10_000))
from dangjian_desktop.cli import main
print(main(["nonsense"]), gc.get_freeze_count())
"""


def told(code):
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True
    ).stdout.split()


def test_what_is_imported_to_stay_is_left_alone():
    assert told(IMPORTED) == ["0", "True", "True"]


def test_a_command_ends_without_a_sweep():
    assert told(ENDED) == ["2", "0", "True"]
