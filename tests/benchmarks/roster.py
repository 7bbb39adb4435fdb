"""How long a roster of 10,000 rows takes to read and check, against reading its cells alone.

``python -m tests.benchmarks.roster [ROWS]`` makes its own workbook and measures both in turn.
"""

from __future__ import annotations

import gc
import random
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from statistics import median

import openpyxl
from python_calamine import CalamineWorkbook

from dangjian_desktop.domain.dates import add_months
from dangjian_desktop.domain.members.identity import check_character
from dangjian_desktop.domain.members.importing.sheet import read_roster
from dangjian_desktop.spreadsheets.reading import read_tables
from tests.benchmarks.report import Report

TODAY = date(2026, 3, 1)
ROUNDS = 7
LIMIT = 4.0
HEADINGS = (
    "序号 姓名 性别 民族 公民身份号码 出生日期 学历 入党日期 转正日期 人员类别 党小组 党内职务"
    " 工作岗位 手机号码 党籍状态 备注"
)
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
GIVEN = "秀英建国志强红梅立新雪梅文博雨桐子轩振华春生珺玥犇堃霞静刚明磊娟涛军"


def person(number: int, chance: random.Random) -> list[object]:
    """One row; some of each hundred carry what real rosters carry."""
    born = date(1960, 1, 1) + timedelta(days=chance.randrange(15_000))
    joined = add_months(born, 12 * chance.randrange(19, 30))
    full = add_months(joined, 12)
    order = chance.randrange(1000)
    first_17 = f"110101{born:%Y%m%d}{order:03}"
    name = chance.choice(SURNAMES) + "".join(chance.choices(GIVEN, k=chance.choice((1, 2))))
    odd = chance.randrange(100)
    return [
        number,
        name[0] + "　" + name[1] if odd < 5 and len(name) == 2 else name,
        "男" if order % 2 else "女",
        "汉" if odd < 50 else "土家族",
        float(first_17 + "0") if odd == 7 else first_17 + check_character(first_17),
        born.isoformat(),
        "本科" if odd < 40 else "高中",
        f"{joined:%Y.%m}" if odd < 30 else joined,
        f"{full:%Y.%m}" if odd < 30 else full,
        "正式党员",
        f"第{'一二三四五'[odd % 5]}党小组",
        "党小组组长" if odd == 11 else None,
        "生产三班",
        f"138{number:08}",
        "正常",
        None,
    ]


def make_workbook(path: Path, rows: int) -> None:
    """A roster with a title row, a heading row and so many persons."""
    chance = random.Random(2026)
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "党员花名册"
    sheet.append(["党员花名册"])
    sheet.append(HEADINGS.split())
    for number in range(1, rows + 1):
        sheet.append(person(number, chance))
    book.save(path)


def cells_alone(path: Path) -> None:
    """Every cell of the first sheet as a Python value, nothing else."""
    with CalamineWorkbook.from_path(path) as book:
        book.get_sheet_by_index(0).to_python()


def read_and_check(path: Path) -> int:
    """The roster with all that is said about its rows."""
    return len(read_roster(read_tables(path), today=TODAY).rows)


def _seconds(work: Callable[[], object]) -> float:
    gc.collect()
    start = time.process_time()
    work()
    return time.process_time() - start


def compare(report: Report, rows: int = 10_000, rounds: int = ROUNDS) -> None:
    """Both times and their ratio."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "roster.xlsx"
        make_workbook(path, rows)
        alone, whole = [], []
        for _ in range(rounds):
            alone.append(_seconds(lambda: cells_alone(path)))
            whole.append(_seconds(lambda: read_and_check(path)))
        read = read_and_check(path)
    cells, checked = median(alone), median(whole)
    report.line(f"{read} rows: cells alone {cells:.3f} s, read and checked {checked:.3f} s")
    what = f"roster of {rows} rows, times of its cells alone"
    report.figure(what, checked / cells, LIMIT, most=True)


def main(rows: int = 10_000) -> int:
    """Measure; 1 when the ratio is over the limit."""
    report = Report()
    compare(report, rows)
    return 1 if report.missed else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
