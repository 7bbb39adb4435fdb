"""The holidays that ship with the program, for papers that count working days."""

from __future__ import annotations

import tomllib
from datetime import timedelta
from functools import cache

from dangjian_desktop import paths
from dangjian_desktop.domain.workdays import Workdays


@cache
def shipped_workdays() -> Workdays:
    """The table in ``resources/rules``."""
    with paths.resources("rules", "holidays.toml").open("rb") as file:
        years = tomllib.load(file)["year"]
    return Workdays(
        years=frozenset(each["year"] for each in years),
        off=frozenset(
            first + timedelta(days=n)
            for each in years
            for first, last in each["off"]
            for n in range((last - first).days + 1)
        ),
        worked=frozenset(day for each in years for day in each["worked"]),
    )
