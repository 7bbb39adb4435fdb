"""Cases 1, 2: killed while saving."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest

from tests.faults.cases import Trial, many
from tests.faults.runs import Runs
from tests.faults.whole import lost, saved


@pytest.mark.case(1)
def test_killed_while_saving(path: Path, runs: Runs, trial: Trial) -> None:
    chance = random.Random(1)
    for _ in range(many(20, 400)):
        before = saved(path)
        child = runs.start("save", path, "--forever", "--from", max(before, default=0) + 1)
        child.wait_for("ack")
        time.sleep(chance.uniform(0, 0.05))
        child.kill()
        trial.tries += 1
        trial.lost += len(lost(path, before, child.acknowledged))
    assert trial.lost == 0
