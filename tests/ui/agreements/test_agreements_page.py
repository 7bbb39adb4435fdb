"""责任状 in the window: begun, signed, then only what may still be told is asked for."""

from __future__ import annotations

import docx
import pytest
from PySide6.QtWidgets import QMenu

from dangjian_desktop.ui.agreements.page import Agreements
from dangjian_desktop.ui.agreements.step_view import SIGN, WITHDRAW
from tests.ui.roster_world import held, quiet

TOLD = {
    "title": "2026年度责任状",
    "signer": "张三",
    "starts": "2026-01-01",
    "ends": "2026-12-31",
    "clauses": "三天内答复",
}
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
TYPED = ("title", "signer", "starts", "ends", "items", "indicators", "clauses")


@pytest.fixture
def uid(desk):
    [made] = desk.shared["duty_agreement"].import_json(TOLD)["ids"]
    return made


@pytest.fixture
def made(qtbot, desk, shell, uid):
    found = Agreements(desk, shell)
    page = held(qtbot, desk, shell, found.page)
    page.focus_record(uid)
    qtbot.waitUntil(lambda: found.card.value is not None)
    quiet(qtbot, shell)
    yield found
    quiet(qtbot, shell)


def one(desk, uid):
    return desk.shared["duty_agreement"].one(uid)


def offered(made):
    return {code for code, act in made.page.acts.actions.items() if act.isVisible()}


def sign(qtbot, desk, made, uid):
    made.page.acts.actions["sign"].trigger()
    view = made.step(SIGN)
    qtbot.waitUntil(view.isVisible)
    view.form.editor("on").set_value("2026-02-10")
    view.save.click()
    qtbot.waitUntil(lambda: one(desk, uid).signed_on is not None)
    qtbot.waitUntil(lambda: made.card.value.signed_on is not None)


def edited(qtbot, made, uid):
    made.page.edit(uid)
    qtbot.waitUntil(lambda: made.page.editor.body is not None)
    qtbot.waitUntil(lambda: made.page.editor.opened is not None)
    qtbot.waitUntil(made.page.editor.body.isVisible)
    return made.page.editor.body.form


def test_what_is_signed_is_not_asked_for_and_the_rest_is(qtbot, desk, made, uid):
    form = edited(qtbot, made, uid)
    assert all(form.cells[name].isVisible() for name in TYPED)
    assert "signed_on" not in form.cells, "the day comes with 签订"
    made.page.back()
    qtbot.waitUntil(lambda: made.page.views.at_home)
    qtbot.waitUntil(lambda: {"sign", "clauses"} <= offered(made))
    sign(qtbot, desk, made, uid)
    qtbot.waitUntil(lambda: "withdraw" in offered(made))
    assert not {"sign", "clauses"} & offered(made)
    form = edited(qtbot, made, uid)
    assert not any(form.cells[name].isVisible() for name in TYPED)
    why = made.page.editor.body.findChild(object, "form.sealed")
    assert "已于2026-02-10签订" in why.text()
    assert why.isVisible()
    form.editor("public_place").set_value("公开栏")
    form.cells["public_place"].changed.emit()
    made.page.editor.saver.save_and_leave()
    qtbot.waitUntil(lambda: one(desk, uid).public_place == "公开栏")
    assert one(desk, uid).clauses == "三天内答复"


def test_it_is_taken_back_with_a_reason_and_that_can_be_undone(qtbot, desk, made, uid, shell):
    sign(qtbot, desk, made, uid)
    qtbot.waitUntil(lambda: "withdraw" in offered(made))
    made.page.acts.actions["withdraw"].trigger()
    view = made.step(WITHDRAW)
    qtbot.waitUntil(view.isVisible)
    view.save.click()
    assert view.form.cells["reason"].note.text() == "请填写原因"
    view.form.editor("reason").set_value("责任人写错")
    told = []
    shell.toasted.connect(told.append)
    view.save.click()
    qtbot.waitUntil(lambda: one(desk, uid).signed_on is None)
    qtbot.waitUntil(lambda: bool(told))
    assert told[0].text == "已撤回签订：2026年度责任状"
    told[0].undo()
    qtbot.waitUntil(lambda: one(desk, uid).signed_on is not None)


def test_a_day_to_come_is_refused_at_its_field(qtbot, desk, made, uid):
    made.page.acts.actions["sign"].trigger()
    view = made.step(SIGN)
    qtbot.waitUntil(view.isVisible)
    view.form.editor("on").set_value("2030-02-10")
    view.save.click()
    quiet(qtbot, made._shell)
    assert one(desk, uid).signed_on is None


def test_clauses_are_taken_from_an_own_template(qtbot, desk, made, uid, tmp_path):
    told = []
    made._shell.messages.noticed.connect(lambda notice: told.append(notice.text))
    made.page.acts.actions["clauses"].trigger()
    qtbot.waitUntil(lambda: bool(told))
    assert "还没有本支部自己的 Word 模板" in told[0]
    file = docx.Document()
    file.add_paragraph("按月到现场。")
    file.save(tmp_path / "条款.docx")
    desk.templates.add(tmp_path / "条款.docx")
    made.page.acts.actions["clauses"].trigger()
    qtbot.waitUntil(lambda: made.page.findChild(QMenu, "agreement.templates") is not None)
    menu = made.page.findChild(QMenu, "agreement.templates")
    menu.actions()[0].trigger()
    qtbot.waitUntil(lambda: one(desk, uid).clauses == "按月到现场。")
    menu.close()


def test_both_papers_and_the_empty_form_are_drawn(qtbot, made):
    for act in ("paper", "public"):
        made.page.acts.actions[act].trigger()
        qtbot.waitUntil(lambda: made.paper.pane.preview.pages > 0)
        made.page.back()
    made.blank.click()
    qtbot.waitUntil(made.paper.isVisible)
