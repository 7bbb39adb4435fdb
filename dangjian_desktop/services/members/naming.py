"""Whether what was typed is meant for a name: part of it, its pinyin, or words that sound so."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Protocol, TypeVar

from dangjian_desktop.domain.folding import fold
from dangjian_desktop.domain.members.surnames import READINGS, surname_of
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.storage.pinyin import initials, sort_key, sounds

_JOINED = str.maketrans("ü", "v", " '")
_TONES = str.maketrans("", "", "12345")


class Named(Protocol):
    """Who has a name, its initials and its pinyin as ``initials`` and ``sort_key`` make them."""

    @property
    def name(self) -> str:
        """The name as it is written."""

    @property
    def initials(self) -> str:
        """First letters of each reading."""

    @property
    def sort_key(self) -> str:
        """Pinyin with tones in figures, syllables apart; may be empty."""


Anybody = TypeVar("Anybody", bound=Named)


def matching(people: Iterable[Anybody], typed: str) -> list[Anybody]:
    """Those that what was typed may mean, as a person would type it with an input method or
    without: who is named so, or where nobody is, whose name sounds so."""
    everybody = list(people)
    return named(everybody, typed) or sounding(everybody, typed)


@dataclass(frozen=True, slots=True)
class _Title:
    """What a record is called, to be found as a person is."""

    uid: str
    name: str

    @property
    def initials(self) -> str:
        return initials(self.name)

    @property
    def sort_key(self) -> str:
        return sort_key(self.name)


def titled(titles: Mapping[str, str], typed: str) -> list[str]:
    """The ids whose title may be meant, found as a name is; every word that was typed counts."""
    found = [_Title(uid, title) for uid, title in titles.items()]
    for word in typed.split():
        found = matching(found, word)
    return [title.uid for title in found]


def named(people: Iterable[Anybody], typed: str) -> list[Anybody]:
    """Those whose name holds these characters, or is read so: initials, pinyin whole or in
    part. Who is read so as a rule comes before who can be."""
    wanted = _folded(typed)
    if typed.strip() and not wanted:
        return []
    ranks = [(_rank(each, wanted), each) for each in people]
    return [each for rank in (0, 1) for at, each in ranks if at == rank]


def sounding(people: Iterable[Anybody], typed: str) -> list[Anybody]:
    """Those whose name sounds like these characters, which an input method chose for it."""
    wanted = _folded(typed)
    if wanted.isascii():
        return []
    parts = [sign if sign.isascii() else sounds(sign) for sign in wanted if sign.isalnum()]
    return [each for each in people if parts and _sounds(parts, each)]


def _folded(typed: str) -> str:
    wanted = unicodedata.normalize("NFKC", fold(typed)).strip().lower()
    return wanted.translate(_JOINED)


def _rank(person: Named, wanted: str) -> int | None:
    """0 where the name is written so or read so as a rule, 1 where it can be read so too."""
    if wanted in person.name.lower():
        return 0
    if not wanted.isascii():
        return None
    usual, *others = [*_readings(person.name, person.sort_key), ()]
    keys = person.initials.lower().split()
    if _read(wanted, usual) or any(key.startswith(wanted) for key in keys[:1]):
        return 0
    fits = any(_read(wanted, each) for each in others)
    return 1 if fits or any(key.startswith(wanted) for key in keys[1:]) else None


def _sounds(parts: Sequence[str | frozenset[str]], person: Named) -> bool:
    readings = _readings(person.name, person.sort_key)
    return any(_read(parts, said[at:]) for said in readings for at in range(len(said)))


@lru_cache(maxsize=4096)
def _readings(name: str, key: str) -> tuple[tuple[str, ...], ...]:
    """The syllables of a name without tones, the usual reading first."""
    usual = _plain(key.lower().split())
    surname = surname_of(name)
    rest = usual[len(surname) :]
    others = (_plain(each.split()) + rest for each in READINGS.get(surname, ()))
    return tuple(dict.fromkeys((usual, *others))) if usual else ()


def _plain(syllables: Iterable[str]) -> tuple[str, ...]:
    plain = (syllable.translate(_TONES) for syllable in syllables)
    return tuple(syllable for syllable in plain if syllable.isalpha())


def _read(typed: Sequence[str | frozenset[str]], syllables: tuple[str, ...]) -> bool:
    """Whether each syllable from the first on begins with its share of the letters, or is a
    sound of its character, until all that was typed is used up."""
    if not typed or not syllables:
        return not typed
    first, rest = syllables[0], syllables[1:]
    if isinstance(typed[0], frozenset):
        return first in typed[0] and _read(typed[1:], rest)
    most = next((n for n, (a, b) in enumerate(zip(typed, first, strict=False)) if a != b), None)
    most = min(len(typed), len(first)) if most is None else most
    return any(_read(typed[share:], rest) for share in range(most, 0, -1))
