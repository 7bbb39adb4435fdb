"""Writing the declaration of a ledger: one closed format, always the same text for the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from dangjian_desktop.domain.amounts import number_text
from dangjian_desktop.domain.fields import Field
from dangjian_desktop.domain.ledgers.ledger import (
    Ask,
    CardPrint,
    DueOf,
    FigureOf,
    GridPrint,
    Ledger,
    Makes,
    NoticePrint,
    Print,
    SheetPrint,
    TablePrint,
    kind_of,
)
from dangjian_desktop.domain.levels import Level

_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


class _Word(str):
    """Written as it is."""

    __slots__ = ()


Pairs = Iterable[tuple[str, Any]]


def write_ledger(ledger: Ledger) -> str:
    """The TOML text of a ledger; ``read_ledger`` gives an equal one back."""
    return "\n".join(_lines(ledger)) + "\n"


def _lines(ledger: Ledger) -> Iterator[str]:
    for name, value in _kept(_top(ledger)):
        yield f"{name} = {_value(value)}"
    yield from _list("field", (_field(ledger, f) for f in ledger.fields))
    if ledger.ask is not None:
        yield f"ask = {_inline(_ask(ledger.ask))}"
    yield from _list("figure", map(_figure, ledger.figures))
    yield from _list("due", map(_due, ledger.due))
    if ledger.summary is not None:
        said = (("section", ledger.summary.section), ("line", ledger.summary.line))
        yield f"summary = {_inline(said)}"
    for layout in ledger.prints:
        yield ""
        yield "[[print]]"
        for name, value in _kept(_print(layout)):
            yield f"{name} = {_value(value)}"


def _top(ledger: Ledger) -> Pairs:
    return (
        ("format", ledger.format),
        ("code", ledger.code),
        ("title", ledger.title),
        ("section", ledger.section.value),
        ("origin", ledger.origin.value),
        ("edition", ledger.edition),
        ("source", ledger.source),
        ("level", ledger.level.value),
        ("row", ledger.row),
        ("name", ledger.name),
        ("day", ledger.day),
        ("day_else", ledger.day_else),
        ("from", ledger.from_field),
        ("until", ledger.until_field),
        ("period", ledger.period),
        ("people", ledger.people),
        ("identity", ledger.identity),
        ("listed", ledger.listed),
        ("sort", ledger.sort),
        ("one_of", ledger.one_of),
    )


def _field(ledger: Ledger, field: Field) -> Pairs:
    gone = tuple(code for name, code in ledger.retired_choices if name == field.name)
    made = next((m for m in ledger.makes if m.field == field.name), None)
    return (
        ("name", field.name),
        ("label", field.label),
        ("type", field.type.value),
        ("who", field.who if field.who != "anyone" else ""),
        ("to", field.to),
        ("required", field.required),
        ("hint", field.hint),
        ("unit", field.unit),
        ("places", field.bounds.places),
        ("least", field.bounds.least),
        ("most", field.bounds.most),
        ("longest", field.bounds.longest),
        ("choices", field.choices),
        ("retired_choices", gone),
        ("also", field.also),
        ("mask", field.masked),
        ("level", "" if field.level is Level.PUBLIC else field.level.value),
        ("retired", field.retired),
        ("makes", None if made is None else _made(made)),
    )


def _made(made: Makes) -> dict[str, str]:
    told = {"record": made.record, "into": made.into, "source": made.source, "due": made.due}
    return {name: text for name, text in told.items() if text}


def _ask(ask: Ask) -> Pairs:
    return (
        ("who", ask.who),
        ("on", ask.on),
        ("per", ask.per),
        ("field", ask.field),
        ("count", ask.count),
        ("least", ask.least),
        ("but", ask.but),
        ("remind", ask.remind or None),
        ("rota", ask.rota),
        # Written also where it is false: whether a ledger asks at once is worth reading.
        ("on_from_start", _Word("true" if ask.on_from_start else "false")),
    )


def _figure(figure: FigureOf) -> Pairs:
    return (
        ("name", figure.name),
        ("label", figure.label),
        ("count", figure.count),
        ("where", dict(figure.where)),
        ("unit", figure.unit),
        ("over", figure.over),
        ("feeds", figure.feeds),
    )


def _due(due: DueOf) -> Pairs:
    return (("field", due.field), ("done", due.done), ("text", due.text))


def _print(layout: Print) -> Pairs:
    yield "kind", kind_of(layout)
    yield "title", layout.title
    yield "head", layout.head
    match layout:
        case TablePrint():
            yield "columns", layout.columns
            yield "total", layout.total
            yield "split", layout.split
            if layout.pivot is not None:
                pivot = layout.pivot
                pair = (("rows", pivot.rows), ("columns", pivot.columns), ("value", pivot.value))
                yield "pivot", dict(pair)
            yield "in_force", layout.in_force
        case CardPrint():
            yield "rows", layout.rows
            yield "boxes", layout.boxes
        case SheetPrint():
            yield "text", layout.text
        case NoticePrint():
            yield from (
                ("about", layout.about),
                ("text", layout.text),
                ("from", layout.from_field),
                ("until", layout.until_field),
                ("contact", layout.contact),
                ("result", layout.result),
            )
        case GridPrint():
            yield from (
                ("rows", layout.rows),
                ("columns", layout.columns),
                ("value", layout.value),
            )
    yield "sign", layout.sign


def _kept(pairs: Pairs) -> Iterator[tuple[str, Any]]:
    """Only what says something: what is missing, empty or false is left out."""
    for name, value in pairs:
        if value is not None and value is not False and value != "" and value not in ((), {}):
            yield name, value


def _list(name: str, tables: Iterable[Pairs]) -> Iterator[str]:
    lines = [f"  {_inline(table)}," for table in tables]
    if lines:
        yield f"{name} = ["
        yield from lines
        yield "]"


def _inline(pairs: Pairs) -> str:
    return "{ " + ", ".join(f"{name} = {_value(v)}" for name, v in _kept(pairs)) + " }"


def _value(value: Any) -> str:
    if isinstance(value, dict):
        return _inline(value.items())
    if isinstance(value, tuple | list):
        return f"[{', '.join(map(_part, value))}]"
    return _plain(value)


def _plain(value: Any) -> str:
    match value:
        case bool():
            return "true"
        case _Word() | int():
            return str(value)
        case Decimal():
            return _text(number_text(value))
        case _:
            return _text(str(value))


def _part(value: Any) -> str:
    """Inside a list a number is a width, which is written as one."""
    return number_text(value) if isinstance(value, Decimal) else _value(value)


def _text(value: str) -> str:
    shown = "".join(
        _ESCAPES.get(c) or (f"\\u{ord(c):04X}" if ord(c) < 32 or ord(c) == 127 else c)
        for c in value
    )
    return f'"{shown}"'
