"""A change past the program that somebody has looked at stays named, apart from what is new."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import replace

import pytest

from dangjian_desktop.domain.branch import Branch
from dangjian_desktop.errors import DoubtedError, InputError
from dangjian_desktop.services.library.sealed import accept_changes, changed_outside, looked_at
from dangjian_desktop.storage.copies.accepting import KEY
from dangjian_desktop.storage.copies.checks import findings, verify
from dangjian_desktop.storage.copies.copies import backup, doubts, restore
from dangjian_desktop.storage.file.connecting import raw
from dangjian_desktop.storage.library import Library
from dangjian_desktop.storage.rekeying import rekey
from tests.storage.chain.changing import (
    COUNT,
    KEYS,
    OTHERS,
    attacked,
    knowing,
    named,
    run,
)

CHANGED = "UPDATE meeting SET \"end\" = '{}' WHERE title = '乙会'"
FIRST = run(CHANGED.format("16:00"))


def accepted(path, by="张三", note="已与纸质记录对照"):
    with closing(Library.open(path, write=True)) as library:
        assert accept_changes(library, by, note)
    assert verify(path) == ()


def test_who_and_when_is_told_apart_from_what_is_new(path, uids):
    assert named(knowing(path, FIRST), "乙会", "第1次保存", "被改动")
    accepted(path)
    assert changed_outside(path) is None
    who, what = looked_at(path)
    assert "由张三核对过，说明：已与纸质记录对照：" in who
    assert "乙会" in what
    assert "第1次保存" in what
    problems = knowing(path, run("UPDATE meeting SET date = '2026-03-19' WHERE title = '甲会'"))
    assert [line for line in problems if "乙会" in line] == []
    assert named(problems, "甲会", "被改动")
    accepted(path, "李四", "")
    assert [line for line in looked_at(path) if "由" in line and "核对过" in line][1].endswith(
        "由李四核对过："
    )


def test_states_that_cannot_be_told_from_the_changed_one_any_more_are_looked_at_with_it(path, uids):
    """Older states are kept as what is different from the next."""
    problems = knowing(path, run("UPDATE meeting SET date = '2026-03-19' WHERE title = '甲会'"))
    assert any("第3次保存" in line for line in problems)
    accepted(path)
    assert any("第3次保存" in line for line in looked_at(path))


def test_the_same_changed_once_more_is_new(path, uids):
    knowing(path, FIRST)
    accepted(path)
    assert named(knowing(path, run(CHANGED.format("17:00"))), "乙会", "被改动")
    assert len(looked_at(path)) == 2


def test_what_the_program_saves_after_it_is_no_alarm(path, uids):
    knowing(path, FIRST)
    accepted(path)
    with closing(Library.open(path, write=True)) as library, library.changing() as work:
        work.meetings.save(replace(work.meetings.one(uids[1]), closing="五", title="丙会"))
    assert verify(path) == ()
    assert "丙会" in looked_at(path)[1], "as it is called now"
    rekey(path, OTHERS)
    assert verify(path) == ()
    assert len(looked_at(path)) == 2


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM chain",
        "DELETE FROM chain WHERE id = (SELECT max(id) FROM chain)",
        "DELETE FROM chain WHERE id = 3",
        "UPDATE chain SET what = 'saved', at = '2020' WHERE id = 2",
        "DELETE FROM setting WHERE key = 'library.chain'",
        "DELETE FROM revision WHERE number = 2",
        "DELETE FROM sent WHERE version = 2",
        "INSERT INTO revision (subject, uid, number, saved_at, reason, content, checksum)"
        " SELECT subject, uid, 9, saved_at, reason, content, checksum FROM revision LIMIT 1",
        "UPDATE sent SET name = '别的'",
    ],
)
def test_whatever_was_changed_can_be_looked_at_once(path, uids, statement):
    """What else is wrong with the records is told by other checks and cannot be accepted."""
    attacked(path, run(statement))
    copy = backup(path).file
    restore(copy, path, accepted=doubts(copy, path))
    assert changed_outside(path) is not None
    with closing(Library.open(path, write=True)) as library:
        assert accept_changes(library, "张三")
        assert not accept_changes(library, "张三"), "there is nothing new"
    assert changed_outside(path) is None
    assert len(looked_at(path)) > 1
    with closing(Library.open(path, write=True)) as library, library.changing() as work:
        work.settings.put("x", 1)
    assert changed_outside(path) is None


def test_who_looked_at_it_is_sealed(path, uids):
    knowing(path, FIRST)
    accepted(path)
    forged = f"UPDATE setting SET value = replace(value, '张三', '李四') WHERE key = '{KEY}'"
    for statement in (forged, f"DELETE FROM setting WHERE key = '{KEY}'"):
        problems = attacked(path, run(statement))
        assert named(problems, "核对时留下的说明被删除或改动")
        assert named(problems, "乙会", "被改动")
        assert looked_at(path) == ()


def test_one_that_nobody_sealed_counts_for_nothing(path, uids):
    """Who knows how it is written, and has not the key."""
    problems = knowing(path, FIRST)
    accepted(path)
    with raw(path) as connection:
        value = connection.execute("SELECT value FROM setting WHERE key = ?", (KEY,)).fetchone()[0]
    put = f"INSERT OR REPLACE INTO setting (key, value) VALUES ('{KEY}', ?)"
    problems = attacked(
        path,
        lambda connection: (
            connection.execute("UPDATE chain SET \"rows\" = 'x' WHERE what = 'accepted'"),
            connection.execute(put, (value,)),
        ),
    )
    assert named(problems, "乙会", "被改动")


def test_nothing_is_accepted_without_a_name_or_a_change(path, uids):
    with closing(Library.open(path, write=True)) as library:
        for by in ("", "  \n"):
            with pytest.raises(InputError, match="核对人"):
                accept_changes(library, by)
        with pytest.raises(InputError, match="200个字"):
            accept_changes(library, "张" * 201)
        assert not accept_changes(library, "张三")
    with raw(path) as connection:
        before = connection.execute(COUNT).fetchone()
    with closing(Library.open(path, write=True)) as library:
        assert not accept_changes(library, "张三")
    with raw(path) as connection:
        assert connection.execute(COUNT).fetchone() == before


def test_a_copy_with_changes_is_put_back_by_whoever_knows_of_them(path, uids):
    knowing(path, FIRST)
    copy = backup(path).file
    knowing(path, run("UPDATE meeting SET date = '2026-03-19' WHERE title = '甲会'"))
    present = path.read_bytes()
    with pytest.raises(DoubtedError) as told:
        restore(copy, path)
    assert path.read_bytes() == present
    known = doubts(copy, path)
    assert tuple(issue.message for issue in told.value.issues) == known
    assert any("乙会" in line and "被改动" in line for line in known)
    with pytest.raises(DoubtedError) as less:
        restore(copy, path, accepted=known[1:])
    assert [issue.message for issue in less.value.issues] == [known[0]]
    restore(copy, path, accepted=known)
    assert findings(path) == known


def test_one_whose_changes_were_looked_at_is_put_back_without_a_word(path, uids):
    knowing(path, FIRST)
    accepted(path)
    copy = backup(path).file
    assert doubts(copy, path) == ()
    restore(copy, path)
    assert len(looked_at(path)) == 2


def test_without_a_password_there_is_nothing_to_accept(tmp_path):
    path = tmp_path / "无密码.dangjian"
    with closing(Library.create(path, Branch(name="中共甲支部"))) as library:
        assert not accept_changes(library, "张三")
    assert looked_at(path) == ()
    assert changed_outside(path) is None


def test_taking_the_password_away_ends_it(path, uids):
    knowing(path, FIRST)
    accepted(path)
    rekey(path, None)
    assert looked_at(path) == ()
    with raw(path) as connection:
        found = connection.execute("SELECT * FROM setting WHERE key = ?", (KEY,)).fetchone()
    assert found is None
    rekey(path, KEYS)
    assert verify(path) == ()


def test_it_leaves_no_word_of_a_record(path, uids):
    """Whoever purges the record later leaves nothing of it."""
    knowing(path, FIRST)
    accepted(path)
    with raw(path) as connection:
        found = connection.execute("SELECT value FROM setting WHERE key = ?", (KEY,)).fetchone()[0]
    assert "乙会" not in json.loads(found)[0]["words"][0]
    assert uids[1] in found
    assert "乙会" in looked_at(path)[1]
