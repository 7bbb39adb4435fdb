"""What the command line says: one JSON document, or Chinese for a person."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from dangjian_desktop.errors import Issue, UserError

_PLACED = re.compile(r"第\d+[行条]")


class UsageError(UserError):
    """The command line itself was wrong."""


@dataclass(frozen=True, slots=True)
class Result:
    """What a command gives: ``data`` for programs, ``lines`` for people, ``code`` to end with."""

    data: dict[str, Any]
    lines: tuple[str, ...] = field(default_factory=tuple)
    code: int = 0


def issue_json(issue: Issue) -> dict[str, Any]:
    """ISSUE of the contract."""
    return {
        "row": issue.row,
        "name": issue.name,
        "field": issue.field,
        "code": issue.code,
        "message": issue.message,
    }


def issue_lines(issues: Iterable[Issue]) -> tuple[str, ...]:
    """One line for each issue, with its row where it has one."""
    return tuple(
        f"  第{issue.row}行：{issue.message}"
        if issue.row and not _PLACED.match(issue.message)
        else f"  {issue.message}"
        for issue in issues
    )


def put(result: Result, *, as_json: bool) -> None:
    """Print a result."""
    if as_json:
        _line(sys.stdout, json.dumps(result.data, ensure_ascii=False, indent=1))
    else:
        for line in result.lines:
            _line(sys.stdout, line)


def complain(error: UserError, *, as_json: bool) -> None:
    """Print what was refused: in Chinese to standard error, as JSON to standard output too."""
    if as_json:
        content = {
            "message": error.message,
            "remedy": error.remedy,
            "issues": [issue_json(issue) for issue in error.issues],
        }
        _line(sys.stdout, json.dumps({"error": content}, ensure_ascii=False, indent=1))
    for line in (error.message, *issue_lines(error.issues), error.remedy):
        if line:
            _line(sys.stderr, line)


def _line(stream: Any, text: str) -> None:
    print(text, file=stream)
