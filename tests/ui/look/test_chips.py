from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from dangjian_desktop.domain.findings import Finding, Verdict
from dangjian_desktop.ui.checks.verdict_line import VerdictLine, sentence
from dangjian_desktop.ui.checks.verdicts import Verdicts
from dangjian_desktop.ui.look.chips import ChipRow

KINDS = (("", "全部"), ("a", "党员大会"), ("b", "支委会"))
BAD = Finding(
    "Q-ADM",
    Verdict.VIOLATION,
    "大会",
    "不符合：赞成票未过半数",
    "《发展党员工作细则》第十九条",
    ("1",),
)


@pytest.fixture
def row(qtbot, theme):
    made = ChipRow(theme, KINDS)
    qtbot.addWidget(made)
    made.show()
    return made


def test_exactly_one_of_an_exclusive_row_is_on(qtbot, row):
    assert row.codes() == ("",)
    with qtbot.waitSignal(row.chosen) as chosen:
        row.chip("b").click()
    assert chosen.args == ["b"]
    assert row.codes() == ("b",)


def test_other_choices_keep_what_was_on(row):
    row.set_codes(["b"])
    row.set_choices([("b", "支委会"), ("c", "党课")])
    assert row.code() == "b"
    row.set_choices(KINDS[:2])
    assert row.code() == ""


def test_toggles_are_on_or_off_each_by_itself(qtbot, theme):
    row = ChipRow(theme, KINDS[1:], exclusive=False)
    qtbot.addWidget(row)
    row.chip("a").click()
    row.chip("b").click()
    assert row.codes() == ("a", "b")
    row.chip("a").click()
    assert row.codes() == ("b",)


def test_chips_go_on_in_the_next_line(row):
    wide = row.heightForWidth(1000)
    assert row.heightForWidth(120) > wide


def test_a_verdict_is_a_sentence_with_its_article(qtbot, theme):
    line = VerdictLine(BAD, theme)
    qtbot.addWidget(line)
    assert line.words.text() == "不符合：赞成票未过半数（《发展党员工作细则》第十九条）"
    assert line.property("verdict") == "violation"


def test_a_click_or_enter_opens_the_article(qtbot, theme):
    line = VerdictLine(BAD, theme, article="须有表决权的正式党员过半数赞成")
    qtbot.addWidget(line)
    line.show()
    qtbot.mouseClick(line, Qt.MouseButton.LeftButton)
    assert line.card.isVisible()
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert not line.card.isVisible()


def test_a_reason_is_asked_for_open_findings_only(qtbot, theme):
    rows = Verdicts(theme)
    qtbot.addWidget(rows)
    ok = Finding("Q-GEN", Verdict.OK, "大会", "到会人数符合规定", "《支部工作条例》第十一条")
    waived = Finding("CAD-GM", Verdict.NOTICE, "一季度", "未召开党员大会", "", (), "疫情")
    rows.show_findings([ok, waived, BAD], {})
    assert [line.finding for line in rows.lines] == [BAD, ok, waived]
    assert [line.waive.isHidden() for line in rows.lines] == [False, True, True]
    assert sentence(waived) == "未召开党员大会　已说明情况"
    rows.lines[0].waive.click()
    rows.reason.line.setText("特殊情况")
    with qtbot.waitSignal(rows.waived) as told:
        rows.reason.keep.click()
    assert told.args == [(BAD,), "特殊情况"]
