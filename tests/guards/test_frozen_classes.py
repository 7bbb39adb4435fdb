"""A frozen class with slots is made by ``frozen.py``: every start is shorter for it."""

from __future__ import annotations

import ast

from tests.test_architecture import program

OWN = "frozen.py"


def test_frozen_classes_with_slots_are_made_the_short_way():
    found = []
    for source in program():
        tree = ast.parse(source.text)
        froms = (node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom))
        of_python = any(
            node.module == "dataclasses" and any(name.name == "dataclass" for name in node.names)
            for node in froms
        )
        frozen = [node.name for node in ast.walk(tree) if _is_frozen(node)]
        if source.place != OWN and of_python and frozen:
            found.append((source.place, frozen))
    assert found == []


def _is_frozen(node: ast.AST) -> bool:
    return isinstance(node, ast.ClassDef) and any(
        isinstance(each, ast.Call)
        and ast.unparse(each.func).endswith("dataclass")
        and {"frozen", "slots"} <= {word.arg for word in each.keywords}
        for each in node.decorator_list
    )
