"""What the fault cases stand on; each says its number by ``@pytest.mark.case(1)``.

The rows of all processes of a run come together in ``build/faults``; whoever ends last has all.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from dangjian_desktop.services.library import passwords
from tests.faults.cases import CASES, Row, Trial, table
from tests.faults.runs import Runs
from tests.faults.whole import Shut, copied
from tests.services.make import a_library

PASSWORD = "支部的密码很长"
_TRIAL = pytest.StashKey[Trial]()
_SKIPPED = {"needs root": "需要管理员权限"}


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "case(number): the case of the fault table")


@pytest.fixture(autouse=True)
def trial(request: pytest.FixtureRequest) -> Trial:
    """The row of this test in the table."""
    marker = request.node.get_closest_marker("case")
    assert marker is not None, "a fault test says which case it is"
    made = request.node.stash[_TRIAL] = Trial(marker.args[0])
    assert made.number in CASES
    return made


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A branch of ten, made once."""
    library = a_library(tmp_path_factory.mktemp("template"))
    library.close()
    return library.path


@pytest.fixture
def path(template: Path, tmp_path: Path) -> Path:
    """A library of its own, in a folder of its own."""
    folder = tmp_path / "资料"
    folder.mkdir()
    return Path(shutil.copy(template, folder / "支部.dangjian"))


@pytest.fixture
def runs(tmp_path: Path) -> Iterator[Runs]:
    """Processes of the program; what they said and logged holds no number of a person."""
    made = Runs(tmp_path / "runs")
    yield made
    made.end()


@pytest.fixture(params=[False, True], ids=["open", "locked"])
def shut(request: pytest.FixtureRequest, quick_passwords: None, runs: Runs) -> Shut:
    """Leaves a library as it is; then, in a second run of the test, puts it under a password,
    which all processes are given."""

    def under_password(library: Path) -> Path:
        passwords.set_password(library, passwords.new_secret(), PASSWORD)
        passwords.unlock(library, PASSWORD)
        runs.given["DANGJIAN_PASSWORD"] = PASSWORD
        return library

    return under_password if request.param else lambda library: library


@pytest.fixture
def begun(shut: Shut, template: Path, tmp_path: Path) -> Path:
    """The branch of ten without a password, then with one."""
    folder = tmp_path / "原样"
    folder.mkdir()
    return shut(copied(template, folder))


# ---- the table --------------------------------------------------------------------------------


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]):
    report = yield
    trial = item.stash.get(_TRIAL, None)
    if trial is not None and (report.when == "call" or report.failed or report.skipped):
        _write(item.config, Row(trial.number, trial.tries, trial.lost, _verdict(report)))
    return report


def _verdict(report: pytest.TestReport) -> str:
    if report.skipped:
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else ""
        known = (verdict for words, verdict in _SKIPPED.items() if words in reason)
        return next(known, "本机做不了")
    return "通过" if report.passed else "不通过"


def _rows_file(config: pytest.Config) -> Path:
    run = os.getppid() if hasattr(config, "workerinput") else os.getpid()
    return config.rootpath / "build" / "faults" / f"{run}.jsonl"


def _write(config: pytest.Config, row: Row) -> None:
    file = _rows_file(config)
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a", encoding="utf-8") as out:
        out.write(json.dumps(row) + "\n")


def pytest_sessionfinish(session: pytest.Session) -> None:
    file = _rows_file(session.config)
    if file.exists():
        rows = [Row(*json.loads(line)) for line in file.read_text("utf-8").splitlines()]
        file.with_name("table.txt").write_text(table(rows) + "\n", encoding="utf-8")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    file = _rows_file(terminalreporter.config)
    # A worker that ends first must leave the rows to the others.
    if file.exists() and not hasattr(terminalreporter.config, "workerinput"):
        terminalreporter.section("faults")
        terminalreporter.write_line(file.with_name("table.txt").read_text(encoding="utf-8"))
        file.unlink()
