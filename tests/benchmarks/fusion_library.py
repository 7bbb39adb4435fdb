"""Ten years of a branch that plans, orders and measures: ``made(folder)`` adds to the library of
ten years 2,000 items, 50 indicators, ten priorities, 240 lines of a plan, brands, self-checks,
100 责任状 of twenty tasks and ten ratings.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any

from dangjian_desktop.domain.meetings.meeting import Meeting
from dangjian_desktop.services.desk import Desk
from tests.benchmarks.growth.libraries import LAST_YEAR, copy
from tests.benchmarks.growth.measuring import opened
from tests.benchmarks.growth.words import chance, sentence

ITEMS, INDICATORS, YEARS = 2_000, 50, range(LAST_YEAR - 9, LAST_YEAR + 1)
NAMES = ("安全", "产量", "成本", "质量", "服务", "队伍", "创新", "环保", "设备", "培训")


def made(folder: Path) -> Path:
    """The file of the library."""
    path = copy("y10", folder)
    with opened(path, write=True) as desk:
        _fill(desk, chance(14))
    return path


def _fill(desk: Desk, dice: Random) -> None:
    shared = desk.shared
    meetings = sorted(desk.meetings.get(desk.meetings.find()).values(), key=lambda m: m.date)
    projects = desk.projects.all()
    served = [{"subject": "project", "id": project.id} for project in projects]
    agenda = [_link(meeting, dice) for meeting in meetings]
    priorities = [
        {
            "name": name,
            "number": number,
            "agenda": agenda[number :: len(NAMES)],
            "projects": served[number :: len(NAMES)],
        }
        for number, name in enumerate(NAMES)
    ]
    ids = shared["priority"].import_json(priorities)["ids"]
    known = [
        {"subject": "project", "id": p.id, "item": p.targets[0].id} for p in projects if p.targets
    ]
    measured = shared["indicator"].import_json([*_indicators(dice, known)])["ids"]
    tasks = shared["item"].import_json([*_items(dice, meetings, agenda, ids)])["ids"]
    shared["duty_agreement"].import_json([*_agreements(tasks, measured)])
    shared["fusion_appraisal"].import_json([*_appraisals()])
    shared["plan"].import_json([*_plans(dice)])
    links = [{"subject": "indicator", "id": uid} for uid in measured[:5]]
    brands = [{"name": f"品牌{y}", "since": str(y), "indicators": links} for y in YEARS]
    shared["brand"].import_json(brands)
    shared["assessment"].import_json([*_assessments(dice)])


def _link(meeting: Meeting, dice: Random) -> dict[str, Any]:
    item = dice.choice(meeting.agenda)
    return {"subject": "meeting", "id": meeting.id, "item": item.id}


def _items(
    dice: Random,
    meetings: Sequence[Meeting],
    agenda: Sequence[dict[str, Any]],
    priorities: Sequence[str],
) -> Iterator[dict[str, Any]]:
    """Half of them decided by a meeting, half linked to a priority; the last year's are open."""
    for number in range(ITEMS):
        place = number * len(meetings) // ITEMS
        day = meetings[place].date
        history = [{"state": "open", "on": str(day)}]
        told: dict[str, Any] = {
            "kind": "task",
            "content": f"{sentence(dice, 24)}（{number}）",
            "number": f"{day.year}-{number}",
            "found_on": str(day),
            "due": f"{day.year}-12-31",
            "responsible": "李四",
            "standard": "全部完成",
            "department": "支委会",
            "measure": sentence(dice, 24),
        }
        if number % 2:
            told |= {"source": "meeting", "source_ref": agenda[place]}
        else:
            told["priority"] = priorities[number // 2 % len(priorities)]
        if day.year < LAST_YEAR:
            steps = ("doing", "close_requested", "closed")
            history += [{"state": state, "on": f"{day.year}-12-31"} for state in steps]
            told |= {"state": "closed", "evidence": "照片"}
            told["follow_ups"] = [{"on": str(day), "by": "李四", "text": sentence(dice, 24)}]
        yield told | {"history": history}


def _indicators(dice: Random, known: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Three of five have values of all years, the others are targets of projects."""
    for number in range(INDICATORS):
        name = {"name": f"指标{number}", "priority": NAMES[number % len(NAMES)]}
        if number % 5 < 3:
            months = (f"{year}-{month:02}" for year in YEARS for month in range(1, 13))
            values = {month: str(dice.randrange(1, 100)) for month in months}
            yield name | {"unit": "件", "baseline": "1", "target": "9", "values": values}
        else:
            yield name | {"project": [known[number * len(known) // INDICATORS]]}


def _plans(dice: Random) -> Iterator[dict[str, Any]]:
    for year in YEARS:
        for number in range(24):
            when = f"{year}-{number // 2 + 1:02}"
            texts = {"party": sentence(dice, 24), "business": sentence(dice, 24)}
            yield {"when": when, "section": "组织建设", "people": ["李四"], **texts}


def _agreements(tasks: Sequence[str], measured: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Ten of each year."""
    for number in range(10 * len(YEARS)):
        year = YEARS[number // 10]
        yield {
            "title": f"{year}年责任状（{number % 10 + 1}）",
            "signer": "李四",
            "starts": f"{year}-01-01",
            "ends": f"{year}-12-31",
            "items": [{"subject": "item", "id": uid} for uid in tasks[number * 20 :][:20]],
            "indicators": [{"subject": "indicator", "id": uid} for uid in measured[:5]],
            "clauses": "三天内答复",
        }


def _appraisals() -> Iterator[dict[str, Any]]:
    """One of each year, of every priority."""
    counts = {"satisfied": 2, "mostly_satisfied": 1, "neutral": 0, "dissatisfied": 0, "unrated": 0}
    for year in YEARS:
        yield {
            "title": f"{year}年度融合成效测评",
            "held_on": f"{year}-12-01",
            "year": year,
            "valid": 3,
            "ratings": [{"name": name, **counts} for name in NAMES],
        }


def _assessments(dice: Random) -> Iterator[dict[str, Any]]:
    """One for each quarter, of fifty standards."""
    for year in YEARS:
        for quarter in range(1, 5):
            criteria = [
                {
                    "number": str(n),
                    "item": "组织生活",
                    "standard": sentence(dice, 24),
                    "weight": "2",
                }
                for n in range(50)
            ]
            day = f"{year}-{quarter * 3:02}-28"
            yield {"title": f"对标{year}{quarter}", "day": day, "year": year, "criteria": criteria}
