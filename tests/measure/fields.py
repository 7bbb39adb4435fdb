"""Which files of the program name a field of a record, counted from the source alone."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

RECORDS = ("Member", "Meeting", "Project")
Key = tuple[str, str]
"""A module below the program, and a name in it."""


class Domain:
    """The dataclasses of the domain and what their annotations lead to."""

    def __init__(self, trees: Mapping[str, ast.Module]) -> None:
        self._classes: dict[Key, ast.ClassDef] = {}
        self._aliases: dict[Key, ast.expr] = {}
        self._imports: dict[Key, Key] = {}
        for module, tree in trees.items():
            if module.split(".")[0] == "domain":
                self._read(module, tree)

    def fields(self, record: str) -> dict[str, str]:
        """Names of the fields reachable from a record, each with a class that has it."""
        keys = [
            key for key, node in self._classes.items() if key[1] == record and is_dataclass(node)
        ]
        return dict(_reached(self, keys))

    def resolve(self, module: str, name: str) -> Key:
        """Where a name used in a module is defined."""
        key = (module, name)
        while key in self._imports:
            key = self._imports[key]
        return key

    def node(self, key: Key) -> ast.ClassDef | None:
        """The dataclass of this key."""
        return self._classes.get(key)

    def alias(self, key: Key) -> ast.expr | None:
        """What a name such as ``Spans`` stands for."""
        return self._aliases.get(key)

    def _read(self, module: str, tree: ast.Module) -> None:
        for node in tree.body:
            if isinstance(node, ast.ClassDef):
                self._classes[module, node.name] = node
            elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                self._aliases[module, node.targets[0].id] = node.value
            elif isinstance(node, ast.ImportFrom) and node.module:
                home = node.module.partition(".")[2]
                for name in node.names:
                    self._imports[module, name.asname or name.name] = (home, name.name)


def is_dataclass(node: ast.ClassDef) -> bool:
    """Whether a class is a dataclass."""
    return any("dataclass" in ast.unparse(decorator) for decorator in node.decorator_list)


def _reached(domain: Domain, keys: list[Key]) -> Iterator[tuple[str, str]]:
    waiting, seen = list(keys), set(keys)
    while waiting:
        module, name = waiting.pop()
        node = domain.node((module, name))
        if node is None or not is_dataclass(node):
            continue
        for part in node.body:
            if not isinstance(part, ast.AnnAssign) or not isinstance(part.target, ast.Name):
                continue
            if "ClassVar" in ast.unparse(part.annotation):
                continue
            yield part.target.id, name
            for key in _named(domain, module, part.annotation):
                if key not in seen:
                    seen.add(key)
                    waiting.append(key)


def _named(domain: Domain, module: str, annotation: ast.expr) -> Iterator[Key]:
    for node in ast.walk(annotation):
        if isinstance(node, ast.Name):
            key = domain.resolve(module, node.id)
            alias = domain.alias(key)
            if domain.node(key) is not None:
                yield key
            elif alias is not None and alias is not annotation:
                yield from _named(domain, key[0], alias)


def words_of(tree: ast.Module) -> frozenset[str]:
    """Everything that a file names: identifiers, attributes, arguments, whole strings."""
    found: set[str] = set()
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=word) | ast.Attribute(attr=word):
                found.add(word)
            case ast.arg(arg=word) | ast.keyword(arg=str(word)):
                found.add(word)
            case ast.Constant(value=str(word)):
                found.add(word)
    return frozenset(found)


def naming_files(trees: Mapping[str, ast.Module], *, alone: bool = False) -> dict[str, list[str]]:
    """The files that name a field, by field; only fields whose name one record alone has.

    With ``alone`` only those whose name no other dataclass of the program has.
    """
    domain = Domain(trees)
    by_record = {record: domain.fields(record) for record in RECORDS}
    found = Counter(name for fields in by_record.values() for name in fields)
    bearing = Counter(name for tree in trees.values() for name in _declared(tree))
    own = [n for n, times in found.items() if times == 1 and not (alone and bearing[n] > 1)]
    words = {module: words_of(tree) for module, tree in trees.items()}
    return {name: sorted(m for m, said in words.items() if name in said) for name in sorted(own)}


def _declared(tree: ast.Module) -> Iterator[str]:
    """Names of the fields of every dataclass of a file, once for each class."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and is_dataclass(node):
            for part in node.body:
                if isinstance(part, ast.AnnAssign) and isinstance(part.target, ast.Name):
                    yield part.target.id


def trees_of(program: Path) -> dict[str, ast.Module]:
    """Every module of the program parsed, by its dotted name below it."""
    return {
        ".".join(path.relative_to(program).with_suffix("").parts): ast.parse(
            path.read_text(encoding="utf-8")
        )
        for path in sorted(program.rglob("*.py"))
    }
