"""One today: every page goes by the day of the desk, which in the sample is 示例日期."""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path

import pytest

from dangjian_desktop import app, ui
from dangjian_desktop.domain.branch import Branch
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.library.branch import new_library
from dangjian_desktop.ui.home.home import HomePage
from dangjian_desktop.ui.meetings.context import context_for_new
from dangjian_desktop.ui.members.roster import RosterTools
from dangjian_desktop.ui.summaries.summaries import SummariesPage
from tests.services.make import NAMES, a_meeting, a_member

NOW = datetime.fromisoformat("2026-11-29T09:00")
TOLD = date(2025, 12, 31)
A_DAY = re.compile(r"\.clock\(\)\.(date|year|month)|date\.today\(|datetime\.now\(")
MOMENTS = {
    "home/held.py": "when what is held was typed",
    "records/page.py": "when drafts were saved",
    "following.py": "when something was saved",
    "summaries/summaries.py": "when something was saved",
    "settings/copies.py": "when copies were made",
    "members/paper.py": "what is of today tells the moment of its printing",
    "projects/printing.py": "what is of today tells the moment of its printing",
    "window/top_bar.py": "when something was saved",
    "fields/inputs.py": "a field that nobody told the day",
}
"""Where the clock itself is asked, and what for."""


def test_no_page_asks_another_clock():
    root = Path(ui.__file__).parent
    asking = {
        file.relative_to(root).as_posix()
        for file in root.rglob("*.py")
        if A_DAY.search(file.read_text(encoding="utf-8"))
    }
    assert asking == set(MOMENTS)


@pytest.fixture
def sample(tmp_path):
    branch = Branch(name="中共示例支部委员会", short_name="示例党支部", sample=True)
    desk = Desk(new_library(tmp_path / "示例.dangjian", branch), lambda: NOW)
    with desk._library.changing(Topic.MEMBERS) as work:
        for name in (*NAMES, "钱七"):
            work.members.save(a_member(name))
    desk.meetings.import_json(a_meeting(date="2025-03-18", for_year=2025))
    yield desk
    desk.close()


def test_every_page_of_the_sample_goes_by_its_day_and_says_so(qtbot, sample, shell):
    home = HomePage(sample, shell)
    qtbot.addWidget(home)
    home.refresh(frozenset(Topic))
    qtbot.waitUntil(lambda: home.date.text() == "12月31日　星期三（示例日期）")
    assert sample.today() == sample.due.day() == sample.check.judged_on() == TOLD
    assert RosterTools(sample, shell).shown_day == TOLD
    assert context_for_new(sample, "theme_day").state["date"] == TOLD.isoformat()
    summaries = SummariesPage(sample, shell)
    qtbot.addWidget(summaries)
    assert summaries.period.period.first == date(2025, 12, 1)
    assert app._state(sample)[0] == "示例党支部\n示例日期\n2025年12月31日"
    qtbot.waitUntil(lambda: not shell.jobs.busy)


def test_what_is_added_to_the_sample_moves_its_day_nowhere(sample):
    sample.meetings.import_json(a_meeting(date="2026-02-02", title="明年的"))
    assert Desk(sample._library, lambda: NOW).today() == TOLD
    assert sample.check.judged_on() == TOLD


def test_any_other_library_goes_by_the_clock(tmp_path):
    library = new_library(tmp_path / "支部.dangjian", Branch(name="中共测试支部委员会"))
    desk = Desk(library, lambda: NOW)
    desk.meetings.import_json(a_meeting(date="2025-03-18", attendance={"present": []}))
    assert desk.today() == NOW.date()
    assert app._state(desk)[0] == "中共测试支部委员会"
    desk.close()
