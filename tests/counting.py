"""Counts the lines and branches of the program that the tests run.

    python -m tests.counting [PYTEST_ARGUMENTS]

Each statement gets a mark before it while its file is loaded. A tracer would slow every line of
every library too, and would have to be set in each thread. What a statement and what a branch is
is asked of coverage, which also makes the report.
"""

from __future__ import annotations

import ast
import builtins
import json
import os
import sys
from collections.abc import Iterable, Iterator
from importlib.machinery import SourceFileLoader
from itertools import chain
from pathlib import Path
from types import CodeType

import pytest
from coverage import Coverage, CoverageData
from coverage.parser import PythonParser

CHECKOUT = Path(__file__).resolve().parent.parent
PROGRAM = CHECKOUT / "dangjian_desktop"
BUILD = CHECKOUT / "build"
REPORT = BUILD / "coverage.json"
PIECES = "counted.{}.json"

NAME = "_dangjian_ran_"
# A decision's line, first and last line of what it guards, and whether that was entered.
Turn = tuple[int, int, int, bool]
# The lines and the turns that one mark stands for.
Mark = tuple[tuple[int, ...], tuple[Turn, ...]]

_ran: list[int] = []
_files: dict[str, tuple[int, list[Mark]]] = {}


# ---- marks ------------------------------------------------------------------------------------


def _lines(statement: ast.stmt) -> tuple[int, ...]:
    decorators = getattr(statement, "decorator_list", ())
    return (*(each.lineno for each in decorators), statement.lineno)


def _turns(line: int, body: list[ast.stmt]) -> tuple[Turn, Turn]:
    """Into ``body`` and past it."""
    first, last = min(_lines(body[0])), body[-1].end_lineno or body[-1].lineno
    return (line, first, last, True), (line, first, last, False)


def _needs_first_place(statement: ast.stmt) -> bool:
    if isinstance(statement, ast.ImportFrom):
        return statement.module == "__future__"
    value = getattr(statement, "value", None) if isinstance(statement, ast.Expr) else None
    return isinstance(value, ast.Constant) and isinstance(value.value, str)


class Marking(ast.NodeTransformer):
    """Puts a mark before each statement, and one where a decision is passed by."""

    def __init__(self, first: int) -> None:
        self.first = first
        self.marks: list[Mark] = []

    def mark(self, at: ast.AST, lines: Iterable[int], turns: Iterable[Turn] = ()) -> ast.stmt:
        number = self.first + len(self.marks)
        self.marks.append((tuple(lines), tuple(turns)))
        place = ast.Subscript(ast.Name(NAME, ast.Load()), ast.Constant(number), ast.Store())
        made = ast.Assign([place], ast.Constant(1))
        for node in ast.walk(made):
            ast.copy_location(node, at)
        return made

    def block(
        self, body: list[ast.stmt], lines: Iterable[int] = (), turns: Iterable[Turn] = ()
    ) -> list[ast.stmt]:
        """``body`` with its marks; the first one stands for ``lines`` and ``turns`` as well."""
        made: list[ast.stmt] = []
        waiting, also = tuple(lines), tuple(turns)
        for statement in body:
            waiting = (*waiting, *_lines(statement))
            if not _needs_first_place(statement):
                made.append(self.mark(statement, waiting, also))
                waiting, also = (), ()
            made.append(self.visit(statement))
        if waiting:
            made.append(self.mark(body[-1], waiting, also))
        return made

    def generic_visit(self, node: ast.AST) -> ast.AST:
        for name in ("body", "orelse", "finalbody"):
            inner = getattr(node, name, None)
            if isinstance(inner, list) and inner:
                setattr(node, name, self.block(inner))
        asked: list[int] = []
        for handler in getattr(node, "handlers", ()):
            asked.append(handler.lineno)
            handler.body = self.block(handler.body, asked)
        return node

    def _decision(self, node: ast.If | ast.For | ast.While) -> ast.AST:
        into, past = _turns(node.lineno, node.body)
        node.body = self.block(node.body, (), (into,))
        if node.orelse:
            node.orelse = self.block(node.orelse, (), (past,))
        else:
            node.orelse = [self.mark(node, (), (past,))]
        return node

    def visit_If(self, node: ast.If) -> ast.AST:
        return self._decision(node)

    def visit_For(self, node: ast.For) -> ast.AST:
        return self._decision(node)

    def visit_While(self, node: ast.While) -> ast.AST:
        return self._decision(node)

    def visit_Match(self, node: ast.Match) -> ast.AST:
        asked: list[int] = []
        passed: list[Turn] = []
        for case in node.cases:
            into, past = _turns(case.pattern.lineno, case.body)
            asked.append(case.pattern.lineno)
            case.body = self.block(case.body, asked, (*passed, into))
            passed.append(past)
        pattern, guard = node.cases[-1].pattern, node.cases[-1].guard
        if guard or not isinstance(pattern, ast.MatchAs) or pattern.pattern is not None:
            fallen = self.mark(pattern, asked, passed)
            node.cases.append(ast.match_case(ast.MatchAs(), None, [fallen]))
        return node


def marked(source: bytes, path: str) -> CodeType:
    """The code of a file with marks; what they stand for is kept under ``path``.

    A file that is loaded again, as steps of migration are, keeps its marks.
    """
    first, known = _files.get(path, (len(_ran), []))
    marking = Marking(first)
    tree = ast.parse(source, path)
    tree.body = marking.block(tree.body)
    _files[path] = (first, marking.marks)
    _ran.extend([0] * (len(marking.marks) - len(known)))
    return compile(ast.fix_missing_locations(tree), path, "exec", dont_inherit=True)


def begin() -> None:
    """From now on the program's files are loaded with marks, whoever loads them."""
    setattr(builtins, NAME, _ran)
    plain = SourceFileLoader.get_code

    def get_code(self: SourceFileLoader, name: str) -> CodeType | None:
        path = self.get_filename(name)
        if Path(path).is_relative_to(PROGRAM):
            return marked(self.get_data(path), path)
        return plain(self, name)

    SourceFileLoader.get_code = get_code  # type: ignore[method-assign]


# ---- what ran ---------------------------------------------------------------------------------


def ran(path: str) -> Mark:
    """The lines and turns of a file that ran in this process."""
    first, marks = _files[path]
    hit = [mark for number, mark in enumerate(marks, first) if _ran[number]]
    return (
        tuple(sorted({*chain.from_iterable(lines for lines, _ in hit)})),
        tuple(sorted({*chain.from_iterable(turns for _, turns in hit)})),
    )


def arcs(path: str, lines: Iterable[int], turns: Iterable[Turn]) -> Iterator[tuple[int, int]]:
    """The same in coverage's words; a line that ran is a way into it from outside."""
    parser = PythonParser(filename=path)
    parser.parse_source()
    ways: dict[int, list[int]] = {}
    for begin_line, end in parser.arcs():
        ways.setdefault(begin_line, []).append(end)
    yield from ((-1, line) for line in lines)
    for line, first, last, inside in turns:
        yield from ((line, to) for to in ways.get(line, ()) if (first <= to <= last) == inside)


def report(found: dict[str, Mark], target: Path) -> None:
    """Write coverage's report of the files in ``found``."""
    data = CoverageData(no_disk=True)
    data.add_arcs({path: list(arcs(path, *what)) for path, what in found.items()})
    data.touch_files(found)
    counted = Coverage(data_file=None, config_file=str(CHECKOUT / "pyproject.toml"))
    counted.get_data().update(data)
    counted.json_report(outfile=str(target))


# ---- the plugin -------------------------------------------------------------------------------


def _worker(config: pytest.Config) -> str:
    return str(getattr(config, "workerinput", {}).get("workerid", ""))


def pytest_load_initial_conftests() -> None:
    begin()


def pytest_configure(config: pytest.Config) -> None:
    if _worker(config) or not config.getoption("numprocesses", None):
        # Tests that start a pytest of their own do not count there.
        os.environ.pop("PYTEST_PLUGINS", None)
    if _worker(config):
        return
    for piece in BUILD.glob(PIECES.format("*")):
        piece.unlink()


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    worker = _worker(session.config)
    own = {path: ran(path) for path in _files if Path(path).is_relative_to(PROGRAM)}
    if worker:
        (BUILD / PIECES.format(worker)).write_text(json.dumps(own), encoding="utf-8")
        return
    found = {str(path): ((), ()) for path in PROGRAM.rglob("*.py")} | own
    for piece in BUILD.glob(PIECES.format("*")):
        for path, (lines, turns) in json.loads(piece.read_text(encoding="utf-8")).items():
            known = found[path]
            found[path] = (*known[0], *lines), (*known[1], *map(tuple, turns))
    report(found, REPORT)


def main() -> int:
    BUILD.mkdir(exist_ok=True)
    os.environ["PYTEST_PLUGINS"] = "tests.counting"
    return pytest.main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
