"""The clock of the store: when something was saved, as text that sorts."""

from __future__ import annotations

from datetime import datetime


def now() -> datetime:
    """This moment with the offset of the machine, to the second."""
    return datetime.now().astimezone().replace(microsecond=0)


def stamp() -> str:
    """This moment in ISO form, for a column."""
    return now().isoformat()
