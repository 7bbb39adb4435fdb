"""A year of sittings as the contract writes them: what is due, and more of the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from random import Random
from typing import Any

from dangjian_desktop.domain.members.member import Member
from dangjian_desktop.domain.members.roll import Roll
from tests.benchmarks.growth.people import GROUPS
from tests.benchmarks.growth.words import paragraphs, sentence

_DUE_EACH_MONTH = ("committee_meeting", "theme_day", "group_meeting")
_TITLES = {
    "general_meeting": "支部党员大会",
    "committee_meeting": "支部委员会会议",
    "group_meeting": "党小组会",
    "party_lecture": "专题党课",
    "theme_day": "主题党日",
    "org_life_meeting": "组织生活会",
    "democratic_appraisal": "民主评议党员",
}


@dataclass(frozen=True)
class Wanted:
    """One sitting of the calendar."""

    kind: str
    day: date
    start: str
    group: str | None = None
    matter: str = "general"
    for_year: int | None = None


def of_year(
    dice: Random, roster: Sequence[Member], year: int, many: int, written: int
) -> list[dict[str, Any]]:
    """So many sittings of the year, each with about so many characters."""
    wanted = [*_due(year)]
    wanted += (each for each, _ in zip(_more(year), range(many - len(wanted)), strict=False))
    return [_sitting(dice, roster, each, written) for each in wanted[:many]]


def _due(year: int) -> Iterator[Wanted]:
    for month in range(1, 13):
        yield Wanted("committee_meeting", date(year, month, 4), "09:00")
        yield Wanted("theme_day", date(year, month, 5), "14:30")
        for number, group in enumerate(GROUPS):
            yield Wanted("group_meeting", date(year, month, 8 + number), "16:00", group)
        if month % 3 == 0:
            yield Wanted("general_meeting", date(year, month, 18), "14:30", matter="important")
            yield Wanted("party_lecture", date(year, month, 19), "14:30")
    yield Wanted("org_life_meeting", date(year, 2, 12), "14:30", for_year=year - 1)
    yield Wanted("democratic_appraisal", date(year, 2, 13), "14:30", for_year=year - 1)


def _more(year: int) -> Iterator[Wanted]:
    """As many more as are wanted, spread over the year."""
    for number in count():
        day = date(year, 1, 3) + timedelta(days=number * 23 % 355)
        start = f"{8 + number // 355 * 2:02}:10"
        if number % 3 == 0:
            matter = ("admission", "regularisation")[number // 3 % 2]
            yield Wanted("general_meeting", day, start, matter=matter)
        elif number % 3 == 1:
            yield Wanted("committee_meeting", day, start)
        else:
            yield Wanted("group_meeting", day, start, GROUPS[number % 9 // 3])


def _sitting(
    dice: Random, roster: Sequence[Member], wanted: Wanted, written: int
) -> dict[str, Any]:
    roll = Roll(roster, wanted.day)
    called: Sequence[Member] = roll.members
    if wanted.kind == "committee_meeting":
        called = roll.committee
    elif wanted.group:
        called = roll.group_members(wanted.group)
    names = [member.name for member in called]
    # Who leads or writes is there; of the others one in twelve is not.
    away = [name for name in names[3:] if dice.random() < 0.08]
    present = [name for name in names if name not in away]
    voters = {member.name for member in roll.voters} & set(present)
    title = f"{wanted.day.year}年{wanted.day.month}月{wanted.day.day}日{_TITLES[wanted.kind]}"
    return {
        "id": None,
        "kinds": [wanted.kind],
        "title": title,
        "date": wanted.day.isoformat(),
        "start": wanted.start,
        "for_year": wanted.for_year,
        "place": dice.choice(("三楼会议室", "党员活动室", "调度会议室")),
        "host": present[0],
        "recorder": present[-1],
        "group": wanted.group,
        "attendance": {
            "present": present,
            "video": [],
            "leave": [{"name": name, "reason": "倒班"} for name in away[::2]],
            "absent": away[1::2],
            "excluded": [],
        },
        "observers": [],
        "agenda": _agenda(dice, wanted, present, len(voters), written),
        "details": _details(dice, wanted, present),
    }


def _agenda(
    dice: Random, wanted: Wanted, present: Sequence[str], voters: int, written: int
) -> list[dict[str, Any]]:
    """Two or three items: half of the characters as reports, half as speeches."""
    items = []
    for number in range(many := dice.choice((2, 3))):
        share = written // many // 2
        votes = number == 0 and wanted.matter != "general"
        speeches = [
            {"speaker": dice.choice(present), "text": text} for text in paragraphs(dice, share, 70)
        ]
        items.append(
            {
                "topic": sentence(dice, 12).rstrip("。"),
                "matter": wanted.matter if number == 0 else "general",
                "person": "乙某" if votes and wanted.matter != "important" else None,
                "content": paragraphs(dice, share),
                "speeches": speeches,
                "vote": _vote(dice, voters) if votes else None,
                "candidates": [],
                "resolution": sentence(dice, 30),
                "actions": _actions(dice, wanted.day, present),
            }
        )
    return items


def _vote(dice: Random, voters: int) -> dict[str, Any]:
    against = dice.choice((0, 0, 0, 1))
    counts = {"issued": voters, "returned": voters, "void": 0, "no": 0, "abstain": against}
    return {"method": "secret_ballot", **counts, "yes": voters - against}


def _actions(dice: Random, day: date, present: Sequence[str]) -> list[dict[str, Any]]:
    due = (day + timedelta(days=30)).isoformat()
    told = {"what": sentence(dice, 14).rstrip("。"), "responsible": dice.choice(present)}
    return [told | {"due": due, "standard": None, "checker": present[0]}]


def _details(dice: Random, wanted: Wanted, present: Sequence[str]) -> dict[str, Any]:
    if wanted.kind == "theme_day":
        return {"theme": sentence(dice, 14).rstrip("。"), "flow": ["缴纳党费", "学习", "讨论"]}
    if wanted.kind == "party_lecture":
        title = sentence(dice, 14).rstrip("。")
        return {"lecturer": present[0], "lecture_title": title, "hours": 2}
    if wanted.kind == "group_meeting":
        return {"study": sentence(dice, 16).rstrip("。"), "source": "单行本"}
    if wanted.matter in ("admission", "regularisation"):
        return {"scrutineers": [present[1]], "tellers": [present[2]]}
    return {}
