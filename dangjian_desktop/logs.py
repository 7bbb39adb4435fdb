"""The log file; no personal number, no message of an error and no SQL value is ever written."""

from __future__ import annotations

import logging
import os
import warnings
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any, TextIO

from dangjian_desktop.masking import masked
from dangjian_desktop.traces import traced

FILE_NAME = "dangjian.log"
_MAX_BYTES = 1_000_000
_OLDER_FILES = 2

_HEARD = ("dangjian_desktop", "sqlalchemy.engine", "__main__")
"""Who is heard: what they say is known to hold no value."""


class _MaskingFormatter(logging.Formatter):
    """Masks the finished line, so that message, arguments and traceback are all covered.

    Of a library that others made only the place is told where it said something: it may speak of
    the names and texts that it was given, and no filter knows those.
    """

    def format(self, record: logging.LogRecord) -> str:
        # Another handler's traceback may be kept in the record, with its message.
        kept, record.exc_text = record.exc_text, None
        said = record.name == "root" or record.name.startswith(_HEARD)
        text = super().format(record if said else _unsaid(record))
        record.exc_text = kept
        return masked(text)

    def formatException(self, ei: Any) -> str:
        return "\n".join(traced(ei[1]))


def _unsaid(record: logging.LogRecord) -> logging.LogRecord:
    told = {**record.__dict__, "msg": f"{record.pathname}:{record.lineno}", "args": ()}
    return logging.makeLogRecord({**told, "stack_info": None})


class _PrivateFile(RotatingFileHandler):
    """A rotating file that only its owner may read, and that never disturbs the program."""

    def _open(self) -> TextIOWrapper:
        return open(self.baseFilename, self.mode, encoding=self.encoding, opener=_owner_only)  # type: ignore[return-value]

    def handleError(self, record: logging.LogRecord) -> None:
        """Nothing: a full disk must not stop the work, nor print the record elsewhere."""


def _owner_only(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def start(folder: Path, *, in_detail: bool = False) -> None:
    """Write to ``folder`` from now on; without a place to write, nothing is logged.

    Three files of at most 1 MB in UTF-8. Calling it again moves the log. ``in_detail`` adds
    every step of the program and every SQL statement, without its values.
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
    logging.getLogger("dangjian_desktop").setLevel(logging.DEBUG if in_detail else logging.NOTSET)
    # Never DEBUG: then SQLAlchemy writes down every row that it reads.
    logging.getLogger("sqlalchemy.engine").setLevel(logging.INFO if in_detail else logging.NOTSET)


def keep_quiet() -> None:
    """Nothing that libraries of others say reaches standard error by itself either."""
    if logging.lastResort is not None:
        logging.lastResort.setFormatter(_MaskingFormatter("%(message)s"))
    warnings.showwarning = _warned


def _warned(
    message: Warning | str,
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,
    line: str | None = None,
) -> None:
    """Its words may tell of a cell, its place does not."""
    del message, file, line
    logging.getLogger(__name__).info("%s at %s:%d", category.__name__, filename, lineno)


def bug(error: BaseException) -> None:
    """Log an exception that nobody expected, with its traceback."""
    trace = (type(error), error, error.__traceback__)
    logging.getLogger(__name__).error("%s", type(error).__name__, exc_info=trace)


def _stop() -> None:
    root = logging.getLogger()
    for handler in [each for each in root.handlers if each.get_name() == FILE_NAME]:
        root.removeHandler(handler)
        handler.close()
