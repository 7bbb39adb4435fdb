"""Case 3: the power goes while saving."""

from __future__ import annotations

import shutil
from pathlib import Path
from random import Random

import pytest

from dangjian_desktop.services.desk import open_desk
from dangjian_desktop.storage.file import connecting
from tests.faults.cases import Trial, many
from tests.faults.disk import watched
from tests.faults.driver import save_one
from tests.faults.power import Cut
from tests.faults.whole import copied, lost


@pytest.mark.case(3)
@pytest.mark.parametrize("pages", [None, 20], ids=["usual", "spilling"])
def test_the_power_goes(begun: Path, tmp_path: Path, trial: Trial, pages, monkeypatch) -> None:
    (tmp_path / "资料").mkdir()
    path = copied(begun, tmp_path / "资料")
    if pages:
        more = (*connecting._PRAGMAS, f"cache_size={pages}")
        monkeypatch.setattr(connecting, "_PRAGMAS", more)
    chance = Random(pages)
    cut_at = Path(shutil.copy(path, tmp_path / path.name))
    with watched(keep=True) as disk:
        desk = open_desk(path)
        disk.steps.clear()
        for number in range(1, many(3, 24)):
            save_one(desk, number)
            disk.note("ack", at=number)
        cut = Cut(disk.steps, cut_at)
        desk._library.close()
    monkeypatch.undo()
    for at in sorted(chance.choices(range(len(disk.steps)), k=many(25, 400))):
        cut.go_to(at)
        cut.leave(tmp_path, chance)
        trial.tries += 1
        trial.lost += len(lost(cut_at, (), cut.acknowledged))
    assert trial.lost == 0
