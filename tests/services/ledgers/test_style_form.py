"""A declaration in its maker and back: the same, or settled on the fields that are left."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from dangjian_desktop.domain.fields import FieldType
from dangjian_desktop.domain.ledgers.checks import problems_of
from dangjian_desktop.domain.ledgers.ledger import GridPrint, TablePrint
from dangjian_desktop.services.ledgers.catalogue import shipped
from dangjian_desktop.services.ledgers.style_checks import problems_in
from dangjian_desktop.services.ledgers.style_form import ledger_of, state_of


def held(ledger, **how):
    """The form as a draft gives it back."""
    return json.loads(json.dumps(state_of(ledger, **how)))


@pytest.mark.parametrize("code", sorted(shipped()))
def test_the_maker_gives_every_built_in_ledger_back_as_it_was(code):
    ledger = shipped()[code]
    state = held(ledger)
    assert ledger_of(state) == ledger
    assert problems_in(state, ledger_of(state)) == {}


def test_a_word_keeps_its_code_however_often_the_form_is_saved():
    ledger = shipped()["training"]
    state = held(ledger)
    row = next(r for r in state["fields"] if r["label"] == "类别")
    row["choices"] += "、网上直播"
    first = {w: c for c, w in ledger_of(state).named("form").choices}
    row["choices"] = "以会代训、" + row["choices"]
    second = {w: c for c, w in ledger_of(state).named("form").choices}
    assert second["网上直播"] == first["网上直播"]
    assert second["以会代训"] != first["网上直播"]
    assert second["集中培训"] == "class"


def test_columns_that_nobody_gave_a_width_fit_the_page():
    state = held(shipped()["articles"], printed=False)
    made = ledger_of(state)
    assert problems_in(state, made) == {}
    table = next(p for p in made.prints if isinstance(p, TablePrint))
    assert sum(width for _, width in table.columns) <= 246


def test_a_field_that_is_taken_away_takes_along_what_names_it():
    ledger = shipped()["training"]
    state = held(ledger)
    state["fields"] = [r for r in state["fields"] if r["label"] not in ("学时", "开始日期")]
    made = ledger_of(state)
    assert problems_of(made) == []
    assert made.day == "ends"
    assert [f.name for f in made.figures] == ["rows", "people"]
    assert made.summary is None
    assert "hours" not in made.listed
    grid = next(p for p in made.prints if isinstance(p, GridPrint))
    assert grid.value == ""


def test_a_word_taken_from_the_choices_and_a_retired_field_stay_as_they_are():
    ledger = shipped()["training"]
    gone = replace(
        ledger,
        retired_choices=(("form", "self_study"),),
        fields=tuple(
            replace(f, retired="2026-01-01") if f.name == "certificate" else f
            for f in ledger.fields
        ),
    )
    state = held(gone)
    assert "自学" not in next(r for r in state["fields"] if r["name"] == "form")["choices"]
    assert "证书号" not in [r["label"] for r in state["fields"]]
    made = ledger_of(state)
    assert made.retired_choices == gone.retired_choices
    assert made.named("form").title_of("self_study") == "自学"
    assert made.named("certificate").retired == "2026-01-01"


def test_a_type_that_changes_keeps_no_bounds_and_a_number_no_choices():
    state = held(shipped()["training"])
    hours = next(r for r in state["fields"] if r["name"] == "hours")
    hours["type"] = "text"
    form = next(r for r in state["fields"] if r["name"] == "form")
    form["type"] = "person/member"
    made = ledger_of(state)
    assert (made.named("hours").type, made.named("hours").unit) == (FieldType.TEXT, "")
    assert made.named("hours").bounds.least is None
    assert (made.named("form").choices, made.named("form").who) == ((), "member")
