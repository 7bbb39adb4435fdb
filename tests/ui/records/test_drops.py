from __future__ import annotations

import pytest

from tests.ui.dropping import drop
from tests.ui.records.hands import settle
from tests.ui.records.worlds import WORLDS

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def photo(tmp_path):
    file = tmp_path / "现场照片.jpg"
    file.write_bytes(b"\xff\xd8\xff" + b"0" * 100)
    return file


def test_a_file_dropped_on_a_project_becomes_its_evidence(qtbot, show, tmp_path, shell, photo):
    world = WORLDS["projects"](tmp_path, shell)
    page = show(world)
    uid = page.table.model.ids[1]
    page.table.select(uid)
    settle(qtbot, page, shell)
    qtbot.waitUntil(lambda: page.detail.uid == uid)

    drop(page, photo)

    qtbot.waitUntil(lambda: bool(world.desk.projects.one(uid).evidence))
    [kept] = world.desk.projects.one(uid).evidence
    assert kept.name == "现场照片.jpg"
    assert page.detail.tabs.code() == "evidence"


def test_a_file_that_is_none_of_ours_is_refused_in_words(qtbot, show, tmp_path, shell, photo):
    page = show(WORLDS["members"](tmp_path, shell))
    with qtbot.waitSignal(shell.messages.noticed) as said:
        drop(page, photo)
    assert said.args[0].text == "“现场照片.jpg”不能放在这里。"
    assert said.args[0].remedy
    assert page.views.at_home
    with qtbot.waitSignal(shell.messages.noticed) as said:
        drop(page, photo, photo)
    assert said.args[0].text == "一次只能放一个文件，这次有 2 个。"
