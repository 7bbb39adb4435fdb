"""What the columns of a written table are, known before anything is written."""

from __future__ import annotations

from dangjian_desktop.frozen import dataclass

LONGEST_TEXT = 32_767
"""Characters that a cell can hold."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: heading, width in characters, whether its texts stand in the middle."""

    heading: str
    width: float
    centred: bool = True
