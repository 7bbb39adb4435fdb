"""An empty list of attendance says in the window why nobody is listed."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel

from dangjian_desktop.domain.branch import Branch
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.library.branch import new_library
from dangjian_desktop.ui.meetings.meetings import meetings_page
from tests.services.make import clock

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def test_the_editor_says_why_nobody_is_listed(qtbot, shell, tmp_path):
    library = new_library(tmp_path / "空.dangjian", Branch(name="中共测试公司机关党支部"))
    page = meetings_page(Desk(library, clock), shell)
    qtbot.addWidget(page)
    page.show()
    page.start_new("general_meeting")

    def told() -> bool:
        return any(
            "当日名册中没有党员" in text.text() for text in page.findChildren(QLabel) if text.text()
        )

    qtbot.waitUntil(told, timeout=10_000)
    qtbot.waitUntil(lambda: not shell.jobs.busy)
    library.close()
