"""The rule table: what ships with the program, changed by what the branch set for itself."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from dangjian_desktop import paths
from dangjian_desktop.domain.checks.facts import RuleText

OWN_RULES = "rules"
"""The setting under which a library keeps what its branch changed: {rule: {enabled, values}}."""


def shipped_rules() -> dict[str, RuleText]:
    """The table in ``resources/rules``, by rule id."""
    return dict(_shipped())


@cache
def _shipped() -> Mapping[str, RuleText]:
    with paths.resources("rules", "rules.toml").open("rb") as file:
        table = tomllib.load(file)
    return {name: RuleText(id=name, **row) for name, row in table.items() if isinstance(row, dict)}


def edition() -> str:
    """The date of the shipped table."""
    with paths.resources("rules", "rules.toml").open("rb") as file:
        return str(tomllib.load(file)["edition"])


def rules_with(own: Mapping[str, Mapping[str, Any]]) -> dict[str, RuleText]:
    """The shipped table with the branch's own switches and values."""
    table = shipped_rules()
    for name, change in own.items():
        if name in table:
            rule = table[name]
            table[name] = replace(
                rule,
                enabled=bool(change.get("enabled", rule.enabled)),
                values={**rule.values, **change.get("values", {})},
            )
    return table
