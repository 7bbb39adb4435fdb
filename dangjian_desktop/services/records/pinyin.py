"""Whether what was typed is meant for a name: part of it, its initials or its pinyin."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from dangjian_desktop.domain.folding import fold
from dangjian_desktop.domain.members.member import Member
from dangjian_desktop.storage.pinyin import initials, sort_key, text_key

__all__ = ["Initials", "initials", "matches", "matching", "sort_key", "text_key"]


class Initials(Mapping[str, str]):
    """The initials of titles by id; each is read only when it is asked for."""

    def __init__(self, titles: Mapping[str, str]) -> None:
        self._titles = titles

    def __getitem__(self, uid: str) -> str:
        return initials(self._titles[uid])

    def __iter__(self) -> Iterator[str]:
        return iter(self._titles)

    def __len__(self) -> int:
        return len(self._titles)


def matches(member: Member, typed: str) -> bool:
    """Whether what was typed is part of the name, or begins its initials or its pinyin."""
    return bool(matching([member], typed))


def matching(members: Iterable[Member], typed: str) -> list[Member]:
    """Those that what was typed may mean."""
    wanted = fold(typed).strip().lower().replace(" ", "")
    spelled = wanted.isascii()
    return [
        member
        for member in members
        if wanted in member.name.lower() or (spelled and _begins(member, wanted))
    ]


def _begins(member: Member, wanted: str) -> bool:
    keys = (*member.initials.split(), _spelled(member.sort_key))
    return any(key.startswith(wanted) for key in keys)


@lru_cache(maxsize=4096)
def _spelled(key: str) -> str:
    return "".join(c for c in key.lower() if c.isalpha())
