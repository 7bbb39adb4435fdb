"""Sample sheets: filled by hand as others fill them, they are imported without a question."""

from __future__ import annotations

import pytest
from openpyxl import load_workbook

from dangjian_desktop.domain.ledgers.ledger import NOTE
from dangjian_desktop.domain.sample_sheets import EXAMPLE, GUIDE, is_sample_row
from dangjian_desktop.errors import InputError
from dangjian_desktop.services.desk import Desk
from tests.services.library.history_world import put_style
from tests.services.make import a_library, clock

FIRST_EMPTY, HEADINGS = 7, 3
PEOPLE = [
    {
        "姓名": "冯甲生",
        "性别": "女",
        "民族": "回族",
        "身份证号": "140729197704160496",
        "出生日期": "1977-04-16",
        "入党时间": "2003-06",
        "转正时间": "2004-06-25",
        "人员类别": "正式党员",
        "党内职务": "宣传委员",
        "党小组": "第二党小组",
        "联系电话": "15400002101",
        "备注": "借调",
    },
    {"姓名": "褚丁", "入党时间": "2025-09-01", "人员类别": "预备党员"},
]


@pytest.fixture
def desk(tmp_path):
    made = Desk(a_library(tmp_path / "库"), clock)
    yield made
    made.close()


def headings(sheet) -> dict[str, int]:
    return {cell.value: cell.column for cell in sheet[HEADINGS]}


def fill(path, rows, without: str = "") -> None:
    """Type rows below the examples, as text and numbers as they come; perhaps a column goes."""
    book = load_workbook(path)
    sheet = book.active
    places = headings(sheet)
    first = next(r for r in range(HEADINGS + 1, 99) if not any(c.value for c in sheet[r]))
    for number, row in enumerate(rows):
        sheet.cell(first + number, 1, number + 1)
        for heading, text in row.items():
            sheet.cell(first + number, places[heading], text)
    if without:
        sheet.delete_cols(places[without])
    book.save(path)


@pytest.mark.parametrize("without", ["", "序号", "备注"])
def test_a_roster_comes_back_as_it_was_typed_without_the_examples(desk, tmp_path, without):
    path = desk.samples.roster(tmp_path / "样表.xlsx")
    before = {member.id for member in desk.meetings.members()}
    rows = [{k: v for k, v in row.items() if k != without} for row in PEOPLE]
    fill(path, rows, without)
    done = desk.imports.run(path)
    told = done.as_json()
    assert (told["added"], told["refused"], told["untaken"]) == (2, [], [])
    assert {issue["code"] for issue in told["skipped"]} == {"note"}
    assert len(told["skipped"]) == 3
    new = {m.name: m for m in desk.meetings.members() if m.id not in before}
    assert new.keys() == {"冯甲生", "褚丁"}
    first = new["冯甲生"]
    assert [first.sex, first.ethnicity, first.id_number, first.phone] == [
        "女",
        "回族",
        "140729197704160496",
        "15400002101",
    ]
    assert (str(first.birth_date), str(first.join_date)) == ("1977-04-16", "2003-06")
    assert [span.value for span in (*first.posts, *first.groups)] == ["宣传委员", "第二党小组"]
    assert first.note == (None if without == "备注" else "借调")
    assert [span.value for span in new["褚丁"].kinds] == ["probationary"]


def test_what_was_written_over_an_example_is_told_by_its_name(desk, tmp_path):
    path = desk.samples.roster(tmp_path / "样表.xlsx")
    book = load_workbook(path)
    sheet = book.active
    row = next(r for r in range(9, 3, -1) if sheet.cell(r, 1).value == EXAMPLE)
    sheet.cell(row, headings(sheet)["姓名"], "赵覆盖")
    book.save(path)
    fill(path, PEOPLE)
    said = [issue["message"] for issue in desk.imports.run(path, dry_run=True).as_json()["skipped"]]
    assert any("赵覆盖" in words and "去掉“示例”" in words for words in said)


def typed(ledger) -> dict[str, str]:
    """Words for every column of a ledger, by its heading."""
    words = {"date": "2026-03-05", "month": "2026-03", "yes_no": "否", "money": "12.50"}
    words |= {"integer": "3", "decimal": "2", "person": "张三", "people": "张三、李四"}
    words |= {"year": "2026", "partial_date": "2026-03", "long_text": "一\n二"}
    found = {}
    for field in ledger.open_fields:
        if field.type.value in ("link", "files"):
            continue
        offered = [word for _, word in ledger.choices_of(field.name)]
        several = field.type.value == "choices"
        one = "、".join(offered[-2:]) if several else (offered or [f"{field.label}甲"])[-1]
        found[field.label] = one if offered else words.get(field.type.value, one)
    return found


def test_every_ledger_comes_back_as_it_was_typed_without_the_examples(desk, tmp_path):
    put_style(desk)
    for entry in desk.ledgers.all():
        ledger = entry.ledger
        path = desk.samples.ledger(ledger.code, tmp_path / f"{ledger.code}.xlsx")
        row = typed(ledger)
        fill(path, [row])
        done = desk.ledger_imports.run(ledger.code, path, dry_run=True)
        assert (len(done.added), done.refused, done.untaken, done.warnings) == (1, (), (), ())
        assert {issue.code for issue in done.skipped} == {"note"}, ledger.code
        labels = {field.label: field.name for field in ledger.open_fields}
        texts = desk.ledgers.texts(ledger.code, done.added[0].after)
        assert {label: texts.get(labels[label]) for label in row} == row, ledger.code


def test_what_can_be_chosen_is_offered_and_numbers_stay_text(desk, tmp_path):
    path = desk.samples.ledger("visits", tmp_path / "样表.xlsx")
    book = load_workbook(path)
    sheet, lists = book.active, book["选项"]
    assert lists.sheet_state == "hidden"
    ledger = desk.ledgers.one_ledger("visits").ledger
    offered = {
        str(v.sqref).split("5:")[0]: [c[0].value for c in lists[v.formula1.split("!")[1]]]
        for v in sheet.data_validations.dataValidation
    }
    letters = {c.value: c.column_letter for c in sheet[HEADINGS]}
    for field in ledger.open_fields:
        if words := [word for _, word in ledger.choices_of(field.name)]:
            assert offered[letters[field.label]] == words
    blank = sheet.cell(FIRST_EMPTY, headings(sheet)["慰问金额"])
    assert (blank.value, blank.number_format) == (None, "@")
    assert sheet.column_dimensions[blank.column_letter].number_format == "@"
    assert sheet.freeze_panes == "C5"
    assert [sheet.cell(row, 1).value for row in (4, 5, 6)] == [GUIDE, EXAMPLE, EXAMPLE]
    assert "必填" in sheet.cell(4, headings(sheet)["走访日期"]).value


def test_a_sheet_that_is_there_stays_and_another_kind_of_file_is_refused(desk, tmp_path):
    first = desk.samples.roster(tmp_path / "样表.xlsx")
    assert desk.samples.roster(tmp_path / "样表.xlsx") == tmp_path / "样表（2）.xlsx"
    assert desk.samples.roster(first, force=True) == first
    with pytest.raises(InputError, match="xlsx"):
        desk.samples.roster(tmp_path / "样表.doc")
    with pytest.raises(InputError):
        desk.samples.ledger("nothing", tmp_path / "样表.xlsx")


def test_a_word_somewhere_in_a_row_marks_nothing():
    assert not is_sample_row(("1", "示例", "", "填法"))
    assert is_sample_row(("", "示例", "张三"))
    assert is_sample_row((1.0, "张三", "示例，不导入"))
    assert NOTE == "note"
