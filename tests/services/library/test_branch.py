"""The branch as the form gives it, its own kinds of meeting, where its copies go."""

from __future__ import annotations

from datetime import date

import pytest

from dangjian_desktop.domain.branch import Branch
from dangjian_desktop.domain.meetings.kinds import Expected
from dangjian_desktop.errors import InputError
from dangjian_desktop.services.library.branch import BranchService, new_library
from dangjian_desktop.services.library.branch_form import branch_values
from dangjian_desktop.services.library.copying import CopyService
from dangjian_desktop.services.meetings.meetings import MeetingService
from tests.services.make import a_library, a_meeting, clock


@pytest.fixture
def library(tmp_path):
    library = a_library(tmp_path)
    yield library
    library.close()


@pytest.fixture
def service(library):
    return BranchService(library, clock)


FORM = {
    "name": "中共测试公司机关党支部",
    "short_name": "机关党支部",
    "superior": "中共测试公司委员会",
    "founded": "2015-07-01",
    "term_start": "2024-07-01",
    "term_years": 3,
    "theme_day": 5,
}


def test_what_the_form_gives_is_what_it_shows_again(service):
    saved = service.enter(FORM)
    assert saved.founded == date(2015, 7, 1)
    assert FORM.items() <= branch_values(service.history()).items()
    assert service.info()["short_name"] == "机关党支部"


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"name": "  "}, "name", "党支部全称"),
        ({"term_years": None}, "term_years", "任期年数"),
        ({"term_years": "三"}, "term_years", "1 至 10 的整数"),
        ({"term_years": 11}, "term_years", "1 至 10 的整数"),
        ({"theme_day": 32}, "theme_day", "1 至 31"),
        ({"founded": "2015年"}, "founded", "2026-03-18"),
        ({"founded": "2026-04-01", "term_start": None}, "founded", "晚于今天"),
        ({"term_start": "2014-07-01"}, "term_start", "早于党支部成立日期"),
    ],
)
def test_what_no_branch_can_be_is_refused_at_its_field(service, changes, field, words):
    before = service.history()
    with pytest.raises(InputError) as caught:
        service.enter(FORM | changes)
    assert {issue.field for issue in caught.value.issues} == {field}
    assert words in caught.value.issues[0].message
    assert service.history() == before


def test_a_library_has_its_ending(tmp_path):
    with pytest.raises(InputError, match=r"应以 \.dangjian 结尾"):
        new_library(tmp_path / "支部.db", Branch(name="甲支部"))


def test_a_kind_of_its_own_is_recorded_like_any_other(service, library):
    code = service.add_kind(" 志愿服务 ", Expected.ALL_MEMBERS)
    assert service.own_kinds() == [
        {"code": code, "title": "志愿服务", "expected": Expected.ALL_MEMBERS.value}
    ]
    meetings = MeetingService(library, clock)
    data = a_meeting(kinds=[code], details={}, agenda=[], stated=None)
    assert meetings.import_json(data)["ids"]


@pytest.mark.parametrize("title", ["", "党课", "支部党员大会", "志愿服务"])
def test_a_kind_needs_a_name_that_no_other_has(service, title):
    service.add_kind("志愿服务", Expected.ALL_MEMBERS)
    with pytest.raises(InputError):
        service.add_kind(title, Expected.GROUP)
    assert len(service.own_kinds()) == 1


def test_copies_go_where_the_branch_wants_them(service, library, tmp_path):
    copies = CopyService(library)
    assert copies.beside()
    made = copies.keep_in(tmp_path / "U盘")
    assert made.file.parent == copies.folder() == service.copies_folder() == tmp_path / "U盘"
    assert not copies.beside()
    assert copies.newest() == copies.kept()[0]
    assert copies.problems() == ()
    copies.keep_in(None)
    assert copies.beside()
    assert service.copies_folder() is None
