"""Whether what was typed is meant for a name: part of it, its initials or its pinyin."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from dangjian_desktop.domain.folding import fold
from dangjian_desktop.domain.members.member import Member
from dangjian_desktop.storage.pinyin import initials, sort_key

__all__ = ["Initials", "initials", "matches", "matching", "sort_key"]


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
    wanted = fold(typed).strip().lower().replace(" ", "")
    spelled = "".join(c for c in member.sort_key.lower() if c.isalpha())
    return (
        not wanted
        or wanted in member.name.lower()
        or any(key.startswith(wanted) for key in (*member.initials.split(), spelled))
    )


def matching(members: Iterable[Member], typed: str) -> list[Member]:
    """Those that what was typed may mean."""
    return [member for member in members if matches(member, typed)]
