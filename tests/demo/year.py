"""The sample year as plain data, read without the program, and what follows from it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

DEMO = Path(__file__).resolve().parents[2] / "resources" / "demo"
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
HOLIDAYS = (
    ("2025-01-01", "2025-01-01"),
    ("2025-01-28", "2025-02-04"),
    ("2025-04-04", "2025-04-06"),
    ("2025-05-01", "2025-05-05"),
    ("2025-05-31", "2025-06-02"),
    ("2025-10-01", "2025-10-08"),
)
KINDS = {
    "general_meeting": {"scrutineers", "tellers"},
    "committee_meeting": {"previous_items"},
    "group_meeting": {"study", "source"},
    "party_lecture": {
        "lecturer",
        "lecturer_post",
        "lecture_title",
        "hours",
        "audience",
        "outline",
    },
    "theme_day": {"theme", "flow"},
    "org_life_meeting": {
        "theme",
        "preparation",
        "committee_report",
        "criticism",
        "response",
        "rectification",
    },
    "democratic_appraisal": {
        "self_review",
        "mutual_review",
        "ballots",
        "grades",
        "committee_review",
        "feedback",
    },
    "election": {"scrutineers", "tellers", "seats", "method", "approval"},
}
STATED_WRONG = {"2025-06-05", "2025-08-27"}


def read(name):
    return json.loads((DEMO / name).read_text(encoding="utf-8"))


BRANCH = read("branch.json")
ROSTER = read("roster.json")
SUMMARY = read("summary.json")
MEMBERS = {member["name"]: member for member in ROSTER}
MONTHS = {number: read(f"meetings-{number:02d}.json") for number in range(1, 13)}
MEETINGS = [meeting for month in MONTHS.values() for meeting in month]
EACH = pytest.mark.parametrize("meeting", MEETINGS, ids=[m["date"] + m["title"] for m in MEETINGS])


def known_from(member):
    return member.get("member_since") or member["join_approved"]


def on_roll(day):
    return [m["name"] for m in ROSTER if known_from(m) <= day]


def voters(day):
    return {m["name"] for m in ROSTER if m["full_approved"] and m["full_approved"] <= day}


def committee():
    return {m["name"] for m in ROSTER if re.search("书记|委员", m["party_post"] or "")}


def expected(meeting):
    if "committee_meeting" in meeting["kinds"]:
        return committee()
    names = on_roll(meeting["date"])
    if meeting["group"]:
        names = [n for n in names if MEMBERS[n]["group"] == meeting["group"]]
    return set(names)


def there(meeting):
    return set(meeting["attendance"]["present"]) | set(meeting["attendance"]["video"])


def recorded(meeting):
    lists = meeting["attendance"]
    away = [entry["name"] for key in ("leave", "excluded") for entry in lists[key]]
    return [*lists["present"], *lists["video"], *lists["absent"], *away]


def said(meeting):
    for item in meeting["agenda"]:
        yield from item["content"]
        yield from (speech["text"] for speech in item["speeches"])
        yield item["resolution"] or ""


def strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from strings(part)


def a_year_later(day):
    return day.replace(year=day.year + 1)
