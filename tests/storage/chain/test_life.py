"""A chain begins, goes on and ends; what the program does is no alarm."""

from __future__ import annotations

from contextlib import closing, suppress

import pytest

from dangjian_desktop.domain.branch import Branch
from dangjian_desktop.storage.copies import chaining
from dangjian_desktop.storage.copies.checks import verify
from dangjian_desktop.storage.copies.copies import backup, restore
from dangjian_desktop.storage.file.connecting import engine_for, raw
from dangjian_desktop.storage.file.keys import hold
from dangjian_desktop.storage.library import Library
from dangjian_desktop.storage.meetings import MEETINGS
from dangjian_desktop.storage.records.sums import write_sums
from dangjian_desktop.storage.rekeying import rekey
from tests.storage.chain.changing import (
    COUNT,
    KEYS,
    OTHERS,
    a_meeting,
    attacked,
    fill,
    knowing,
    named,
    run,
)


def test_what_the_program_does_is_no_alarm(path, uids):
    """Bin, out of it, saving the same, history read, the derived made anew, a copy put back."""
    with closing(Library.open(path, write=True)) as library:
        for act in ("mark_deleted", "unmark"):
            with library.changing() as work:
                getattr(work.meetings, act)(uids[0])
        with library.changing() as work:
            work.meetings.save(work.meetings.version(uids[0], 2))
            work.meetings.pack(uids[0])
            assert work.remake("meeting") == 0
        library.rebuild_index()
    assert verify(path) == ()
    copy = backup(path)
    assert verify(copy.file) == ()
    with closing(Library.open(path, write=True)) as library, library.changing() as work:
        work.meetings.save(a_meeting("丙会"))
    restore(copy.file, path)
    assert verify(path) == ()
    with closing(Library.open(path, write=True)) as library, library.changing() as work:
        work.meetings.save(a_meeting("丁会"))
    assert verify(path) == ()


def _left_in_the_middle(library: Library) -> None:
    with library.changing() as work:
        work.meetings.save(a_meeting("丙会"))
        raise ZeroDivisionError


def test_a_transaction_that_is_undone_leaves_no_entry(path, uids):
    with closing(Library.open(path, write=True)) as library:
        with pytest.raises(ZeroDivisionError):
            _left_in_the_middle(library)
        with library.changing() as work:
            with suppress(ZeroDivisionError), work.attempt():
                work.meetings.save(a_meeting("丁会"))
                raise ZeroDivisionError
            work.meetings.save(a_meeting("戊会"))
    assert verify(path) == ()


def test_without_a_password_there_is_no_chain(tmp_path):
    place = tmp_path / "支部.dangjian"
    Library.create(place, Branch(name="中共甲支部")).close()
    fill(place)
    with raw(place) as connection:
        assert connection.execute(COUNT).fetchone() == (0,)
    assert verify(place) == ()


def test_a_chain_begins_ends_and_goes_on_with_the_key(tmp_path):
    place = tmp_path / "支部.dangjian"
    Library.create(place, Branch(name="中共甲支部")).close()
    hold(KEYS)
    hold(OTHERS)
    uids = fill(place)
    for keys in (KEYS, OTHERS):
        rekey(place, keys)
        assert verify(place) == ()
        whole = place.read_bytes()
        forge = run("UPDATE revision SET reason = '假' WHERE number = 2")
        assert named(attacked(place, forge), "甲会", "第2次保存", "被改动")
        place.write_bytes(whole)
    # What was changed before is not made right by another key; only by none.
    for statement, words in (
        (f"UPDATE revision SET reason = '假' WHERE uid = '{uids[0]}' AND number = 2", "第2次保存"),
        ("UPDATE chain SET at = '2020' WHERE id = 3", "第3条"),
        ("DELETE FROM chain WHERE id = 5", "第5条"),
        ("DELETE FROM setting WHERE key = 'library.chain'", "末尾标记"),
    ):
        attacked(place, run(statement))
        for keys in (KEYS, OTHERS):
            rekey(place, keys)
            assert named(verify(place), words)
    rekey(place, None)
    assert verify(place) == ()
    with raw(place) as connection:
        assert connection.execute(COUNT).fetchone() == (0,)
        assert (
            connection.execute("SELECT 1 FROM setting WHERE key LIKE '%chain'").fetchone() is None
        )
    rekey(place, KEYS)
    assert verify(place) == ()


def test_an_upgrade_is_followed_where_nothing_was_changed_before(path, uids):
    """A revision to come that writes all rows anew; one sitting was changed past the program."""
    knowing(path, run("UPDATE meeting SET late = 1 WHERE title = '乙会'"))
    with engine_for(path, write=True).begin() as connection, chaining.followed(connection):
        connection.exec_driver_sql("UPDATE meeting SET updated_at = '2030-01-01'")
        write_sums(connection, MEETINGS.sheet)
    found = verify(path)
    assert named(found, "乙会", "被改动")
    assert not any("甲会" in line for line in found)


def test_a_library_of_a_version_without_chains_gets_one(path, uids):
    with raw(path, write=True) as connection:
        connection.execute("DROP TABLE chain")
        connection.execute("DELETE FROM setting WHERE key = 'library.chain'")
        connection.execute("UPDATE alembic_version SET version_num = '0008'")
        connection.execute("PRAGMA user_version = 8")
    assert verify(path) == ()
    Library.open(path, write=True).close()
    assert verify(path) == ()
    forge = run("UPDATE revision SET reason = '假' WHERE number = 2")
    assert named(attacked(path, forge), "甲会", "第2次保存", "被改动")
