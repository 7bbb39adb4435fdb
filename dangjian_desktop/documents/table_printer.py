"""Ruled tables over pages: header rows repeated, long rows split, nothing lost."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from dangjian_desktop.documents.pages import Pages
from dangjian_desktop.documents.styles import CELL_PADDING, MM
from dangjian_desktop.documents.table_layout import Field, SetRow, TableLayout
from dangjian_desktop.documents.typeset import SetLine

_Box: TypeAlias = tuple[float, float, float, float]
_LEAST_ROOM = 48.0
_EDGE = 0.01


class TablePrinter:
    """Prints one table from ``y`` on.

    ``after`` points have to stay free behind a fill row; ``behind`` points are kept on the page
    of the last row. ``over`` is what Word has above the rows of the present page and we have not.
    """

    def __init__(
        self, layout: TableLayout, sheets: Pages, y: float, after: float, behind: float, over: float
    ) -> None:
        self._layout, self._sheets = layout, sheets
        # In Word a line is part of the row below it, and the one around a table is wider.
        self._edge, self.over = sheets.sheet.edge, over
        self._lowest = sheets.page.height - sheets.sheet.inner
        self._after, self._behind = after, behind or self._edge
        self._y = self._frame_top = y
        rows = layout.rows
        count = next((n for n, row in enumerate(rows) if not row.row.header), len(rows))
        high = sum(row.height for row in rows[:count])
        self._repeated = rows[:count] if high < self._bottom / 2 else []
        self._page_top = 0.0
        self._open: list[Field] = []
        self._boxes: list[_Box] = []
        self.turns: list[tuple[int, float]] = []
        """Rows before which a page turned, each with the points left on the page before."""

    @property
    def _bottom(self) -> float:
        return self._lowest - self.over

    def print(self) -> float:
        """Print all rows; where the table ends on the last page."""
        rows = self._layout.rows
        if (
            rows
            and self._y > 0
            and start_height(rows, self._bottom, self._behind) > self._bottom - self._y + _EDGE
        ):
            self._sheets.new_page()
            self._y, self._frame_top, self.over = 0.0, 0.0, self._edge
        self._page_top = self._y
        for place, row in enumerate(rows):
            self._keep_together(place)
            self._print_row(row, self._wanted(place), self._tail(place))
        self._end_part()
        return self._y

    def _keep_together(self, place: int) -> None:
        rows = self._layout.rows
        row = rows[place]
        if row.group == 0 or (row.group == 1 and row.row.splittable):
            return
        height = self._group_height(place)
        repeated = 0.0 if row.row.header else sum(part.height for part in self._repeated)
        fits_a_page = height + repeated <= self._bottom
        if height > self._bottom - self._y + _EDGE and fits_a_page and not self._is_fresh():
            self.turns.append((place, self._bottom - self._y))
            self._break_page()

    def _group_height(self, place: int) -> float:
        return _group_height(self._layout.rows, place, self._behind)

    def _tail(self, place: int) -> float:
        """What the last lines of a row that may be split take along to the next page."""
        rows = self._layout.rows
        if not (rows[place].row.keep_with_next and rows[place].row.splittable):
            return 0.0
        return self._group_height(place + 1) if place + 1 < len(rows) else self._behind

    def _wanted(self, place: int) -> Callable[[], float]:
        """How high a fill row may become, asked when its last part is printed."""
        rows = self._layout.rows
        row = rows[place]
        if not row.row.fill:
            return lambda: 0.0
        rest = sum(part.height for part in rows[place + 1 :]) + max(self._after, self._edge)
        others = 1 + sum(part.row.fill for part in rows[place + 1 :])

        def height() -> float:
            room = self._bottom - self._y
            need = self._need(row.fields)
            if need + rest > room:
                return 0.0 if place + 1 < len(rows) and rows[place + 1].row.fill else room
            return need + (room - need - rest) / others

        return height

    def _print_row(self, row: SetRow, wanted: Callable[[], float], tail: float) -> None:
        starting = row.fields
        for cell in starting:
            cell.top, cell.height = self._y, 0.0
        least = row.row.min_height_mm * MM
        while True:
            need = max(least, self._need(starting))
            room = self._bottom - self._y
            if need + tail <= room + _EDGE:
                break
            if need <= room + _EDGE:
                room = need - _last_lines(starting)
                if tail + need - room > self._bottom or room < _worthwhile(starting):
                    break
            if self._is_fresh() or (row.row.splittable and room >= _worthwhile(starting)):
                self._split(starting, room)
                least = max(0.0, least - room)
            else:
                self._break_page()
            for cell in starting:
                cell.top = self._y
        self._close_row(starting, max(need, min(wanted(), room)))

    def _need(self, starting: list[Field]) -> float:
        own = [cell.need for cell in starting if cell.rows_left == 1]
        ending = [cell.need - cell.height for cell in self._open if cell.rows_left == 1]
        return max([*own, *ending], default=0.0)

    def _close_row(self, starting: list[Field], height: float) -> None:
        self._open += starting
        self._y += height
        for cell in self._open:
            cell.height += height
            cell.rows_left -= 1
        for cell in self._open:
            if cell.rows_left == 0:
                self._paint(cell, len(cell.lines))
        self._open = [cell for cell in self._open if cell.rows_left]

    def _split(self, starting: list[Field], room: float) -> None:
        for cell in (*self._open, *starting):
            cell.height += room
        self._y += room
        for cell in starting:
            self._paint(cell, _fitting(cell))
            cell.centered = False
        self._break_page()
        for cell in starting:
            cell.height = 0.0

    def _is_fresh(self) -> bool:
        return self._y <= self._page_top + _EDGE

    def _break_page(self) -> None:
        for cell in self._open:
            self._paint(cell, _fitting(cell))
            cell.centered = False
        self._end_part()
        self._sheets.new_page()
        self._y, self._frame_top = 0.0, 0.0
        self.over = self._edge if self._repeated else 0.0
        for row in self._repeated:
            self._repeat(row)
        self._page_top = self._y
        for cell in self._open:
            cell.top, cell.height = self._y, 0.0

    def _repeat(self, row: SetRow) -> None:
        """Print a header row again, as no part of the text."""
        top = self._y
        for cell, height in _header_heights(self._repeated, row):
            self._boxes.append((cell.x, top, cell.width, height))
            self._lines(cell, cell.every, top, height, numbered=False)
        self._y += row.height

    def _paint(self, cell: Field, count: int) -> None:
        told = not cell.lines and bool(cell.every)
        lines, cell.lines = cell.lines[:count], cell.lines[count:]
        _add_box(self._boxes, cell)
        if told and cell.again is not None:
            again = _again(cell.again(), cell.height - 2 * cell.margin + _EDGE)
            self._lines(cell, again, cell.top, cell.height, numbered=False)
        self._lines(cell, lines, cell.top, cell.height, numbered=True)

    def _lines(
        self,
        cell: Field,
        lines: list[tuple[SetLine, int]],
        top: float,
        height: float,
        *,
        numbered: bool,
    ) -> None:
        used = sum(line.height for line, _ in lines)
        y = top + cell.margin
        if cell.centered:
            y = top + max(cell.margin, (height - used) / 2)
        for line, number in lines:
            self._sheets.show(line, cell.x + CELL_PADDING, y, number if numbered else 0)
            y += line.height

    def _end_part(self) -> None:
        """Draw the rules of what stands on this page."""
        if self._boxes:
            look = self._sheets.sheet
            self._sheets.boxes(self._boxes, look.inner)
            frame = (0.0, self._frame_top, self._layout.width, self._y - self._frame_top)
            self._sheets.boxes([frame], look.frame)
        self._boxes = []


def _header_heights(repeated: Sequence[SetRow], row: SetRow) -> list[tuple[Field, float]]:
    place = repeated.index(row)
    heights = [part.height for part in repeated]
    return [(cell, sum(heights[place : place + cell.rows])) for cell in row.fields]


def start_height(rows: Sequence[SetRow], bottom: float, behind: float = 0.0) -> float:
    """What a table needs at the foot of a page: its heading with what stays with it.

    ``behind`` points follow the last row on its page; a page is ``bottom`` points high.
    """
    height = 0.0
    for place, row in enumerate(rows):
        if row.row.header:
            height += row.height
            continue
        if row.row.splittable and row.group == 1:
            return height + min(row.height, _LEAST_ROOM)
        whole = height + _group_height(rows, place, behind)
        return whole if whole <= bottom else height + _LEAST_ROOM
    return height


def _group_height(rows: Sequence[SetRow], place: int, behind: float) -> float:
    """The rows that stay together from here on, and what has to follow the last of all."""
    end = place + max(rows[place].group, 1)
    return _together(rows[place:end]) + (behind if end == len(rows) else 0.0)


def _together(rows: Sequence[SetRow]) -> float:
    """The height of a group; of a row that may be split behind a kept one, its first lines."""
    height = sum(part.height for part in rows)
    last = rows[-1]
    if len(rows) > 1 and last.row.splittable and rows[-2].row.keep_with_next:
        height += min(0.0, _worthwhile(last.fields) - last.height)
    return height


def _again(lines: list[SetLine], room: float) -> list[tuple[SetLine, int]]:
    """A label as it is told again: as much of its end as has room."""
    while lines and sum(line.height for line in lines) > room:
        lines = lines[1:]
    return [(line, 0) for line in lines]


def _fitting(cell: Field) -> int:
    """How many lines go into the part of a field on this page."""
    room, count = cell.height - 2 * cell.margin + _EDGE, 0
    for line, _ in cell.lines:
        room -= line.height
        if room < 0:
            break
        count += 1
    return count


def _worthwhile(starting: list[Field]) -> float:
    """The room that takes the first line of the longest field, as Word parts a row."""
    longest = max(starting, key=lambda cell: cell.need, default=None)
    if longest is None:
        return 0.0
    return sum(line.height for line, _ in longest.lines[:1]) + 2 * longest.margin


def _last_lines(starting: list[Field]) -> float:
    """How high the last two lines of the longest field are."""
    longest = max(starting, key=lambda cell: cell.need)
    return sum(line.height for line, _ in longest.lines[-2:])


def _add_box(boxes: list[_Box], cell: Field) -> None:
    """The frame of a field; with that of the field it goes on from, if it is on this page."""
    box = (cell.x, cell.top, cell.width, cell.height)
    for place in range(len(boxes) - 1, -1, -1) if cell.goes_on else ():
        x, top, width, height = boxes[place]
        if x == cell.x and width == cell.width and abs(top + height - cell.top) < _EDGE:
            boxes[place] = (x, top, width, height + cell.height)
            return
    boxes.append(box)
