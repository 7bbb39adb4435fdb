"""The prints of a declaration as the maker of ledgers holds them, and back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from dangjian_desktop.domain.amounts import number_text, read_number
from dangjian_desktop.domain.fields import Field, FieldType
from dangjian_desktop.domain.ledgers.ledger import (
    NUMBER,
    NUMBER_TYPES,
    TITLE_WORDS,
    CardPrint,
    GridPrint,
    Ledger,
    NoticePrint,
    Pivot,
    Print,
    SheetPrint,
    TablePrint,
    kind_of,
)
from dangjian_desktop.domain.ledgers.patterns import places_of
from dangjian_desktop.domain.ledgers.print_checks import GRID_TYPES, PIVOT_TYPES
from dangjian_desktop.services.ledgers.style_patterns import (
    joined,
    names_of,
    parted,
    shown,
    typed,
)
from dangjian_desktop.services.ledgers.style_words import (
    AROUND_TITLE,
    BRANCH,
    FITTING,
    OTHER_WIDTH,
    PERIOD,
    WIDTHS,
    YES,
)

State = dict[str, Any]
Rows = Sequence[Mapping[str, Any]]
_UNPRINTED = (FieldType.LINK, FieldType.FILES)
_LONG = (FieldType.LONG_TEXT, FieldType.PEOPLE)
_SIGN = "填表人、支部书记"
FRESH: Mapping[str, Any] = {
    "kind": "table",
    "title": BRANCH + PERIOD,
    "head": "单位、期间",
    "sign": _SIGN,
}
"""A print that was just added: a table of every field."""


def state_of_prints(ledger: Ledger, *, printed: bool) -> list[State]:
    """Every print with its place in the declaration."""
    return [_state(ledger, at, each, printed=printed) for at, each in enumerate(ledger.prints)]


def _state(ledger: Ledger, at: int, layout: Print, *, printed: bool) -> State:
    found: State = {"at": at, "kind": kind_of(layout), "title": _shown(layout.title)}
    found |= {"sign": joined(layout.sign), "head": joined(layout.head)}
    match layout:
        case TablePrint(pivot=Pivot() as pivot):
            kinds = {"kind": "pivot", "down": pivot.rows, "across": pivot.columns}
            found |= kinds | {"amount": pivot.value}
        case TablePrint():
            found |= {"split": layout.split, "in_force": YES if layout.in_force else None}
            found["columns"] = [
                {"name": name, "width": number_text(width)}
                | ({"total": YES} if name in layout.total else {})
                for name, width in layout.columns
                if printed
            ]
        case GridPrint():
            found |= {"of": layout.rows, "by": layout.columns, "value": layout.value}
        case CardPrint():
            found["boxes"] = joined(layout.boxes)
            found["lines"] = state_of_lines(layout.rows)
        case SheetPrint():
            found["text"] = [shown(text, ledger) for text in layout.text]
        case NoticePrint():
            found["text"] = [shown(text, ledger) for text in layout.text]
            found |= {"about": layout.about, "result": layout.result}
            found |= {"begins": layout.from_field, "closes": layout.until_field}
            found["contact"] = list(layout.contact)
    return {name: value for name, value in found.items() if value not in (None, "", [])}


def state_of_lines(lines: Iterable[Sequence[str]]) -> list[State]:
    """The lines of a form as rows of a table."""
    return [{f"part{n}": name for n, name in enumerate(line, 1)} for line in lines]


def _shown(title: str) -> str:
    for plain, words in AROUND_TITLE:
        title = title.replace(plain, words)
    return title


def built_prints(base: Ledger, made: Ledger, prints: Rows) -> tuple[Print, ...]:
    """The prints that the form means; what names a field that is gone goes with it."""
    return tuple(_built(base, made, row) for row in prints)


def _built(base: Ledger, made: Ledger, row: Mapping[str, Any]) -> Print:
    kind, at = str(row.get("kind") or "table"), row.get("at")
    before = base.prints[at] if isinstance(at, int) and at < len(base.prints) else None
    head = before.head if before is not None else ()
    around: State = {
        "title": _title(made, row),
        "head": parted(row.get("head"), head),
        "sign": parted(row.get("sign"), before.sign if before is not None else ()),
    }
    match kind:
        case "grid":
            return GridPrint(**around, **_grid(made, row))
        case "card":
            card = before if isinstance(before, CardPrint) else CardPrint(title="")
            boxes = parted(row.get("boxes"), card.boxes)
            return CardPrint(**around, rows=_card(base, made, card, row), boxes=boxes)
        case "sheet":
            return SheetPrint(**around, text=_sheet(base, made, row))
        case "notice":
            text = _sheet(base, made, row)
            return NoticePrint(**around, text=text, **_notice(made, row))
        case "pivot":
            return TablePrint(**around, pivot=_pivot(made, row))
    chosen = row.get("columns") or ()
    columns = tuple(_columns(made, chosen))
    return TablePrint(
        **around,
        columns=columns,
        total=_totals(made, chosen, [name for name, _ in columns]),
        split=known(made, row.get("split")),
        in_force=row.get("in_force") == YES and bool(made.from_field),
    )


def _title(made: Ledger, row: Mapping[str, Any]) -> str:
    title = str(row.get("title") or "").strip()
    bare = title.replace(BRANCH, "").replace(PERIOD, "")
    if not bare:
        title = (title or BRANCH + PERIOD) + made.title
    for plain, words in AROUND_TITLE:
        title = title.replace(words, plain)
    return title


def known(made: Ledger, name: str | None) -> str:
    """The name, as long as a field has it."""
    return name if name and made.named(name) else ""


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
        wanted = [row["name"] for row in rows if row.get("total") == YES and "name" in row]
    else:
        wanted = list(printed)
    return tuple(
        name
        for name in dict.fromkeys(wanted)
        if (found := made.named(name)) is not None and found.type in NUMBER_TYPES
    )


def _grid(made: Ledger, row: Mapping[str, Any]) -> State:
    return {
        "rows": known(made, row.get("of")) or _first(made, GRID_TYPES),
        "columns": row.get("by") or "month",
        "value": known(made, row.get("value")),
    }


def _pivot(made: Ledger, row: Mapping[str, Any]) -> Pivot:
    down = known(made, row.get("down")) or _first(made, PIVOT_TYPES)
    across = known(made, row.get("across")) or _first(made, PIVOT_TYPES, but=down)
    return Pivot(down, across or down, known(made, row.get("amount")))


def _notice(made: Ledger, row: Mapping[str, Any]) -> State:
    return {
        "about": known(made, row.get("about")),
        "from_field": known(made, row.get("begins")),
        "until_field": known(made, row.get("closes")),
        "contact": tuple(name for name in row.get("contact") or () if made.named(name)),
        "result": known(made, row.get("result")),
    }


def _first(made: Ledger, types: Sequence[FieldType], but: str = "") -> str:
    """The first field in use of these types, in the order of the types."""
    fields = [f for f in made.of_type(*types) if not f.retired and f.name != but]
    return next((f.name for f in sorted(fields, key=lambda f: types.index(f.type))), "")


def _card(
    base: Ledger, made: Ledger, before: CardPrint, row: Mapping[str, Any]
) -> tuple[tuple[str, ...], ...]:
    """The lines that were chosen; fields that are new to unchanged ones stand below them."""
    chosen = row.get("lines") or ()
    parts = [[known(made, line.get(f"part{n}")) for n in (1, 2, 3)] for line in chosen]
    lines = [tuple(name for name in line if name) for line in parts]
    new: Sequence[Field] = ()
    if not chosen:
        new = printable(made)
    elif list(chosen) == state_of_lines(before.rows):
        new = [f for f in printable(made) if base.named(f.name) is None]
    return (*(line for line in lines if line), *lines_of(new))


def lines_of(fields: Sequence[Field]) -> Iterator[tuple[str, ...]]:
    """Two short fields in a line of a form, a long one alone."""
    short: tuple[str, ...] = ()
    for asked in fields:
        long = asked.type in _LONG
        if short and (long or len(short) == 2):
            yield short
            short = ()
        if long:
            yield (asked.name,)
        else:
            short = (*short, asked.name)
    if short:
        yield short


def _sheet(base: Ledger, made: Ledger, row: Mapping[str, Any]) -> tuple[str, ...]:
    text = [typed(part, names_of(base, made)) for part in row.get("text") or ()]
    return tuple(t for t in text if all(_there(made, p.field) for p in places_of(t)))


def _there(made: Ledger, name: str) -> bool:
    return name in TITLE_WORDS or made.named(name) is not None
