"""What is changed past the program in a library with a password is named: record and state."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import replace
from random import Random
from typing import Any

import pytest
from sqlcipher3 import dbapi2

from dangjian_desktop.storage.chain import END
from dangjian_desktop.storage.copies.checks import verify
from dangjian_desktop.storage.file.connecting import raw
from dangjian_desktop.storage.library import Library
from dangjian_desktop.storage.meetings import MEETINGS
from dangjian_desktop.storage.records.sums import text_sum, write_sums
from dangjian_desktop.storage.rekeying import rekey
from tests.storage.chain.changing import COUNT, OTHERS, a_meeting, attacked, knowing, named, run


def test_a_text_changed_with_its_checksum_is_named(path, uids):
    found = knowing(path, run("UPDATE meeting SET title = '假会' WHERE title = '甲会'"))
    assert named(found, "假会", "2026-03-18", "第4次保存", "被改动")
    assert not any("乙会" in line for line in found)


def test_what_no_checksum_would_tell_of_old_states_is_named(path, uids):
    old = '{"id":"' + uids[0] + '"}'

    def forge(connection: dbapi2.Connection) -> None:
        query = "UPDATE revision SET content = ?, checksum = ? WHERE uid = ? AND number = 1"
        connection.execute(query, (old, text_sum(old), uids[0]))

    found = attacked(path, forge)
    assert named(found, "甲会", "第1次保存", "被改动")
    assert not named(found, "第2次保存")


def test_a_revision_that_was_deleted_is_named(path, uids):
    found = attacked(path, run("DELETE FROM revision WHERE number = 1"))
    assert named(found, "甲会", "第1次保存", "被删除")
    assert named(found, uids[1], "第1次保存", "被删除")


def test_two_revisions_that_were_exchanged_are_named(path, uids):
    swap = "UPDATE revision SET number = {} WHERE uid = '" + uids[0] + "' AND number = {}"
    found = attacked(path, run(swap.format(9, 1), swap.format(1, 2), swap.format(2, 9)))
    assert named(found, "甲会", "第1次保存")
    assert named(found, "甲会", "第2次保存")


def test_when_and_why_a_state_was_saved_is_sealed(path, uids):
    found = attacked(path, run("UPDATE revision SET saved_at = '2020-01-01T00:00' WHERE number=3"))
    assert named(found, "甲会", "第3次保存", "2020-01-01", "被改动")


def test_a_record_that_was_deleted_outright_is_named(path, uids):
    tables = ("meeting_kind", "attendance", "file_number")
    clear = [f"DELETE FROM {table}" for table in tables]
    found = attacked(path, run(*clear, "DELETE FROM meeting", "DELETE FROM revision"))
    assert named(found, uids[0], "第4次保存", "被删除")
    assert named(found, uids[1], "第1次保存", "被删除")


def test_a_record_that_was_put_in_is_named(path, uids):
    def forge(connection: dbapi2.Connection) -> None:
        for table, uid in (("meeting", "uid"), ("revision", "uid")):
            columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")][1:]
            told = ", ".join(f'"{name}"' for name in columns)
            values = ", ".join("'假'" if name == uid else f'"{name}"' for name in columns)
            query = f"INSERT INTO {table} ({told}) SELECT {values} FROM {table} WHERE uid = ?"
            connection.execute(query, (uids[1],))

    assert named(knowing(path, forge), "乙会", "没有封存")


def test_a_paper_that_was_sent_is_sealed_with_its_bytes(path, uids):
    def forge(connection: dbapi2.Connection) -> None:
        connection.execute("UPDATE sent_file SET data = ? WHERE data = ?", (b"forged", b"paper"))

    found = attacked(path, forge)
    assert named(found, "三月小结", "第1版", "被改动")
    assert named(found, "三月小结", "第2版", "被改动")


def test_a_paper_changed_with_its_checksum_or_taken_away_is_named(path, uids):
    from dangjian_desktop.storage import sent

    def forge(connection: dbapi2.Connection) -> None:
        connection.execute("UPDATE sent SET content = '{}' WHERE version = 1")
        found = connection.execute(f"SELECT {', '.join(sent._SUMMED)} FROM sent WHERE version = 1")
        row = dict(zip(sent._SUMMED, found.fetchone(), strict=True))
        connection.execute("UPDATE sent SET checksum = ? WHERE version = 1", (sent._sum(row),))
        connection.execute("DELETE FROM sent WHERE version = 2")

    found = attacked(path, forge)
    assert named(found, "三月小结", "第1版", "被改动")
    assert named(found, "三月小结", "第2版", "被删除")


def test_the_end_of_the_chain_is_sealed(path, uids):
    with raw(path) as connection:
        [many] = connection.execute(COUNT).fetchone()
    last = f"DELETE FROM chain WHERE id = {many}"
    found = attacked(path, run(last))
    assert named(found, "最后的1条", "被删除")
    assert named(found, "三月小结", "第2版", "没有封存")
    # What is saved afterwards does not heal it.
    with closing(Library.open(path, write=True)) as library, library.changing() as work:
        work.meetings.save(a_meeting("丙会"))
    found = verify(path)
    assert named(found, f"第{many}条", "被删除")
    assert not any("丙会" in line for line in found)


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("DELETE FROM setting WHERE key = 'library.chain'", ("末尾标记",)),
        ("DELETE FROM chain", ("整个删除",)),
        ("DELETE FROM chain WHERE id = 3", ("第3条", "被删除")),
        ("UPDATE chain SET at = '2020' WHERE id = 3", ("第3条", "甲会", "第2次保存")),
        ("UPDATE chain SET number = 7 WHERE id = 3", ("第3条", "被改动")),
        (
            'INSERT INTO chain SELECT 99, what, subject, uid, number, at, state, "rows",'
            " before, seal FROM chain WHERE id = 3",
            ("第99条", "被改动或是外来的"),
        ),
    ],
)
def test_the_chain_itself_is_sealed(path, uids, statement, words):
    assert named(attacked(path, run(statement)), *words)


def test_entries_that_were_exchanged_are_named(path, uids):
    swap = "UPDATE chain SET id = {} WHERE id = {}"
    found = attacked(path, run(swap.format(98, 3), swap.format(3, 4), swap.format(4, 98)))
    assert named(found, "第3条")
    assert named(found, "第4条")
    assert not named(found, "第5条", "被改动")


def test_part_of_another_past_is_noticed(path, uids, tmp_path):
    """Two libraries went on from one copy; an entry of the one does not fit into the other."""
    other = tmp_path / "另一份.dangjian"
    other.write_bytes(path.read_bytes())
    for library, title in ((path, "丙会"), (other, "丁会")):
        with closing(Library.open(library, write=True)) as opened:
            for _ in range(2):
                with opened.changing() as work:
                    work.meetings.save(a_meeting(title))
    with raw(other) as connection:
        [many] = connection.execute(COUNT).fetchone()
        row = connection.execute("SELECT * FROM chain WHERE id = ?", (many - 1,)).fetchone()

    def splice(connection: dbapi2.Connection) -> None:
        connection.execute("DELETE FROM chain WHERE id = ?", (many - 1,))
        connection.execute(f"INSERT INTO chain VALUES ({', '.join('?' * len(row))})", row)

    assert named(attacked(path, splice), f"第{many}条", "不相接")
    # Another key does not make it fit; nor does one who makes the link right.
    rekey(path, OTHERS)
    assert named(verify(path), f"第{many}条", "不相接")
    fit = "UPDATE chain SET before = (SELECT seal FROM chain WHERE id = {}) WHERE id = {}"
    assert named(attacked(path, run(fit.format(many - 1, many))), f"第{many}条", "被改动")


def test_a_last_entry_of_another_past_is_noticed(path, uids, tmp_path):
    """It fits the one before it, and is not the one that the end tells of."""
    other = tmp_path / "另一份.dangjian"
    other.write_bytes(path.read_bytes())
    last = "SELECT * FROM chain ORDER BY id DESC LIMIT 1"
    for library in (path, other):
        with closing(Library.open(library, write=True)) as opened, opened.changing() as work:
            work.meetings.save(a_meeting("丙会"))
    with raw(other) as connection:
        row = connection.execute(last).fetchone()

    def splice(connection: dbapi2.Connection) -> None:
        connection.execute("DELETE FROM chain WHERE id = ?", (row[0],))
        connection.execute(f"INSERT INTO chain VALUES ({', '.join('?' * len(row))})", row)

    assert named(attacked(path, splice), "最后一条封存记录不是程序写的")


def test_an_end_that_was_moved_back_is_noticed(path, uids):
    """The last entry and what it tells of are gone, and the end says so."""

    def cut(connection: dbapi2.Connection) -> None:
        [told] = connection.execute("SELECT value FROM setting WHERE key = ?", (END,)).fetchone()
        proof = json.loads(told).split(".")[-1]
        connection.execute("DELETE FROM chain WHERE id = (SELECT max(id) FROM chain)")
        connection.execute("DELETE FROM sent WHERE version = 2")
        query = "SELECT id, seal FROM chain ORDER BY id DESC LIMIT 1"
        count, seal = connection.execute(query).fetchone()
        forged = json.dumps(f"{count}.{seal.hex()}.{proof}")
        connection.execute("UPDATE setting SET value = ? WHERE key = ?", (forged, END))

    assert named(attacked(path, cut), "末尾标记")


@pytest.mark.parametrize("again", ["save", "print", "rebuild"])
def test_writing_a_record_again_does_not_seal_what_was_changed_before(path, uids, again):
    forged = "UPDATE file_number SET number = 8"
    assert named(knowing(path, run(forged)), "甲会", "第4次保存", "被改动")
    with closing(Library.open(path, write=True)) as library, library.changing() as work:
        record = work.meetings.one(uids[0])
        if again == "save":
            work.meetings.save(replace(record, closing="五"))
        elif again == "print":
            work.prints.fix_number(uids[0], "theme_day", 1)
        else:
            work._connection.exec_driver_sql("UPDATE meeting SET late = 1")
            write_sums(work._connection, MEETINGS.sheet)
            assert work.remake("meeting") == 2
    found = verify(path)
    assert named(found, "甲会", "之前曾被改动")
    assert not any("乙会" in line for line in found)


@pytest.mark.parametrize("seed", range(2))
def test_any_single_change_of_what_is_sealed_is_noticed(path, uids, seed):
    """Any value, by one who makes the checksums of records right again."""
    chance, whole = Random(seed), path.read_bytes()
    with raw(path) as connection:
        cells = [
            (table, row[0], column)
            for table in ("meeting", "meeting_kind", "file_number", "revision", "sent", "chain")
            for column in [r[1] for r in connection.execute(f"PRAGMA table_info({table})")]
            for row in connection.execute(f"SELECT id FROM {table}")
            if column not in ("id", "checksum", "whole")
        ]
        query = "SELECT id FROM revision WHERE delta IS NOT NULL"
        cells += [("revision", row[0], "whole") for row in connection.execute(query)]
    for table, row_id, column in chance.sample(cells, 60):

        def change(connection: dbapi2.Connection, where=(table, row_id, column)) -> None:
            table, row_id, column = where
            query = f'SELECT "{column}" FROM {table} WHERE id = ?'
            [value] = connection.execute(query, (row_id,)).fetchone()
            query = f'UPDATE OR IGNORE {table} SET "{column}" = ? WHERE id = ?'
            connection.execute(query, (_other(value, column, chance), row_id))
            change.changed = connection.execute("SELECT changes()").fetchone()[0]

        problems = knowing(path, change)
        assert not change.changed or problems, (table, row_id, column)
        path.write_bytes(whole)


def _other(value: Any, column: str, chance: Random) -> Any:
    if column == "whole":
        return 1 - value
    if isinstance(value, int):
        return value + chance.choice([-1, 1, 40])
    if isinstance(value, bytes):
        place = chance.randrange(len(value)) if value else 0
        return value[:place] + bytes([(value[place] if value else 0) ^ 1]) + value[place + 1 :]
    if value is None:
        return b"x" if column == "delta" else 1 if column in _NUMBERS else "假"
    return f"{value}假"


_NUMBERS = {"for_year", "number", "held", "late", "whole", "position", "meeting_id"}
