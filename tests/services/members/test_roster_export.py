"""The roster as a workbook: text cells, masked on wish, readable by the import again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from dangjian_desktop.domain.branch import Branch
from dangjian_desktop.domain.dates import PartialDate
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.errors import BlockedError, InputError
from dangjian_desktop.services.library.branch import new_library
from dangjian_desktop.services.members.roster_export import RosterExport
from dangjian_desktop.services.members.roster_import import RosterImport
from dangjian_desktop.spreadsheets.columns import Column
from dangjian_desktop.spreadsheets.writing import book_of

CLEAN = Path(__file__).parents[2] / "samples" / "花名册-规范.xlsx"
NOW = datetime.fromisoformat("2026-11-21T09:00")


def clock():
    return NOW


@pytest.fixture
def library(tmp_path):
    library = new_library(tmp_path / "支部.dangjian", Branch(name="中共测试支部委员会"))
    RosterImport(library, clock).run(CLEAN)
    yield library
    library.close()


@pytest.fixture
def exports(library):
    return RosterExport(library, clock)


def cells(path):
    sheet = openpyxl.load_workbook(path).active
    return [[cell for cell in row if cell.value is not None] for row in sheet.iter_rows()]


def change(library, name, **known):
    with library.changing(Topic.MEMBERS) as work:
        member = next(m for m in work.members.all() if m.name == name)
        work.members.save(replace(member, **known))


def test_every_cell_is_text(exports, tmp_path):
    path, rows = exports.export(tmp_path / "名册.xlsx")
    assert rows == 36
    written = cells(path)
    assert written[0][0].value == "中共测试支部委员会党员花名册"
    assert written[1][0].value == "截至2026年11月21日"
    assert {cell.data_type for row in written for cell in row} == {"s"}
    assert [cell.value for cell in written[-1]] == ["合计", "36人"]


def test_the_export_imported_again_changes_nothing(exports, library, tmp_path):
    path, _ = exports.export(tmp_path / "名册.xlsx")
    imports = RosterImport(library, clock)
    reading = imports.read(path)
    assert reading.refused == reading.incomplete == reading.warnings == ()
    assert reading.stated_total == 36
    plan = imports.plan(reading)
    assert (len(plan.added), len(plan.updated), len(plan.unchanged)) == (0, 0, 36)


def test_an_empty_library_takes_the_whole_roster_from_the_export(exports, library, tmp_path):
    path, _ = exports.export(tmp_path / "名册.xlsx")
    other = new_library(tmp_path / "另一.dangjian", Branch(name="中共另一支部委员会"))
    try:
        RosterImport(other, clock).run(path)
        with other.reading() as work, library.reading() as known:
            copied = [replace(m, id="") for m in work.members.all()]
            assert copied == [replace(m, id="") for m in known.members.all()]
    finally:
        other.close()


def test_approval_dates_are_exported_where_there_are_any(exports, library, tmp_path):
    change(library, "邓涛", full_approved=PartialDate(2025, 8, 6))
    path, _ = exports.export(tmp_path / "名册.xlsx")
    imports = RosterImport(library, clock)
    assert len(imports.plan(imports.read(path)).unchanged) == 36


def test_formulas_and_markup_stay_the_texts_they_are(exports, library, tmp_path):
    texts = ["=1+1", '=HYPERLINK("x")', "+1", "-1", "@SUM(A1)", "＝1", "<b>&{{ }}"]
    names = ["邓涛", "高玉珍", "马秀英", "马磊", "韩娟", "钱堃", "褚𠅤"]
    for name, text in zip(names, texts, strict=True):
        change(library, name, work_post=text)
    path, _ = exports.export(tmp_path / "名册.xlsx")
    written = [cell for row in cells(path) for cell in row]
    assert set(texts) <= {cell.value for cell in written}
    assert {cell.data_type for cell in written} == {"s"}


def test_the_masked_export_shows_no_whole_number(exports, library, tmp_path):
    path, _ = exports.export(tmp_path / "名册.xlsx", profile="masked")
    shown = {str(cell.value) for row in cells(path) for cell in row}
    assert {"430111********8955", "177****1992"} <= shown
    with library.reading() as work:
        for member in work.members.all():
            assert not {member.id_number, member.phone} & shown


def test_the_day_decides_who_is_on_it(exports, tmp_path):
    path, rows = exports.export(tmp_path / "名册.xlsx", as_of=date(2025, 11, 27))
    names = {cell.value for row in cells(path) for cell in row}
    assert rows == 35
    assert "袁子轩" in names
    assert "于秀英" not in names


def test_an_older_file_stays(exports, tmp_path):
    first, _ = exports.export(tmp_path / "名册.xlsx")
    before = first.read_bytes()
    second, _ = exports.export(tmp_path / "名册.xlsx")
    third, _ = exports.export(tmp_path / "名册.xlsx", profile="masked", force=True)
    assert second != first
    assert third == first
    assert first.read_bytes() != before


def test_what_cannot_be_written_is_refused(exports, tmp_path):
    with pytest.raises(InputError, match="只能导出为"):
        exports.export(tmp_path / "名册.doc")
    with pytest.raises(InputError, match="不认识"):
        exports.export(tmp_path / "名册.xlsx", profile="全部")
    (tmp_path / "文件").write_text("x")
    with pytest.raises(BlockedError):
        exports.export(tmp_path / "文件" / "名册.xlsx")


def test_a_text_longer_than_a_cell_is_never_cut():
    with pytest.raises(ValueError, match="longer than a cell"):
        book_of(title="甲", remark="", columns=(Column("备注", 9),), rows=(("长" * 32_768,),))


def test_signs_that_no_workbook_can_hold_do_not_stop_the_export():
    assert book_of(title="甲\x00", remark="", columns=(Column("备注", 9),), rows=(("\x07好",),))
