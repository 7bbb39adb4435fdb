"""A purge is in the chain: verifying has no finding, and what is done past it is still found."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import replace

import pytest

from dangjian_desktop.domain.members.member import new_id
from dangjian_desktop.storage.clearing import clear_out
from dangjian_desktop.storage.copies.checks import verify
from dangjian_desktop.storage.file.connecting import raw
from dangjian_desktop.storage.file.keys import keys_of
from dangjian_desktop.storage.library import Library
from dangjian_desktop.storage.purges import Purge
from dangjian_desktop.storage.rekeying import rekey
from tests.storage.chain.changing import KEYS, OTHERS, a_meeting, attacked, knowing, named, run

ACT = Purge("act", "2026-03-31T09:00:00+08:00", "窗口", "办公室", "按规定销毁", {"会议": 1})


def purge(path, *uids):
    """Into the bin, and out of it for good."""
    with closing(Library.open(path, write=True)) as library:
        with library.changing() as work:
            for uid in uids:
                work.meetings.mark_deleted(uid)
            keepings = {store.subject: store.keeping for store in work.stores()}
            act = replace(ACT, id=new_id())
            work.purges.purge(keepings, {"meeting": list(uids)}, act, ())
        clear_out(path)


def deleted(uid):
    """All of a sitting, by one who knows how it lies in the file."""
    rows = f"IN (SELECT id FROM meeting WHERE uid = '{uid}')"
    below = ("meeting_kind", "attendance", "file_number")
    yield from (f"DELETE FROM {table} WHERE meeting_id {rows}" for table in below)
    yield from (f"DELETE FROM {table} WHERE uid = '{uid}'" for table in ("revision", "meeting"))


def test_verifying_has_no_finding_after_a_purge(path, uids):
    purge(path, uids[0])
    assert verify(path) == ()
    purge(path, uids[1])
    assert verify(path) == ()
    with closing(Library.open(path, write=True)) as library:
        with library.changing() as work:
            work.meetings.save(a_meeting("丙会"))
        with library.reading() as work:
            assert {act.reason for act in work.purges.acts()} == {"按规定销毁"}
            assert work.purges.gone(uids) == {("meeting", uid) for uid in uids}
    assert verify(path) == ()


def test_a_sitting_deleted_past_the_program_is_found_beside_one_that_was_purged(path, uids):
    purge(path, uids[0])
    problems = attacked(path, run(*deleted(uids[1])))
    assert named(problems, uids[1], "被删除")
    assert not any(uids[0] in line for line in problems)


def test_a_deletion_with_a_line_in_the_journal_is_none_of_the_program(path, uids):
    forged = f"SELECT at, '彻底删除', subject, '{uids[1]}' FROM journal LIMIT 1"
    problems = attacked(
        path,
        run(
            f"INSERT INTO journal (at, what, subject, uid) {forged}",
            "UPDATE journal SET subject = 'meeting' WHERE what = '彻底删除'",
            *deleted(uids[1]),
        ),
    )
    assert named(problems, f"“彻底删除”的登记（编号{uids[1]}）", "没有封存")
    assert named(problems, uids[1], "被删除")


@pytest.mark.parametrize(
    ("attack", "words"),
    [
        ("DELETE FROM journal WHERE what = '彻底删除'", ("登记", "被删除")),
        (
            "UPDATE journal SET at = '2020-01-01T00:00:00' WHERE what = '彻底删除'",
            ("登记", "被改动"),
        ),
        ("DELETE FROM setting WHERE key GLOB 'library.purge.*'", ("登记", "被删除")),
        (
            "UPDATE setting SET value = replace(value, '按规定', '我想') "
            "WHERE key GLOB 'library.purge.*'",
            ("记录", "被改动"),
        ),
        (
            "INSERT INTO setting (key, value) SELECT 'library.purge.x', value FROM setting"
            " WHERE key GLOB 'library.purge.*'",
            ("记录", "没有封存"),
        ),
    ],
)
def test_the_trace_of_a_purge_cannot_be_changed(path, uids, attack, words):
    purge(path, uids[0])
    assert named(knowing(path, run(attack)), "彻底删除", *words)


def test_what_was_purged_and_put_back_past_the_program_is_found(path, uids):
    with raw(path) as connection:
        row = connection.execute("SELECT * FROM meeting WHERE uid = ?", (uids[1],)).fetchone()
        kept = connection.execute("SELECT * FROM revision WHERE uid = ?", (uids[1],)).fetchone()
    purge(path, uids[1])

    def put_back(connection):
        for table, values in (("meeting", row), ("revision", kept)):
            marks = ", ".join("?" * len(values))
            connection.execute(f"INSERT INTO {table} VALUES ({marks})", values)

    assert named(attacked(path, put_back), "乙会", "没有封存")


def test_what_comes_in_again_by_the_program_is_sealed_like_others(path, uids):
    with closing(Library.open(path, write=True)) as library, library.reading() as work:
        meeting = work.meetings.one(uids[1])
    purge(path, uids[1])
    with closing(Library.open(path, write=True)) as library, library.changing() as work:
        work.meetings.save(meeting)
    assert verify(path) == ()
    purge(path, uids[1])
    assert verify(path) == ()


def test_a_change_past_the_program_is_told_also_after_the_purge(path, uids):
    attack = "UPDATE meeting SET title = '改过' WHERE uid = ?"
    knowing(path, lambda connection: connection.execute(attack, (uids[0],)))
    with closing(Library.open(path, write=True)) as library:
        with library.changing() as work:
            keepings = {store.subject: store.keeping for store in work.stores()}
            work.purges._driver.execute(
                "UPDATE meeting SET deleted_at = updated_at WHERE uid = ?", (uids[0],)
            )
            work.purges.purge(keepings, {"meeting": [uids[0]]}, ACT, ())
        clear_out(path)
    problems = verify(path)
    assert named(problems, uids[0], "曾被改动")


def test_the_trace_goes_on_under_another_key_and_begins_anew_with_the_chain(path, uids):
    purge(path, uids[0])
    rekey(path, OTHERS)
    assert verify(path) == ()
    attack = run("DELETE FROM journal WHERE what = '彻底删除'")
    assert named(attacked(path, attack), "彻底删除", "被删除")
    purge(path, uids[1])
    rekey(path, None)
    assert keys_of(path) is None
    assert verify(path) == ()
    rekey(path, KEYS)
    assert verify(path) == ()
    assert named(attacked(path, attack), "彻底删除", "被删除")


def test_ended_before_it_was_cleared_the_next_opening_does_it(path, uids, tmp_path):
    with closing(Library.open(path, write=True)) as library, library.changing() as work:
        work.meetings.mark_deleted(uids[1])
        keepings = {store.subject: store.keeping for store in work.stores()}
        work.purges.purge(keepings, {"meeting": [uids[1]]}, ACT, ())
    with raw(path) as connection:
        left = "SELECT value FROM setting WHERE key = 'library.purge_left'"
        assert json.loads(connection.execute(left).fetchone()[0])["minutes"] == [uids[1]]
        assert verify(path) == ()
    Library.open(path, write=True).close()
    with raw(path) as connection:
        assert connection.execute(left).fetchone() is None
        assert connection.execute("PRAGMA freelist_count").fetchone()[0] == 0
    assert verify(path) == ()
