"""What is counted from rows: figures, named quantities, pivots and grids, each with its rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from dangjian_desktop.domain.amounts import number_text
from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.field_texts import money_text, value_text
from dangjian_desktop.domain.fields import Field, FieldType
from dangjian_desktop.domain.ledgers.ledger import FigureOf, GridPrint, Ledger, Pivot
from dangjian_desktop.domain.ledgers.rows import LedgerRow
from dangjian_desktop.domain.references import Person
from dangjian_desktop.domain.texts import UNKNOWN
from dangjian_desktop.frozen import dataclass

OPEN = "（未填）"
"""What the rows hold of which a field is left open, on the screen."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A number with the ids of the rows that it was counted from; ``value`` None is unknown."""

    label: str
    value: Decimal | None
    unit: str
    rows: tuple[str, ...]

    @property
    def text(self) -> str:
        """Value and unit as a paper prints them."""
        return UNKNOWN if self.value is None else f"{number_text(self.value)}{self.unit}"


@dataclass(frozen=True, slots=True)
class Quantity:
    """How much of a named quantity belongs to one member, by ledger, with the rows behind it."""

    value: Decimal
    ledgers: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()


class Cell(NamedTuple):
    """A field of a grid or pivot: what it shows, its number where it has one, its rows."""

    text: str = ""
    value: Decimal | None = None
    rows: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Grid:
    """``lines`` are a heading with its cells, ``totals`` the sums of the columns.

    Each line's last cell and the last total are sums across; without numbers they are counts.
    """

    columns: tuple[str, ...]
    lines: tuple[tuple[str, tuple[Cell, ...]], ...]
    totals: tuple[Cell, ...]


def figures_of(
    ledger: Ledger, rows: Sequence[LedgerRow], period: Period, day: date | None = None
) -> dict[str, Counted]:
    """Every figure of the ledger by its name; ``over = day`` looks at the last day or ``day``."""
    on = day or period.last
    return {figure.name: counted(ledger, figure, rows, period, on) for figure in ledger.figures}


def counted(
    ledger: Ledger, figure: FigureOf, rows: Iterable[LedgerRow], period: Period, day: date
) -> Counted:
    """One figure over the rows of the period, or over those in force on the day."""
    if figure.over == "day":
        chosen = [row for row in rows if row.in_force(ledger, day)]
    else:
        chosen = [row for row in rows if row.within(ledger, period)]
    chosen = [row for row in chosen if holds(row, figure)]
    return Counted(figure.label, _value(figure, chosen), figure.unit, _ids(chosen))


def holds(row: LedgerRow, figure: FigureOf) -> bool:
    """Whether every condition of the figure holds; a field that is not filled holds none."""
    return all(_codes(row.value(name)) & set(allowed) for name, allowed in figure.where)


def _codes(value: Any) -> set[str]:
    if isinstance(value, bool):
        return {"yes" if value else "no"}
    if isinstance(value, tuple):
        return set(value)
    return set() if value is None else {value}


def _value(figure: FigureOf, rows: Sequence[LedgerRow]) -> Decimal | None:
    name = figure.count.field
    if figure.count.what == "rows":
        return Decimal(len(rows))
    if figure.count.what == "people":
        return Decimal(len({who(p) for row in rows for p in row.persons(name)}))
    return _sum([row.value(name) for row in rows])


def _sum(values: Sequence[Any]) -> Decimal | None:
    """The sum of what is known; none where there are rows and nothing is known of any."""
    known = [Decimal(value) for value in values if value is not None]
    return None if values and not known else sum(known, Decimal(0))


def _ids(rows: Iterable[LedgerRow]) -> tuple[str, ...]:
    return tuple(row.id for row in rows)


def who(person: Person) -> str:
    """What tells persons apart: the member, else the name."""
    return person.member_id or person.name


def quantities(
    ledgers: Iterable[tuple[Ledger, Sequence[LedgerRow]]], name: str, period: Period
) -> Mapping[str, Quantity]:
    """A named quantity by member id: every figure that feeds it, over the rows of the period.

    A row counts for each member in the first field of ``Ledger.people``, with its whole value:
    the hours of a training are hours of each who took part.
    """
    found: dict[str, Quantity] = {}
    for ledger, rows in ledgers:
        for figure in ledger.figures:
            if figure.feeds != name or not ledger.people:
                continue
            for row in rows:
                if row.within(ledger, period) and holds(row, figure):
                    _give(found, ledger, figure, row)
    return found


def _give(found: dict[str, Quantity], ledger: Ledger, figure: FigureOf, row: LedgerRow) -> None:
    value = row.value(figure.count.field) if figure.count.what == "sum" else Decimal(1)
    if value is None:
        return
    for person in row.persons(ledger.people[0]):
        if person.member_id is None:
            continue
        so_far = found.get(person.member_id, Quantity(Decimal(0)))
        codes = so_far.ledgers if ledger.code in so_far.ledgers else (*so_far.ledgers, ledger.code)
        found[person.member_id] = Quantity(so_far.value + value, codes, (*so_far.rows, row.id))


def pivot_of(ledger: Ledger, pivot: Pivot, rows: Sequence[LedgerRow]) -> Grid:
    """Sums of a field (or counts) by two fields, with totals where they may be added up.

    Only rows and columns that occur are shown, choices in their own order.
    """
    across = _keys(ledger, pivot.columns, rows)
    cells: dict[tuple[str, str], list[LedgerRow]] = {}
    for row in rows:
        key = _text(ledger, pivot.rows, row), _text(ledger, pivot.columns, row)
        cells.setdefault(key, []).append(row)
    money = is_money(ledger, pivot.value)
    lines = tuple(
        (down, tuple(_summed(cells.get((down, key), []), pivot.value, money) for key in across))
        for down in _keys(ledger, pivot.rows, rows)
    )
    totals = tuple(
        _summed([r for r in rows if _text(ledger, pivot.columns, r) == key], pivot.value, money)
        for key in across
    )
    return Grid(tuple(across), lines, totals)


def is_money(ledger: Ledger, name: str) -> bool:
    """Whether a field holds yuan; what is counted without a field does not."""
    asked = ledger.named(name) if name else None
    return asked is not None and asked.type is FieldType.MONEY


def _text(ledger: Ledger, name: str, row: LedgerRow) -> str:
    asked = ledger.named(name)
    return (value_text(asked, row.value(name)) if asked else "") or OPEN


def _keys(ledger: Ledger, name: str, rows: Sequence[LedgerRow]) -> list[str]:
    asked = ledger.named(name)
    order = [word for _, word in asked.choices] if asked else []
    found = {_text(ledger, name, row) for row in rows}
    return [word for word in order if word in found] + sorted(found - set(order))


_NOTHING = Cell()


def _summed(rows: Sequence[LedgerRow], name: str, money: bool) -> Cell:
    if not rows:
        return _NOTHING
    value = _sum([row.value(name) for row in rows]) if name else Decimal(len(rows))
    return Cell("" if value is None else _number(value, money), value, _ids(rows))


def _number(value: Decimal, money: bool) -> str:
    return money_text(value) if money else number_text(value)


Value = tuple[str, Any]
"""The id of a row and what it gives a cell."""
Entry = tuple[str, int, Sequence[tuple[str, str]], Any]
"""What a grid takes from one row: its id, its month, whom or what it is about (pairs of a key, the
member id or the name, and the name that is shown), and its value (numbers as ``Decimal``)."""


def grid_of(
    ledger: Ledger,
    layout: GridPrint,
    entries: Iterable[Entry],
    subjects: Sequence[tuple[str, str]],
) -> Grid:
    """Persons or groups against the months (or quarters) of a year, of which the entries are.

    ``subjects`` are known beforehand, in their order; who stands in a row besides is added behind
    them. Numbers are added up, other values are listed, without a ``value`` rows are counted.
    """
    step = 1 if layout.columns == "month" else 3
    places = range(12 // step)
    shown = dict(subjects)
    across: dict[str, list[list[Value]]] = {key: [[] for _ in places] for key in shown}
    for row, month, named, value in entries:
        for key, name in named:
            if key not in across:
                shown[key], across[key] = name, [[] for _ in places]
            across[key][(month - 1) // step].append((row, value))
    heads = tuple(f"{n + 1}月" if step == 1 else f"第{'一二三四'[n]}季度" for n in places)
    asked = ledger.named(layout.value) if layout.value else None
    if asked is not None and not asked.type.numeric:
        listed = tuple((shown[key], _listed(asked, of)) for key, of in across.items())
        rows = [
            {
                found[0]: found
                for of in across.values()
                for found in of[n]
                if _happened(asked, found[1])
            }
            for n in places
        ]
        every = [list(of_month.values()) for of_month in rows]
        return Grid((*heads, "次数"), listed, _listed(None, every))
    money = is_money(ledger, layout.value)
    lines = tuple((shown[key], _added(asked, of, money)) for key, of in across.items())
    return Grid((*heads, "合计"), lines, _column_sums(lines, money))


def _added(asked: Field | None, cells: Sequence[list[Value]], money: bool) -> tuple[Cell, ...]:
    """The sums of one line and of all of it."""
    sums = tuple(_added_up(asked, values, money) if values else _NOTHING for values in cells)
    known = [cell.value for cell in sums if cell.value is not None]
    if not known:
        return (*sums, _NOTHING)
    whole = sum(known, Decimal(0))
    ids = tuple(uid for cell in sums for uid in cell.rows)
    return (*sums, Cell(_number(whole, money), whole, ids))


def _added_up(asked: Field | None, values: Sequence[Value], money: bool) -> Cell:
    rows = tuple([row for row, _ in values])
    known = [Decimal(len(values))] if asked is None else [v for _, v in values if v is not None]
    if not known:
        return Cell(rows=rows)
    whole = known[0] if len(known) == 1 else sum(known, Decimal(0))
    return Cell(_number(whole, money), whole, rows)


def _happened(asked: Field | None, value: Any) -> bool:
    """A day that is open has not come: of days only those that are known are counted."""
    return asked is None or asked.type is not FieldType.DATE or value is not None


def _listed(asked: Field | None, cells: Sequence[list[Value]]) -> tuple[Cell, ...]:
    """The words of one line, of the totals (without a field) the numbers, and how many rows."""
    words = tuple(_words(asked, values) if values else _NOTHING for values in cells)
    number = sum(_happened(asked, value) for values in cells for _, value in values)
    return (*words, Cell(str(number) if number else "", Decimal(number)))


def _words(asked: Field | None, values: Sequence[Value]) -> Cell:
    ids, number = tuple(row for row, _ in values), len(values)
    if asked is None:
        return Cell(str(number), Decimal(number), ids)
    texts = (_in_cell(asked, value) or OPEN for _, value in values)
    return Cell("；".join(dict.fromkeys(texts)), None, ids)


def _in_cell(asked: Field, value: Any) -> str:
    """A day without its year, which the grid has above it."""
    return f"{value.month}.{value.day}" if isinstance(value, date) else value_text(asked, value)


def _column_sums(lines: Sequence[tuple[str, tuple[Cell, ...]]], money: bool) -> tuple[Cell, ...]:
    """Sums of the columns over the persons: the hours of everybody together."""
    if not lines:
        return ()
    columns = zip(*(cells for _, cells in lines), strict=True)
    return tuple(_column_sum(column, money) for column in columns)


def _column_sum(column: Sequence[Cell], money: bool) -> Cell:
    known = [cell.value for cell in column if cell.value is not None]
    ids = tuple(dict.fromkeys(i for cell in column for i in cell.rows))
    if not known:
        return Cell("", None, ids)
    whole = sum(known, Decimal(0))
    return Cell(_number(whole, money), whole, ids)
