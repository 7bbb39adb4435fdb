"""What a new package is chosen from."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dangjian_desktop.domain.branch import Branch
from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.submissions.asked import AskedMaterial
from dangjian_desktop.domain.submissions.package import Profile
from dangjian_desktop.errors import InputError
from dangjian_desktop.services.library.branch import new_library
from dangjian_desktop.services.submissions.preparing import PreparingService
from tests.services.submissions.sending_world import MARCH, NOW, ORDER, PAPERS

DAY = date(2026, 3, 31)


@pytest.fixture
def preparing(library):
    return PreparingService(library, NOW)


def test_the_superiors_are_offered_the_direct_one_first(tmp_path):
    branch = Branch(
        name="中共测试公司机关党支部", superior="矿党委", further_superiors=("集团党委",)
    )
    made = new_library(tmp_path / "支部.dangjian", branch)
    assert PreparingService(made, NOW).recipients() == ("矿党委", "集团党委")
    made.close()


def test_only_what_the_period_has_is_offered(preparing):
    codes = {each.code for each in preparing.materials(MARCH)}
    assert {"minutes", "roster", "roster.xlsx", "summary"} <= codes
    assert "ledger:visits.xlsx" not in codes
    assert "minutes" not in {each.code for each in preparing.materials(Period(2026, 2, 1))}


def test_a_list_written_in_lines_is_read_as_the_same_list(preparing, tmp_path):
    asked = (
        AskedMaterial("问题清单", ("pdf",)),
        AskedMaterial("说明材料"),
        AskedMaterial("党员名册", ("docx", "xlsx"), date(2026, 4, 5)),
    )
    assert preparing.asked(preparing.text_of(asked), DAY) == asked
    assert preparing.text_of(()) == ""
    (tmp_path / "清单.csv").write_text("材料名称,格式\n说明材料,Word\n党员名册,Excel\n", "utf-8")
    text = preparing.list_in(tmp_path / "清单.csv", DAY)
    assert preparing.asked(text, DAY) == (
        AskedMaterial("说明材料", ("docx",)),
        AskedMaterial("党员名册", ("xlsx",)),
    )


def test_the_order_of_a_package_is_what_it_was_made_of(service, preparing, tmp_path):
    file = tmp_path / "签字页.pdf"
    file.write_bytes(b"%PDF-1.4")
    made = service.make(replace(ORDER, files=(file,)), tmp_path / "出")
    order = preparing.order_of(made.package.id)
    assert set(order.papers) == set(PAPERS)
    assert (order.period, order.recipient) == (MARCH, "公司党委")
    assert [file.name.endswith("签字页_202603.pdf") for file in order.kept] == [True]
    file.unlink()
    service.make(replace(order, as_of=DAY, profile=Profile.FULL), tmp_path / "又出")
    names = {path.name for path in (tmp_path / "又出").iterdir()}
    assert names == {path.name for path in (tmp_path / "出").iterdir()}
    [page] = (tmp_path / "又出").glob("*签字页*")
    assert page.read_bytes() == b"%PDF-1.4"
    understood = preparing.understood(replace(order, asked=(AskedMaterial("签字页"),)))
    assert understood[0].sent_as == (order.kept[0].name,)
    with pytest.raises(InputError):
        preparing.order_of("没有")
