"""Processes of our own beside the program: how one is started, and what runs in it.

A frozen program has no interpreter that could be given a module: it starts itself, with a hidden
first argument that its entry hands to ``serve`` before anything else of ours is imported.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

TEMPLATE, MODULES, WINDOW = "template", "modules", "window"
HIDDEN = "--child"
_MODULES = {
    TEMPLATE: "dangjian_desktop.documents.templates.child",
    MODULES: "dangjian_desktop.every_module",
    WINDOW: "dangjian_desktop.tried",
}
"""Each has a ``main``. A frozen program must be told of them: they are imported by name."""


def command(child: str) -> list[str]:
    """What starts this child."""
    if is_frozen():
        return [sys.executable, HIDDEN, child]
    return [sys.executable, "-m", _MODULES[child]]


def surroundings() -> dict[str, str]:
    """Where its interpreter finds the program; nothing where the program is its own."""
    return {} if is_frozen() else {"PYTHONPATH": str(Path(__file__).resolve().parent.parent)}


def is_frozen() -> bool:
    """Whether program and interpreter are one file."""
    return bool(getattr(sys, "frozen", False))


def serve(arguments: Sequence[str]) -> bool:
    """Be the child that these arguments ask for; false where they ask for none."""
    if len(arguments) != 2 or arguments[0] != HIDDEN or arguments[1] not in _MODULES:
        return False
    import_module(_MODULES[arguments[1]]).main()
    return True
