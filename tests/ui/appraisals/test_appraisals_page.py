"""融合成效测评 in the window: begun from the priorities, counted, printed."""

from __future__ import annotations

from dangjian_desktop.ui.appraisals.page import Appraisals
from tests.ui.roster_world import held, quiet


def test_a_new_one_asks_about_the_priorities_and_refuses_counts_that_disagree(qtbot, desk, shell):
    desk.shared["priority"].import_json([{"name": "安全"}, {"name": "成本"}])
    made = Appraisals(desk, shell)
    page = held(qtbot, desk, shell, made.page)
    page.start_new()
    qtbot.waitUntil(lambda: page.editor.body is not None and page.editor.body.isVisible())
    form = page.editor.body.form
    assert [row["name"] for row in form.editor("ratings").value()] == ["安全", "成本"]
    form.editor("valid").set_value("10")
    rows = form.editor("ratings").value()
    rows[0] |= {"satisfied": 11}
    form.editor("ratings").set_value(rows)
    form.cells["ratings"].changed.emit()
    page.editor.saver.save_and_leave()
    quiet(qtbot, shell)
    assert desk.shared["fusion_appraisal"].all() == ()
    rows[0] |= {"satisfied": 10}
    form.editor("ratings").set_value(rows)
    form.cells["ratings"].changed.emit()
    page.editor.saver.save_and_leave()
    qtbot.waitUntil(lambda: len(desk.shared["fusion_appraisal"].all()) == 1)
    quiet(qtbot, shell)
