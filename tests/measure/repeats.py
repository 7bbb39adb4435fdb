"""Pairs of places that repeat six or more lines, alike but for names, strings and numbers."""

from __future__ import annotations

import ast
import io
import keyword
import re
import tokenize
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import combinations
from pathlib import Path

LINES = 6
COMMON = 8
"""A run that stands in more places than these is too common to be worth a look."""
THICK, THICK_LINES = 5, 2
"""A run says something where so many of its lines have so many signs."""
_SILENT = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT}
Pair = tuple[str, str]
Place = tuple[str, int]
"""A file and the number of a line among those that count."""


def shapes(source: str) -> list[tuple[int, str]]:
    """The lines that count, each with its number and its shape; no import, no text alone."""
    by_line: dict[int, list[str]] = defaultdict(list)
    skipped = _import_lines(source)
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        number = token.start[0]
        if token.type in _SILENT or number in skipped or token.type == tokenize.ENDMARKER:
            continue
        by_line[number].append(_shape(token))
    lines = ((number, " ".join(parts)) for number, parts in sorted(by_line.items()))
    return [(number, shape) for number, shape in lines if shape != "S" and re.search(r"\w", shape)]


def _shape(token: tokenize.TokenInfo) -> str:
    if token.type == tokenize.NAME:
        return token.string if keyword.iskeyword(token.string) else "N"
    return {tokenize.STRING: "S", tokenize.NUMBER: "0"}.get(token.type, token.string)


def _import_lines(source: str) -> set[int]:
    found: set[int] = set()
    within = False
    for number, line in enumerate(source.splitlines(), 1):
        starts = re.match(r"\s*(from|import)\s", line) is not None
        if starts or within:
            found.add(number)
            within = ("(" in line or within) and ")" not in line
    return found


def repeated(files: dict[str, str]) -> dict[Pair, tuple[int, int]]:
    """Pairs of files that share a run, each with the first line of one in both."""
    runs: dict[tuple[str, ...], list[Place]] = defaultdict(list)
    counted = {name: shapes(source) for name, source in files.items()}
    for name, lines in counted.items():
        for first in range(len(lines) - LINES + 1):
            run = tuple(shape for _number, shape in lines[first : first + LINES])
            if sum(shape.count(" ") + 1 >= THICK for shape in run) >= THICK_LINES:
                runs[run].append((name, first))
    found: dict[Pair, tuple[int, int]] = {}
    for places in runs.values():
        if 1 < len(places) <= COMMON:
            for (one, first), (other, second) in _apart(places):
                at = (counted[one][first][0], counted[other][second][0])
                found.setdefault((one, other), at)
    return found


def declaring(source: str) -> set[int]:
    """The lines that only declare: values and fields of modules and classes, heads of classes."""
    found: set[int] = set()
    bodies = [ast.parse(source).body]
    while bodies:
        for part in bodies.pop():
            if isinstance(part, ast.ClassDef):
                first = min([part.lineno, *(each.lineno for each in part.decorator_list)])
                found |= set(range(first, part.body[0].lineno))
                bodies.append(part.body)
            elif isinstance(part, ast.Assign | ast.AnnAssign):
                found |= set(range(part.lineno, (part.end_lineno or part.lineno) + 1))
    return found


def declarations(files: dict[str, str], found: Mapping[Pair, tuple[int, int]]) -> int:
    """How many of the pairs that ``repeated`` finds share declarations alone."""
    lines = {name: declaring(source) for name, source in files.items()}
    counted = {name: [number for number, _ in shapes(files[name])] for name, _ in found}
    return sum(
        set(counted[one][(at := counted[one].index(first)) : at + LINES]) <= lines[one]
        for (one, _other), (first, _second) in found.items()
    )


def _apart(places: list[Place]) -> Iterator[tuple[Place, Place]]:
    """Every two places that share no line."""
    for one, other in combinations(sorted(places), 2):
        if one[0] != other[0] or other[1] - one[1] >= LINES:
            yield one, other


def sources(program: Path) -> dict[str, str]:
    """The text of every module by its path below the program."""
    return {
        path.relative_to(program).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(program.rglob("*.py"))
    }
