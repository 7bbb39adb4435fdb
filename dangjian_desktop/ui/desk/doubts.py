"""What is not as the program saved it in a copy, told before it is put back all the same."""

from __future__ import annotations

from collections.abc import Sequence

MOST = 8
_HEAD = "注意：这份备份里有内容不是本程序保存的样子，恢复后还是这样。有更好的备份时请用那一份。"


def doubts_told(doubts: Sequence[str]) -> str:
    """Each in a line of its own, not too many; nothing where there is none."""
    if not doubts:
        return ""
    more = [f"……另有{len(doubts) - MOST}处"] if len(doubts) > MOST else []
    return "\n".join((_HEAD, *doubts[:MOST], *more)) + "\n\n"
