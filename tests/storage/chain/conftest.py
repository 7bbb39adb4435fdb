"""The library that is changed past the program."""

from __future__ import annotations

from pathlib import Path

import pytest

from dangjian_desktop.domain.branch import Branch
from dangjian_desktop.storage.copies.checks import verify
from dangjian_desktop.storage.file.keys import Under, hold
from dangjian_desktop.storage.library import Library
from tests.storage.chain.changing import KEYS, OTHERS, fill


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A library under these keys."""
    hold(KEYS)
    hold(OTHERS)
    under = Under(KEYS, lambda _path: None)
    place = tmp_path / "资料" / "支部.dangjian"
    Library.create(place, Branch(name="中共甲支部"), under=under).close()
    return place


@pytest.fixture
def uids(path: Path) -> list[str]:
    found = fill(path)
    assert verify(path) == ()
    return found
