"""Damage anywhere is noticed, told in words, and never written over."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from dangjian_desktop.storage.copies import checks
from dangjian_desktop.storage.copies.checks import verify
from dangjian_desktop.storage.copies.copies import backup
from dangjian_desktop.storage.file.connecting import raw
from dangjian_desktop.storage.file.failures import DamagedError, DiskError
from dangjian_desktop.storage.library import Library


@pytest.fixture
def filled(path: Path, a_member, a_meeting) -> Path:
    library = Library.open(path, write=True)
    with library.changing() as work:
        for number in range(30):
            work.members.save(a_member(f"张{number}"))
            work.meetings.save(a_meeting(closing=f"{number}" + "会议小结。" * 500))
    library.close()
    return path


def test_a_damaged_library_is_not_opened_and_its_newest_copy_is_named(filled: Path) -> None:
    copy = backup(filled)
    whole = filled.read_bytes()
    at = copy.at
    for place in (len(whole) // 2, 40):
        damaged = bytearray(whole)
        damaged[place] ^= 4
        filled.write_bytes(damaged)
        for write in (True, False):
            with pytest.raises(DamagedError, match="已损坏") as refused:
                Library.open(filled, write=write)
            assert str(copy.file) in refused.value.remedy
            assert f"{at.year}年{at.month}月{at.day}日" in refused.value.remedy
        assert filled.read_bytes() == damaged


def test_damage_met_while_reading_is_told_in_words(filled: Path) -> None:
    library = Library.open(filled, write=True)
    content = filled.read_bytes()
    filled.write_bytes(content[:8192] + os.urandom(len(content) - 8192))
    with pytest.raises(DamagedError, match="已损坏"), library.reading() as work:
        work.meetings.all()
    library.close()


def test_what_passes_on_a_second_look_is_not_damage(
    filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = filled.read_bytes()
    damaged = bytearray(whole)
    damaged[len(whole) // 2] ^= 1
    filled.write_bytes(damaged)
    monkeypatch.setattr(checks.time, "sleep", lambda _seconds: filled.write_bytes(whole))
    Library.open(filled, write=True).close()


def test_a_reference_without_its_record_is_noticed(filled: Path) -> None:
    with raw(filled, write=True) as connection:
        connection.execute("PRAGMA foreign_keys=OFF")
        connection.execute("DELETE FROM meeting WHERE id = 1")
    assert verify(filled) != ()


def test_an_unreadable_revision_is_named(filled: Path) -> None:
    with raw(filled, write=True) as connection:
        connection.execute("UPDATE revision SET content = '{}' WHERE id = 1")
    assert verify(filled) == tuple(
        problem for problem in verify(filled) if "第1次保存无法读取" in problem
    )
    assert len(verify(filled)) == 1


@pytest.mark.parametrize("folder", ["/", ".", ".."])
def test_a_folder_without_a_name_of_its_own_is_no_library(folder: str) -> None:
    assert [problem[-12:] for problem in verify(Path(folder))] == ["不是本程序的支部资料库。"]


class UnreadOnce:
    """A connection whose check tells, as SQLite does, of a page that it could not read."""

    def execute(self, _asked: str):
        line = "*** in database main ***\nTree 69 page 69: unable to get the page. error code={}"
        return [(line.format(self.code),)]


class Told:
    """A connection whose check tells this one line."""

    def __init__(self, line: str) -> None:
        self.line = line

    def execute(self, _asked: str):
        return [(self.line,)]


@pytest.mark.parametrize(
    ("line", "damage"),
    [
        ("malformed inverted index for FTS5 table main.terms", False),
        ("row 3 missing from index sqlite_autoindex_terms_idx_1", False),
        ("NULL value in terms_data.block", False),
        ("NULL value in branch_terms.start", True),
        ("row 3 missing from index ix_terms_of_office", True),
        ("NULL value in meeting.title", True),
    ],
)
def test_only_what_is_told_of_the_index_of_the_search_is_no_damage(tmp_path, line, damage) -> None:
    assert checks._structure(tmp_path, Told(line)) == ([line] if damage else ["ok"])


@pytest.mark.parametrize("code", [266, 522])
def test_a_page_that_a_check_could_not_read_is_no_damage(tmp_path, code) -> None:
    connection = UnreadOnce()
    connection.code = code
    with pytest.raises(DiskError):
        checks._structure(tmp_path, connection)
    connection.code = 11
    assert checks._structure(tmp_path, connection) != ["ok"]
