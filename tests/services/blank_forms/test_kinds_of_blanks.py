"""Ways in which superiors write their forms, each as its kind: what is proposed at first sight."""

from __future__ import annotations

import pytest
from openpyxl import Workbook
from openpyxl.styles import Border, Side

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.services.blank_forms.filling import BlankFormService, FormScope
from tests.services.blank_forms.library import MARCH, a_full_library, telling
from tests.services.make import clock

LINED = Border(*[Side(style="thin")] * 4)


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    opened = a_full_library(tmp_path_factory.mktemp("kinds"))
    yield opened
    opened.close()


@pytest.fixture
def proposed(library, tmp_path):
    def of(rows, period=MARCH):
        book, path = Workbook(), tmp_path / "表.xlsx"
        for row, texts in enumerate(rows, 1):
            for column, text in enumerate(texts, 1):
                cell = book.active.cell(row, column, text or None)
                cell.border = LINED
        book.save(path)
        view = BlankFormService(library, clock).open(path, FormScope(period=period))
        found = {name: proposal.source for name, proposal in view.proposals.items()}
        return {blank.name: found.get(blank.name) for blank in view.form.blanks}

    return of


def test_months_are_known_in_chinese_figures(proposed):
    heads = ["类别", "一月", "二月份", "三月"]
    found = proposed([heads, ["支委会", "", "", ""]], Period.parse("2026-Q1"))
    assert list(found.values()) == [f"month.{n}.committee_meeting.held" for n in (1, 2, 3)]


def test_who_signs_below_a_table_is_no_row_of_it(proposed):
    rows = [
        ["项目", "支部党员大会", "支委会"],
        ["召开次数", "", ""],
        ["填报人：", "", ""],
        ["审核人:", "", ""],
    ]
    found = proposed(rows)
    assert (found["填报人"], found["审核人"]) == ("words.filled_by", "words.reviewed_by")
    assert found["支委会"] == "committee_meeting.held"
    assert len(found) == 4


def test_the_title_of_a_sheet_is_no_label(proposed):
    rows = [["党员信息采集表", "", ""], ["填报支部", "", ""], ["支部书记", "", ""]]
    assert set(proposed(rows)) == {"填报支部", "支部书记"}


def test_posts_of_the_committee_the_unit_that_reports_and_a_head_within_a_label(proposed):
    rows = [[label, ""] for label in ("组织委员", "报送支部", "组织生活出勤率为", "在建项目数")]
    assert list(proposed(rows).values()) == [
        "branch.organisation",
        "branch.name",
        "attendance.rate",
        "projects.under_way",
    ]


def test_a_list_of_projects_has_what_was_written_of_the_period(proposed, library):
    heads = ["序号", "项目名称", "负责人", "进展情况", "存在问题"]
    [source] = proposed([heads, [""] * 5, [""] * 5]).values()
    assert source == "projects[number,title,secretary,entry.done,entry.problems]"


def test_the_number_of_a_row_and_that_of_its_record_can_both_be_had(library):
    with telling(library) as teller:
        [row] = teller.rows_of("meetings:general_meeting")
        sources = {source.key: source for source in teller.sources}
    assert row["number"] == "1"
    labels = {c.key: c.label for c in sources["meetings:general_meeting"].columns}
    assert (labels["number"], labels["own_number"]) == ("序号", "第几次")
    assert row["own_number"] != row["number"] or row["own_number"] == ""
