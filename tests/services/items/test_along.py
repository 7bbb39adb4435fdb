"""What one import closes together: a problem beside its tasks, in whatever order they come."""

from __future__ import annotations

import pytest

from dangjian_desktop.domain.items.item import ItemState
from dangjian_desktop.errors import InputError
from tests.services.items.items_world import FOUR, a_task, asked, stored
from tests.services.talks.talks_world import a_desk


@pytest.fixture
def desk(tmp_path):
    with a_desk(tmp_path) as desk:
        yield desk


@pytest.fixture
def told(desk):
    """The JSON of a problem and of its task, which both are open in the library."""
    [problem] = stored(desk, a_task("吹干机没人修", **FOUR) | {"kind": "problem"})
    [task] = stored(desk, a_task(**FOUR, problem=problem.id))
    return desk.shared["item"].as_json([problem, task])


def as_ended(entry):
    steps = [{"state": s, "on": "2026-03-10"} for s in ("close_requested", "closed")]
    return entry | {"state": "closed", "evidence": "派工单", "history": steps}


@pytest.mark.parametrize("turn", [1, -1])
def test_a_problem_and_its_task_end_in_one_import(desk, told, turn):
    ended = [as_ended(entry) for entry in told][::turn]
    assert len(desk.shared["item"].import_json(ended)["ids"]) == 2
    assert {item.state for item in desk.shared["item"].all()} == {ItemState.CLOSED}


def test_a_problem_whose_task_comes_along_open_does_not_end(desk, told):
    problem, task = told
    with pytest.raises(InputError) as info:
        desk.shared["item"].import_json([as_ended(problem), task | {"category": "安全"}])
    [issue] = info.value.issues
    assert "还有1项任务没有销号" in issue.message


def test_what_does_not_change_the_state_is_stored_though_a_task_goes_on(desk, told):
    ended = [as_ended(entry) for entry in told]
    _problem, task = desk.shared["item"].import_json(ended)["ids"]
    desk.items.take([task], asked(ItemState.OPEN, "2026-03-11", note="又坏了"))
    records = desk.shared["item"]
    [again] = records.import_json(ended[0] | {"category": "安全"})["ids"]
    kept = records.one(again)
    assert (kept.category, kept.state) == ("安全", ItemState.CLOSED)
    assert records.import_json(ended[0] | {"category": "安全"})["unchanged"] == [again]
    records.save(kept)
