"""The log file; no personal number, no message of an error and no SQL value is ever written."""

from __future__ import annotations

import logging
import os
import re
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any
from unicodedata import normalize

from dangjian_desktop.traces import traced

FILE_NAME = "dangjian.log"
MASK = "［已隐去］"
_MAX_BYTES = 1_000_000
_OLDER_FILES = 2

# Digits in groups, parted by what people part them with; a final X belongs to an ID number.
_GROUPED = re.compile(
    r"\+?\d(?:[^\S\n]{0,2}[.\-_·•－–—．]?[^\S\n]?\d){10,}(?:[ .-]?[Xx](?![A-Za-z]))?"
)
_DATES = re.compile(r"\d{4}-\d\d-\d\d(?: \d{4}-\d\d-\d\d)*")
_PHONE = re.compile(r"(?:00)?(?:86)?1[3-9]\d{9}")
_LONG = 15
"""So many digits may be an ID number or a card, however they are grouped."""
_RUN = 11


def masked(text: str) -> str:
    """``text`` without anything that looks like an ID number or a phone number."""
    return _GROUPED.sub(_hidden, text)


def _hidden(found: re.Match[str]) -> str:
    text = found[0]
    groups = re.findall(r"\d+", normalize("NFKC", text))
    several = (
        "".join(groups[first:last])
        for first in range(len(groups))
        for last in range(first + 1, len(groups) + 1)
    )
    personal = (
        sum(map(len, groups)) >= _LONG
        or max(map(len, groups)) >= _RUN
        or any(map(_PHONE.fullmatch, several))
    )
    return MASK if personal and not _DATES.fullmatch(text) else text


class _MaskingFormatter(logging.Formatter):
    """Masks the finished line, so that message, arguments and traceback are all covered."""

    def format(self, record: logging.LogRecord) -> str:
        # Another handler's traceback may be kept in the record, with its message.
        kept, record.exc_text = record.exc_text, None
        text = super().format(record)
        record.exc_text = kept
        return masked(text)

    def formatException(self, ei: Any) -> str:
        return "\n".join(traced(ei[1]))


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


def bug(error: BaseException) -> None:
    """Log an exception that nobody expected, with its traceback."""
    trace = (type(error), error, error.__traceback__)
    logging.getLogger(__name__).error("%s", type(error).__name__, exc_info=trace)


def _stop() -> None:
    root = logging.getLogger()
    for handler in [each for each in root.handlers if each.get_name() == FILE_NAME]:
        root.removeHandler(handler)
        handler.close()
