"""The index of the search finds what a look through every text finds, or is not asked."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from dangjian_desktop.domain.meetings.meeting import MeetingFilter
from dangjian_desktop.domain.members.member import MemberFilter, new_id
from dangjian_desktop.errors import InputError
from dangjian_desktop.storage import index
from dangjian_desktop.storage.copies.checks import verify
from dangjian_desktop.storage.file.connecting import raw
from dangjian_desktop.storage.index import FEW
from dangjian_desktop.storage.library import Library
from dangjian_desktop.storage.stored import Stored, StoredFilter
from dangjian_desktop.storage.tending import begun

SIGNS = "会议工作党员的一二三龘𠮷\ue816\ufffdABcd1235.，。“-%_'\"/|\\*^:()～é"
ODD = [
    "3.5",
    "3.5%",
    "%",
    "_",
    "，",
    "。，",
    '"',
    "'",
    "--",
    "-",
    "*",
    "^会",
    "AND",
    "NEAR(会",
    "é",
]


def _texts(dice, many=30):
    texts = []
    for _ in range(many):
        line = "".join(dice.choice(SIGNS) for _ in range(dice.randrange(1, 90)))
        at = dice.randrange(len(line) + 1)
        texts.append(line[:at] + dice.choice(["", " ", "\n", "\u3000"]) + line[at:])
    return [*texts, '增长3.5%，It\'s "x"', "同" * 250, "工\n作"]


def _asked(dice, texts):
    for length in (1, 2, 3, 4, 9, 200):
        for text in [*dice.sample(texts, 12), "同" * 250]:
            start = dice.randrange(max(1, len(text) - length))
            yield text[start : start + length]
    yield from ODD
    yield from ("ab", "AB", "工作", "会 员", "1 3.5 ，", "没有这样", "\x01", "工\x01作")


def _holds(text, asked):
    held = text.encode().lower()
    return all(word.encode().lower() in held for word in asked.split())


def _put(library, texts):
    kept = {}
    with library.changing() as work:
        for number, text in enumerate(texts):
            record = Stored(id=new_id(), title=f"第{number}条", body={"text": text})
            kept[work.records("visits").save(record).id] = f"第{number}条\n{text}"
    return kept


def _search(library, asked):
    with library.reading() as work:
        return set(work.records("visits").ids(StoredFilter(text=asked)))


def _all_taken_in(library):
    while library.tend_index():
        pass


def _behind(library):
    with library.reading() as work:
        return work.behind


def _contents(library):
    """What each record is found by in the index, term for term."""
    with raw(library.path, write=True) as connection:
        connection.execute(
            "CREATE VIRTUAL TABLE temp.seen USING fts5vocab('main', terms, instance)"
        )
        query = (
            "SELECT e.subject, e.id, e.sum, s.term, s.offset FROM entry e"
            " LEFT JOIN seen s ON s.doc = e.id ORDER BY 1, 2, 5"
        )
        return connection.execute(query).fetchall()


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("how", ["index", "behind", "scan"])
def test_every_text_that_is_asked_for_finds_what_a_plain_look_finds(library, seed, how):
    dice = random.Random(seed)
    texts = _texts(dice)
    kept = _put(library, texts)
    if how == "index":
        _all_taken_in(library)
    elif how == "scan":
        library.close()
        with raw(library.path, write=True) as connection:
            connection.execute("DROP TABLE entry")
    asked_of = library if how != "scan" else Library.open(library.path, write=False)
    assert _behind(asked_of) == {"index": 0, "behind": 33, "scan": None}[how]
    for asked in _asked(dice, texts):
        wanted = {uid for uid, text in kept.items() if _holds(text, asked)}
        if asked.split():
            assert _search(asked_of, asked) == wanted, asked


def test_a_text_too_long_is_refused_with_words(library):
    with pytest.raises(InputError, match="太长"):
        _search(library, "长" * 201)


SPOILED = {
    "no entries": "DROP TABLE entry",
    "no terms": "DROP TABLE terms",
    "an entry is gone": "DELETE FROM entry WHERE id = (SELECT max(id) FROM entry)",
    "of another state": "UPDATE entry SET sum = 'x' WHERE id = (SELECT max(id) FROM entry)",
    "of another row": "UPDATE entry SET id = id + 1 WHERE id = (SELECT max(id) FROM entry)",
    "of another kind": "UPDATE entry SET subject = 'care'",
    "of another method": "UPDATE setting SET value = 0 WHERE key = 'library.index'",
    "never made": "DELETE FROM setting WHERE key = 'library.index'",
    "terms cut": "DELETE FROM terms_data WHERE id > 10",
    "terms empty": "DELETE FROM terms_data",
    "no shape of terms": "DROP TABLE terms_config",
}


@pytest.mark.parametrize("how", SPOILED)
@pytest.mark.parametrize("write", [True, False])
def test_an_index_that_is_missing_stale_or_damaged_is_not_asked_and_made_anew(library, how, write):
    kept = _put(library, ["工作踏实", "同意接收", "工作认真"])
    wanted = {uid for uid, text in kept.items() if "工作" in text}
    _all_taken_in(library)
    whole = _contents(library)
    library.close()
    with raw(library.path, write=True) as connection:
        connection.execute(SPOILED[how])
    again = Library.open(library.path, write=write)
    assert _search(again, "工作") == wanted
    assert _behind(again) is None
    if write:
        _all_taken_in(again)
        assert _behind(again) == 0
        assert _contents(again) == whole
    assert _search(again, "工作") == wanted
    again.close()
    assert verify(library.path) == ()


def test_after_any_sequence_of_changes_the_kept_index_is_what_a_rebuilt_one_is(
    library, a_member, a_meeting
):
    dice = random.Random(8)
    people, sittings = [], []
    for turn in range(FEW + 10):
        with library.changing() as work:
            act = dice.randrange(6)
            if act == 0 or not people:
                people.append(work.members.save(a_member(f"张{turn}")).id)
            elif act == 1 or not sittings:
                sittings.append(work.meetings.save(a_meeting(title=f"大会{turn}")).id)
            elif act == 2:
                store, uid = work.meetings, dice.choice(sittings)
                store.save(replace(store.one(uid), place=f"会议室{turn}"))
            elif act == 3:
                store, uid = dice.choice([(work.members, people), (work.meetings, sittings)])
                uid = dice.choice(uid)
                mark = store.unmark if store.one(uid).deleted else store.mark_deleted
                mark(uid)
            elif act == 4:
                work.add("member", [a_member(f"王{turn}之{n}") for n in range(dice.randrange(3))])
            else:
                work.prints.fix_number(dice.choice(sittings), "general_meeting", turn)
        if turn % 5 == 0:
            _all_taken_in(library)
            assert _behind(library) is not None
    _all_taken_in(library)
    kept = _contents(library)
    assert library.rebuild_index() == len({row[1] for row in kept})
    rebuilt = _contents(library)
    assert sorted(kept) == sorted(rebuilt)
    with library.reading() as work:
        assert len(work.members.ids(MemberFilter(text="王"))) > 3
        found = set(work.meetings.ids(MeetingFilter(text="会议室")))
        thrown = set(work.meetings.ids(MeetingFilter(text="会议室", deleted=True)))
        assert found
        assert not found & thrown


def test_a_change_leaves_many_behind_which_are_found_all_the_same(library):
    _put(library, ["会议如常"])
    assert not library.far_behind
    _all_taken_in(library)
    kept = _put(library, [f"工作{n}" for n in range(FEW + 1)])
    assert (library.far_behind, _behind(library)) == (True, FEW + 1)
    assert _search(library, "工作") == set(kept)
    assert len(_search(library, "工作7")) == 1
    library.close()
    again = Library.open(library.path, write=True)
    assert (again.far_behind, _behind(again)) == (False, 0)
    assert _search(again, "工作") == set(kept)
    again.close()


def test_an_index_in_parts_is_put_together_step_by_step_and_asked_meanwhile(library, monkeypatch):
    monkeypatch.setattr(index, "SETTLED_AT_ONCE", 1)
    dice = random.Random(2)
    kept = _put(library, _texts(dice, 200)) | _put(library, ["工作在前"])
    _all_taken_in(library)
    kept |= _put(library, [*_texts(dice, FEW), "工作在后"])
    steps = 1
    while library.tend_index():
        steps += 1
        assert _search(library, "工作") == {u for u, text in kept.items() if _holds(text, "工作")}
    assert steps > 3
    with raw(library.path) as connection:
        parts = connection.execute("SELECT count(DISTINCT segid) FROM terms_idx").fetchone()
    assert parts == (1,)


def test_what_a_record_held_before_its_change_is_not_found(library):
    [uid] = _put(library, ["工作踏实"])
    _all_taken_in(library)
    with library.changing() as work:
        work.records("visits").save(Stored(id=uid, title="第0条", body={"text": "会议"}))
    assert _behind(library) == 1
    assert (_search(library, "踏实"), _search(library, "会议")) == (set(), {uid})


def test_a_rebuilding_that_ends_early_leaves_a_right_library(library):
    kept = _put(library, [f"工作{n}" for n in range(5)])
    with library._begun(library._writers) as connection:
        assert begun(connection) == 5
    library.close()
    again = Library.open(library.path, write=False)
    assert _search(again, "工作") == set(kept)
    again.close()
    assert verify(library.path) == ()


def test_the_index_is_no_change_that_a_copy_lacks(library):
    _put(library, ["工作"])
    with raw(library.path) as connection:
        mark = connection.execute("SELECT value FROM setting WHERE key='library.state'").fetchone()
    library.rebuild_index()
    with raw(library.path) as connection:
        again = connection.execute("SELECT value FROM setting WHERE key='library.state'").fetchone()
    assert mark == again
