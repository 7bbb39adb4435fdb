"""The prints of a declaration as the maker of ledgers holds them, and back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from dangjian_desktop.domain.amounts import number_text, read_number
from dangjian_desktop.domain.fields import Field, FieldType
from dangjian_desktop.domain.ledgers.ledger import (
    NUMBER,
    NUMBER_TYPES,
    PEOPLE_TYPES,
    CardPrint,
    GridPrint,
    Ledger,
    Print,
    SheetPrint,
    TablePrint,
    kind_of,
)
from dangjian_desktop.domain.ledgers.patterns import places_of
from dangjian_desktop.services.ledgers.style_words import (
    AROUND_TITLE,
    BRANCH,
    FITTING,
    OTHER_WIDTH,
    PERIOD,
    WIDTHS,
)

State = dict[str, Any]
Rows = Sequence[Mapping[str, Any]]
_UNPRINTED = (FieldType.LINK, FieldType.FILES)
_LONG = (FieldType.LONG_TEXT, FieldType.PEOPLE)
_HEAD = ("单位", "期间")
_SIGN = "填表人、支部书记"
FRESH: Mapping[str, Any] = {"kind": "table", "title": BRANCH + PERIOD, "sign": _SIGN}
"""A print that was just added: a table of every field."""


def state_of_prints(ledger: Ledger, *, printed: bool) -> list[State]:
    """Every print with its place in the declaration; what the maker cannot show stays there."""
    return [_state(at, each, printed=printed) for at, each in enumerate(ledger.prints)]


def _state(at: int, layout: Print, *, printed: bool) -> State:
    found: State = {"at": at, "kind": kind_of(layout), "title": _shown(layout.title)}
    found["sign"] = "、".join(layout.sign) or None
    match layout:
        case TablePrint() if layout.pivot is not None:
            found["kind"] = "pivot"
        case TablePrint():
            found["columns"] = [
                {"name": name, "width": number_text(width)}
                | ({"total": "yes"} if name in layout.total else {})
                for name, width in layout.columns
                if printed
            ]
        case GridPrint():
            found |= {"of": layout.rows, "by": layout.columns, "value": layout.value or None}
        case CardPrint():
            found["boxes"] = "、".join(layout.boxes) or None
        case SheetPrint():
            pass
    return {name: value for name, value in found.items() if value is not None}


def _shown(title: str) -> str:
    for plain, shown in AROUND_TITLE:
        title = title.replace(plain, shown)
    return title


def built_prints(base: Ledger, made: Ledger, prints: Rows) -> tuple[Print, ...]:
    """The prints that the form means, on the fields that are there now."""
    return tuple(_built(base, made, row) for row in prints)


def _built(base: Ledger, made: Ledger, row: Mapping[str, Any]) -> Print:
    kind, at = str(row.get("kind") or "table"), row.get("at")
    before = base.prints[at] if isinstance(at, int) and at < len(base.prints) else None
    if before is not None and kind_of(before) != kind.replace("pivot", "table"):
        before = None
    title, sign = _title(made, row), words(row.get("sign"))
    match kind:
        case "grid":
            return replace(_grid(made, before, row), title=title, sign=sign)
        case "card":
            return replace(_card(base, made, before, row), title=title, sign=sign)
        case "sheet" if isinstance(before, SheetPrint):
            return replace(_sheet(made, before), title=title, sign=sign)
    table = TablePrint(title="", head=_HEAD)
    if isinstance(before, TablePrint):
        table = _table(made, before)
    if kind == "pivot" and table.pivot is not None:
        return replace(table, title=title, sign=sign)
    columns = tuple(_columns(made, row.get("columns") or ()))
    total = _totals(made, row.get("columns") or (), [name for name, _ in columns])
    return replace(table, columns=columns, total=total, title=title, sign=sign)


def _title(made: Ledger, row: Mapping[str, Any]) -> str:
    title = str(row.get("title") or "").strip()
    bare = title.replace(BRANCH, "").replace(PERIOD, "")
    if not bare:
        title = (title or BRANCH + PERIOD) + made.title
    for plain, shown in AROUND_TITLE:
        title = title.replace(shown, plain)
    return title


def words(typed: str | None) -> tuple[str, ...]:
    """填表人、支部书记 as two."""
    return tuple(word.strip() for word in (typed or "").split("、") if word.strip())


def printable(made: Ledger) -> tuple[Field, ...]:
    """The fields that a paper can show."""
    return tuple(f for f in made.fields if not f.retired and f.type not in _UNPRINTED)


def _columns(made: Ledger, rows: Rows) -> Iterator[tuple[str, Decimal]]:
    """The columns as they were chosen, else every field; widths that nobody said share the page."""
    chosen = [row for row in rows if row.get("name") == NUMBER or made.named(row.get("name", ""))]
    wanted: Rows = chosen or [{"name": asked.name} for asked in printable(made)]
    said = {row["name"]: width for row in wanted if (width := width_of(row)) is not None}
    usual = {row["name"]: usual_width(made, row["name"]) for row in wanted}
    free = sum((w for name, w in usual.items() if name not in said), Decimal(0))
    left = FITTING - sum(said.values(), Decimal(0))
    share = min(Decimal(1), left / free) if free and left > 0 else Decimal(1)
    for row in wanted:
        name = row["name"]
        fitted = max(Decimal(8), (usual[name] * share).to_integral_value(rounding="ROUND_FLOOR"))
        yield name, said.get(name, fitted)


def width_of(row: Mapping[str, Any]) -> Decimal | None:
    """The width in mm that was typed; nothing where it is empty or no number."""
    try:
        found = read_number(str(row.get("width") or ""))
    except ValueError:
        return None
    return found.value if found and found.value > 0 else None


def usual_width(made: Ledger, name: str) -> Decimal:
    """The width in mm that a field wants."""
    asked = made.named(name)
    if asked is None:
        return Decimal(11)
    wide = Decimal(WIDTHS.get(asked.type, OTHER_WIDTH))
    return max(wide, Decimal(4 * min(len(asked.title), 8) + 4))


def _totals(made: Ledger, rows: Rows, printed: Sequence[str]) -> tuple[str, ...]:
    if rows:
        wanted = [row["name"] for row in rows if row.get("total") == "yes" and "name" in row]
    else:
        wanted = list(printed)
    return tuple(
        name
        for name in dict.fromkeys(wanted)
        if (found := made.named(name)) is not None and found.type in NUMBER_TYPES
    )


def _grid(made: Ledger, before: Print | None, row: Mapping[str, Any]) -> GridPrint:
    layout = before if isinstance(before, GridPrint) else GridPrint(title="", head=_HEAD)
    named = [f.name for f in made.of_type(*PEOPLE_TYPES, FieldType.GROUP) if not f.retired]
    of, value = row.get("of", ""), row.get("value") or ""
    return replace(
        layout,
        rows=of if made.named(of) else next(iter(named), ""),
        columns=row.get("by") or "month",
        value=value if made.named(value) else "",
    )


def _card(base: Ledger, made: Ledger, before: Print | None, row: Mapping[str, Any]) -> CardPrint:
    """Lines as they were; new fields below them, two short ones in a line."""
    layout = before if isinstance(before, CardPrint) else CardPrint(title="", head=("单位",))
    lines = [tuple(n for n in line if made.named(n)) for line in layout.rows]
    known = {name for line in lines for name in line}
    asked_before = {asked.name for asked in base.fields} if before is not None else set()
    new = [f for f in printable(made) if f.name not in known and f.name not in asked_before]
    rows = (*(line for line in lines if line), *_lines(new))
    return replace(layout, rows=rows, boxes=words(row.get("boxes")))


def _lines(fields: Sequence[Field]) -> Iterator[tuple[str, ...]]:
    short: list[str] = []
    for asked in fields:
        if asked.type in _LONG:
            if short:
                yield tuple(short)
                short = []
            yield (asked.name,)
        else:
            short.append(asked.name)
            if len(short) == 2:
                yield tuple(short)
                short = []
    if short:
        yield tuple(short)


def _table(made: Ledger, layout: TablePrint) -> TablePrint:
    """Without what names a field that is gone."""
    pivot = layout.pivot
    if pivot and not all(made.named(n) for n in (pivot.rows, pivot.columns)):
        pivot = None
    if pivot and not made.named(pivot.value):
        pivot = replace(pivot, value="")
    force = layout.in_force and bool(made.from_field)
    split = layout.split if made.named(layout.split) else ""
    return replace(layout, split=split, pivot=pivot, in_force=force)


def _sheet(made: Ledger, layout: SheetPrint) -> SheetPrint:
    kept = tuple(t for t in layout.text if all(_there(made, p.field) for p in places_of(t)))
    return replace(layout, text=kept)


def _there(made: Ledger, name: str) -> bool:
    return name in ("branch", "period") or made.named(name) is not None
