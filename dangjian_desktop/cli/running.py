"""Running one command: parse, open, act, say; the only place that turns errors into exit codes."""

from __future__ import annotations

import argparse
import logging
import os
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from dangjian_desktop import logs, paths
from dangjian_desktop.cli.arguments import check
from dangjian_desktop.cli.given import offer_password, take
from dangjian_desktop.cli.output import Result, UsageError, complain, put, say, tell
from dangjian_desktop.cli.parsing import parser
from dangjian_desktop.domain.declared import RECORDS
from dangjian_desktop.errors import UserError, incomplete
from dangjian_desktop.late import Late
from dangjian_desktop.sweeps import end_unswept, sweep_seldom
from dangjian_desktop.traces import be_discreet

LOG = logging.getLogger(__name__)
Run = Callable[[argparse.Namespace], Result]

RECORD_VERBS = {
    "list": "listed",
    "show": "show",
    "import": "read",
    "export": "export",
    "delete": "delete",
}
"""What can be done with every kind of record, and the function that does it."""
# Module and function of each command; the module is imported only when its command runs.
_COMMANDS: dict[str, tuple[str, str]] = {
    "new": ("library", "new"),
    "info": ("library", "info"),
    "branch show": ("branch", "show"),
    "branch set": ("branch", "change"),
    "demo": ("library", "demo"),
    "self-test": ("library", "self_test"),
    "gui": ("library", "gui"),
    "check": ("library", "check"),
    "search": ("library", "search"),
    "rebuild": ("library", "rebuild"),
    "roster import": ("roster", "read"),
    "roster undo": ("roster", "undo"),
    "roster undecided": ("roster", "undecided"),
    "roster decide": ("roster", "decide"),
    "roster list": ("roster", "listed"),
    "roster export": ("roster", "export"),
    "roster sample": ("roster", "sample"),
    **{
        f"{record.code} {verb}": ("records", function)
        for record in RECORDS
        for verb, function in RECORD_VERBS.items()
    },
    "meeting list": ("meetings", "listed"),
    "project list": ("projects", "listed"),
    "project form": ("papers", "form"),
    "project ledger": ("papers", "ledger"),
    "project claims": ("papers", "claims"),
    "item list": ("items", "listed"),
    "item print": ("items", "printed"),
    "assessment read": ("assessments", "read"),
    "assessment finish": ("assessments", "finish"),
    "assessment problems": ("assessments", "problems"),
    "duty_agreement sign": ("agreements", "sign"),
    "duty_agreement withdraw": ("agreements", "withdraw"),
    "duty_agreement clauses": ("agreements", "take_clauses"),
    "fusion": ("fusion", "printed"),
    "indicator list": ("fusion", "listed"),
    "indicator show": ("fusion", "show"),
    "paper list": ("papers", "listed"),
    "paper print": ("papers", "printed"),
    "look list": ("looks", "listed"),
    "look show": ("looks", "show"),
    "look import": ("looks", "read"),
    "look export": ("looks", "export"),
    "look choose": ("looks", "choose"),
    "ledger list": ("ledgers", "listed"),
    "ledger show": ("ledgers", "show"),
    "ledger import": ("ledgers", "read"),
    "ledger undo": ("ledgers", "undo"),
    "ledger export": ("ledgers", "export"),
    "ledger sample": ("ledgers", "sample"),
    "ledger print": ("ledgers", "printed"),
    "ledger delete": ("ledgers", "delete"),
    "ledger define": ("ledgers", "define"),
    "ledger switch": ("ledgers", "switch"),
    "ledger asking": ("ledgers", "asking"),
    "ledger rota": ("ledgers", "rota"),
    "bin list": ("history", "binned"),
    "bin restore": ("history", "restore"),
    "bin purge": ("history", "purge"),
    "bin purged": ("history", "purged"),
    "versions": ("history", "versions"),
    **{
        f"package {verb}": ("packages", verb)
        for verb in ("make", "check", "write", "compare", "reply")
    },
    "package list": ("packages", "listed"),
    "package show": ("packages", "show"),
    "minutes": ("papers", "minutes"),
    "signin": ("papers", "signin"),
    "fill": ("forms", "fill"),
    **{
        f"template {verb}": ("templates", verb)
        for verb in ("fields", "check", "fill", "add", "remove", "reset", "export")
    },
    "template list": ("templates", "listed"),
    "summary": ("papers", "summary"),
    "backup": ("copies", "backup"),
    "verify": ("copies", "verify"),
    "restore": ("copies", "restore"),
    "recover": ("copies", "recover"),
    **{
        f"password {verb}": ("passwords", f"{verb}_password")
        for verb in ("set", "change", "remove", "recover")
    },
    "export all": ("everything", "export"),
    "import all": ("everything", "read"),
    "update": ("updating", "update"),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; 0 done, 1 refused and nothing changed, 2 wrong command line."""
    if arguments is None:
        be_discreet(keep_given=True)
        logs.keep_quiet()
    sweep_seldom()
    end_unswept()
    words = list(sys.argv[1:] if arguments is None else arguments)
    _speak_utf8()
    as_json = "--json" in words
    refused: UserError
    try:
        result = _act(parser().parse_args(words))
    except UsageError as error:
        refused, code = error, 2
    except UserError as error:
        LOG.debug("refused, %s", [issue.code for issue in error.issues], exc_info=error)
        refused, code = error, 1
    except SystemExit as leaving:
        return say(_nothing, int(leaving.code or 0))
    except KeyboardInterrupt:
        return 1
    except Exception as error:  # noqa: BLE001 - the border of the program: nobody above reads a traceback
        refused, code = _unforeseen(error, in_detail="--debug" in words), 1
    else:
        return say(partial(put, result, as_json=as_json), result.code)
    return say(partial(complain, refused, as_json=as_json), code)


def _nothing() -> None:
    """The help was printed by the parser."""


def _act(options: argparse.Namespace) -> Result:
    take(options)
    options.debug = getattr(options, "debug", False)
    if options.debug:
        _log_in_detail()
    if missing := paths.missing_resources():
        raise incomplete(missing)
    options.library = _library(options)
    check(options)
    options.library = options.library.absolute()
    offer_password(options)
    name = " ".join(filter(None, (options.command, getattr(options, "verb", None))))
    module, function = _COMMANDS[name]
    LOG.debug("command %s", name)
    begun = time.perf_counter()
    run: Run = Late(f"cli.{module}:{function}").read()
    result = run(options)
    LOG.debug("done in %.0f ms, code %d", (time.perf_counter() - begun) * 1000, result.code)
    return result


def _log_in_detail() -> None:
    from dangjian_desktop.services.library.about import surroundings

    folder = paths.log_folder()
    logs.start(folder, in_detail=True)
    LOG.debug(surroundings())
    tell(f"详细日志：{folder / logs.FILE_NAME}")


def _library(options: argparse.Namespace) -> Path:
    chosen = getattr(options, "library", None) or os.environ.get("DANGJIAN_LIBRARY")
    return Path(chosen) if chosen else paths.default_library()


def _unforeseen(error: Exception, *, in_detail: bool) -> UserError:
    """A right that is missing somewhere is no bug; everything else is."""
    if not isinstance(error, PermissionError):
        return _bug(error, in_detail=in_detail)
    place = f"“{error.filename}”" if error.filename else "所需的文件"
    return UserError(
        f"没有权限访问{place}，操作没有完成。", "请换一个可以读写的文件夹，或请管理员开放权限。"
    )


def _bug(error: Exception, *, in_detail: bool) -> UserError:
    """Write the log and give a sentence in place of a traceback."""
    folder = paths.log_folder()
    logs.start(folder, in_detail=in_detail)
    logs.bug(error)
    return UserError(
        "程序内部出错，操作没有完成，资料库没有改动。",
        f"详细情况已记入日志（{folder}），请把日志交给维护人员。",
    )


def _speak_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
