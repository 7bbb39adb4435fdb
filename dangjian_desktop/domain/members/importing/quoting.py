"""A cell's text as a message may show it."""

from __future__ import annotations

import re

_LONG_NUMBER = re.compile(r"[0-9０-９]{9,}[0-9０-９XxＸ.*]*")


def quoted(text: str) -> str:
    """A cell's text as a message may show it: shortened, long numbers covered."""
    shown = _LONG_NUMBER.sub("……", text.strip())
    return f"“{shown[:20]}……”" if len(shown) > 20 else f"“{shown}”"
