"""What is seen of a file before it is imported."""

from __future__ import annotations

from datetime import date, datetime, time

import openpyxl
import pytest

from dangjian_desktop.services.members.import_preview import preview
from dangjian_desktop.services.members.roster_import import RosterImport
from tests.services.make import a_library, clock


@pytest.fixture
def imports(tmp_path):
    library = a_library(tmp_path)
    yield RosterImport(library, clock)
    library.close()


def book(path, *rows):
    workbook = openpyxl.Workbook()
    workbook.active.title = "党员"
    for row in rows:
        workbook.active.append(row)
    workbook.create_sheet("说明").append(["填表说明"])
    workbook.save(path)
    return path


def test_columns_are_shown_with_what_they_are_taken_for_and_numbers_masked(tmp_path, imports):
    file = book(
        tmp_path / "名册.xlsx",
        ["姓名", "身份证号", "手机号", "入党时间", "工龄", "打卡"],
        ["张三", "110101198001010010", "13800001234", datetime(2010, 7, 1), 12.0, time(8, 30)],  # noqa: DTZ001
        ["新人", None, None, date(2012, 7, 1), 3.5, None],
    )
    seen = preview(imports, file)
    assert seen.sheets == ("党员", "说明")
    assert (seen.sheet, seen.header_row, seen.problem) == ("党员", 1, None)
    taken = {column.heading: (column.letter, column.field) for column in seen.columns}
    assert taken["姓名"] == ("A", "name")
    assert taken["手机号"] == ("C", "phone")
    cells = {column.heading: column.cells for column in seen.columns}
    assert cells["身份证号"][0] == "110101********0010"
    assert "13800001234" not in cells["手机号"][0]
    assert cells["入党时间"] == ("2010-07-01", "2012-07-01")
    assert cells["工龄"] == ("12", "3.5")
    assert cells["打卡"][0] == "08:30"
    assert (seen.expected.added, seen.expected.updated) == (1, 1)


def test_a_sheet_without_names_comes_back_with_its_problem(tmp_path, imports):
    file = book(tmp_path / "名册.xlsx", ["称呼", "性别"], ["张三", "男"])
    seen = preview(imports, file)
    assert "没有找到“姓名”列" in seen.problem.message
    assert seen.expected is None
    assert [(c.letter, c.heading) for c in seen.columns] == [("A", "称呼"), ("B", "性别")]
    named = preview(imports, file, mapping={"A": "name"})
    assert named.problem is None
    assert named.reading.rows[0].name == "张三"


def test_nothing_is_written_by_looking(tmp_path, imports):
    file = book(tmp_path / "名册.xlsx", ["姓名"], ["新人"])
    assert preview(imports, file).expected.added == 1
    assert preview(imports, file).expected.added == 1
