"""A superior's .xlsx as a form: its sheets as grids, its blanks, and where each stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import groupby
from pathlib import PurePath

from dangjian_desktop.domain.blank_forms.finding import find_blanks, split_key
from dangjian_desktop.domain.blank_forms.form import Blank, BlankForm, Cell, Grid, make_form
from dangjian_desktop.errors import InputError
from dangjian_desktop.spreadsheets.blank_forms.beyond import blanks_beyond
from dangjian_desktop.spreadsheets.blank_forms.package import MISFITS, Book, damaged
from dangjian_desktop.spreadsheets.blank_forms.sheet import Place, Sheet, place_of, reference
from dangjian_desktop.spreadsheets.blank_forms.styles import styles_of

_MOST_ROWS = 3_000
_LONGEST_TITLE = 60
_LINE = 1.35
"""The height of a line in sizes of its type."""


class SheetForm:
    """A form's file, opened: ``form`` is what stands in it, ``place`` a cell by its key.

    Raises ``InputError`` for what is protected throughout, damaged or no .xlsx. Hidden sheets,
    rows and columns are left alone, on a protected sheet all cells that are locked.
    """

    def __init__(self, data: bytes, name: str) -> None:
        self.book = Book(data, name)
        try:
            styles = styles_of(self.book)
            about = [sheet for sheet in self.book.sheets if not sheet.hidden]
            self.sheets = {each.name: Sheet(self.book, each, styles) for each in about}
            grids = [(s, grid) for s in self.sheets.values() for grid in _Layout(s).grids()]
        except MISFITS as error:
            raise damaged(name) from error
        _require_open(name, list(self.sheets.values()))
        blanks = [_placed(blank, s) for s, grid in grids for blank in find_blanks(grid)]
        texts = [cell.text.strip() for _, grid in grids for cell in grid.cells if cell.text.strip()]
        path = PurePath(name)
        title = next((text for text in texts if len(text) <= _LONGEST_TITLE), path.stem)
        kept = [grid for _, grid in grids]
        form = make_form(path.stem, ".xlsx", title, blanks, kept, texts)
        beyond = dict.fromkeys(
            words for s in self.sheets.values() for words in blanks_beyond(self.book, s)
        )
        self.form: BlankForm = replace(form, beyond=tuple(beyond))

    def place(self, key: str) -> tuple[Sheet, Place]:
        """The sheet and place of a key; raises ``KeyError``."""
        name, _, cell = split_key(key)[0].rpartition("!")
        return self.sheets[name], place_of(cell)


def _placed(blank: Blank, sheet: Sheet) -> Blank:
    cell = split_key(blank.key)[0].rpartition("!")[2]
    return replace(blank, where=f"工作表“{sheet.about.name}”的{cell}格")


def _require_open(name: str, sheets: list[Sheet]) -> None:
    shut = [sheet for sheet in sheets if sheet.protected and not _open_cells(sheet)]
    if shut and len(shut) == len(sheets):
        raise InputError(
            f"文件“{name}”的工作表“{'”“'.join(sheet.about.name for sheet in shut)}”设有保护，"
            "没有可以填写的格。",
            "请在Excel或WPS里打开它，在“审阅”中撤消工作表保护，保存后再选；"
            "不知道密码的，请向发表的单位要一份没有保护的空表。",
        )


def _open_cells(sheet: Sheet) -> bool:
    return any(not sheet.style(place).locked for place in sheet.cells)


def _colon(text: str) -> bool:
    return text.endswith((":", "："))


def _any_text(text: str) -> bool:
    return bool(text)


class _Layout:
    """How a sheet falls into tables with lines and rows of words between them."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._ruled = {place for place in sheet.cells if sheet.style(place).ruled}
        said = {
            place for place in sheet.cells if sheet.text(place).strip() or place in sheet.computed
        }
        self._said = said
        used = said | self._ruled
        self._last = min(max((row for row, _ in used), default=0), _MOST_ROWS)
        self._right = max((column for _, column in used), default=0)
        # What ends in a colon at the right edge has its blank beyond it.
        every = range(1, self._right + 2)
        self._columns = [column for column in every if column not in sheet.hidden_columns]

    def grids(self) -> Iterator[Grid]:
        """Tables and rows of words in the order of reading; a sheet without lines is one table."""
        rows = [row for row in range(1, self._last + 1) if not self._sheet.hides_row(row)]
        with_lines = {row for row, _ in self._ruled}
        if not with_lines:
            if self._said:
                yield self._grid(rows, self._columns, _any_text)
            return
        for ruled, run in groupby(rows, with_lines.__contains__):
            if ruled:
                within = list(run)
                inside = [c for r, c in self._ruled if within[0] <= r <= within[-1]]
                spanned = range(min(inside), max(inside) + 1)
                yield self._grid(within, [c for c in self._columns if c in spanned])
            else:
                for row in run:
                    if any((row, column) in self._said for column in self._columns):
                        yield self._grid([row], self._columns, _colon)

    def _grid(
        self, rows: list[int], columns: list[int], behind: Callable[[str], bool] | None = None
    ) -> Grid:
        """``behind`` tells, where no lines are drawn, behind which texts a cell is open."""
        sheet = self._sheet
        down = {row: number for number, row in enumerate(rows)}
        across = {column: number for number, column in enumerate(columns)}
        cells = [
            self._cell((row, column), down, across, behind)
            for row in rows
            for column in columns
            if sheet.anchor((row, column)) == (row, column)
        ]
        whole = sum(map(sheet.width, columns))
        shares = tuple(sheet.width(column) / whole for column in columns) if whole else ()
        ruled = behind is not _colon
        return Grid(title=sheet.about.name, cells=tuple(cells), widths=shares, ruled=ruled)

    def _cell(
        self,
        place: Place,
        down: dict[int, int],
        across: dict[int, int],
        behind: Callable[[str], bool] | None,
    ) -> Cell:
        sheet = self._sheet
        area = sheet.area(place)
        rows = [row for row in range(area[0], area[1] + 1) if row in down]
        columns = [column for column in range(area[2], area[3] + 1) if column in across]
        open_here = behind is None or place in self._said or behind(self._text_before(place))
        locked = sheet.protected and sheet.style(place).locked
        return Cell(
            row=down[place[0]],
            column=across[place[1]],
            down=len(rows),
            across=len(columns),
            text=sheet.text(place),
            key=f"{sheet.about.name}!{reference(place)}" if open_here and not locked else "",
            formula=place in sheet.computed,
            room=self._room(place, rows, self._free(place, columns) if behind else columns),
        )

    def _text_before(self, place: Place) -> str:
        """The text at the left, with nothing between."""
        return self._sheet.text(self._sheet.anchor((place[0], place[1] - 1))).strip()

    def _free(self, place: Place, columns: list[int]) -> list[int]:
        """The columns of a cell without lines, over whose right neighbours its text may run."""
        rest = [column for column in self._columns if column > columns[-1]]
        taken = (column for column in rest if (place[0], column) in self._said)
        end = next(taken, self._right + 1)
        return [*columns, *(column for column in rest if column < end)]

    def _room(self, place: Place, rows: list[int], columns: list[int]) -> int:
        """Roughly how many Chinese characters fit: two digits wide each."""
        sheet, style = self._sheet, self._sheet.style(place)
        wide = sum(map(sheet.width, columns)) * 11 / (2 * style.size)
        lines = sum(map(sheet.height, rows)) / (style.size * _LINE)
        return max(1, int(wide) * (max(1, int(lines)) if style.wrapped else 1))
