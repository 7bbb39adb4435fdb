"""Every command of the program, found in its parser, with arguments that would do."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dangjian_desktop.cli.parsing import parser

GOOD = {
    "name": "甲支部",
    "text": "党员",
    "batch": "b",
    "code": "training",
    "reason": "重复",
    "period": "2026-03",
    "year": "2026",
    "on": "2026-03-05",
    "form": "申报",
    "state": "on",
    "kind": "formal",
    "profile": "full",
    "look": "compact",
    "paper": "minutes",
    "template": "情况报告",
    "id": "{id}",
    "ids": "{id}",
    "file": "{file}",
    "folder": "{out}",
    "out": "{out}",
    "to": "{out}/副本",
}
"""A value that is taken, by the name of the argument."""


@dataclass(frozen=True)
class Command:
    """One command: its words, and its arguments by name."""

    words: tuple[str, ...]
    arguments: dict[str, argparse.Action]

    @property
    def name(self) -> str:
        return " ".join(self.words)

    def line(self, wanted: str, value: str) -> list[str]:
        """The command line with this value for one argument, and good ones for what it needs."""
        line = [*self.words]
        for name, action in self.arguments.items():
            given = value if name == wanted else GOOD.get(name)
            optional = (action.option_strings and not action.required) or action.nargs in ("*", "?")
            if optional and name != wanted:
                continue
            assert given is not None, f"{self.name} needs {name}: write a good one into GOOD"
            if action.option_strings:
                line.append(action.option_strings[0])
            line += [given] * (action.nargs if isinstance(action.nargs, int) else 1)
        if self.name == "package make" and wanted not in ("list", "papers"):
            line += ["--papers", "roster"]
        if self.name == "roster decide" and wanted != "ids":
            line.append("--all")
        return line


def commands() -> Iterator[Command]:
    """All of them; ``gui`` too."""
    yield from _below(parser(), ())


def _below(at: argparse.ArgumentParser, words: tuple[str, ...]) -> Iterator[Command]:
    arguments: dict[str, argparse.Action] = {}
    for action in at._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, below in action.choices.items():
                yield from _below(below, (*words, name))
            return
        if action.nargs != 0:
            arguments[action.dest] = action
    yield Command(words, arguments)


def is_path(action: argparse.Action) -> bool:
    """Whether the argument names a file or a folder."""
    return action.type is Path
