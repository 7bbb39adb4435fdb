"""Keys by which a name is sorted and found: its pinyin, and the initials of every reading."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from importlib.machinery import PathFinder
from importlib.util import find_spec, module_from_spec

from dangjian_desktop.domain.members.surnames import READINGS, surname_of

_TONES = {"\u0304": "1", "\u0301": "2", "\u030c": "3", "\u0300": "4"}


def sort_key(name: str, told: str | None = None) -> str:
    """Full pinyin with tones in figures, syllables apart, so that 李 comes before 李明.

    ``told`` is the reading that somebody gave, with tone marks or without.
    """
    return " ".join(_told(told) if told else _read(name))


def text_key(text: str) -> str:
    """The same for words that are no name."""
    return " ".join(_usual(text))


def initials(name: str, told: str | None = None) -> str:
    """First letters, such as ``zs`` for 张三; where the surname can be read otherwise too, its
    other initials and their full pinyin behind, apart by blanks."""
    first = _told(told) if told else _read(name)
    others = [key for reading in _others(name) for key in (_letters(reading), _plain(reading))]
    return " ".join(dict.fromkeys((_letters(first), *others)))


def sounds(sign: str) -> frozenset[str]:
    """Every reading of one character, without tones; none for what is no character."""
    told = _signs().get(ord(sign), "").split(",")
    return frozenset(_plain([_with_figure(reading)]) for reading in told if reading)


@cache
def _signs() -> Mapping[int, str]:
    """The dictionary's table of characters alone: as a whole the library reads its phrases too,
    for which nobody who types a name should wait."""
    whole = find_spec("pypinyin")
    places = whole.submodule_search_locations if whole else None
    spec = PathFinder.find_spec("pinyin_dict", places)
    if spec is None or spec.loader is None:
        return {}
    table = module_from_spec(spec)
    spec.loader.exec_module(table)
    signs: Mapping[int, str] = table.pinyin_dict
    return signs


def _read(name: str) -> list[str]:
    """The surname by its own table, the rest as words are read."""
    surname = surname_of(name)
    if surname not in READINGS:
        return [*_usual(name)]
    return [*READINGS[surname][0].split(), *_usual(name[len(surname) :])]


@lru_cache(maxsize=16_384)
def _usual(text: str) -> tuple[str, ...]:
    from pypinyin import Style, lazy_pinyin

    return tuple(_lower(lazy_pinyin(text, style=Style.TONE3)))


def _others(name: str) -> Iterator[list[str]]:
    """The name with its surname read in its other ways."""
    surname = surname_of(name)
    for reading in READINGS.get(surname, ()):
        yield [*reading.split(), *_usual(name[len(surname) :])]


def _told(text: str) -> list[str]:
    """The syllables of a typed reading with their tones as figures."""
    return [_with_figure(syllable) for syllable in text.lower().replace("'", " ").split()]


def _with_figure(syllable: str) -> str:
    spread = unicodedata.normalize("NFD", syllable).replace("u\u0308", "v")
    tone = next((_TONES[mark] for mark in spread if mark in _TONES), "")
    return "".join(sign for sign in spread if not unicodedata.combining(sign)) + tone


def _letters(syllables: Iterable[str]) -> str:
    return "".join(syllable[:1] for syllable in syllables).lower()


def _plain(syllables: Iterable[str]) -> str:
    return "".join(c for c in "".join(syllables) if c.isalpha())


def _lower(syllables: Iterable[str]) -> list[str]:
    return [syllable.lower() for syllable in syllables]
