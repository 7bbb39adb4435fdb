"""Four pages for the contract of all pages: members, meetings, projects, and a made-up record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from dangjian_desktop.domain.field_values import read_value
from dangjian_desktop.domain.fields import Field, FieldType
from dangjian_desktop.domain.record import Record
from dangjian_desktop.errors import InputError
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.ui.form_body import FieldsBody
from dangjian_desktop.ui.look.lines import Lines
from dangjian_desktop.ui.meetings.meetings import meetings_page
from dangjian_desktop.ui.members.roster import roster_page
from dangjian_desktop.ui.projects.projects import projects_page
from dangjian_desktop.ui.records.declared import columns_of, lines_of
from dangjian_desktop.ui.records.editing import Editing, Opened, State
from dangjian_desktop.ui.records.editor import RecordEditor
from dangjian_desktop.ui.records.page import RecordPage
from dangjian_desktop.ui.records.subject import (
    Detail,
    Heading,
    Listing,
    Narrowing,
    Subject,
    settled,
)
from tests.services.make import a_library, a_meeting, clock
from tests.ui.project_world import a_stored_project


@dataclass(frozen=True)
class World:
    """A page with three records or more; in the column ``sorts`` no two of them are alike."""

    page: RecordPage
    desk: Desk
    sorts: str
    new_kinds: bool = False


def members(folder, shell) -> World:
    """Ten members."""
    desk = Desk(a_library(folder), clock)
    return World(roster_page(desk, shell), desk, "name")


def meetings(folder, shell) -> World:
    """Three meetings of one year."""
    desk = Desk(a_library(folder), clock)
    for day, title in (("2026-03-18", "甲"), ("2026-02-10", "丙"), ("2026-01-12", "乙")):
        desk.meetings.import_json(a_meeting(title=title, date=day))
    return World(meetings_page(desk, shell), desk, "date", new_kinds=True)


def projects(folder, shell) -> World:
    """Three projects of one year."""
    desk = Desk(a_library(folder), clock)
    for title in ("安全攻坚", "修旧利废", "减人提效"):
        a_stored_project(desk, title=title)
    return World(projects_page(desk, shell), desk, "title")


VISIT = Record(
    code="visits",
    title="走访",
    plural="走访慰问",
    of=None,
    fields=(
        Field("day", "日期", FieldType.DATE, required=True),
        Field("who", "走访对象", required=True),
        Field("yuan", "金额", FieldType.MONEY, unit="元"),
        Field("plight", "困难或诉求", FieldType.LONG_TEXT, masked=True),
    ),
    name="{who}",
    day="day",
    listed=("day", "who", "yuan"),
)


def words(_field: Field, value: Any) -> str:
    """A value as the list shows it."""
    return "" if value is None else str(value)


class Visits:
    """A record whose value is a mapping, kept by a service of three methods."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.rows: dict[str, dict[str, Any]] = {
            f"v{number}": {"who": who, "day": date(2026, number, 1), "yuan": yuan}
            for number, (who, yuan) in enumerate((("王五", 300), ("李四", None), ("张三", 90)), 1)
        }
        self.binned: set[str] = set()

    def get(self, ids: Sequence[str]) -> Mapping[str, Mapping[str, Any]]:
        """Rows by id."""
        return {uid: self.rows[uid] for uid in ids if uid in self.rows and uid not in self.binned}

    def delete(self, uid: str, reason: str = "") -> None:
        """Into the bin."""
        if self.rows[uid]["yuan"] == 0:
            raise InputError(f"{self.rows[uid]['who']}的走访已报出。", "请先撤回。")
        self.binned.add(uid)
        self._desk.announce(frozenset())

    def bring_back(self, uid: str) -> None:
        """Out of the bin."""
        self.binned.discard(uid)


def visit_editor(desk: Desk, shell, records: Visits) -> RecordEditor:
    """The editor that follows from the declared fields alone."""
    fields = VISIT.fields[1:3]

    def opened(uid: str) -> Opened | None:
        row = records.get([uid]).get(uid)
        state = {"who": row["who"], "yuan": str(row["yuan"] or "")} if row else {}
        return row and Opened(uid=uid, state=state, today=clock().date(), stored=row, revision=1)

    def save(row: dict[str, Any], _state: State) -> dict[str, Any]:
        records.rows[row["uid"]] = row
        desk.announce(frozenset())
        return row

    def read(state: State, context: Opened) -> tuple[Any, Mapping[str, str]]:
        yuan = read_value(fields[1], state["yuan"])
        day = context.stored["day"] if context.stored else context.today
        return {"uid": context.uid, "day": day, "who": state["who"], "yuan": yuan}, {}

    editing = Editing(
        form="visits",
        noun=VISIT.title,
        load=opened,
        new=lambda _kind: Opened(uid="new", state={}, today=clock().date()),
        body=lambda context: FieldsBody(fields, shell.theme, context),
        read=read,
        save=save,
        revision=lambda uid: int(uid in records.rows),
        title=lambda state, _context: str(state.get("who") or VISIT.title),
    )
    return RecordEditor(desk, shell, editing)


def visits(folder, shell) -> World:
    """Three rows of a ledger that nobody has written code for."""
    desk = Desk(a_library(folder), clock)
    records = Visits(desk)
    lines = Lines()

    def load(wanted: Narrowing, reveal: str) -> Listing:
        found = records.get(list(records.rows))
        shown, ids = settled(wanted, reveal, lambda _n: tuple(found), lambda _uid: None)
        foot = f"共 {len(ids)} 条" if ids else ""
        keys = {"v1": "ww", "v2": "ls", "v3": "zs"}
        empty = "这里登记走访。"
        return Listing(
            shown=shown, ids=ids, rows=found, keys=keys, foot=foot, empty=empty, step="新建走访"
        )

    def show(row: Mapping[str, Any]) -> Heading:
        lines.show_lines(lines_of(VISIT.fields, row, words))
        return Heading(VISIT.title_of(row), str(row["day"]))

    subject = Subject(
        place="visits",
        form="visits",
        title=VISIT.plural,
        noun=VISIT.title,
        new=f"新建{VISIT.title}",
        columns=columns_of(VISIT, words),
        load=load,
        rows=records.get,
        title_of=VISIT.title_of,
        records=records,
    )
    detail = Detail(
        body=lines,
        load=lambda uid: records.get([uid]).get(uid),
        show=show,
        hint="选择一次走访。",
    )
    editor = partial(visit_editor, desk, shell, records)
    return World(RecordPage(desk, shell, subject, detail, editor), desk, "day")


WORLDS = {made.__name__: made for made in (members, meetings, projects, visits)}


def emptied(name: str, folder, shell) -> World:
    """The same page over nothing."""
    world = WORLDS[name](folder, shell)
    if name != "visits":
        library = world.desk._library
        with library.changing() as work:
            for store in (work.meetings, work.projects, work.members):
                for uid in [each.id for each in store.all()]:
                    store.mark_deleted(uid)
    else:
        world.page._subject.records.binned.update(world.page._subject.records.rows)
    return world
