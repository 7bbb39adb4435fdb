"""One of each shared record, for windows in which every page has something to show."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dangjian_desktop.services.desk import Desk

NAMES = ("张三", "李四")


def of_each(names: Sequence[str] = NAMES) -> dict[str, dict[str, Any]]:
    """What is imported, by the code of the record."""
    one, other = names[:2]
    return {
        "brand": {"name": f"{one}工作法", "meaning": "问题不过班"},
        "plan": {
            "when": "2026-01",
            "party": "党课",
            "business": "检修",
            "section": f"{one}组",
            "people": [one],
        },
        "priority": {"name": f"{one}班产量", "wanted": "按月完成"},
        "indicator": {
            "name": f"{one}班产量",
            "priority": "产量",
            "unit": "吨",
            "year": "2026",
            "values": {"2026-01": "120.5"},
        },
        "fusion_appraisal": {
            "title": f"{other}班测评",
            "held_on": "2026-01-08",
            "year": 2026,
            "ratings": [{"name": f"{one}班"}],
        },
        "duty_agreement": {
            "title": f"{other}班责任状",
            "signer": one,
            "starts": "2026-01-01",
            "ends": "2026-12-31",
        },
        "assessment": {"title": f"{other}班达标表", "day": "2026-01-07"},
        "item": {
            "kind": "task",
            "content": f"由{one}修好更衣室",
            "found_on": "2026-01-06",
            "responsible": one,
            "due": "2026-01-20",
        },
    }


def add_each(desk: Desk, names: Sequence[str] = NAMES) -> None:
    """Put them into the library."""
    for code, told in of_each(names).items():
        desk.shared[code].import_json(told)
    problem = {"kind": "problem", "content": "更衣室的门坏了", "found_on": "2026-01-05"}
    [uid] = desk.shared["item"].import_json(problem | {"due": "2026-01-21"})["ids"]
    task = {"kind": "task", "content": "换门", "found_on": "2026-01-06", "due": "2026-01-22"}
    desk.shared["item"].import_json(task | {"problem": [{"id": uid}]})
