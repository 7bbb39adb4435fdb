"""Values as people read them: in lists, on paper, in titles and in the month's report."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from dangjian_desktop.domain.amounts import number_text
from dangjian_desktop.domain.dates import PartialDate, Period, chinese_date
from dangjian_desktop.domain.field_texts import Titles, value_text
from dangjian_desktop.domain.fields import Field
from dangjian_desktop.domain.ledgers.ledger import Ledger, Section
from dangjian_desktop.domain.ledgers.patterns import Place, filled
from dangjian_desktop.domain.ledgers.rows import LedgerRow, loaded_value
from dangjian_desktop.domain.levels import Outlet, may_be_shown
from dangjian_desktop.domain.references import Person
from dangjian_desktop.domain.texts import BLANK

MORE = "其他内容"
_LONGEST_TITLE = 60


def paper_text(asked: Field, value: Any, titles: Titles | None = None) -> str:
    """The same on paper, days written 2026年3月5日."""
    match value:
        case date():
            return chinese_date(value)
        case PartialDate():
            return value.chinese()
        case Period():
            return value.label
        case _:
            return value_text(asked, value, titles)


def short_text(asked: Field, value: Any, titles: Titles | None = None) -> str:
    """The same for a narrow column, days written 2026.3.5."""
    match value:
        case date():
            return f"{value.year}.{value.month}.{value.day}"
        case Period():
            return f"{value.year}.{value.start}"
        case PartialDate():
            return ".".join(str(part) for part in (value.year, value.month, value.day) if part)
        case _:
            return value_text(asked, value, titles)


def told_beside(
    more: Mapping[str, Any], former: Mapping[str, Field], titles: Titles | None = None
) -> dict[str, tuple[str, str]]:
    """What a row holds that its ledger no longer names, by its key: a heading of its own, and the
    words. ``former`` are the fields that the ledger once had: they tell what was entered."""
    told: dict[str, tuple[str, str]] = {}
    used: set[str] = set()
    for name, plain in more.items():
        asked = former.get(name)
        value = None if asked is None else loaded_value(asked, plain)
        words = _plain_words(plain)
        label = name
        if asked is not None and value is not None:
            label, words = asked.title, value_text(asked, value, titles)
        told[name] = (f"{MORE}：{f'{label}（{name}）' if label in used else label}", words)
        used.add(label)
    return told


def _plain_words(plain: Any) -> str:
    if isinstance(plain, str):
        return plain
    if isinstance(plain, Sequence):
        return "、".join(map(_plain_words, plain))
    return json.dumps(plain, ensure_ascii=False)


def title_of(ledger: Ledger, row: LedgerRow) -> str:
    """The title of a row by the pattern of its ledger; the word for a row where that is empty."""

    def words(place: Place) -> str:
        asked = ledger.named(place.field)
        return "" if asked is None else _placed(asked, row, place, paper=False)

    text = " ".join(filled(ledger.name, words).split())
    text = text.replace("（）", "").strip()
    return (text[:_LONGEST_TITLE] + "…" if len(text) > _LONGEST_TITLE else text) or ledger.row


def due_text(ledger: Ledger, row: LedgerRow, pattern: str) -> str:
    """The words of a due date, filled from the row."""
    return row_text(ledger, row, pattern, paper=False)


def row_text(ledger: Ledger, row: LedgerRow, pattern: str, *, paper: bool = True) -> str:
    """A pattern filled from the row; what is not filled leaves nothing."""

    def words(place: Place) -> str:
        asked = ledger.named(place.field)
        return "" if asked is None else _placed(asked, row, place, paper=paper)

    return filled(pattern, words)


def _placed(asked: Field, row: LedgerRow, place: Place, *, paper: bool) -> str:
    value = row.value(place.field)
    if place.how == "n":
        return str(len(value) if isinstance(value, tuple) else int(value is not None))
    return paper_text(asked, value) if paper else value_text(asked, value)


def summary_lines(
    ledger: Ledger, rows: Sequence[LedgerRow]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The lines of the month's report with the ids of their rows.

    One line for each row, oldest first; 关怀 gives one line of counts without any name. Masked
    fields leave nothing, open ones room to write.
    """
    if ledger.summary is None or not rows:
        return
    if ledger.section is Section.CARE:
        yield _counts_line(ledger, ledger.summary.line, rows), tuple(row.id for row in rows)
        return
    for row in rows:
        yield _line(ledger, row, ledger.summary.line), (row.id,)


def _line(ledger: Ledger, row: LedgerRow, pattern: str) -> str:
    def words(place: Place) -> str:
        asked = ledger.named(place.field)
        if asked is None or asked.masked or not may_be_shown(asked.level, Outlet.TOLD):
            return ""
        value = row.value(place.field)
        if isinstance(value, date):
            return f"{value.month}月{value.day}日"
        text = _placed(asked, row, place, paper=True)
        return text or ("" if stands_in(ledger, row, place.field) else BLANK)

    return filled(pattern, words)


def stands_in(ledger: Ledger, row: LedgerRow, name: str) -> bool:
    """Whether another field of which one is enough says what this one leaves open."""
    return not row.filled(name) and any(
        name in group and any(map(row.filled, group)) for group in ledger.one_of
    )


def _counts_line(ledger: Ledger, pattern: str, rows: Sequence[LedgerRow]) -> str:
    def words(place: Place) -> str:
        if place.field == "rows":
            return str(len(rows))
        asked = ledger.named(place.field)
        if asked is None or place.how == "":
            return ""
        if place.how == "by":
            return "，".join(f"{word}{n}次" for word, n in counts_by_choice(asked, rows))
        values = [row.value(place.field) for row in rows]
        if place.how == "n":
            return str(len({_who(p) for row in rows for p in row.persons(place.field)}))
        return number_text(sum((v for v in values if v is not None), Decimal(0)))

    return filled(pattern, words)


def counts_by_choice(asked: Field, rows: Sequence[LedgerRow]) -> list[tuple[str, int]]:
    """How many rows hold each choice, in the order of the choices; none are left out."""
    counted: Counter[str] = Counter()
    for row in rows:
        value = row.value(asked.name)
        counted.update(value if isinstance(value, tuple) else () if value is None else (value,))
    return [(word, counted[code]) for code, word in asked.choices if counted[code]]


def _who(person: Person) -> str:
    return person.member_id or person.name
