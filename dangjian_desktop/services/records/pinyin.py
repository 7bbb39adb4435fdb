"""Pinyin of names and titles, as lists sort and find by it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dangjian_desktop.storage.pinyin import initials, sort_key, text_key

__all__ = ["Initials", "initials", "sort_key", "text_key"]


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
