"""A library that has something of every kind, each with a way into the bin."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dangjian_desktop.domain.members.member import Member
from dangjian_desktop.services.desk import Desk
from tests.services.make import a_library, a_meeting, a_member, clock
from tests.services.projects.test_projects import a_project

TRAINING = {
    "day": "2026-03-02",
    "topic": "安全规程",
    "form": "集中培训",
    "organiser": "矿党委",
    "who": "张三、李四",
    "hours": "8",
    "counts": "是",
}


@dataclass(frozen=True)
class Thing:
    """A stored record: its id, the word for its kind, its title, how it is deleted."""

    uid: str
    kind: str
    title: str
    delete: Callable[[str], object]


def a_desk(folder) -> Desk:
    folder.mkdir(parents=True, exist_ok=True)
    return Desk(a_library(folder), clock)


def put_member(desk, **known) -> Member:
    return desk.roster.save(a_member(known.pop("name", "何十一"), **known))


def put_meeting(desk, **changes) -> str:
    [uid] = desk.meetings.import_json(a_meeting(**changes))["ids"]
    return uid


def put_project(desk, **changes) -> str:
    [uid] = desk.projects.import_json(a_project(**changes))["ids"]
    return uid


def put_row(desk, **changes):
    return desk.ledgers.save(desk.ledgers.read("training", TRAINING | changes))


def put_style(desk, title="身边无三违") -> str:
    """A ledger of the branch's own; gives its code."""
    return desk.ledger_styles.define(desk.ledger_styles.new(title)).ledger.code


def style_uid(desk, code) -> str:
    with desk._library.reading() as work:
        return next(k.id for k in (*work.ledgers.all(), *work.ledgers.all(True)) if k.code == code)


def everything(desk) -> list[Thing]:
    """One of each kind that a library can have."""
    member, meeting, project = put_member(desk), put_meeting(desk), put_project(desk)
    row, code = put_row(desk), put_style(desk)
    training = desk.ledgers.one_ledger("training").ledger.title
    styles = desk.ledger_styles
    return [
        Thing(member.id, "党员", "何十一", lambda r: desk.roster.delete(member.id, r)),
        Thing(
            meeting,
            "会议",
            "2026年第一季度支部党员大会",
            lambda r: desk.meetings.delete(meeting, r),
        ),
        Thing(
            project,
            "项目",
            desk.projects.one(project).title,
            lambda r: desk.projects.delete(project, r),
        ),
        Thing(
            row.id, training, "安全规程", lambda r: desk.ledgers.of("training").delete(row.id, r)
        ),
        Thing(style_uid(desk, code), "台账样式", "身边无三违", lambda _r: styles.remove(code)),
    ]
