"""Which cells of a grid are blanks, and the labels that they stand beside and under."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from dangjian_desktop.domain.blank_forms.form import (
    JOIN,
    Blank,
    BlankKind,
    Cell,
    Grid,
    read_label,
)
from dangjian_desktop.domain.blank_forms.gaps import Gap, gaps
from dangjian_desktop.domain.blank_forms.neighbours import Neighbours

_NUMBERED = "序号"
_NO_SUM = re.compile(
    r"(?:姓名|名称|性别|民族|日期|时间|年月|电话|方式|号|号码|备注|学历|文化程度|职务|地点|内容|主题|人"
    r"|人员|对象|单位|情况|签字|签名|类别|类型|级别|状态|称号|籍贯|部门|岗位|序号)$"
)
"""Heads of columns of a list that have no sum."""
Shape = tuple[tuple[int, int], ...]
"""First column and width of each cell of a row."""
_DRAWN = re.compile("[_＿]{4}")
GAP = "#"
"""Between the key of a cell or paragraph and the number of a gap in it, from 1: "p5#2"."""


def find_blanks(grid: Grid) -> tuple[Blank, ...]:
    """Every blank of a table or sheet that has a label, in the order of reading.

    Beside its own label a cell of a matrix has that of its row among its heads. Two or more empty
    rows under a head are one blank of rows, as is one whose first column is 序号.
    """
    finder = _Finder(grid)
    found = [*finder.rows(), *finder.cells()]
    order = {cell.key: number for number, cell in enumerate(finder.near.ordered)}
    return tuple(sorted(found, key=lambda blank: order[split_key(blank.key)[0]]))


def find_in_text(text: str, key: str, where: str) -> tuple[Blank, ...]:
    """The blanks of a paragraph outside of all tables: its gaps that have labels, and dates."""
    found = [_of_gap(gap, number, key, where) for number, gap in enumerate(gaps(text), 1)]
    dates = {
        f"{key}{GAP}{number}": "日期" if "日" in text[gap.start : gap.end] else "年月"
        for number, gap in enumerate(gaps(text), 1)
        if gap.dated
    }
    lines = {
        f"{key}{GAP}{number}": f"{where}空格"
        for number, gap in enumerate(gaps(text), 1)
        if where and not gap.boxes and _DRAWN.search(text[gap.start : gap.end])
    }
    named = (replace(b, label=b.label or dates.get(b.key) or lines.get(b.key, "")) for b in found)
    return tuple(blank for blank in named if blank.label)


def cell_blank(grid: Grid, cell: Cell) -> Blank:
    """An empty cell without a label, which a person may choose all the same."""
    return Blank(key=cell.key, label="", where=grid.words(cell), name=cell.key, room=cell.room)


def split_key(key: str) -> tuple[str, int]:
    """The cell or paragraph of a key, and the number of the gap in it, 0 for the whole."""
    place, mark, number = key.rpartition(GAP)
    return (place, int(number)) if mark and number.isdigit() else (key, 0)


def _of_gap(
    gap: Gap, number: int, key: str, where: str, beside: tuple[str, tuple[str, ...]] = ("", ())
) -> Blank:
    label, heads = beside
    own = gap.label or ("" if gap.dated else label)
    if gap.dated and not own and label:
        own, heads = "日期", (*heads, label)
    elif gap.label and label:
        heads = (*heads, label)
    heads = (*heads, gap.subject) if gap.subject and gap.label else heads
    return Blank(
        key=f"{key}{GAP}{number}",
        label=own,
        name=own,
        heads=heads,
        where=where,
        unit=gap.unit,
        kind=gap.kind,
        choices=gap.choices,
    )


class _Finder:
    """The blanks of one grid; ``_used`` are the cells of blanks of rows."""

    def __init__(self, grid: Grid) -> None:
        self._grid = grid
        self.near = Neighbours(grid)
        self._used: set[str] = set()
        self._over: dict[tuple[int, Shape], list[tuple[Cell, ...]]] = {}

    def cells(self) -> Iterator[Blank]:
        """The blanks of single cells, those inside of their texts included."""
        for cell in self.near.ordered:
            if not cell.key or cell.key in self._used:
                continue
            if cell.empty or cell.formula:
                yield from self._whole(cell)
            elif not self.near.is_label(cell):
                yield from self._inside(cell)

    def _whole(self, cell: Cell) -> Iterator[Blank]:
        label, unit, heads = self.near.labels(cell)
        if label and not (self.near.is_sum_of_list(cell) and _NO_SUM.search(label)):
            yield Blank(
                key=cell.key,
                label=label,
                unit=unit,
                heads=heads,
                where=self._grid.words(cell),
                formula=cell.formula,
                room=cell.room,
            )

    def _inside(self, cell: Cell) -> Iterator[Blank]:
        label, _, heads = self.near.labels(cell)
        found = self.near.gaps.get(cell.key, ())
        dated = len(found) == 1 and found[0].dated and not found[0].label
        whole = dated and cell.text.strip() == cell.text[found[0].start : found[0].end].strip()
        whole = whole and "\n" not in cell.text
        if whole or (label and self.near.is_signature(cell)):
            yield from self._whole(cell)
            if whole:
                return
        for number, gap in enumerate(found, 1):
            blank = _of_gap(gap, number, cell.key, self._grid.words(cell), (label, heads))
            if blank.label:
                yield blank

    def rows(self) -> Iterator[Blank]:
        """The blanks of rows."""
        bottom = max((cell.row + cell.down for cell in self.near.ordered), default=0)
        row = self.near.titles + 1
        while row < bottom:
            cells = self._open_row(row)
            run = [cells] if cells else []
            while run and (more := self._open_row(row + len(run))) and self._goes_on(run[0], more):
                run.append(more)
            if run and (blank := self._run(run)) is not None:
                self._used |= {cell.key for cells in run for cell in cells}
                self.near.repeating |= {cells[0].row for cells in run}
                yield blank
            row += max(len(run), 1)

    def _open_row(self, row: int) -> Sequence[Cell]:
        """The cells of a row, if nothing stands in them but its number; else none."""
        there = self.near.starting.get(row, [])
        cells = [cell for cell in there if cell.down == 1]
        numbers = [cell for cell in cells if self.near.is_number(cell)]
        whole = len(cells) > 1 and all(cell.key for cell in cells) and len(numbers) < 2
        free = all(cell.empty or cell.formula for cell in cells if cell not in numbers)
        free = free and any(cell.empty for cell in cells)
        tall = any(cell.down > 1 and not self.near.is_label(cell) for cell in there)
        return cells if whole and free and not tall and numbers in ([], cells[:1]) else ()

    def _goes_on(self, row: Sequence[Cell], other: Sequence[Cell]) -> bool:
        """Whether two rows are of one blank: alike, and beside the same label."""
        return _shape(row) == _shape(other) and self._beside(row) is self._beside(other)

    def _beside(self, row: Sequence[Cell]) -> Cell | None:
        side = self.near.at.get((row[0].row, row[0].column - 1))
        return side if side is not None and self.near.is_label(side) else None

    def _run(self, run: Sequence[Sequence[Cell]]) -> Blank | None:
        """The blank of such rows; those beside the next label have the heads of the first."""
        first = run[0]
        row, shape = first[0].row, _shape(first)
        above = self._over.get((row, shape))
        direct = [True] * len(first)
        if above is None:
            above = [self.near.above(cell) for cell in first]
            direct = [bool(cells) and cells[-1].row + cells[-1].down == row for cells in above]
        shared = [c for c in above[0] if all(c in labels for labels in above)]
        columns = [
            JOIN.join(read_label(c.text)[0] for c in labels if c not in shared) for labels in above
        ]
        if sum(map(bool, direct)) < max(2, len(first) - 1):
            return None
        follows = (row, shape) in self._over
        if len(run) == 1 and columns[0] != _NUMBERED and not follows:
            return None
        self._over[row + len(run), shape] = above
        side = self._beside(first)
        heads = [read_label(c.text)[0] for c in (*shared, *((side,) if side else ()))]
        return Blank(
            key=first[0].key,
            label=heads[-1] if heads else "",
            heads=tuple(heads[:-1]),
            where=self._grid.words(first[0]),
            kind=BlankKind.ROWS,
            columns=tuple(columns),
            rows=tuple(tuple(cell.key for cell in cells) for cells in run),
        )


def _shape(row: Sequence[Cell]) -> Shape:
    return tuple((cell.column, cell.across) for cell in row)
