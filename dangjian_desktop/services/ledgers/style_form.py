"""What stands in the maker of ledgers to a declaration and back; nothing it lacks is lost."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from hashlib import sha256
from typing import Any

from dangjian_desktop.domain.amounts import number_text
from dangjian_desktop.domain.fields import Bounds, Field, FieldType
from dangjian_desktop.domain.ledgers.ledger import (
    CHOICE_TYPES,
    NUMBER_TYPES,
    PEOPLE_TYPES,
    Count,
    DueOf,
    FigureOf,
    Ledger,
    Section,
    SummaryLine,
)
from dangjian_desktop.domain.ledgers.reading import kept_ledger
from dangjian_desktop.domain.ledgers.writing import write_ledger
from dangjian_desktop.domain.levels import Level
from dangjian_desktop.services.ledgers.print_form import built_prints, state_of_prints
from dangjian_desktop.services.ledgers.style_patterns import (
    joined,
    names_of,
    parted,
    shown,
    typed,
)
from dangjian_desktop.services.ledgers.style_settling import number, settled_on
from dangjian_desktop.services.ledgers.style_words import YES

State = dict[str, Any]
_TARGETS = ("meeting", "meeting.item", "project")
_TEXTS = (FieldType.TEXT, FieldType.LONG_TEXT)


def fresh_name(kind: str = "f") -> str:
    """A name for a field (or a number, ``n``) that none ever had, also none taken away."""
    return f"{kind}_{secrets.token_hex(4)}"


def state_of(ledger: Ledger, *, printed: bool = True) -> State:
    """The form of a declaration.

    Without ``printed`` tables, lists and titles are left to follow the fields.
    """
    return {
        "base": write_ledger(ledger),
        "title": ledger.title,
        "section": ledger.section.value,
        "row": ledger.row if ledger.row != "记录" else None,
        "period": None if ledger.period == "none" else ledger.period,
        "source": ledger.source or None,
        "level": ledger.level.value,
        **_asked(ledger),
        "fields": [_row(ledger, each) for each in ledger.fields if not each.retired],
        "prints": state_of_prints(ledger, printed=printed),
        **_counted(ledger),
        **(_tied(ledger) if printed else {}),
    }


def _asked(ledger: Ledger) -> State:
    ask = ledger.ask
    if ask is None:
        return {}
    return {
        "ask_who": ask.who,
        "ask_per": ask.per,
        "ask_least": number_text(ask.least),
        "ask_remind": ask.remind or None,
        "ask_count": str(ask.count) if ask.count.field else None,
        "ask_field": ask.field or None,
        "ask_on": "last_day" if ask.on == "last_day" else None,
        "ask_waived": YES if ask.but else None,
        "ask_rota": YES if ask.rota else None,
    }


def _row(ledger: Ledger, asked: Field) -> State:
    bounds = asked.bounds
    found = {
        "name": asked.name,
        "label": asked.label,
        "type": type_code(asked),
        "required": YES if asked.required else None,
        "choices": joined(word for _, word in ledger.choices_of(asked.name)),
        "unit": asked.unit,
        "hint": asked.hint,
        "also": joined(asked.also),
        "masked": YES if asked.masked else None,
        "level": None if asked.level is Level.PUBLIC else asked.level.value,
        "least": None if bounds.least is None else number_text(bounds.least),
        "most": None if bounds.most is None else number_text(bounds.most),
        "places": bounds.places,
        "longest": bounds.longest,
        "to": list(asked.to),
    }
    return {name: value for name, value in found.items() if value not in (None, "", [])}


def type_code(asked: Field) -> str:
    """The type as the maker offers it: with whom it may name."""
    return asked.type.value + (f"/{asked.who}" if asked.type in PEOPLE_TYPES else "")


def _counted(ledger: Ledger) -> State:
    said = ledger.summary
    return {
        "figures": [
            {
                "name": each.name,
                "label": each.label,
                "count": str(each.count) if each.count.field else None,
                "unit": each.unit,
                "over": each.over if each.over == "day" else None,
                "feeds": each.feeds,
                "where": [f"{name}={code}" for name, codes in each.where for code in codes],
            }
            for each in ledger.figures
        ],
        "due": [
            {"field": each.field, "words": shown(each.text, ledger), "done": each.done}
            for each in ledger.due
        ],
        "summary_section": said.section if said else None,
        "summary_line": shown(said.line, ledger) if said else None,
    }


def _tied(ledger: Ledger) -> State:
    return {
        "titled": shown(ledger.name, ledger),
        "day": ledger.day or None,
        "from": ledger.from_field or None,
        "until": ledger.until_field or None,
        "people": list(ledger.people),
        "listed": list(ledger.listed),
        "sort": list(ledger.sort),
        "identity": list(ledger.identity),
        "one_of": [{"names": list(group)} for group in ledger.one_of],
    }


def ledger_of(state: Mapping[str, Any]) -> Ledger:
    """The declaration that the form means; what names a field that is gone goes with it."""
    base = _base(state["base"])
    kept = [_field(base, row) for row in state.get("fields") or () if row.get("label")]
    fields = (*kept, *(each for each in base.fields if each.retired))
    made = replace(
        base,
        title=str(state.get("title") or "").strip(),
        section=Section(state.get("section") or base.section),
        row=state.get("row") or "记录",
        source=state.get("source") or "",
        level=Level(state.get("level") or base.level),
        fields=fields,
        retired_choices=_still_retired(base, fields),
    )
    made = settled_on(base, replace(made, **_said(base, made, state)), state)
    return replace(made, prints=built_prints(base, made, state.get("prints") or ()))


@lru_cache(maxsize=8)
def _base(text: str) -> Ledger:
    return kept_ledger(text)


def _said(base: Ledger, made: Ledger, state: Mapping[str, Any]) -> State:
    """What the form says of titles, lists and numbers, whether the fields are there or not."""
    names = names_of(base, made)
    section = state.get("summary_section")
    line = typed(state.get("summary_line") or "", names)
    return {
        "name": typed(state.get("titled") or "", names),
        "day": state.get("day") or "",
        "from_field": state.get("from") or "",
        "until_field": state.get("until") or "",
        "people": tuple(state.get("people") or ()),
        "listed": tuple(state.get("listed") or ()),
        "sort": tuple(state.get("sort") or ()),
        "identity": tuple(state.get("identity") or ()),
        "one_of": tuple(tuple(row.get("names") or ()) for row in state.get("one_of") or ()),
        "figures": tuple(_figure(row) for row in state.get("figures") or ()),
        "due": tuple(
            DueOf(
                row.get("field") or "",
                typed(row.get("words") or "", names),
                row.get("done") or "",
            )
            for row in state.get("due") or ()
        ),
        "summary": SummaryLine(section, line) if section and line else None,
    }


def _figure(row: Mapping[str, Any]) -> FigureOf:
    where: dict[str, list[str]] = {}
    for pair in row.get("where") or ():
        name, _, code = pair.partition("=")
        where.setdefault(name, []).append(code)
    return FigureOf(
        name=row["name"],
        label=row.get("label") or "",
        count=Count.parse(row.get("count") or "rows"),
        where=tuple((name, tuple(codes)) for name, codes in where.items()),
        unit=row.get("unit") or "",
        over=row.get("over") or "period",
        feeds=row.get("feeds") or "",
    )


def _field(base: Ledger, row: Mapping[str, Any]) -> Field:
    word, _, who = str(row.get("type") or "text").partition("/")
    kind = FieldType(word)
    known = base.named(row["name"]) or Field(row["name"], "", kind)
    return replace(
        known,
        label=str(row["label"]).strip(),
        type=kind,
        required=row.get("required") == YES,
        hint=row.get("hint") or "",
        unit=row.get("unit") or "" if kind in NUMBER_TYPES else "",
        who=who or "anyone",
        to=tuple(row.get("to") or _TARGETS) if kind is FieldType.LINK else (),
        bounds=_bounds(kind, row),
        choices=_choices(base, known, row) if kind in CHOICE_TYPES else (),
        also=parted(row.get("also"), known.also),
        masked=row.get("masked") == YES,
        level=Level(row.get("level") or Level.PUBLIC),
    )


def _bounds(kind: FieldType, row: Mapping[str, Any]) -> Bounds:
    """As far as they were typed so that they can be read, and mean something for the type."""
    numeric = kind in NUMBER_TYPES
    places = number(row.get("places")) if kind is FieldType.DECIMAL else None
    longest = number(row.get("longest")) if kind in _TEXTS else None
    return Bounds(
        least=number(row.get("least")) if numeric else None,
        most=number(row.get("most")) if numeric else None,
        places=None if places is None else int(places),
        longest=None if longest is None else int(longest),
    )


def _choices(base: Ledger, known: Field, row: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """The words with their codes: known ones keep theirs, retired ones stand behind."""
    codes = {word: code for code, word in known.choices}
    words = parted(row.get("choices"), codes)
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
