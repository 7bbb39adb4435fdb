"""轮讲 on a real library: written at once, taken back at once, kept where something was entered."""

from __future__ import annotations

import pytest

from dangjian_desktop.domain.ledgers.ledger import GridPrint
from dangjian_desktop.errors import InputError
from dangjian_desktop.services.ledgers.counting import LedgerCounts
from dangjian_desktop.services.ledgers.ledgers import LedgerService
from dangjian_desktop.services.ledgers.rotas import LedgerRotas
from tests.services.make import a_library, clock


@pytest.fixture
def library(tmp_path):
    opened = a_library(tmp_path)
    yield opened
    opened.close()


def test_turns_are_rows_of_the_ledger_and_go_as_they_came(library) -> None:
    rotas, ledgers = LedgerRotas(library, clock), LedgerService(library, clock)
    proposed = rotas.proposed("short_lessons", 2026)
    assert len(proposed.turns) == 12
    assert ledgers.of("short_lessons").find() == []
    batch, count = rotas.assign("short_lessons", 2026)
    assert count == 12
    rows = ledgers.as_json("short_lessons")
    assert [row["period"] for row in rows] == [f"2026-{n:02d}" for n in range(1, 13)]
    assert [row["values"]["who"] for row in rows] == [turn.name for turn in proposed.turns]
    assert {row["values"]["group"] for row in rows} == {"第一党小组"}
    with pytest.raises(InputError, match="都已排满"):
        rotas.assign("short_lessons", 2026)
    assert rotas.undo(batch) == (12, 0)
    assert ledgers.of("short_lessons").find() == []


def test_a_turn_that_was_held_is_not_taken_back_unasked(library) -> None:
    rotas, ledgers = LedgerRotas(library, clock), LedgerService(library, clock)
    batch, _count = rotas.assign("short_lessons", 2026)
    row = ledgers.as_json("short_lessons")[0]
    held = row["values"] | {"held": "2026-01-15", "topic": "安全规程"}
    ledgers.save(ledgers.read("short_lessons", held, row["id"]))
    with pytest.raises(InputError):
        rotas.undo(batch)
    assert len(ledgers.of("short_lessons").find()) == 12
    grids = [p for p in ledgers.one_ledger("short_lessons").ledger.prints if type(p) is GridPrint]
    done = LedgerCounts(library, clock).grid("short_lessons", grids[1], 2026)
    assert [cells[0].text for name, cells in done.lines if name == row["values"]["who"]] == ["1.15"]
    assert (done.totals[0].text, done.totals[1].text, done.totals[12].text) == ("1", "", "1")


def test_a_ledger_without_turns_says_so(library) -> None:
    with pytest.raises(InputError, match="不按人轮讲"):
        LedgerRotas(library, clock).proposed("training", 2026)
