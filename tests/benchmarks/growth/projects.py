"""Projects of years as the contract writes them: those that were carried, those forgotten."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Any

from dangjian_desktop.domain.members.member import Member
from tests.benchmarks.growth.words import paragraphs, sentence

_STEPS = (("03-20", "20"), ("06-20", "30"), ("09-20", "30"), ("12-10", "20"))
_BEFORE = (
    ("declared", "01-08"),
    ("reviewed", "01-16"),
    ("approved", "01-20"),
    ("running", "01-21"),
)
_AFTER = (("midterm", "07-10"), ("closing", "12-15"), ("accepted", "12-24"))


def of_years(
    dice: Random, roster: Sequence[Member], years: tuple[int, int], many: int
) -> list[dict[str, Any]]:
    """So many, spread over the years; those of the last year still go on."""
    first, last = years
    each = many // (last - first + 1)
    return [
        _project(
            dice,
            roster,
            number,
            first + number // each,
            kept=True,
            ended=first + number // each < last,
        )
        for number in range(many)
    ]


def forgotten(dice: Random, roster: Sequence[Member], last: int, many: int) -> list[dict[str, Any]]:
    """So many, begun in ten different years until the last, on which nothing was ever reported."""
    return [
        _project(dice, roster, 10_000 + number, last - number % 10, kept=False, ended=False)
        | {"end": f"{last}-12-31"}
        for number in range(many)
    ]


def _project(
    dice: Random, roster: Sequence[Member], number: int, year: int, *, kept: bool, ended: bool
) -> dict[str, Any]:
    steps = [*_BEFORE, *(_AFTER if ended else ())]
    return {
        "title": f"{sentence(dice, 10).rstrip('。')}{number}",
        "category": "党建+业务",
        "state": steps[-1][0],
        "secretary": roster[0].name,
        "team": [{"name": each.name, "task": sentence(dice, 10)} for each in roster[1:4]],
        "start": f"{year}-01-01",
        "end": f"{year}-12-31",
        "declared_on": f"{year}-01-08",
        "number": f"{year}-书-{number:05}",
        "background": "".join(paragraphs(dice, 200)),
        "problem": "".join(paragraphs(dice, 110)),
        "measures": paragraphs(dice, 200, 40),
        "targets": [_target(dice, year, n, kept) for n in range(3)],
        "milestones": [
            {
                "what": sentence(dice, 14).rstrip("。"),
                "weight": weight,
                "planned": f"{year}-{day}",
                "actual": f"{year}-{day}" if kept else None,
                "evidence": "记录" if kept else None,
            }
            for day, weight in _STEPS
        ],
        "progress": [
            {"period": f"{year}-{month:02}", "done": sentence(dice, 60)} for month in range(1, 13)
        ]
        if kept
        else [],
        "history": [
            {"state": state, "on": f"{year}-{day}", "by": "上级党委", "paper": "通知"}
            for state, day in steps
        ],
    }


def _target(dice: Random, year: int, number: int, kept: bool) -> dict[str, Any]:
    values = {f"{year}-{month:02}": f"{dice.randrange(80, 200) / 10}" for month in range(1, 13)}
    return {
        "indicator": f"指标{number + 1}",
        "unit": "小时",
        "direction": "down",
        "counting": "mean",
        "baseline": "18.6",
        "target": "12",
        "source": "逐月核对",
        "values": values if kept else {},
    }
