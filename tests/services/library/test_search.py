"""One search over members and meetings."""

from __future__ import annotations

import pytest

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.summaries.summaries import SummaryWords
from dangjian_desktop.domain.words import texts_of
from dangjian_desktop.services.library.search import SearchService, search_json
from dangjian_desktop.services.meetings.meetings import MeetingService
from dangjian_desktop.services.summaries.summaries import SummaryService
from dangjian_desktop.storage import work
from dangjian_desktop.storage.file.connecting import driver_of
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


NUMBER = "110101199001010010"


def told(search, text):
    """All hits of a text by id, as the page of results reads them."""
    return search.shown(text, search.everything(text).keys)


def test_words_far_apart_are_each_shown(search):
    [hit] = told(search, "工作踏实 程序进行").values()
    assert "工作踏实" in hit.snippet
    assert "会议按程序进行" in hit.snippet


def test_everything_is_told_by_kind_with_the_years(search):
    found = search.everything("第一党小组")
    assert len(found.keys) == 10
    assert (found.years, search.everything("  ").keys) == ({}, ())
    [(key, year)] = search.everything("工作踏实").years.items()
    assert (key.partition("/")[0], year) == ("meeting", 2026)


def test_own_words_of_summaries_are_found_newest_first(search):
    summaries = SummaryService(search._library, clock)
    for period in (Period(2025, 11, 1), Period(2026, 1, 3)):
        summaries.save_words(period, SummaryWords(work={"study": "学习了采掘规程"}))
    hits, total = search.find("采掘规程")
    assert [hit.id for hit in hits] == ["2026-Q1", "2025-11"]
    assert (total, hits[0].title) == (2, "2026年第一季度汇总")
    assert "学习了采掘规程" in hits[0].snippet
    years = {"summary/2026-Q1": 2026, "summary/2025-11": 2025}
    assert search.everything("采掘规程").years == years


@pytest.mark.parametrize("number", [NUMBER, "110101 19900101 0010", "11010119900101001X", "1" * 15])
def test_numbers_of_persons_are_covered_wherever_they_stand(search, number):
    meetings = MeetingService(search._library, clock)
    title = f"谈话{number}"
    meetings.import_json(a_meeting(title=title, date="2026-03-19", closing=f"证号{number}。"))
    for text in ("谈话", "证号", number, number[6:14]):
        hits = [*search.find(text)[0], *told(search, text).values()]
        assert len(hits) >= 2
        assert not [hit for hit in hits if number in hit.snippet + hit.title]


def test_a_hit_that_is_gone_is_left_out_and_the_index_stays_trusted(search):
    found = search.everything("工作踏实")
    meetings = MeetingService(search._library, clock)
    meetings.delete(found.keys[0].partition("/")[2])
    assert told(search, "工作踏实") == {}
    assert search.shown("工作踏实", ["meeting/none"]) == {}
    assert search.shown("别的话", found.keys) == {}
    assert search.indexed


def test_what_the_index_tells_wrongly_is_left_out_and_found_no_more(search):
    library = search._library
    while search.tend():
        pass
    with library.changing() as changing:
        row = "SELECT id + (1 << 40) FROM meeting"
        driver = driver_of(changing._connection)
        [(place,)] = driver.execute(row).fetchall()
        driver.execute("DELETE FROM terms WHERE rowid = ?", (place,))
        driver.execute("INSERT INTO terms (rowid, text) VALUES (?, '错 话')", (place,))
    keys = search.everything("错话").keys
    assert len(keys) == 1
    assert search.shown("错话", keys) == {}
    assert not search.indexed
    assert search.everything("错话").keys == ()
