"""What cannot be in an item is said in the window at once, at its place, with what to do."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLabel

from dangjian_desktop.domain.dates import PartialDate
from dangjian_desktop.domain.items.item import ItemState
from dangjian_desktop.domain.members.member import Span
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.ui.items.page import Items, items_page
from tests.services.items.items_world import a_task, stored
from tests.services.make import a_meeting, a_member
from tests.services.talks.talks_world import a_desk
from tests.ui.roster_world import held, quiet

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def desk(tmp_path):
    with a_desk(tmp_path) as opened:
        left = Span("转出", PartialDate.parse("2026-01-15"))
        with opened._library.changing(Topic.MEMBERS) as work:
            work.members.save(replace(a_member("许远"), standings=(left,)))
        opened.meetings.import_json([a_meeting()])
        stored(opened, a_task())
        yield opened


@pytest.fixture
def page(qtbot, desk, shell):
    return held(qtbot, desk, shell, items_page(desk, shell), (1300, 700))


def said(form):
    """What stands under the fields, by field."""
    found = {name: cell.findChildren(QLabel) for name, cell in form.cells.items()}
    words = {name: "".join(each.text() for each in labels) for name, labels in found.items()}
    return {
        name: text.removeprefix(form.cells[name].editor.field.title) for name, text in words.items()
    }


def offered(desk):
    """What an item may come from, as the form offers it."""
    return desk.links.targets(desk.shared["item"].record)["source_ref"]


def edited(qtbot, page, desk, **values):
    """The form of the only item with these values in it, as it is asked to be saved."""
    [item] = desk.shared["item"].all()
    page.edit(item.id)
    qtbot.waitUntil(lambda: page.views.editing and page.editor.uid == item.id)
    body = page.editor.body
    body.form.fill(body.form.values() | values)
    page.editor.save()
    return body.form


@pytest.mark.parametrize(
    ("values", "place", "words"),
    [
        ({"due": "2026-02-01"}, "due", "完成时限早于提出日期（2026-02-13）"),
        ({"responsible": "许远"}, "responsible", "许远在2026-02-13已不是本支部党员"),
    ],
)
def test_what_cannot_be_stands_under_its_field(qtbot, page, desk, shell, values, place, words):
    form = edited(qtbot, page, desk, **values)
    qtbot.waitUntil(lambda: words in said(form)[place])
    [item] = desk.shared["item"].all()
    assert (item.due, item.responsible) == (None, None)
    quiet(qtbot, shell)


def test_a_meeting_that_went_to_the_bin_meanwhile_is_said(qtbot, page, desk, shell):
    [target] = [
        t for t in desk.links.targets(desk.shared["item"].record)["source_ref"] if not t["item"]
    ]
    desk.meetings.delete(target["id"])
    form = edited(qtbot, page, desk, source_ref=[target])
    qtbot.waitUntil(
        lambda: "来源记录在回收站中，请先到“设置→回收站”恢复" in said(form)["source_ref"]
    )
    assert desk.shared["item"].all()[0].source_ref == ()
    # Nor is it offered to the next one.
    assert target["id"] not in {each["id"] for each in offered(desk)}
    quiet(qtbot, shell)


def test_a_closing_without_the_four_is_refused_with_all_that_lacks(qtbot, page, desk, shell):
    asked = []
    shell.messages.report = asked.append
    [item] = desk.shared["item"].all()
    page.focus_record(f"step/{item.id}/close_requested")
    view = page.findChild(Items).step("close_requested")
    qtbot.waitUntil(view.isVisible)
    view.form.fill({"on": "2026-03-10", "files": []})
    view.save.click()
    qtbot.waitUntil(lambda: bool(asked))
    told = [issue.message for issue in asked[0].issues]
    assert told[:4] == [
        f"销号前请明确{name}。" for name in ("完成时限", "责任主体", "工作标准", "考核部门")
    ]
    assert "佐证材料" in said(view.form)["evidence"]
    assert desk.shared["item"].one(item.id).state is ItemState.OPEN
    quiet(qtbot, shell)
