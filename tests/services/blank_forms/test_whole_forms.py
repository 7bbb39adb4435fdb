"""Ten whole forms through the service: what is proposed at first sight, and the second month."""

from __future__ import annotations

from datetime import datetime

import pytest

from dangjian_desktop.domain.blank_forms.proposal import Certainty
from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.references import Link
from dangjian_desktop.services.blank_forms.filling import BlankFormService, FormScope
from tests.documents.blank_forms import forms
from tests.services.blank_forms.library import MARCH, a_full_library
from tests.services.blank_forms.whole import FORMS
from tests.spreadsheets.blank_forms.books import opened, parts_of, told

APRIL = Period(2026, 4, 1)


def clock() -> datetime:
    return datetime.fromisoformat("2026-05-06T09:00")


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    """In which no form has been filled yet: whoever fills one has a library of his own."""
    opened_one = a_full_library(tmp_path_factory.mktemp("whole"))
    yield opened_one
    opened_one.close()


@pytest.fixture(scope="module")
def used_library(tmp_path_factory):
    opened_one = a_full_library(tmp_path_factory.mktemp("used"))
    yield opened_one
    opened_one.close()


@pytest.fixture
def service(library):
    return BlankFormService(library, clock)


def scope(library, whole, period) -> FormScope:
    if not whole.about:
        return FormScope(period=period)
    with library.reading() as work:
        return FormScope(about=Link(whole.about, work.of(whole.about).all()[0].id), period=period)


def the_form(name, folder):
    path = folder / f"{name}{FORMS[name].suffix}"
    path.write_bytes(FORMS[name].make())
    return path


@pytest.mark.parametrize("name", FORMS)
def test_nine_of_ten_blanks_are_right_at_first_sight_and_none_is_surely_wrong(
    service, library, name, tmp_path
):
    whole = FORMS[name]
    view = service.open(the_form(name, tmp_path), scope(library, whole, MARCH))
    found = {n: (p.source, p.certainty) for n, p in view.proposals.items()}
    assert whole.right.keys() <= {blank.name for blank in view.form.blanks}
    right = {n for n, source in whole.right.items() if found.get(n, ("",))[0] == source}
    assert len(right) >= 0.9 * len(whole.right), whole.right.keys() - right
    sure = {n for n, (source, certainty) in found.items() if source and certainty is Certainty.SURE}
    assert sure - right == set()
    assert view.chosen.keys() - {n for n in view.chosen if view.chosen[n] is None} == sure


@pytest.mark.parametrize("name", FORMS)
def test_all_are_right_in_the_second_month_and_nothing_else_differs(used_library, name, tmp_path):
    library, service = used_library, BlankFormService(used_library, clock)
    whole, path = FORMS[name], the_form(name, tmp_path)
    first = service.open(path, scope(library, whole, MARCH))
    service.confirm(first.form, whole.right, path, scope(library, whole, MARCH))
    done = service.fill(path, scope(library, whole, APRIL), tmp_path / "出")
    assert done.view.kept
    chosen = {n: source for n, source in done.view.chosen.items() if source}
    assert chosen == whole.right
    assert {known.name for known in service.known()} >= {path.name}
    before, after = path.read_bytes(), done.file.read_bytes()
    filled = [b.key for b in done.view.blanks if b.name in done.view.values]
    assert filled
    if whole.suffix == ".docx":
        assert forms.differences(before, after, filled) == []
    else:
        assert _only_cells_differ(before, after)


def _only_cells_differ(before: bytes, after: bytes) -> bool:
    """No part but the sheet, the book that computes anew and styles that were added to."""
    one, two = parts_of(before), parts_of(after)
    differing = {name for name in one if one[name] != two[name]}
    allowed = {"xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"}
    looks = {place: look[2:] for place, look in told(opened(after)).items()}
    same = all(
        looks.get(place, look[2:])[1:] == look[2:][1:]
        for place, look in told(opened(before)).items()
    )
    return list(one) == list(two) and differing <= allowed and same
