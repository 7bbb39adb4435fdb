"""One roster in five formats is one reading."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from dangjian_desktop.domain.members.importing.sheet import read_roster
from dangjian_desktop.spreadsheets.old_books import inspect_old_book
from dangjian_desktop.spreadsheets.reading import read_tables
from tests.spreadsheets.make import a_workbook
from tests.spreadsheets.other_formats import a_binary_book, an_open_document

XLS = Path(__file__).parents[1] / "samples" / "formats" / "名册.xls"
HEAD = ["序号", "姓名", "性别", "身份证号", "出生年月", "入党时间", "转正时间", "人员类别"]
ROWS = [
    HEAD,
    [1, "赵明远", "男", "410102198503140111", date(1985, 3, 1), date(2010, 7, 1), date(2011, 7, 1)],
    [2, "钱桂芝", "女", "410102199002280225", date(1990, 2, 28), date(2015, 6, 30)],
    [3, "孙立群", "男", "", date(1988, 5, 1), date(2012, 5, 4), date(2013, 5, 4)],
]
ROWS[2].append(date(2016, 6, 30))
for row in ROWS[1:]:
    row.append("正式党员")
MONTHS = {(1, 4), (3, 4)}
"""Places of the dates that show only year and month."""

HIDDEN = 2


def _xlsx(folder: Path) -> Path:
    days = {f"{column}{row}": "yyyy-mm-dd" for column in "EFG" for row in (2, 3, 4)}
    months = dict.fromkeys(("E2", "E4"), 'yyyy"年"m"月"')
    path = a_workbook(folder / "名册.xlsx", ROWS, formats=days | months)
    book = openpyxl.load_workbook(path)
    book.active.row_dimensions[HIDDEN + 1].hidden = True
    book.save(path)
    return path


def _csv(folder: Path) -> Path:
    path = folder / "名册.csv"
    lines = []
    for at, row in enumerate(ROWS):
        shown = [
            f"{cell.year}年{cell.month}月" if (at, n) in MONTHS else str(cell)
            for n, cell in enumerate(row)
        ]
        lines.append(",".join(f'="{text}"' if n == 3 else text for n, text in enumerate(shown)))
    path.write_text("\r\n".join(lines), encoding="gb18030")
    return path


FORMATS = {
    "xlsx": _xlsx,
    "xls": lambda _folder: XLS,
    "xlsb": lambda folder: a_binary_book(folder / "名册.xlsb", ROWS, MONTHS, HIDDEN),
    "ods": lambda folder: an_open_document(folder / "名册.ods", ROWS, MONTHS, HIDDEN),
    "csv": _csv,
}


def _read(path: Path):
    return read_roster(read_tables(path), today=date(2026, 3, 1))


@pytest.mark.parametrize("ending", FORMATS)
def test_one_roster_is_one_reading_in_every_format(ending, tmp_path):
    reading = _read(FORMATS[ending](tmp_path))
    assert [row.birth_date and str(row.birth_date) for row in reading.rows] == [
        "1985-03",
        "1990-02-28",
        "1988-05",
    ]
    assert reading.rows == _read(_csv(tmp_path)).rows
    told = [(issue.row, issue.code) for issue in (*reading.incomplete, *reading.warnings)]
    hidden = [] if ending == "csv" else [(HIDDEN + 1, "hidden_row")]
    assert told == [(4, "id_missing"), *hidden]


def test_serials_of_a_workbook_that_counts_from_1904_are_the_same_days(tmp_path):
    rows = [["姓名", "入党时间", "转正时间"], ["赵明远", 38898, 39263]]
    path = a_workbook(tmp_path / "a.xlsx", rows, epoch=datetime(1904, 1, 1))  # noqa: DTZ001
    [row] = _read(path).rows
    assert (str(row.join_date), str(row.full_date)) == ("2010-07-01", "2011-07-01")
    [case] = (XLS.parents[1] / "cases").glob("26-*.xls")
    [old] = _read(case).rows
    assert (old.join_date, old.full_date) == (row.join_date, row.full_date)


def test_what_cannot_be_followed_in_an_old_book_tells_nothing():
    data = XLS.read_bytes()
    whole = inspect_old_book(data)
    assert whole.sheets["名册"].hidden_rows == {HIDDEN}
    for end in range(0, len(data), 97):
        inspect_old_book(data[:end])
    for at in range(0, 2048, 13):
        inspect_old_book(data[:at] + b"\xff" + data[at + 1 :])
