"""The log file and the last net for exceptions; no personal number is ever written."""

from __future__ import annotations

import logging
import os
import re
import sys
import threading
from collections.abc import Callable
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import Any

FILE_NAME = "dangjian.log"
MASK = "［已隐去］"
_MAX_BYTES = 1_000_000
_OLDER_FILES = 2

# ID numbers and phones, also in groups; any longer run of digits goes with them.
_NUMBERS = re.compile(
    r"(?<!\d)\d{6}[ -]\d{8}[ -]\d{3}[\dXx](?!\d)"
    r"|(?<!\d)(?:\+?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)"
    r"|\d{11,}[Xx]?"
)

BugListener = Callable[[BaseException], None]


def masked(text: str) -> str:
    """``text`` without anything that looks like an ID number or a phone number."""
    return _NUMBERS.sub(MASK, text)


class _MaskingFormatter(logging.Formatter):
    """Masks the finished line, so that message, arguments and traceback are all covered."""

    def format(self, record: logging.LogRecord) -> str:
        return masked(super().format(record))


class _PrivateFile(RotatingFileHandler):
    """A rotating file that only its owner may read, and that never disturbs the program."""

    def _open(self) -> TextIOWrapper:
        return open(self.baseFilename, self.mode, encoding=self.encoding, opener=_owner_only)  # type: ignore[return-value]

    def handleError(self, record: logging.LogRecord) -> None:
        """Nothing: a full disk must not stop the work, nor print the record elsewhere."""


def _owner_only(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def start(folder: Path) -> None:
    """Write to ``folder`` from now on; without a place to write, nothing is logged.

    Three files of at most 1 MB in UTF-8. Calling it again moves the log.
    """
    _stop()
    handler: logging.Handler
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handler = _PrivateFile(
            folder / FILE_NAME, maxBytes=_MAX_BYTES, backupCount=_OLDER_FILES, encoding="utf-8"
        )
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(_MaskingFormatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    handler.set_name(FILE_NAME)
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)


def bug(error: BaseException) -> None:
    """Log an exception that nobody expected, with its traceback."""
    trace = (type(error), error, error.__traceback__)
    logging.getLogger(__name__).error("%s", type(error).__name__, exc_info=trace)


def watch(on_bug: BugListener | None = None) -> None:
    """Log what nobody caught, in any thread, then call ``on_bug``; it may be in that thread."""

    def caught(error: BaseException) -> None:
        bug(error)
        if on_bug is not None:
            on_bug(error)

    def in_main(
        kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if isinstance(error, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        caught(error)

    def in_thread(arguments: Any) -> None:
        if arguments.exc_value is not None:
            caught(arguments.exc_value)

    sys.excepthook = in_main
    threading.excepthook = in_thread


def _stop() -> None:
    root = logging.getLogger()
    for handler in [each for each in root.handlers if each.get_name() == FILE_NAME]:
        root.removeHandler(handler)
        handler.close()
