"""What was changed in a library with a password past the program."""

from __future__ import annotations

from pathlib import Path

from dangjian_desktop.frozen import dataclass
from dangjian_desktop.storage.copies.chaining import changed_outside as _changed

_REMEDY = (
    "请在“设置 → 资料与备份”核验，与改动之前的备份比较，需要时恢复那份备份，"
    "并查明谁接触过这个文件和密码。"
)


@dataclass(frozen=True, slots=True)
class Changes:
    """What to say of them, and each in a sentence."""

    message: str
    remedy: str
    details: tuple[str, ...]


def changed_outside(library: Path) -> Changes | None:
    """What is not as it was sealed; nothing where all is, or where there is no password."""
    found = _changed(library)
    if not found:
        return None
    *changes, _what_to_do = found
    return Changes("资料库里有内容被绕过本程序改动。", _REMEDY, tuple(changes))
