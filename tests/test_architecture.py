"""Sizes, names and imports that hold in every file; the layers themselves are import-linter's."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = sorted((ROOT / "dangjian_desktop").rglob("*.py"))
EVERYTHING = sorted(
    [*PROGRAM, *(ROOT / "installer").rglob("*.py"), *(ROOT / "tests").rglob("*.py")]
)

FORBIDDEN_NAMES = {"utils", "util", "common", "helpers", "helper", "managers", "manager", "base"}
UNFINISHED = re.compile("|".join(("TO" + "DO", "FIX" + "ME", r"\bXX" + r"X\b")))
NETWORK = {
    "socket",
    "socketserver",
    "ssl",
    "ftplib",
    "smtplib",
    "telnetlib",
    "xmlrpc",
    "urllib.request",
    "http",
    "requests",
    "urllib3",
    "httpx",
    "aiohttp",
    "websockets",
    "PySide6.QtNetwork",
    "PySide6.QtWebSockets",
    "webbrowser",
}
COLOUR = re.compile(r"#(?:[0-9A-Fa-f]{8}|[0-9A-Fa-f]{6}|[0-9A-Fa-f]{3})\b")


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def each(paths: list[Path]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("path", paths, ids=name_of)


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def length(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def imported(node: ast.AST) -> Iterator[str]:
    """Every module that an import statement may bring, "a" and "a.b" for ``from a import b``."""
    for each_node in ast.walk(node):
        if isinstance(each_node, ast.Import):
            yield from (alias.name for alias in each_node.names)
        elif isinstance(each_node, ast.ImportFrom) and each_node.module:
            yield each_node.module
            yield from (f"{each_node.module}.{alias.name}" for alias in each_node.names)


def within(module: str, names: set[str]) -> bool:
    return any(module == name or module.startswith(f"{name}.") for name in names)


def late_imports(path: Path) -> list[str]:
    functions = [
        node
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    return [f"{node.name}: {module}" for node in functions for module in imported(node)]


def test_the_files_are_found():
    assert len(PROGRAM) > 50


@each(EVERYTHING)
def test_a_file_has_at_most_400_lines(path: Path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400


@each(EVERYTHING)
def test_a_function_has_at_most_50_lines_and_a_class_200(path: Path):
    too_long = []
    for node in ast.walk(tree(path)):
        limit = 200 if isinstance(node, ast.ClassDef) else 50
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            too_long += [f"{node.name}: {length(node)}"] if length(node) > limit else []
    assert too_long == []


@each(EVERYTHING)
def test_a_module_is_named_after_what_it_is_about(path: Path):
    assert not FORBIDDEN_NAMES & {part.removesuffix(".py") for part in path.relative_to(ROOT).parts}


@each(EVERYTHING)
def test_nothing_is_left_for_later(path: Path):
    raised = [node.exc for node in ast.walk(tree(path)) if isinstance(node, ast.Raise) and node.exc]
    assert [error for error in raised if "NotImplemented" in ast.unparse(error)] == []
    assert UNFINISHED.findall(path.read_text(encoding="utf-8")) == []


@each(PROGRAM)
def test_the_program_knows_no_network(path: Path):
    assert [module for module in imported(tree(path)) if within(module, NETWORK)] == []


LATE = {"dangjian_desktop/app.py"}


@each([path for path in PROGRAM if name_of(path) not in LATE and "cli" not in path.parts])
def test_imports_stand_at_the_head_of_a_file(path: Path):
    assert late_imports(path) == []


@each([path for path in PROGRAM if "domain" in path.parts])
def test_the_domain_uses_the_standard_library_only(path: Path):
    own = {"dangjian_desktop.domain", "dangjian_desktop.errors"}
    strange = [
        module
        for module in imported(tree(path))
        if module.split(".")[0] not in sys.stdlib_module_names
        and not within(module, own)
        and module != "dangjian_desktop"
    ]
    assert strange == []


@each([path for path in PROGRAM if "ui" in path.parts and path.name != "tokens.py"])
def test_colours_are_tokens(path: Path):
    written = [
        node.value
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    assert [text for text in written if COLOUR.search(text)] == []


@each([path for path in PROGRAM if "domain" in path.parts])
def test_the_domain_is_told_the_day(path: Path):
    asked = [
        ast.unparse(node)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and node.attr in {"today", "now", "utcnow"}
        if isinstance(node.value, ast.Name) and node.value.id in {"date", "datetime"}
    ]
    assert asked == []
