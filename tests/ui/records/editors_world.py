"""Every kind of editor over a real library, in words that are the same for all of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from dangjian_desktop.domain.fields import Field, FieldType
from dangjian_desktop.domain.meetings.meeting import MeetingFilter
from dangjian_desktop.domain.members.member import Span, new_id
from dangjian_desktop.errors import InputError, Issue
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.fields.rows import Rows
from dangjian_desktop.ui.form_body import FieldsBody
from dangjian_desktop.ui.meetings.editor import meeting_editor
from dangjian_desktop.ui.members.editor import member_editor
from dangjian_desktop.ui.projects.editor import project_editor
from dangjian_desktop.ui.records.editing import Editing, Opened, found
from dangjian_desktop.ui.records.editor import RecordEditor
from tests.services.make import a_meeting, clock
from tests.ui.project_world import a_stored_project

COLUMNS = (
    Field("what", "事项", FieldType.LONG_TEXT),
    Field("due", "期限", FieldType.DATE),
    Field("money", "金额", FieldType.MONEY, unit="元"),
)
MADE_UP = (
    Field("title", "名称", required=True),
    Field("day", "日期", FieldType.DATE),
    Field("month", "月份", FieldType.MONTH),
    Field("amount", "数量", FieldType.DECIMAL),
    Field("grade", "等次", FieldType.CHOICE, choices=(("a", "甲"), ("b", "乙"))),
    Field("marks", "标记", FieldType.CHOICES, choices=(("x", "重要"), ("y", "紧急"))),
    Field("text", "内容", FieldType.LONG_TEXT),
    Field("one", "测评", FieldType.RECORD, columns=COLUMNS),
    Field("rows", "办理情况", FieldType.RECORDS, columns=COLUMNS),
)
"""A record that nobody has: its editor is what follows from these fields alone."""


@dataclass
class Case:
    """``write`` types into one field, ``written`` is what stands there, ``kept`` what the library
    has, ``elsewhere`` saves another value behind the editor's back; ``rows`` is one table."""

    form: str
    editor: RecordEditor
    uid: str
    other: str
    write: Callable[[str], None]
    written: Callable[[], Any]
    kept: Callable[[], Any]
    elsewhere: Callable[[str], None]
    rows: Callable[[], Rows]


def a_case(kind: str, desk: Desk, shell: Shell) -> Case:
    """The editor of a kind with two stored records, none opened yet."""
    return {
        "member": _members,
        "meeting": _meetings,
        "project": _projects,
        "made_up": _made_up,
    }[kind](desk, shell)


def _text(editor: RecordEditor, name: str) -> Any:
    """The widget that is typed into, by the name of its field."""
    return next(w for w in editor.body.findChildren(object) if w.objectName() == name)


def _members(desk: Desk, shell: Shell) -> Case:
    editor = member_editor(desk, shell)
    (uid,), (other,) = desk.roster.find("张三"), desk.roster.find("李四")

    def stored() -> Any:
        return desk.roster.get([uid])[uid]

    desk.roster.save(replace(stored(), posts=(Span("党支部书记"), Span("宣传委员"))))
    return Case(
        "member",
        editor,
        uid,
        other,
        lambda text: _text(editor, "work_post").setText(text),
        lambda: _text(editor, "work_post").text(),
        lambda: stored().work_post,
        lambda text: desk.roster.save(replace(stored(), work_post=text)),
        lambda: editor.body.posts.editor("posts"),
    )


def _meetings(desk: Desk, shell: Shell) -> Case:
    second = a_meeting(title="第二次大会", date="2026-02-18", agenda=[], details={})
    desk.meetings.import_json([a_meeting(), second])
    found_ids = desk.meetings.find(MeetingFilter())
    uid, other = sorted(found_ids, key=lambda each: not desk.meetings.one(each).agenda)
    editor = meeting_editor(desk, shell)

    def rows() -> Rows:
        part = editor.body.more.observers
        if len(part.rows) < 2:
            part.set_value([{"name": "甲某", "role": "入党积极分子"}, {"name": "乙某"}])
        return part

    return Case(
        "meeting",
        editor,
        uid,
        other,
        lambda text: _text(editor, "place").setText(text),
        lambda: _text(editor, "place").text(),
        lambda: desk.meetings.one(uid).place,
        lambda text: desk.meetings.save(replace(desk.meetings.one(uid), place=text)),
        rows,
    )


def _projects(desk: Desk, shell: Shell) -> Case:
    stored, other = a_stored_project(desk), a_stored_project(desk, title="安全攻坚")
    editor = project_editor(desk, shell)
    return Case(
        "project",
        editor,
        stored.id,
        other.id,
        lambda text: editor.body.head.editor("title").set_value(text),
        lambda: editor.body.head.editor("title").value(),
        lambda: desk.projects.one(stored.id).title,
        lambda text: desk.projects.save(replace(desk.projects.one(stored.id), title=text)),
        lambda: editor.body.tables["milestones"],
    )


@dataclass
class Store:
    """A shelf of made-up records with their revisions."""

    records: dict[str, tuple[dict[str, Any], int]] = field(default_factory=dict)

    def save(self, record: dict[str, Any]) -> dict[str, Any]:
        if record["title"] == "不行":
            words = "名称不能是“不行”"
            raise InputError(words, "请改名。", [Issue(words, field="title")])
        # Drafts of a form that the library does not know begin from 0, as the first of these.
        again = record["id"] in self.records
        self.records[record["id"]] = (record, self.revision(record["id"]) + again)
        return record

    def revision(self, uid: str) -> int:
        return self.records.get(uid, ({}, 0))[1]

    def get(self, uid: str) -> dict[str, Any] | None:
        return self.records[uid][0] if uid in self.records else None


def _editing(desk: Desk, shell: Shell, store: Store) -> Editing:
    today = clock().date()

    def load(wanted: str) -> Opened | None:
        make = partial(Opened, today=today)
        stored, revision = store.get(wanted), store.revision(wanted)
        return found(
            make,
            desk.drafts,
            "made_up",
            wanted,
            stored=stored,
            revision=revision,
            state_of=dict,
        )

    def new(_which: str) -> Opened:
        fresh = new_id()
        return Opened(uid=fresh, state={"id": fresh}, today=today)

    def save(record: dict[str, Any], _state: Any) -> dict[str, Any]:
        store.save(record)
        desk.drafts.drop("made_up", record["id"])
        return record

    return Editing(
        form="made_up",
        noun="事项",
        load=load,
        new=new,
        body=lambda opened: FieldsBody(MADE_UP, shell.theme, opened),
        read=lambda state, _opened: (state, {}),
        save=save,
        revision=store.revision,
        title=lambda state, _opened: str(state.get("title") or "新建事项"),
    )


def _made_up(desk: Desk, shell: Shell) -> Case:
    store = Store()
    rows = [{"what": "立案", "due": "2026-03-01"}, {"what": "结案", "money": "12.5"}]
    uid = store.save({"id": new_id(), "title": "第一件", "rows": rows})["id"]
    other = store.save({"id": new_id(), "title": "第二件"})["id"]

    editing = _editing(desk, shell, store)
    editor = RecordEditor(desk, shell, editing)
    return Case(
        "made_up",
        editor,
        uid,
        other,
        lambda text: editor.body.form.editor("title").set_value(text),
        lambda: editor.body.form.editor("title").value(),
        lambda: (store.get(uid) or {})["title"],
        lambda text: store.save({**(store.get(uid) or {}), "title": text}),
        lambda: editor.body.form.editor("rows"),
    )


def opened(qtbot: Any, case: Case, uid: str) -> None:
    """Until this record is shown."""
    case.editor.open(uid)
    qtbot.waitUntil(lambda: case.editor.uid == uid)
