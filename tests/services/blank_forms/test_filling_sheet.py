"""A superior's Excel form filled by the service: at first sight, and in the second month."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from dangjian_desktop.domain.blank_forms.proposal import Certainty
from dangjian_desktop.domain.dates import Period
from dangjian_desktop.errors import InputError
from dangjian_desktop.services.blank_forms.filling import BlankFormService, FormScope
from dangjian_desktop.services.meetings.meetings import MeetingService
from tests.services.blank_forms.library import MARCH, a_full_library
from tests.services.make import a_meeting, clock
from tests.spreadsheets.blank_forms.books import opened, statistic

APRIL, MAY = Period(2026, 4, 1), date(2026, 5, 1)
CELLS = {
    "B2": "中共测试公司机关党支部",
    "A5": 10,
    "B5": 9,
    "C5": 1,
    "E5": 1,
    "F5": 0,
    "G5": 0,
    "H5": "=SUM(E5:G5)",
    "A9": 1,
    "B9": "支部党员大会",
    "E9": 10,
    "F9": 8,
}


def later() -> datetime:
    return datetime.fromisoformat("2026-05-01T09:00")


@pytest.fixture
def library(tmp_path):
    opened_one = a_full_library(tmp_path)
    yield opened_one
    opened_one.close()


@pytest.fixture
def form(tmp_path):
    def without_a_list(sheet):
        sheet.data_validations.dataValidation.clear()

    path = tmp_path / "统计表.xlsx"
    path.write_bytes(statistic(without_a_list))
    return path


def cells_of(path, places):
    sheet = opened(path.read_bytes())
    return {place: sheet[place].value for place in places}


def test_what_is_sure_is_filled_at_first_sight(library, form, tmp_path):
    service = BlankFormService(library, clock)
    done = service.fill(form, FormScope(period=MARCH), tmp_path / "出")
    # Nothing says which list the table is: it stays empty until somebody has looked.
    first = CELLS | dict.fromkeys(("B9", "E9", "F9"))
    assert cells_of(done.file, CELLS) == first
    assert {"负责人（签字）", "组织类别"} <= set(done.view.unknown)


def test_all_are_right_in_the_second_month(library, form, tmp_path):
    service = BlankFormService(library, clock)
    first = service.open(form, FormScope(period=MARCH))
    weak = [n for n, p in first.proposals.items() if p.certainty is not Certainty.SURE]
    chosen = {n: p.source for n, p in first.proposals.items()}
    service.confirm(first.form, chosen)
    changes = {"title": "四月支部党员大会", "date": "2026-04-22", "for_year": 2026}
    MeetingService(library, later).import_json(a_meeting(**changes))
    service = BlankFormService(library, later)
    done = service.fill(form, FormScope(period=APRIL, as_of=MAY), tmp_path / "出")
    assert done.view.kept
    assert done.view.changes == ()
    assert {n: s for n, s in done.view.chosen.items() if s} == {
        n: s for n, s in chosen.items() if s
    }
    assert set(weak) <= done.view.chosen.keys()
    found = cells_of(done.file, (*CELLS, "C9", "G2"))
    assert found["C9"] == "2026年4月22日14:30至16:05"
    assert found["G2"] == "2026年5月1日"
    assert {p: v for p, v in found.items() if p in CELLS} == CELLS


def test_a_book_under_the_name_of_another_kind_is_refused(library, form, tmp_path):
    for name in ("表.xls", "表.docx"):
        other = tmp_path / name
        other.write_bytes(form.read_bytes())
        with pytest.raises(InputError):
            BlankFormService(library, clock).fill(other, FormScope(period=MARCH), tmp_path / "出")
    assert not (tmp_path / "出").exists()
