"""Meetings and files that prove a project."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dangjian_desktop.domain.members.member import new_id
from dangjian_desktop.domain.projects.project import MeetingLink, Project
from dangjian_desktop.errors import InputError
from dangjian_desktop.services.meetings.meetings import MeetingService
from dangjian_desktop.services.members.roster_import import RosterImport
from dangjian_desktop.services.projects.links import ProjectLinks
from dangjian_desktop.services.projects.projects import ProjectService
from tests.services.make import a_library, a_meeting, clock
from tests.services.projects.test_projects import a_project
from tests.spreadsheets.make import a_workbook


@pytest.fixture
def library(tmp_path):
    opened = a_library(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def projects(library):
    return ProjectService(library, clock)


@pytest.fixture
def uid(projects):
    (found,) = projects.import_json(a_project())["ids"]
    return found


def test_links_are_set_from_the_project_and_from_the_meeting(library, projects, uid) -> None:
    meetings, links = MeetingService(library, clock), ProjectLinks(library, clock)
    (meeting,) = meetings.import_json(a_meeting())["ids"]
    item = meetings.one(meeting).agenda[0].id
    links.link(uid, meeting, item)
    links.link(uid, meeting, item)
    links.link(uid, meeting)
    assert links.project(uid).meetings == (MeetingLink(meeting, item), MeetingLink(meeting))
    assert [p.id for p in links.of_meeting(meeting)] == [uid]
    told = dict(projects.records.lines(links.project(uid)))["关联会议"]
    assert told.startswith(f"2026-03-18 {meetings.one(meeting).title}　议题1：")
    other = Project(id=new_id(), title="乙")
    projects.save(other)
    changed = links.set_links(meeting, item, [other.id])
    assert {p.id for p in changed} == {uid, other.id}
    assert links.project(uid).meetings == (MeetingLink(meeting),)
    assert links.project(other.id).meetings == (MeetingLink(meeting, item),)
    links.unlink(uid, meeting)
    assert links.project(uid).meetings == ()
    for wrong in ((uid, "nowhere", None), (uid, meeting, "no item")):
        with pytest.raises(InputError, match="不能关联项目"):
            links.link(*wrong)


def test_evidence_files_are_kept_noted_handed_out_and_taken_off(library, projects, uid, tmp_path):
    links = ProjectLinks(library, clock)
    photo = tmp_path / "格筛.jpg"
    photo.write_bytes(b"picture")
    links.add_file(uid, photo, "5月29日")
    (file,) = links.add_file(uid, photo).evidence
    assert (file.name, file.size, file.note) == ("格筛.jpg", 7, "5月29日")
    out = links.hand_out(uid, file.uid, tmp_path / "出")
    assert (out.name, out.read_bytes()) == ("格筛.jpg", b"picture")
    projects.save(replace(projects.one(uid), evidence=()))
    assert len(projects.one(uid).evidence) == 1
    assert links.remove_file(uid, file.uid).evidence == ()
    for _twice in range(2):
        assert links.put_back_file(uid, file, 0).evidence == (file,)
    links.remove_file(uid, file.uid)
    with pytest.raises(InputError):
        links.hand_out(uid, file.uid, tmp_path)
    with pytest.raises(InputError):
        links.add_file("nowhere", photo)


def test_an_import_is_not_taken_back_while_a_project_names_its_member(library, projects, tmp_path):
    book = a_workbook(
        tmp_path / "名册.xlsx",
        [
            ["姓名", "性别", "人员类别", "入党日期", "转正日期"],
            ["郑九", "男", "正式党员", "2010-07-01", "2011-07-01"],
        ],
    )
    imports = RosterImport(library, clock)
    batch = imports.run(book).batch
    team = [{"name": "郑九", "task": "现场"}]
    projects.import_json(a_project(team=team))
    with pytest.raises(InputError) as caught:
        imports.undo(batch)
    assert "减人提效" in "".join(issue.message for issue in caught.value.issues)
    assert "郑九" in {m.name for m in MeetingService(library, clock).members()}
