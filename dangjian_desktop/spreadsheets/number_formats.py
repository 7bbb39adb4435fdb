"""Which number formats show year and month of a date but no day."""

from __future__ import annotations

import re

_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
BUILT_IN_MONTHS = frozenset({17, 27, 36, 50, 52, 54, 57})
"""Numbers of the built-in formats that do; the later ones are the Chinese ones."""


def shows_no_day(code: str) -> bool:
    """Whether the code of a format, such as ``yyyy"年"m"月"``, leaves the day out."""
    plain = _QUOTED.sub("", code.partition(";")[0]).lower()
    return "y" in plain and "m" in plain and "d" not in plain
