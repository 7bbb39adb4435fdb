"""What is given beside the command: passwords and codes, out of the environment or a file, never
as an argument, which every program on the computer can read."""

from __future__ import annotations

import argparse
import os
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from dangjian_desktop.cli.output import tell
from dangjian_desktop.errors import InputError
from dangjian_desktop.inputs import read_input

_LONGEST = 65_536


class Given(NamedTuple):
    """Where one is found: the variable, the option, and what it is called."""

    variable: str
    option: str
    called: str


PASSWORD = Given("DANGJIAN_PASSWORD", "password_file", "密码")
NEW_PASSWORD = Given("DANGJIAN_NEW_PASSWORD", "new_password_file", "新密码")
RECOVERY = Given("DANGJIAN_RECOVERY", "recovery_file", "恢复码")


def given(options: argparse.Namespace, what: Given) -> str | None:
    """The text, None where none is given; raises ``InputError`` for a file that is none of text.

    The file counts before the variable.
    """
    file: Path | None = getattr(options, what.option, None)
    if file is None:
        taken: dict[str, str] = options.taken
        return taken.get(what.variable) or None
    _warn_of_others(options, file)
    try:
        text = read_input(file, _LONGEST).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"文件“{file.name}”不是 UTF-8 文字，没有读出{what.called}。"
        raise InputError(message, "请用记事本另存为 UTF-8 后再试。") from error
    first = text.rstrip("\r\n")
    if "\n" in first and what is not RECOVERY:
        raise InputError(
            f"文件“{file.name}”有好几行，不知道哪一行是{what.called}。", "请只留一行。"
        )
    return first


def _warn_of_others(options: argparse.Namespace, file: Path) -> None:
    """Say once that others on this computer can read it, where the system tells."""
    told: set[Path] = options.__dict__.setdefault("warned", set())
    with suppress(OSError):
        if os.name != "nt" and file not in told and file.stat().st_mode & 0o077:
            told.add(file)
            tell(f"注意：文件“{file.name}”别人也能读，请改为只有自己能读（chmod 600）。")


def required(options: argparse.Namespace, what: Given) -> str:
    """The same; raises ``InputError`` where none is given."""
    found = given(options, what)
    if found is None:
        option = what.option.replace("_", "-")
        raise InputError(
            f"没有给出{what.called}。", f"请用环境变量 {what.variable} 或 --{option} 给出。"
        )
    return found


def take(options: argparse.Namespace) -> None:
    """Take what the environment gives out of it: no program that is started here inherits it."""
    variables = [what.variable for what in (PASSWORD, NEW_PASSWORD, RECOVERY)]
    options.taken = {name: os.environ.pop(name) for name in variables if name in os.environ}


def offer_password(options: argparse.Namespace) -> None:
    """Have the password at hand for whatever library or copy the command opens."""
    password = given(options, PASSWORD)
    if password is not None:
        from dangjian_desktop.services.library.opening import offer_password as offer

        offer(partial(_asked, password, options.library, given(options, RECOVERY) or ""))


def _asked(password: str, library: Path, code: str) -> Any:
    from dangjian_desktop.services.library.passwords import try_password

    return try_password(password, library, code)
