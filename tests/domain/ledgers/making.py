"""A ledger as a branch makes one, and rows of it."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count
from typing import Any

from dangjian_desktop import paths
from dangjian_desktop.domain.ledgers.figures import Entry
from dangjian_desktop.domain.ledgers.ledger import GridPrint, Ledger
from dangjian_desktop.domain.ledgers.reading import read_ledger
from dangjian_desktop.domain.ledgers.rows import (
    LedgerRow,
    kept_values,
    loaded_values,
    subjects_in,
)

BUILTIN = sorted(paths.resources("ledgers").glob("*.toml"))
_NUMBERS = count(1)

OWN = """
format = 1
code = "own_0a1b2c3d"
title = "身边无三违"
section = "work"
origin = "own"
edition = 1
level = "internal"
row = "月度情况"
name = "{who}{month}"
day = "month"
period = "month"
people = ["who"]
identity = ["month", "who"]
listed = ["month", "who", "near"]
sort = ["-month"]
field = [
  { name = "month", label = "月份", type = "month", required = true },
  { name = "who", label = "党员", type = "people", who = "member", required = true },
  { name = "near", label = "身边三违", type = "decimal", places = 0, least = "0", unit = "人次" },
  { name = "told", label = "说明", type = "long_text" },
]
ask = { who = "members", on = "any_day", per = "month", field = "who", but = ["waived"] }
[[print]]
kind = "grid"
title = "{branch}{period}身边无三违统计表"
rows = "who"
value = "near"
"""


def builtin(code: str) -> Ledger:
    return read_ledger(paths.resources("ledgers", f"{code}.toml").read_text(encoding="utf-8"))


def own(old: str = "", new: str = "", *more: tuple[str, str]) -> str:
    """The text of a branch's own ledger, something in it put in place of something else."""
    text = OWN
    for was, becomes in ((old, new), *more) if old else more:
        assert was in text, was
        text = text.replace(was, becomes)
    return text


def a_row(ledger: Ledger, plain: Mapping[str, Any], **more: Any) -> LedgerRow:
    """A row from kept values, whose id counts up."""
    values, rest = loaded_values(ledger, plain)
    assert not rest, rest
    return LedgerRow(**{"id": f"r{next(_NUMBERS)}", "ledger": ledger.code, "values": values} | more)


def entries(ledger: Ledger, layout: GridPrint, rows: list[LedgerRow]) -> list[Entry]:
    """What the rows give a grid, all of one year."""
    asked = ledger.named(layout.rows)
    return [
        (
            row.id,
            row.first_day(ledger).month,
            subjects_in(asked, kept_values(ledger, row)[asked.name]),
            row.value(layout.value),
        )
        for row in rows
        if row.filled(asked.name)
    ]
