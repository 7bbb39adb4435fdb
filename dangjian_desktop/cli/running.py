"""Running one command: parse, open, act, say; the only place that turns errors into exit codes."""

from __future__ import annotations

import argparse
import os
import signal
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path

from dangjian_desktop import logs, paths
from dangjian_desktop.cli.output import Result, UsageError, complain, put
from dangjian_desktop.cli.parsing import parser
from dangjian_desktop.errors import UserError, incomplete

Run = Callable[[argparse.Namespace], Result]

# Module and function of each command; the module is imported only when its command runs.
_COMMANDS: dict[str, tuple[str, str]] = {
    "new": ("library", "new"),
    "info": ("library", "info"),
    "demo": ("library", "demo"),
    "gui": ("library", "gui"),
    "check": ("library", "check"),
    "search": ("library", "search"),
    "roster import": ("roster", "read"),
    "roster undo": ("roster", "undo"),
    "roster list": ("roster", "listed"),
    "roster export": ("roster", "export"),
    "meeting import": ("meetings", "read"),
    "meeting list": ("meetings", "listed"),
    "project import": ("projects", "read"),
    "project list": ("projects", "listed"),
    "project form": ("projects", "form"),
    "project ledger": ("projects", "ledger"),
    "project claims": ("projects", "claims"),
    "minutes": ("papers", "minutes"),
    "signin": ("papers", "signin"),
    "summary": ("papers", "summary"),
    "backup": ("copies", "backup"),
    "verify": ("copies", "verify"),
    "restore": ("copies", "restore"),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; 0 done, 1 refused and nothing changed, 2 wrong command line."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    _speak_utf8()
    as_json = "--json" in words
    try:
        options = parser().parse_args(words)
        if missing := paths.missing_resources():
            raise incomplete(missing)
        options.library = _library(options)
        result = _command(options)(options)
    except UsageError as error:
        complain(error, as_json=as_json)
        return 2
    except UserError as error:
        complain(error, as_json=as_json)
        return 1
    except SystemExit as leaving:
        return int(leaving.code or 0)
    except KeyboardInterrupt:
        return 1
    except Exception as error:  # noqa: BLE001 - the border of the program: nobody above reads a traceback
        complain(_unforeseen(error), as_json=as_json)
        return 1
    put(result, as_json=as_json)
    return result.code


def _command(options: argparse.Namespace) -> Run:
    name = options.command
    if verb := getattr(options, "verb", None):
        name = f"{name} {verb}"
    module, function = _COMMANDS[name]
    run: Run = getattr(import_module(f"dangjian_desktop.cli.{module}"), function)
    return run


def _library(options: argparse.Namespace) -> Path:
    chosen = getattr(options, "library", None) or os.environ.get("DANGJIAN_LIBRARY")
    return Path(chosen).absolute() if chosen else paths.default_library()


def _unforeseen(error: Exception) -> UserError:
    """A right that is missing somewhere is no bug; everything else is."""
    if not isinstance(error, PermissionError):
        return _bug(error)
    place = f"“{error.filename}”" if error.filename else "所需的文件"
    return UserError(
        f"没有权限访问{place}，操作没有完成。", "请换一个可以读写的文件夹，或请管理员开放权限。"
    )


def _bug(error: Exception) -> UserError:
    """Write the log and give a sentence in place of a traceback."""
    folder = paths.log_folder()
    logs.start(folder)
    logs.bug(error)
    return UserError(
        "程序内部出错，操作没有完成，资料库没有改动。",
        f"详细情况已记入日志（{folder}），请把日志交给维护人员。",
    )


def _speak_utf8() -> None:
    if hasattr(signal, "SIGPIPE"):
        # A reader that has seen enough (head, less) ends the program quietly.
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
