"""What went up, in the window: it is read and annotated, and stays as it went up."""

from __future__ import annotations

from datetime import date

import pytest

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.submissions.record import PACKAGE
from dangjian_desktop.services.submissions.packages import Order
from dangjian_desktop.ui.look.lines import Lines
from dangjian_desktop.ui.shared_page import shared_page
from tests.ui.roster_world import a_desk, quiet


@pytest.fixture
def desk(tmp_path):
    made = a_desk(tmp_path)
    yield made
    made.close()


def test_it_is_shown_without_what_programs_read_and_only_its_notes_are_edited(
    qtbot, desk, shell, tmp_path
):
    order = Order(
        period=Period(2026, 3, 1),
        recipient="公司党委",
        papers=("roster.xlsx", "roster"),
        as_of=date(2026, 3, 31),
    )
    package = desk.packages.make(order, tmp_path / "出").package
    page = shared_page(PACKAGE, desk, shell)
    qtbot.addWidget(page)
    desk.announce = shell.changes.announce
    shell.changes.changed.connect(page.refresh)
    page.show()
    page.refresh(page.topics)
    quiet(qtbot, shell)
    assert page.list.new.isHidden()
    shown = page.findChild(Lines)
    qtbot.waitUntil(lambda: "文件" in shown.values)
    told = {label: value.text() for label, value in shown.values.items()}
    assert "党员花名册_202603.xlsx" in told["文件"].replace("\u200b", "")
    assert not [text for text in told.values() if package.files[0].sha256 in text]
    page.edit(package.id)
    qtbot.waitUntil(lambda: page.editor.uid == package.id)
    cells = page.editor.body.form.cells
    assert set(cells) == {"returned", "return_reason", "reply", "reply_text", "note"}
    cells["note"].set_value("已当面交")
    page.editor.saver.save_and_leave()
    qtbot.waitUntil(lambda: not page.editing)
    kept = desk.shared["package"].one(package.id)
    assert (kept.note, kept.files) == ("已当面交", package.files)
