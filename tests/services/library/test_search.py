"""One search over members and meetings."""

from __future__ import annotations

import pytest

from dangjian_desktop.domain.words import texts_of
from dangjian_desktop.services.library.search import SearchService, search_json
from dangjian_desktop.services.meetings.meetings import MeetingService
from dangjian_desktop.storage import work
from tests.guards import doors
from tests.services.make import a_library, a_meeting, clock


@pytest.fixture
def search(tmp_path):
    library = a_library(tmp_path)
    MeetingService(library, clock).import_json(a_meeting())
    yield SearchService(library, clock)
    library.close()


def test_words_of_the_text_find_the_meeting_with_what_stands_around(search):
    [hit], total = search.find("工作踏实")
    assert (hit.type, total) == ("meeting", 1)
    assert "工作踏实，同意接收" in hit.snippet


@pytest.mark.parametrize("text", ["出差", "3月25日补学"])
def test_why_somebody_was_away_is_found(search, text):
    [hit], _ = search.find(text)
    assert text in hit.snippet


def test_initials_find_a_member_before_meetings(search):
    hits, _ = search.find("zs")
    assert (hits[0].type, hits[0].title) == ("member", "张三")


@pytest.mark.parametrize("text", ["%", "_", "没有这样的话", "", "  "])
def test_signs_of_patterns_are_plain_text(search, text):
    assert search.find(text) == ([], 0)


def test_the_limit_cuts_the_hits_and_not_their_number(search):
    hits, total = search.find("第一党小组", limit=2)
    assert len(hits) == 2
    assert total == 10
    assert set(search_json(hits, total)["hits"][0]) == {"type", "id", "title", "date", "snippet"}


def test_what_stands_around_is_the_same_whoever_looks_for_it(tmp_path, monkeypatch):
    """The database, which is faster, or the program, text by text."""
    with doors.full_desk(tmp_path) as desk:
        sittings = desk.meetings.get(desk.meetings.find()).values()
        asked = {text[:4] for sitting in sittings for text in texts_of(sitting)}
        found = {text: desk.search.find(text) for text in asked}
        monkeypatch.setattr(work, "standing", lambda *_: {})
        assert {text: desk.search.find(text) for text in asked} == found
    assert sum(not text.isascii() for text in asked) > 15


def test_an_identifier_that_reads_like_words_is_not_what_stands_around(tmp_path):
    library = a_library(tmp_path)
    sitting = a_meeting(closing="会上再议甲乙丙丁一事")
    sitting["agenda"][0]["id"] = "甲乙丙丁"
    MeetingService(library, clock).import_json(sitting)
    [hit], _ = SearchService(library, clock).find("甲乙丙丁")
    library.close()
    assert hit.snippet.endswith("会上再议甲乙丙丁一事")
