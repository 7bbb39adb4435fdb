"""The process that imports every module of ours; it says which could not be.

A library that is missing may end the process that imports it: so it is one of its own.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from importlib import import_module
from pkgutil import walk_packages

import dangjian_desktop

ENTRY = "__main__"


def names() -> Iterator[str]:
    """Every module of ours but the entries, which would run the program."""
    found = walk_packages(dangjian_desktop.__path__, f"{dangjian_desktop.__name__}.")
    return (each.name for each in found if each.name.rpartition(".")[2] != ENTRY)


def main() -> None:
    """One JSON object on standard output: ``modules``, and ``failed`` with the kind of error."""
    modules, failed = [], {}
    for name in names():
        modules.append(name)
        try:
            import_module(name)
        except Exception as error:  # noqa: BLE001 - a module that cannot be imported is told
            failed[name] = f"{type(error).__name__}: {error}"
    json.dump({"modules": modules, "failed": failed}, sys.stdout)


if __name__ == "__main__":
    main()
