"""A blank form as it was read, whatever the file: tables of cells, blanks with labels, texts."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from itertools import chain

from dangjian_desktop.frozen import dataclass

JOIN = "·"
"""Between the parts of a name that needs more than its own label."""

UNIT_WORDS = r"(?:人次|人/次|学时|小时|课时|万元|[次人名个项元份件篇条场天期岁户%％])"
"""What is counted, as a pattern."""

_BLANKS = re.compile(r"[\s\u3000:：_＿]+")
_UNIT = re.compile(rf"[（(](?:单位)?({UNIT_WORDS})[）)]$")


class BlankKind(StrEnum):
    """What a blank takes."""

    VALUE = "value"
    BOXES = "boxes"
    ROWS = "rows"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell of a table or sheet, a merged one once, counted from 0.

    ``key`` is its stable place ("t0.r3.c1", "Sheet1!C4"). ``room`` is roughly the number of
    Chinese characters that fit, None where that is unknown. ``formula`` cells are kept as they are.
    """

    row: int
    column: int
    down: int = 1
    across: int = 1
    text: str = ""
    key: str = ""
    formula: bool = False
    room: int | None = None

    @property
    def empty(self) -> bool:
        """Nothing stands in it but blanks."""
        return not self.formula and not _BLANKS.sub("", self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """One table of a Word file or one sheet, to be looked through for blanks and to be drawn.

    ``title`` is for people (「表1」, the sheet's name); ``widths`` are the shares of the columns.
    What is not ``ruled`` is words between tables, drawn without lines.
    """

    title: str
    cells: tuple[Cell, ...]
    widths: tuple[float, ...] = ()
    ruled: bool = True

    def words(self, cell: Cell) -> str:
        """Where a cell is: 「表1第4行第2列」."""
        return f"{self.title}第{cell.row + 1}行第{cell.column + 1}列"


@dataclass(frozen=True, slots=True, kw_only=True)
class Blank:
    """One place to be filled in.

    ``label`` is its own label without colons, blanks and unit; ``heads`` are the other labels that
    it stands under, above before left, outer before inner. ``name`` tells it apart within the
    form and reads as the form does (「支部党员大会（次）」): maps are kept by it. ``where`` is for
    people. ``choices`` are the words beside boxes. Of rows, ``columns`` names each column and
    ``rows`` the keys of the cells of each empty row, column by column. A ``formula`` is kept.
    """

    key: str
    label: str
    where: str
    name: str = ""
    heads: tuple[str, ...] = ()
    unit: str = ""
    kind: BlankKind = BlankKind.VALUE
    choices: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    formula: bool = False
    room: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """What goes into one blank: a text, the boxes that are ticked, or rows of texts.

    A row has one text for each column of the blank, empty where nothing is known.
    """

    text: str = ""
    chosen: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BlankForm:
    """A form as it was read. ``fingerprint`` is the same for the same labels in the same places.

    ``beyond`` are sentences about blanks that are seen and cannot be filled.
    """

    name: str
    suffix: str
    title: str
    fingerprint: str
    blanks: tuple[Blank, ...]
    grids: tuple[Grid, ...] = ()
    texts: tuple[str, ...] = ()
    beyond: tuple[str, ...] = ()

    def labels(self) -> dict[str, str]:
        """The name of each blank by its key: what is kept of an edition."""
        return {blank.key: blank.name for blank in self.blanks}


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelChange:
    """A label that is another in the newer edition: "" in ``old`` is new, "" in ``new`` is gone."""

    old: str
    new: str

    @property
    def words(self) -> str:
        """The change for people."""
        if self.old and self.new:
            return f"“{self.old}”改为“{self.new}”"
        return f"新增“{self.new}”" if self.new else f"没有了“{self.old}”"


def make_form(
    name: str,
    suffix: str,
    title: str,
    blanks: Iterable[Blank],
    grids: Sequence[Grid] = (),
    texts: Sequence[str] = (),
) -> BlankForm:
    """The form of these blanks, each with a name of its own."""
    named = _named(tuple(blanks))
    told = "\n".join(
        "\t".join((b.key, b.kind, b.name, *b.choices, *b.columns, *chain(*b.rows))) for b in named
    )
    mark = hashlib.sha256(f"{suffix}\n{told}".encode()).hexdigest()
    return BlankForm(
        name=name,
        suffix=suffix,
        title=title,
        fingerprint=mark,
        blanks=named,
        grids=tuple(grids),
        texts=tuple(texts),
    )


def read_label(text: str) -> tuple[str, str]:
    """A label as people write it, cleaned, and its unit: 「党员大会（次）：」 → 党员大会, 次."""
    plain = _BLANKS.sub("", text)
    found = _UNIT.search(plain)
    if found:
        return plain[: found.start()], found[1]
    return plain, ""


def changed_labels(old: Mapping[str, str], new: Mapping[str, str]) -> tuple[LabelChange, ...]:
    """What differs between two editions (``BlankForm.labels``); a label that only moved does not.

    A label that stands where another stood is told as one change, not as two.
    """
    gone = {key: name for key, name in old.items() if name not in new.values()}
    come = {key: name for key, name in new.items() if name not in old.values()}
    pairs = [LabelChange(old=gone.pop(key, ""), new=name) for key, name in come.items()]
    return (*pairs, *(LabelChange(old=name, new="") for name in gone.values()))


def likeness(old: Mapping[str, str], new: Mapping[str, str]) -> float:
    """Which share of all labels two editions have in common, 0 to 1."""
    every = {*old.values()} | {*new.values()}
    return len({*old.values()} & {*new.values()}) / len(every) if every else 0.0


def _named(blanks: Sequence[Blank]) -> tuple[Blank, ...]:
    """Each with its printed label, with its heads where that is not enough, else with a number."""
    short = [_printed(blank) for blank in blanks]
    seen = Counter(short)
    long = [
        name if seen[name] == 1 else JOIN.join((*blank.heads, name))
        for name, blank in zip(short, blanks, strict=True)
    ]
    again, counts = Counter(long), Counter[str]()
    named = []
    for name, blank in zip(long, blanks, strict=True):
        counts[name] += 1
        told = name if again[name] == 1 else f"{name}（第{counts[name]}处）"
        named.append(replace(blank, name=told))
    return tuple(named)


def _printed(blank: Blank) -> str:
    """What is given as a name stands; else the label and its unit, of rows their columns."""
    label = blank.label or "、".join(filter(None, blank.columns))
    return blank.name or (f"{label}（{blank.unit}）" if blank.unit else label)
