"""Pinyin of names: the key by which people look for a name, and its initials."""

from __future__ import annotations

from collections.abc import Iterable

from pypinyin import Style, lazy_pinyin

from dangjian_desktop.domain.members.member import Member


def sort_key(name: str) -> str:
    """Full pinyin with tones in figures, syllables apart, so that 李 comes before 李明."""
    return " ".join(lazy_pinyin(name, style=Style.TONE3))


def initials(name: str) -> str:
    """First letters, such as ``zs`` for 张三."""
    return "".join(lazy_pinyin(name, style=Style.FIRST_LETTER)).lower()


def matches(member: Member, typed: str) -> bool:
    """Whether what was typed is part of the name, or begins its initials or its pinyin."""
    wanted = typed.strip().lower().replace(" ", "")
    spelled = "".join(c for c in member.sort_key.lower() if c.isalpha())
    return (
        not wanted
        or wanted in member.name.lower()
        or member.initials.startswith(wanted)
        or spelled.startswith(wanted)
    )


def matching(members: Iterable[Member], typed: str) -> list[Member]:
    """Those that what was typed may mean."""
    return [member for member in members if matches(member, typed)]
