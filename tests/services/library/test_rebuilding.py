"""What is derived can be dropped and made again; what was written stays as it was."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from dangjian_desktop.errors import BlockedError
from dangjian_desktop.services.ledgers.ledgers import LedgerService
from dangjian_desktop.services.library.rebuilding import RebuildService, told
from dangjian_desktop.services.library.search import SearchService
from dangjian_desktop.services.meetings.meetings import MeetingService
from dangjian_desktop.storage.copies.checks import verify
from dangjian_desktop.storage.file.connecting import raw
from dangjian_desktop.storage.library import Library
from dangjian_desktop.storage.records.sums import write_sums
from tests.guards import doors
from tests.services.ledgers.test_ledger_rows import TRAINING, VISIT
from tests.services.make import a_library, a_meeting, clock

GOLDEN = Path(__file__).parents[2] / "golden" / "0.1.0"


@pytest.fixture
def first(tmp_path):
    """A library of 0.1.0, opened by this program."""
    shutil.copytree(GOLDEN / "全字段.files", tmp_path / "全字段.files")
    path = Path(shutil.copy(GOLDEN / "全字段.dangjian", tmp_path))
    library = Library.open(path, write=True)
    yield library
    library.close()


def _states(library):
    with library.reading() as work:
        return {
            (store.subject, uid, state.number): store.content_of(uid, state.number)
            for store in work.stores()
            for uid in store.ids()
            for state in store.revisions(uid)
        }


def _whole(library):
    with raw(library.path) as connection:
        query = (
            "SELECT count(*), coalesce(sum(length(content)), 0) FROM revision WHERE content != ''"
        )
        return connection.execute(query).fetchone()


def test_what_0_1_0_kept_whole_takes_less_room_and_says_the_same(first):
    before, (many, size) = _states(first), _whole(first)
    done = RebuildService(first, clock).run()
    assert done["revisions"] == many > 0
    assert _states(first) == before
    with raw(first.path) as connection:
        (now,) = connection.execute("SELECT sum(length(delta)) FROM revision").fetchone()
    assert _whole(first) == (0, 0)
    assert now < size
    assert RebuildService(first, clock).run()["revisions"] == 0
    assert verify(first.path) == ()


def test_a_save_after_it_keeps_what_was_packed(first):
    before = _states(first)
    RebuildService(first, clock).run()
    with first.changing() as work:
        sitting = work.meetings.all()[0]
        number = work.meetings.revision_number(sitting.id)
        work.meetings.save(replace(sitting, place="别处"))
    now = _states(first)
    assert before.items() <= now.items()
    assert '"place":"别处"' in now["meeting", sitting.id, number + 1]
    assert verify(first.path) == ()


def test_a_rebuilding_of_states_that_fails_midway_loses_nothing(first, monkeypatch):
    before, calls = _states(first), iter([1, 1])
    monkeypatch.setattr("dangjian_desktop.services.library.rebuilding._AT_ONCE", 1)
    packed = type(first).changing

    def dies(self, *topics):
        next(calls)
        return packed(self, *topics)

    monkeypatch.setattr(type(first), "changing", dies)
    with pytest.raises((StopIteration, RuntimeError)):
        RebuildService(first, clock).run()
    monkeypatch.undo()
    assert _whole(first)[0] > 0
    assert _states(first) == before
    assert verify(first.path) == ()


def test_a_wrong_key_of_a_name_is_made_anew_and_the_index_too(tmp_path):
    library = a_library(tmp_path)
    MeetingService(library, clock).import_json(a_meeting())
    with library.changing() as work:
        [zhang] = [m for m in work.members.all() if m.name == "张三"]
        work.members.save(replace(zhang, sort_key="x", initials="x"))
    search = SearchService(library, clock)
    assert search.find("zs") == ([], 0)
    done = RebuildService(library, clock).run()
    assert (done["names"], done["revisions"]) == (1, 0)
    assert "更正检索用拼音 1 人" in told(done)
    assert search.find("zs")[0][0].title == "张三"
    assert search.indexed
    assert RebuildService(library, clock).run(index_only=True) == {"index": done["index"]}
    library.close()
    assert verify(library.path) == ()


DERIVED = {
    "meeting": "UPDATE meeting SET held = 1 - held, late = 1 - late",
    "project": "UPDATE project SET percent = '7', open_planned = '', last_day = NULL",
    "project_person": "DELETE FROM project_person",
    "project_meeting": "UPDATE project_meeting SET position = position + 5",
}
ROWS = "SELECT uid, title, day, until, period, year, body FROM record ORDER BY id"
OF_LEDGERS = {
    ROWS: "UPDATE record SET title = '别的', until = '2001-01-01', period = '2001', year = 2001",
    "SELECT record_id, position, role, name FROM record_person ORDER BY record_id, position": (
        "UPDATE record_person SET name = '别人'"
    ),
}
_KEPT = {f"SELECT * FROM {table} ORDER BY id": spoil for table, spoil in DERIVED.items()}


def _told(library, asked):
    """What a list, a due day or a link is told from, without row ids, sums and moments."""
    with raw(library.path) as connection:
        connection.row_factory = dbapi2.Row
        rows = {query: connection.execute(query).fetchall() for query in asked}
    without = ("id", "checksum", "updated_at")
    return {
        query: sorted(str({k: row[k] for k in row.keys() if k not in without}) for row in found)  # noqa: SIM118
        for query, found in rows.items()
    }


def _spoil(library, statements):
    """As if an earlier version had told it otherwise: the checksums are right."""
    with library.changing() as work:
        for statement in statements:
            work._connection.exec_driver_sql(statement)
        for store in work.stores():
            write_sums(work._connection, store.keeping.sheet)


@pytest.fixture
def of_ledgers(tmp_path):
    library = a_library(tmp_path)
    service = LedgerService(library, clock)
    for code, typed in (("training", TRAINING), ("visits", VISIT)):
        service.save(service.read(code, typed))
    yield library
    library.close()


def _comes_back(library, asked):
    RebuildService(library, clock).run()
    kept = _told(library, asked)
    assert all(kept.values())
    assert RebuildService(library, clock).run()["columns"] == 0
    assert _told(library, asked) == kept
    _spoil(library, asked.values())
    assert _told(library, asked) != kept
    assert RebuildService(library, clock).run()["columns"] > 0
    assert _told(library, asked) == kept
    assert verify(library.path) == ()


def test_what_lists_keep_of_records_is_made_again_as_it_was_kept(tmp_path):
    with doors.full_desk(tmp_path) as desk:
        _comes_back(desk._library, _KEPT)
        _spoil(desk._library, [DERIVED["project_person"]])
        assert RebuildService(desk._library, clock).run()["columns"] > 0
        assert verify(desk.path) == ()


def test_what_lists_keep_of_rows_of_ledgers_is_made_again_as_it_was_kept(of_ledgers):
    _comes_back(of_ledgers, OF_LEDGERS)


def test_a_record_that_was_changed_behind_is_not_made_right_by_rebuilding(tmp_path):
    with doors.full_desk(tmp_path) as desk:
        with raw(desk.path, write=True) as connection:
            connection.execute("UPDATE meeting SET held = 1 - held WHERE id = 1")
        before = verify(desk.path)
        assert before
        RebuildService(desk._library, clock).run()
        assert verify(desk.path) == before


def test_only_a_library_that_is_written_is_rebuilt(tmp_path):
    a_library(tmp_path).close()
    [path] = tmp_path.glob("*.dangjian")
    library = Library.open(path, write=False)
    with pytest.raises(BlockedError):
        RebuildService(library, clock).run()
    assert not SearchService(library, clock).tend()
    library.close()
