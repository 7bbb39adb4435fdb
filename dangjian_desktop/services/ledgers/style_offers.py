"""What the maker of ledgers offers where a field of the ledger is to be chosen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from dangjian_desktop.domain.fields import Field, FieldType
from dangjian_desktop.domain.ledgers.ledger import (
    CHOICE_TYPES,
    DAY_TYPES,
    NOTE,
    NUMBER,
    NUMBER_TYPES,
    PEOPLE_TYPES,
    Ledger,
    Section,
)
from dangjian_desktop.domain.ledgers.print_checks import (
    CONTACT_TYPES,
    GRID_TYPES,
    PIVOT_TYPES,
    SPLIT_TYPES,
    VALUE_TYPES,
)
from dangjian_desktop.services.ledgers.print_form import printable
from dangjian_desktop.services.ledgers.style_patterns import offered
from dangjian_desktop.services.ledgers.style_settling import asked_types
from dangjian_desktop.services.ledgers.style_words import PATTERNS

Choices = Sequence[tuple[str, str]]
_OF_TYPE: Mapping[str, Sequence[FieldType]] = {
    **dict.fromkeys(("day",), DAY_TYPES),
    **dict.fromkeys(("from", "until", "field", "begins", "closes"), (FieldType.DATE,)),
    **dict.fromkeys(("down", "across"), PIVOT_TYPES),
    "people": PEOPLE_TYPES,
    "of": GRID_TYPES,
    "value": VALUE_TYPES,
    "amount": NUMBER_TYPES,
    "split": SPLIT_TYPES,
    "about": (FieldType.TEXT,),
    "contact": CONTACT_TYPES,
    "result": (FieldType.TEXT, FieldType.LONG_TEXT),
}
_ANY = ("listed", "identity", "names", "done")


def offers(ledger: Ledger) -> dict[str, Choices]:
    """The choices by the name of what is asked in the form."""
    used = [field for field in ledger.fields if not field.retired]
    every = _pairs(used)
    found = {name: _pairs(f for f in used if f.type in types) for name, types in _OF_TYPE.items()}
    found |= dict.fromkeys(_ANY, every)
    who = ledger.ask.who if ledger.ask else ""
    found["ask_field"] = _pairs(f for f in used if f.type in asked_types(who))
    found["ask_count"] = _sums(used)
    found["count"] = [*_sums(used), *_persons(used)]
    found["where"] = list(_where(used))
    found["sort"] = [pair for name, label in every for pair in _both_ways(name, label)]
    printed = _pairs(printable(ledger))
    found |= {f"part{n}": [*printed, (NOTE, "备注")] for n in (1, 2, 3)}
    found["name"] = [*printed, (NOTE, "备注"), (NUMBER, "序号")]
    words = [(word, word[1:-1]) for word in offered(ledger, counts=False)]
    found |= dict.fromkeys(PATTERNS, words)
    if ledger.section is Section.CARE:
        found["summary_line"] = [(word, word[1:-1]) for word in offered(ledger, counts=True)]
    return found


def _pairs(fields: Iterator[Field] | Sequence[Field]) -> Choices:
    return [(field.name, field.label) for field in fields]


def _sums(fields: Sequence[Field]) -> Choices:
    return [(f"sum:{f.name}", f"{f.label}合计") for f in fields if f.type in NUMBER_TYPES]


def _persons(fields: Sequence[Field]) -> Choices:
    found = [f for f in fields if f.type in PEOPLE_TYPES]
    return [(f"people:{f.name}", f"{f.label}人数（不重复）") for f in found]


def _both_ways(name: str, label: str) -> Iterator[tuple[str, str]]:
    yield name, f"{label}，从小到大"
    yield f"-{name}", f"{label}，从大到小"


def _where(fields: Sequence[Field]) -> Iterator[tuple[str, str]]:
    for field in fields:
        choices: Choices = ()
        if field.type in CHOICE_TYPES:
            choices = field.choices
        elif field.type is FieldType.YES_NO:
            choices = (("yes", "是"), ("no", "否"))
        for code, word in choices:
            yield f"{field.name}={code}", f"{field.label}：{word}"
