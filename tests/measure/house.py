"""Counts how the house is built: ``python -m tests.measure.house [TREE] [--verbose]``.

``TREE`` is a checkout, this one unless told; it needs no more than Python. What is counted:

- files that name a field: of the dataclasses reachable from ``Member``, ``Meeting`` and ``Project``
  every field whose name no other dataclass of the program has, and, as a second row, every field
  whose name only one of the three records has (``text``, ``day`` and other words of every day among
  them). A file of the program names it as an identifier, an attribute, an argument, a keyword
  argument or a whole string. The median.
- lines: every line of the program's ``.py`` files, those under a folder ``ledgers`` apart; those of
  ``ui`` with its ledgers.
- repeats: pairs of files of the program (a file with itself too) that share six or more lines of
  one shape. Names, strings and numbers are alike; comments, imports and docstrings are left out.
  Those that share only values and fields of modules and classes are told beside.
- parses: how often ``tests/test_architecture.py`` has ``ast.parse`` read one file, counted while
  its tests run in a process of their own.
- files of a record: files of program and tests with a word for it in their path.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from statistics import median

from tests.measure.fields import naming_files, trees_of
from tests.measure.repeats import declarations, repeated, sources

PROGRAM = "dangjian_desktop"
SUBJECTS = {
    "member": ("member", "roster", "roll", "identity"),
    "meeting": ("meeting", "minutes", "signin", "sitting", "attendance", "agenda"),
    "project": ("project",),
    "ledger": ("ledger",),
}
COUNT_PARSES = """
import ast, collections, json, pathlib, sys
import pytest
counted = collections.Counter()
parse = ast.parse
def counting(source, *more, **named):
    if isinstance(source, str):
        counted[source] += 1
    return parse(source, *more, **named)
ast.parse = counting
code = pytest.main(["tests/test_architecture.py", "-q", "-p", "no:cacheprovider", "-p", "no:xdist"])
paths = pathlib.Path().glob("[dit]*/**/*.py")
files = collections.Counter(path.read_text(encoding="utf-8") for path in paths)
seen = [text for text in files if text in counted]
# Files that say the same are told apart by their number.
most = max((-(-counted[text] // files[text]) for text in seen), default=0)
total, number = sum(counted[text] for text in seen), sum(files[text] for text in seen)
print("PARSES " + json.dumps([most, total, number, int(code)]))
"""


def say(text: str) -> None:
    """One line to the terminal."""
    sys.stdout.write(f"{text}\n")


def main() -> None:
    """Print every figure."""
    asked = argparse.ArgumentParser(description="Figures of the house.")
    asked.add_argument("tree", nargs="?", type=Path, default=Path(__file__).parents[2])
    asked.add_argument("--verbose", action="store_true", help="list what was counted")
    asked.add_argument("--no-parses", action="store_true", help="run no tests")
    options = asked.parse_args()
    tree: Path = options.tree.resolve()
    _fields(tree, verbose=options.verbose)
    _lines(tree)
    _repeats(tree, verbose=options.verbose)
    if not options.no_parses:
        _parses(tree)
    _records(tree, verbose=options.verbose)


def _fields(tree: Path, *, verbose: bool) -> None:
    trees = trees_of(tree / PROGRAM)
    for words, alone in (("dataclass", True), ("record", False)):
        found = naming_files(trees, alone=alone)
        counts = sorted(len(files) for files in found.values())
        say(
            f"files that name a field of one {words} only: median {median(counts):g}"
            f" ({len(counts)} fields, from {counts[0]} to {counts[-1]})"
        )
        if verbose and alone:
            for name, files in sorted(found.items(), key=lambda row: (-len(row[1]), row[0])):
                say(f"  {len(files):3} {name}: {' '.join(files)}")


def _lines(tree: Path) -> None:
    paths = list((tree / PROGRAM).rglob("*.py"))
    plain = [path for path in paths if "ledgers" not in path.relative_to(tree).parts]
    window = [path for path in paths if path.relative_to(tree / PROGRAM).parts[0] == "ui"]
    say(f"lines of the program without ledgers: {_count(plain)} ({len(plain)} files)")
    say(f"lines of ui with ledgers: {_count(window)} ({len(window)} files)")
    say(f"lines of ledgers: {_count(paths) - _count(plain)} ({len(paths) - len(plain)} files)")


def _count(paths: list[Path]) -> int:
    return sum(len(path.read_text(encoding="utf-8").splitlines()) for path in paths)


def _repeats(tree: Path, *, verbose: bool) -> None:
    files = sources(tree / PROGRAM)
    found = repeated(files)
    alone = declarations(files, found)
    say(f"pairs of files that repeat six or more lines: {len(found)} ({alone} declarations alone)")
    if verbose:
        for (one, other), (first, second) in sorted(found.items()):
            say(f"  {one}:{first} ~ {other}:{second}")


def _parses(tree: Path) -> None:
    """In a process of its own, so that nothing counted here stays changed."""
    done = subprocess.run(
        [sys.executable, "-c", COUNT_PARSES], cwd=tree, capture_output=True, text=True, check=False
    )
    told = [line for line in done.stdout.splitlines() if line.startswith("PARSES ")]
    if not told:
        say(f"parses of one file by the architecture tests: not counted ({done.stderr[-200:]})")
        return
    most, total, files, code = json.loads(told[0].removeprefix("PARSES "))
    said = "" if code == 0 else f"; the tests ended with {code}"
    say(f"parses of one file by the architecture tests: {most} ({total} of {files} files{said})")


def _records(tree: Path, *, verbose: bool) -> None:
    for subject, words in SUBJECTS.items():
        program = _bearing(tree, PROGRAM, words)
        tests = _bearing(tree, "tests", words)
        folders = {path.parent for path in program}
        say(
            f"files of {subject}: {len(program)} in {len(folders)} folders,"
            f" {_count(list(program))} lines; tests {len(tests)}"
        )
        if verbose:
            for path in program:
                say(f"  {path.relative_to(tree).as_posix()}")


def _bearing(tree: Path, part: str, words: tuple[str, ...]) -> Mapping[Path, None]:
    """Files with one of the words in a part of their path, each once, in order."""
    paths = sorted((tree / part).rglob("*.py"))
    relative = {path: path.relative_to(tree / part).as_posix() for path in paths}
    return dict.fromkeys(
        path for path, name in relative.items() if any(word in name for word in words)
    )


if __name__ == "__main__":
    main()
