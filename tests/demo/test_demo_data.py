"""The sample year holds what it promises, and each of its meetings could have been."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

from tests.demo.year import (
    EACH,
    HOLIDAYS,
    KINDS,
    MEETINGS,
    MEMBERS,
    MONTHS,
    STATED_WRONG,
    SUMMARY,
    expected,
    on_roll,
    recorded,
    said,
    strings,
    there,
    voters,
)


def test_the_year_holds_all_kinds_in_their_numbers():
    kinds = Counter(kind for meeting in MEETINGS for kind in meeting["kinds"])
    assert 58 <= len(MEETINGS) <= 66
    assert set(kinds) == set(KINDS)
    assert kinds["general_meeting"] == 5
    assert kinds["committee_meeting"] == 12
    assert kinds["theme_day"] == 12
    assert kinds["party_lecture"] == 4
    assert kinds["group_meeting"] == 35


def test_each_month_has_its_committee_meeting_and_its_theme_day():
    for number, meetings in MONTHS.items():
        kinds = Counter(kind for meeting in meetings for kind in meeting["kinds"])
        assert kinds["committee_meeting"] == kinds["theme_day"] == 1
        assert {int(meeting["date"][5:7]) for meeting in meetings} == {number}


def test_each_quarter_has_a_general_meeting():
    quarters = {(int(m["date"][5:7]) - 1) // 3 for m in MEETINGS if "general_meeting" in m["kinds"]}
    assert quarters == {0, 1, 2, 3}


def test_only_the_wanted_faults_are_there():
    groups = {(m["date"][:7], m["group"]) for m in MEETINGS if "group_meeting" in m["kinds"]}
    all_groups = {
        (f"2025-{n:02d}", f"第{g}党小组") for n in range(1, 13) for g in ("一", "二", "三")
    }
    assert all_groups - groups == {("2025-08", "第三党小组")}
    undelegated = [
        m["date"]
        for m in MEETINGS
        if {"general_meeting", "committee_meeting"} & set(m["kinds"])
        and m["host"] != "周立峰"
        and m["delegated_by"] is None
    ]
    assert undelegated == ["2025-09-11"]
    lectures = {(int(m["date"][5:7]) - 1) // 3 for m in MEETINGS if "party_lecture" in m["kinds"]}
    assert lectures == {0, 1, 3}


def test_24_meetings_have_full_texts_and_the_others_short_ones():
    sizes = [sum(map(len, said(meeting))) for meeting in MEETINGS]
    assert sum(300 < size <= 2000 for size in sizes) == 24
    assert all(80 <= size <= 300 for size in sizes if size <= 300)
    assert max(sizes) <= 2000


def test_no_sentence_is_said_twice():
    seen: Counter[str] = Counter()
    for source in [*MEETINGS, SUMMARY]:
        for text in strings(source):
            parts = re.split(r"[。！？；\n]", text)
            seen.update({part.strip() for part in parts if len(part.strip()) >= 20})
    topics = {item["topic"] for meeting in MEETINGS for item in meeting["agenda"]}
    plans = {plan for month in SUMMARY.values() for plan in month["plans"]}
    plans |= {plan.rstrip("。") for plan in plans}
    assert [s for s, times in seen.items() if times > 1 and s not in topics | plans] == []


# Each meeting


@EACH
def test_it_has_the_form_of_the_contract(meeting):
    assert set(meeting) == {
        "id", "kinds", "number", "title", "for_year", "date", "start", "end", "place", "host",
        "delegated_by", "recorder", "group", "attendance", "stated", "observers", "agenda",
        "closing", "details", "late_entry",
    }  # fmt: skip
    allowed = set().union(*(KINDS[kind] for kind in meeting["kinds"]))
    assert set(meeting["details"]) <= allowed
    assert meeting["id"] is meeting["number"] is None
    assert meeting["agenda"]
    for item in meeting["agenda"]:
        read = {"source", "reporter"} if item["matter"] == "first_topic" else set()
        assert set(item) == read | {
            "topic", "matter", "person", "content", "speeches", "vote", "candidates",
            "resolution", "actions",
        }  # fmt: skip


def test_what_is_read_first_is_first_and_has_a_source():
    items = [(m, n, i) for m in MEETINGS for n, i in enumerate(m["agenda"])]
    read = [(m, n, i) for m, n, i in items if i["matter"] == "first_topic"]
    assert [(m["date"], n) for m, n, _ in read] == [
        ("2025-03-13", 0),
        ("2025-06-12", 0),
        ("2025-11-13", 0),
    ]
    assert all(item["source"] and item["reporter"] == m["host"] for m, _, item in read)


@EACH
def test_it_is_held_on_a_working_day_within_the_day(meeting):
    day = meeting["date"]
    assert date.fromisoformat(day).weekday() < 5
    assert not any(first <= day <= last for first, last in HOLIDAYS)
    assert "08:00" <= meeting["start"] < meeting["end"] <= "18:00"


@EACH
def test_everyone_of_that_day_is_recorded_once(meeting):
    names = recorded(meeting)
    assert sorted(names) == sorted(expected(meeting))
    assert all(entry["reason"] for entry in meeting["attendance"]["leave"])
    share = len(there(meeting)) / len(names)
    assert share >= (0.8 if "committee_meeting" in meeting["kinds"] else 0.85)


@EACH
def test_who_leads_writes_and_speaks_was_there(meeting):
    outside = {observer["name"] for observer in meeting["observers"]}
    speakers = {s["speaker"] for item in meeting["agenda"] for s in item["speeches"]}
    details = meeting["details"]
    officers = {*details.get("scrutineers", ()), *details.get("tellers", ())}
    lecturer = {details["lecturer"]} if "lecturer" in details else set()
    must = speakers | {meeting["host"], meeting["recorder"]} | officers | lecturer
    must |= {person for entry in details.get("criticism", ()) for person in (entry["from"],)}
    assert must <= there(meeting) | outside
    if meeting["delegated_by"]:
        assert meeting["delegated_by"] not in there(meeting)
    if "group_meeting" in meeting["kinds"]:
        assert MEMBERS[meeting["host"]]["party_post"] == f"{meeting['group']}组长"


@EACH
def test_the_stated_counts_are_right_but_for_two(meeting):
    if meeting["stated"] is None:
        return
    computed = {"eligible": len(expected(meeting)), "present": len(there(meeting))}
    assert (meeting["stated"] == computed) is (meeting["date"] not in STATED_WRONG)


@EACH
def test_what_was_agreed_has_a_member_and_a_day_after_the_meeting(meeting):
    known = set(on_roll(meeting["date"]))
    for item in meeting["agenda"]:
        for action in item["actions"]:
            assert action["responsible"] in known
            assert action["checker"] is None or action["checker"] in known
            assert action["due"] > meeting["date"]


@EACH
def test_the_votes_add_up(meeting):
    entitled = voters(meeting["date"]) & expected(meeting)
    present = len(there(meeting) & entitled)
    for item in meeting["agenda"]:
        vote = item["vote"]
        if vote is None:
            continue
        given = [vote[key] for key in ("yes", "no", "abstain") if key in vote]
        if vote["method"] == "hands":
            assert set(vote) == {"method", "yes", "no", "abstain"}
            assert sum(given) == present
            continue
        assert vote["returned"] <= vote["issued"] <= present
        if given:
            assert sum(given) + vote["void"] == vote["returned"]
            written = vote["written_yes"] + vote["written_no"] + vote["written_abstain"]
            assert written <= len(entitled) - present
            assert 2 * present > len(entitled)
            assert 2 * (vote["yes"] + vote["written_yes"]) > len(entitled)


def test_admission_and_regularisation_agree_with_the_roster():
    found = {
        item["matter"]: (meeting, item)
        for meeting in MEETINGS
        for item in meeting["agenda"]
        if item["matter"] in ("admission", "regularisation")
    }
    meeting, item = found["admission"]
    member = MEMBERS[item["person"]]
    assert member["join_date"] == meeting["date"] < member["join_approved"]
    assert item["vote"]["method"] == "secret_ballot"
    meeting, item = found["regularisation"]
    member = MEMBERS[item["person"]]
    assert member["full_date"] <= meeting["date"] < member["full_approved"]
    assert item["vote"]["method"] == "secret_ballot"


def test_the_election_keeps_its_numbers():
    (meeting,) = (m for m in MEETINGS if "election" in m["kinds"])
    (item,) = (i for i in meeting["agenda"] if i["candidates"])
    entitled = voters(meeting["date"])
    present = len(there(meeting) & entitled)
    seats, candidates = meeting["details"]["seats"], item["candidates"]
    valid = item["vote"]["returned"] - item["vote"]["void"]
    assert 5 * present >= 4 * len(entitled)
    assert len(candidates) >= seats + -(-seats // 5)
    assert sum(candidate["yes"] for candidate in candidates) <= seats * valid
    assert sum(candidate["elected"] for candidate in candidates) == seats
    for candidate in candidates:
        assert candidate["yes"] + candidate["no"] + candidate["abstain"] == valid
        assert candidate["elected"] is (2 * candidate["yes"] > len(entitled))
        assert candidate["name"] in MEMBERS
    names = {candidate["name"] for candidate in candidates}
    assert not names & {*meeting["details"]["scrutineers"], *meeting["details"]["tellers"]}


def test_the_appraisal_grades_every_formal_member_and_at_most_a_third_as_excellent():
    (meeting,) = (m for m in MEETINGS if "democratic_appraisal" in m["kinds"])
    details = meeting["details"]
    formal = voters(meeting["date"])
    assert {entry["name"] for entry in details["grades"]} == formal
    assert details["ballots"]["issued"] == len(there(meeting))
    columns = ("excellent", "qualified", "basic", "unqualified")
    for entry in details["grades"]:
        assert sum(entry[column] for column in columns) == details["ballots"]["valid"]
    results = Counter(entry["result"] for entry in details["grades"])
    assert results["优秀"] <= len(formal) // 3
    assert meeting["for_year"] == 2024


def test_the_audience_of_a_lecture_is_who_was_there():
    for meeting in MEETINGS:
        if "party_lecture" in meeting["kinds"]:
            heard = len(there(meeting)) + len(meeting["observers"])
            assert abs(meeting["details"]["audience"] - heard) <= 1


def test_important_matters_were_before_the_committee():
    for meeting in MEETINGS:
        if "general_meeting" not in meeting["kinds"]:
            continue
        for item in meeting["agenda"]:
            if item["matter"] == "important":
                assert any(
                    item["topic"] == other["topic"] and earlier["date"] < meeting["date"]
                    for earlier in MEETINGS
                    if "committee_meeting" in earlier["kinds"]
                    for other in earlier["agenda"]
                )


def test_each_committee_meeting_opens_with_what_was_agreed():
    for meeting in MEETINGS:
        if "committee_meeting" in meeting["kinds"]:
            month = int(meeting["date"][5:7])
            before = "2024年12月" if month == 1 else f"{month - 1}月"
            assert meeting["details"]["previous_items"].startswith(before)


def test_nobody_is_in_two_places_at_once():
    sittings = [
        (
            m["date"],
            m["start"],
            m["end"],
            there(m) | {m["host"], m["recorder"]} | {o["name"] for o in m["observers"]},
        )
        for m in MEETINGS
    ]
    for number, (day, start, end, names) in enumerate(sittings):
        for other_day, other_start, other_end, others in sittings[number + 1 :]:
            if day == other_day and start < other_end and other_start < end:
                assert not names & others


def test_names_in_the_texts_of_members_not_yet_known_appear_only_as_guests():
    for meeting in MEETINGS:
        outside = {observer["name"] for observer in meeting["observers"]}
        unknown = set(MEMBERS) - set(on_roll(meeting["date"]))
        assert not unknown & set(recorded(meeting))
        speakers = {s["speaker"] for item in meeting["agenda"] for s in item["speeches"]}
        assert not (speakers & unknown) - outside


# The summaries


def test_three_months_have_words_of_their_own():
    assert len(SUMMARY) == 3
    for period, words in SUMMARY.items():
        assert re.fullmatch(r"2025-\d{2}", period)
        assert set(words["work"]) <= {
            "study", "organisation", "team", "integration", "conduct", "service",
        }  # fmt: skip
        assert words["problems"]
        assert words["plans"]
        assert {words["filled_by"], words["reviewed_by"]} <= set(MEMBERS)
