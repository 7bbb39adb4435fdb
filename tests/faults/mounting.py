"""Disks of a few megabytes, where the system lets us have them."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


def mounted(*words: object) -> bool:
    """Whether ``mount`` did as it was told."""
    if shutil.which("mount") is None:
        return False
    done = subprocess.run(["mount", *map(str, words)], check=False, capture_output=True)
    return done.returncode == 0


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[None]:
    """The folder is a disk of its own; the test is skipped where that takes rights."""
    if not mounted("-t", "tmpfs", "-o", f"size={megabytes}m", "none", folder):
        pytest.skip("needs root: mount -t tmpfs")
    try:
        yield
    finally:
        subprocess.run(["umount", folder], check=True)
