"""Cases 34 to 37 and 39: sheets as offices keep them, formulas, what no paper can print."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from dangjian_desktop.domain.fields import Field, FieldType
from dangjian_desktop.domain.meetings.record import MEETING
from dangjian_desktop.domain.members.importing.sheet import read_roster
from dangjian_desktop.domain.members.record import MEMBER
from dangjian_desktop.domain.projects.record import PROJECT
from dangjian_desktop.domain.record import Record
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.errors import InputError
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.library.branch_form import NAMES, branch_values
from dangjian_desktop.services.members.member_form import PLAIN, SPANS, entered
from dangjian_desktop.services.members.member_form import plain as member_plain
from dangjian_desktop.services.record_services import PickedLinks, names_on, service_of
from dangjian_desktop.services.records.reading import RecordReader
from dangjian_desktop.services.records.writing import key_of, to_state
from dangjian_desktop.spreadsheets.reading import read_tables
from tests.documents.reading import pdf_texts, word_texts
from tests.faults.cases import Trial, many
from tests.services.ledgers.test_ledger_rows import TRAINING
from tests.services.make import a_library, a_meeting, clock
from tests.services.projects.test_projects import a_project
from tests.spreadsheets.make import a_workbook, patched
from tests.spreadsheets.test_five_formats import FORMATS, HEAD, ROWS

SHEET = "xl/worksheets/sheet1.xml"
END = b"</sheetData>"
FAR = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
NUMBER = "410102198503140111"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(a_library(tmp_path), clock)
    yield made
    made.close()


# ---- 34: monster sheets -----------------------------------------------------------------------


@pytest.mark.case(34)
@pytest.mark.parametrize(
    "rows",
    [b"<row/>" * many(300_000, 10_000_000), FAR],
    ids=["empty rows", "far cell"],
)
def test_a_monster_is_read_or_refused_as_too_large(
    tmp_path: Path, trial: Trial, rows: bytes
) -> None:
    path = patched(a_workbook(tmp_path / "名册.xlsx", ROWS), {SHEET: (END, rows + END)})
    begun = time.process_time()
    said = ""
    try:
        [sheet] = read_tables(path)
        assert len(sheet.rows) == len(ROWS)
    except InputError as refused:
        said = refused.message
    assert not said or "太大" in said
    assert time.process_time() - begun < 10
    trial.tries += 1


# ---- 35: ID numbers ---------------------------------------------------------------------------


@pytest.mark.case(35)
def test_a_number_that_lost_digits_is_told_and_the_others_are_right(
    desk: Desk, tmp_path: Path, trial: Trial
) -> None:
    wide = "410102199002280225".translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    rows = (
        ("赵一", float(NUMBER), None),
        ("钱二", wide, "410102199002280225"),
        ("孙三", f"'{NUMBER}", NUMBER),
        ("郑七", 410102850314022, "410102198503140226"),
        ("周五", "11010519491231002x", "11010519491231002X"),
        ("周五", "11010519491231002X", None),
    )
    sheet = [["姓名", "身份证号"], *(row[:2] for row in rows)]
    path = a_workbook(tmp_path / "名册.xlsx", sheet)
    reading = desk.imports.read(path)
    assert [(row.name, row.id_number) for row in reading.rows] == [
        (name, number) for name, _, number in rows[:5]
    ]
    told = {issue.row: issue.code for issue in reading.incomplete}
    assert told[2] == "id_lost_digits"
    before = desk.roster.records.find()
    with pytest.raises(InputError) as refused:
        desk.imports.run(path)
    assert [issue.row for issue in refused.value.issues] == [7]
    assert desk.roster.records.find() == before
    assert desk.imports.run(path, accept_partial=True).added == 5
    trial.tries += len(rows)


# ---- 36: dates and encodings ------------------------------------------------------------------

TEXT_ROWS = [[str(cell) for cell in row] for row in ROWS]
ENCODINGS = ("utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16")


def _roster(path: Path) -> Any:
    return read_roster(read_tables(path), today=date(2026, 3, 1))


@pytest.mark.case(36)
def test_whatever_can_be_read_is_the_same_roster(tmp_path: Path, trial: Trial) -> None:
    merged = [["党员花名册", *[None] * (len(HEAD) - 1)], *TEXT_ROWS]
    a_workbook(tmp_path / "甲.xlsx", TEXT_ROWS)
    a_workbook(tmp_path / "乙.xlsx", merged, merged=("A1:H1",))
    a_workbook(tmp_path / "丙.xlsx", TEXT_ROWS, epoch=datetime(1904, 1, 1))  # noqa: DTZ001
    for name in ENCODINGS:
        text = "\n".join(map(",".join, TEXT_ROWS))
        (tmp_path / f"{name}.csv").write_bytes(text.encode(name))
    found = {path.name: _roster(path).rows for path in sorted(tmp_path.iterdir())}
    told = [[row._replace(row=0) for row in rows] for rows in found.values()]
    assert len(told) == 3 + len(ENCODINGS)
    assert all(rows == told[0] for rows in told)
    assert [row.name for row in told[0]] == [row[1] for row in ROWS[1:]]
    formats = {name: _roster(make(tmp_path)).rows for name, make in FORMATS.items()}
    assert {str(rows) for rows in formats.values()} == {str(formats["csv"])}
    trial.tries += len(told) + len(formats)


@pytest.mark.case(36)
def test_a_date_that_is_none_is_told_by_its_row(tmp_path: Path, trial: Trial) -> None:
    cells = (0, 60, 3_000_000, "2001.7.1", "=A1")
    names = ("赵一", "钱二", "孙三", "李四", "周五")
    rows = [["姓名", "入党时间"], *zip(names, cells, strict=True)]
    reading = _roster(a_workbook(tmp_path / "名册.xlsx", rows))
    days = [row.join_date and str(row.join_date) for row in reading.rows]
    assert days == [None, None, None, "2001-07-01", None]
    codes = {issue.row: issue.code for issue in reading.warnings if issue.row != 5}
    assert codes == dict.fromkeys((2, 3, 4), "date_unparsed") | {6: "formula_uncomputed"}
    trial.tries += len(cells)


# ---- 37: formulas -----------------------------------------------------------------------------

FORMULAS = ("=1+1", '=HYPERLINK("http://127.0.0.1:9/")', "+1", "-1", "@SUM(A1)", "\t=1", "＝1")


@pytest.mark.case(37)
def test_no_workbook_of_ours_holds_a_formula(desk: Desk, tmp_path: Path, trial: Trial) -> None:
    """Tables go out as workbooks alone, so there is no CSV to guard."""
    with desk._library.changing(Topic.MEMBERS) as work:
        for member, text in zip(work.members.all(), FORMULAS, strict=False):
            work.members.save(replace(member, work_post=text.strip(), note=text))
    bare = a_project(state=None, history=[])
    desk.projects.import_json([bare | {"title": text.strip()} for text in FORMULAS])
    files = [desk.exports.export(tmp_path / "名册.xlsx")[0]]
    files += (
        service.records.export(tmp_path / f"{code}.xlsx")
        for code, service in (("member", desk.roster), ("project", desk.projects))
    )
    for file in files:
        cells = [c for row in openpyxl.load_workbook(file).active.iter_rows() for c in row]
        filled = [cell for cell in cells if cell.value is not None]
        assert {cell.data_type for cell in filled} == {"s"}
        shown = {str(cell.value).strip() for cell in filled}
        assert {text.strip() for text in FORMULAS} <= shown
        trial.tries += len(FORMULAS)


# ---- 39: what no paper can print --------------------------------------------------------------

BAD = "\x00\x08\ufffe\ud800\u202e"
GONE = set(BAD) | {"\x0b"}
NUMBERS = {"phone": "13800138000", "id_number": NUMBER}
LINES = {FieldType.TEXT, FieldType.LONG_TEXT}
TOLD = {FieldType.PERSON, FieldType.PEOPLE, FieldType.GROUP, FieldType.LIST}


def bad(value: Any) -> Any:
    """The same with signs that no paper can print in every text."""
    if isinstance(value, str):
        return f"{value[:1]}{BAD}{value[1:]}\x0b"
    if isinstance(value, Mapping):
        return {key: part if key == "member_id" else bad(part) for key, part in value.items()}
    return [bad(part) for part in value] if isinstance(value, list | tuple) else value


def spoilt(fields: Sequence[Field], plain: Mapping[str, Any], *, form: bool) -> dict[str, Any]:
    """A plain object with such signs in all its declared texts, and something in all of them."""
    made = dict(plain)
    for field in fields:
        held = "" if form else field.as_of
        key = held or key_of(field)
        value = plain.get(key)
        if field.name == "id" or (field.json is None and not form and not held):
            continue
        if field.type in LINES and value in (None, ""):
            made[key] = bad("甲乙")
        elif held:
            made[key] = value if field.columns[0].choices else bad(value)
        elif field.columns and isinstance(value, list):
            made[key] = [spoilt(field.columns, row, form=form) for row in value]
        elif field.columns and isinstance(value, Mapping) and field.type is FieldType.RECORD:
            made[key] = value if field.key else spoilt(field.columns, value, form=form)
        elif field.type in LINES | TOLD or isinstance(value, Mapping):
            made[key] = bad(value)
    return made


def clear(text: str) -> bool:
    return not GONE & set(text)


def read_form(desk: Desk, record: Record, stored: Any) -> Any:
    """The record that a form with such signs means."""
    members, today = tuple(desk.roster.records.all()), clock().date()
    state = spoilt(record.fields, to_state(record, stored), form=True)
    reader = RecordReader(
        record,
        desk.declared,
        lambda values: names_on(members, values.get(record.day or ""), today, state["known"]),
        today=today,
        links=PickedLinks(),
    )
    reading = reader.read(state, stored)
    assert reading.problems == []
    return reading.value


def a_row(desk: Desk) -> dict[str, Any]:
    """A row of the contract with such signs; what no field names is among it."""
    ledger = desk.ledgers.one_ledger("training").ledger
    desk.ledgers.save(desk.ledgers.read("training", TRAINING))
    [row] = desk.ledgers.as_json("training")
    values = row["values"] | {"day": "2026-03-09"}
    fields = [field for field in ledger.fields if field.type is not FieldType.FILES]
    made = {"values": spoilt(fields, values, form=False), "more": bad({"天气": ["晴好"]})}
    return made | {"note": bad("备注")}


def all_stored(desk: Desk, tmp_path: Path) -> Iterator[tuple[str, str]]:
    """Everything with such signs imported, read by its form, exported: papers and ids."""
    for record, plain in (
        (MEMBER, desk.roster.listed()[0] | {"id": None, "name": "新来的"} | NUMBERS),
        (MEETING, a_meeting()),
        (PROJECT, a_project()),
    ):
        records = service_of(desk._library, record.code, clock).records
        done = records.import_json(spoilt(record.fields, plain, form=False))
        told = "".join(warning["message"] for warning in done["warnings"])
        assert {warning["code"] for warning in done["warnings"]} == {"text_cleaned"}
        assert "中的控制字符、损坏的字符、改变文字方向的字符已去掉" in told
        [uid] = done["ids"]
        stored = records.one(uid)
        assert clear(json.dumps(records.as_json([stored]), ensure_ascii=False))
        if record is not MEMBER:
            made = read_form(desk, record, stored)
            assert clear(json.dumps(to_state(record, made), ensure_ascii=False))
            paper = desk.printing.papers(record.code)[0]
            yield paper.code, uid
        records.export(tmp_path / f"{record.code}.xlsx")
    done = desk.ledger_imports.run_json("training", a_row(desk), "x.json", copy=False)
    assert {issue.code for issue in done.warnings} >= {"text_cleaned"}
    assert clear(json.dumps(desk.ledgers.as_json("training"), ensure_ascii=False))
    desk.ledger_exports.export("training", tmp_path / "row.xlsx")
    desk.exports.export(tmp_path / "名册.xlsx")


@pytest.mark.case(39)
def test_every_text_of_every_record_is_cleaned_and_every_paper_made(
    desk: Desk, tmp_path: Path, trial: Trial
) -> None:
    for code, uid in (*all_stored(desk, tmp_path), ("roster", "")):
        desk.printing.export(code, tmp_path, uid)
    files = [*tmp_path.glob("*.xlsx"), *tmp_path.glob("*.docx"), *tmp_path.glob("*.pdf")]
    assert len(files) == 5 + 3 * 2
    for file in files:
        if file.suffix == ".xlsx":
            texts = [str(c.value) for row in openpyxl.load_workbook(file).active for c in row]
        else:
            texts = (word_texts if file.suffix == ".docx" else pdf_texts)(file.read_bytes())
        assert texts
        assert all(map(clear, texts))
        trial.tries += 1


@pytest.mark.case(39)
def test_the_forms_of_members_and_branch_clean_too(desk: Desk, trial: Trial) -> None:
    stored = desk.roster.records.all()[0]
    values = spoilt((*PLAIN, *SPANS), member_plain(stored), form=True)
    made = entered(stored.id, stored, values, {}, clock().date())
    assert made.name == stored.name
    assert clear(str(made))
    branch = spoilt(NAMES, branch_values(desk.branch.history()), form=True)
    desk.branch.enter(branch | {"change": "fix"})
    assert clear(json.dumps(desk.branch.as_json(), ensure_ascii=False))
    trial.tries += 2
