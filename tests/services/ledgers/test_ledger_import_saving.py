"""The result of a ledger's import on paper, and their own sheet with a column 问题."""

from __future__ import annotations

import openpyxl
import pytest
from pypdfium2 import PdfDocument

from dangjian_desktop.errors import BlockedError, InputError
from dangjian_desktop.services.import_saving import ImportPaper
from dangjian_desktop.services.ledgers.import_report import report_of
from dangjian_desktop.services.ledgers.importing import LedgerImports
from dangjian_desktop.services.ledgers.ledgers import LedgerService
from dangjian_desktop.services.rendering import Format
from tests.services.ledgers.test_ledger_rows import VISIT
from tests.services.make import a_library, clock

HEAD = (
    "走访日期",
    "走访对象",
    "对象类别",
    "时机",
    "困难或诉求",
    "走访人",
    "方式",
    "慰问金额",
    "天气",
)
SHEET = (
    ("2026年走访台账",),
    HEAD,
    ("2026-03-05", "赵大爷", "老党员", "日常", "", "张三", "走访谈心", "500", "晴"),
    ("2026-03-06", "", "老党员", "日常", "腿脚不便", "张三", "走访谈心", "", "=1+1"),
    ("2026-03-07", "钱大娘", "老党员", "日常", "家中失火", "张三", "走访谈心", "很多", ""),
    ("合计", "", "", "", "", "", "", "500", ""),
)


@pytest.fixture
def library(tmp_path):
    opened = a_library(tmp_path)
    service = LedgerService(opened, clock)
    service.save(service.read("visits", VISIT))
    yield opened
    opened.close()


@pytest.fixture
def source(tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "台账"
    book.create_sheet("说明").append(("填表说明",))
    for number, row in enumerate(SHEET, 1):
        for place, text in enumerate(row, 1):
            if text:
                book.active.cell(number, place, text).data_type = "s"
    path = tmp_path / "走访.xlsx"
    book.save(path)
    return path


@pytest.fixture
def paper(library, source):
    imports = LedgerImports(library, clock)
    done = imports.run("visits", source, accept_partial=True)
    assert (len(done.added), len(done.updated), done.refused_rows) == (1, 1, 1)
    return ImportPaper(library, clock, report_of("走访慰问与关怀帮扶", done), source)


def read_back(path):
    book = openpyxl.load_workbook(path)
    return {
        sheet.title: [[cell.value or "" for cell in row] for row in sheet.iter_rows()]
        for sheet in book.worksheets
    }


def test_their_sheet_comes_back_row_by_row_with_the_problems_behind(paper, tmp_path) -> None:
    found = read_back(paper.write_sheet(tmp_path / "出" / "问题.xlsx"))
    assert list(found) == ["问题清单", "台账"]
    theirs = found["台账"]
    padded = [[*row, *[""] * (len(HEAD) - len(row))] for row in SHEET]
    assert [row[:-1] for row in theirs] == padded
    problems = [row[-1] for row in theirs]
    assert problems[:3] == ["", "问题", ""]
    assert problems[3].startswith("【不能导入】")
    assert "走访对象" in problems[3]
    assert problems[4].startswith("【信息待补】")
    assert "很多" in problems[4]
    assert problems[5].startswith("【未读作记录】是合计")
    listed = found["问题清单"]
    assert listed[0][0] == "走访慰问与关怀帮扶导入问题清单"
    assert (
        "新增 1 条，更新 1 条，无变化 0 条，不能导入 1 行，未读作记录 1 行（共 4 行）"
        in listed[1][0]
    )
    assert listed[2] == ["行号", "记录", "类别", "说明"]
    assert ["5", "走访钱大娘（日常）", "信息待补"] in [row[:3] for row in listed]
    assert ["", "", "没有导入的列", "天气"] in listed


def test_nothing_of_the_library_is_written_into_their_sheet(paper, tmp_path) -> None:
    found = read_back(paper.write_sheet(tmp_path / "问题.xlsx"))
    assert VISIT["trouble"] not in str(found)
    assert found["台账"][4][4] == "家中失火"


def test_neither_an_older_file_nor_their_own_is_replaced(paper, source, tmp_path) -> None:
    before = source.read_bytes()
    first = paper.write_sheet(tmp_path / "问题.xlsx", force=False)
    second = paper.write_sheet(tmp_path / "问题.xlsx", force=False)
    assert (first.name, second.name) == ("问题.xlsx", "问题（2）.xlsx")
    assert paper.write_sheet(source).name == "走访（2）.xlsx"
    assert source.read_bytes() == before


def test_what_stands_in_the_way_is_said(paper, source, tmp_path) -> None:
    (tmp_path / "文件").write_text("", encoding="utf-8")
    with pytest.raises(BlockedError, match="无法在"):
        paper.write_sheet(tmp_path / "文件" / "问题.xlsx")
    source.unlink()
    with pytest.raises(InputError):
        paper.write_sheet(tmp_path / "问题.xlsx")
    assert not (tmp_path / "问题.xlsx").exists()


def test_the_balance_is_printed_with_everything_to_be_looked_at(paper, tmp_path) -> None:
    numbers = dict(paper.report.numbers)
    rows = ("新增", "更新", "无变化", "不能导入", "未读作记录")
    assert numbers["读取行数"] == sum(numbers[name] for name in rows) == 4
    pages = PdfDocument(paper.preview())
    text = "".join(page.get_textpage().get_text_range() for page in pages).replace("\r\n", "")
    for words in (
        "走访慰问与关怀帮扶导入结果",
        "钱大娘",
        "未读作记录",
        "信息待补",
        "走访.xlsx",
        "天气",
    ):
        assert words in text, words
    kinds = [paper.export(tmp_path / "出", kind)[0].suffix for kind in (Format.PDF, Format.DOCX)]
    assert kinds == [".pdf", ".docx"]
