"""What the command line says: one JSON document, or Chinese for a person."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import field
from typing import Any

from dangjian_desktop.errors import Issue, UserError
from dangjian_desktop.frozen import dataclass

_PLACED = re.compile(r"第\d+[行条]")


class UsageError(UserError):
    """The command line itself was wrong."""


@dataclass(frozen=True, slots=True)
class Result:
    """What a command gives: ``data`` for programs, ``lines`` for people, ``code`` to end with."""

    data: dict[str, Any]
    lines: tuple[str, ...] = field(default_factory=tuple)
    code: int = 0


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
            "issues": [issue.as_json() for issue in error.issues],
        }
        _line(sys.stdout, json.dumps({"error": content}, ensure_ascii=False, indent=1))
    for line in (error.message, *issue_lines(error.issues), error.remedy):
        if line:
            _line(sys.stderr, line)


def tell(line: str) -> None:
    """Say beside the result what a person should know of it; a full device keeps nobody."""
    with suppress(OSError):
        _line(sys.stderr, line)


def say(words: Callable[[], None], code: int) -> int:
    """Print what a command gives, and the code to end with.

    A reader that has seen enough (head, less) is no failure; a full device is.
    """
    try:
        words()
        _flush()
    except BrokenPipeError:
        _silence()
    except OSError:
        _silence()
        code = 1
        tell("结果没有写出：输出的位置已满或不可用。命令本身已经执行，请换一个位置再查看。")
        _silence()
    return code


def _flush() -> None:
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            stream.flush()


def _silence() -> None:
    """What is left unsaid must not be tried again when the process ends."""
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except OSError:
            with suppress(OSError, ValueError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _line(stream: Any, text: str) -> None:
    print(text, file=stream)
