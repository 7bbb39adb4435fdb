"""Projects in a real library file: kept whole, listed without their bodies, never lost."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import event

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.projects.listing import row_of
from dangjian_desktop.domain.projects.project import (
    ClosingReport,
    Counting,
    EvidenceFile,
    Fund,
    MeetingLink,
    MidtermReport,
    ProgressEntry,
    ProjectFilter,
    ProjectState,
    TeamMember,
)
from dangjian_desktop.domain.references import Person
from dangjian_desktop.errors import BlockedError, InputError
from dangjian_desktop.storage.copies import attaching
from dangjian_desktop.storage.copies.checks import verify
from dangjian_desktop.storage.copies.copies import backup, restore
from dangjian_desktop.storage.file import migrating
from dangjian_desktop.storage.file.connecting import APPLICATION_ID, raw
from dangjian_desktop.storage.library import Library
from dangjian_desktop.storage.records.attachments import Attached
from dangjian_desktop.storage.records.drafts import Draft
from tests.domain.make_projects import a_change, a_project, a_step, a_target, in_state

S = ProjectState


@pytest.fixture
def full_project(library, a_member, a_meeting):
    """One that fills every field; its member and meeting are stored."""
    person, meeting = a_member("堃喆"), a_meeting()
    with library.changing() as work:
        work.members.save(person)
        work.meetings.save(meeting)
    named = Person(person.name, person.id)
    return a_project(
        secretary=named,
        assistant=Person("外来领导"),
        phone="15400002101",
        team=(TeamMember(named, "组织“引号”"),),
        declared_on=date(2026, 1, 5),
        number="2026-01",
        background="第一段\n第二段<b>&amp;",
        problem="问题",
        measures=("措施一", "措施二"),
        targets=(
            a_target("18.60", "12", values={"2026-01": "16.80"}, counting=Counting.MEAN),
            a_target(None, None, unit="元", reason="待上级下达"),
        ),
        milestones=(
            a_step("一", "33.5", actual=date(2026, 2, 1), evidence="照片"),
            a_step("二", planned=date(2026, 3, 31)),
        ),
        funds=(Fund("胎具", Decimal("3000.00"), None),),
        expected_effect="成效",
        progress=(ProgressEntry(period="2026-01", done="完成", next="下步"),),
        meetings=(MeetingLink(meeting.id, "议题"),),
        evidence=(EvidenceFile("f", "照片.jpg", "0" * 64, 12, "现场"),),
        history=(
            a_change(S.DECLARED),
            a_change(S.EXTENDED, until=date(2027, 2, 28), taken_back=True, reason="误录"),
        ),
        closing=ClosingReport(done="完成", self_score=Decimal("92.5"), grade="良好"),
        midterm=MidtermReport(done="过半"),
    )


def test_a_project_comes_back_as_it_was_saved(library, full_project) -> None:
    with library.changing() as work:
        for file in full_project.evidence:
            work.attachments.register(Attached(file.name, file.sha256, file.size))
        work.projects.save(full_project)
    with library.reading() as work:
        assert work.projects.one(full_project.id) == full_project
        assert work.projects.all() == (full_project,)
        assert work.projects.rows([full_project.id]) == {full_project.id: row_of(full_project)}
        assert work.projects.listed() == (row_of(full_project),)
        assert work.projects.version(full_project.id, 1) == full_project
    assert verify(library.path, files=False) == ()


def test_saving_again_makes_no_second_record_and_drops_the_draft(library) -> None:
    project = a_project()
    with library.changing() as work:
        work.drafts.put(Draft("project", project.id, {"title": "减人"}))
        work.projects.save(project)
        work.projects.save(project)
        assert work.drafts.get("project", project.id) is None
        assert work.projects.revision_number(project.id) == 1
        work.projects.save(replace(project, title="改名"))
        assert work.projects.revision_number(project.id) == 2
        assert work.projects.ids() == [project.id]


def test_filters_narrow_by_year_category_state_and_text(library) -> None:
    long = a_project(title="跨年", start=date(2025, 5, 1), end=date(2026, 4, 30))
    short = a_project(title="短", category="安全生产", start=date(2026, 5, 1), problem="托辊")
    plan = a_project(title="未定", start=None, end=None, declared_on=date(2024, 12, 1))
    running = in_state(a_project(title="推进中", start=date(2026, 6, 1)), S.DECLARED)
    with library.changing() as work:
        for project in (long, short, plan, running):
            work.projects.save(project)

    def titles(**wanted: object) -> list[str]:
        with library.reading() as work:
            return [row.title for row in work.projects.listed(ProjectFilter(**wanted))]

    assert titles() == ["未定", "推进中", "短", "跨年"]
    assert titles(year=2025) == ["跨年"]
    assert titles(year=2026) == ["推进中", "短", "跨年"]
    assert titles(year=2024) == ["未定"]
    assert titles(category="安全生产") == ["短"]
    assert titles(categories=("安全生产", "其他")) == ["短"]
    assert titles(state=S.DECLARED) == ["推进中"]
    assert titles(text="托辊") == ["短"]
    assert titles(text="2026-06") == []
    with library.reading() as work:
        assert work.projects.years() == (2026, 2025, 2024)


def test_the_list_reads_no_body_and_asks_once(library) -> None:
    with library.changing() as work:
        for number in range(40):
            work.projects.save(a_project(title=f"项目{number}"))
    asked: list[str] = []
    event.listen(library._readers, "before_cursor_execute", lambda *a: asked.append(a[2]))
    with library.reading() as work:
        assert len(work.projects.listed()) == 40
    queries = [text for text in asked if "FROM project" in text]
    assert len(queries) == 1
    assert "body" not in queries[0]
    assert "words" not in queries[0]


def test_who_carries_a_project_and_which_meeting_dealt_with_it_is_found(
    library, full_project
) -> None:
    with library.changing() as work:
        work.projects.save(full_project)
        member, meeting = full_project.secretary.member_id, full_project.meetings[0].meeting_id
        assert work.projects.relying_on(member) == (full_project.id,)
        assert work.projects.linked_to("meeting", meeting) == (full_project.id,)
        work.projects.save(replace(full_project, meetings=(), secretary=None, team=()))
        assert work.projects.relying_on(member) == ()
        assert work.projects.linked_to("meeting", meeting) == ()


def test_a_project_naming_nobody_known_is_not_half_stored(library) -> None:
    with pytest.raises(KeyError), library.changing() as work:
        work.projects.save(a_project(secretary=Person("张三", "unknown")))
    with library.reading() as work:
        assert work.projects.ids() == []


def test_deleting_marks_and_can_be_undone(library) -> None:
    project = a_project()
    with library.changing() as work:
        work.projects.save(project)
        work.projects.mark_deleted(project.id, reason="重复")
        assert work.projects.ids() == []
        assert work.projects.ids(ProjectFilter(deleted=True)) == [project.id]
        assert work.projects.same(project) is None
        work.projects.unmark(project.id)
        assert work.projects.same(replace(project, id="x")) == project.id


def test_a_file_is_kept_once_under_a_name_that_tells_nothing(library, tmp_path: Path) -> None:
    photo = tmp_path / "现场照片.JPG"
    photo.write_bytes(b"picture")
    first, second = library.keep_file(photo), library.keep_file(photo)
    assert first == second
    assert first.stored.endswith(".jpg")
    assert "照片" not in first.stored
    assert first.sha256 not in first.stored
    assert library.kept_file(first.stored) == b"picture"
    assert len(list(library.path.with_suffix(".files").iterdir())) == 1
    with library.changing() as work:
        work.attachments.register(first)
        work.attachments.register(first)
        assert work.attachments.stored_name(first.sha256) == first.stored
    assert verify(library.path) == ()
    copy = backup(library.path)
    assert copy.counts["attachments"] == 1
    assert verify(copy.file) == ()
    (library.path.with_suffix(".files") / first.stored).unlink()
    assert "不见了" in verify(library.path)[0]


def test_a_file_that_cannot_be_kept_is_told(library, tmp_path: Path, monkeypatch) -> None:
    empty, large = tmp_path / "空.txt", tmp_path / "大.bin"
    empty.touch()
    large.write_bytes(b"x" * 11)
    monkeypatch.setattr(attaching, "LARGEST", 10)
    for file in (tmp_path / "没有.txt", empty, large):
        with pytest.raises(InputError, match=file.stem):
            library.keep_file(file)
    assert not library.path.with_suffix(".files").exists()
    library.close()
    reader = Library.open(library.path, write=False)
    with pytest.raises(BlockedError, match="只读"):
        reader.keep_file(large)
    reader.close()


def _as_first_version(path: Path) -> None:
    """Made by the first revision alone, with what every library holds."""
    with raw(path) as connection:
        kept = connection.execute("SELECT key, value FROM setting").fetchall()
        columns = "uid, name, sort_key, initials, updated_at"
        members = connection.execute(f"SELECT {columns} FROM member").fetchall()
    path.unlink()
    path.touch()
    with raw(path, write=True) as connection:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    with tempfile.TemporaryDirectory() as folder:
        first = Path(migrating.__file__).parents[1] / "migrations/versions/r0001_first.py"
        (Path(folder) / "versions").mkdir()
        shutil.copy(first, Path(folder) / "versions")
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(migrating, "_MIGRATIONS", Path(folder))
            migrating.upgrade(path)
    with raw(path, write=True) as connection:
        connection.executemany("INSERT INTO setting (key, value) VALUES (?, ?)", kept)
        marks = "?, ?, ?, ?, ?"
        connection.executemany(f"INSERT INTO member ({columns}) VALUES ({marks})", members)


def test_a_library_of_the_first_version_gains_projects(path: Path, a_member) -> None:
    opened = Library.open(path, write=True)
    with opened.changing() as work:
        work.members.save(a_member())
    opened.close()
    _as_first_version(path)
    upgraded = Library.open(path, write=True)
    with upgraded.changing() as work:
        assert len(work.members.all()) == 1
        work.projects.save(a_project())
        assert len(work.projects.ids()) == 1
    upgraded.close()
    assert verify(path) == ()


def test_a_copy_of_the_first_version_is_restored_and_upgraded(path: Path) -> None:
    old = path.with_name("旧.dangjian")
    old.write_bytes(path.read_bytes())
    _as_first_version(old)
    before, after = restore(old, path)
    assert before["projects"] == after["projects"] == 0
    library = Library.open(path, write=True)
    with library.reading() as work:
        assert work.projects.ids() == []
    library.close()


def test_values_keep_their_digits(library) -> None:
    project = a_project(targets=(a_target("0.10", "0.20", values={"2026-03": "0.150"}),))
    with library.changing() as work:
        work.projects.save(project)
    with library.reading() as work:
        stored = work.projects.one(project.id)
    assert str(stored.targets[0].values["2026-03"]) == "0.150"
    assert stored.targets[0].baseline == Decimal("0.10")
    assert stored.entry(Period.parse("2026-03")) is None
