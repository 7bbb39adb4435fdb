"""新建报送包: how files are named, and what a list means before anything is made."""

from __future__ import annotations

from tests.ui.roster_world import Chosen, quiet
from tests.ui.submissions.packing_world import ROSTER, tick


def test_files_are_named_as_the_recipient_wants_and_so_the_next_time(
    qtbot, form, shell, desk, tmp_path
):
    tick(form, ROSTER)
    form.recipient.setCurrentText("公司党委")
    quiet(qtbot, shell)
    assert form.pattern.placeholderText() == "{支部}_{材料}_{时间}"
    form.pattern.setText("{材料}-{支部}")
    shell.choosers = Chosen(tmp_path / "出")
    form.go.click()
    quiet(qtbot, shell)
    assert [path.name[:6] for path in (tmp_path / "出").glob("党员花名册-*.xlsx")] == [
        "党员花名册-"
    ]
    form.start_new()
    form.recipient.setCurrentText("工会")
    form.recipient.setCurrentText("公司党委")
    quiet(qtbot, shell)
    assert (form.pattern.text(), form.pattern.placeholderText()) == ("", "{材料}-{支部}")


def test_a_line_that_may_not_go_out_masked_says_so(qtbot, form, shell):
    form.ways.chosen.emit("asked")
    form.profile.setCurrentIndex(1)
    form.asked.set_text("谈心谈话台账")
    quiet(qtbot, shell)
    [row] = form.asked.table.model.ids
    assert form.asked.table.model.record(row).withheld
