"""Rows that are gone without a trace are noticed when the library is opened for writing."""

from __future__ import annotations

import shutil

import pytest

from dangjian_desktop.storage.copies import checks
from dangjian_desktop.storage.copies.checks import verify
from dangjian_desktop.storage.file.connecting import raw
from dangjian_desktop.storage.file.failures import DamagedError
from dangjian_desktop.storage.library import Library
from dangjian_desktop.storage.totals import TOTALS
from tests.services.make import a_library


@pytest.fixture
def path(tmp_path, monkeypatch):
    monkeypatch.setattr(checks, "PAUSE", 0)
    library = a_library(tmp_path)
    library.close()
    return library.path


def take_away_one(path) -> None:
    """As where the disk gives back an older page: by its seal it is whole."""
    with raw(path, write=True) as connection:
        connection.execute("DELETE FROM revision WHERE id = (SELECT max(id) FROM revision)")


def test_a_row_that_is_gone_is_noticed(path) -> None:
    before = path.read_bytes()
    take_away_one(path)
    assert path.read_bytes() != before
    with pytest.raises(DamagedError):
        Library.open(path, write=True)
    shutil.rmtree(path.with_suffix(".copies"), ignore_errors=True)


def test_what_was_not_closed_in_order_is_held_against_nothing(path) -> None:
    """After a kill the totals are those of an earlier state."""
    library = Library.open(path, write=True)
    with library.changing() as work:
        work.settings.put("x", 1)
    library._lock.release()
    take_away_one(path)
    Library.open(path, write=True).close()


def test_opening_and_closing_writes_nothing_where_nothing_changed(path) -> None:
    Library.open(path, write=True).close()
    before = path.read_bytes()
    Library.open(path, write=True).close()
    assert path.read_bytes() == before
    assert verify(path) == ()


def test_totals_that_cannot_be_read_are_none(path) -> None:
    for told in ("[]", "7", '{"state": 1}', "no json"):
        with raw(path, write=True) as connection:
            connection.execute("UPDATE setting SET value = ? WHERE key = ?", (told, TOTALS))
        Library.open(path, write=True).close()
