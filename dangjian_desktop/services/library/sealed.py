"""What was changed in a library with a password past the program, and who has looked at it."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.errors import InputError, Issue
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.storage.copies.accepting import Acceptance
from dangjian_desktop.storage.copies.chaining import accept_changes as _accept
from dangjian_desktop.storage.copies.chaining import changed_outside as _changed
from dangjian_desktop.storage.library import Library

_REMEDY = (
    "请在“设置 → 资料与备份”核验，与改动之前的备份比较，需要时恢复那份备份，"
    "并查明谁接触过这个文件和密码。"
)
LONGEST = 200
"""Characters of a name, and of a note."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What to say of them, and each in a sentence."""

    message: str
    remedy: str
    details: tuple[str, ...]


def changed_outside(library: Path) -> Changes | None:
    """What is not as it was sealed and nobody has looked at; nothing where all is, or where there
    is no password."""
    found, _looked_at = _changed(library)
    if not found:
        return None
    return Changes("资料库里有内容被绕过本程序改动。", _REMEDY, found)


def looked_at(library: Path) -> tuple[str, ...]:
    """What was changed and somebody has looked at, in lines: who and when, then what."""
    _found, accepted = _changed(library)
    return tuple(line for each in accepted for line in lines_of(each))


def lines_of(accepted: Acceptance) -> tuple[str, ...]:
    """One acceptance."""
    return (f"{accepted.told()}：", *(f"　{words}" for words in accepted.words))


def accept_changes(library: Library, by: str, note: str = "") -> bool:
    """Seal who has looked at what is new, and what he says of it; whether there was anything.

    Raises ``InputError`` without a name.
    """
    by, note = " ".join(by.split()), " ".join(note.split())
    if not by:
        words = "请填写核对人的姓名。"
        raise InputError(words, issues=[Issue(words, field="by")])
    for field, text in (("by", by), ("note", note)):
        if len(text) > LONGEST:
            words = f"最多{LONGEST}个字，现在有{len(text)}个。"
            raise InputError(words, issues=[Issue(words, field=field)])
    with library.changing(Topic.SETTINGS) as work:
        return work.through(partial(_accept, by=by, note=note))
