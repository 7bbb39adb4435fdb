"""The labels that stand at the left of a cell and over it."""

from __future__ import annotations

import re

from dangjian_desktop.domain.blank_forms.form import Cell, Grid, read_label
from dangjian_desktop.domain.blank_forms.gaps import Gap, gaps

_LONGEST_LABEL = 40
_SEQUENCE = re.compile(r"^[（(]?\d{1,3}[)）.、]?$")
_TITLE = re.compile(
    r"[^：:]{2,}(?:表|台账|名册|清单|统计|登记|汇总|一览|纪要|卡|册)(?:[（(][^（）()]*[)）])?"
)
_COLONS = ("：", ":")
_SUM = re.compile(r"(?:合|总|小|共|累)\s*计")
# A cell that waits for a signature, or tells how it is to be filled, may also take words.
# Possessive, so that no text can keep it busy.
_SIGNATURE = re.compile(
    r"(?:[（(][^（）()]*(?:字|填|附页|附件|说明|写明|简述|简要)[^（）()]*[）)]"
    r"|盖章|加盖|公章|签章|签字|签名|负责人|书记|单位|党组织|党支部|党委|[年月日]"
    r"|[\s\u3000:：_＿（）()])++"
)


class Neighbours:
    """One grid with the cell at each of its places; ``gaps`` are those inside of the cells.

    What stands over rows that repeat (``repeating``) heads nothing below them but their sums.
    """

    def __init__(self, grid: Grid) -> None:
        self.ordered = sorted(grid.cells, key=lambda cell: (cell.row, cell.column))
        self.at = {
            (cell.row + down, cell.column + across): cell
            for cell in self.ordered
            for down in range(cell.down)
            for across in range(cell.across)
        }
        self._width = max((cell.column + cell.across for cell in grid.cells), default=0)
        self.repeating: set[int] = set()
        self._above: dict[Cell, tuple[Cell, ...]] = {}
        self._label: dict[Cell, bool] = {}
        self.starting: dict[int, list[Cell]] = {}
        for cell in self.ordered:
            self.starting.setdefault(cell.row, []).append(cell)
        self.gaps: dict[str, tuple[Gap, ...]] = {
            cell.key: gaps(cell.text) for cell in grid.cells if cell.text
        }
        self.titles = self._title_rows()

    # ---- what a cell is

    def is_label(self, cell: Cell) -> bool:
        """A short text that names something and has nothing to fill in inside of it."""
        if cell not in self._label:
            self._label[cell] = self._names(cell)
        return self._label[cell]

    def _names(self, cell: Cell) -> bool:
        text = cell.text.strip()
        if cell.formula or cell.empty or len(text) > _LONGEST_LABEL or _SEQUENCE.match(text):
            return False
        if cell.row < self.titles:
            return False
        found = self.gaps.get(cell.key, ())
        if not found:
            return not _SIGNATURE.fullmatch(text) or not ("\n" in text or text[0] in "（(")
        return all(gap.bare for gap in found) and self._blank_beside(cell)

    def _blank_beside(self, cell: Cell) -> bool:
        """Whether a label has an empty cell at its right, which is then its blank."""
        right = self.at.get((cell.row, cell.column + cell.across))
        return right is not None and right.empty

    @staticmethod
    def is_signature(cell: Cell) -> bool:
        """A cell that waits for a name, a stamp or a day, and may take words above them."""
        return bool(_SIGNATURE.fullmatch(cell.text))

    @staticmethod
    def is_number(cell: Cell) -> bool:
        """The number of a row."""
        return bool(_SEQUENCE.match(cell.text.strip()))

    def _title_rows(self) -> int:
        """How many rows at the top hold one text each: across all columns, or as a title does."""
        number = 0
        while (there := self.starting.get(number)) and self._width > 1:
            first, *others = there
            across = first.across == self._width
            alone = len(others) > 1 and all(other.empty for other in others)
            if first.empty or not (across or (alone and _TITLE.fullmatch(first.text.strip()))):
                break
            number += first.down
        return number

    # ---- labels

    def _left(self, cell: Cell) -> tuple[Cell | None, bool]:
        """The label at the left in the row, and whether it is the next cell."""
        column, near = cell.column - 1, True
        while column >= 0:
            found = self.at.get((cell.row, column))
            if found is None:
                return None, False
            if self.is_label(found):
                return found, near
            near = near and self.is_number(found)
            column = found.column - 1
        return None, False

    def _outer_left(self, label: Cell, row: int) -> tuple[str, ...]:
        """Labels further left whose next cell is a label: they head what follows in the row, up
        to the next of them."""
        heads: list[str] = []
        right, column = label, label.column - 1
        while column >= 0:
            found = self.at.get((row, column))
            if found is None or (heads and not self.is_label(found)):
                break
            if self.is_label(found) and self.is_label(right):
                heads.insert(0, read_label(found.text)[0])
            right, column = found, found.column - 1
        return tuple(heads)

    def is_sum_of_list(self, cell: Cell) -> bool:
        """Whether a cell stands in the row of sums right below rows that repeat."""
        first = self.at.get((cell.row, 0))
        sums = first is not None and _SUM.match(first.text.strip()) is not None
        return sums and cell.row - 1 in self.repeating

    def above(self, cell: Cell) -> tuple[Cell, ...]:
        """The labels over a cell, the outermost first; the titles of the table left out."""
        row, labels = cell.row - 1, list[Cell]()
        first = self.at.get((cell.row, 0))
        sums = first is not None and _SUM.match(first.text.strip()) is not None
        while row >= self.titles and (sums or row not in self.repeating):
            found = self.at.get((row, cell.column))
            inner = labels[0] if labels else cell
            if found is None or not _covers(found, inner):
                break
            same = not labels and not sums and found.across == cell.across
            if same and found in self._above:
                return self._told(cell, self._above[found])
            if self.is_label(found) and not self._blank_beside(found):
                labels.insert(0, found)
            elif labels or self.is_label(found) or not _covers(cell, found):
                break
            row = found.row - 1
        return tuple(labels) if sums else self._told(cell, tuple(labels))

    def _told(self, cell: Cell, labels: tuple[Cell, ...]) -> tuple[Cell, ...]:
        """Kept for the cells below: a column of thousands is not walked up from each of them."""
        if not self.is_label(cell):
            self._above[cell] = labels
        return labels

    def _served(self, label: Cell, row: int) -> int:
        """For how many cells of a row the label is the last one at their left."""
        count, column = 0, label.column + label.across
        while (found := self.at.get((row, column))) is not None and not self.is_label(found):
            count += bool(found.key) and (found.empty or found.formula)
            column = found.column + found.across
        return count

    def labels(self, cell: Cell) -> tuple[str, str, tuple[str, ...]]:
        """The label of a cell, its unit, and its heads; "" where there is none."""
        left, near = self._left(cell)
        if left is not None and left.text.strip().endswith(_COLONS):
            # 填报人： below a table names the next cell alone, and is no row of it.
            heads = self._outer_left(left, cell.row) if near else ()
            return (*read_label(left.text), heads) if near else ("", "", ())
        above = self.above(cell)
        over = tuple(a for a in above if left is None or not _covers(a, left))
        heads = tuple(read_label(a.text)[0] for a in above if a not in over)
        if left is not None and over and (not near or self._served(left, cell.row) > 1):
            label, unit = read_label(over[-1].text)
            rest = tuple(read_label(a.text)[0] for a in over[:-1])
            own = read_label(left.text)[0]
            return label, unit, (*heads, *rest, *self._outer_left(left, cell.row), own)
        if left is not None and near:
            label, unit = read_label(left.text)
            if not over and left.down > 1 and cell.row > left.row:
                return "", "", ()  # further rows beside a label that was given its blank
            names = tuple(read_label(a.text)[0] for a in over)
            return label, unit, (*heads, *names, *self._outer_left(left, cell.row))
        if left is None and above:
            label, unit = read_label(above[-1].text)
            return label, unit, tuple(read_label(a.text)[0] for a in above[:-1])
        return "", "", ()


def _covers(outer: Cell, inner: Cell) -> bool:
    """Whether one cell reaches over all columns of another."""
    return (
        outer.column <= inner.column and outer.column + outer.across >= inner.column + inner.across
    )
