"""What a released version recorded, the present program still records: of every kind and ledger.

``differences`` of ``test_golden`` names what is meant to be different, there.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from dangjian_desktop.services.desk import open_desk
from tests.golden import make
from tests.golden.recorded import recorded
from tests.golden.shown import clock, leaves
from tests.golden.test_golden import differences

MADE = sorted(Path(__file__).parent.glob(f"*/{make.NAME}.recorded.json"))


@pytest.mark.parametrize("known", MADE, ids=lambda file: file.parent.name)
def test_all_that_a_version_recorded_is_read_as_it_was(known, tmp_path):
    library = Path(shutil.copy(known.parent / f"{make.NAME}.dangjian", tmp_path))
    desk = open_desk(library, clock=clock)
    try:
        assert desk.read_only == ""
        assert desk.copies.problems() == ()
        # As JSON, so that a tuple and a list are the same.
        told = json.dumps(recorded(desk), ensure_ascii=False)
    finally:
        desk.close()
    was, present = json.loads(known.read_text(encoding="utf-8")), json.loads(told)
    # A field that is new since then is empty.
    assert differences(f"{known.parent.name}.recorded", leaves(was), leaves(present)) == []


def test_the_golden_files_of_a_version_hold_every_kind_of_record(tmp_path):
    make.main(tmp_path / "9.9.9")
    told = json.loads((tmp_path / "9.9.9" / "示例.recorded.json").read_text("utf-8"))
    library = tmp_path / "9.9.9" / "示例.dangjian"
    desk = open_desk(library, write=False, clock=clock)
    try:
        kinds = {"member", "meeting", "project", *desk.shared}
        ledgers = {entry.ledger.code for entry in desk.ledgers.all()}
        assert len(desk.drafts.all("meeting")) == 1
    finally:
        desk.close()
    assert kinds | ledgers <= told.keys()
    # Made from the library itself, not from the files of the sample year.
    assert {name for name in kinds | ledgers if not told[name]} <= {"package", "template"}
