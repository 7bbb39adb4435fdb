"""轮讲 on a real library: written at once, taken back at once, kept where something was entered."""

from __future__ import annotations

import pytest

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.ledgers.ledger import GridPrint
from dangjian_desktop.errors import InputError
from dangjian_desktop.services.ledgers.counting import LedgerCounts
from dangjian_desktop.services.ledgers.ledgers import LedgerService
from dangjian_desktop.services.ledgers.rotas import LedgerRotas
from dangjian_desktop.services.papers.printing import PrintingService, Wanted
from tests.documents.reading import pdf_texts
from tests.services.make import a_library, clock


@pytest.fixture
def library(tmp_path):
    opened = a_library(tmp_path)
    yield opened
    opened.close()


def test_turns_are_rows_of_the_ledger_and_go_as_they_came(library) -> None:
    rotas, ledgers = LedgerRotas(library, clock), LedgerService(library, clock)
    proposed = rotas.proposed("short_lessons", 2026)
    assert len(proposed.turns) == 10
    assert ledgers.of("short_lessons").find() == []
    batch, count = rotas.assign("short_lessons", 2026)
    assert count == 10
    rows = ledgers.as_json("short_lessons")
    assert [row["period"] for row in rows] == [f"2026-{n:02d}" for n in range(3, 13)]
    assert [row["values"]["who"] for row in rows] == [turn.name for turn in proposed.turns]
    assert {row["values"]["group"] for row in rows} == {"第一党小组"}
    with pytest.raises(InputError, match="没有可以增加的轮次"):
        rotas.assign("short_lessons", 2026)
    assert rotas.undo(batch) == (10, 0)
    assert ledgers.of("short_lessons").find() == []


def test_a_turn_that_was_held_is_not_taken_back_unasked(library) -> None:
    rotas, ledgers = LedgerRotas(library, clock), LedgerService(library, clock)
    batch, _count = rotas.assign("short_lessons", 2026)
    row = ledgers.as_json("short_lessons")[0]
    held = row["values"] | {"held": "2026-03-15", "topic": "安全规程"}
    ledgers.save(ledgers.read("short_lessons", held, row["id"]))
    with pytest.raises(InputError):
        rotas.undo(batch)
    assert len(ledgers.of("short_lessons").find()) == 10
    grids = [p for p in ledgers.one_ledger("short_lessons").ledger.prints if type(p) is GridPrint]
    done = LedgerCounts(library, clock).grid("short_lessons", grids[1], 2026)
    assert [cells[2].text for name, cells in done.lines if name == row["values"]["who"]] == ["3.15"]
    assert (done.totals[2].text, done.totals[3].text, done.totals[12].text) == ("1", "", "1")


def test_the_sheet_says_who_has_not_yet(library) -> None:
    rotas, ledgers = LedgerRotas(library, clock), LedgerService(library, clock)
    rotas.assign("short_lessons", 2026)
    row = ledgers.as_json("short_lessons")[0]
    held = row["values"] | {"held": "2026-03-15", "topic": "安全规程"}
    ledgers.save(ledgers.read("short_lessons", held, row["id"]))
    printing = PrintingService(library, clock)
    wanted = Wanted(period=Period(2026, 1, 12))
    told = "".join(pdf_texts(printing.preview("ledger:short_lessons:1", "", wanted)))
    waiting = {each["values"]["who"] for each in ledgers.as_json("short_lessons")} - {held["who"]}
    assert f"2026年已讲1人；已排、尚未讲的{len(waiting)}人：" in told
    assert "没有轮次" not in told, "everybody has one"


def test_a_ledger_without_turns_says_so(library) -> None:
    with pytest.raises(InputError, match="不按人轮讲"):
        LedgerRotas(library, clock).proposed("training", 2026)
