"""Whatever comes in: it is taken, or refused in words, and then nothing is changed.

``DANGJIAN_FUZZ=N`` makes N times as many inputs (2,000 by themselves), ``DANGJIAN_SEED`` others.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

import pytest

from dangjian_desktop.cli.meetings import read_json
from dangjian_desktop.errors import UserError
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.storage.file.connecting import raw
from dangjian_desktop.storage.state import state_of
from dangjian_desktop.ui.desk.store import SettingsStore
from tests.domain.make_projects import a_full_project
from tests.fuzz.spoiling import spoiled, spoiled_bytes, spoiled_text
from tests.services.make import a_library, a_meeting, clock

TIMES = int(os.environ.get("DANGJIAN_FUZZ", "1"))
SEED = os.environ.get("DANGJIAN_SEED", "党")
ROSTER = """姓名,性别,民族,出生日期,身份证号码,入党日期,转正日期,人员类别,党内职务,联系电话
周立峰,男,汉族,1975-03-02,,1998-07-01,1999-07-01,正式党员,书记,13800000001
欧阳䶮,女,土家族,1980.5,,2005年6月,2006年6月,正式党员,组织委员,
预备甲,男,汉族,1999-01-01,,2025-11-01,,预备党员,,13800000002
"""


@pytest.fixture
def desk(tmp_path):
    made = Desk(a_library(tmp_path), clock)
    made.branch.enter({})
    yield made
    made._library.close()


def state(desk: Desk) -> str | None:
    """The mark that every change of the library renews."""
    with raw(desk.path) as connection:
        return state_of(connection)


def try_all(desk: Desk, kind: str, many: int, make: Callable[[Random], Callable[[], Any]]) -> int:
    """Try so many inputs; how many were taken."""
    taken, before = 0, state(desk)
    for number in range(many * TIMES):
        refused = ended(make(Random(f"{SEED} {kind} {number}")))
        if refused is None:
            taken, before = taken + 1, state(desk)
            continue
        told = f"{kind} {number} of seed {SEED}"
        assert isinstance(refused, UserError), f"{told}: {refused!r}"
        assert all((refused.message, *(issue.message for issue in refused.issues))), told
        assert state(desk) == before, f"{told}: refused, but something changed"
    return taken


def ended(act: Callable[[], Any]) -> Exception | None:
    """How it ended: nothing where what came in was taken."""
    try:
        act()
    except Exception as error:  # noqa: BLE001 - any end that is no refusal is what is looked for
        return error
    return None


def test_meetings(desk):
    plain = a_meeting()

    def make(random: Random):
        return lambda: desk.meetings.import_json(spoiled(plain, random))

    assert try_all(desk, "meeting", 400, make) > 0


def test_projects(desk):
    project = a_full_project(secretary=None, team=())
    [plain] = desk.projects.records.as_json([project])

    def make(random: Random):
        return lambda: desk.projects.import_json(spoiled(plain, random))

    try_all(desk, "project", 300, make)


def test_members(desk):
    plain = desk.roster.listed()[0] | {"id": None, "name": "新来", "ethnicity": "汉族"}

    def make(random: Random):
        return lambda: desk.roster.records.import_json(spoiled(plain, random))

    assert try_all(desk, "member", 250, make) > 0


def test_rows_of_ledgers(desk):
    who = desk.meetings.members()[0].name
    rows = [
        {
            "values": {
                "day": "2026-03-05",
                "topic": "党章学习",
                "form": "class",
                "organiser": "支部",
                "hours": "2",
                "who": [who],
            }
        }
    ]

    def make(random: Random):
        return lambda: desk.ledger_imports.run_json(
            "training", spoiled(rows, random), "x.json", copy=False
        )

    assert try_all(desk, "ledger", 250, make) > 0


def test_files_of_ledgers(desk, tmp_path):
    [file] = [desk.ledger_styles.export_file("training", tmp_path)]
    text = file.read_text(encoding="utf-8")
    names = count()

    def make(random: Random):
        made = tmp_path / f"{next(names)}.toml"
        broken = spoiled_text(text, random).encode("utf-8", "surrogatepass")
        made.write_bytes(spoiled_bytes(broken, random) if random.random() < 0.2 else broken)
        return lambda: desk.ledger_styles.read_file(made)

    try_all(desk, "toml", 250, make)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_rosters(desk, tmp_path, encoding):
    names = count()

    def make(random: Random):
        made: Path = tmp_path / f"{next(names)}.csv"
        broken = spoiled_text(ROSTER, random).encode(encoding, "ignore")
        made.write_bytes(spoiled_bytes(broken, random) if random.random() < 0.3 else broken)
        return lambda: desk.imports.plan(desk.imports.read(made))

    assert try_all(desk, f"roster {encoding}", 100, make) > 0


def test_workbooks_that_are_none(desk, tmp_path, samples):
    names = count()
    whole = [f for f in sorted(samples.rglob("*")) if f.suffix in (".xlsx", ".xls", ".ods")]

    def make(random: Random):
        source = random.choice(whole)
        made = tmp_path / f"{next(names)}{source.suffix}"
        made.write_bytes(spoiled_bytes(source.read_bytes(), random))
        return lambda: desk.imports.read(made)

    try_all(desk, "workbook", 60, make)


def test_drafts_never_take_a_page_down(desk):
    forms = ("meeting", "project", "member", "progress", "ledger:training", "ledger_style", "无")
    plain = a_meeting() | {"id": "x", "attendance": [], "known": {}}
    for number in range(150 * TIMES):
        random = Random(f"{SEED} draft {number}")
        form = spoiled(plain, random)
        try:
            desk.drafts.put(random.choice(forms), f"u{number}", form)
        except (UserError, TypeError, ValueError):
            continue
        if number % 10 == 0:
            desk.drafts.all()
            desk.drafts.unreadable()


def test_settings_of_the_window(tmp_path):
    file = tmp_path / "window.ini"
    store = SettingsStore(file)
    store.points = 14.0
    store.remember_library(tmp_path / "a.dangjian")
    store.set_texts("columns", ["a", "b"])
    store.sync()
    text = file.read_text(encoding="utf-8")
    for number in range(40 * TIMES):
        random = Random(f"{SEED} settings {number}")
        broken = spoiled_text(text, random).encode("utf-8", "surrogatepass")
        file.write_bytes(spoiled_bytes(broken, random))
        read = SettingsStore(file)
        assert 8 <= read.points <= 30
        assert all(isinstance(path, Path) for path in read.recent)
        (read.mode, read.shape("window"), read.texts("columns"), read.last_folder("import"))


def test_json_that_is_none(desk, tmp_path):
    text = json.dumps(a_meeting(), ensure_ascii=False)

    def make(random: Random):
        made = tmp_path / "x.json"
        made.write_bytes(spoiled_text(text, random).encode("utf-8", "surrogatepass"))
        return lambda: read_json(made)

    try_all(desk, "json", 100, make)
