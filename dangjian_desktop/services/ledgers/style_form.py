"""What stands in the maker of ledgers to a declaration and back; nothing it lacks is lost."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from hashlib import sha256
from typing import Any

from dangjian_desktop.domain.amounts import number_text, read_number
from dangjian_desktop.domain.fields import Bounds, Field, FieldType
from dangjian_desktop.domain.ledgers.ledger import (
    CHOICE_TYPES,
    DAY_TYPES,
    NUMBER_TYPES,
    PEOPLE_TYPES,
    Ask,
    Ledger,
    Level,
    Section,
)
from dangjian_desktop.domain.ledgers.patterns import places_of
from dangjian_desktop.domain.ledgers.reading import kept_ledger
from dangjian_desktop.domain.ledgers.writing import write_ledger
from dangjian_desktop.services.ledgers.print_form import built_prints, state_of_prints

State = dict[str, Any]
_BETWEEN = re.compile(r"[、，,；;\n]+")
_LISTED = 8
_UNLISTED = (FieldType.LONG_TEXT, FieldType.LINK, FieldType.FILES)
_TARGETS = ("meeting", "meeting.item", "project")


def fresh_name() -> str:
    """A name for a field that no field ever had, also none that was taken away."""
    return f"f_{secrets.token_hex(4)}"


def state_of(ledger: Ledger, *, printed: bool = True) -> State:
    """The form of a declaration. Without ``printed`` a table prints whatever the fields are."""
    ask = ledger.ask
    return {
        "base": write_ledger(ledger),
        "title": ledger.title,
        "section": ledger.section.value,
        "row": ledger.row if ledger.row != "记录" else None,
        "period": None if ledger.period == "none" else ledger.period,
        "source": ledger.source or None,
        "level": ledger.level.value,
        "ask_who": ask.who if ask else None,
        "ask_per": ask.per if ask else None,
        "ask_least": number_text(ask.least) if ask else None,
        "ask_remind": ask.remind or None if ask else None,
        "fields": [_row(ledger, each) for each in ledger.fields if not each.retired],
        "prints": state_of_prints(ledger, printed=printed),
    }


def _row(ledger: Ledger, asked: Field) -> State:
    found = {
        "name": asked.name,
        "label": asked.label,
        "type": type_code(asked),
        "required": "yes" if asked.required else None,
        "choices": "、".join(word for _, word in ledger.choices_of(asked.name)) or None,
        "unit": asked.unit or None,
    }
    return {name: value for name, value in found.items() if value is not None}


def type_code(asked: Field) -> str:
    """The type as the maker offers it: with whom it may name."""
    return asked.type.value + (f"/{asked.who}" if asked.type in PEOPLE_TYPES else "")


def ledger_of(state: Mapping[str, Any]) -> Ledger:
    """The declaration that the form means; what names a field that is gone goes with it."""
    base = _base(state["base"])
    kept = [_field(base, row) for row in state.get("fields") or () if row.get("label")]
    fields = (*kept, *(each for each in base.fields if each.retired))
    title = str(state.get("title") or "").strip()
    made = replace(
        base,
        title=title,
        section=Section(state.get("section") or base.section),
        row=state.get("row") or "记录",
        source=state.get("source") or "",
        level=Level(state.get("level") or base.level),
        fields=fields,
        retired_choices=_still_retired(base, fields),
    )
    made = _tied(base, made, state)
    return replace(made, prints=built_prints(base, made, state.get("prints") or ()))


@lru_cache(maxsize=8)
def _base(text: str) -> Ledger:
    return kept_ledger(text)


def _field(base: Ledger, row: Mapping[str, Any]) -> Field:
    word, _, who = str(row.get("type") or "text").partition("/")
    kind = FieldType(word)
    known = base.named(row["name"]) or Field(row["name"], "", kind)
    same = known.type is kind
    targets = (known.to or _TARGETS) if kind is FieldType.LINK else ()
    return replace(
        known,
        label=str(row["label"]).strip(),
        type=kind,
        required=row.get("required") == "yes",
        unit=row.get("unit") or "" if kind in NUMBER_TYPES else "",
        who=who or "anyone",
        to=targets,
        bounds=known.bounds if same else Bounds(),
        choices=_choices(base, known, row) if kind in CHOICE_TYPES else (),
    )


def _choices(base: Ledger, known: Field, row: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """The words with their codes: known ones keep theirs, retired ones stand behind."""
    words = list(words_of(row.get("choices")))
    codes = {word: code for code, word in known.choices}
    offered = [(codes.get(word) or _code(word), word) for word in words]
    gone = {code for of, code in base.retired_choices if of == known.name}
    kept = [pair for pair in known.choices if pair[0] in gone and pair[1] not in words]
    return (*offered, *kept)


def _code(word: str) -> str:
    """The same word has the same code, however often the form is saved."""
    return f"c_{sha256(word.encode()).hexdigest()[:12]}"


def _still_retired(base: Ledger, fields: Sequence[Field]) -> tuple[tuple[str, str], ...]:
    codes = {(each.name, code) for each in fields for code, _ in each.choices}
    return tuple(pair for pair in base.retired_choices if pair in codes)


def _tied(base: Ledger, made: Ledger, state: Mapping[str, Any]) -> Ledger:
    """With every place that names fields settled on those that are there."""
    day = _day(base, made)
    period = state.get("period") or "none"
    if not day or (named := made.named(day)) is None:
        period = "none"
    elif named.type is FieldType.YEAR and period != "none":
        period = "year"
    people = _known(made, base.people, PEOPLE_TYPES) or tuple(
        each.name for each in made.of_type(*PEOPLE_TYPES)
    )
    name = base.name if _all_known(made, base.name) and base.name else _name(made, day)
    identity = base.identity
    if not identity or not _counts(made, identity):
        identity = tuple(
            dict.fromkeys(filter(None, (day, *(place.field for place in places_of(name)))))
        )
    sort = tuple(s for s in base.sort if made.named(s.removeprefix("-")))
    ask = _ask(base, made, state)
    groups = tuple(_known(made, group) for group in base.one_of)
    return replace(
        made,
        day=day,
        period=period,
        people=people,
        name=name,
        identity=identity,
        listed=_listed(base, made),
        sort=sort or ((f"-{day}",) if day else ()),
        one_of=tuple(group for group in groups if group),
        from_field=base.from_field if made.named(base.from_field) else "",
        until_field=base.until_field if made.named(base.until_field) else "",
        makes=tuple(each for each in base.makes if made.named(each.field)),
        ask=ask,
        figures=tuple(f for f in base.figures if _counts(made, (f.count.field, *dict(f.where)))),
        due=tuple(
            each
            for each in base.due
            if _counts(made, (each.field, each.done)) and _all_known(made, each.text)
        ),
        summary=base.summary if base.summary and _all_known(made, base.summary.line) else None,
    )


def _day(base: Ledger, made: Ledger) -> str:
    known = _known(made, (base.day,), DAY_TYPES)
    dated = (*known, *(each.name for each in made.of_type(*DAY_TYPES) if not each.retired))
    return next(iter(dated), "")


def _known(
    made: Ledger, names: Sequence[str], types: Sequence[FieldType] | None = None
) -> tuple[str, ...]:
    """Those of the names that are fields (of these types)."""
    return tuple(
        name
        for name in names
        if (found := made.named(name)) is not None and (types is None or found.type in types)
    )


def _counts(made: Ledger, names: Sequence[str]) -> bool:
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
    before = _known(made, base.listed)
    new = [
        each.name
        for each in made.fields
        if base.named(each.name) is None and each.type not in _UNLISTED
    ]
    names = (*before, *new[: max(0, _LISTED - len(before))])
    order = [each.name for each in made.fields]
    return names if not new else tuple(sorted(names, key=order.index))


def _ask(base: Ledger, made: Ledger, state: Mapping[str, Any]) -> Ask | None:
    who = state.get("ask_who")
    if not who:
        return None
    before = base.ask or Ask(who=who, on="any_day", but=("waived",))
    if before.count.field and made.named(before.count.field) is None:
        before = Ask(who=who, on=before.on, but=before.but)
    names = _known(made, (before.field,), asked_types(who)) if before.field else ()
    fits = [each.name for each in made.of_type(*asked_types(who)) if not each.retired]
    return replace(
        before,
        who=who,
        per=state.get("ask_per") or "month",
        field="" if who == "branch" else next(iter((*names, *fits)), ""),
        least=_number(state.get("ask_least")) or Decimal(1),
        remind=int(_number(state.get("ask_remind")) or 0),
    )


def asked_types(who: str) -> tuple[FieldType, ...]:
    """The types of the field that tells who has filled in."""
    return (FieldType.GROUP,) if who == "groups" else PEOPLE_TYPES


def _number(value: Any) -> Decimal | None:
    try:
        found = read_number(str(value)) if value not in (None, "") else None
    except ValueError:
        return None
    return found.value if found else None


def words_of(choices: str | None) -> Iterator[str]:
    """The choices as they were typed, without blanks."""
    yield from (word.strip() for word in _BETWEEN.split(choices or "") if word.strip())
