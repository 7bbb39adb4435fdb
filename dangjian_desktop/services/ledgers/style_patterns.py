"""Patterns as people write them: 参加〔主题〕 for what the file format writes with names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from dangjian_desktop.domain.ledgers.ledger import CHOICE_TYPES, NUMBER_TYPES, PEOPLE_TYPES, Ledger
from dangjian_desktop.domain.ledgers.patterns import Place, filled
from dangjian_desktop.services.ledgers.style_words import AROUND_TITLE

_WORD = re.compile("〔([^〔〕]+)〕")
_HOW = {"n": "·几人", "by": "·各有几次", "sum": "·合计"}
_ROWS = "〔次数〕"
_FIXED = {shown: plain for plain, shown in AROUND_TITLE} | {_ROWS: "{n:rows}"}


def names_of(*ledgers: Ledger) -> dict[str, str]:
    """The field of each label; that of a later ledger, and of a field in use, goes before."""
    fields = [f for each in ledgers for f in each.fields]
    return {f.label: f.name for f in sorted(fields, key=lambda f: not f.retired)}


def typed(text: str, names: Mapping[str, str]) -> str:
    """The pattern that the words mean; what names no field stays as it is."""

    def place(found: re.Match[str]) -> str:
        if found[0] in _FIXED:
            return _FIXED[found[0]]
        for how, behind in _HOW.items():
            name = names.get(found[1].removesuffix(behind))
            if found[1].endswith(behind) and name:
                return f"{{{how}:{name}}}"
        return f"{{{names[found[1]]}}}" if found[1] in names else found[0]

    return _WORD.sub(place, text)


def shown(pattern: str, ledger: Ledger) -> str:
    """The words for a pattern; a place that no word would give back stays as it is."""
    names = names_of(ledger)

    def word(place: Place) -> str:
        plain = f"{{{place.how}:{place.field}}}" if place.how else f"{{{place.field}}}"
        fixed = next((word for word, meant in _FIXED.items() if meant == plain), "")
        made = fixed or f"〔{ledger.label(place.field)}{_HOW.get(place.how, '')}〕"
        return made if typed(made, names) == plain else plain

    return filled(pattern, word)


def unknown(pattern: str) -> Iterator[str]:
    """What stands in 〔〕 and is no field; a number of a document (〔2026〕3号) is none."""
    yield from (each for each in _WORD.findall(pattern) if not re.search(r"\d", each))


def offered(ledger: Ledger, *, counts: bool) -> Iterator[str]:
    """What can be put into a pattern; with ``counts`` how many only, as 关怀 may say."""
    if counts:
        yield _ROWS
    for field in ledger.fields:
        if not (field.retired or counts):
            yield f"〔{field.label}〕"
        if field.type in PEOPLE_TYPES:
            yield f"〔{field.label}{_HOW['n']}〕"
        if counts and field.type in CHOICE_TYPES:
            yield f"〔{field.label}{_HOW['by']}〕"
        if counts and field.type in NUMBER_TYPES:
            yield f"〔{field.label}{_HOW['sum']}〕"


def joined(words: Iterable[str]) -> str | None:
    """Several words in one line; nothing where there is none."""
    return "、".join(words) or None


def parted(text: str | None, known: Iterable[str] = ()) -> tuple[str, ...]:
    """The words of a line, without blanks; one that is known stays whole with its own 、 in it."""
    whole = sorted((re.escape(w) for w in known if _BETWEEN.search(w)), key=len, reverse=True)
    found = re.findall("|".join((*whole, _BETWEEN.pattern.replace("[", "[^", 1))), text or "")
    return tuple(word.strip() for word in found if word.strip())


_BETWEEN = re.compile("[、，,；;\n]+")
