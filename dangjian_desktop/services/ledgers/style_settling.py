"""A declaration in the making: what names fields settled on those that are there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from dangjian_desktop.domain.amounts import read_number
from dangjian_desktop.domain.fields import FieldType
from dangjian_desktop.domain.ledgers.ledger import (
    DAY_TYPES,
    PEOPLE_TYPES,
    Ask,
    Count,
    Ledger,
)
from dangjian_desktop.domain.ledgers.patterns import places_of
from dangjian_desktop.services.ledgers.style_words import YES

_LISTED = 8
_UNLISTED = (FieldType.LONG_TEXT, FieldType.LINK, FieldType.FILES)


def settled_on(base: Ledger, said: Ledger, state: Mapping[str, Any]) -> Ledger:
    """What ``said`` leaves open follows from its fields; what names none that is there goes."""
    day = _first_known(said, (said.day, *_in_use(said, DAY_TYPES)), DAY_TYPES)
    name = said.name if said.name and _all_known(said, said.name) else _name(said, day)
    identity = said.identity
    if not identity or not _there(said, identity):
        parts = (day, *(place.field for place in places_of(name)))
        identity = tuple(dict.fromkeys(filter(None, parts)))
    sort = tuple(s for s in said.sort if said.named(s.removeprefix("-")))
    from_field = _first_known(said, (said.from_field,))
    groups = tuple(_known(said, group) for group in said.one_of)
    tied = replace(
        said,
        day=day,
        day_else=_first_known(said, (said.day_else,), DAY_TYPES),
        period=_period(said, day, state.get("period") or "none"),
        people=_known(said, said.people, PEOPLE_TYPES) or _in_use(said, PEOPLE_TYPES),
        name=name,
        identity=identity,
        listed=_listed(base, said),
        sort=sort or ((f"-{day}",) if day else ()),
        one_of=tuple(group for group in groups if group),
        from_field=from_field,
        until_field=_first_known(said, (said.until_field,)),
        makes=tuple(
            replace(each, due=_first_known(said, (each.due,)))
            for each in said.makes
            if said.named(each.field)
        ),
        figures=tuple(f for f in said.figures if _there(said, (f.count.field, *dict(f.where)))),
        due=tuple(
            each
            for each in said.due
            if _there(said, (each.field, each.done)) and _all_known(said, each.text)
        ),
        summary=said.summary if said.summary and _all_known(said, said.summary.line) else None,
    )
    return replace(tied, ask=_ask(base, tied, state))


def _period(made: Ledger, day: str, wanted: str) -> str:
    named = made.named(day)
    if named is None or wanted == "none":
        return "none"
    return "year" if named.type is FieldType.YEAR else wanted


def _in_use(made: Ledger, types: Sequence[FieldType]) -> tuple[str, ...]:
    return tuple(each.name for each in made.of_type(*types) if not each.retired)


def _known(
    made: Ledger, names: Iterable[str], types: Sequence[FieldType] | None = None
) -> tuple[str, ...]:
    """Those of the names that are fields (of these types)."""
    return tuple(
        name
        for name in names
        if (found := made.named(name)) is not None and (types is None or found.type in types)
    )


def _first_known(
    made: Ledger, names: Iterable[str], types: Sequence[FieldType] | None = None
) -> str:
    return next(iter(_known(made, names, types)), "")


def _there(made: Ledger, names: Iterable[str]) -> bool:
    return all(not name or made.named(name) is not None for name in names)


def _all_known(made: Ledger, pattern: str) -> bool:
    return all(place.field == "rows" or made.named(place.field) for place in places_of(pattern))


def _name(made: Ledger, day: str) -> str:
    """The title of a row: a text, else the person and the day."""
    wanted = sorted(made.of_type(FieldType.TEXT), key=lambda each: not each.required)
    if wanted and (wanted[0].required or not tuple(made.of_type(*PEOPLE_TYPES))):
        return f"{{{wanted[0].name}}}"
    people = next((each.name for each in made.of_type(*PEOPLE_TYPES)), "")
    names = [name for name in (people, day) if name] or [f.name for f in made.fields[:1]]
    return "".join(f"{{{name}}}" for name in names)


def _listed(base: Ledger, made: Ledger) -> tuple[str, ...]:
    """As it was said; fields that are new to an unchanged list are shown, too."""
    before = _known(made, made.listed)
    if made.listed and made.listed != base.listed:
        return before
    new = [
        each.name
        for each in made.fields
        if not (before and base.named(each.name))
        and each.type not in _UNLISTED
        and not each.retired
    ]
    names = (*before, *new[: max(0, _LISTED - len(before))])
    order = [each.name for each in made.fields]
    return names if not new else tuple(sorted(names, key=order.index))


def _ask(base: Ledger, made: Ledger, state: Mapping[str, Any]) -> Ask | None:
    who = state.get("ask_who")
    if not who:
        return None
    names = (state.get("ask_field") or "", *_in_use(made, asked_types(who)))
    count = Count.parse(state.get("ask_count") or "rows")
    return Ask(
        who=who,
        on=state.get("ask_on") or "any_day",
        per=state.get("ask_per") or "month",
        field="" if who == "branch" else _first_known(made, names, asked_types(who)),
        count=count if _there(made, (count.field,)) else Count(),
        least=number(state.get("ask_least")) or Decimal(1),
        but=("waived",) if state.get("ask_waived") == YES else (),
        remind=int(number(state.get("ask_remind")) or 0),
        rota=state.get("ask_rota") == YES,
        on_from_start=base.ask is not None and base.ask.on_from_start,
    )


def asked_types(who: str) -> tuple[FieldType, ...]:
    """The types of the field that tells who has filled in."""
    return (FieldType.GROUP,) if who == "groups" else PEOPLE_TYPES


def number(value: Any) -> Decimal | None:
    """The number that was typed; nothing where it is empty or none."""
    try:
        found = read_number(str(value)) if value not in (None, "") else None
    except ValueError:
        return None
    return found.value if found else None
