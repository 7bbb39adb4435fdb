"""Every editor of the program in a real window, and every way in which a library can refuse."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QPushButton, QWidget
from sqlalchemy import event
from sqlcipher3 import dbapi2

from dangjian_desktop.domain.agreements.record import AGREEMENT
from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.declared import SHARED
from dangjian_desktop.domain.items.record import ITEM
from dangjian_desktop.domain.projects.project import ProjectState
from dangjian_desktop.domain.submissions.record import PACKAGE
from dangjian_desktop.services.checks.rule_fields import rule_fields
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.submissions.packages import Order
from dangjian_desktop.storage.file.connecting import raw
from dangjian_desktop.ui.agreements.page import Agreements
from dangjian_desktop.ui.agreements.step_view import WITHDRAW
from dangjian_desktop.ui.desk.keeper import Keeper
from dangjian_desktop.ui.desk.page import Page
from dangjian_desktop.ui.desk.unkept import Unkept
from dangjian_desktop.ui.items.page import Items
from dangjian_desktop.ui.projects.category import CategoryPanel
from dangjian_desktop.ui.submissions.page import Packages
from tests.services.make import a_meeting
from tests.ui.project_world import a_stored_project

FULL, IOERR = 13, 10
_FEBRUARY = Period(2026, 2, 1)


@dataclass(frozen=True)
class Case:
    """An editor of the program: ``made_in`` are the files of ``ui`` that make it, ``begin`` opens
    it, ``other`` wants to open another record instead; ``field`` is typed into."""

    place: str
    begin: Callable[[Page, Desk], None]
    made_in: tuple[str, ...]
    field: Callable[[Page], QWidget] | None = None
    other: Callable[[Page], None] | None = None
    prepare: Callable[[Desk], Any] = lambda _desk: None


def _new(kind: str, page: Any, _desk: Desk) -> None:
    page.start_new(kind)


def _ledger(page: Any, _desk: Desk) -> None:
    page.focus_record("visits/new/")


def _style(page: Any, _desk: Desk) -> None:
    page.focus_record("all/new/")


def _month(page: Any, desk: Desk) -> None:
    (uid,) = desk.projects.find()
    page.focus_record(f"{uid}/2026-02")


def _rule(page: Any, _desk: Desk) -> None:
    rules = page.rules._rules.items()
    page.rules.table.select(next(uid for uid, rule in rules if rule_fields(rule)))


def _category(page: Any, _desk: Desk) -> None:
    page.findChild(CategoryPanel).ask(["党建+业务"])


def _decision(page: Any, desk: Desk) -> None:
    (uid,) = desk.projects.find()
    page.table.select(uid)
    page.card.show_record(uid)


def _ask_decision(page: Any) -> QWidget:
    page.detail.next.asked.emit(ProjectState.DECLARED)
    return _line("by")(page.detail.panel)


def _ask_reason(page: Any) -> QWidget:
    next(b for b in page.findChildren(QPushButton, "hint.waive") if b.isVisible()).click()
    return next(w for w in page.findChildren(QLineEdit, "waiver.reason") if w.isVisible())


def _few_came_weeks_ago(desk: Desk) -> None:
    """In the first weeks no reason is asked for."""
    there = {"present": ["张三"], "video": [], "leave": [], "absent": [], "excluded": []}
    told = {"attendance": there, "agenda": [], "stated": None, "title": "人数不足"}
    desk.meetings.import_json([a_meeting(date="2026-02-18", for_year=2026, **told)])


def _nothing(_page: Page, *_desk: Desk) -> None:
    """The form stands there already; there is no other record."""


def _line(name: str) -> Callable[[Any], Any]:
    def find(page: Any) -> Any:
        return next(w for w in page.findChildren(QLineEdit) if w.objectName() == name)

    return find


def _named(name: str) -> Callable[[Page], Any]:
    def find(page: Page) -> Any:
        return next(w for w in page.findChildren(QPlainTextEdit) if w.objectName() == name)

    return find


def _other_month(page: Any) -> None:
    progress = page.detail.progress
    progress.month.setCurrentIndex(progress.month.findData("2026-01"))
    progress.month.activated.emit(progress.month.currentIndex())


def _package(page: Any, _desk: Desk) -> None:
    page.start_new()


def _asked(page: Any) -> QWidget:
    page.editor._turn("asked")
    return _named("order.asked")(page)


def _one_package(desk: Desk) -> None:
    with TemporaryDirectory() as folder:
        order = Order(period=_FEBRUARY, recipient="公司党委", papers=("roster.xlsx",))
        desk.packages.make(order, Path(folder) / "出")


def _answered(act: str) -> Callable[[Any, Desk], None]:
    def begin(page: Any, desk: Desk) -> None:
        [package] = desk.shared[PACKAGE.code].all()
        page.findChild(Packages).show_answer(act, package)

    return begin


def _an_item(desk: Desk) -> None:
    desk.shared[ITEM.code].import_json(
        {"kind": "task", "content": "修好更衣室", "found_on": "2026-02-13", "due": "2026-02-20"}
    )


def _item_step(page: Any, desk: Desk) -> None:
    [item] = desk.shared[ITEM.code].all()
    page.findChild(Items).take("follow", [item.id])


def _a_signed_one(desk: Desk) -> None:
    told = {"title": "责任状", "signer": "张三", "starts": "2026-01-01", "ends": "2026-12-31"}
    [uid] = desk.shared[AGREEMENT.code].import_json(told)["ids"]
    desk.agreements.sign(uid, date(2026, 2, 10))


def _withdraw(page: Any, desk: Desk) -> None:
    [agreement] = desk.shared[AGREEMENT.code].all()
    page.findChild(Agreements).take(WITHDRAW, [agreement.id])


def _item_lists(page: Any, _desk: Desk) -> None:
    page.focus_record("lists")


TYPED = tuple(record for record in SHARED if record is not PACKAGE)
"""Records that are typed; a package is made of what is there."""
EDITORS = {
    "member": Case("roster", partial(_new, ""), ("members/editor.py",)),
    "meeting": Case("meetings", partial(_new, "committee_meeting"), ("meetings/editor.py",)),
    "project": Case("projects", partial(_new, ""), ("projects/editor.py",)),
    "ledger:visits": Case("ledgers", _ledger, ("ledgers/row_editor.py",)),
    "ledger_style": Case("ledgers", _style, ("ledgers/style_editor.py",)),
    "progress": Case(
        "projects",
        _month,
        ("projects/detail.py",),
        _named("done"),
        _other_month,
        a_stored_project,
    ),
    "summary": Case(
        "summaries",
        lambda page, _desk: page.focus_record("2026-02"),
        ("summaries/kept_words.py",),
        _named("study"),
        lambda page: page.period.before.click(),
    ),
    **{record.code: Case(record.code, partial(_new, ""), ("shared_page.py",)) for record in TYPED},
    "meeting_kind": Case(
        "settings",
        _nothing,
        ("settings/kinds.py",),
        lambda page: _line("title")(page.kinds),
        _nothing,
    ),
    "branch": Case(
        "settings",
        _nothing,
        ("settings/branch.py",),
        lambda page: page.branch.names.findChild(QLineEdit),
        _nothing,
    ),
    "rule": Case(
        "settings",
        _rule,
        ("settings/rules.py",),
        lambda page: page.rules.form.findChild(QLineEdit),
        _nothing,
    ),
    "project_category": Case(
        "projects", _category, ("projects/category.py",), _line("category.name"), _nothing
    ),
    "project_step": Case(
        "projects",
        _decision,
        ("projects/detail.py",),
        _ask_decision,
        _nothing,
        a_stored_project,
    ),
    "item_lists": Case("item", _item_lists, ("items/names_panel.py",), _line("problem"), _nothing),
    "item_step": Case(
        "item", _item_step, ("items/step_view.py",), _named("text"), _nothing, _an_item
    ),
    "agreement_step": Case(
        *("duty_agreement", _withdraw, ("agreements/step_view.py",)),
        *(_named("reason"), _nothing, _a_signed_one),
    ),
    "package_order": Case("package", _package, ("submissions/order_form.py",), _asked, _nothing),
    "package_return": Case(
        "package",
        _answered("return"),
        ("submissions/answering.py",),
        _named("return_reason"),
        _nothing,
        _one_package,
    ),
    "package_reply": Case(
        "package",
        _answered("reply"),
        ("submissions/answering.py",),
        _named("reply_text"),
        _nothing,
        _one_package,
    ),
    "waiver": Case(
        "home", _nothing, ("checks/waiving.py",), _ask_reason, _nothing, _few_came_weeks_ago
    ),
}
SHARED_FORMS = ("shared_page.py",) if not TYPED else ()
"""The page of declared records is no editor while none is typed into it."""


def typed_into(page: Page) -> QWidget:
    """The first text of the form that can be typed into."""
    editors = [
        w for kind in (QPlainTextEdit, QLineEdit) for w in _editor_of(page).findChildren(kind)
    ]
    return next(w for w in editors if w.isVisible() and w.isEnabled() and not w.isReadOnly())


def _editor_of(page: Any) -> QWidget:
    shown = getattr(page, "shown", page)
    return shown.editor.body


def write(widget: Any, text: str) -> None:
    """As a key does."""
    if isinstance(widget, QLineEdit):
        widget.insert(text)
    else:
        widget.insertPlainText(text)


def text_of(widget: Any) -> str:
    return widget.text() if isinstance(widget, QLineEdit) else widget.toPlainText()


def banner(page: Page) -> Unkept | None:
    """The banner with the three verbs that is to be seen, if one is."""
    return next((each for each in page.findChildren(Unkept) if each.isVisible()), None)


def safe(page: Page) -> bool:
    return all(keeper.safe for keeper in page.findChildren(Keeper))


def drafted(desk: Desk) -> str:
    """Every draft of the library and the words of its summaries, as text."""
    with desk._library.reading() as work:
        kept = [draft.raw for draft in work.drafts.all()]
    words = desk.summaries.words(_FEBRUARY).as_json()
    return "\n".join((*kept, json.dumps(words, ensure_ascii=False)))


def held(desk: Desk) -> str:
    """Everything in the second place, as text."""
    found = desk.unsaved._holding._every()
    return "\n".join(json.dumps(each.plain, ensure_ascii=False) for each in found)


# ---- what refuses ------------------------------------------------------------------------------


@contextmanager
def _refused_by_system(code: int, desk: Desk) -> Iterator[None]:
    """Every write ends as the system ends it when the disk is full or broken."""
    error = dbapi2.OperationalError("disk")
    error.sqlite_errorcode = code

    def refuse(_connection, _cursor, statement, *_more):
        if statement.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE")):
            raise error

    with _listening(desk, "before_cursor_execute", refuse):
        yield


@contextmanager
def _read_only(desk: Desk) -> Iterator[None]:
    def forbid(connection):
        connection.exec_driver_sql("PRAGMA query_only=ON")

    with _listening(desk, "begin", forbid):
        yield


@contextmanager
def _listening(desk: Desk, name: str, act: Callable[..., None]) -> Iterator[None]:
    writers = desk._library._writers
    event.listen(writers, name, act)
    try:
        yield
    finally:
        event.remove(writers, name, act)


@contextmanager
def _folder_gone(desk: Desk) -> Iterator[None]:
    folder = desk.path.parent
    away = folder.with_name("拔掉")
    folder.rename(away)
    try:
        yield
    finally:
        away.rename(folder)


@contextmanager
def _locked(desk: Desk) -> Iterator[None]:
    with raw(desk.path, write=True) as other:
        other.execute("BEGIN IMMEDIATE")
        try:
            yield
        finally:
            other.execute("ROLLBACK")


ERRORS = {
    "disk full": (partial(_refused_by_system, FULL), "磁盘已满"),
    "read only": (_read_only, "只读"),
    "stick pulled": (_folder_gone, "无法打开"),
    "locked": (_locked, "正被另一个程序写入"),
    "disk broken": (partial(_refused_by_system, IOERR), "磁盘出错"),
}
