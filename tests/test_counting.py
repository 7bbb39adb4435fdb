"""What the tests count is what a tracer would have seen."""

from __future__ import annotations

import builtins
import json
from pathlib import Path

import pytest
from coverage import Coverage

from tests import counting

SAMPLE = '''"""Text of a file."""

from __future__ import annotations

import enum
from contextlib import suppress
from dataclasses import dataclass
from functools import (
    cache,
    wraps,
)


class Colour(enum.Enum):
    """Has no statement but its values."""

    RED = 1
    BLUE = 2


@dataclass(
    frozen=True,
    slots=True,
)
class Pair:
    left: int
    right: int = 0

    @property
    def sum(self) -> int:
        """Both."""
        return self.left + self.right


def twice(call):
    @wraps(call)
    def called(*given):
        call(*given)
        return call(*given)

    return called


@twice
@cache
def size(n):
    if n < 0:
        return "less"
    elif n == 0:
        return "none"
    if n % 2:
        n += 1
    return n


def never(n):
    """Nobody calls it."""
    if n:
        return 1
    return 2


def only_text():
    """Nothing else."""


def search(rows, wanted):
    for row in rows:
        if row == wanted:
            break
        continue
    else:
        return None
    while row > 3:
        row -= 1
    while True:
        row += 1
        if row > 5:
            return row


def kind(value):
    match value:
        case 0 | 1:
            return "few"
        case int() if value > 9:
            return "many"
        case str():
            pass
        case [first, *_]:
            return first
    return "?"


def known(value):
    match value:
        case 1:
            return 1
        case _:
            return 2


def fails(how):
    try:
        if how:
            raise ValueError(how)
    except KeyError:
        return "key"
    except ValueError:
        return "value"
    else:
        return "fine"
    finally:
        how = None


def stops():
    with suppress(ZeroDivisionError):
        first = 1 / 0
        first += 1
    for n in (1, 2):
        if n > 5:
            yield n
        yield from range(n)


def leaves(n):  # pragma: no cover
    return n


WORDS = {
    "a": 1,
    "b": [
        n
        for n in range(3)
        if n
    ],
}
if WORDS:
    Pair(1).sum
    size(0)
    size(3)
search([1, 7], 7)
search([], 0)
kind(1)
kind("s")
kind(3)
known(2)
fails("x")
fails("")
only_text()
list(stops())
'''


@pytest.fixture
def sample(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = tmp_path / "sample.py"
    path.write_text(SAMPLE, encoding="utf-8")
    monkeypatch.setattr(builtins, counting.NAME, counting._ran, raising=False)
    yield path
    counting._files.pop(str(path), None)


def counted(path: Path) -> dict:
    target = path.with_suffix(".counted.json")
    counting.report({str(path): counting.ran(str(path))}, target)
    return of(target)


def traced(path: Path) -> dict:
    target = path.with_suffix(".traced.json")
    tracer = Coverage(data_file=None, branch=True, include=[str(path)], config_file=False)
    with tracer.collect():
        exec(compile(path.read_bytes(), str(path), "exec"), {"__name__": __name__})
    tracer.json_report(outfile=str(target))
    return of(target)


def of(report: Path) -> dict:
    (entry,) = json.loads(report.read_text(encoding="utf-8"))["files"].values()
    names = ("executed_lines", "missing_lines", "executed_branches", "missing_branches")
    return {name: entry[name] for name in (*names, "excluded_lines")}


def test_marks_say_what_a_tracer_says(sample: Path):
    exec(counting.marked(sample.read_bytes(), str(sample)), {"__name__": __name__})
    found = counted(sample)
    assert found["missing_lines"]
    assert found["missing_branches"]
    assert found == traced(sample)


def test_a_file_loaded_again_keeps_what_ran_before(sample: Path):
    sample.write_text("def one():\n    return 1\n\n\ndef two():\n    return 2\n", encoding="utf-8")
    for name in ("one", "two"):
        loaded = {}
        exec(counting.marked(sample.read_bytes(), str(sample)), loaded)
        loaded[name]()
    assert counted(sample)["missing_lines"] == []


def test_a_file_that_nothing_loads_counts_as_missing(sample: Path):
    other, target = sample.with_name("other.py"), sample.with_suffix(".json")
    other.write_text("ran = 1\n", encoding="utf-8")
    counting.report({str(other): ((1,), ()), str(sample): ((), ())}, target)
    files = json.loads(target.read_text(encoding="utf-8"))["files"]
    (missed,) = (entry for name, entry in files.items() if name.endswith("sample.py"))
    assert missed["executed_lines"] == []
    assert len(missed["missing_lines"]) > 50


def test_what_runs_in_a_pool_of_the_window_is_counted(sample: Path, qtbot):
    from dangjian_desktop.ui.desk.jobs import Jobs

    sample.write_text("def work():\n    return 'ran'\n", encoding="utf-8")
    loaded, told = {}, []
    exec(counting.marked(sample.read_bytes(), str(sample)), loaded)
    assert counted(sample)["missing_lines"] == [2]
    jobs = Jobs(told.append)
    jobs.library(loaded["work"], told.append)
    qtbot.waitUntil(lambda: told == ["ran"])
    assert jobs.close()
    assert counted(sample)["missing_lines"] == []
