"""Where the guards go in: the records of a full library, and the ways out of it and back."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from dangjian_desktop.domain.meetings.meeting import Meeting, MeetingFilter
from dangjian_desktop.domain.members.member import Member, new_id
from dangjian_desktop.domain.members.roll import Roll
from dangjian_desktop.domain.projects.project import Project, ProjectFilter
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.errors import InputError
from dangjian_desktop.services.desk import Desk, open_desk
from dangjian_desktop.services.meetings.meetings import MEETINGS
from dangjian_desktop.services.members.member_form import entered, plain
from dangjian_desktop.services.projects.importing import PROJECTS
from dangjian_desktop.services.records.importing import Subject
from dangjian_desktop.services.records.reading import RecordReader
from dangjian_desktop.services.records.writing import tails_of, to_contract
from dangjian_desktop.ui.meetings.form import FormReader
from dangjian_desktop.ui.meetings.form import state_of as meeting_state
from dangjian_desktop.ui.projects.form import read as read_project
from dangjian_desktop.ui.projects.form import state_of as project_state
from tests.golden.shown import clock

GOLDEN = Path(__file__).parents[1] / "golden" / "0.1.0" / "全字段.dangjian"
RECORDS = (Member, Meeting, Project)
Through = Callable[[Any], Any]
"""A way out and back; nothing where the value was refused in words."""


@contextmanager
def full_desk(folder: Path) -> Iterator[Desk]:
    """A copy of the library whose records use every field."""
    path = Path(shutil.copyfile(GOLDEN, folder / GOLDEN.name))
    shutil.copytree(GOLDEN.with_suffix(".files"), path.with_suffix(".files"))
    desk = open_desk(path, clock=clock)
    scan = folder / "签字记录.pdf"
    scan.write_bytes(b"%PDF-1.4")
    try:
        # Version 0.1.0 kept none with a meeting.
        desk.meetings.add_file(desk.meetings.find(MeetingFilter())[0], scan)
        yield desk
    finally:
        desk._library.close()


def records(desk: Desk) -> dict[type, list[Any]]:
    """Every record of the library, by its class."""
    ids = [*desk.roster.find(), *desk.roster.find(present=False)]
    return {
        Member: list(desk.roster.get(ids).values()),
        Meeting: list(desk.meetings.get(desk.meetings.find(MeetingFilter())).values()),
        Project: list(desk.projects.all(ProjectFilter())),
    }


def store(desk: Desk, record: Any) -> None:
    """Save a record as it is, whatever a service would say of it."""
    with desk._library.changing(Topic.MEMBERS, Topic.MEETINGS, Topic.PROJECTS) as work:
        stores: dict[type, Any] = {
            Member: work.members,
            Meeting: work.meetings,
            Project: work.projects,
        }
        stores[type(record)].save(record)


class _UndoneError(Exception):
    """Nothing of what was tried stays."""


@contextmanager
def in_store(desk: Desk, kind: type) -> Iterator[Through]:
    """Saved in the library as a record of its own and read again, in one change that is undone."""
    topics = (Topic.MEMBERS, Topic.MEETINGS, Topic.PROJECTS)
    with suppress(_UndoneError), desk._library.changing(*topics) as work:
        of_kind: Any = {
            Member: work.members,
            Meeting: work.meetings,
            Project: work.projects,
        }[kind]

        def through(record: Any) -> Any:
            fresh = replace(record, id=new_id())
            of_kind.save(fresh)
            return replace(of_kind.get([fresh.id])[fresh.id], id=record.id)

        yield through
        raise _UndoneError


def _in_json(desk: Desk, subject: Subject) -> Through:
    with desk._library.reading() as work:
        facts, links = subject.facts(work, clock()), subject.links(work, ())
    tails = tails_of(facts.members)
    reader = RecordReader(
        subject.record, facts.declared, lambda values: subject.names(facts, values), links=links
    )

    def through(record: Any) -> Any:
        reading = reader.read(_as_text(to_contract(subject.record, record, tails)))
        if reading.problems:
            return None
        value, problems = subject.settled(reading.value, facts)
        return None if list(problems) else value

    return through


@contextmanager
def meetings_in_json(desk: Desk) -> Iterator[Through]:
    """What the list shows of a meeting, read as an import reads it; it brings no files."""
    shown = _in_json(desk, MEETINGS)

    def through(record: Any) -> Any:
        read = shown(record)
        # The list groups who was there and who was not; within a group the order is kept.
        same = read is not None and set(read.attendance) == set(record.attendance)
        read = replace(read, attendance=record.attendance) if same else read
        return None if read is None else replace(read, files=record.files)

    yield through


@contextmanager
def projects_in_json(desk: Desk) -> Iterator[Through]:
    """What the list shows of a project, read as an import reads it; files are not in JSON."""
    shown = _in_json(desk, PROJECTS)

    def through(record: Any) -> Any:
        read = shown(record)
        if read is None:
            return None
        # What an import told of the state says nothing beside decisions.
        told = record.stated_state if record.standing else read.stated_state
        return replace(read, evidence=record.evidence, stated_state=told)

    yield through


def _as_text(shown: Any) -> Any:
    return json.loads(json.dumps(shown, ensure_ascii=False))


@contextmanager
def members_in_form(desk: Desk) -> Iterator[Through]:
    """What the editor shows of a member, entered again."""

    def through(record: Any) -> Any:
        try:
            return entered(record.id, record, plain(record), {}, clock().date())
        except InputError:
            return None

    yield through


@contextmanager
def meetings_in_form(desk: Desk) -> Iterator[Through]:
    """The state of the form of a meeting, read again."""
    rolls: dict[date, Roll] = {}
    members = desk.meetings.members()

    def roll(day: date) -> Roll:
        if day not in rolls:
            rolls[day] = Roll(members, day)
        return rolls[day]

    reader = FormReader(desk.meetings.kinds(), roll, clock().date())

    def through(record: Any) -> Any:
        reading = reader.read(_as_text(meeting_state(record)))
        return None if reading.problems else reading.meeting

    yield through


@contextmanager
def projects_in_form(desk: Desk) -> Iterator[Through]:
    """The state of the form of a project, read again."""
    members = desk.meetings.members()

    def through(record: Any) -> Any:
        state = _as_text(project_state(record))
        reading = read_project(state, record, members, clock().date())
        return None if reading.problems else reading.project

    yield through


WAYS: Mapping[str, tuple[type, Callable[[Desk], AbstractContextManager[Through]]]] = {
    "member store": (Member, partial(in_store, kind=Member)),
    "meeting store": (Meeting, partial(in_store, kind=Meeting)),
    "project store": (Project, partial(in_store, kind=Project)),
    "meeting json": (Meeting, meetings_in_json),
    "project json": (Project, projects_in_json),
    "member form": (Member, members_in_form),
    "meeting form": (Meeting, meetings_in_form),
    "project form": (Project, projects_in_form),
}
