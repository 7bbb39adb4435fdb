"""One run of ``dangjian minutes`` with a clock at each of its parts, in a process of its own.

usage: python -m tests.benchmarks.minutes_run ARGUMENTS OF dangjian. Ends with one JSON line.
"""

from __future__ import annotations

import contextlib
import io
import json
import sys
import time
from collections.abc import Callable
from typing import Any

from dangjian_desktop.cli.running import main
from dangjian_desktop.services.papers import printing
from dangjian_desktop.storage.library import Library

_spent: dict[str, float] = {}


def clocked(part: str, work: Callable[..., Any]) -> Callable[..., Any]:
    def run(*given: Any, **named: Any) -> Any:
        start = time.perf_counter()
        try:
            return work(*given, **named)
        finally:
            _spent[part] = _spent.get(part, 0.0) + time.perf_counter() - start

    return run


def watch() -> None:
    Library.open = clocked("opening the library", Library.open)
    Library.close = clocked("closing the library", Library.close)
    service = printing.PrintingService
    service.minutes = clocked("reading and composing", service.minutes)
    service.note_print = clocked("noting the print", service.note_print)
    for form, render in list(printing._RENDER.items()):
        printing._RENDER[form] = clocked(f"rendering .{form}", render)
    printing.write_file = clocked("writing the files", printing.write_file)


if __name__ == "__main__":
    watch()
    said = io.StringIO()
    begun = time.perf_counter()
    with contextlib.redirect_stdout(said):
        code = main(sys.argv[1:])
    _spent["anything else"] = time.perf_counter() - begun - sum(_spent.values())
    print(json.dumps(_spent))  # noqa: T201
    sys.exit(code)
