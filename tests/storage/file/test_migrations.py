"""Revisions lead to today's tables, whole or not at all."""

from __future__ import annotations

import json
import shutil
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from dangjian_desktop.errors import BlockedError
from dangjian_desktop.storage import library, opening
from dangjian_desktop.storage.copies import checks
from dangjian_desktop.storage.copies.checks import verify
from dangjian_desktop.storage.copies.kept import kept_copies
from dangjian_desktop.storage.file import migrating
from dangjian_desktop.storage.file.connecting import APPLICATION_ID, engine_for, raw
from dangjian_desktop.storage.ledgers import LEDGERS
from dangjian_desktop.storage.library import Library
from dangjian_desktop.storage.meetings import MEETINGS
from dangjian_desktop.storage.members import MEMBERS
from dangjian_desktop.storage.migrations.versions.r0009_chain import SHEETS
from dangjian_desktop.storage.projects import PROJECTS
from dangjian_desktop.storage.records.records import to_plain
from dangjian_desktop.storage.stored import kept_as
from dangjian_desktop.storage.tables import SCHEMA, metadata

NEXT = Path(__file__).with_name("revisions")


def _schema(path: Path) -> dict[str, str]:
    query = "SELECT name, sql FROM sqlite_master WHERE name NOT LIKE 'alembic%' AND sql NOT NULL"
    with raw(path) as connection:
        return {name: " ".join(sql.split()) for name, sql in connection.execute(query)}


def _version(path: Path) -> int:
    with raw(path) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _empty(path: Path) -> Path:
    path.touch()
    with raw(path, write=True) as connection:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    return path


def test_all_revisions_on_an_empty_file_give_exactly_the_tables(tmp_path: Path) -> None:
    migrated, declared = tmp_path / "a.dangjian", tmp_path / "b.dangjian"
    migrating.upgrade(_empty(migrated))
    with engine_for(_empty(declared), write=True).begin() as connection:
        metadata.create_all(connection)
    assert _schema(migrated) == _schema(declared)
    assert len(_schema(migrated)) > len(metadata.tables)
    assert _version(migrated) == SCHEMA


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """The program as it will be with one more revision."""
    upgrade = migrating.upgrade
    monkeypatch.setattr(migrating, "upgrade", partial(upgrade, more_revisions=[NEXT]))
    for module in (checks, library, opening):
        monkeypatch.setattr(module, "SCHEMA", SCHEMA + 1)


@pytest.mark.parametrize("write", [True, False])
@pytest.mark.usefixtures("later")
def test_an_older_library_is_copied_and_then_upgraded(path: Path, write: bool) -> None:
    Library.open(path, write=write).close()
    assert _version(path) == SCHEMA + 1
    (copy,) = kept_copies(path)
    assert copy.reason == "升级前"
    assert _version(copy.file) == SCHEMA
    assert verify(copy.file) == ()


@pytest.mark.usefixtures("later")
def test_a_rebuilt_table_keeps_what_refers_to_it(path: Path, a_member, a_meeting) -> None:
    """With foreign keys on, rebuilding the meetings would silently empty their kinds."""
    opened = Library(path, None)
    with engine_for(path, write=True).begin() as connection:
        work = library.Work(connection)
        work.meetings.save(a_meeting(kinds=("theme_day", "party_lecture")))
    opened.close()
    upgraded = Library.open(path, write=True)
    with upgraded.reading() as work:
        assert [m.kinds for m in work.meetings.all()] == [("theme_day", "party_lecture")]
    upgraded.close()


@pytest.mark.usefixtures("later")
def test_a_failing_upgrade_leaves_the_old_version(path: Path) -> None:
    with raw(path, write=True) as connection:
        connection.execute("INSERT INTO setting (key, value) VALUES ('fail', 'dangling')")
    before = _schema(path)
    with pytest.raises(BlockedError, match="升级已取消"):
        Library.open(path, write=True, wait=0)
    assert _version(path) == SCHEMA
    assert _schema(path) == before


@pytest.mark.usefixtures("later")
def test_an_upgrade_does_not_sum_anew_what_was_changed_behind(path: Path, a_meeting) -> None:
    opened = Library(path, None)
    with engine_for(path, write=True).begin() as connection:
        library.Work(connection).meetings.save(a_meeting())
    opened.close()
    with raw(path, write=True) as connection:
        connection.execute("UPDATE meeting SET title = '偷改'")
    with pytest.raises(BlockedError, match="升级已取消"):
        Library.open(path, write=True, wait=0)
    assert _version(path) == SCHEMA


def test_the_last_revision_sums_what_the_program_sums() -> None:
    kept = (MEMBERS, MEETINGS, PROJECTS, kept_as("visits"), LEDGERS)
    for ours, its in zip((keeping.sheet for keeping in kept), SHEETS, strict=True):
        assert (ours.table, ours.columns) == (its.table, its.columns)
        children = zip(ours.children, its.children, strict=True)
        assert all((a.table, a.columns) == (b.table, b.columns) for a, b in children)


GOLDEN = Path(__file__).parents[2] / "golden" / "0.1.0"


def _golden(folder: Path) -> Path:
    shutil.copytree(GOLDEN / "全字段.files", folder / "全字段.files", dirs_exist_ok=True)
    return Path(shutil.copy(GOLDEN / "全字段.dangjian", folder))


def test_a_library_of_0_1_0_is_summed_and_keeps_its_history(tmp_path: Path) -> None:
    path = _golden(tmp_path)
    assert verify(path) == ()
    with raw(path) as connection:
        query = "SELECT id, content FROM revision ORDER BY id"
        before = connection.execute(query).fetchall()
    Library.open(path, write=True).close()
    with raw(path) as connection:
        assert connection.execute(query).fetchall() == before
        (unsummed,) = connection.execute(
            "SELECT count(*) FROM revision WHERE checksum IS NULL"
        ).fetchone()
        named = connection.execute("SELECT subject, field FROM record_file").fetchall()
    assert unsummed == 0
    assert ("project", "evidence") in named
    assert verify(path) == ()


def test_saving_what_0_1_0_stored_changes_nothing(tmp_path: Path) -> None:
    """Columns that the upgrade filled are those that a save would write."""
    opened = Library.open(_golden(tmp_path), write=True)
    with opened.changing() as work:
        for store in (work.members, work.meetings, work.projects):
            for record in store.all():
                number = store.revision_number(record.id)
                store.save(record)
                assert store.revision_number(record.id) == number
    opened.close()


@pytest.mark.parametrize("name", ["示例", "全字段"])
def test_the_branch_of_a_first_library_is_true_since_ever(tmp_path: Path, name: str) -> None:
    golden = Path(__file__).parents[2] / "golden" / "0.1.0" / f"{name}.dangjian"
    path = Path(shutil.copyfile(golden, tmp_path / golden.name))
    with raw(path) as connection:
        query = "SELECT value FROM setting WHERE key = 'library.branch'"
        before = json.loads(connection.execute(query).fetchone()[0])
    library = Library.open(path, write=True)
    with library.reading() as work:
        history = work.branch.get()
    library.close()
    assert len(history.periods) == len(history.terms) == 1
    for day in (date.min, date(2019, 1, 1), date.max):
        shown = to_plain(history.on(day))
        begun = history.terms[0].start is None or history.terms[0].start <= day
        known = before if begun else {n: v for n, v in before.items() if "term" not in n}
        assert known.items() <= shown.items()
        assert (shown["further_superiors"], shown["unit_kind"]) == ([], None)
    with raw(kept_copies(path)[0].file) as connection:
        assert json.loads(connection.execute(query).fetchone()[0]) == before
