"""Prints of ledgers: Word and PDF say the same; what stands where, what stays empty."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime

import pytest

from dangjian_desktop import paths
from dangjian_desktop.documents.fonts import bundled_fonts
from dangjian_desktop.documents.model import Layout, Table
from dangjian_desktop.documents.pdf import render_pdf
from dangjian_desktop.documents.word import render_word
from dangjian_desktop.domain.branch import Branch
from dangjian_desktop.domain.dates import PartialDate, Period
from dangjian_desktop.domain.ledgers.figures import grid_of
from dangjian_desktop.domain.ledgers.ledger import OF_A_ROW, GridPrint, SheetPrint, TablePrint
from dangjian_desktop.domain.ledgers.reading import read_ledger
from dangjian_desktop.domain.ledgers.rows import LedgerRow
from dangjian_desktop.papers.blanks import ROOM
from dangjian_desktop.papers.catalogue import Wanted
from dangjian_desktop.papers.ledgers.compose import compose_print
from dangjian_desktop.papers.ledgers.sheet import LedgerSheet
from dangjian_desktop.papers.stamp import Stamp
from tests.documents.reading import model_texts, pdf_texts, word_texts
from tests.domain.ledgers.making import BUILTIN, a_row, builtin, entries, own

BRANCH = Branch(name="中共测试公司机关支部委员会", short_name="机关党支部")
YEAR = Period.parse("2025")
SAMPLE = json.loads(paths.resources("demo", "ledgers.json").read_text(encoding="utf-8"))


def a_sheet(ledger, rows, **more) -> LedgerSheet:
    stamp = Stamp(None, datetime(2025, 12, 31, 9, 0))  # noqa: DTZ001 - a fixed time of printing
    known = {"ledger": ledger, "branch": BRANCH, "stamp": stamp, "day": date(2025, 12, 31)}
    return LedgerSheet(**known | {"rows": rows, "period": YEAR} | more)


def printed(ledger, number, rows, **more):
    layout = ledger.prints[number]
    if isinstance(layout, GridPrint):
        more["grid"] = grid_of(ledger, layout, entries(ledger, layout, rows), [("𬭎甲", "𬭎甲")])
    if isinstance(layout, OF_A_ROW):
        rows = rows[:1]
    return compose_print(a_sheet(ledger, rows, layout=layout, **more), Wanted())


def sample_rows(ledger) -> list[LedgerRow]:
    return [a_row(ledger, row["values"]) for row in SAMPLE[ledger.code]]


EVERY = [(file.stem, n) for file in BUILTIN for n in range(len(builtin(file.stem).prints))]


@pytest.mark.parametrize(("code", "number"), EVERY)
def test_every_print_says_the_same_in_word_and_pdf(code, number) -> None:
    ledger = builtin(code)
    document = printed(ledger, number, sample_rows(ledger))
    wanted = model_texts(document)
    assert len(wanted) > 10
    assert pdf_texts(render_pdf(document, bundled_fonts())) == wanted
    assert word_texts(render_word(document)) == wanted


@pytest.mark.parametrize(("code", "number"), EVERY)
def test_print_without_rows_is_an_empty_form(code, number) -> None:
    ledger = builtin(code)
    document = printed(ledger, number, [])
    texts = " ".join(document.texts())
    assert "None" not in texts
    assert "待明确" not in texts
    (table,) = [block for block in document.blocks if isinstance(block, Table)]
    assert len(table.rows) >= 2


def test_table_wider_than_156_mm_lies_across() -> None:
    pages = {n: printed(builtin("regulations"), n, []).layout for n in (0, 1)}
    assert pages == {0: Layout.LANDSCAPE, 1: Layout.FORM}


def test_totals_stand_below_and_only_where_asked() -> None:
    ledger = builtin("visits")
    document = printed(ledger, 1, sample_rows(ledger))
    (table,) = [block for block in document.blocks if isinstance(block, Table)]
    last = [part.paragraphs[0].text for part in table.rows[-1].cells]
    assert last[0] == "合计"
    assert [text for text in last[1:] if text] == ["4780.00"]


def test_split_gives_a_table_for_each_word_and_a_row_of_two_persons_twice() -> None:
    ledger = builtin("research")
    document = printed(ledger, 0, sample_rows(ledger))
    heads = [text for text in document.texts() if text.startswith("调研人：")]
    assert "调研人：栗文涛（1条）" in heads
    assert "调研人：韩振邦（1条）" in heads


def test_card_prints_boxes_empty_and_places_to_sign() -> None:
    ledger = builtin("openness")
    texts = list(printed(ledger, 0, sample_rows(ledger)).texts())
    assert "支部委员会意见" in texts
    assert "责任人签字" in texts
    at = texts.index("支部委员会意见")
    assert texts[at + 1].startswith("负责人（签字）：")


def test_masked_fields_are_left_out_of_public_prints() -> None:
    ledger = builtin("visits")
    rows = sample_rows(ledger)
    assert "妻子长期服药" in " ".join(printed(ledger, 0, rows).texts())
    public = " ".join(printed(ledger, 0, rows, public=True).texts())
    assert "妻子长期服药" not in public
    assert "困难或诉求" not in public


def test_head_and_foot_are_those_of_the_declaration() -> None:
    ledger = builtin("training")
    texts = list(printed(ledger, 1, sample_rows(ledger)).texts())
    assert texts[0] == "中共测试公司机关支部2025年度党员教育培训台账"
    assert texts[1] == "单位：中共测试公司机关支部委员会　　期间：2025年"
    assert texts[-1].startswith("填表人：")
    assert "支部书记：" in texts[-1]


def test_sheet_fills_its_paragraphs_from_the_row() -> None:
    text = own() + (
        '[[print]]\nkind = "sheet"\ntitle = "情况说明"\n'
        'text = ["{branch}：{who}{month}发现{near}。说明：{told}。"]\nsign = ["日期"]\n'
    )
    ledger = read_ledger(text)
    assert isinstance(ledger.prints[1], SheetPrint)
    row = a_row(ledger, {"month": "2025-03", "who": ["张三"], "near": "2"})
    texts = list(printed(ledger, 1, [row]).texts())
    assert texts[1] == f"中共测试公司机关支部：张三2025年3月发现2人次。说明：{ROOM}。"


def test_levels_above_the_branch_stand_where_they_are_asked_for() -> None:
    text = own() + (
        '[[print]]\nkind = "sheet"\ntitle = "{branch}致{superior}的报告"\n'
        'text = ["{superior}并{superior_2}、{superior_3}："]\n'
        '[[print]]\nkind = "table"\ntitle = "表"\nhead = ["上级党组织"]\n'
        'columns = [["who", 30]]\n'
    )
    ledger = read_ledger(text)
    row = a_row(ledger, {"month": "2025-03", "who": ["张三"], "near": "2"})
    known = replace(BRANCH, superior="中共甲委员会", further_superiors=("中共乙委员会",))
    sheet = printed(ledger, 1, [row], branch=known)
    assert sheet.title == "机关党支部致中共甲委员会的报告"
    assert f"中共甲委员会并中共乙委员会、{ROOM}：" in list(sheet.texts())
    assert "上级党组织：中共甲委员会" in list(printed(ledger, 2, [row], branch=known).texts())
    assert f"上级党组织：{ROOM}" in list(printed(ledger, 2, [row]).texts())


def test_own_table_scales_and_numbers_its_rows() -> None:
    table = '[[print]]\nkind = "table"\ntitle = "表"\ncolumns = [["who", 30], ["near", 20]]\n'
    ledger = read_ledger(own() + table)
    assert isinstance(ledger.prints[1], TablePrint)
    rows = [a_row(ledger, {"month": "2025-03", "who": ["张三"], "near": "2"}) for _ in range(2)]
    document = printed(ledger, 1, rows)
    (made,) = [block for block in document.blocks if isinstance(block, Table)]
    firsts = [row.cells[0].paragraphs[0].text for row in made.rows]
    assert firsts == ["序号", "1", "2"]


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (date(2025, 3, 12), "20250312"),
        (Period(2025, 3, 1), "202503"),
        (Period(2025, 4, 3), "2025年第二季度"),
        (PartialDate(2025), "2025年"),
        (2024, "2024年"),
        (None, "20251231"),
    ],
)
def test_a_file_about_one_row_bears_the_day_of_the_row(day, told) -> None:
    ledger = builtin("training")
    row = LedgerRow(id="", ledger=ledger.code, values={ledger.day: day} if day else {})
    sheet = a_sheet(ledger, [row], layout=ledger.prints[0], period=None)
    assert sheet.document(Layout.FORM, (), what="培训").name.rpartition("_")[2] == told
